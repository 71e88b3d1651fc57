"""The nine records, frozen and typed: the one place where a key of the format is named."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar

from generator.body import EMPTY, Body
from generator.cadence import Cadence
from generator.schema import (
    AnyRef,
    Block,
    Day,
    Flag,
    Id,
    Level,
    Many,
    MilestoneReport,
    Number,
    Party,
    Pick,
    ProposalRef,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Table,
    Target,
    Text,
    Whole,
    key,
)
from generator.text import Place
from generator.words import (
    N_,
    CheckinKind,
    CycleStatus,
    Direction,
    EvaluationKind,
    FeedbackKind,
    Health,
    IssueSeverity,
    MeetingKind,
    Method,
    Readiness,
    ResponseStatus,
    Status,
    Understanding,
    Verdict,
    Visibility,
)

Path = tuple[str | int, ...]
"""Where a value stands inside a header: keys and positions from the outside in."""

PERSON = Ref(Target.PERSON)
PEOPLE = Many(PERSON)
TEXTS = Many(Text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    type: ClassVar[Target]

    id: str
    root: int = 0
    path: str
    """The file, inside its content folder."""
    folder: str = ""
    """The id that the enclosing delegation folder stands for, or nothing."""
    body: Body = EMPTY
    guarded: bool = field(default=False, compare=False)
    """Whether a fault touches who may see this record: then only ``full`` does."""
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)
    extra: Mapping[str, str] = field(default_factory=dict)
    """The team's own ``x-`` keys, as text."""

    title: str = key(Text(), N_("What it is called."), default="")
    tags: tuple[str, ...] = key(TEXTS, N_("Words to find it by."))
    visibility: Visibility | None = key(
        Pick(Visibility), N_("Who may see it; the type's default where it is left out."), guards=True
    )

    def place(self, *path: str | int) -> Place:
        """Return where a value stands, or the nearest thing around it that stands anywhere."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), Place(self.root, self.path, 1, 1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A record of something that happened on a day."""

    date: dt.date = key(Day(), N_("The day it happened."), required=True)


# --- delegation -------------------------------------------------------------------------------------


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


# --- events -----------------------------------------------------------------------------------------


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
class Response:
    """An answer in the same file."""

    by: str = key(PERSON, N_("Who answers."), required=True, guards=True)
    date: dt.date = key(Day(), N_("The day of the answer."), required=True)
    text: str = key(Text(long=True), N_("The answer."), default="")
    status: ResponseStatus | None = key(Pick(ResponseStatus), N_("What became of it."))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something that a meeting decided."""

    what: str = key(Text(long=True), N_("What was decided."), required=True)
    by: str | None = key(PERSON, N_("Who decided."))
    delegation: str = key(Ref(Target.DELEGATION), N_("The delegation that it is about."), default="")
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
    delegation: str = key(Ref(Target.DELEGATION), N_("The delegation that it is about."), default="")
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


# --- the organisation -------------------------------------------------------------------------------


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


TYPES: tuple[type[Record], ...] = (
    Delegation,
    Checkin,
    Feedback,
    Meeting,
    Evaluation,
    Retrospective,
    Cycle,
    Team,
    Person,
)
"""The nine types, in the order they are listed everywhere."""

FOLDERS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "delegations": Delegation,
        "checkins": Checkin,
        "feedback": Feedback,
        "meetings": Meeting,
        "evaluations": Evaluation,
        "retrospectives": Retrospective,
        "cycles": Cycle,
        "teams": Team,
        "people": Person,
    }
)
"""The folder whose files are of a type."""
