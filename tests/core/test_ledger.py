"""Records joined: by id, by folder, by answer; and what their checks say of them together."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import pytest

from generator.check import OWN, WHOLE, check_own
from generator.ledger import beside
from generator.schema import Target


@pytest.fixture
def case(case):
    return case.people().delegation("launch").delegation("api")


def test_what_hangs_on_a_delegation(case):
    case.checkin("2026-01-19").checkin("2026-01-12")
    case.write("feedback/f.md", "---\ndate: 2026-01-15\nfrom: ada\nto: ben\ndelegation: api\n---\n")
    case.write("feedback/g.md", "---\ndate: 2026-01-16\nfrom: ben\nto: ada\nanswers: feedback:f\n---\n")
    case.write(
        "meetings/m.md",
        "---\ndate: 2026-01-10\nattendees: [ada]\ndelegations: [launch]\n"
        "decisions: [{what: a, delegation: api}]\nactions: [{what: b, delegation: api}, {what: c}]\n---\n",
    )
    ledger = case.ledger()
    assert [e.id for e in ledger.events_on("api", object)] == ["m", "api.2026-01-12", "f", "api.2026-01-19"]
    assert [e.id for e in ledger.events_on("launch", object)] == ["m"]
    assert ledger.events_on("gone", object) == ()
    assert [a.id for a in ledger.answers_to(ledger.feedback["f"])] == ["g"]
    assert case.check() == ""


def test_the_folder_says_which_delegation(case):
    head = "---\ntitle: A\nowner: ada\ndelegator: ben\nid: big\n---\n"
    case.write("delegations/large/index.md", head)
    event = "---\ndate: 2026-01-12\n%s\n---\n"
    case.write("delegations/large/checkins/c.md", event % "")
    case.write("delegations/large/feedback/f.md", event % "from: ada\nto: ben")
    case.write("delegations/large/evaluations/e.md", event % "subject: ada\nevaluator: ben")
    case.write("delegations/large/meetings/m.md", event % "attendees: [ada]")
    case.write("delegations/large/meetings/n.md", event % "attendees: [ada]\ndelegations: [api]")
    case.write("delegations/large/checkins/other.md", event % "delegation: api")
    case.write("cycles/q1.md", "---\ntitle: Q\nstart: 2026-01-01\nend: 2026-03-31\n---\n")
    case.write("delegations/large/retrospectives/r.md", event % "cycle: q1")
    case.write("delegations/large/evaluations/q.md", event % "subject: ada\nevaluator: ben\ncycle: q1")
    # A folder without an index of its own stands for its path, even in another root.
    case.write("delegations/large/checkins/private.md", event % "", root=1)
    case.write("delegations/api/checkins/c.md", event % "")
    ledger = case.ledger()
    assert {c.id: c.delegation for c in ledger.checkins.values()} == {
        "large.c": "big",
        "large.other": "api",
        "large.private": "big",
        "api.c": "api",
    }
    assert ledger.checkins["large.c"].author == "ada"
    assert (ledger.feedback["large.f"].delegation, ledger.retrospectives["large.r"].delegation) == (
        "big",
        "big",
    )
    assert {m.id: m.delegations for m in ledger.meetings.values()} == {
        "large.m": ("big",),
        "large.n": ("api",),
    }
    assert {e.id: e.delegation for e in ledger.evaluations.values()} == {"large.e": "big", "large.q": ""}


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("api", "delegation:api"),
        ("delegation:api", "delegation:api"),
        ("person: ada", "person:ada"),
        ("ada", "person:ada"),
        ("launch", "delegation:launch"),
        ("cafe\u0301", "person:café"),
        ("both", None),
        ("gone", None),
        ("person:api", None),
        ("color:api", None),
        ("", None),
        (":", None),
    ],
)
def test_references_are_resolved(case, reference, found):
    case.people("café", "both").write("teams/both.md", "---\ntitle: Both\n---\n")
    record = case.ledger().resolve(reference)
    assert (f"{record.type}:{record.id}" if record else None) == found


def test_every_type_can_be_looked_up(case):
    ledger = case.ledger()
    assert {target: len(ledger.ids(target)) for target in Target} | {
        Target.PERSON: 4,
        Target.DELEGATION: 2,
    } == {target: {Target.PERSON: 4, Target.DELEGATION: 2}.get(target, 0) for target in Target}
    assert ledger.get(Target.PERSON, None) is None
    assert ledger.organisation.next_manager("gone") is None


def test_teams_of_a_delegation_are_those_it_names_else_its_owners(case):
    case.write("people/ada.md", "---\ntitle: Ada\nteam: web\n---\n")
    case.delegation("named", "team: ops\nteams: [web, ops]").delegation("by-ben", owner="ben", by="ada")
    ledger = case.ledger()
    assert [ledger.teams_of(ledger.delegations[d]) for d in ("api", "named", "by-ben")] == [
        ("web",),
        ("ops", "web"),
        (),
    ]


def test_a_way_up_through_an_unknown_team_ends(case):
    case.write("people/ada.md", "---\ntitle: Ada\nteam: web\n---\n")
    case.write("teams/web.md", "---\ntitle: Web\nparent: gone\nlead: ada\n---\n")
    assert case.ledger().organisation.managers("ada") == ()
    case.write("teams/gone.md", "---\ntitle: Gone\nparent: web\n---\n")
    assert case.ledger().organisation.managers("ada") == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.png", "delegations/a.png"),
        ("./x/../a.png", "delegations/a.png"),
        ("../a.png", "a.png"),
        ("../../a.png", None),
        ("x\\a.png", "delegations/x/a.png"),
    ],
)
def test_what_is_beside_a_record(case, name, path):
    assert beside(case.record("delegations/api.md"), name) == path


# --- checks ---------------------------------------------------------------------------------------------


def test_every_check_says_its_rule():
    for check in (*WHOLE, *OWN):
        assert check.__doc__
        assert check.__doc__.strip().endswith(".")


def test_own_checks_speak_of_visible_records_alone(case):
    case.delegation("odd", "start: 2026-03-01\ndue: 2026-02-01\ncontributors: [gone]")
    case.delegation("hidden", "start: 2026-03-01\ndue: 2026-02-01\nvisibility: private")
    told = [f"{d.place.path} {d.code}" for d in check_own(case.project("org"))]
    assert told == ["delegations/odd.md dates-reversed"]


def test_an_unsigned_check_in_is_the_owners_of_its_day(case):
    """Ada had it first, then Ben, and Cai since the 1st of March; what is signed stays as it was signed."""
    case.delegation(
        "sync",
        "changes:\n"
        "- {date: 2026-03-01, field: owner, from: ben, to: cai}\n"
        "- {date: 2026-02-01, field: owner, from: ada, to: ben}",
        owner="cai",
        by="dana",
    )
    for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"):
        case.checkin(day, on="sync")
    case.checkin("2026-01-12", "author: dana", on="sync")
    assert {id_: c.author for id_, c in case.ledger().checkins.items()} == {
        "sync.2026-01-12": "dana",
        "sync.2026-01-31": "ada",
        "sync.2026-02-01": "ben",
        "sync.2026-02-28": "ben",
        "sync.2026-03-01": "cai",
    }


def test_an_unknown_owner_is_said_once(case):
    case.delegation("web", owner="adda")
    case.checkin("2026-01-12", on="web").checkin("2026-01-19", "author: adda", on="web")
    assert case.codes() == [
        "checkins/web/2026-01-19.md:3:9 unknown-reference",
        "delegations/web.md:3:8 unknown-reference",
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        # Circles, each once, at the first id.
        ({"a": "parent: a"}, ["delegations/a.md:5:9 reference-cycle `parent` leads in a circle: a → a"]),
        (
            {"a": "continues: b", "b": "continues: c", "c": "continues: a"},
            ["delegations/a.md:5:12 reference-cycle `continues` leads in a circle: a → b → c → a"],
        ),
        (
            {"a": "depends_on: [b, c]", "b": "depends_on: [d]", "c": "depends_on: [d, d]", "d": "depends_on: [e]", "e": "parent: a"},
            [],
        ),
        (
            {"a": "depends_on: [b]", "b": "depends_on: [c]", "c": "depends_on: [b, d]", "d": "depends_on: [c]"},
            [
                "delegations/b.md:5:13 reference-cycle `depends_on` leads in a circle: b → c → b",
                "delegations/c.md:5:13 reference-cycle `depends_on` leads in a circle: c → d → c",
            ],
        ),
        # Weights.
        ({"a": "criteria: [{id: x, weight: 50}, {id: y, weight: 50}]"}, []),
        ({"a": "criteria: [{id: x, weight: 33.3}, {id: y, weight: 33.3}, {id: z, weight: 33.3}]"}, []),
        (
            {"a": "milestones: [{id: x, weight: 50}, {id: y}]"},
            ["delegations/a.md:5:13 weights the weights of the milestones add up to 50, not 100"],
        ),
        # Changes.
        ({"a": "due: 2026-02-01\nchanges: [{date: 2026-01-01, field: due, to: 2026-02-01}]"}, []),
        ({"a": "changes: [{date: 2026-01-01, field: due, from: 2026-02-01}]"}, []),
        ({"a": "tags: [x]\nchanges: [{date: 2026-01-01, field: tags, to: x}]"}, []),
        ({"a": "milestones: [{id: v1.2}]\nchanges: [{date: 2026-01-01, field: milestones, to: [v9]}]"}, []),
        ({"a": "changes: [{date: 2026-01-01, field: milestones.gone.due, to: 2026-02-01}]"}, []),
        ({"a": "changes: [{date: 2026-01-01, field: authority.level, to: 3}]"}, []),
        (
            {"a": "authority: {level: 4}\nchanges: [{date: 2026-01-01, field: authority.level, to: 3}]"},
            ["delegations/a.md:6:58 change-mismatch the last change of `authority.level` says `3`, but the record says `4`"],
        ),
        (
            {"a": "milestones: [{id: v1.2, due: 2026-02-01}]\nchanges: [{date: 2026-01-01, field: milestones.v1.2.due, to: 2026-03-01}]"},
            ["delegations/a.md:6:62 change-mismatch the last change of `milestones.v1.2.due` says `2026-03-01`, but the record says `2026-02-01`"],
        ),
        (
            {"a": "changes: [{date: 2026-01-01, field: tags, to: [x, y]}]"},
            ["delegations/a.md:5:47 change-mismatch the last change of `tags` says `x, y`, but the record says nothing"],
        ),
        # The last one counts, by date and then as written.
        (
            {
                "a": "due: 2026-02-01\nchanges:\n- {date: 2026-01-05, field: due, to: 2026-02-01}\n"
                "- {date: 2026-01-01, field: due, to: 2026-03-01}"
            },
            [],
        ),
        (
            {
                "a": "due: 2026-02-01\nchanges:\n- {date: 2026-01-05, field: due, to: 2026-02-01}\n"
                "- {date: 2026-01-05, field: due, to: 2026-03-01}"
            },
            ["delegations/a.md:8:38 change-mismatch the last change of `due` says `2026-03-01`, but the record says `2026-02-01`"],
        ),
        (
            {"a": "status: on_hold\nchanges: [{date: 2026-01-01, field: status, from: active, to: on_hold}]"},
            [],
        ),
        # Endings.
        ({"a": "status: completed\ncompleted: 2026-01-01"}, []),
        (
            {"a": "status: cancelled"},
            ["delegations/a.md:5:9 undated-end cancelled, but `ended` does not say since when: it counts for every day"],
        ),
        (
            {"a": "start: 2026-02-01\ncompleted: 2026-01-01\nended: 2026-01-02"},
            [
                "delegations/a.md:6:12 dates-reversed completed (2026-01-01) is before start (2026-02-01)",
                "delegations/a.md:7:8 dates-reversed ended (2026-01-02) is before start (2026-02-01)",
            ],
        ),
    ],
)  # fmt: skip
def test_delegations_by_themselves(case, files, told):
    for id_, lines in files.items():
        case.delegation(id_, lines)
    assert [f"{d.place} {d.code} {d.message()}" for d in case.diagnostics()] == told


EVENT = "date: 2026-01-12"
POINTED = "milestones: [{id: beta}]\nmetrics: [{id: users}]\nplan: {checkpoints: [{id: c1, date: 2026-01-12}]}\ncriteria: [{id: speed}]"


@pytest.mark.parametrize(
    ("path", "header", "told"),
    [
        ("checkins/point/c.md", f"{EVENT}\nmilestones: {{beta: 3}}\nmetrics: {{users: 3}}\ncheckpoint: c1", []),
        ("checkins/point/c.md", f"{EVENT}\nmetrics: {{user: 3}}", ["3:11 unknown-entry: did you mean `users`?"]),
        ("checkins/point/c.md", f"{EVENT}\ncheckpoint: zz", ["3:13 unknown-entry: one of c1"]),
        ("checkins/gone/c.md", f"{EVENT}\ncheckpoint: c1", ["1:1 unknown-reference: add delegations/gone.md, or name one that is there"]),
        ("checkins/api/c.md", f"{EVENT}\ncheckpoint: c1", ["3:13 unknown-entry: add it to the delegation first"]),
        ("evaluations/point/e.md", f"{EVENT}\nsubject: ada\nevaluator: ben\nscores: {{sped: 3}}", ["5:10 unknown-entry: did you mean `speed`?"]),
        ("evaluations/api/e.md", f"{EVENT}\nsubject: ada\nevaluator: ben\nscores: {{any: 3}}", []),
        ("evaluations/api/e.md", f"{EVENT}\nsubject: ada\nevaluator: ben\nscores: {{any: {{score: 0.5, evidence: [api, gone]}}}}",
         ["5:23 score-off-scale: score within the scale, or say `scale: LOW-HIGH`", "5:44 unknown-reference: add the record, or name one that is there"]),
        ("evaluations/api/e.md", f"{EVENT}\nsubject: ada\nevaluator: ben\nscale: 0-100\nscores: {{any: 99}}\nrating: 符合预期", []),
        ("evaluations/api/e.md", f"{EVENT}\nsubject: ada\nevaluator: ben\nrating: performng", ["5:9 unknown-rating: did you mean `performing`?"]),
        ("people/zoe.md", "title: Zoe\naway: [{from: 2026-02-01, to: 2026-01-01}]", ["3:31 dates-reversed: correct one of the two dates"]),
        ("cycles/q.md", "title: Q\nstart: 2026-02-01\nend: 2026-01-01", ["4:6 dates-reversed: correct one of the two dates"]),
        ("cycles/q.md", "title: Q\nstart: 2026-01-01\nend: 2026-02-01\nstatus: closed", ["5:9 undated-end: add `closed: YYYY-MM-DD`"]),
        ("feedback/f.md", f"{EVENT}\nfrom: ada\nto: team:wob", ["4:5 unknown-reference: add teams/wob.md, or name one that is there"]),
        ("feedback/f.md", f"{EVENT}\nfrom: ada\nto: ben\nanswers: checkin:api.x", ["5:10 unknown-reference: add checkins/api.x.md, or name one that is there"]),
        ("feedback/f.md", f"{EVENT}\nfrom: ada\nto: ben\nanswers: delegation:ap", ['5:10 unknown-reference: did you mean "api"?']),
        ("feedback/f.md", f'{EVENT}\nfrom: ada\nto: "outside: X"', []),
        ("feedback/f.md", f'{EVENT}\nfrom: ada\nto: "outside: X"\nvisibility: pair', ["5:13 too-many-named: use `line`, or name two people"]),
        ("feedback/f.md", f"{EVENT}\nfrom: ada\nto: ben\nresponses: [{{by: bne, date: 2026-01-13}}]", ['5:18 unknown-reference: did you mean "ben"?']),
        ("people/zoe.md", "title: Zoe\nmanager: gone\nteam: gone",
         ["3:10 unknown-reference: add people/gone.md, or name one that is there", "4:7 unknown-reference: add teams/gone.md, or name one that is there"]),
    ],
)  # fmt: skip
def test_other_records_by_themselves(case, path, header, told):
    case.delegation("point", POINTED).write(path, f"---\n{header}\n---\n")
    found = [f"{d.place.line}:{d.place.column} {d.code}: {d.remedy()}" for d in case.diagnostics()]
    assert found == told


def test_proposals_are_carried_on_by_their_ids(case):
    case.write("cycles/q.md", "---\ntitle: Q\nstart: 2026-01-01\nend: 2026-02-01\n---\n")
    case.write("retrospectives/r1.md", f"---\n{EVENT}\ncycle: q\nproposals: [{{id: p1, what: a}}]\n---\n")
    for word, told in (("r1.p1", []), ("r1.p2", ["did you mean `r1.p1`?"])):
        lines = f"{EVENT}\ncycle: q\nproposals: [{{id: p1, what: a, continues: {word}}}]"
        case.write("retrospectives/r2.md", f"---\n{lines}\n---\n")
        assert [d.remedy() for d in case.diagnostics()] == told


def test_when_a_whole_folder_is_missing_near_names_are_not_sought_for_ever(case):
    for n in range(300):
        case.write(f"feedback/f{n:03}.md", f"---\n{EVENT}\nfrom: ada\nto: ben\ndelegation: launc{n}\n---\n")
    remedies = [d.remedy() for d in case.diagnostics()]
    assert len(remedies) == 300
    assert sum("did you mean" in r for r in remedies) == 200


BODY_LINKS = [
    ("[[launch]] [[person:ada]] [[ada]]", []),
    ("[[person:adaa]]", ["6:3 dangling-link: did you mean `[[person:ada]]`?"]),
    ("[[color:zzzzz]]", ["6:3 dangling-link: write the record's id, with its type where it is no delegation: [[person:ada]]"]),
    ("[a](notes.pdf) ![b](b.png) [c](launch.md) [d](#e) [f](launch.md#g) [h]()", []),
    ("[a](Notes.PDF?x)", ["6:5 missing-file: add the file, or link to [[the record]]"]),
    ("[a](gone.md)", ["6:5 missing-file: add the file, or link to [[the record]]"]),
    ("![a](b.svg)", ["6:6 file-kind: these are: .avif .gif .jpeg .jpg .png .webp .csv .docx .pdf .pptx .txt .xlsx .zip"]),
    ("[a](../../../etc/passwd.txt)", ["6:5 missing-file: add the file, or link to [[the record]]"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), BODY_LINKS, ids=[b[:30] for b, _ in BODY_LINKS])
def test_links_of_bodies(case, body, told):
    case.write("delegations/notes.pdf", b"%PDF").write("delegations/b.png", b"PNG").write(
        "delegations/b.svg", b"<svg>"
    )
    case.write("delegations/x.md", f"---\ntitle: X\nowner: ada\ndelegator: ben\n---\n{body}\n")
    assert [f"{d.place.line}:{d.place.column} {d.code}: {d.remedy()}" for d in case.diagnostics()] == told
