"""Cycles, teams and people."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from generator.record.base import PERSON, TEXTS, Record
from generator.schema import Block, Day, Many, Pick, Ref, Target, Text, key
from generator.words import N_, CycleStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle(Record):
    """A stretch of time that is planned and looked back on as one."""

    type: ClassVar[Target] = Target.CYCLE

    start: dt.date = key(Day(), N_("The first day."), required=True)
    end: dt.date = key(Day(), N_("The last day."), required=True)
    closed: dt.date | None = key(Day(), N_("The day it was closed: from then on it reads as of that day."))
    status: CycleStatus | None = key(Pick(CycleStatus), N_("An older way to say `closed`, without a day."))
    goals: tuple[str, ...] = key(TEXTS, N_("What the organisation wants from it."))
    team: str | None = key(Ref(Target.TEAM), N_("The team whose cycle it is, where it is not everybody's."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Record):
    """People who work together."""

    type: ClassVar[Target] = Target.TEAM

    lead: str | None = key(PERSON, N_("Who leads it."), guards=True)
    parent: str | None = key(Ref(Target.TEAM), N_("The team that it is part of."), guards=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days on which somebody is not there."""

    from_: dt.date = key(Day(), N_("The first day away."), required=True)
    to: dt.date = key(Day(), N_("The last day away."), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody who holds, hands over or follows work."""

    type: ClassVar[Target] = Target.PERSON

    team: str | None = key(Ref(Target.TEAM), N_("The team."), guards=True)
    manager: str | None = key(PERSON, N_("Whom they report to; the team's lead otherwise."), guards=True)
    role: str = key(Text(), N_("What they do."), default="")
    left: dt.date | None = key(Day(), N_("The day they left."))
    away: tuple[Away, ...] = key(Many(Block(Away)), N_("Days on which no check-in is expected of them."))
