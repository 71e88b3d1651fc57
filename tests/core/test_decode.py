"""Front matter becomes typed records: every type and kind of value, ids by path, what hides a record."""

# ruff: noqa: E501 - tables of one line each, and headers as they are written

from __future__ import annotations

import datetime as dt
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import words
from generator.cadence import Cadence, Unit
from generator.decode import decode
from generator.examples import example, line_of
from generator.fields import MOST, Fields
from generator.frontmatter import parse
from generator.layout import folder_of, id_of_path
from generator.markdown import Markdown
from generator.nodes import Scalar
from generator.record import (
    TYPES,
    Authority,
    Away,
    Change,
    Checkpoint,
    Criterion,
    Development,
    Issue,
    Meeting,
    Metric,
    Milestone,
    Person,
    Plan,
    Record,
    Response,
    Restated,
    Score,
    ToolReview,
)
from generator.scalars import id_fault, scalar, spelled
from generator.schema import (
    AnyRef,
    Day,
    Flag,
    Id,
    Level,
    MilestoneReport,
    Number,
    Party,
    Pick,
    ProposalRef,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Target,
    Text,
    Whole,
    keys_of,
)
from generator.secrecy import hides, reasons
from generator.slips import How, nearest_key
from generator.text import Place, Source
from generator.words import Choice, Health, Method, Readiness, Status, Verdict, Visibility

PLACE = Place(0, "x.md", 2, 1, 2)


def typed(text: str, kind):
    value, fault = scalar(Scalar(PLACE, text, quoted=True), kind, "key")
    return value if fault is None else fault.code


VALUES = [
    (Text(), " two words ", "two words"),
    (Id(), "2026-01-12", "2026-01-12"),
    (Id(), "产品_1.a", "产品_1.a"),
    (Id(), "cafe\u0301", "café"),
    (Id(), " ada ", "ada"),
    (Id(), "a/b", "bad-id"),
    (Id(), "", "bad-id"),
    (Id(), "a b", "bad-id"),
    (Day(), "2026-02-28", dt.date(2026, 2, 28)),
    (Day(), "2024-02-29", dt.date(2024, 2, 29)),
    (Day(), " 2026-02-28 ", dt.date(2026, 2, 28)),
    (Day(), "2026-2-28", "bad-date"),
    (Day(), "2026-2-29", "bad-date"),
    (Day(), "0001-01-01", dt.date.min),
    (Day(), "9999-12-31", dt.date.max),
    (Day(), "2026-02-29", "no-such-day"),
    (Day(), "2026-04-00", "no-such-day"),
    (Day(), "0000-01-01", "bad-date"),
    (Day(), "2026-13-01", "bad-date"),
    (Day(), "2026-2-3", "bad-date"),
    (Day(), "2026/02/03", "bad-date"),
    (Day(), "２０２６-02-03", "bad-date"),
    (Day(), "٢٠٢٦-٠٢-٠٣", "bad-date"),
    (Day(), "20260203", "bad-date"),
    (Day(), "2026-02-03T10:00", "bad-date"),
    (Day(), "7", "bad-date"),
    (Whole(0, 100), "0", 0),
    (Whole(0, 100), "100", 100),
    (Whole(0, 100), "0040", 40),
    (Whole(0, 100), "+7", 7),
    (Whole(0, 100), " 7 ", 7),
    (Whole(0, 100), "101", "out-of-range"),
    (Whole(0, 100), "-1", "out-of-range"),
    (Whole(0, 100), "3.0", "bad-number"),
    (Whole(0, 100), "40%", "bad-number"),
    (Whole(0, 100), "1e1", "bad-number"),
    (Whole(0, 100), "９", "bad-number"),
    (Whole(0, 100), "9" * 5000, "bad-number"),
    (Number(), "-12.5", -12.5),
    (Number(), "1,200", "bad-number"),
    (Number(), "nan", "bad-number"),
    (Number(), ".inf", "bad-number"),
    (Number(0), "-1", "out-of-range"),
    (Number(0), "0", 0.0),
    (Flag(), "true", True),
    (Flag(), "否", False),
    (Flag(), " true ", True),
    (Flag(), "false", False),
    (Flag(), "yes", "bad-choice"),
    (Flag(), "No", "bad-choice"),
    (Flag(), "maybe", "bad-choice"),
    (Pick(Status), "on_hold", Status.ON_HOLD),
    (Pick(Status), "进行中", Status.ACTIVE),
    (Pick(Status), " active ", Status.ACTIVE),
    (Pick(Status), "Active", "bad-choice"),
    (Pick(Readiness), "D2", Readiness.D2),
    (Level(), "4", 4),
    (Level(), "Agree", 4),
    (Level(), "全权授权", 7),
    (Level(), " agree ", 4),
    (Level(), " 0 ", "bad-level"),
    (Rhythm(), "weekly", Cadence(1, Unit.WEEKS, None, "weekly")),
    (Rhythm(), "Weekly  on Friday", Cadence(1, Unit.WEEKS, 4, "Weekly on Friday")),
    (Rhythm(), "every 10 days", Cadence(10, Unit.DAYS, None, "every 10 days")),
    (Rhythm(), "every 2 months on monday", Cadence(2, Unit.MONTHS, 0, "every 2 months on monday")),
    (Rhythm(), "每两周", Cadence(2, Unit.WEEKS, None, "每两周")),
    (Rhythm(), "every 0 days", "bad-cadence"),
    (Rhythm(), "daily on friday", "bad-cadence"),
    (Rhythm(), "weekly on fryday", "bad-cadence"),
    (Rhythm(), "every 1000 days", "bad-cadence"),
    (Rhythm(), " sometimes ", "bad-cadence"),
    (Rhythm(), "every day or so", "bad-cadence"),
    (Scale(), "1-5", (1, 5)),
    (Scale(), "0 至 100", (0, 100)),
    (Scale(), "-2 to 2", (-2, 2)),
    (Scale(), "5-5", "bad-scale"),
    (Scale(), " 1-5 ", (1, 5)),
    (Scale(), "1-5 or so", "bad-scale"),
    (Scale(), " five ", "bad-scale"),
    (MilestoneReport(), "done", "done"),
    (MilestoneReport(), "完成", "done"),
    (MilestoneReport(), " 已完成 ", "done"),
    (MilestoneReport(), "40", 40),
    (MilestoneReport(), "-5", "out-of-range"),
    (MilestoneReport(), "2-3", "bad-date"),
    (MilestoneReport(), "2026-03-01", dt.date(2026, 3, 1)),
    (MilestoneReport(), "2026年3月1日", "bad-date"),
    (MilestoneReport(), "140", "out-of-range"),
    (Raw(), " x ", "x"),
    (Ref(Target.PERSON), "ada", "ada"),
    (Ref(Target.PERSON), "person:ada", "ada"),
    (Ref(Target.PERSON), " person: ada ", "ada"),
    (Ref(Target.PERSON), " ada ", "ada"),
    (Ref(Target.PERSON), "person", "person"),
    (Ref(Target.PERSON), "person:a:b", "bad-reference"),
    (Ref(Target.PERSON), "team:web", "bad-reference"),
    (Ref(Target.PERSON), "", "bad-reference"),
    (Party(), "ada", "ada"),
    (Party(), "person: ada", "ada"),
    (Party(), "team: web", "team:web"),
    (Party(), "outside: “The Printer”", "outside:The Printer"),
    (Party(), " ada ", "ada"),
    (Party(), "outside", "outside"),
    (Party(), "team", "team"),
    (Party(), "outside: X: Y Ltd X", "outside:X: Y Ltd X"),
    (Party(), "outside: “ The Printer ”", "outside:The Printer"),
    (Party(), "outside:", "bad-reference"),
    (Party(), "team:", "bad-reference"),
    (Party(), "cycle:q1", "bad-reference"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), "checkin: a.b", "checkin:a.b"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), " feedback:a ", "feedback:a"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), "a.b", "bad-reference"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), "checkin", "bad-reference"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), "checkin:a/b", "bad-reference"),
    (AnyRef((Target.CHECKIN, Target.FEEDBACK)), "person:ada", "bad-reference"),
    (ProposalRef(), "retrospective:2026q1#p2", "2026q1.p2"),
    (ProposalRef(), " 2026q1.p2 ", "2026q1.p2"),
    (ProposalRef(), "p2", "bad-reference"),
    (ProposalRef(), "2026/q1.p2", "bad-reference"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "value"), VALUES, ids=[f"{type(k).__name__} {t[:20]}" for k, t, _ in VALUES]
)
def test_a_value_is_typed(kind, text, value):
    assert typed(text, kind) == value


