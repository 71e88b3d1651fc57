"""The specimen: every part of the site once, to look at. Made-up values, no records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.values import Card, Count, Link
from generator.tracking.progress import Progress
from generator.words import Answer, Freshness, Health, Status


@dataclass(frozen=True, slots=True)
class Specimen:
    """One of everything."""

    cards: tuple[Card, ...]
    counts: tuple[Count, ...]
    statuses: tuple[Status, ...]
    healths: tuple[Health | None, ...]
    freshnesses: tuple[Freshness, ...]
    answers: tuple[Answer, ...]
    levels: tuple[int, ...]


def specimen() -> Specimen:
    """Return one of every part."""
    cards = tuple(
        _card(status, health, freshness, n)
        for n, (status, health, freshness) in enumerate(
            (
                (Status.ACTIVE, Health.ON_TRACK, Freshness.CURRENT),
                (Status.ACTIVE, Health.AT_RISK, Freshness.DUE),
                (Status.ACTIVE, Health.OFF_TRACK, Freshness.MISSING),
                (Status.ON_HOLD, None, Freshness.NOT_EXPECTED),
                (Status.COMPLETED, Health.ON_TRACK, Freshness.NOT_EXPECTED),
            )
        )
    )
    return Specimen(
        cards,
        tuple(Count(h.label, n, h.value, "health") for n, h in enumerate(Health, 1)),
        tuple(Status),
        (*Health, None),
        tuple(Freshness),
        tuple(Answer),
        tuple(range(1, 8)),
    )


def _card(status: Status, health: Health | None, freshness: Freshness, n: int) -> Card:
    due = dt.date(2026, 3, 31) - dt.timedelta(20 * (n == 2))
    return Card(
        link=Link(
            (
                "Open the second shop",
                "Rewrite the returns page",
                "华东门店季度增长",
                "A long title that takes more than one line on a narrow card",
                "Course pilot",
            )[n]
        ),
        status=status,
        owner=Link("Lin Xiao 林晓"),
        delegator=Link("Ada Okafor"),
        teams=(Link("Shops"),),
        cycle=Link("Q1 2026"),
        level=n + 2,
        health=health,
        freshness=freshness,
        progress=Progress(20 + 20 * n, 15 + 20 * n, 30 + 15 * n),
        start=dt.date(2026, 1, 5),
        due=due,
        ended=dt.date(2026, 3, 27) if status is Status.COMPLETED else None,
        days_left=(due - dt.date(2026, 3, 16)).days if status.open else None,
        overdue=n == 2,
        waiting=dt.date(2026, 3, 13) if n in {1, 2} else None,
        waiting_state=Answer.DUE if n == 1 else Answer.OVERDUE if n == 2 else None,
    )
