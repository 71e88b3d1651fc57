"""Who sees what: records of every width before every kind of audience."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import pytest
from case import Case
from hypothesis import given
from hypothesis import strategies as st

from generator.audience import (
    FULL,
    ORG,
    Audience,
    Circle,
    author,
    concerned_teams,
    line,
    named,
    read_audience,
    sees_line_values,
    unknown_audience,
    within,
)
from generator.check import check_own
from generator.project import project

# eve leads the company; ben leads web with ada in it, dana leads ops with cai in it. fay is in no team.
ORGANISATION = {
    "people/eve.md": "title: Eve\nteam: all",
    "people/ben.md": "title: Ben\nteam: web",
    "people/ada.md": "title: Ada\nteam: web",
    "people/dana.md": "title: Dana\nteam: ops",
    "people/cai.md": "title: Cai\nteam: ops",
    "people/fay.md": "title: Fay",
    "teams/all.md": "title: All\nlead: eve",
    "teams/web.md": "title: Web\nlead: ben\nparent: all",
    "teams/ops.md": "title: Ops\nlead: dana\nparent: all",
    "cycles/q1.md": "title: Q1\nstart: 2026-01-01\nend: 2026-03-31",
    "delegations/api.md": "title: API\nowner: ada\ndelegator: ben",
}
AUDIENCES = ["public", "org", "team:web", "team:ops"] + [
    f"person:{p}" for p in ("ada", "ben", "cai", "dana", "eve", "fay")
]


def put(case: Case, files: dict[str, str]) -> Case:
    for path, header in files.items():
        case.write(path, f"---\n{header}\n---\n")
    return case


@pytest.fixture
def case(case):
    return put(case, ORGANISATION)


def seen_by(case: Case, path: str) -> str:
    """Return the audiences that see the record of a file, short: ``p`` for public, people by name."""
    seeing = (w for w in AUDIENCES if any(r.path == path for r in case.project(w).records))
    return " ".join(word.removeprefix("person:") for word in seeing)


EVERYBODY = "public org team:web team:ops ada ben cai dana eve fay"
WITHIN = "org team:web team:ops ada ben cai dana eve fay"

# About ada's delegation from ben; ada's managers are ben and eve.
EVENT = "date: 2026-01-12"
FEEDBACK = f"{EVENT}\nfrom: ada"
TABLE: list[tuple[str, str, str]] = [
    # Every width, on each type.
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: ben\nvisibility: public", EVERYBODY),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: ben\nvisibility: org", WITHIN),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: ben\nvisibility: team", "team:web ada ben"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: ben\nteam: ops\nvisibility: team", "team:ops ada ben cai dana"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: ben\nteams: [ops, web]\nvisibility: team", "team:web team:ops ada ben cai dana"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: fay\nvisibility: line", "ada ben eve fay"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: fay\ncontributors: [cai]\nvisibility: line", "ada ben eve fay"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: fay\nvisibility: pair", "ada fay"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: fay\nvisibility: managers", "ben eve fay"),
    ("delegations/x.md", "title: X\nowner: ada\ndelegator: fay\nvisibility: private", "fay"),
    ("checkins/api/x.md", EVENT, WITHIN),
    ("checkins/api/x.md", f"{EVENT}\nvisibility: public", EVERYBODY.replace("public ", "")),  # never wider than api
    ("checkins/api/x.md", f"{EVENT}\nvisibility: team", "team:web ada ben"),
    ("checkins/api/x.md", f"{EVENT}\nauthor: cai\nvisibility: line", "ada ben cai eve"),
    ("checkins/api/x.md", f"{EVENT}\nvisibility: pair", "ada ben"),
    ("checkins/api/x.md", f"{EVENT}\nauthor: cai\nvisibility: pair", ""),  # three are named
    ("checkins/api/x.md", f"{EVENT}\nvisibility: managers", "ben eve"),
    ("checkins/api/x.md", f"{EVENT}\nvisibility: private", "ada"),
    # Feedback: the line; praise everybody; upwards the two.
    ("feedback/x.md", f"{FEEDBACK}\nto: cai", "ada cai dana eve"),
    ("feedback/x.md", f"{FEEDBACK}\nto: cai\nkind: praise", WITHIN),
    ("feedback/x.md", f"{FEEDBACK}\nto: ben", "ada ben"),
    ("feedback/x.md", f"{FEEDBACK}\nto: ben\nkind: praise", "ada ben"),
    ("feedback/x.md", f"{FEEDBACK}\nto: eve", "ada eve"),
    ("feedback/x.md", f"{EVENT}\nfrom: ben\nto: ada", "ada ben eve"),
    ("feedback/x.md", f"{FEEDBACK}\nto: team:ops", "ada cai dana eve"),
    ("feedback/x.md", f"{FEEDBACK}\nto: team:ops\nvisibility: team", "team:ops ada cai dana"),
    ("feedback/x.md", f"{FEEDBACK}\nto: team:ops\nvisibility: pair", ""),
    ("feedback/x.md", f'{FEEDBACK}\nto: "outside: The Printer"', "ada"),
    ("feedback/x.md", f'{FEEDBACK}\nto: "outside: The Printer"\nvisibility: managers', "ada"),
    ("feedback/x.md", f'{FEEDBACK}\nto: "outside: The Printer"\nvisibility: pair', ""),  # one is named, not two
    ("feedback/x.md", f"{FEEDBACK}\nto: cai\nvisibility: team", "team:ops ada cai dana"),
    ("feedback/x.md", f"{FEEDBACK}\nto: cai\nvisibility: managers", "ada dana eve"),
    ("feedback/x.md", f"{FEEDBACK}\nto: cai\nvisibility: private", "ada"),
    ("feedback/x.md", f"{FEEDBACK}\nto: cai\ndelegation: gone\nkind: praise", ""),
    # Meetings: the organisation; two by themselves, the two.
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai]", WITHIN),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai]\nkind: one_on_one", "ada cai"),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai, fay]\nkind: one_on_one", ""),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai]\nvisibility: line", "ada cai"),
    ("meetings/x.md", f"{EVENT}\nattendees: [cai]\ndelegations: [api]\nvisibility: line", "ada ben cai eve".replace("ada ", "")),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai]\nvisibility: team", "team:web team:ops ada ben cai dana"),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai]\nvisibility: private", ""),
    ("meetings/x.md", f"{EVENT}\nattendees: [ada]\ndelegations: [api, gone]", ""),
    # Evaluations: the line; one's own, oneself until it is signed.
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: ben\ncycle: q1", "ada ben eve"),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: cai\nkind: peer\ncycle: q1", "ada ben cai eve"),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: cai\ncycle: q1\nvisibility: managers", "ben cai eve"),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: ada\nkind: self\ncycle: q1", "ada"),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: ada\nkind: self\ncycle: q1\nsigned: 2026-02-01", "ada ben eve"),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: ben\ncycle: gone\nvisibility: public", ""),
    ("evaluations/x.md", f"{EVENT}\nsubject: gone\nevaluator: ben\ncycle: q1\nvisibility: public", ""),
    ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: ben\ndelegation: api\nvisibility: public", WITHIN),
    # Retrospectives.
    ("retrospectives/x.md", f"{EVENT}\ncycle: q1", WITHIN),
    ("retrospectives/x.md", f"{EVENT}\ncycle: q1\nteam: ops\nvisibility: team", "team:ops cai dana"),
    ("retrospectives/x.md", f"{EVENT}\ncycle: q1\nfacilitator: fay\nattendees: [ada]\nvisibility: line", "ada fay"),
    ("retrospectives/x.md", f"{EVENT}\ncycle: q1\nfacilitator: fay\nattendees: [ada]\nvisibility: private", "fay"),
    ("retrospectives/x.md", f"{EVENT}\ncycle: gone", ""),
    # The organisation itself.
    ("cycles/x.md", "title: X\nstart: 2026-01-01\nend: 2026-01-02", WITHIN),
    ("cycles/x.md", "title: X\nstart: 2026-01-01\nend: 2026-01-02\nteam: ops\nvisibility: line", "cai dana"),
    ("cycles/x.md", "title: X\nstart: 2026-01-01\nend: 2026-01-02\nvisibility: line", ""),
    ("cycles/x.md", "title: X\nstart: 2026-01-01\nend: 2026-01-02\nvisibility: private", ""),
    ("teams/x.md", "title: X\nlead: fay", WITHIN),
    ("teams/x.md", "title: X\nlead: fay\nvisibility: team", "fay"),
    ("teams/x.md", "title: X\nlead: cai\nvisibility: team", "cai"),  # cai's own team is another
    ("teams/x.md", "title: X\nlead: cai\nvisibility: line", "cai"),
    ("people/x.md", "title: X\nteam: ops", WITHIN),
    ("people/x.md", "title: X\nteam: ops\nvisibility: line", "dana eve"),
    ("people/x.md", "title: X\nteam: ops\nvisibility: team", "team:ops cai dana"),
    ("people/ada.md", "title: Ada\nteam: web\nvisibility: line", "ada ben eve"),
    ("people/ada.md", "title: Ada\nteam: web\nvisibility: pair", ""),
    ("people/ada.md", "title: Ada\nteam: web\nvisibility: private", "ada"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "header", "who"), TABLE, ids=[f"{p.split('/')[0]} {h[-60:]}" for p, h, _ in TABLE]
)
def test_who_sees_what(case, path, header, who):
    put(case, {path: header})
    assert seen_by(case, path) == who
    assert any(r.path == path for r in case.project("full").records)


# --- what decides ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "managers"),
    [
        ("ada", ("ben", "eve")),
        ("ben", ("eve",)),
        ("cai", ("dana", "eve")),
        ("eve", ()),
        ("fay", ()),
        ("gone", ()),
    ],
)
def test_managers_upwards(case, who, managers):
    assert case.ledger().organisation.managers(who) == managers


def test_a_stated_manager_goes_before_the_lead(case):
    put(case, {"people/ada.md": "title: Ada\nteam: web\nmanager: cai"})
    assert case.ledger().organisation.managers("ada") == ("cai", "dana", "eve")


@pytest.mark.parametrize(
    ("files", "cycle"),
    [
        ({"people/ada.md": "title: A\nmanager: ada"}, "people/ada.md:3:10 reference-cycle"),
        (
            {"people/ada.md": "title: A\nmanager: ben", "people/ben.md": "title: B\nmanager: ada"},
            "people/ada.md:3:10 reference-cycle",
        ),
        # By leads alone: each leads the other's team.
        (
            {
                "people/ada.md": "title: A\nteam: web",
                "people/ben.md": "title: B\nteam: ops",
                "teams/web.md": "title: W\nlead: ben",
                "teams/ops.md": "title: O\nlead: ada",
            },
            "people/ada.md:3:7 reference-cycle",
        ),
        (
            {"teams/web.md": "title: W\nparent: ops", "teams/ops.md": "title: O\nparent: web"},
            "teams/ops.md:3:9 reference-cycle",
        ),
    ],
)
def test_a_loop_of_managers_is_an_error_and_nobody(case, files, cycle):
    put(case, files)
    ledger = case.ledger()
    assert cycle in case.codes()
    assert ledger.organisation.managers("ada") == ()


def test_whoever_reports_into_a_loop_has_no_managers(case):
    put(case, {"people/ben.md": "title: B\nmanager: eve", "people/eve.md": "title: E\nmanager: ben"})
    assert case.ledger().organisation.managers("ada") == ()


def test_the_lead_is_a_member(case):
    put(case, {"teams/new.md": "title: New\nlead: fay"})
    assert case.ledger().organisation.members("new") == ("fay",)
    assert case.ledger().organisation.members("web") == ("ada", "ben")


@pytest.mark.parametrize(
    ("word", "audience"),
    [
        ("public", Audience(Circle.PUBLIC)),
        ("org", ORG),
        (" full ", FULL),
        ("team:web", Audience(Circle.TEAM, "web")),
        ("person: ada", Audience(Circle.PERSON, "ada")),
        ("team", None),
        ("team:", None),
        ("team: ", None),
        ("org:x", None),
        ("org:", ORG),
        ("everybody", None),
        ("", None),
    ],
)
def test_audiences_are_read(word, audience):
    assert read_audience(word) == audience


def test_audiences_are_written_as_they_are_read():
    assert [str(a) for a in (ORG, Audience(Circle.TEAM, "web"))] == ["org", "team:web"]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("person:gone", "no person “gone”"),
        ("team:gone", "no team “gone”"),
        ("team:empty", "the team “empty” has no members"),
        ("team:web", None),
        ("person:ada", None),
        ("public", None),
    ],
)
def test_unknown_audiences_are_refused(case, word, why):
    put(case, {"teams/empty.md": "title: Empty"})
    assert unknown_audience(case.ledger(), read_audience(word)) == why


# --- settings ------------------------------------------------------------------------------------------------


def test_defaults_may_be_set_for_a_type(case):
    case.write(
        "remit.toml",
        '[visibility]\ndelegation = "line"\ncheckin = "public"\nfeedback = "org"\nmeeting = "org"\n',
    )
    put(case, {"checkins/api/x.md": EVENT, "feedback/x.md": f"{FEEDBACK}\nto: cai"})
    assert seen_by(case, "delegations/api.md") == "ada ben eve"
    assert seen_by(case, "checkins/api/x.md") == "ada ben eve"
    assert seen_by(case, "feedback/x.md") == WITHIN


def test_a_default_may_be_wider_than_the_organisation(case):
    case.write("remit.toml", '[visibility]\ndelegation = "public"\n')
    assert seen_by(case, "delegations/api.md") == EVERYBODY
    assert seen_by(case, "people/ada.md") == WITHIN


@pytest.mark.parametrize(
    ("path", "header", "who"),
    [
        ("feedback/x.md", f"{FEEDBACK}\nto: ben", "ada ben"),
        ("meetings/x.md", f"{EVENT}\nkind: one_on_one\nattendees: [ada, cai]", "ada cai"),
        ("evaluations/x.md", f"{EVENT}\nkind: self\nsubject: ada\nevaluator: ada\ncycle: q1", "ada"),
    ],
)
def test_a_setting_never_widens_what_is_between_two(case, path, header, who):
    case.write("remit.toml", '[visibility]\nfeedback = "public"\nmeeting = "public"\nevaluation = "public"\n')
    put(case, {path: header})
    assert seen_by(case, path) == who


def test_a_setting_narrows_praise(case):
    case.write("remit.toml", '[visibility]\nfeedback = "private"\n')
    put(case, {"feedback/x.md": f"{FEEDBACK}\nto: cai\nkind: praise"})
    assert seen_by(case, "feedback/x.md") == "ada"


@pytest.mark.parametrize(
    ("settings", "who"),
    [
        (None, "ada ben"),  # laid over: at most the line, and nobody manages here but who does so there
        ('people_from = ["content"]', "ada ben eve"),
        ('people_from = ["contents"]', "ada ben"),
        ('people_fron = ["content"]', ""),
        ('widest = "org"', WITHIN),
        ('widest = "pair"', "ada ben"),
        ('widest = "nonsense"', ""),
        ('widset = "org"', ""),
        ("widest = ", ""),
        ('[visibility]\ndelegaton = "org"', ""),
        ('title = ""', "ada ben"),  # a fault that widens nothing
    ],
)
def test_the_ceiling_of_a_folder_laid_over(case, settings, who):
    case.write(
        "delegations/x.md", "---\ntitle: X\nowner: ada\ndelegator: ben\nvisibility: public\n---\n", root=1
    )
    if settings:
        case.write("remit.toml", settings, root=1)
    assert seen_by(case, "delegations/x.md") == who


NAMES_IT = 'people_from = ["content"]\n'
ASIDE = f"---\n{FEEDBACK}\nto: cai\n---\n"
"""From ada to cai, in the folder laid over: for the line unless something says otherwise."""


@pytest.mark.parametrize(
    ("open_", "closed", "who"),
    [
        ("", NAMES_IT, "ada cai dana eve"),
        ('[visibility]\nfeedback = "managers"', "", "ada cai"),  # not named: its defaults are its own
        ('[visibility]\nfeedback = "managers"', NAMES_IT, "ada dana eve"),
        ('[visibility]\nfeedback = "managers"', f'{NAMES_IT}[visibility]\nfeedback = "pair"', "ada cai"),
        ('[visibility]\nfeedback = "org"', NAMES_IT, "ada cai dana eve"),  # within the ceiling
        ('[visibility]\nfeedback = "org"', f'{NAMES_IT}widest = "org"', WITHIN),
        ('[visibility]\nfeedback = "managr"', NAMES_IT, ""),  # a fault there may have hidden it
        ('[visibility]\nfeedback = "managr"', "", "ada cai"),
    ],
)
def test_defaults_come_from_the_folder_or_from_one_that_it_names(case, open_, closed, who):
    case.write("remit.toml", open_)
    case.write("remit.toml", closed, root=1)
    case.write("feedback/x.md", ASIDE, root=1)
    assert seen_by(case, "feedback/x.md") == who


def test_of_several_folders_that_are_named_the_narrowest_default_counts(case):
    """Two folders go by one name here, as a case names every folder but the first alike."""
    case.write("remit.toml", '[visibility]\nfeedback = "line"\n')
    case.write("remit.toml", '[visibility]\nfeedback = "private"\n', root=2)
    case.write("remit.toml", 'people_from = ["content", "private"]\n', root=1)
    case.write("feedback/x.md", ASIDE, root=1)
    assert seen_by(case, "feedback/x.md") == "ada"


def test_a_folder_laid_over_gives_the_open_one_nothing(case):
    """Neither its defaults nor its people count for the records that lie elsewhere."""
    before = [seen_by(case, "delegations/api.md"), seen_by(case, "people/cai.md")]
    case.write("remit.toml", '[visibility]\ndelegation = "private"\nperson = "private"\n', root=1)
    case.write("people/ada.md", "---\ntitle: Ada\nmanager: fay\n---\n", root=1)
    case.write("feedback/x.md", ASIDE)
    assert [seen_by(case, "delegations/api.md"), seen_by(case, "people/cai.md")] == before
    assert seen_by(case, "feedback/x.md") == "ada cai dana eve"


def test_what_is_laid_over_hangs_on_what_is_below(case):
    """A record is never wider than its delegation, wherever either of them lies."""
    case.write("remit.toml", 'widest = "org"\n', root=1)
    case.write("checkins/api/x.md", f"---\n{EVENT}\n---\n", root=1)
    assert seen_by(case, "checkins/api/x.md") == WITHIN
    put(case, {"delegations/api.md": "title: API\nowner: ada\ndelegator: ben\nvisibility: pair"})
    assert seen_by(case, "checkins/api/x.md") == "ada ben"


def test_a_manager_made_in_an_open_folder_sees_nothing_of_a_closed_one(case):
    """Whoever may write in the open folder may make themselves a manager there, and only there."""
    put(case, {})
    evaluation = "---\ndate: 2026-01-05\nsubject: ada\nevaluator: ben\ndelegation: x\n---\n"
    case.write("delegations/x.md", "---\ntitle: X\nowner: ada\ndelegator: ben\n---\n")
    case.write("evaluations/e.md", evaluation, root=1)
    case.write("people/ada.md", "---\ntitle: Ada\nmanager: fay\n---\n")
    assert seen_by(case, "evaluations/e.md") == "ada ben"
    case.write("remit.toml", 'people_from = ["content"]\n', root=1)
    assert "fay" in seen_by(case, "evaluations/e.md")


def test_an_owner_made_in_an_open_folder_sees_nothing_of_a_closed_one(case):
    """Whom a check-in concerns is its delegation's matter only where the delegation is trusted."""
    case.write("checkins/api/x.md", f"---\n{EVENT}\nauthor: cai\nvisibility: line\n---\n", root=1)
    assert seen_by(case, "checkins/api/x.md") == "cai"
    case.write("checkins/api/x.md", f"---\n{EVENT}\nauthor: cai\nvisibility: team\n---\n", root=1)
    assert seen_by(case, "checkins/api/x.md") == "cai"
    case.write("remit.toml", 'people_from = ["content"]\n', root=1)
    # At most the line: a folder that is laid over has that ceiling.
    assert seen_by(case, "checkins/api/x.md") == "ada ben cai eve"


