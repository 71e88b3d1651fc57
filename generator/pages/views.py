"""What happened, as values: the same on an event's own page and in the histories it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.pages.values import Link, Prose
from generator.record import Change, Issue, Restated
from generator.words import (
    CheckinKind,
    EvaluationKind,
    FeedbackKind,
    Health,
    MeetingKind,
    ResponseStatus,
    Understanding,
    Verdict,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: in the same file, or a piece of feedback of its own."""

    by: Link
    date: dt.date
    text: str = ""
    prose: Prose = field(default_factory=Prose)
    status: ResponseStatus | None = None
    link: Link | None = None
    """The record that it is, where it is one."""


@dataclass(frozen=True, slots=True)
class IssueView:
    """Something that stands in the way."""

    issue: Issue
    needs: Link | None
    opened: dt.date


@dataclass(frozen=True, slots=True)
class Owned:
    """Something that somebody is to do: an action, a development step, a proposal."""

    what: str
    owner: Link | None
    due: dt.date | None
    done: dt.date | None
    overdue: bool
    dropped: dt.date | None = None
    delegation: Link | None = None
    source: Link | None = None
    """The record that it was agreed in."""
    handed_up: bool = False
    id: str = ""
    before: tuple[Link, ...] = ()
    """The retrospectives that a proposal is carried over from, the latest first."""
    after: Link | None = None
    """The retrospective that carries it on."""

    @property
    def open(self) -> bool:
        """Return whether it is still to be done; what is carried on is open there."""
        return self.done is None and self.dropped is None and self.after is None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Something that was decided."""

    what: str
    by: Link | None
    delegation: Link | None
    takes_back: bool
    date: dt.date
    source: Link


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score against a criterion."""

    criterion: str
    score: float | None
    note: str
    evidence: tuple[Link, ...]
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class EventView:
    """What every event shows."""

    type: str
    link: Link
    titled: bool
    """Whether it has a title of its own."""
    date: dt.date
    delegation: Link | None
    prose: Prose
    visibility: Visibility | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckinView(EventView):
    """A check-in with the answers to it."""

    kind: CheckinKind
    author: Link
    health: Health | None
    progress: int | None
    confidence: int | None
    checkpoint: str
    milestones: tuple[tuple[str, Any], ...]
    """Each milestone's title and what is reported of it: ``done``, a day, or percent."""
    metrics: tuple[tuple[str, float, str], ...]
    """Each metric's name, reading and unit."""
    issues: tuple[IssueView, ...]
    asks: tuple[str, ...]
    next: tuple[str, ...]
    answers: tuple[Answered, ...]
    understanding: Understanding | None
    restated: Restated | None
    confirmed_by: Link | None
    confirmed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class FeedbackView(EventView):
    """A piece of feedback, what it answers and what became of it."""

    kind: FeedbackKind
    from_: Link
    to: Link
    answers: Link | None
    responses: tuple[Answered, ...]
    state: ResponseStatus | None
    """The latest answer's status; nothing while it is open."""
    due: dt.date | None
    days: int | None
    """Days from the feedback to the first answer."""


@dataclass(frozen=True, slots=True)
class MeetingView(EventView):
    """Minutes."""

    kind: MeetingKind
    attendees: tuple[Link, ...]
    delegations: tuple[Link, ...]
    agenda: tuple[str, ...]
    decisions: tuple[DecisionView, ...]
    actions: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class EvaluationView(EventView):
    """An evaluation."""

    kind: EvaluationKind
    subject: Link
    evaluator: Link
    cycle: Link | None
    scores: tuple[ScoreView, ...]
    scale: tuple[int, int]
    mean: float | None
    """The mean of the scores, weighted as the criteria are."""
    rating: str
    recommended_level: int | None
    recognition: str
    development: tuple[Owned, ...]
    signed: dt.date | None


@dataclass(frozen=True, slots=True)
class RetrospectiveView(EventView):
    """A retrospective in the team's words."""

    cycle: Link
    team: Link | None
    facilitator: Link | None
    attendees: tuple[Link, ...]
    proposals: tuple[Owned, ...]
    tools: tuple[tuple[str, Verdict | None, str], ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An adjustment of the terms."""

    change: Change
    date: dt.date
    by: Link | None
    type: str = "change"


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone that was done."""

    title: str
    date: dt.date
    due: dt.date | None
    late_by: int
    type: str = "milestone"


View = TypeVar("View", bound=EventView)


def newest(views: Iterable[View]) -> tuple[View, ...]:
    """Return events, the newest first."""
    return tuple(sorted(views, key=lambda v: (-v.date.toordinal(), v.link.href)))
