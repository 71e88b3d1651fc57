"""Signals about answers owed: to check-ins, issues, brief-backs and requests; and about actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Checkin, Delegation, Feedback, Meeting
from generator.tracking.signals.day import DAY, Day, limit
from generator.tracking.signals.signal import WATCH, Signal, signal
from generator.tracking.signals.terms import confirmed
from generator.tracking.state import State
from generator.words import CheckinKind, FeedbackKind, Status


def awaiting_response(day: Day) -> Iterator[Signal]:
    """A check-in with asks, an open issue, a brief-back or a request has no answer for too long.

    A later answer to a later check-in, or a meeting on the delegation that the one asked was at, is
    an answer too: what was open was then spoken of. Nobody outside can be made to answer here.

    Its facts say who asked (``asker``), by what (``matter``: ``question``, ``issue``, ``brief-back`` or
    ``request``), for what and when; the one asked is whom it waits on.
    """
    for state in day.states:
        if state.delegation.status in {Status.ACTIVE, Status.ON_HOLD}:
            yield from _of_checkins(day, state)
    yield from _of_requests(day)


def _of_checkins(day: Day, state: State) -> Iterator[Signal]:
    d, days = state.delegation, state.limits.response_days
    for checkin in state.checkins:
        if not day.past(checkin.date, days):
            break
        for who, what in _asked(state, checkin).items():
            if who == checkin.author or not day.eyes.answer(d, checkin.author, who):
                continue
            if not _answered(day, state, checkin, who, what[0]):
                yield signal(
                    "awaiting-response",
                    WATCH,
                    who,
                    limit(checkin.date, days),
                    checkin,
                    on=d,
                    asker=checkin.author,
                    matter=what[0],
                    what=what[1],
                    asked=checkin.date,
                )


def _asked(state: State, checkin: Checkin) -> dict[str, tuple[str, str]]:
    """Return whom a check-in asks, by what, for what: for an issue once, in the check-in that raised it."""
    asked: dict[str, tuple[str, str]] = {}
    if checkin.asks:
        asked[state.delegation.delegator] = ("question", checkin.asks[0])
    elif checkin.kind is CheckinKind.BRIEF_BACK and not confirmed(checkin):
        asked[state.delegation.delegator] = ("brief-back", "")
    for issue in state.issues:
        needs = issue.issue.needs
        if issue.open and issue.raised_in == checkin.id and needs and not needs.startswith("outside:"):
            asked.setdefault(needs, ("issue", issue.issue.what))
    return asked


def answers_on(day: Day, checkin: Checkin) -> tuple[tuple[str, dt.date], ...]:
    """Return who answered a check-in and when, in its file or in feedback of their own.

    What its author adds is no answer.
    """
    inside = [(r.by, r.date) for r in checkin.responses]
    outside = [(f.from_, f.date) for f in day.ledger.answers_to(checkin)]
    return tuple(sorted((a for a in [*inside, *outside] if a[0] != checkin.author), key=lambda a: a[1]))


def _answered(day: Day, state: State, checkin: Checkin, who: str, matter: str) -> bool:
    """Return whether a check-in has its answer; an issue that needs somebody waits for that one's."""
    people = set(day.people_of(who))
    if any(matter != "issue" or by in people for by, _ in answers_on(day, checkin)):
        return True
    later = [c for c in state.checkins if c.date > checkin.date]
    if any(by in people for c in later for by, _ in answers_on(day, c)):
        return True
    meetings = day.ledger.events_on(state.delegation.id, Meeting)
    return any(m.date >= checkin.date and people & set(m.attendees) for m in meetings)


def _of_requests(day: Day) -> Iterator[Signal]:
    for f in day.ledger.feedback.values():
        d = day.delegation_of(f)
        if f.kind is not FeedbackKind.REQUEST or _settled(day, f) or (d and not d.status.open):
            continue
        wanted = f.due or f.date + dt.timedelta(day.limits.response_days)
        if day.today > wanted and _owed(day, f):
            yield signal(
                "awaiting-response",
                WATCH,
                f.to,
                max(wanted + DAY, f.date),
                f,
                on=d,
                about=f,
                asker=f.from_,
                matter="request",
                what=f.body.excerpt,
                asked=f.date,
            )


def feedback_open(day: Day) -> Iterator[Signal]:
    """Feedback that wants something has been open for two weeks. Praise and mere answers want nothing."""
    days = day.limits.feedback_days
    for f in day.ledger.feedback.values():
        if f.kind in {FeedbackKind.PRAISE, FeedbackKind.REQUEST} or f.answers or _settled(day, f):
            continue
        if day.past(f.date, days) and _owed(day, f):
            on, what = day.delegation_of(f), f.body.excerpt
            since, given = limit(f.date, days), f.date
            yield signal("feedback-open", WATCH, f.to, since, f, on=on, about=f, what=what, given=given)


def _settled(day: Day, feedback: Feedback) -> bool:
    """Return whether feedback has any answer; one that the giver adds without closing it is none."""
    inside = any(r.by != feedback.from_ or r.status for r in feedback.responses)
    return inside or any(a.from_ != feedback.from_ for a in day.ledger.answers_to(feedback))


def _owed(day: Day, feedback: Feedback) -> bool:
    """Return whether somebody here owes an answer that the audience would see."""
    if feedback.to.startswith("outside:"):
        return False
    return day.eyes.answer(day.delegation_of(feedback), feedback.from_, feedback.to)


def actions_overdue(day: Day) -> Iterator[Signal]:
    """An action, or a development step, is past its due date, and its delegation was not given up."""
    code, delegations = "action-overdue", day.ledger.delegations
    for meeting in day.ledger.meetings.values():
        only = meeting.delegations[0] if len(meeting.delegations) == 1 else ""
        for action in meeting.actions:
            d = delegations.get(action.delegation or only)
            if action.due and action.due < day.today and action.done is None and not _given_up(d):
                since = max(action.due + DAY, meeting.date)
                what, due = action.what, action.due
                yield signal(code, WATCH, action.owner, since, meeting, on=d, what=what, due=due)
    for e in day.ledger.evaluations.values():
        for step in e.development:
            if step.due and step.due < day.today and step.done is None:
                on, who, since = delegations.get(e.delegation), step.owner, max(step.due + DAY, e.date)
                what, due = step.what, step.due
                yield signal(code, WATCH, who or e.subject, since, e, on=on, what=what, due=due)


def _given_up(d: Delegation | None) -> bool:
    return d is not None and d.status in {Status.RECALLED, Status.CANCELLED}