def test_nobody_is_there_whom_an_evaluation_could_judge(case):
    """Where an audience sees no person and no cycle at all, that is no crash."""
    put(case, {"evaluations/x.md": f"{EVENT}\nsubject: ada\nevaluator: ben\ncycle: q1\nvisibility: public"})
    put(
        case,
        {"evaluations/y.md": f"{EVENT}\nsubject: ada\nevaluator: ben\ndelegation: z\nvisibility: public"},
    )
    put(case, {"delegations/z.md": "title: Z\nowner: ada\ndelegator: ben\nvisibility: public"})
    assert [r.path for r in case.project("public").records] == ["delegations/z.md"]


def test_a_meeting_hangs_on_the_delegations_of_its_decisions_and_actions(case):
    put(case, {})
    case.write("delegations/open.md", "---\ntitle: Open\nowner: ada\ndelegator: ben\n---\n")
    case.write("delegations/shut.md", "---\ntitle: Shut\nowner: ada\ndelegator: ben\nvisibility: pair\n---\n")
    minutes = "---\ndate: 2026-01-05\nattendees: [ada, ben, fay]\ndelegations: [open]\n{}---\n"
    case.write("meetings/m.md", minutes.format(""))
    assert seen_by(case, "meetings/m.md") == WITHIN
    for key in ("decisions", "actions"):
        case.write("meetings/m.md", minutes.format(f"{key}:\n  - {{what: Wait, delegation: shut}}\n"))
        assert seen_by(case, "meetings/m.md") == "ada ben", key


