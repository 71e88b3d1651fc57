"""The state of delegations on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.audience import FULL, Audience
from generator.ledger import Ledger, owner_on
from generator.record import Checkin, Delegation, Milestone
from generator.thresholds import Thresholds, adjusted
from generator.tracking.absence import Eyes
from generator.tracking.as_of import as_of
from generator.tracking.expectations import Expectation, Tally, Works, expectations, tally
from generator.tracking.health import Evidenced, LateDependency, weight_not_done
from generator.tracking.issues import TrackedIssue
from generator.tracking.progress import Progress, progress
from generator.tracking.projection import Finish, MetricOutlook
from generator.tracking.work import Waiting, Work, evidence, overdue_on, work_on
from generator.words import Answer, CheckinKind, Freshness, Health, Status

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
    evidenced: Evidenced = field(default_factory=lambda: Evidenced(None))
    """The health that the work shows on the day."""
    evidenced_then: Evidenced | None = None
    """The health that the work showed on the day of the last report of health."""
    limits: Thresholds = field(default_factory=Thresholds)
    followed: bool = True
    """Whether the audience would see its check-ins: to others nothing is said of what is missing."""

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
    eyes = Eyes(then, audience, today)
    states = {
        id_: state(d, then.events_on(id_, Checkin), works_for(then, d), today, followed=eyes.checkin(d))
        for id_, d in then.delegations.items()
    }
    return Tracked(then, today, {id_: _judged(s, then, today) for id_, s in states.items()}, audience)


def works_for(ledger: Ledger, delegation: Delegation) -> Works:
    """Return whether a check-in can be expected of a delegation's owner, whoever that was, on a day."""
    calendar = ledger.site.calendar
    moved = any(c.field == "owner" for c in delegation.changes)

    def works(day: dt.date) -> bool:
        owner = ledger.people.get(owner_on(delegation, day) if moved else delegation.owner)
        return calendar.works(day) and not (owner and any(a.from_ <= day <= a.to for a in owner.away))

    return works


def state(
    delegation: Delegation,
    checkins: Sequence[Checkin],
    works: Works,
    today: dt.date,
    *,
    followed: bool = True,
) -> State:
    """Return the state of one delegation, given as of ``today`` with its check-ins up to then.

    What depends on other delegations is left open: ``track`` fills it in.
    """
    expected = expectations(delegation, checkins, works, today) if followed else ()
    reporting = next((c for c in reversed(checkins) if c.health is not None), None)
    work = work_on(delegation, checkins, today, followed=followed)
    return State(
        delegation=delegation,
        checkins=tuple(checkins),
        expected=expected,
        tally=tally(expected, checkins),
        freshness=freshness(delegation, expected, checkins),
        progress=progress(delegation, checkins, today),
        health=reporting.health if reporting else None,
        health_from=reporting,
        milestones=_milestones(work),
        overdue=overdue_on(delegation, today),
        days_left=(delegation.due - today).days if delegation.status.open and delegation.due else None,
        issues=work.issues,
        metrics=work.metrics,
        finish=work.finish,
        not_done=weight_not_done(delegation, work.undone, today),
        followed=followed,
    )


def _judged(s: State, ledger: Ledger, today: dt.date) -> State:
    """Return a state with what depends on the site's settings and on other delegations."""
    d = s.delegation
    limits = adjusted(ledger.site.thresholds, d.plan.thresholds if d.plan else {})
    work = work_on(d, s.checkins, today, followed=s.followed)
    waiting = waiting_on(work, ledger, today)
    now = evidence(work, waiting, limits, today)
    then = health_on(s, ledger, limits, s.health_from.date) if s.health_from else None
    return replace(s, limits=limits, late=waiting.late, evidenced=now, evidenced_then=then)


def health_on(s: State, ledger: Ledger, limits: Thresholds, day: dt.date) -> Evidenced:
    """Return the health that a delegation's work showed on a day up to the tracked one."""
    work = work_on(s.delegation, s.checkins, day, followed=s.followed)
    return evidence(work, waiting_on(work, ledger, day), limits, day)


def waiting_on(work: Work, ledger: Ledger, day: dt.date) -> Waiting:
    """Return what running work waited for on a day: late is what was overdue, or heading past its need."""
    if not work.delegation.status.open:
        return Waiting()
    late: list[LateDependency] = []
    known = False
    for id_ in work.delegation.depends_on:
        other = ledger.delegations.get(id_)
        if other is None:
            continue
        then = work_on(other, ledger.events_on(id_, Checkin), day)
        due = then.delegation.due
        known = known or bool(due or then.finish or not then.delegation.status.open)
        if overdue_on(then.delegation, day) and due:
            late.append(LateDependency(id_, other.title, due + DAY))
        elif then.finish and work.needed and then.finish.day > work.needed:
            late.append(LateDependency(id_, other.title, then.finish.trend.origin))
    return Waiting(tuple(late), known)


def freshness(
    delegation: Delegation, expected: Sequence[Expectation], checkins: Sequence[Checkin] = ()
) -> Freshness:
    """Return whether reports keep up: by the last expected check-in whose day has come.

    By checkpoints, any that is still open counts, since one stays open until it is answered. By cadence,
    a report after the last expected day keeps up although it answers none.
    """
    if delegation.status is not Status.ACTIVE:
        return Freshness.NOT_EXPECTED
    counting = [e for e in expected if e.state not in {Answer.PAUSED, Answer.WAIVED}]
    reached = [e for e in counting if e.reached]
    if not reached:
        return Freshness.CURRENT if counting else Freshness.NOT_EXPECTED
    open_ = {e.state for e in reached if e.checkpoint}
    last = reached[-1]
    if not any(c.kind is not CheckinKind.BRIEF_BACK and c.date > last.due for c in checkins):
        open_.add(last.state)
    if open_ & {Answer.OVERDUE, Answer.MISSED}:
        return Freshness.MISSING
    return Freshness.DUE if Answer.DUE in open_ else Freshness.CURRENT


def _milestones(work: Work) -> tuple[MilestoneState, ...]:
    percent: dict[str, int] = {}
    for checkin in work.checkins:
        percent |= {id_: report for id_, report in checkin.milestones.items() if isinstance(report, int)}
    late = {m.id for m in work.undone if m.due and m.due < work.day and work.delegation.status.open}
    return tuple(
        MilestoneState(m, work.done.get(m.id), None if m.id in work.done else percent.get(m.id), m.id in late)
        for m in work.delegation.milestones
    )
