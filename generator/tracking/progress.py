"""How far a delegation is: as reported, as the milestones show, and as planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.record import Checkin, Delegation, Milestone


@dataclass(frozen=True, slots=True)
class Progress:
    """Percentages, each missing where there is nothing to tell it from."""

    reported: int | None = None
    """What the last check-in that says anything says."""
    evidenced: int | None = None
    """The weight of the milestones done."""
    planned: int | None = None
    """The weight of the dated milestones due by the day; without any, the share of time gone."""
    guided: bool = False
    """Whether ``planned`` is the share of time: a guide, never a ground for alarm."""


def done_dates(delegation: Delegation, checkins: Sequence[Checkin], today: dt.date) -> Mapping[str, dt.date]:
    """Return the day each milestone was done: as the delegation says, else the first check-in that does."""
    known = {m.id for m in delegation.milestones}
    done = {m.id: m.done for m in delegation.milestones if m.done}
    for checkin in checkins:
        for id_, report in checkin.milestones.items():
            day = checkin.date if report == "done" else report if isinstance(report, dt.date) else None
            if day and day <= today and id_ in known:
                done.setdefault(id_, day)
    return done


def progress(delegation: Delegation, checkins: Sequence[Checkin], today: dt.date) -> Progress:
    """Return how far a delegation is on ``today``; ``checkins`` are its own up to then, oldest first."""
    reported = next((c.progress for c in reversed(checkins) if c.progress is not None), None)
    done = done_dates(delegation, checkins, today)
    evidenced = _share(delegation.milestones, [m for m in delegation.milestones if m.id in done])
    if any(m.due for m in delegation.milestones):
        reached = [m for m in delegation.milestones if m.due and m.due <= today]
        return Progress(reported, evidenced, _share(delegation.milestones, reached))
    return Progress(reported, evidenced, _time_gone(delegation, today), guided=True)


def _share(all_: Sequence[Milestone], some: Sequence[Milestone]) -> int | None:
    """Return the weight of some milestones in percent of all; equal weights unless each has one."""
    if not all_:
        return None
    weighted = all(m.weight is not None for m in all_) and sum(m.weight or 0 for m in all_) > 0
    total = sum((m.weight or 0) if weighted else 1 for m in all_)
    return round(100 * sum((m.weight or 0) if weighted else 1 for m in some) / total)


def _time_gone(delegation: Delegation, today: dt.date) -> int | None:
    if not (delegation.start and delegation.due and delegation.start < delegation.due):
        return None
    span = (delegation.due - delegation.start).days
    return round(100 * min(max((today - delegation.start).days / span, 0), 1))
