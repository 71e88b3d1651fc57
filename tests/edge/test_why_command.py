"""``remit why``: who sees a record, and what decides that; and that it is what a build does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import firm
import pytest
from case import Case
from click.testing import CliRunner
from test_audience_command import FAULTY, FOLDERS

from generator.audience import Tie, audiences
from generator.building import read_content
from generator.cli import main
from generator.ledger import Ledger
from generator.project import project
from generator.reasons import Bar, account, inside, verdict, view

HOME = Path(__file__).parents[2] / "content"

LAUNCH = """\
delegation:launch  Open the shop
content/delegations/launch.md

Width: org, the default for delegations
Names: ada (delegator), lin (owner)
Above them: ada (manager of lin)
For the line only: readiness, seen by ada, lin

Seen by
  org, person:sam: it is for the organisation; without readiness
  person:ada, person:lin: it is for the organisation

Not seen by
  public: it is not for them
"""
TALK = """\
meeting:talk  One-to-one, 2026-03-10
content/meetings/talk.md

Width: pair, the default for one-to-ones
Names: ada (attendee), lin (attendee)
Above them: ada (manager of lin)
Hangs on: delegation:launch (team, the default for delegations in remit.toml)

Seen by
  person:ada, person:lin: named in it: attendee

Not seen by
  public, org, person:sam: it hangs on delegation:launch, which is not seen
"""
CHINESE = """\
delegation:launch  Open the shop
content/delegations/launch.md

可见范围：org：授权事项的默认范围
涉及人员：ada（授权人）、lin（责任人）
上级：ada（lin 的上级）
仅限管理线的内容：readiness，可见者：ada、lin

可见
  org、person:sam：向全公司公开；不含 readiness
  person:ada、person:lin：向全公司公开

