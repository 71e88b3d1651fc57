"""Signals about the work: dates, milestones, plan, health, what blocks, what it waits for, metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from statistics import median

from generator.record import Event
from generator.tracking.issues import TrackedIssue
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import Signal, Weight
from generator.tracking.state import State
from generator.words import Answer, Health, IssueSeverity

_RANK = {Health.ON_TRACK: 0, Health.AT_RISK: 1, Health.OFF_TRACK: 2}


def due_dates(day: Day) -> Iterator[Signal]:
    """Past its due date and not completed, or due within a week."""
    for state in day.running:
        d = state.delegation
        if d.due is None:
            continue
        soon = dt.timedelta(state.limits.due_soon_days)
        facts, evidence = (("due", d.due),), (f"delegation:{d.id}",)
        if state.overdue:
            yield Signal("overdue", Weight.ACT, d.owner, d.due + DAY, d.id, "", facts, evidence)
        elif d.due - soon <= day.today:
            yield Signal("due-soon", Weight.NOTE, d.owner, d.due - soon, d.id, "", facts, evidence)


def milestones_overdue(day: Day) -> Iterator[Signal]:
    """A milestone is past its due date and not done."""
    for state in day.running:
        d = state.delegation
        for m in state.milestones:
            if m.overdue and m.milestone.due:
                who = m.milestone.owner or d.owner
                facts = (("what", m.milestone.title or m.milestone.id), ("due", m.milestone.due))
                since, evidence = m.milestone.due + DAY, (f"delegation:{d.id}",)
                yield Signal("milestone-overdue", Weight.WATCH, who, since, d.id, "", facts, evidence)


def behind_plan(day: Day) -> Iterator[Signal]:
    """Points of planned weight are not done, more than a little."""
    for state in day.running:
        points = round(state.not_done)
        if points >= state.limits.behind_points:
            d = state.delegation
            undone = [m.milestone.due for m in state.milestones if m.done is None and m.milestone.due]
            since = max((due for due in undone if due <= day.today), default=day.today)
            facts, evidence = (("points", points),), (f"delegation:{d.id}",)
            yield Signal("behind-plan", Weight.WATCH, d.owner, since, d.id, "", facts, evidence)


def watermelons(day: Day) -> Iterator[Signal]:
    """The last check-in reports better health than the work showed on its day."""
    for state in day.running:
        then, said = state.evidenced_then, state.health_from
        if then is None or then.health is None or said is None or said.health is None:
            continue
        if _RANK[said.health] < _RANK[then.health]:
            d = state.delegation
            why = then.reasons[0]
            facts = (
                ("reported", said.health.label),
                ("evidenced", then.health.label),
                ("reason", why.code),
                ("what", why.subject),
            )
            evidence = (f"checkin:{said.id}", *dict.fromkeys(r.evidence for r in then.reasons))
            yield Signal("watermelon", Weight.WATCH, d.delegator, said.date, d.id, "", facts, evidence)


def last_sign(day: Day, state: State) -> dt.date | None:
    """Return the last day on which anything at all happened to a delegation, its start if nothing did."""
    d = state.delegation
    days = [e.date for e in day.ledger.events_on(d.id, Event)]
    days += [c.date for c in d.changes] + [m.done for m in state.milestones if m.done]
    if d.start:
        days.append(d.start)
    return max((x for x in days if x <= day.today), default=None)


def stale_since(day: Day, state: State) -> dt.date | None:
    """Return since when a delegation is stale: nothing at all for two intervals of its cadence."""
    d = state.delegation
    cadence = d.cadence
    if cadence is None or not cadence.expects or (d.plan and d.plan.checkpoints):
        return None
    last = last_sign(day, state)
    if last is None:
        return None
    limit = last + dt.timedelta(round(state.limits.stale_intervals * cadence.days))
    return limit + DAY if day.today > limit else None


def stale(day: Day) -> Iterator[Signal]:
    """Nothing at all for two intervals."""
    for state in day.running:
        d = state.delegation
        since = stale_since(day, state)
        if since and day.would_see_checkin(d):
            last = last_sign(day, state)
            facts = (("last", last),) if last else ()
            yield Signal("stale", Weight.ACT, d.owner, since, d.id, "", facts, (f"delegation:{d.id}",))


def blocking(state: State, today: dt.date) -> tuple[tuple[TrackedIssue, dt.date], ...]:
    """Return the issues that have been open for longer than their severity bears, each with since when."""
    limits = {
        IssueSeverity.CRITICAL: state.limits.critical_issue_days,
        IssueSeverity.HIGH: state.limits.high_issue_days,
        IssueSeverity.MEDIUM: state.limits.medium_issue_days,
    }
    out = []
    for issue in state.issues:
        days = limits.get(issue.issue.severity)
        if issue.open and days is not None and (today - issue.opened).days > days:
            out.append((issue, issue.opened + dt.timedelta(days) + DAY))
    return tuple(out)


def blocked(day: Day) -> Iterator[Signal]:
    """An issue has been open for longer than its severity bears."""
    for state in day.running:
        d = state.delegation
        for issue, since in blocking(state, day.today):
            critical = issue.issue.severity is IssueSeverity.CRITICAL
            facts = (
                ("what", issue.issue.what),
                ("severity", issue.issue.severity.label),
                ("opened", issue.opened),
            )
            evidence = tuple(dict.fromkeys((f"checkin:{issue.raised_in}", f"checkin:{issue.last_in}")))
            weight = Weight.ACT if critical else Weight.WATCH
            yield Signal(
                "blocked", weight, issue.issue.needs or d.delegator, since, d.id, "", facts, evidence
            )


def cross_team(day: Day) -> Iterator[Signal]:
    """What blocks, or what it waits for, is another team's."""
    for state in day.running:
        d = state.delegation
        own = set(day.ledger.teams_of(d))
        for issue, since in blocking(state, day.today):
            team = team_of(day, issue.issue.needs or "")
            if team and team not in own:
                facts, evidence = (("what", issue.issue.what),), (f"checkin:{issue.raised_in}",)
                yield Signal("cross-team", Weight.WATCH, f"team:{team}", since, d.id, "", facts, evidence)
        for late in state.late:
            other = day.tracked.states.get(late.id)
            teams = [t for t in day.ledger.teams_of(other.delegation) if t not in own] if other else []
            if teams and own and not own & set(day.ledger.teams_of(other.delegation if other else d)):
                facts, evidence = (("what", late.title),), (f"delegation:{late.id}",)
                yield Signal(
                    "cross-team", Weight.WATCH, f"team:{teams[0]}", late.since, d.id, "", facts, evidence
                )