CHOICES = [
    c for _, c in inspect.getmembers(words, inspect.isclass) if issubclass(c, Choice) and c is not Choice
]


@pytest.mark.parametrize("choices", CHOICES, ids=lambda c: c.__name__)
def test_every_listed_value_is_read_as_written_and_in_chinese(choices):
    assert len(CHOICES) >= 17
    for member in choices:
        for spelling in (member.value, *member.chinese):
            assert choices.read(spelling) is member
            assert member.value in spelled(choices)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("", "it is empty"),
        ("a" * 81, "it has 81 characters"),
        ("汉" * 80, None),
        ("𠮷" * 60, None),
        ("𠮷" * 61, "it has 61 characters"),
        ("汉" * 79 + "𠮷", "it has 80 characters"),  # of 241 bytes
        ("ǅ", None),
        ("ʰ", None),
        ("x\u0323", None),
        ("की", None),
        ("a b", "it holds “ ”"),
        ("a\u202eb", "it holds the character U+202E"),
        (".a", "it begins or ends with a dot"),
        ("a.", "it begins or ends with a dot"),
        ("..", "it begins or ends with a dot"),
        ("CON", "some systems cannot have a file of that name"),
        ("nul.2026", "some systems cannot have a file of that name"),
        ("lpt9", "some systems cannot have a file of that name"),
        ("com1", "some systems cannot have a file of that name"),
        ("prn", "some systems cannot have a file of that name"),
        ("Aux", "some systems cannot have a file of that name"),
        ("lpt10", None),
        ("com0", None),
        ("a\udcff", "it holds the character U+DCFF"),
        ("½", "it holds “½”"),
        ("console", None),
        ("-", None),
    ],
)
def test_what_can_be_an_id(word, why):
    assert id_fault(word) == why


@pytest.mark.parametrize(
    ("path", "id_", "folder"),
    [
        ("delegations/launch.md", "launch", ""),
        ("delegations/launch/index.md", "launch", ""),
        ("delegations/web/launch.md", "web.launch", ""),
        ("checkins/launch/2026-01-12.md", "launch.2026-01-12", "launch"),
        ("delegations/launch/checkins/2026-01-12.md", "launch.2026-01-12", "delegations/launch"),
        ("delegations/web/launch/checkins/x.md", "web.launch.x", "delegations/web/launch"),
        ("work/delegations/launch/feedback/x.md", "launch.x", "work/delegations/launch"),
        ("2026/checkins/launch/x.md", "launch.x", "launch"),
        ("checkins/x.md", "x", ""),
        ("checkins/a/b/x.md", "a.b.x", ""),
        ("people/ada.md", "ada", ""),
        ("people/cafe\u0301.md", "café", ""),
        ("people/a.b.MD", "a.b", ""),
        ("delegations/index.md", "", ""),
        ("a/delegations/checkins/x.md", "x", ""),
        ("delegations/checkins/x.md", "x", ""),
        ("notes/x.md", "notes.x", ""),
    ],
)
def test_ids_and_folders_follow_from_the_path(path, id_, folder):
    assert (id_of_path(path), folder_of(path)) == (id_, folder)


# --- the nine types, with every key ------------------------------------------------------------------

