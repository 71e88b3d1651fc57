"""The state of delegations on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.audience import FULL, Audience
from generator.ledger import Ledger
from generator.record import Checkin, Delegation, Milestone, Reading
from generator.thresholds import Thresholds, adjusted
from generator.tracking.as_of import as_of, delegation_as_of
from generator.tracking.expectations import Expectation, Tally, Works, expectations, tally
from generator.tracking.health import Evidenced, LateDependency, weight_not_done
from generator.tracking.issues import TrackedIssue
from generator.tracking.progress import Progress, progress
from generator.tracking.projection import Finish, MetricOutlook, projected_finish
from generator.tracking.work import Work, evidence, overdue_on, work_on
from generator.words import Answer, Freshness, Health, Status

DAY = dt.timedelta(1)


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
    issues: tuple[TrackedIssue, ...] = ()
    metrics: tuple[MetricOutlook, ...] = ()
    finish: Finish | None = None
    """Where the trend of reported progress points to."""
    not_done: float = 0
    """Points of planned weight that are not done."""
    late: tuple[LateDependency, ...] = ()
    """What it waits for that is late."""
    evidenced: Evidenced = Evidenced(None)
    """The health that the work shows on the day."""
    evidenced_then: Evidenced | None = None
    """The health that the work showed on the day of the last report of health."""
    limits: Thresholds = Thresholds()

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
    audience: Audience = FULL
    """Who it was projected for: what is missing is told to those only who would see it."""


def track(ledger: Ledger, today: dt.date, audience: Audience = FULL) -> Tracked:
    """Work out where every delegation of a projected ledger stands on ``today``."""
    then = as_of(ledger, today)
    states = {
        id_: state(d, then.events_on(id_, Checkin), works_for(then, d), today)
        for id_, d in then.delegations.items()
    }
    return Tracked(then, today, {id_: _judged(s, states, then, today) for id_, s in states.items()}, audience)


def works_for(ledger: Ledger, delegation: Delegation) -> Works:
    """Return whether a check-in can be expected of a delegation's owner on a day."""
    calendar = ledger.site.calendar
    owner = ledger.people.get(delegation.owner)
    away = owner.away if owner else ()
    return lambda day: calendar.works(day) and not any(a.from_ <= day <= a.to for a in away)


def state(delegation: Delegation, checkins: Sequence[Checkin], works: Works, today: dt.date) -> State:
    """Return the state of one delegation, given as of ``today`` with its check-ins up to then.

    What depends on other delegations is left open: ``track`` fills it in.
    """
    expected = expectations(delegation, checkins, works, today)
    reporting = next((c for c in reversed(checkins) if c.health is not None), None)
    running = delegation.status.open
    work = work_on(delegation, checkins, today)
    reported = [Reading(c.date, c.progress) for c in checkins if c.progress is not None]
    return State(
        delegation=delegation,
        checkins=tuple(checkins),
        expected=expected,
        tally=tally(expected, checkins),
        freshness=freshness(delegation, expected),
        progress=progress(delegation, checkins, today),
        health=reporting.health if reporting else None,
        health_from=reporting,
        milestones=_milestones(work, today),
        overdue=overdue_on(delegation, today),
        days_left=(delegation.due - today).days if running and delegation.due else None,
        issues=work.issues,
        metrics=work.metrics,
        finish=projected_finish(reported, today) if running else None,
        not_done=weight_not_done(delegation, work.undone, today),
    )


def _judged(s: State, states: Mapping[str, State], ledger: Ledger, today: dt.date) -> State:
    """Return a state with what depends on the site's settings and on other delegations."""
    d = s.delegation
    limits = adjusted(ledger.site.thresholds, d.plan.thresholds if d.plan else {})
    late = _late(s, states, today)
    now = evidence(work_on(d, s.checkins, today), late, limits, today)
    then = None
    if s.health_from is not None:
        then = health_on(s, ledger, limits, s.health_from.date)
    return replace(s, limits=limits, late=late, evidenced=now, evidenced_then=then)


def health_on(s: State, ledger: Ledger, limits: Thresholds, day: dt.date) -> Evidenced:
    """Return the health that a delegation's work showed on an earlier day."""
    work = work_on(s.delegation, s.checkins, day)
    return evidence(work, late_on(work, ledger, day), limits, day)


def late_on(work: Work, ledger: Ledger, day: dt.date) -> tuple[LateDependency, ...]:
    """Return what a delegation waited for that was overdue on an earlier day; no projection is made for it."""
    out = []
    for id_ in work.delegation.depends_on:
        other = ledger.delegations.get(id_)
        if other and overdue_on(then := delegation_as_of(other, day), day) and then.due:
            out.append(LateDependency(id_, other.title, then.due + DAY))
    return tuple(out)


def _late(s: State, states: Mapping[str, State], today: dt.date) -> tuple[LateDependency, ...]:
    """Return what a running delegation waits for that is overdue, or is heading past the day it is needed."""
    if not s.delegation.status.open:
        return ()
    out = []
    needed = needed_by(s, today)
    for id_ in s.delegation.depends_on:
        other = states.get(id_)
        if other is None or not other.delegation.status.open:
            continue
        if other.overdue and other.delegation.due:
            out.append(LateDependency(id_, other.delegation.title, other.delegation.due + DAY))
        elif other.finish and needed and other.finish.day > needed:
            out.append(LateDependency(id_, other.delegation.title, other.finish.trend.origin))
    return tuple(out)


def needed_by(s: State, today: dt.date) -> dt.date | None:
    """Return the day a delegation needs what it waits for: its start, else its next milestone, else its due date."""
    d = s.delegation
    if d.start and d.start > today:
        return d.start
    ahead = [
        m.milestone.due
        for m in s.milestones
        if m.done is None and m.milestone.due and m.milestone.due >= today
    ]
    return min(ahead, default=d.due)


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


def _milestones(work: Work, today: dt.date) -> tuple[MilestoneState, ...]:
    percent: dict[str, int] = {}
    for checkin in work.checkins:
        percent |= {id_: report for id_, report in checkin.milestones.items() if isinstance(report, int)}
    return tuple(
        MilestoneState(
            m,
            work.done.get(m.id),
            None if m.id in work.done else percent.get(m.id),
            bool(m.due and m.due < today and m.id not in work.done and work.delegation.status.open),
        )
        for m in work.delegation.milestones
    )
