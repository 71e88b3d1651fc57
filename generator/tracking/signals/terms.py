"""Signals about what was agreed: the plan, the brief-back, slips, authority taken back or handed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Checkin, Delegation, Meeting
from generator.tracking.as_of import delegation_as_of
from generator.tracking.planning import missing_terms
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import Signal, Weight
from generator.tracking.state import State
from generator.words import CheckinKind, Status, Understanding


def unplanned(day: Day) -> Iterator[Signal]:
    """Goal, criteria, authority, reason or plan are not stated."""
    for state in day.states:
        d = state.delegation
        if d.status in {Status.NOT_STARTED, Status.ACTIVE, Status.ON_HOLD} and (missing := missing_terms(d)):
            yield Signal(
                "unplanned",
                Weight.NOTE,
                d.delegator,
                d.start or day.today,
                d.id,
                facts=(("missing", " ".join(missing)), ("stated", 5 - len(missing))),
                evidence=(f"delegation:{d.id}",),
            )


def latest_brief_back(state: State) -> Checkin | None:
    """Return the owner's latest brief-back."""
    return next((c for c in reversed(state.checkins) if c.kind is CheckinKind.BRIEF_BACK), None)


def brief_back_missing(day: Day) -> Iterator[Signal]:
    """The plan wants a brief-back within some days of the start, and there is none."""
    for state in day.running:
        d = state.delegation
        within = d.plan.brief_back_within if d.plan else None
        if within is None or d.start is None or latest_brief_back(state) or not day.would_see_checkin(d):
            continue
        if day.past(d.start, within):
            wanted = d.start + dt.timedelta(within)
            facts = (("wanted", wanted),)
            evidence = (f"delegation:{d.id}",)
            yield Signal("brief-back-missing", Weight.WATCH, d.owner, wanted + DAY, d.id, "", facts, evidence)


def brief_back_unconfirmed(day: Day) -> Iterator[Signal]:
    """A brief-back has waited for the delegator's word for longer than it should."""
    for state in day.running:
        brief = latest_brief_back(state)
        if brief is None or brief.confirmed_on or brief.confirmed_by or brief.understanding:
            continue
        if day.past(brief.date, state.limits.confirm_days):
            since = brief.date + dt.timedelta(state.limits.confirm_days) + DAY
            d = state.delegation
            facts, evidence = (("given", brief.date),), (f"checkin:{brief.id}",)
            yield Signal(
                "brief-back-unconfirmed", Weight.WATCH, d.delegator, since, d.id, "", facts, evidence
            )


def brief_back_differs(day: Day) -> Iterator[Signal]:
    """The brief-back names another due date, leaves criteria out, or is not fully understood."""
    for state in day.running:
        brief = latest_brief_back(state)
        if brief is None:
            continue
        found = differences(state.delegation, brief)
        if found:
            d = state.delegation
            facts = (("differences", " ".join(found)),)
            evidence = (f"checkin:{brief.id}", f"delegation:{d.id}")
            yield Signal(
                "brief-back-differs", Weight.WATCH, d.delegator, brief.date, d.id, "", facts, evidence
            )


def differences(delegation: Delegation, brief: Checkin) -> tuple[str, ...]:
    """Return how a brief-back differs from the terms as they stood on its day: due, criteria, understanding.

    Wording is never judged: it is shown side by side.
    """
    then = delegation_as_of(delegation, brief.date)
    out = []
    if brief.restated:
        if brief.restated.due and then.due and brief.restated.due != then.due:
            out.append("due")
        if brief.restated.criteria and left_out_criteria(then, brief):
            out.append("criteria")
    if brief.understanding in {Understanding.PARTIAL, Understanding.UNCLEAR}:
        out.append("understanding")
    return tuple(out)


def left_out_criteria(delegation: Delegation, brief: Checkin) -> tuple[str, ...]:
    """Return the ids of the criteria that a brief-back does not restate, by id or by name."""
    if brief.restated is None or not brief.restated.criteria:
        return ()
    said = {c.strip().casefold() for c in brief.restated.criteria}
    return tuple(
        c.id
        for c in delegation.criteria
        if c.id.casefold() not in said and c.name.strip().casefold() not in said
    )


def slipping(day: Day) -> Iterator[Signal]:
    """The due date moved twice, or by a quarter of the span; moves that the delegator made do not count."""
    for state in day.running:
        d = state.delegation
        moves = [
            c
            for c in d.changes
            if c.field == "due"
            and c.by != d.delegator
            and isinstance(c.from_, dt.date)
            and isinstance(c.to, dt.date)
            and c.to > c.from_
        ]
        if not moves or d.start is None:
            continue
        moved = sum((c.to - c.from_).days for c in moves)
        first = min(moves, key=lambda c: c.date).from_
        span = max(1, (first - d.start).days)
        if len(moves) >= state.limits.slip_moves or 100 * moved >= state.limits.slip_share * span:
            since = max(c.date for c in moves)
            facts = (("moves", len(moves)), ("days", moved), ("first", first))
            evidence = (f"delegation:{d.id}",)
            yield Signal("slipping", Weight.WATCH, d.owner, since, d.id, "", facts, evidence)


def authority_taken_back(day: Day) -> Iterator[Signal]:
    """In a meeting the delegator decided what was the owner's to decide."""
    for state in day.running:
        d = state.delegation
        for meeting in day.ledger.events_on(d.id, Meeting):
            for decision in meeting.decisions:
                if decision.takes_back and _about(decision.delegation, meeting, d.id):
                    facts, evidence = (("what", decision.what),), (f"meeting:{meeting.id}",)
                    code, who = "authority-taken-back", decision.by or d.delegator
                    yield Signal(code, Weight.WATCH, who, meeting.date, d.id, "", facts, evidence)


def handed_up(day: Day) -> Iterator[Signal]:
    """The owner passed work up, and it is still there."""
    for state in day.running:
        d = state.delegation
        for meeting in day.ledger.events_on(d.id, Meeting):
            for action in meeting.actions:
                if action.handed_up and action.done is None and _about(action.delegation, meeting, d.id):
                    facts, evidence = (("what", action.what),), (f"meeting:{meeting.id}",)
                    yield Signal("handed-up", Weight.WATCH, d.owner, meeting.date, d.id, "", facts, evidence)


def _about(named: str, meeting: Meeting, delegation: str) -> bool:
    """Return whether a decision or action is about a delegation: by name, else the meeting's only one."""
    return named == delegation if named else meeting.delegations == (delegation,)
