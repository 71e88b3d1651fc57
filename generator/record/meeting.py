"""A meeting, with its decisions and actions."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from generator.record.base import PEOPLE, PERSON, TEXTS, Event
from generator.schema import Block, Day, Flag, Id, Many, Pick, Ref, Target, Text, key
from generator.words import N_, MeetingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something that a meeting decided."""

    what: str = key(Text(long=True), N_("What was decided."), required=True)
    by: str | None = key(PERSON, N_("Who decided."))
    delegation: str = key(
        Ref(Target.DELEGATION), N_("The delegation that it is about."), guards=True, default=""
    )
    takes_back: bool = key(
        Flag(), N_("Whether the delegator decided what was the owner's to decide."), default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that a meeting gave somebody to do."""

    id: str = key(Id(), N_("Its short name."), default="")
    what: str = key(Text(long=True), N_("What is to be done."), required=True)
    owner: str | None = key(PERSON, N_("Who does it."))
    due: dt.date | None = key(Day(), N_("The day it should be done."))
    done: dt.date | None = key(Day(), N_("The day it was done."))
    delegation: str = key(
        Ref(Target.DELEGATION), N_("The delegation that it is about."), guards=True, default=""
    )
    handed_up: bool = key(Flag(), N_("Whether the owner passed the work up."), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Event):
    """Minutes of a talk."""

    type: ClassVar[Target] = Target.MEETING

    kind: MeetingKind = key(Pick(MeetingKind), N_("What it is for."), guards=True, default=MeetingKind.TEAM)
    attendees: tuple[str, ...] = key(PEOPLE, N_("Who was there."), required=True, guards=True)
    delegations: tuple[str, ...] = key(
        Many(Ref(Target.DELEGATION)),
        N_("The delegations it was about; the folder's where they are left out."),
        guards=True,
    )
    agenda: tuple[str, ...] = key(TEXTS, N_("What was on the agenda."))
    decisions: tuple[Decision, ...] = key(Many(Block(Decision, "what")), N_("What was decided."))
    actions: tuple[Action, ...] = key(Many(Block(Action, "what")), N_("Who does what by when."))
