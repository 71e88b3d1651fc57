"""Feedback counted: of what kind, which way, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.record import Feedback
from generator.tracking.feedback import Course, feedback_counts
from generator.tracking.state import Tracked
from generator.words import FeedbackKind, ResponseStatus

STATES: tuple[ResponseStatus | None, ...] = (None, *ResponseStatus)
"""What becomes of feedback; nothing while it is open."""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Feedback of one kind that goes one way."""

    kind: FeedbackKind
    course: Course
    number: int
    of: int
    """How many pieces there are in all."""
    states: tuple[int, ...]
    """How many of them are in each state, as ``STATES`` lists them."""


def feedback_rows(tracked: Tracked, wanted: Callable[[Feedback], bool]) -> tuple[FeedbackRow, ...]:
    """Return the feedback that ``wanted`` picks by kind and direction; answers are no rows of their own."""
    counts = feedback_counts(tracked, wanted)
    of = sum(c.count for c in counts)
    rows = []
    for kind, course in dict.fromkeys((c.kind, c.course) for c in counts):
        found = {c.state: c.count for c in counts if (c.kind, c.course) == (kind, course)}
        states = tuple(found.get(state, 0) for state in STATES)
        rows.append(FeedbackRow(kind, course, sum(states), of, states))
    return tuple(rows)