FULL = {
    "delegations/api.md": """
        title: API
        tags: [web, 平台]
        visibility: team
        delegator: ben
        owner: ada
        contributors: [cai]
        informed: [dana]
        team: web
        teams: [web, ops]
        cycle: 2026q1
        parent: platform
        depends_on: [auth]
        supports: Faster integrations
        continues: api-2025
        status: 暂停
        start: 2026-01-05
        due: 2026-03-31
        completed: 2026-03-30
        ended: 2026-03-29
        goal: |
          One outcome.
        reason: She built the last one
        readiness: D3
        authority: {level: 共识, target_level: 5, decides: [design], must_ask: [budget], limits: [10k]}
        resources: [two people]
        criteria: [{id: speed, name: Speed, weight: 100, measure: ms, target: "< 50"}]
        milestones: [{id: beta, title: Beta, due: 2026-02-01, owner: cai, weight: 100, done: 2026-02-02, stage: one, criteria: [works]}]
        plan:
          methods: [checkin, 一对一]
          cadence: weekly on friday
          grace: 2
          checkpoints: [{id: c1, date: 2026-02-01, what: Demo, who: cai, extended_to: 2026-02-08, waived: 2026-02-09}]
          brief_back_within: 5
          escalate_when: [blocked]
        metrics: [{id: users, name: Users, unit: people, baseline: 1, target: 9.5, direction: 下降, due: 2026-03-01, file: users.csv}]
        changes: [{date: 2026-02-01, by: ben, field: status, from: active, to: on_hold, why: Budget}]
        x-ref: OPS-1
        x-more: {a: [1, 2]}
        """,
    "checkins/api/c.md": """
        title: Week 2
        tags: []
        visibility: line
        date: 2026-01-12
        delegation: api
        author: ada
        kind: 里程碑
        checkpoint: c1
        health: 有风险
        progress: 40
        confidence: 3
        milestones: {beta: 80, gamma: done, delta: 2026-01-11}
        metrics: {users: 12.5}
        issues: [{id: i1, what: Slow, severity: 严重, needs: team:ops, opened: 2026-01-11, closed: 2026-01-12}]
        asks: [help]
        next: [ship]
        responses: [{by: ben, date: 2026-01-13, text: Yes, status: actioned}]
        understanding: confirmed
        restated: {goal: One, decides: [a], criteria: [b], due: 2026-03-31}
        confirmed_by: ben
        confirmed_on: 2026-01-13
        """,
    "feedback/f.md": """
        title: Thanks
        tags: [t]
        visibility: org
        date: 2026-01-12
        from: ada
        to: team:web
        delegation: api
        kind: 肯定
        answers: checkin:api.c
        responses: [{by: ben, date: 2026-01-13}]
        due: 2026-01-20
        """,
    "meetings/m.md": """
        title: Kick-off
        tags: [t]
        visibility: team
        date: 2026-01-12
        kind: 启动会
        attendees: [ada, ben]
        delegations: [api]
        agenda: [one]
        decisions: [Go, {what: Stop, by: ben, delegation: api, takes_back: true}]
        actions: [Write, {id: a1, what: Read, owner: ada, due: 2026-02-01, done: 2026-02-02, delegation: api, handed_up: 是}]
        """,
    "evaluations/e.md": """
        title: Q1
        tags: [t]
        visibility: managers
        date: 2026-01-12
        subject: ada
        evaluator: ben
        kind: 自评
        delegation: api
        cycle: 2026q1
        scores: {speed: 4, docs: {score: 3.5, note: Good, evidence: [api]}}
        scale: 1-5
        rating: exceeding
        recommended_level: delegate
        recognition: Well done
        development: [Course, {what: Talk, owner: ada, due: 2026-05-01, done: 2026-05-02}]
        signed: 2026-04-01
        """,
    "retrospectives/r.md": """
        title: Q1
        tags: [t]
        visibility: org
        date: 2026-04-02
        cycle: 2026q1
        team: web
        delegation: api
        facilitator: ben
        attendees: [ada]
        proposals: [{id: p1, what: Less, owner: ada, due: 2026-05-01, done: 2026-05-02, dropped: 2026-05-03, continues: 2025q4.p2}]
        tool_review: [{tool: checkin, verdict: 保留, note: ok}]
        """,
    "cycles/2026q1.md": """
        title: Q1
        tags: [t]
        visibility: public
        start: 2026-01-01
        end: 2026-03-31
        closed: 2026-04-10
        status: 已结束
        goals: [Grow]
        team: web
        """,
    "teams/web.md": """
        title: Web
        tags: [t]
        visibility: org
        lead: ben
        parent: ops
        """,
    "people/ada.md": """
        title: Ada
        tags: [t]
        visibility: org
        team: web
        manager: ben
        role: Engineer
        left: 2026-12-31
        away: [{from: 2026-02-01, to: 2026-02-07}]
        """,
}  # fmt: skip


@pytest.mark.parametrize("path", FULL)
def test_every_key_of_a_type_is_read(case, path):
    header = inspect.cleandoc(FULL[path])
    case.write(path, f"---\n{header}\n---\nBody\n")
    record, faults = case.read(path)
    assert faults == ()
    assert not record.guarded
    assert record.body.excerpt == "Body"
    source = case.source(path)
    written = {name.text for name, _ in parse(source)[0].header.entries if not name.text.startswith("x-")}
    assert written == set(keys_of(type(record)))
    for word in written:
        assert record.place(word).line > 1, word


def test_the_values_of_a_delegation(case):
    case.write("delegations/api.md", f"---\n{inspect.cleandoc(FULL['delegations/api.md'])}\n---\n")
    api = case.record("delegations/api.md")
    day = dt.date.fromisoformat
    assert (api.visibility, api.status, api.readiness) == (Visibility.TEAM, Status.ON_HOLD, Readiness.D3)
    assert (api.all_teams, api.goal, api.level) == (("web", "ops"), "One outcome.", 4)
    assert api.authority == Authority(
        level=4, target_level=5, decides=("design",), must_ask=("budget",), limits=("10k",)
    )
    assert api.criteria == (Criterion(id="speed", name="Speed", weight=100, measure="ms", target="< 50"),)
    assert api.milestones == (
        Milestone(
            id="beta",
            title="Beta",
            due=day("2026-02-01"),
            owner="cai",
            weight=100,
            done=day("2026-02-02"),
            stage="one",
            criteria=("works",),
        ),
    )
    point = Checkpoint(
        id="c1",
        date=day("2026-02-01"),
        what="Demo",
        who="cai",
        extended_to=day("2026-02-08"),
        waived=day("2026-02-09"),
    )
    assert api.plan == Plan(
        methods=(Method.CHECKIN, Method.ONE_ON_ONE),
        cadence=Cadence(1, Unit.WEEKS, 4, "weekly on friday"),
        grace=2,
        checkpoints=(point,),
        brief_back_within=5,
        escalate_when=("blocked",),
    )
    assert api.cadence == api.plan.cadence
    assert api.metrics == (
        Metric(
            id="users",
            name="Users",
            unit="people",
            baseline=1,
            target=9.5,
            direction=words.Direction.DOWN,
            due=day("2026-03-01"),
            file="users.csv",
        ),
    )
    assert api.changes == (
        Change(
            date=day("2026-02-01"),
            by="ben",
            field="status",
            from_=Status.ACTIVE,
            to=Status.ON_HOLD,
            why="Budget",
        ),
    )
    assert dict(api.extra) == {"x-ref": "OPS-1", "x-more.a.0": "1", "x-more.a.1": "2"}


