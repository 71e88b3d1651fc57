"""Lists over all records: feedback, minutes, decisions, actions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from generator.pages.events import (
    DecisionView,
    EvaluationView,
    Events,
    FeedbackView,
    MeetingView,
    Owned,
    RetrospectiveView,
)
from generator.pages.values import Count
from generator.record import Evaluation
from generator.tracking.state import Tracked
from generator.words import FeedbackKind, ResponseStatus


@dataclass(frozen=True, slots=True)
class FeedbackRegister:
    """The whole history of feedback."""

    entries: tuple[FeedbackView, ...]
    counts: tuple[Count, ...]
    table: tuple[tuple[FeedbackKind, tuple[int, ...]], ...]
    """For each kind how many are in each state; the states are open and then ``ResponseStatus``."""
    answered: int
    median_days: float | None
    """Median days to the first answer, of those that have one."""
    ideas: tuple[FeedbackView, ...]


@dataclass(frozen=True, slots=True)
class MeetingRegister:
    """Minutes, decisions and actions."""

    meetings: tuple[MeetingView, ...]
    decisions: tuple[DecisionView, ...]
    open_actions: tuple[Owned, ...]
    done_actions: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class EvaluationRegister:
    """All evaluations."""

    entries: tuple[EvaluationView, ...]


@dataclass(frozen=True, slots=True)
class RetrospectiveRegister:
    """All retrospectives, with their proposals."""

    entries: tuple[RetrospectiveView, ...]
    open_proposals: tuple[Owned, ...]
    closed_proposals: tuple[Owned, ...]


def feedback_register(tracked: Tracked, events: Events) -> FeedbackRegister:
    """Return all feedback, newest first."""
    views = [events.feedback(f) for f in tracked.ledger.feedback.values()]
    views.sort(key=lambda v: (-v.date.toordinal(), v.link.href))
    states: tuple[ResponseStatus | None, ...] = (None, *ResponseStatus)
    table = tuple(
        (kind, tuple(sum(v.kind is kind and v.state is state for v in views) for state in states))
        for kind in FeedbackKind
        if any(v.kind is kind for v in views)
    )
    days = [v.days for v in views if v.days is not None]
    kinds = Counter(v.kind for v in views)
    return FeedbackRegister(
        tuple(views),
        tuple(Count(kind.label, kinds[kind], kind.value, "feedback") for kind in FeedbackKind if kinds[kind]),
        table,
        len(days),
        median(days) if days else None,
        tuple(v for v in views if v.kind is FeedbackKind.IDEA),
    )


def actions(tracked: Tracked, events: Events) -> tuple[Owned, ...]:
    """Return the actions of all meetings: open ones first, by due date."""
    found = [a for m in tracked.ledger.meetings.values() for a in events.meeting(m).actions]
    return tuple(sorted(found, key=_pressing))


def _pressing(owned: Owned) -> tuple[bool, int, str]:
    if owned.open:
        return (False, owned.due.toordinal() if owned.due else 10**7, owned.what)
    ended = owned.done or owned.dropped
    return (True, -(ended.toordinal() if ended else 0), owned.what)


def meeting_register(tracked: Tracked, events: Events) -> MeetingRegister:
    """Return all minutes, newest first, with the decision register and the actions."""
    views = sorted(
        (events.meeting(m) for m in tracked.ledger.meetings.values()),
        key=lambda v: (-v.date.toordinal(), v.link.href),
    )
    todo = actions(tracked, events)
    return MeetingRegister(
        tuple(views),
        tuple(d for v in views for d in v.decisions),
        tuple(a for a in todo if a.open),
        tuple(a for a in todo if not a.open),
    )


def evaluation_register(tracked: Tracked, events: Events) -> EvaluationRegister:
    """Return all evaluations, newest first."""
    views = [events.evaluation(e) for e in tracked.ledger.evaluations.values()]
    return EvaluationRegister(tuple(sorted(views, key=lambda v: (-v.date.toordinal(), v.link.href))))


def retrospective_register(tracked: Tracked, events: Events) -> RetrospectiveRegister:
    """Return all retrospectives, newest first."""
    views = [events.retrospective(r) for r in tracked.ledger.retrospectives.values()]
    views.sort(key=lambda v: (-v.date.toordinal(), v.link.href))
    proposals = sorted((p for v in views for p in v.proposals), key=_pressing)
    return RetrospectiveRegister(
        tuple(views), tuple(p for p in proposals if p.open), tuple(p for p in proposals if not p.open)
    )


def development(evaluation: Evaluation, events: Events) -> tuple[Owned, ...]:
    """Return what an evaluation agreed for its subject's growth."""
    return events.evaluation(evaluation).development
