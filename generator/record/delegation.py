"""A delegation and its terms."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from generator.cadence import Cadence
from generator.record.base import PEOPLE, PERSON, TEXTS, Record
from generator.schema import (
    Block,
    Day,
    Id,
    Level,
    Many,
    Number,
    Pick,
    Raw,
    Ref,
    Rhythm,
    Table,
    Target,
    Text,
    Whole,
    key,
)
from generator.words import N_, Direction, Method, Readiness, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What the owner may decide."""

    level: int | None = key(Level(), N_("How much is handed over: 1 (tell) to 7 (delegate), or the name."))
    target_level: int | None = key(Level(), N_("The level that both are working towards."))
    decides: tuple[str, ...] = key(TEXTS, N_("What the owner decides alone."))
    must_ask: tuple[str, ...] = key(TEXTS, N_("What the owner asks about first."))
    limits: tuple[str, ...] = key(TEXTS, N_("Bounds that hold in any case."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that the result is judged by."""

    id: str = key(Id(), N_("Its short name."), required=True)
    name: str = key(Text(), N_("What is judged."), default="")
    weight: float | None = key(Number(0), N_("Its share of the judgement; the weights add up to 100."))
    measure: str = key(Text(), N_("How it is measured."), default="")
    target: str = key(Text(), N_("What counts as reached."), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step on the way that can be seen to be done."""

    id: str = key(Id(), N_("Its short name."), required=True)
    title: str = key(Text(), N_("What will be there."), default="")
    due: dt.date | None = key(Day(), N_("The day it should be done."))
    owner: str | None = key(PERSON, N_("Who sees to it; the delegation's owner otherwise."))
    weight: float | None = key(Number(0), N_("Its share of the whole; the weights add up to 100."))
    done: dt.date | None = key(Day(), N_("The day it was done."))
    stage: str = key(Text(), N_("The stage it belongs to."), default="")
    criteria: tuple[str, ...] = key(TEXTS, N_("What makes it done, or the criteria it serves."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A fixed day to look at the work."""

    id: str = key(Id(), N_("Its short name."), required=True)
    date: dt.date = key(Day(), N_("The day to look."), required=True)
    what: str = key(Text(), N_("What is looked at."), default="")
    who: str | None = key(PERSON, N_("Who reports; the owner otherwise."))
    extended_to: dt.date | None = key(Day(), N_("The day it was put off to."))
    waived: dt.date | None = key(Day(), N_("The day it was let go."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the delegation is followed."""

    methods: tuple[Method, ...] = key(Many(Pick(Method)), N_("The ways it is followed."))
    cadence: Cadence | None = key(Rhythm(), N_("How often a check-in is expected."))
    grace: int | None = key(Whole(0, 90), N_("Days after the expected day that still count as on time."))
    checkpoints: tuple[Checkpoint, ...] = key(
        Many(Block(Checkpoint)), N_("Fixed days to look; they replace the cadence.")
    )
    brief_back_within: int | None = key(Whole(0, 365), N_("Days from the start to the owner's brief-back."))
    escalate_when: tuple[str, ...] = key(TEXTS, N_("What goes up at once."))
    thresholds: Mapping[str, float] = key(
        Table(Number(0), "response_days"), N_("Thresholds of its own; their names are the settings'.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number that is followed."""

    id: str = key(Id(), N_("Its short name; the column of the CSV."), required=True)
    name: str = key(Text(), N_("What is counted."), default="")
    unit: str = key(Text(), N_("Its unit."), default="")
    baseline: float | None = key(Number(), N_("Where it stood at the start."))
    target: float | None = key(Number(), N_("Where it should get."))
    direction: Direction = key(Pick(Direction), N_("Which way is better."), default=Direction.UP)
    due: dt.date | None = key(Day(), N_("The day it should be there; the delegation's due date otherwise."))
    file: str = key(Text(), N_("A CSV beside the record with its readings."), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An adjustment of the terms."""

    date: dt.date = key(Day(), N_("The day it took effect."), required=True)
    by: str | None = key(PERSON, N_("Who made it."))
    field: str = key(Text(), N_("The key that changed, as in `due` or `milestones.beta.due`."), required=True)
    from_: Any = key(Raw(), N_("What it was."))
    to: Any = key(Raw(), N_("What it became."))
    why: str = key(Text(long=True), N_("The reason."), default="")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a metric on one day."""

    date: dt.date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Record):
    """Something handed over: the root that every other record hangs on."""

    type: ClassVar[Target] = Target.DELEGATION

    readings: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict, repr=False)
    """What the metrics' CSV files say, by metric."""

    title: str = key(Text(), N_("What is handed over."), required=True, default="")
    delegator: str = key(PERSON, N_("Who hands it over."), required=True, guards=True)
    owner: str = key(PERSON, N_("The one person who is accountable for it."), required=True, guards=True)
    contributors: tuple[str, ...] = key(PEOPLE, N_("Who works on it too."))
    informed: tuple[str, ...] = key(PEOPLE, N_("Who is kept informed."))
    team: str | None = key(Ref(Target.TEAM), N_("The team it belongs to."), guards=True)
    teams: tuple[str, ...] = key(Many(Ref(Target.TEAM)), N_("The teams it belongs to."), guards=True)
    cycle: str | None = key(Ref(Target.CYCLE), N_("The cycle it is planned in."))
    parent: str | None = key(Ref(Target.DELEGATION), N_("The larger delegation that it is part of."))
    depends_on: tuple[str, ...] = key(Many(Ref(Target.DELEGATION)), N_("Delegations that it waits for."))
    supports: str = key(Text(), N_("The organisation's goal that it serves."), default="")
    continues: str | None = key(
        Ref(Target.DELEGATION), N_("The delegation of an earlier cycle that it carries on.")
    )
    status: Status = key(Pick(Status), N_("Where it is in its life."), default=Status.ACTIVE)
    start: dt.date | None = key(Day(), N_("The first day."))
    due: dt.date | None = key(Day(), N_("The day it should be done."))
    completed: dt.date | None = key(Day(), N_("The day it was completed."))
    ended: dt.date | None = key(Day(), N_("The day it was recalled or cancelled."))
    goal: str = key(Text(long=True), N_("The outcome that is wanted, in one sentence."), default="")
    reason: str = key(Text(long=True), N_("Why this person."), default="")
    readiness: Readiness | None = key(
        Pick(Readiness), N_("How ready the owner is for this task."), line_only=True
    )
    authority: Authority | None = key(Block(Authority), N_("What the owner may decide."))
    resources: tuple[str, ...] = key(TEXTS, N_("Budget, people and access that come with it."))
    criteria: tuple[Criterion, ...] = key(Many(Block(Criterion)), N_("How the result will be judged."))
    milestones: tuple[Milestone, ...] = key(Many(Block(Milestone)), N_("Steps that can be seen to be done."))
    plan: Plan | None = key(Block(Plan), N_("How it is followed."))
    metrics: tuple[Metric, ...] = key(Many(Block(Metric)), N_("Numbers that are followed."))
    changes: tuple[Change, ...] = key(Many(Block(Change)), N_("Every adjustment of the terms."))

    @property
    def all_teams(self) -> tuple[str, ...]:
        """Return the teams named under either key, each once."""
        return tuple(dict.fromkeys(((self.team,) if self.team else ()) + self.teams))

    @property
    def cadence(self) -> Cadence | None:
        """Return how often a check-in is expected, where the plan says."""
        return self.plan.cadence if self.plan else None

    @property
    def level(self) -> int | None:
        """Return the level of delegation, where it is stated."""
        return self.authority.level if self.authority else None