def test_the_values_of_events(case):
    for path, header in FULL.items():
        case.write(path, f"---\n{inspect.cleandoc(header)}\n---\n")
    day = dt.date.fromisoformat
    checkin = case.record("checkins/api/c.md")
    assert (checkin.health, checkin.progress, checkin.confidence) == (Health.AT_RISK, 40, 3)
    assert dict(checkin.milestones) == {"beta": 80, "gamma": "done", "delta": day("2026-01-11")}
    assert dict(checkin.metrics) == {"users": 12.5}
    assert checkin.issues == (
        Issue(
            id="i1",
            what="Slow",
            severity=words.IssueSeverity.CRITICAL,
            needs="team:ops",
            opened=day("2026-01-11"),
            closed=day("2026-01-12"),
        ),
    )
    assert checkin.responses == (
        Response(by="ben", date=day("2026-01-13"), text="Yes", status=words.ResponseStatus.ACTIONED),
    )
    assert checkin.restated == Restated(goal="One", decides=("a",), criteria=("b",), due=day("2026-03-31"))
    feedback = case.record("feedback/f.md")
    assert (feedback.from_, feedback.to, feedback.answers) == ("ada", "team:web", "checkin:api.c")
    meeting = case.record("meetings/m.md")
    assert [(d.what, d.takes_back) for d in meeting.decisions] == [("Go", False), ("Stop", True)]
    assert [(a.id, a.what, a.handed_up) for a in meeting.actions] == [
        ("", "Write", False),
        ("a1", "Read", True),
    ]
    evaluation = case.record("evaluations/e.md")
    assert dict(evaluation.scores) == {
        "speed": Score(score=4.0),
        "docs": Score(score=3.5, note="Good", evidence=("api",)),
    }
    assert evaluation.development == (
        Development(what="Course"),
        Development(what="Talk", owner="ada", due=day("2026-05-01"), done=day("2026-05-02")),
    )
    assert (evaluation.scale, evaluation.recommended_level) == ((1, 5), 7)
    retro = case.record("retrospectives/r.md")
    assert retro.proposals[0].continues == "2025q4.p2"
    assert retro.tool_review == (ToolReview(tool="checkin", verdict=Verdict.KEEP, note="ok"),)
    assert case.record("people/ada.md").away == (Away(from_=day("2026-02-01"), to=day("2026-02-07")),)


@pytest.mark.parametrize("of", TYPES, ids=lambda t: t.type.value)
def test_the_example_of_each_key_is_read(case, of: type[Record]):
    """What a message tells to type is itself right."""
    lines = "\n".join(f"{word}: {example(key.kind)}" for word, (_, key) in keys_of(of).items())
    case.write("x.md", f"---\ntype: {of.type}\n{lines}\n---\n")
    record, faults = case.read("x.md")
    assert record is not None
    # A change's example names no key of its own, and some texts are an ellipsis.
    assert {f.code for f in faults} <= {"bad-change-field"}
    for word, (_, key) in keys_of(of).items():
        assert line_of(word, key).startswith(f"{word}: ")


# --- what is left out, and where it is said --------------------------------------------------------------


def test_where_a_record_lies_goes_with_it(case):
    """The content folder, the path, and the places of its header, id and keys."""
    case.write("people/teams/ada.md", "---\nid: ada\ntitle: Ada\n---\n", root=1)
    ada = case.record("people/teams/ada.md", root=1)
    assert (ada.root, ada.path, ada.folder) == (1, "people/teams/ada.md", "")
    assert {path: (p.root, p.line, p.column, p.end) for path, p in ada.places.items()} == {
        (): (1, 1, 1, 4),
        ("id",): (1, 2, 5, 8),
        ("title",): (1, 3, 8, 11),
    }


def test_the_type_key_wins_over_the_folder(case):
    case.write("meetings/x.md", "---\ntype: person\ntitle: X\n---\n")
    assert case.record("meetings/x.md").type is Target.PERSON


def test_the_id_key_wins_over_the_path(case):
    case.write("people/a b.md", "---\nid: ada\ntitle: Ada\n---\n")
    assert case.record("people/a b.md").id == "ada"


LACKING = [
    ("people/a b.md", "title: A", "1:1 bad-id"),
    ("people/index.md", "title: A", "1:1 bad-id"),
    ("people/CON.md", "title: A", "1:1 bad-id"),
    ("people/a.md", "id: index\ntitle: A", "2:5 bad-id"),
    ("people/a.md", "id: INDEX\ntitle: A", "2:5 bad-id"),
    ("people/index/index.md", "title: A", "1:1 bad-id"),
    ("people/INDEX.md", "title: A", "1:1 bad-id"),
    ("people/a.md", "id: [a]\ntitle: A", "2:5 wrong-shape"),
    ("people/a.md", "id:\ntitle: A", "2:4 bad-id"),
    ("people/a.md", f"id: {'a' * 300}\ntitle: A", "2:5 bad-id"),
    ("people/a.md", "type: [person]\ntitle: A", "2:7 unknown-type"),
    ("people/a.md", "type:\ntitle: A", "2:6 unknown-type"),
    ("cycles/a.md", "start: 2026-01-01", "3:1 missing-key"),
    ("cycles/a.md", "start:\nend: 2026-01-01", "2:1 empty-value"),
    ("cycles/a.md", 'start: ""\nend: 2026-01-01', "2:1 empty-value"),
    ("delegations/a.md", 'title: " "\nowner: a\ndelegator: b', "2:1 empty-value"),
    ("meetings/a.md", "date: 2026-01-01\nattendees: []", "3:1 empty-value"),
    ("delegations/a.md", "title: A\nowner: [a]\ndelegator: b", "3:8 wrong-shape"),
    ("delegations/a.md", "title: A\nowner: {a: b}\ndelegator: b", "3:8 wrong-shape"),
]