# --- duplicates, line-only values, answers ------------------------------------------------------------------


def test_of_two_with_one_id_neither_is_seen(case):
    put(
        case,
        {"delegations/b.md": "id: API\ntitle: B\nowner: cai\ndelegator: dana", "checkins/api/x.md": EVENT},
    )
    assert seen_by(case, "delegations/api.md") == ""
    assert seen_by(case, "delegations/b.md") == ""
    assert seen_by(case, "checkins/api/x.md") == ""


def test_a_hidden_one_with_the_same_id_counts_for_nothing(case):
    put(case, {"delegations/b.md": "id: API\ntitle: B\nowner: cai\ndelegator: dana\nvisibility: pair"})
    assert seen_by(case, "delegations/api.md") == "org team:web team:ops ada ben eve fay"
    assert seen_by(case, "delegations/b.md") == ""


def test_a_hidden_delegation_does_not_stand_for_a_seen_one_with_its_id(case):
    """Who reports, and whom a check-in concerns, comes from the one that is seen, also where both are there."""
    seen = "title: API\nowner: ada\ndelegator: ben"
    hidden = "id: api\ntitle: B\nowner: cai\ndelegator: dana\nvisibility: private"
    for width, who in (("team", "team:web ada ben"), ("pair", "ada ben"), ("private", "ada")):
        put(case, {"delegations/api.md": seen, "checkins/api/x.md": f"{EVENT}\nvisibility: {width}"})
        assert seen_by(case, "checkins/api/x.md") == who
        put(case, {"delegations/a.md": hidden})
        assert seen_by(case, "checkins/api/x.md") == who, width
        case.remove("delegations/a.md")
    put(case, {"delegations/a.md": hidden, "checkins/api/x.md": EVENT})
    assert case.project("org").checkins["api.x"].author == "ada"
    put(case, {"checkins/api/x.md": f"{EVENT}\nauthor: fay"})
    assert case.project("org").checkins["api.x"].author == "fay"


