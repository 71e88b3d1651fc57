"""Signals about answers owed: to check-ins, issues, brief-backs and requests; and about actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Checkin, Feedback, Meeting
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import Signal, Weight
from generator.tracking.state import State
from generator.words import CheckinKind, FeedbackKind, Status


def awaiting_response(day: Day) -> Iterator[Signal]:
    """A check-in with asks, an open issue, a brief-back or a request has no answer for too long.

    A later answer to a later check-in, or a meeting on the delegation that the one asked was at, is
    an answer too: what was open was then spoken of.
    """
    for state in day.states:
        if state.delegation.status in {Status.ACTIVE, Status.ON_HOLD}:
            yield from _of_checkins(day, state)
    yield from _of_requests(day)


def _of_checkins(day: Day, state: State) -> Iterator[Signal]:
    d, limit = state.delegation, state.limits.response_days
    open_issues = {i.issue.id for i in state.issues if i.open}
    for checkin in state.checkins:
        if not day.past(checkin.date, limit):
            continue
        asked: dict[str, str] = {}
        if checkin.asks:
            asked[d.delegator] = checkin.asks[0]
        elif checkin.kind is CheckinKind.BRIEF_BACK and not _confirmed(checkin):
            asked[d.delegator] = ""
        for issue in checkin.issues:
            if issue.id in open_issues and issue.needs and issue.closed is None:
                asked.setdefault(issue.needs, issue.what)
        for who, what in asked.items():
            seen = day.would_see_answer(d, checkin.author, who)
            if seen and who != checkin.author and not _answered(day, state, checkin, who):
                since = checkin.date + dt.timedelta(limit) + DAY
                facts, evidence = (("what", what), ("asked", checkin.date)), (f"checkin:{checkin.id}",)
                yield Signal("awaiting-response", Weight.WATCH, who, since, d.id, "", facts, evidence)


def _confirmed(checkin: Checkin) -> bool:
    return bool(checkin.confirmed_on or checkin.confirmed_by or checkin.understanding)


def answers_on(day: Day, checkin: Checkin) -> tuple[tuple[str, dt.date], ...]:
    """Return who answered a check-in and when, in its file or in feedback of their own."""
    inside = [(r.by, r.date) for r in checkin.responses]
    outside = [(f.from_, f.date) for f in day.ledger.answers_to(checkin)]
    return tuple(sorted([*inside, *outside], key=lambda a: a[1]))


def _answered(day: Day, state: State, checkin: Checkin, who: str) -> bool:
    if answers_on(day, checkin):
        return True
    later = [c for c in state.checkins if c.date > checkin.date]
    if any(by == who for c in later for by, _ in answers_on(day, c)):
        return True
    meetings = day.ledger.events_on(state.delegation.id, Meeting)
    return any(m.date >= checkin.date and who in m.attendees for m in meetings)


def _of_requests(day: Day) -> Iterator[Signal]:
    for f in day.ledger.feedback.values():
        if f.kind is not FeedbackKind.REQUEST or f.responses or day.ledger.answers_to(f):
            continue
        wanted = f.due or f.date + dt.timedelta(day.limits.response_days)
        if day.today > wanted:
            facts, evidence = (("what", f.body.excerpt), ("asked", f.date)), (f"feedback:{f.id}",)
            about = f"feedback:{f.id}"
            yield Signal(
                "awaiting-response", Weight.WATCH, f.to, wanted + DAY, f.delegation, about, facts, evidence
            )


def feedback_open(day: Day) -> Iterator[Signal]:
    """Feedback that wants something has been open for two weeks. Praise and mere answers want nothing."""
    for f in day.ledger.feedback.values():
        if f.kind in {FeedbackKind.PRAISE, FeedbackKind.REQUEST} or f.answers or _settled(day, f):
            continue
        limit = dt.timedelta(day.limits.feedback_days)
        if day.past(f.date, day.limits.feedback_days):
            facts, evidence = (("what", f.body.excerpt), ("given", f.date)), (f"feedback:{f.id}",)
            since, about = f.date + limit + DAY, f"feedback:{f.id}"
            yield Signal("feedback-open", Weight.WATCH, f.to, since, f.delegation, about, facts, evidence)


def _settled(day: Day, feedback: Feedback) -> bool:
    return bool(feedback.responses or day.ledger.answers_to(feedback))


def actions_overdue(day: Day) -> Iterator[Signal]:
    """An action, or a development step, is past its due date."""
    for meeting in day.ledger.meetings.values():
        only = meeting.delegations[0] if len(meeting.delegations) == 1 else ""
        for action in meeting.actions:
            if action.due and action.due < day.today and action.done is None:
                facts, evidence = (("what", action.what), ("due", action.due)), (f"meeting:{meeting.id}",)
                who, about = action.owner or "", action.delegation or only
                yield Signal(
                    "action-overdue", Weight.WATCH, who, action.due + DAY, about, "", facts, evidence
                )
    for e in day.ledger.evaluations.values():
        for step in e.development:
            if step.due and step.due < day.today and step.done is None:
                facts, evidence = (("what", step.what), ("due", step.due)), (f"evaluation:{e.id}",)
                who = step.owner or e.subject
                yield Signal(
                    "action-overdue", Weight.WATCH, who, step.due + DAY, e.delegation, "", facts, evidence
                )