@pytest.mark.parametrize(("path", "header", "told"), LACKING)
def test_a_record_without_what_it_must_have_is_left_out(case, path, header, told):
    case.write(path, f"---\n{header}\n---\n")
    record, faults = case.read(path)
    assert record is None
    assert [f"{d.place.line}:{d.place.column} {d.code}" for d in faults] == [told]


WRONG = [
    ("tags: web", "5:7 wrong-shape"),
    ("tags: {a: b}", "5:7 wrong-shape"),
    ("tags: [[a]]", "5:8 wrong-shape"),
    ("authority: 4", "5:12 wrong-shape"),
    ("authority: [4]", "5:12 wrong-shape"),
    ("milestones: beta", "5:13 wrong-shape"),
    ("milestones: [beta]", "5:14 wrong-shape"),
    ("milestones: {beta: done}", "5:13 wrong-shape"),
    ("milestones: [{title: Beta}]", "5:14 missing-key"),
    ("milestones: [{id: beta, dues: 1}]", "5:25 unknown-key"),
    ("plan: weekly", "5:7 wrong-shape"),
    ("plan: {checkpoints: [{id: a, date: soon}]}", "5:36 bad-date"),
    ("goal: [a]", "5:7 wrong-shape"),
    ("due: [2026-01-01]", "5:6 wrong-shape"),
    ("changes: [{date: 2026-01-01, field: due, to: soon}]", "5:46 bad-date"),
    ("changes: [{date: 2026-01-01, field: due, to: [a, b]}]", "5:46 bad-date"),
    ("changes: [{date: 2026-01-01, field: due, to: {a: b}}]", "5:46 wrong-shape"),
    ("changes: [{date: 2026-01-01, field: depends_on, from: [a/b], to: x}]", "5:55 bad-reference"),
    ("changes: [{date: 2026-01-01, field: changes.a.date, to: 2026-01-01}]", "5:37 bad-change-field"),
    ("changes: [{date: 2026-01-01, field: milestones.beta.dues, to: x}]", "5:37 bad-change-field"),
    ("changes: [{date: 2026-01-01, field: status.now, to: x}]", "5:37 bad-change-field"),
    ("changes: [{date: 2026-01-01, field: x-a, to: x}]", "5:37 bad-change-field"),
    ("metrics: [{id: a}, {id: a}]", "5:25 duplicate-entry"),
    ("contributors: [cai, a/b]", "5:21 bad-reference"),
    ("due: ~", "5:6 bad-date"),
    ("due: []", "5:6 wrong-shape"),
    ("due:\nstart: soon", "6:8 bad-date"),
    ("owners: a\ncontributors: [a,\n  b]\ngoal: [a,\n  b]", "5:1 unknown-key, 8:7 wrong-shape"),
    ("authority: {id: a}", "5:13 unknown-key"),
    ("metrics: [{id: Users}, {id: users}]", "5:29 duplicate-entry"),
    ("changes: [{date: 2026-01-01, field: goal, from: [' x ', [y]], to: [[z]]}]", ""),
    ("changes: [{date: 2026-01-01, field: due, from: [[z]]}]", "5:48 bad-date"),
    ("plan: {grace：3}", "5:8 full-width"),
    ("plan: {状态：3，a: b}", "5:8 full-width"),
    ("plan: {grace，cadence: 3}", "5:8 full-width"),
    ('plan: {"状态：": 3}', "5:8 full-width"),
    ('plan: {"a b": ""}', "5:8 unknown-key"),
    ("plan: {ab}", "5:8 unknown-key"),
    ("tags: 接口：", "5:7 full-width"),
    ("tags: X", "5:7 wrong-shape"),
]


@pytest.mark.parametrize(("lines", "told"), WRONG)
def test_a_wrong_value_is_said_where_it_stands_and_left_out(case, lines, told):
    case.write("delegations/a.md", f"---\ntitle: A\nowner: ada\ndelegator: ben\n{lines}\n---\n")
    record, faults = case.read("delegations/a.md")
    assert record is not None
    assert ", ".join(f"{d.place.line}:{d.place.column} {d.code}" for d in faults) == told


# The same of other types: what is in a table, and what is written short.
ELSEWHERE = [
    ("checkins/a/c.md", "date: 2026-01-01\nmetrics: [3]", "3:10 wrong-shape"),
    ("checkins/a/c.md", "date: 2026-01-01\nmetrics: {a: [1]}", "3:14 wrong-shape"),
    ("checkins/a/c.md", "date: 2026-01-01\nmetrics: {a: much}", "3:14 bad-number"),
    ("checkins/a/c.md", "date: 2026-01-01\nmetrics: {a: 1, a: 2}", "3:17 duplicate-key"),
    ("checkins/a/c.md", "date: 2026-01-01\nmilestones: {a: soon}", "3:17 bad-number"),
    ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\ndecisions: ['']", "4:13 empty-value"),
    ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\nactions: [{}]", "4:11 missing-key"),
    (
        "evaluations/e.md",
        "date: 2026-01-01\nsubject: a\nevaluator: b\ncycle: q\nscores: {a: x}",
        "6:13 bad-number",
    ),
    ("feedback/f.md", "date: 2026-01-01\nfrom: a\nto: {outside: ''}", "4:5 bad-reference"),
    ("notes/x.md", "title: A", "1:1 no-type"),
    ("notes/x.md", "type: ' person '\ntitle: A", ""),
]


@pytest.mark.parametrize(("path", "header", "told"), ELSEWHERE)
def test_a_wrong_value_of_any_type_is_said_where_it_stands(case, path, header, told):
    case.write(path, f"---\n{header}\n---\n")
    _, faults = case.read(path)
    assert ", ".join(f"{d.place.line}:{d.place.column} {d.code}" for d in faults) == told


