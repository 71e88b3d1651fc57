"""A retrospective, with its proposals and verdicts."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from generator.record.base import PEOPLE, PERSON, Event
from generator.schema import Block, Day, Id, Many, Pick, ProposalRef, Ref, Target, Text, key
from generator.words import N_, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something to do differently."""

    id: str = key(Id(), N_("Its short name."), required=True)
    what: str = key(Text(long=True), N_("What is proposed."), required=True)
    owner: str | None = key(PERSON, N_("Who sees to it."))
    due: dt.date | None = key(Day(), N_("The day it should be done."))
    done: dt.date | None = key(Day(), N_("The day it was done."))
    dropped: dt.date | None = key(Day(), N_("The day it was given up."))
    continues: str = key(ProposalRef(), N_("The earlier proposal that it carries on."), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolReview:
    """A verdict on one way of following the work."""

    tool: str = key(Text(), N_("The tool."), required=True)
    verdict: Verdict | None = key(Pick(Verdict), N_("What to do with it."), required=True)
    note: str = key(Text(long=True), N_("Why."), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrospective(Event):
    """What a cycle taught."""

    type: ClassVar[Target] = Target.RETROSPECTIVE

    cycle: str = key(Ref(Target.CYCLE), N_("The cycle that is looked back on."), required=True, guards=True)
    team: str | None = key(Ref(Target.TEAM), N_("The team that looks back."), guards=True)
    delegation: str = key(
        Ref(Target.DELEGATION), N_("The delegation that is looked back on."), guards=True, default=""
    )
    facilitator: str | None = key(PERSON, N_("Who led it."), guards=True)
    attendees: tuple[str, ...] = key(PEOPLE, N_("Who was there."), guards=True)
    proposals: tuple[Proposal, ...] = key(Many(Block(Proposal)), N_("What to do differently."))
    tool_review: tuple[ToolReview, ...] = key(Many(Block(ToolReview)), N_("A verdict per tool."))
