"""A check-in, with issues and the brief-back's words."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from generator.record.base import PERSON, TEXTS, Event
from generator.record.feedback import Response
from generator.schema import (
    Block,
    Day,
    Id,
    Many,
    MilestoneReport,
    Number,
    Party,
    Pick,
    Ref,
    Table,
    Target,
    Text,
    Whole,
    key,
)
from generator.words import N_, CheckinKind, Health, IssueSeverity, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that stands in the way."""

    id: str = key(Id(), N_("Its short name; the same in every check-in that speaks of it."), required=True)
    what: str = key(Text(long=True), N_("What is wrong."), default="")
    severity: IssueSeverity = key(
        Pick(IssueSeverity), N_("How badly it hurts."), default=IssueSeverity.MEDIUM
    )
    needs: str | None = key(Party(), N_("Who can solve it."))
    opened: dt.date | None = key(Day(), N_("The day it arose; the check-in's otherwise."))
    closed: dt.date | None = key(Day(), N_("The day it was solved."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """The terms in the owner's words."""

    goal: str = key(Text(long=True), N_("The goal as understood."), default="")
    decides: tuple[str, ...] = key(TEXTS, N_("What the owner expects to decide alone."))
    criteria: tuple[str, ...] = key(TEXTS, N_("What the result will be judged by."))
    due: dt.date | None = key(Day(), N_("The due date as understood."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkin(Event):
    """How a delegation stands, as its owner sees it."""

    type: ClassVar[Target] = Target.CHECKIN

    unsigned: bool = field(default=False, compare=False, repr=False)
    """Whether it names no author: then that is the delegation's owner."""

    delegation: str = key(
        Ref(Target.DELEGATION),
        N_("The delegation; the folder's where it is left out."),
        guards=True,
        default="",
    )
    author: str = key(PERSON, N_("Who reports; the owner otherwise."), guards=True, default="")
    kind: CheckinKind = key(Pick(CheckinKind), N_("The occasion."), default=CheckinKind.REGULAR)
    checkpoint: str = key(Text(), N_("The planned checkpoint that it answers."), default="")
    health: Health | None = key(Pick(Health), N_("How it stands."))
    progress: int | None = key(Whole(0, 100), N_("How far it is, in percent."))
    confidence: int | None = key(Whole(1, 5), N_("How confident the author is, 1 to 5."), line_only=True)
    milestones: Mapping[str, Any] = key(
        Table(MilestoneReport(), "milestone"),
        N_("Milestones done (`done` or the day) or under way (percent)."),
    )
    metrics: Mapping[str, float] = key(Table(Number(), "metric"), N_("Readings of the metrics."))
    issues: tuple[Issue, ...] = key(Many(Block(Issue)), N_("What stands in the way."))
    asks: tuple[str, ...] = key(TEXTS, N_("What is asked for."))
    next: tuple[str, ...] = key(TEXTS, N_("What comes next."))
    responses: tuple[Response, ...] = key(Many(Block(Response)), N_("Answers."))
    understanding: Understanding | None = key(
        Pick(Understanding), N_("On a brief-back: how far the terms are understood.")
    )
    restated: Restated | None = key(Block(Restated), N_("On a brief-back: the terms in the owner's words."))
    confirmed_by: str | None = key(PERSON, N_("On a brief-back: who confirmed it."))
    confirmed_on: dt.date | None = key(Day(), N_("On a brief-back: the day it was confirmed."))