@pytest.mark.parametrize("settings", ['widest = "team"', 'widest = "team"\npeople_from = ["content"]'])
def test_an_owners_team_is_asked_of_folders_that_are_trusted(case, settings):
    """Whoever may write in the open folder may say there that somebody is in their team."""
    case.write(
        "delegations/x.md", "---\ntitle: X\nowner: ada\ndelegator: fay\nvisibility: team\n---\n", root=1
    )
    case.write("remit.toml", f"{settings}\n", root=1)
    trusting = "people_from" in settings
    assert seen_by(case, "delegations/x.md") == ("team:web ada ben fay" if trusting else "ada fay")


def test_a_folder_that_is_laid_over_another_has_no_say_where_its_events_hang(case):
    """The hidden record of a delegation in a folder of the same name takes no check-in away."""
    put(case, {"delegations/api/checkins/x.md": EVENT})
    assert seen_by(case, "delegations/api/checkins/x.md") == WITHIN
    case.write("delegations/api/index.md", "---\nid: b\ntitle: B\nowner: cai\ndelegator: ben\n---\n", root=1)
    assert seen_by(case, "delegations/api/checkins/x.md") == WITHIN


def test_what_is_laid_over_hangs_where_the_open_folder_says(case):
    put(case, {"delegations/dock/index.md": "id: b\ntitle: B\nowner: ada\ndelegator: ben"})
    case.write("delegations/dock/checkins/x.md", f"---\n{EVENT}\n---\n", root=1)
    assert case.ledger().checkins["dock.x"].delegation == "b"


