"""Feedback, and answers."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from generator.record.base import PERSON, Event
from generator.schema import AnyRef, Block, Day, Many, Party, Pick, Ref, Target, Text, key
from generator.words import N_, FeedbackKind, ResponseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer in the same file."""

    by: str = key(PERSON, N_("Who answers."), required=True)
    date: dt.date = key(Day(), N_("The day of the answer."), required=True)
    text: str = key(Text(long=True), N_("The answer."), default="")
    status: ResponseStatus | None = key(Pick(ResponseStatus), N_("What became of it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Event):
    """Something one person tells another, or a team, about work."""

    type: ClassVar[Target] = Target.FEEDBACK

    from_: str = key(PERSON, N_("Who gives it."), required=True, guards=True)
    to: str = key(Party(), N_("Whom it is for."), required=True, guards=True)
    delegation: str = key(
        Ref(Target.DELEGATION), N_("The delegation that it is about."), guards=True, default=""
    )
    kind: FeedbackKind = key(
        Pick(FeedbackKind), N_("What it is for."), guards=True, default=FeedbackKind.CONSTRUCTIVE
    )
    answers: str = key(
        AnyRef(
            (
                Target.CHECKIN,
                Target.FEEDBACK,
                Target.DELEGATION,
                Target.MEETING,
                Target.EVALUATION,
                Target.RETROSPECTIVE,
            )
        ),
        N_("The record that it answers."),
        guards=True,
        default="",
    )
    responses: tuple[Response, ...] = key(Many(Block(Response)), N_("Answers, and what became of it."))
    due: dt.date | None = key(Day(), N_("The day an answer is wanted by."))
