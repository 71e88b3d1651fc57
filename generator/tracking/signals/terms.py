"""Signals about what was agreed: the plan, the brief-back, slips, authority taken back or handed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.record import Change, Checkin, Delegation, Event, Meeting
from generator.tracking.as_of import delegation_as_of
from generator.tracking.planning import TERMS, missing_terms
from generator.tracking.signals.day import Day, limit
from generator.tracking.signals.signal import NOTE, WATCH, Signal, signal
from generator.tracking.state import State
from generator.words import CheckinKind, Status, Understanding


def unplanned(day: Day) -> Iterator[Signal]:
    """Goal, criteria, authority, reason or plan are not stated, though its day to start has come."""
    for state in day.states:
        d = state.delegation
        if _wants_terms(d, day.today) and (missing := missing_terms(d)):
            since, words, stated = _unplanned_since(day, d), " ".join(missing), TERMS - len(missing)
            yield signal("unplanned", NOTE, d.delegator, since, d, on=d, missing=words, stated=stated)


def _wants_terms(d: Delegation, day: dt.date) -> bool:
    """Return whether a delegation, as of a day, should be planned: it has begun, or should have."""
    if d.start:
        return d.start <= day and d.status in {Status.NOT_STARTED, Status.ACTIVE, Status.ON_HOLD}
    return d.status in {Status.ACTIVE, Status.ON_HOLD}


def _unplanned_since(day: Day, d: Delegation) -> dt.date:
    """Return the first of the days in a row, up to today, on which terms were wanted and missing.

    That can only change on its first day and on the day of a change.
    """
    since, first = day.today, _begun(day, d)
    turns = {first} | {c.date for c in d.changes if first < c.date}
    for turn in sorted(turns, reverse=True):
        then = delegation_as_of(d, turn)
        if not (_wants_terms(then, turn) and missing_terms(then)):
            break
        since = turn
    return since


def _begun(day: Day, d: Delegation) -> dt.date:
    """Return the start of a delegation that has begun.

    Where none is stated it is the first day that anything is known of it; today where nothing is.
    """
    if d.start:
        return d.start
    known = [e.date for e in day.ledger.events_on(d.id, Event)] + [c.date for c in d.changes]
    if cycle := day.ledger.cycles.get(d.cycle or ""):
        known.append(cycle.start)
    return min((x for x in known if x <= day.today), default=day.today)


def latest_brief_back(state: State) -> Checkin | None:
    """Return the owner's latest brief-back."""
    return next((c for c in reversed(state.checkins) if c.kind is CheckinKind.BRIEF_BACK), None)


def brief_back_missing(day: Day) -> Iterator[Signal]:
    """The plan wants a brief-back within some days of the start, and there is none."""
    for state in day.running:
        d = state.delegation
        within = d.plan.brief_back_within if d.plan else None
        if within is None or d.start is None or latest_brief_back(state) or not state.followed:
            continue
        if day.past(d.start, within):
            wanted = d.start + dt.timedelta(within)
            since = limit(d.start, within)
            yield signal("brief-back-missing", WATCH, d.owner, since, d, on=d, wanted=wanted)


def brief_back_unconfirmed(day: Day) -> Iterator[Signal]:
    """A brief-back has waited for the delegator's word for longer than it should."""
    for state in day.running:
        d, brief, days = state.delegation, latest_brief_back(state), state.limits.confirm_days
        if brief and not confirmed(brief) and day.past(brief.date, days):
            since = limit(brief.date, days)
            yield signal("brief-back-unconfirmed", WATCH, d.delegator, since, brief, on=d, given=brief.date)


def confirmed(brief: Checkin) -> bool:
    """Return whether the delegator has said how a brief-back was understood."""
    return bool(brief.confirmed_on or brief.confirmed_by or brief.understanding)


def brief_back_differs(day: Day) -> Iterator[Signal]:
    """The brief-back names another due date, leaves criteria out, or is not fully understood."""
    for state in day.running:
        d, brief = state.delegation, latest_brief_back(state)
        found = differences(d, brief) if brief else ()
        if brief and found:
            since = brief.confirmed_on or brief.date if found == ("understanding",) else brief.date
            words = " ".join(found)
            yield signal("brief-back-differs", WATCH, d.delegator, since, brief, d, on=d, differences=words)