def test_places_of_changes_are_those_of_the_ones_that_are_left(case):
    """What is told of a change is not told at the place of one that only the line sees."""
    changes = (
        "changes:\n"
        "  - {date: 2026-01-01, field: readiness, from: D1, to: D2}\n"
        "  - {date: 2026-01-02, field: due, from: 2026-02-01, to: 2026-03-01}\n"
    )
    put(case, {"delegations/api.md": f"title: API\nowner: ada\ndelegator: ben\nreadiness: D2\n{changes}"})
    told = {word: [str(d.place) for d in check_own(case.project(word))] for word in ("org", "person:ada")}
    assert told == {"org": ["delegations/api.md:8:58"], "person:ada": ["delegations/api.md:8:58"]}
    api = case.project("org").delegations["api"]
    assert [path for path in api.places if path[:2] == ("changes", 1)] == []


def test_confidence_and_readiness_are_for_the_line(case):
    put(
        case,
        {
            "delegations/api.md": "title: API\nowner: ada\ndelegator: ben\nreadiness: D2\n"
            "changes: [{date: 2026-01-01, field: readiness, from: D1, to: D2}, {date: 2026-01-01, field: due}]",
            "checkins/api/x.md": f"{EVENT}\nconfidence: 2\nprogress: 10",
        },
    )
    shown = {}
    for word in [*AUDIENCES[1:], "full"]:
        ledger = case.project(word)
        api, checkin = ledger.delegations["api"], ledger.checkins["api.x"]
        assert checkin.progress == 10
        values = (api.readiness, tuple(c.field for c in api.changes), checkin.confidence)
        traces = (("readiness",) in api.places, ("confidence",) in checkin.places)
        assert traces == (values[0] is not None, values[2] is not None)
        shown.setdefault(values, []).append(word.removeprefix("person:"))
    assert shown == {
        (None, ("due",), None): ["org", "team:web", "team:ops", "cai", "dana", "fay"],
        ("D2", ("readiness", "due"), 2): ["ada", "ben", "eve", "full"],
    }


