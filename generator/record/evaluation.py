"""An evaluation, with its scores and what it leads to."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from generator.record.base import PERSON, TEXTS, Event
from generator.schema import Block, Day, Level, Many, Number, Pick, Ref, Scale, Table, Target, Text, key
from generator.words import N_, EvaluationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score against one criterion."""

    score: float | None = key(Number(), N_("The score, on the evaluation's scale."), required=True)
    note: str = key(Text(long=True), N_("What it rests on, in words."), default="")
    evidence: tuple[str, ...] = key(TEXTS, N_("Ids of the records it rests on."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Something agreed for somebody's growth."""

    what: str = key(Text(long=True), N_("What is agreed."), required=True)
    owner: str | None = key(PERSON, N_("Who sees to it."))
    due: dt.date | None = key(Day(), N_("The day it should be done."))
    done: dt.date | None = key(Day(), N_("The day it was done."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Event):
    """A judgement of somebody's result against what was agreed."""

    type: ClassVar[Target] = Target.EVALUATION

    subject: str = key(PERSON, N_("Whose result is judged."), required=True, guards=True)
    evaluator: str = key(PERSON, N_("Who judges."), required=True, guards=True)
    kind: EvaluationKind = key(
        Pick(EvaluationKind), N_("From which side."), guards=True, default=EvaluationKind.MANAGER
    )
    delegation: str = key(
        Ref(Target.DELEGATION),
        N_("The delegation that is judged; the folder's where it is left out."),
        guards=True,
        default="",
    )
    cycle: str = key(
        Ref(Target.CYCLE), N_("The cycle that is judged, where it is no single delegation."), default=""
    )
    scores: Mapping[str, Score] = key(Table(Block(Score, "score"), "criterion"), N_("A score per criterion."))
    scale: tuple[int, int] = key(Scale(), N_("The lowest and the highest score."), default=(1, 5))
    rating: str = key(Text(), N_("The judgement in one word."), default="")
    recommended_level: int | None = key(Level(), N_("The level of delegation to go for next."))
    recognition: str = key(Text(long=True), N_("What deserves to be said aloud."), default="")
    development: tuple[Development, ...] = key(
        Many(Block(Development, "what")), N_("What is agreed for the subject's growth.")
    )
    signed: dt.date | None = key(Day(), N_("The day it was signed."), guards=True)