def differences(delegation: Delegation, brief: Checkin) -> tuple[str, ...]:
    """Return how a brief-back differs from the terms: ``due``, ``criteria``, ``understanding``.

    It is held against the terms as they stood on its day; what they have since become settles a
    difference too. Wording is never judged: it is shown side by side.
    """
    then = delegation_as_of(delegation, brief.date)
    out = []
    if brief.restated:
        due = brief.restated.due
        if due and then.due and due not in {then.due, delegation.due}:
            out.append("due")
        if left_out_criteria(then, brief) and left_out_criteria(delegation, brief):
            out.append("criteria")
    if brief.understanding in {Understanding.PARTIAL, Understanding.UNCLEAR}:
        out.append("understanding")
    return tuple(out)


def left_out_criteria(delegation: Delegation, brief: Checkin) -> tuple[str, ...]:
    """Return the ids of the criteria that a brief-back does not restate, by id or by name.

    One in the owner's own words stands for some criterion, nobody can tell by rule for which: as long
    as there are as many of them as criteria not named, none counts as left out.
    """
    if brief.restated is None or not brief.restated.criteria:
        return ()
    said = {c.strip().casefold() for c in brief.restated.criteria}
    names = [{c.id.casefold(), c.name.strip().casefold()} for c in delegation.criteria]
    own_words = sum(not any(word in both for both in names) for word in said)
    left = tuple(c.id for c, both in zip(delegation.criteria, names, strict=True) if not said & both)
    return left if len(left) > own_words else ()


def slipping(day: Day) -> Iterator[Signal]:
    """The due date moved twice, or by a quarter of the span; moves that the delegator made do not count."""
    for state in day.running:
        d = state.delegation
        moves = [c for c in d.changes if c.field == "due" and c.by != d.delegator and _move(c)]
        moves.sort(key=lambda c: c.date)
        if moves and sum(map(_move, moves)) > 0 and (since := _slipping_since(state, moves)):
            later = sum(_move(c) > 0 for c in moves)
            days, first = sum(map(_move, moves)), moves[0].from_
            yield signal("slipping", WATCH, d.owner, since, d, on=d, moves=later, days=days, first=first)


def _move(change: Change) -> int:
    """Return by how many days a due date was put off; negative where it was brought forward."""
    both = isinstance(change.from_, dt.date) and isinstance(change.to, dt.date)
    return (change.to - change.from_).days if both else 0


def _slipping_since(state: State, moves: Sequence[Change]) -> dt.date | None:
    """Return the day of the move by which the due date slipped, if any did."""
    start, later, moved = state.delegation.start, 0, 0
    span = max(1, (moves[0].from_ - start).days) if start else None
    for change in moves:
        days = _move(change)
        moved += days
        later += days > 0
        if later >= state.limits.slip_moves or (span and 100 * moved >= state.limits.slip_share * span):
            return change.date
    return None


def authority_taken_back(day: Day) -> Iterator[Signal]:
    """In a meeting the delegator decided what was the owner's to decide.

    It stands until the terms say anew who decides; after some weeks it is history.
    """
    for state in day.running:
        d, days = state.delegation, state.limits.taken_back_days
        for meeting in day.ledger.events_on(d.id, Meeting):
            if day.past(meeting.date, days) or _authority_moved(d, meeting.date):
                continue
            for decision in meeting.decisions:
                if decision.takes_back and is_about(decision.delegation, meeting, d.id):
                    code, who, what = "authority-taken-back", d.delegator, decision.what
                    yield signal(code, WATCH, who, meeting.date, meeting, on=d, what=what)


def _authority_moved(d: Delegation, since: dt.date) -> bool:
    return any(c.date > since and c.field.startswith("authority") for c in d.changes)


def handed_up(day: Day) -> Iterator[Signal]:
    """The owner passed work up, and it is still there."""
    for state in day.running:
        d = state.delegation
        for meeting in day.ledger.events_on(d.id, Meeting):
            for action in meeting.actions:
                if action.handed_up and action.done is None and is_about(action.delegation, meeting, d.id):
                    what = action.what
                    yield signal("handed-up", WATCH, d.owner, meeting.date, meeting, on=d, what=what)


def is_about(named: str, meeting: Meeting, delegation: str) -> bool:
    """Return whether a decision or action is about a delegation: by name, else the meeting's only one."""
    return named == delegation if named else meeting.delegations == (delegation,)