def test_a_team_with_the_id_of_somebody_of_the_line_is_not_of_the_line(case):
    put(case, {"teams/ada.md": "title: Team of Ada\nlead: fay"})
    put(case, {"delegations/api.md": "title: API\nowner: ada\ndelegator: ben\nreadiness: D2"})
    shown = [case.project(word).delegations["api"].readiness for word in ("team:ada", "person:ada")]
    assert shown == [None, "D2"]


def test_the_files_of_the_folders_are_there_for_every_audience(case):
    case.write("delegations/plan.pdf", b"%PDF")
    assert case.project("org").files == {(0, "delegations/plan.pdf")}


def test_an_answer_is_seen_where_what_it_answers_is(case):
    put(
        case,
        {
            "feedback/a.md": f"{FEEDBACK}\nto: fay\nvisibility: pair",
            "feedback/b.md": f"{EVENT}\nfrom: fay\nto: ada\nkind: praise\nanswers: feedback:a",
            "feedback/c.md": f"{EVENT}\nfrom: fay\nto: cai\nkind: praise\nanswers: feedback:b",
            "feedback/d.md": f"{EVENT}\nfrom: fay\nto: cai\nkind: praise\nanswers: feedback:gone",
            "feedback/e.md": f"{EVENT}\nfrom: fay\nto: cai\nkind: praise\nanswers: delegation:api",
        },
    )
    assert [seen_by(case, f"feedback/{x}.md") for x in "abcde"] == [
        "ada fay",
        "ada fay",
        "ada fay",
        "",
        WITHIN,
    ]


