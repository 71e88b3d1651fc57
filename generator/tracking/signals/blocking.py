"""Signals about what is in the way: issues, other teams, what the work waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.tracking.issues import TrackedIssue
from generator.tracking.signals.day import Day, limit
from generator.tracking.signals.signal import ACT, WATCH, Signal, signal
from generator.tracking.state import State
from generator.words import IssueSeverity


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
        if issue.open and days is not None and today >= (since := limit(issue.opened, days)):
            out.append((issue, since))
    return tuple(out)


def blocked(day: Day) -> Iterator[Signal]:
    """An issue has been open for longer than its severity bears."""
    for state in day.agreed:
        d = state.delegation
        for tracked, since in blocking(state, day.today):
            issue = tracked.issue
            told = (day.ledger.checkins.get(id_) for id_ in (tracked.raised_in, tracked.last_in))
            yield signal(
                "blocked",
                ACT if issue.severity is IssueSeverity.CRITICAL else WATCH,
                issue.needs or d.delegator,
                since,
                *told,
                on=d,
                what=issue.what,
                severity=issue.severity.label,
                opened=tracked.opened,
            )


def cross_team(day: Day) -> Iterator[Signal]:
    """What blocks, or what it waits for, is another team's."""
    for state in day.agreed:
        d = state.delegation
        own = set(day.ledger.teams_of(d))
        for tracked, since in blocking(state, day.today):
            team, what = team_of(day, tracked.issue.needs or ""), tracked.issue.what
            if own and team and team not in own:
                raised = day.ledger.checkins.get(tracked.raised_in)
                yield signal("cross-team", WATCH, f"team:{team}", since, raised, on=d, what=what)
        for late in state.late:
            other = day.ledger.delegations[late.id]
            teams = day.ledger.teams_of(other)
            if own and teams and not own & set(teams):
                who, what = f"team:{teams[0]}", late.title
                yield signal("cross-team", WATCH, who, late.since, other, on=d, what=what)


def team_of(day: Day, party: str) -> str:
    """Return the team that a party is or is in, or nothing."""
    if party.startswith("team:"):
        return party[5:]
    person = day.person(party)
    return (person.team or "") if person else ""


def dependencies_late(day: Day) -> Iterator[Signal]:
    """What it depends on is overdue, or heading past the day it is needed."""
    for state in day.agreed:
        d = state.delegation
        for late in state.late:
            other = day.ledger.delegations[late.id]
            what, who = late.title, other.owner
            yield signal("dependency-late", WATCH, who, late.since, other, d, on=d, what=what)