@pytest.mark.parametrize(
    "field",
    [
        "due",
        "milestones.beta",
        "authority.level",
        "plan.cadence",
        "milestones.beta.due",
        "milestones.v1.2.due",
    ],
)
def test_a_change_may_name_a_path(case, field):
    to = {"authority.level": "4", "plan.cadence": "weekly", "milestones.beta": "gone"}.get(
        field, "2026-02-01"
    )
    case.delegation("a", f"changes: [{{date: 2026-01-01, field: {field}, to: {to}}}]")
    assert case.read("delegations/a.md")[1] == ()


def test_a_table_is_a_mapping_of_what_it_holds(case):
    case.write(
        "checkins/a/c.md", "---\ndate: 2026-01-01\nmetrics: [3]\nmilestones: {a: soon, b: done}\n---\n"
    )
    record, faults = case.read("checkins/a/c.md")
    assert [f"{d.place.line}:{d.place.column} {d.code}" for d in faults] == [
        "3:10 wrong-shape",
        "4:17 bad-number",
    ]
    assert (dict(record.metrics), dict(record.milestones)) == ({}, {"b": "done"})


def test_a_change_may_name_entries_in_words(case):
    case.delegation("a", "changes: [{date: 2026-01-01, field: milestones, from: [' alpha ', [x]], to: beta}]")
    record, faults = case.read("delegations/a.md")
    assert (faults, record.changes[0].from_, record.changes[0].to) == ((), ("alpha",), ("beta",))


def test_places_of_entries_stay_right_when_one_is_left_out(case):
    case.delegation(
        "a",
        """
        milestones:
          - {title: no id}
          - {id: beta, due: 2026-02-01}
          - {id: BETA, due: 2026-02-02}
          - {id: gamma, due: 2026-02-03}
        changes:
          - {date: 2026-01-01, field: nonsense, to: x}
          - {date: 2026-01-01, field: due, to: 2026-01-01}
        """,
    )
    record, _ = case.read("delegations/a.md")
    assert [m.id for m in record.milestones] == ["beta", "gamma"]
    assert [record.place("milestones", n, "due").line for n in (0, 1)] == [7, 9]
    assert record.place("changes", 0, "to").line == 12
    assert record.place("changes", 0, "why").line == 12


def test_outside_without_quotes_is_a_mapping_and_understood(case):
    case.write("feedback/f.md", "---\ndate: 2026-01-01\nfrom: ada\nto: {outside: The Printer}\n---\n")
    assert case.record("feedback/f.md").to == "outside:The Printer"
    case.write("feedback/g.md", "---\ndate: 2026-01-01\nfrom: ada\nto: {outside: [a]}\n---\n")
    assert [d.code for d in case.read("feedback/g.md")[1]] == ["wrong-shape"]


def test_own_keys_are_kept_at_every_level(case):
    case.write(
        "checkins/a/c.md",
        "---\ndate: 2026-01-01\nx-a: 1\nmetrics: {x-b: {c: 2}, d: 3}\nrestated: {x-e: 4}\n---\n",
    )
    record, faults = case.read("checkins/a/c.md")
    assert faults == ()
    assert dict(record.extra) == {"x-a": "1", "metrics.x-b.c": "2", "restated.x-e": "4"}
    assert dict(record.metrics) == {"d": 3.0}


# --- files that are no records -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["README.md", "delegations/README.md", "notes/ideas.md", "checkins/readme.md", "checkins/a/b/ReadMe.MD"],
)
def test_a_text_that_explains_is_no_record(case, path):
    case.write(path, "# About\n")
    assert case.read(path) == (None, ())


def test_a_text_among_records_is_one_without_a_header(case):
    case.write("delegations/x.md", "# About\n")
    record, faults = case.read("delegations/x.md")
    assert (record, [d.code for d in faults]) == (None, ["no-header"])


@pytest.mark.parametrize("path", ["README.md", "notes/ideas.md"])
def test_a_text_that_cannot_be_read_is_an_error_anywhere(case, path):
    case.write(path, b"# About \xff\n")
    record, faults = case.read(path)
    assert (record, [str(d.place) for d in faults]) == (None, [f"{path}:1:9"])


@pytest.mark.parametrize("lead", ["\u200b", "\u2060", " ", "\n", "\u202e"])
def test_a_hidden_header_is_an_error_anywhere(case, lead):
    case.write("notes/x.md", f"{lead}---\ntitle: A\n---\nSecret\n".encode())
    record, faults = case.read("notes/x.md")
    assert (record, [d.code for d in faults]) == (None, ["text-before-header"])


# --- what hides a record ---------------------------------------------------------------------------------

GUARDED = [
    "visibilty: private",
    "Visibility: private",
    "VISIBILITY: private",
    "'visibility ': private",
    "visible: private",
    "可见范围: private",
    "private: true",
    "visibility：private\ntags: []",
    "visibility:",
    'visibility: ""',
    "visibility: secret",
    "visibility: [private]",
    "visibility: {private: true}",
    "visibility: private\nvisibility: private",
    "authority:\n  level: 4\n  visibility: private",
    "goal:\n  visibility: private",
    "plan:\n  thresholds:\n    visibility: private",
    "visibility: []",
    "visib: private",
    "tags:\n  - web\n  - visibility: private",
    "tems: [web]",
    "teams: [web, a/b]",
    "teams: web",
    "team: a/b",
    "owners: ada",
    "owner: ada",
    "type: delegation\ntype: feedback",
    "Type: feedback",
    "id: a\nid: b",
    "\n".join(f"a{n}: 1" for n in range(60)),
]


@pytest.mark.parametrize("lines", GUARDED, ids=[g[:30] for g in GUARDED])
def test_a_slip_in_a_key_that_guardshides_the_record(case, lines):
    """Either nothing is read at all, or it is read and hidden from all but ``full``."""
    case.write("delegations/a.md", f"---\ntitle: A\nowner: ada\ndelegator: ben\n{lines}\n---\n")
    record, faults = case.read("delegations/a.md")
    assert faults
    assert record is None or record.guarded


