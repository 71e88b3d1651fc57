"""Feedback by kind, by direction and by what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from generator.ledger import Ledger
from generator.record import Feedback
from generator.tracking.state import Tracked
from generator.words import FeedbackKind, ResponseStatus


class Course(StrEnum):
    """Which way feedback goes in the line of managers."""

    UP = "up"
    DOWN = "down"
    SIDEWAYS = "sideways"


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many pieces of feedback share kind, direction and state."""

    kind: FeedbackKind
    course: Course
    state: ResponseStatus | None
    """What became of it; nothing while it is open."""
    evidence: tuple[str, ...]
    """``feedback:id`` of each."""

    @property
    def count(self) -> int:
        """Return how many."""
        return len(self.evidence)


def course_of(ledger: Ledger, feedback: Feedback) -> Course:
    """Return which way a piece of feedback goes; to a team it goes as to its people, if all agree."""
    to = ledger.organisation.members(feedback.to[5:]) if feedback.to.startswith("team:") else (feedback.to,)
    others = [who for who in to if who != feedback.from_]
    if others and all(who in ledger.organisation.managers(feedback.from_) for who in others):
        return Course.UP
    if others and all(feedback.from_ in ledger.organisation.managers(who) for who in others):
        return Course.DOWN
    return Course.SIDEWAYS


def state_of(ledger: Ledger, feedback: Feedback) -> ResponseStatus | None:
    """Return what became of a piece of feedback: its latest dated response's word, nothing before one.

    An answer without a word for it, or one in feedback of its own, has at least taken note.
    """
    last = max(feedback.responses, key=lambda r: r.date, default=None)
    if last and last.status:
        return last.status
    answered = last or any(a.from_ != feedback.from_ for a in ledger.answers_to(feedback))
    return ResponseStatus.ACKNOWLEDGED if answered else None


def feedback_counts(tracked: Tracked, wanted: Callable[[Feedback], bool]) -> tuple[FeedbackCount, ...]:
    """Count the feedback that ``wanted`` picks; answers, which are feedback too, are left out."""
    found: dict[tuple[FeedbackKind, Course, ResponseStatus | None], list[str]] = {}
    for f in tracked.ledger.feedback.values():
        if wanted(f) and not f.answers:
            key = (f.kind, course_of(tracked.ledger, f), state_of(tracked.ledger, f))
            found.setdefault(key, []).append(f"feedback:{f.id}")
    order = [(k, c, s) for k in FeedbackKind for c in Course for s in (None, *ResponseStatus)]
    return tuple(FeedbackCount(*key, tuple(found[key])) for key in order if key in found)