不可见
  public：不在可见范围之内
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the firm's records and a third person."""
    text = firm.RECORDS["content/delegations/launch.md"].replace("start:", "readiness: D2\nstart:")
    firm.write(tmp_path, launch=text)
    firm.put(tmp_path / "content/people/sam.md", "---\ntitle: Sam\n---\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(*words: str) -> str:
    done = CliRunner().invoke(main, ["why", *words])
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def data(*words: str) -> dict[str, Any]:
    read = json.loads(told(*words, "--format", "json"))
    assert isinstance(read, dict)
    return read


def refused(*words: str) -> str:
    done = CliRunner().invoke(main, ["why", *words])
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    return done.stderr.partition("Error: ")[2]


def test_who_sees_a_record() -> None:
    assert told("launch") == LAUNCH


def test_what_it_hangs_on(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", '[visibility]\ndelegation = "team"\n')
    text = firm.RECORDS["content/meetings/talk.md"]
    firm.put(
        folder / "content/meetings/talk.md", text.replace("attendees", "delegations: [launch]\nattendees")
    )
    assert told("talk") == TALK


def test_what_it_hangs_on_narrows_it(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", '[visibility]\ndelegation = "line"\n')
    firm.put(folder / "content/checkins/launch/2026-03-09.md", "---\ndate: 2026-03-09\n---\n")
    wide = "line, the default for delegations in remit.toml"
    wanted = f"Hangs on: delegation:launch ({wide}; keeps out org, person:sam)\n"
    assert wanted in told("launch.2026-03-09")
    assert data("launch.2026-03-09")["hangs_on"] == [
        {
            "record": "delegation:launch",
            "width": {"visibility": "line", "origin": "setting", "within": None},
            "keeps_out": ["org", "person:sam"],
        }
    ]


def test_everything_speaks_the_language_of_the_site(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", 'locale = "zh_CN"\n')
    assert told("launch") == CHINESE


def test_for_a_program() -> None:
    read = data("launch")
    assert [(a["audience"], a["seen"], a["reason"], a["without"]) for a in read.pop("audiences")] == [
        ("public", False, "width", []),
        ("org", True, "org", ["readiness"]),
        ("person:ada", True, "org", []),
        ("person:lin", True, "org", []),
        ("person:sam", True, "org", ["readiness"]),
    ]
    assert read == {
        "version": 1,
        "type": "delegation",
        "id": "launch",
        "title": "Open the shop",
        "source": "content/delegations/launch.md",
        "width": {"visibility": "org", "origin": "type", "within": None},
        "hidden_by_a_fault": False,
        "names": [{"person": "ada", "as": "delegator"}, {"person": "lin", "as": "owner"}],
        "managers": [{"person": "ada", "of": "lin"}],
        "teams": [],
        "hangs_on": [],
        "same_id": [],
        "line_only": ["readiness"],
    }


# --- which record -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "launch",
        "Launch",
        "delegation:launch",
        "content/delegations/launch.md",
        "./content/../content/delegations/launch.md",
        "delegations/launch.md",
    ],
)
def test_a_record_by_id_type_or_file(word: str, folder: Path) -> None:
    assert told(word) == LAUNCH
    assert told(str(folder / "content/delegations/launch.md")) == LAUNCH


def test_an_id_of_several(folder: Path) -> None:
    firm.put(folder / "content/teams/launch.md", "---\ntitle: L\n---\n")
    assert refused("launch") == (
        "“launch” is more than one; say which:\n"
        "  delegation:launch  content/delegations/launch.md\n"
        "  team:launch  content/teams/launch.md\n"
    )
    assert told("team:launch").startswith("team:launch  L\n")


def test_two_with_one_id(folder: Path) -> None:
    text = firm.RECORDS["content/delegations/launch.md"].replace("title:", "id: LAUNCH\ntitle:")
    firm.put(folder / "content/delegations/again.md", text)
    assert refused("delegation:launch") == (
        "“delegation:launch” is more than one; say which:\n"
        "  delegation:LAUNCH  content/delegations/again.md\n"
        "  delegation:launch  content/delegations/launch.md\n"
    )
    by_file = told("content/delegations/again.md")
    assert "Same id: content/delegations/launch.md\n" in by_file
    assert "Seen by\n  full: nobody else\n" in by_file
    assert ": content/delegations/launch.md has the same id, so neither is shown\n" in by_file


@pytest.mark.parametrize(
    ("word", "told_"),
    [
        ("lunch", "no record “lunch”; did you mean “launch”?"),
        ("meeting:tak", "no record “meeting:tak”; did you mean “meeting:talk”?"),
        (
            "content/delegations/lunch.md",
            "no record “content/delegations/lunch.md”; did you mean “delegations/launch.md”?",
        ),
        ("zzzzzz", "no record “zzzzzz”"),
        ("\x1b[2J", "no record “�[2J”"),
        ("content/remit.toml", "content/remit.toml is no record that can be read here; see `remit check`"),
        ("", "no record “”"),
    ],
    ids=repr,
)
def test_what_is_not_there_is_refused(word: str, told_: str) -> None:
    assert refused(word) == f"{told_}\n"


# --- what hides it ------------------------------------------------------------------------------------------


@pytest.fixture
def every_reason(folder: Path) -> None:
    for path, header in FAULTY.items():
        firm.put(folder / "content" / path, f"---\n{header}\n---\n")
    private = "---\ntitle: P\nowner: lin\ndelegator: ada\nvisibility: org\n---\n"
    firm.put(folder / "private/delegations/private.md", private)
    firm.put(folder / "sealed/delegations/sealed.md", private)
    firm.put(folder / "sealed/remit.toml", 'widest = "nonsense"\n')


@pytest.mark.usefixtures("every_reason")
@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("slip", "Hidden by a fault: content/delegations/slip.md:5:1 unknown-key"),
        ("sealed", "Hidden by a fault: sealed/remit.toml:1:1 settings"),
        ("private", "Width: line, the widest in its folder; else org, by its own word"),
        ("retrospective:gone", "Hangs on: cycle:gone (it is not there, so nobody sees the record)"),
        ("retrospective:gone", "  full: nobody else"),
        ("delegation:crew", "Concerns: team:shop"),
        ("delegation:crew", "  person:eve, person:lin: member of shop, the team it concerns"),
        ("feedback:crew", "Names: sam (giver), eve (member), kim (member), lin (member)"),
    ],
    ids=str,
)
def test_what_decides(word: str, line: str) -> None:
    assert line in told(word, *FOLDERS).split("\n")