def test_a_guarded_record_is_for_full_alone(case):
    put(case, {"delegations/x.md": "title: X\nowner: ada\ndelegator: ben\nvisibilty: org"})
    assert seen_by(case, "delegations/x.md") == ""


def test_full_is_the_ledger_itself(case):
    ledger = case.ledger()
    assert project(ledger, FULL) is ledger


def test_records_keep_their_order(case):
    kept = [r.path for r in case.project("org").records]
    assert kept == [r.path for r in case.ledger().records if r.path in set(kept)]


def test_full_is_within_everything(case):
    put(case, {"delegations/x.md": "title: X\nowner: ada\ndelegator: ben\nvisibility: private"})
    ledger = case.ledger()
    hidden = ledger.delegations["x"]
    assert (within(ledger, FULL, hidden), sees_line_values(ledger, FULL, hidden)) == (True, True)
    assert (within(ledger, ORG, hidden), sees_line_values(ledger, ORG, hidden)) == (False, False)


def test_an_unknown_delegation_concerns_no_team(case):
    put(case, {"meetings/x.md": f"{EVENT}\nattendees: [cai, gone]\ndelegations: [gone]"})
    ledger = case.ledger()
    assert concerned_teams(ledger, ledger.meetings["x"]) == {"ops"}


@pytest.mark.parametrize(
    ("path", "header", "teams"),
    [
        ("delegations/x.md", "title: X\nowner: ada\ndelegator: cai\nteams: [all, ops]", "all ops"),
        # Those of its delegations go before those of the people.
        ("checkins/plain/x.md", f"{EVENT}\nauthor: ada", "ops"),
        ("meetings/x.md", f"{EVENT}\nattendees: [eve]\ndelegations: [api, plain]", "ops web"),
        ("feedback/x.md", f"{EVENT}\nfrom: ada\nto: team:new\ndelegation: plain", "new ops"),
        ("feedback/x.md", f"{EVENT}\nfrom: ada\nto: team:new", "new"),
        # Else those of the people it is about, else of those it names.
        ("feedback/x.md", f"{EVENT}\nfrom: ada\nto: cai", "ops"),
        ("feedback/x.md", f'{EVENT}\nfrom: ada\nto: "outside: The Printer"', "web"),
        ("feedback/x.md", f"{EVENT}\nfrom: ada\nto: fay", ""),
        ("evaluations/x.md", f"{EVENT}\nsubject: ada\nevaluator: cai\ncycle: q1", "web"),
        ("meetings/x.md", f"{EVENT}\nattendees: [ada, cai, fay]", "ops web"),
        ("retrospectives/x.md", f"{EVENT}\ncycle: q1\nattendees: [ada]\nteam: ops", "ops"),
        ("teams/x.md", "title: X\nlead: cai", "x"),
        ("people/x.md", "title: X\nteam: ops", "ops"),
        ("cycles/x.md", "title: X\nstart: 2026-01-01\nend: 2026-01-02", ""),
    ],
)
def test_which_teams_a_record_concerns(case, path, header, teams):
    put(case, {"teams/new.md": "title: New\nlead: cai"})
    put(case, {"delegations/plain.md": "title: Plain\nowner: fay\ndelegator: fay\nteam: ops", path: header})
    ledger = case.ledger()
    (record,) = (r for r in ledger.records if r.path == path)
    assert " ".join(sorted(concerned_teams(ledger, record))) == teams


