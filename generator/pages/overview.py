"""The overview: what needs attention, how things stand, what comes and what happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.answers import AnswerOwed
from generator.pages.attention import Attention, attention
from generator.pages.cards import Cards, counts, listed
from generator.pages.figures import HealthHeat
from generator.pages.gathered import Gathered
from generator.pages.plots import heat_plot
from generator.pages.values import Card, Count, Link
from generator.pages.views import EventView
from generator.record import Event
from generator.tracking.state import Tracked
from generator.words import Answer, Health, Status

ANSWERS = 8
"""Answers owed that the overview lists; the page of feedback has all of them."""
AHEAD = dt.timedelta(14)
BEHIND = dt.timedelta(7)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes within two weeks."""

    date: dt.date
    what: str
    """``due``, ``milestone``, ``check-in``, ``action`` or ``cycle``."""
    title: str
    about: Link
    who: Link | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page."""

    attention: Attention
    waiting: int
    """How many signals there are in all."""
    owed: tuple[AnswerOwed, ...]
    """The oldest answers that are owed."""
    owing: int
    """How many answers are owed in all."""
    heat: HealthHeat | None
    unwell: tuple[Card, ...]
    """Running delegations that are reported at risk or off track."""
    counts: tuple[Count, ...]
    running: int
    coming: tuple[tuple[dt.date, tuple[Coming, ...]], ...]
    recent: tuple[EventView, ...]
    total: int
    """How many delegations there are."""


def overview(all_: Gathered) -> Overview:
    """Return the first page."""
    tracked, cards, events = all_.tracked, all_.cards, all_.events
    everything = tuple(cards.all.values())
    recent = [
        events.view(e)
        for e in tracked.ledger.records
        if isinstance(e, Event) and tracked.today - BEHIND < e.date <= tracked.today
    ]
    return Overview(
        attention=attention(all_.signals),
        waiting=len(all_.signals),
        owed=all_.owed[:ANSWERS],
        owing=len(all_.owed),
        heat=heat_plot(all_.states(listed(c for c in everything if c.status.open)), tracked, cards),
        unwell=cards.of(
            lambda s: s.delegation.status is Status.ACTIVE and s.health in {Health.AT_RISK, Health.OFF_TRACK}
        ),
        counts=counts(everything),
        running=sum(c.status is Status.ACTIVE for c in everything),
        coming=_by_day(_coming(tracked, cards)),
        recent=tuple(sorted(recent, key=lambda v: (-v.date.toordinal(), v.link.href))),
        total=len(everything),
    )


def _coming(tracked: Tracked, cards: Cards) -> list[Coming]:
    to, until = cards.linker, tracked.today + AHEAD
    out: list[Coming] = []

    def soon(day: dt.date | None) -> bool:
        return day is not None and tracked.today <= day <= until

    for id_, state in tracked.states.items():
        d, link = state.delegation, cards.all[id_].link
        if not d.status.open:
            continue
        if d.due and soon(d.due):
            out.append(Coming(d.due, "due", "", link, to.person(d.owner)))
        for m in state.milestones:
            if m.milestone.due and soon(m.milestone.due) and m.done is None:
                who = to.person(m.milestone.owner or d.owner)
                out.append(
                    Coming(m.milestone.due, "milestone", m.milestone.title or m.milestone.id, link, who)
                )
        out += [
            Coming(e.due, "check-in", e.what, link, to.person(e.who))
            for e in state.expected
            if e.state in {Answer.UPCOMING, Answer.DUE} and soon(e.due)
        ]
    for meeting in tracked.ledger.meetings.values():
        for a in meeting.actions:
            if a.due and soon(a.due) and a.done is None:
                about = to.link(meeting)
                out.append(Coming(a.due, "action", a.what, about, to.person(a.owner) if a.owner else None))
    out += [
        Coming(c.end, "cycle", "", to.link(c), None) for c in tracked.ledger.cycles.values() if soon(c.end)
    ]
    return out


def _by_day(coming: list[Coming]) -> tuple[tuple[dt.date, tuple[Coming, ...]], ...]:
    days: dict[dt.date, list[Coming]] = {}
    for item in sorted(coming, key=lambda c: (c.date, c.what, c.about.href, c.title)):
        days.setdefault(item.date, []).append(item)
    return tuple((day, tuple(items)) for day, items in days.items())