@pytest.mark.parametrize(
    "lines",
    [
        "visibility: private",
        "dues: 2026-01-01",
        "due: soon",
        "x-visibility: private",
        "team:",
        "tags: [[a]]",
        "tags: [a]\ntags: [b]",
        "x-a: 1\nx-a: 2",
        "milestones: [{id: beta, ID: gamma}]",
        "plan: {cadence: weekly, cadence: weekly}",
        "\n".join(f"a{n}: 1" for n in range(50)),
    ],
    ids=lambda lines: lines[:30],
)
def test_other_slips_hide_nothing(case, lines):
    case.write("delegations/a.md", f"---\ntitle: A\nowner: ada\ndelegator: ben\n{lines}\n---\n")
    assert not case.record("delegations/a.md").guarded


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada, ben]\nkind: one-on-one"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada, ben]\nKind: one_on_one"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada, 'b b']"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\nactions: [{what: A, delegation: a/b}]"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\nactions: [{what: A, delegaton: api}]"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\ndecisions: [{by: ada, delegation: api}]"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\ndecisions: {what: A, delegation: api}"),
        (
            "meetings/m.md",
            "date: 2026-01-01\nattendees: [ada]\ndecisions: [A]\ndecisions: [{what: B, delegation: api}]",
        ),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\nactons: [{what: A, delegation: api}]"),
        ("meetings/m.md", "date: 2026-01-01\nattendees: [ada]\n行动项: [{what: A, delegation: api}]"),
        (
            "meetings/m.md",
            "date: 2026-01-01\nattendees: [ada]\n"
            + "\n".join(f"a{n}: 1" for n in range(49))
            + "\nKind: one_on_one",
        ),
        (
            "meetings/m.md",
            "date: 2026-01-01\nattendees: [ada]\nactions: [{what: A, delegation: a, delegation: b}]",
        ),
        (
            "meetings/m.md",
            "date: 2026-01-01\nattendees: [ada]\nactions: [{id: a, what: A}, {id: A, what: B, delegation: b}]",
        ),
        ("feedback/f.md", "date: 2026-01-01\nfrom: ada\nto: ben\nkind: praise\nkind: problem"),
        ("evaluations/e.md", "date: 2026-01-01\nsubject: ada\nevaluator: ben\ncycle: q\nsigned: soon"),
        ("people/p.md", "title: P\nmanger: ben"),
        ("checkins/api/c.md", "date: 2026-01-01\nmetrics: {visibility: 1, visibility: 2}"),
        ("teams/t.md", "title: T\nlead: a/b"),
    ],
)
def test_the_keys_that_defaults_follow_from_guard_too(case, path, header):
    case.write(path, f"---\n{header}\n---\n")
    record, faults = case.read(path)
    assert faults
    assert record is None or record.guarded


BLOCKS_OF_RECORDS = (Authority, Plan, Checkpoint, Criterion, Milestone, Metric, Change, Issue, Restated)


def test_a_header_with_too_much_wrong_is_typed_no_further(case):
    case.delegation("a", f"plan: {{methods: [{'x, ' * (2 * MOST)}]}}\ntags: [{'a, ' * MOST}]")
    record, faults = case.read("delegations/a.md")
    assert (record, len(faults), {f.code for f in faults}) == (None, 1000, {"bad-choice"})
    case.delegation("b", "\n".join(f"a{n}: 1" for n in range(2 * MOST)))
    record, faults = case.read("delegations/b.md")
    assert (record, len(faults), {f.code for f in faults}) == (None, MOST, {"unknown-key"})


def reasons_of(header: str) -> list[str]:
    parsed, _ = parse(Source(0, "meetings/m.md", f"---\n{inspect.cleandoc(header)}\n---\n".encode()))
    fields = Fields(PLACE, PLACE)
    fields.block(parsed.header, Meeting, ())
    return [f"{'.'.join(map(str, r.path))}: {r.doubt.value}" for r in reasons(Meeting, fields.slips)]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "private",
            "public",
            "secret",
            "confidential",
            "audience",
            "access",
            "visible",
            "hidden",
            "restricted",
        ),
        *("可见", "可见性", "可见范围", "保密", "机密", "权限", "私密", "公开"),
        *("Private", "SECRET", "visibilty", "Visibility", "visib", "保密：是", "保密 ：是"),
    ],
)
def test_names_that_read_as_if_they_hid_a_record(name):
    assert hides(name)


@pytest.mark.parametrize(
    ("header", "body", "told"),
    [
        ("title: A", "visibility: private", [(4, 1, 11)]),
        ("title: A", "why\n  'Visibility' ：private \nmore", [(5, 3, 15)]),
        ("title: A", "\n" * 49 + "visibility: private", [(53, 1, 11)]),
        ("title: A", "\n" * 50 + "visibility: private", []),
        ("title: A", "visibility: private it is", []),
        ("title: A\nvisibility: org", "visibility: private", []),
        ("title: A", "", []),
    ],
)
def test_visibility_below_the_header_hides_the_record(case, header, body, told):
    case.write("people/a.md", f"---\n{header}\n---\n{body}\n")
    record, faults = case.read("people/a.md")
    assert [(d.place.line, d.place.column, d.place.end) for d in faults] == told
    assert {f"{d.code} {d.message()} | {d.remedy()}" for d in faults} <= {
        (
            "header-syntax not YAML: `visibility` below the line that closes the front matter"
            " | move it above the first closing `---`"
        )
    }
    assert record.guarded == bool(told)


CHINESE = """
    标题 title, 标签 tags, 日期 date, 类型 kind, 状态 status, 原因 reason, 授权人 delegator, 责任人 owner,
    被授权人 owner, 负责人 owner, 作者 author, 协作者 contributors, 知会人 informed, 团队 team, 周期 cycle,
    上级 manager, 开始 start, 开始日期 start, 结束 end, 结束日期 end, 截止 due, 截止日期 due,
    完成日期 completed, 目标 goal, 授权级别 authority, 资源 resources, 评价标准 criteria, 里程碑 milestones,
    跟踪计划 plan, 指标 metrics, 调整记录 changes, 授权事项 delegation, 健康 health, 进度 progress,
    信心指数 confidence, 问题 issues, 求助 asks, 下一步 next, 参加人 attendees, 议程 agenda, 决定 decisions,
    行动项 actions, 评分 scores, 可见范围 visibility
    """


def test_a_key_in_chinese_is_met_with_the_key_it_means():
    told = []
    for pair in CHINESE.split(","):
        word, key = pair.split()
        keys = next(keys_of(of) for of in TYPES if key in keys_of(of))
        assert nearest_key(Scalar(PLACE, word), keys, top=True) == key
        assert nearest_key(Scalar(PLACE, f"{word} ：x"), keys, top=False) == key
        told.append(word)
    assert len(told) == len(set(told)) == 44
    # Where a type has no such key, none is offered.
    assert nearest_key(Scalar(PLACE, "议程"), keys_of(Person), top=True) is None