def team_of(day: Day, party: str) -> str:
    """Return the team that a party is or is in, or nothing."""
    if party.startswith("team:"):
        return party[5:]
    person = day.ledger.people.get(party)
    return (person.team or "") if person else ""


def out_of_control(day: Day) -> Iterator[Signal]:
    """Overdue, stale and blocked at once."""
    for state in day.running:
        d = state.delegation
        since, issues = stale_since(day, state), blocking(state, day.today)
        if state.overdue and since and issues and d.due and day.would_see_checkin(d):
            began = max(d.due + DAY, since, min(s for _, s in issues))
            evidence = (f"delegation:{d.id}", *(f"checkin:{i.raised_in}" for i, _ in issues))
            yield Signal(
                "out-of-control", Weight.ACT, d.delegator, began, d.id, "", (("due", d.due),), evidence
            )


def dependencies_late(day: Day) -> Iterator[Signal]:
    """What it depends on is overdue, or heading past the day it is needed."""
    for state in day.running:
        d = state.delegation
        for late in state.late:
            other = day.tracked.states.get(late.id)
            who = other.delegation.owner if other else d.delegator
            facts, evidence = (("what", late.title),), (f"delegation:{late.id}", f"delegation:{d.id}")
            yield Signal("dependency-late", Weight.WATCH, who, late.since, d.id, "", facts, evidence)


def metrics(day: Day) -> Iterator[Signal]:
    """A metric's projection misses its target, or it has not been read for two intervals."""
    for state in day.running:
        d = state.delegation
        for outlook in state.metrics:
            if not outlook.readings:
                continue
            name, last = outlook.metric.name or outlook.metric.id, outlook.readings[-1]
            evidence = (f"delegation:{d.id}",)
            if outlook.misses and outlook.expected is not None and outlook.metric.target is not None:
                facts = (
                    ("what", name),
                    ("expected", round(outlook.expected, 2)),
                    ("target", outlook.metric.target),
                )
                yield Signal("metric-off-target", Weight.WATCH, d.owner, last.date, d.id, "", facts, evidence)
            gaps = [
                (b.date - a.date).days for a, b in zip(outlook.readings, outlook.readings[1:], strict=False)
            ]
            usual = median(gaps) if gaps else d.cadence.days if d.cadence and d.cadence.expects else None
            if usual and (day.today - last.date).days > 2 * max(1.0, usual):
                since = last.date + dt.timedelta(round(2 * usual)) + DAY
                facts_ = (("what", name), ("last", last.date))
                yield Signal("metric-stale", Weight.NOTE, d.owner, since, d.id, "", facts_, evidence)


def checkins(day: Day) -> Iterator[Signal]:
    """A check-in is due or overdue, or the last expected one was missed."""
    for state in day.running:
        d = state.delegation
        if not day.would_see_checkin(d):
            continue
        reached = [e for e in state.expected if e.reached]
        for e in reached:
            facts, evidence = (("due", e.due), ("what", e.what)), (f"delegation:{d.id}",)
            if e.state is Answer.DUE:
                yield Signal("check-in-due", Weight.NOTE, e.who, e.due, d.id, "", facts, evidence)
            elif e.state is Answer.OVERDUE or (e.state is Answer.MISSED and e is reached[-1]):
                yield Signal("check-in-missed", Weight.WATCH, e.who, e.due + DAY, d.id, "", facts, evidence)