def test_a_pair_of_three(folder: Path) -> None:
    text = firm.RECORDS["content/meetings/talk.md"].replace("lin]", "lin, sam]")
    firm.put(folder / "content/meetings/talk.md", text)
    assert "No pair: two people would see it; it names 3\n" in told("talk")
    assert "Seen by\n  full: nobody else\n" in told("talk")


def test_many_people_are_told_together(folder: Path) -> None:
    for n in range(6):
        firm.put(folder / f"content/people/p{n}.md", f"---\ntitle: P{n}\n---\n")
    assert "  public, org, every other person (7): it is not for them\n" in told("talk")
    assert "  org, every person (9): it is for the organisation\n" in told("person:sam")


# --- the truth ----------------------------------------------------------------------------------------------


def agrees(ledger: Ledger) -> set[str]:
    """Hold what is told of every record and audience against what is projected; return the reasons met."""
    met: set[str] = set()
    views = [view(ledger, audience) for audience in audiences(ledger)]
    kept = {v.audience: {(r.root, r.path) for r in project(ledger, v.audience).records} for v in views}
    for record in ledger.records:
        about = account(ledger, record)
        assert about.verdicts == tuple(verdict(v, record) for v in views), record.path
        for v, eyes in zip(about.verdicts, views, strict=True):
            seen = (record.root, record.path) in kept[v.audience]
            assert v.seen is seen, (record.path, str(v.audience))
            # Where it is seen there is a ground; where it is not, one reason, and it is so.
            assert (v.ground is None) is (v.bar is not None)
            if v.bar is Bar.TWIN:
                assert v.twin in about.twins
            if v.bar is Bar.WIDTH:
                assert inside(eyes, record) is None
            elif v.bar in {Bar.ANSWERS, Bar.TWIN}:
                assert inside(eyes, record)
            met.add(v.ground.tie if v.ground else v.bar or "")
    return met


def test_it_is_what_build_does_with_the_sample() -> None:
    assert agrees(read_content([HOME]).ledger) >= {"org", "named", "manager", "author", "width", "hangs_on"}


@pytest.mark.usefixtures("every_reason")
def test_it_is_what_build_does_where_records_are_at_odds(folder: Path) -> None:
    met = agrees(read_content([folder / name for name in FOLDERS]).ledger)
    assert met == {*map(str, Bar), *map(str, Tie)} - {"full"}


def test_an_answer_to_an_answer_to_what_is_hidden(case: Case) -> None:
    case.people()
    for id_, more in {
        "a": "to: ben\nvisibility: private",
        "b": "to: ben\nkind: praise\nanswers: feedback:a",
        "c": "to: cai\nkind: praise\nanswers: feedback:b",
    }.items():
        case.write(f"feedback/{id_}.md", f"---\ndate: 2026-01-12\nfrom: ada\n{more}\n---\n")
    ledger = case.ledger()
    assert agrees(ledger) >= {"answers"}
    org = account(ledger, ledger.feedback["c"]).verdicts[1]
    assert (str(org.audience), org.bar, org.about) == ("org", Bar.ANSWERS, "feedback:b")


@pytest.mark.parametrize("width", ["line", "pair", "managers", "private", "team"])
@pytest.mark.parametrize("hidden", ["pair", "private"])
def test_a_hidden_delegation_with_the_same_id(width: str, hidden: str, case: Case) -> None:
    """It has no say in who sees what hangs on the one that is seen, and so none in what is told of that."""
    case.people()
    case.write("people/ada.md", "---\ntitle: Ada\nmanager: ben\n---\n").delegation("api")
    twin = f"---\nid: api\ntitle: T\nowner: cai\ndelegator: dana\nvisibility: {hidden}\n---\n"
    case.write("delegations/a-twin.md", twin)
    case.checkin("2026-01-12", f"visibility: {width}")
    case.write(
        "feedback/f.md",
        f"---\ndate: 2026-01-12\nfrom: ada\nto: cai\nvisibility: {width}\ndelegation: api\n---\n",
    )
    assert agrees(case.ledger()) >= {"width"}