def test_who_a_record_is_about(case):
    put(
        case,
        {
            "meetings/x.md": f"{EVENT}\nattendees: [fay]\ndelegations: [api]",
            "retrospectives/x.md": f"{EVENT}\ncycle: q1\ndelegation: api",
            "cycles/x.md": "title: X\nstart: 2026-01-01\nend: 2026-01-02\nteam: ops",
        },
    )
    ledger = case.ledger()
    meeting, retro = ledger.meetings["x"], ledger.retrospectives["x"]
    assert (named(ledger, meeting), line(ledger, meeting)) == ({"fay"}, {"fay", "ben", "eve"})
    assert concerned_teams(ledger, meeting) == {"web"}
    assert (named(ledger, retro), author(retro), author(meeting)) == (frozenset(), None, None)
    assert concerned_teams(ledger, ledger.teams["web"]) == {"web"}
    assert concerned_teams(ledger, ledger.cycles["x"]) == {"ops"}
    assert author(ledger.people["ada"]) == "ada"


# --- in any case -----------------------------------------------------------------------------------------------

WIDTHS = st.sampled_from(["", "public", "org", "team", "line", "pair", "managers", "private", "nonsense"])
PERSON = st.sampled_from(["ada", "ben", "cai", "dana", "eve", "fay", "gone"])
PARENT = st.sampled_from(["a", "b", "gone"])


@st.composite
def contents(draw) -> dict[str, str]:
    """Draw delegations a and b with events that hang on them, of any width."""
    files = {}
    for id_ in ("a", "b"):
        files[f"delegations/{id_}.md"] = (
            f"title: {id_}\nowner: {draw(PERSON)}\ndelegator: {draw(PERSON)}\nvisibility: {draw(WIDTHS)}"
        )
    for n in range(draw(st.integers(0, 4))):
        width, parent = draw(WIDTHS), draw(PARENT)
        body = f"{EVENT}\nvisibility: {width}\ndelegation: {parent}\n"
        kind = draw(st.sampled_from(["checkins", "feedback", "evaluations", "meetings", "retrospectives"]))
        body += {
            "checkins": f"author: {draw(PERSON)}",
            "feedback": f"from: {draw(PERSON)}\nto: {draw(PERSON)}\nkind: praise",
            "evaluations": f"subject: {draw(PERSON)}\nevaluator: {draw(PERSON)}\nsigned: 2026-01-01",
            "meetings": f"attendees: [{draw(PERSON)}, {draw(PERSON)}]",
            "retrospectives": "cycle: q1",
        }[kind]
        if kind == "meetings":
            body = body.replace(f"delegation: {parent}\n", f"delegations: [{parent}]\n")
        files[f"{kind}/e{n}.md"] = body
    return files


def hidden_parents_hide(files: dict[str, str]) -> None:
    case = put(put(Case(), ORGANISATION), files)
    full = {(r.type, r.id) for r in case.ledger().records}
    for word in AUDIENCES:
        ledger = case.project(word)
        seen = {(r.type, r.id) for r in ledger.records}
        assert seen <= full
        for record in ledger.records:
            assert not record.guarded
            hangs = getattr(record, "delegations", None) or [getattr(record, "delegation", "")]
            assert all(id_ in ledger.delegations for id_ in hangs if id_), (word, record.path)
        if word == "public":
            assert all(case.project("org").get(of, id_) for of, id_ in seen)
    for person in ("ada", "ben"):
        wide, own = case.project("org"), case.project(f"person:{person}")
        assert {(r.type, r.id) for r in wide.records} <= {(r.type, r.id) for r in own.records}


@given(contents())
def test_nothing_of_a_hidden_parent_is_let_through(files):
    hidden_parents_hide(files)


@pytest.mark.long
@given(contents())
def test_nothing_of_a_hidden_parent_is_let_through_at_length(files):
    hidden_parents_hide(files)


def removing_hidden_changes_nothing(files: dict[str, str]) -> None:
    case = put(put(Case(), ORGANISATION), files)
    for word in ("public", "org", "team:ops", "person:cai"):
        before = case.project(word).records
        paths = {r.path for r in before}
        less = Case()
        less.files = {(root, path): data for (root, path), data in case.files.items() if path in paths}
        # People and teams decide who sees what, so they stay.
        put(less, {p: h for p, h in ORGANISATION.items() if p.startswith(("people", "teams"))})
        assert less.project(word).records == before


@given(contents())
def test_what_is_hidden_counts_for_nothing(files):
    removing_hidden_changes_nothing(files)


@pytest.mark.long
@given(contents())
def test_what_is_hidden_counts_for_nothing_at_length(files):
    removing_hidden_changes_nothing(files)