def test_as_many_unknown_keys_are_looked_up_as_could_still_be_meant():
    """Fifty; with more, nothing in the header is sure."""
    many = "date: 2026-01-05\nattendees: [ada]\n" + "\n".join(f"a{n}: 1" for n in range(49))
    assert reasons_of(f"{many}\nmood: good") == []
    assert reasons_of(f"{many}\nKind: good") == ["Kind: a key that decides it is not as it was written"]
    assert reasons_of(f"{many}\nmood: good\nKind: good") == [
        "Kind: so many keys are unknown that none is sure"
    ]


def test_what_is_unknown_after_that_is_taken_for_nothing():
    names = [*(f"a{n}" for n in range(49)), "Kind", "Date"]
    parsed, _ = parse(Source(0, "m.md", ("---\n" + ": 1\n".join(names) + ": 1\n---\n").encode()))
    fields = Fields(PLACE, PLACE)
    fields.block(parsed.header, Meeting, ())
    unknown = [(s.path, s.near) for s in fields.slips if s.how is How.UNKNOWN]
    assert unknown[48:] == [(("a48",), None), (("Kind",), "kind"), (("Date",), None)]


def test_what_a_header_holds_that_its_record_lacks():
    header = """
        date: soon
        attendees: [ada]
        Kind: talk
        kind: team
        kind: team
        tags: {a: b}
        actions: [{id: a, due: 2026-01-05}]
        """
    parsed, _ = parse(Source(0, "meetings/m.md", f"---\n{inspect.cleandoc(header)}\n---\n".encode()))
    fields = Fields(PLACE, PLACE)
    fields.block(parsed.header, Meeting, ())
    assert [(s.path, s.how.name, s.diagnostic and s.diagnostic.code, s.near) for s in fields.slips] == [
        (("date",), "LOST", "bad-date", None),
        (("Kind",), "UNKNOWN", "unknown-key", "kind"),
        (("tags",), "LOST", "wrong-shape", None),
        (("tags", "a"), "LOST", None, None),
        (("actions", 0, "what"), "LOST", "missing-key", None),
        (("actions", 0), "LOST", None, None),
        (("kind",), "TWICE", None, None),
    ]


def test_the_reasons_to_hide_a_record_are_told_apart():
    header = """
        date: soon
        kind: talk
        attendees: [ada, a/b]
        tags: {a: b}
        actions: [{id: one}, {what: Two, due: soon}, {what: Three, delegation: x, delegation: y}]
        Id: one
        private: yes
        """
    assert reasons_of(header) == [
        "kind: a key that decides it is not as it was written",
        "attendees.1: a key that decides it is not as it was written",
        "actions.0: what is lost may have held a key that decides it",
        "actions.1.delegation: a key that decides it is not as it was written",
        "Id: which record it is, and so its default, is not sure",
        "private: a name that is no key reads as if it decided it",
    ]
    assert reasons_of("date: 2026-01-05\nattendees: [ada]\ntags: {a: b}\nmood: good") == []
    one = "date: 2026-01-05\nattendees: [ada]\nactions: [{what: A, "
    assert reasons_of(f"{one}mood: good}}]") == []
    assert reasons_of(f"{one}delegaton: x}}]") == [
        "actions.0.delegaton: a key that decides it is not as it was written"
    ]
    assert reasons_of("date: 2026-01-05\nattendees: [ada]\nactons: [A]\ndecisions: [A]\ndecisions: [B]") == [
        "actons: what is lost may have held a key that decides it",
        "decisions: what is lost may have held a key that decides it",
    ]
    assert reasons_of("\n".join(f"a{n}: 1" for n in range(60))) == [
        "attendees: so many keys are unknown that none is sure"
    ]


def test_a_key_inside_never_reads_as_one_thathides():
    """The names of keys that there are do not hide a record by a slip in their values."""
    assert hides("visibilty")
    assert hides("Private：yes")
    names = {word for of in (*TYPES, *BLOCKS_OF_RECORDS) for word in keys_of(of)} - {"visibility"}
    assert {name for name in names if hides(name)} == set()


# --- any header --------------------------------------------------------------------------------------------

KEYS = sorted({word for of in TYPES for word in keys_of(of)} | {"type", "id", "x-a", "nonsense", "visibilty"})
LEAVES = st.sampled_from(
    [
        "ada",
        "2026-01-05",
        "0001-01-01",
        "9999-12-31",
        "weekly",
        "4",
        "-1",
        "99999999999999999999",
        "done",
        "team:web",
        "private",
        "",
        "[]",
        "{}",
        "[[]]",
        "[ada]",
        "[a, {b: c}]",
        "{id: a}",
        "{date: 2026-01-05}",
        "：",
        "~",
        "'",
        "|",
    ]
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{k}: {v}" for k, v in items.items()) + "}"
        ),
    ),
    max_leaves=6,
)
HEADERS = st.tuples(
    st.sampled_from([t.type.value for t in TYPES]),
    st.lists(st.tuples(st.sampled_from(KEYS), BLOCKS), max_size=8),
)


def survives(header: tuple[str, list[tuple[str, str]]]) -> None:
    of, lines = header
    required = {
        word: example(key.kind)
        for word, (_, key) in keys_of(next(t for t in TYPES if t.type == of)).items()
        if key.required
    }
    text = "\n".join(f"{k}: {v}" for k, v in [*({**required, **dict(lines)}).items()])
    source = Source(0, "x/y.md", f"---\ntype: {of}\n{text}\n---\nBody\n".encode())
    record, faults = decode(source, Markdown())
    assert record is not None or faults
    for fault in faults:
        assert 1 <= fault.place.line <= text.count("\n") + 5
        assert "{" not in fault.message() or "{" in text
        fault.remedy()


@given(HEADERS)
def test_any_header_gives_a_record_or_a_located_error(header):
    survives(header)


@pytest.mark.long
@given(HEADERS)
def test_any_header_gives_a_record_or_a_located_error_at_length(header):
    survives(header)
