"""Lists over all records: feedback, minutes, decisions, actions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from generator.pages.answers import AnswerOwed
from generator.pages.feedback import FeedbackRow, feedback_rows
from generator.pages.figures import Funnel
from generator.pages.gathered import Gathered, pressing
from generator.pages.outcomes import Outcome, latest_outcomes
from generator.pages.plots import funnel_plot
from generator.pages.values import Count
from generator.pages.views import (
    DecisionView,
    EvaluationView,
    FeedbackView,
    MeetingView,
    Owned,
    RetrospectiveView,
)
from generator.words import FeedbackKind

FULL_ENTRIES = 60
"""Entries of a history that are shown whole; older ones are a line with a link, so that pages stay small."""


ANSWERS = 400
"""Answers owed that are listed; with more than that a list helps nobody."""


@dataclass(frozen=True, slots=True)
class FeedbackRegister:
    """The whole history of feedback."""

    entries: tuple[FeedbackView, ...]
    """The latest, shown whole."""
    earlier: tuple[FeedbackView, ...]
    """What is too old to be shown whole: a line each."""
    total: int
    counts: tuple[Count, ...]
    owed: tuple[AnswerOwed, ...]
    """Who owes whom an answer, the oldest first."""
    owing: int
    """How many answers are owed in all."""
    table: tuple[FeedbackRow, ...]
    answered: int
    median_days: float | None
    """Median days to the first answer, of those that have one."""
    ideas: tuple[FeedbackView, ...]
    funnel: Funnel | None


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
    latest: tuple[Outcome, ...]
    """What came of the last ones."""
    open_proposals: tuple[Owned, ...]
    closed_proposals: tuple[Owned, ...]


def feedback_register(all_: Gathered) -> FeedbackRegister:
    """Return all feedback, newest first."""
    views = [all_.events.feedback(f) for f in all_.ledger.feedback.values()]
    views.sort(key=lambda v: (-v.date.toordinal(), v.link.href))
    days = [v.days for v in views if v.days is not None]
    kinds = Counter(v.kind for v in views)
    return FeedbackRegister(
        tuple(views[:FULL_ENTRIES]),
        tuple(views[FULL_ENTRIES:]),
        len(views),
        tuple(Count(kind.label, kinds[kind], kind.value, "feedback") for kind in FeedbackKind if kinds[kind]),
        all_.owed[:ANSWERS],
        len(all_.owed),
        feedback_rows(all_.tracked, lambda _: True),
        len(days),
        median(days) if days else None,
        tuple(v for v in views if v.kind is FeedbackKind.IDEA),
        funnel_plot(all_.ledger.feedback.values()),
    )


def meeting_register(all_: Gathered) -> MeetingRegister:
    """Return all minutes, newest first, with the decision register and the actions."""
    views = sorted(
        (all_.events.meeting(m) for m in all_.ledger.meetings.values()),
        key=lambda v: (-v.date.toordinal(), v.link.href),
    )
    return MeetingRegister(
        tuple(views),
        tuple(d for v in views for d in v.decisions),
        tuple(a for a in all_.actions if a.open),
        tuple(a for a in all_.actions if not a.open),
    )


def evaluation_register(all_: Gathered) -> EvaluationRegister:
    """Return all evaluations, newest first."""
    views = [all_.events.evaluation(e) for e in all_.ledger.evaluations.values()]
    return EvaluationRegister(tuple(sorted(views, key=lambda v: (-v.date.toordinal(), v.link.href))))


def retrospective_register(all_: Gathered) -> RetrospectiveRegister:
    """Return all retrospectives, newest first."""
    views = [all_.events.retrospective(r) for r in all_.ledger.retrospectives.values()]
    views.sort(key=lambda v: (-v.date.toordinal(), v.link.href))
    proposals = sorted((p for v in views for p in v.proposals), key=pressing)
    # What is carried on stands once, where it is carried to.
    return RetrospectiveRegister(
        tuple(views),
        latest_outcomes(all_),
        tuple(p for p in proposals if p.open),
        tuple(p for p in proposals if p.done or p.dropped),
    )
