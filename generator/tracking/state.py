"""The state of delegations on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.ledger import Ledger
from generator.record import Checkin, Delegation, Milestone
from generator.tracking.as_of import as_of
from generator.tracking.expectations import Expectation, Tally, Works, expectations, tally
from generator.tracking.progress import Progress, done_dates, progress
from generator.words import Answer, Freshness, Health, Status


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone on a day."""

    milestone: Milestone
    done: dt.date | None
    percent: int | None
    """What the last check-in that gives a percentage says, while it is not done."""
    overdue: bool


@dataclass(frozen=True, slots=True)
class State:
    """How a delegation stands on a day."""

    delegation: Delegation
    """As of the day."""
    checkins: tuple[Checkin, ...]
    """Up to the day, oldest first."""
    expected: tuple[Expectation, ...]
    tally: Tally
    freshness: Freshness
    progress: Progress
    health: Health | None
    """As last reported."""
    health_from: Checkin | None
    milestones: tuple[MilestoneState, ...]
    overdue: bool
    days_left: int | None
    """Days to the due date, negative past it; nothing once it has ended or without a due date."""

    @property
    def waiting(self) -> Expectation | None:
        """Return the check-in that is due or overdue, the oldest one."""
        return next((e for e in self.expected if e.state in {Answer.DUE, Answer.OVERDUE}), None)

    @property
    def next_expected(self) -> Expectation | None:
        """Return the next check-in that is to come."""
        return next((e for e in self.expected if e.state is Answer.UPCOMING), None)


@dataclass(frozen=True)
class Tracked:
    """A projected ledger as of a day, with the state of each delegation."""

    ledger: Ledger
    today: dt.date
    states: Mapping[str, State]


def track(ledger: Ledger, today: dt.date) -> Tracked:
    """Work out where every delegation of a projected ledger stands on ``today``."""
    then = as_of(ledger, today)
    states = {
        id_: state(d, then.events_on(id_, Checkin), works_for(then, d), today)
        for id_, d in then.delegations.items()
    }
    return Tracked(then, today, states)


def works_for(ledger: Ledger, delegation: Delegation) -> Works:
    """Return whether a check-in can be expected of a delegation's owner on a day."""
    calendar = ledger.site.calendar
    owner = ledger.people.get(delegation.owner)
    away = owner.away if owner else ()
    return lambda day: calendar.works(day) and not any(a.from_ <= day <= a.to for a in away)


def state(delegation: Delegation, checkins: Sequence[Checkin], works: Works, today: dt.date) -> State:
    """Return the state of one delegation, given as of ``today`` with its check-ins up to then."""
    expected = expectations(delegation, checkins, works, today)
    reporting = next((c for c in reversed(checkins) if c.health is not None), None)
    running = delegation.status.open
    return State(
        delegation=delegation,
        checkins=tuple(checkins),
        expected=expected,
        tally=tally(expected, checkins),
        freshness=freshness(delegation, expected),
        progress=progress(delegation, checkins, today),
        health=reporting.health if reporting else None,
        health_from=reporting,
        milestones=_milestones(delegation, checkins, today),
        overdue=bool(running and delegation.due and delegation.due < today),
        days_left=(delegation.due - today).days if running and delegation.due else None,
    )


def freshness(delegation: Delegation, expected: Sequence[Expectation]) -> Freshness:
    """Return whether reports keep up: by the last expected check-in whose day has come.

    By checkpoints, any that is still open counts, since one stays open until it is answered.
    """
    if delegation.status is not Status.ACTIVE:
        return Freshness.NOT_EXPECTED
    counting = [e for e in expected if e.state not in {Answer.PAUSED, Answer.WAIVED}]
    reached = [e for e in counting if e.reached]
    if not reached:
        return Freshness.CURRENT if counting else Freshness.NOT_EXPECTED
    open_ = {e.state for e in reached if e.checkpoint} | {reached[-1].state}
    if open_ & {Answer.OVERDUE, Answer.MISSED}:
        return Freshness.MISSING
    return Freshness.DUE if Answer.DUE in open_ else Freshness.CURRENT


def _milestones(
    delegation: Delegation, checkins: Sequence[Checkin], today: dt.date
) -> tuple[MilestoneState, ...]:
    done = done_dates(delegation, checkins, today)
    percent: dict[str, int] = {}
    for checkin in checkins:
        percent |= {id_: report for id_, report in checkin.milestones.items() if isinstance(report, int)}
    return tuple(
        MilestoneState(
            m,
            done.get(m.id),
            None if m.id in done else percent.get(m.id),
            bool(m.due and m.due < today and m.id not in done and delegation.status.open),
        )
        for m in delegation.milestones
    )
