"""``remit audience``: what an audience sees, and why; what it does not see, and why not."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

import firm
import pytest
from click.testing import CliRunner

from generator.audience import audiences, read_audience
from generator.building import read_content
from generator.cli import main
from generator.project import project

LIN = """\
person:lin sees 5 of 6 records

Delegations: 2 of 2
  launch  Open the shop  content/delegations/launch.md
    org, the default for delegations; it is for the organisation
  quiet  Look for a second shop  content/delegations/quiet.md
    line, by its own word; named in it: owner

Meetings: 1 of 1
  talk  One-to-one, 2026-03-10  content/meetings/talk.md
    pair, the default for one-to-ones; named in it: attendee

People: 2 of 3
  ada  Ada  content/people/ada.md
    org, the default for people; it is for the organisation
  lin  林晓  content/people/lin.md
    org, the default for people; it is for the organisation
"""
LIN_HIDDEN = """\
person:lin sees 5 of 6 records

People: 1 of 3
  sam  Sam  content/people/sam.md
    private, by its own word; it is not for them
"""
CHINESE = """\
person:ada 可见 5 / 6 条记录

授权事项：2 / 2
  launch  Open the shop  content/delegations/launch.md
    org：授权事项的默认范围；向全公司公开
  quiet  Look for a second shop  content/delegations/quiet.md
    line：记录自行声明；记录提及：授权人

会议：1 / 1
  talk  一对一面谈, 2026-03-10  content/meetings/talk.md
    pair：一对一的默认范围；记录提及：参加人

人员：2 / 3
  ada  Ada  content/people/ada.md
    org：人员的默认范围；向全公司公开
  lin  林晓  content/people/lin.md
    org：人员的默认范围；向全公司公开
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the firm's records, a quiet delegation and a private person."""
    firm.write(tmp_path)
    quiet = firm.RECORDS["content/delegations/launch.md"].replace("Open the shop", "Look for a second shop")
    firm.put(tmp_path / "content/delegations/quiet.md", quiet.replace("start:", "visibility: line\nstart:"))
    firm.put(tmp_path / "content/people/sam.md", "---\ntitle: Sam\nvisibility: private\n---\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(*words: str) -> str:
    done = CliRunner().invoke(main, ["audience", *words])
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def rows(*words: str) -> dict[str, Any]:
    read = json.loads(told(*words, "--format", "json"))
    assert isinstance(read, dict)
    return read


def reasons(*words: str) -> dict[str, str]:
    """Return what is listed with the reason, by file."""
    return {r["source"].removeprefix("content/"): r["sentence"] for r in rows(*words)["records"]}


def test_what_a_person_sees_and_why() -> None:
    assert told("person:lin") == LIN


def test_what_a_person_does_not_see_and_why_not() -> None:
    assert told("person:lin", "--hidden") == LIN_HIDDEN


def test_everything_speaks_the_language_of_the_site(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", 'locale = "zh_CN"\n')
    assert told("person:ada") == CHINESE


def test_for_a_program() -> None:
    read = rows("org")
    assert {k: v for k, v in read.items() if k != "records"} == {
        "version": 1,
        "audience": "org",
        "seen": 3,
        "hidden": 3,
    }
    assert read["records"][0] == {
        "type": "delegation",
        "id": "launch",
        "title": "Open the shop",
        "source": "content/delegations/launch.md",
        "width": {"visibility": "org", "origin": "type", "within": None},
        "seen": True,
        "reason": "org",
        "of": None,
        "sentence": "it is for the organisation",
        "without": [],
    }
    assert [(r["id"], r["reason"], r["seen"]) for r in rows("org", "--hidden")["records"]] == [
        ("quiet", "width", False),
        ("talk", "width", False),
        ("sam", "width", False),
    ]


def test_full_sees_everything() -> None:
    assert set(reasons("full").values()) == {"everything is shown"}
    assert told("full", "--hidden") == "full sees 6 of 6 records\n"


FAULTY = {
    "people/eve.md": "title: Eve\nteam: shop",
    "people/lin.md": "title: Lin\nteam: shop\nmanager: ada",
    "people/kim.md": "title: Kim\nteam: shop",
    "teams/shop.md": "title: Shop\nlead: eve",
    "delegations/launch.md": "title: L\nowner: lin\ndelegator: ada\nreadiness: D2",
    "delegations/open.md": "title: O\nowner: lin\ndelegator: ada\nvisibility: public",
    "delegations/slip.md": "title: S\nowner: lin\ndelegator: ada\nvisiblity: line",
    "delegations/crew.md": "title: C\nowner: kim\ndelegator: ada\nteam: shop\nvisibility: team",
    "feedback/up.md": "date: 2026-03-01\nfrom: lin\nto: ada\nkind: problem",
    "feedback/down.md": "date: 2026-03-01\nfrom: sam\nto: lin\nkind: problem",
    "feedback/crew.md": "date: 2026-03-01\nfrom: sam\nto: team:shop\nkind: idea",
    "feedback/answer.md": "date: 2026-03-01\nfrom: sam\nto: lin\nkind: praise\nanswers: feedback:up",
    "evaluations/self.md": "date: 2026-03-01\nsubject: lin\nevaluator: lin\nkind: self\ndelegation: launch",
    "checkins/quiet/2026-03-09.md": "date: 2026-03-09",
    "checkins/launch/2026-03-09.md": "date: 2026-03-09\nconfidence: 2\nvisibility: managers",
    "retrospectives/gone.md": "date: 2026-03-09\ncycle: gone",
    "cycles/q1.md": "title: Q1\nstart: 2026-01-01\nend: 2026-03-31",
    "cycles/twin.md": "id: Q1\ntitle: Q1\nstart: 2026-01-01\nend: 2026-03-31",
}
"""A record for each of the reasons."""


@pytest.fixture
def every_reason(folder: Path) -> None:
    for path, header in FAULTY.items():
        firm.put(folder / "content" / path, f"---\n{header}\n---\n")
    private = "---\ntitle: P\nowner: lin\ndelegator: ada\nvisibility: org\n---\n"
    firm.put(folder / "private/delegations/private.md", private)
    firm.put(folder / "sealed/delegations/sealed.md", private)
    firm.put(folder / "sealed/remit.toml", 'widest = "nonsense"\n')


FOLDERS = ("content", "private", "sealed")


@pytest.mark.usefixtures("every_reason")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (
            "public",
            {"delegations/open.md": "it is for everybody"},
        ),
        (
            "team:shop",
            {
                "delegations/launch.md": "it is for the organisation; without readiness",
                "delegations/crew.md": "it concerns the team shop",
            },
        ),
        (
            "person:kim",
            {
                "delegations/crew.md": "named in it: owner",
                "feedback/crew.md": "named in it: member",
            },
        ),
        ("person:eve", {"delegations/crew.md": "member of shop, the team it concerns"}),
        (
            "person:ada",
            {
                "delegations/launch.md": "it is for the organisation",
                "checkins/launch/2026-03-09.md": "manager of lin",
                "feedback/down.md": "manager of lin",
                "feedback/up.md": "named in it: receiver",
                "private/delegations/private.md": "named in it: delegator",
            },
        ),
        (
            "person:lin",
            {
                "evaluations/self.md": "its author",
                "checkins/quiet/2026-03-09.md": "it is for the organisation",
                "feedback/answer.md": "it is for the organisation",
                "feedback/down.md": "named in it: receiver",
                "feedback/up.md": "named in it: giver",
            },
        ),
    ],
    ids=str,
)
def test_reasons_to_see(who: str, seen: dict[str, str]) -> None:
    found = reasons(who, *FOLDERS)
    assert {path: found.get(path) for path in seen} == seen


@pytest.mark.usefixtures("every_reason")
@pytest.mark.parametrize(
    ("who", "hidden"),
    [
        (
            "org",
            {
                "delegations/slip.md": "a fault hides it until it is mended; `remit check` shows it",
                "sealed/delegations/sealed.md": (
                    "a fault in its folder's remit.toml hides it; `remit check` shows it"
                ),
                "private/delegations/private.md": "it is not for them",
                "checkins/quiet/2026-03-09.md": "it hangs on delegation:quiet, which is not seen",
                "retrospectives/gone.md": "it hangs on cycle:gone, which is not seen",
                "feedback/answer.md": "it answers feedback:up, which is not seen",
                "cycles/q1.md": "content/cycles/twin.md has the same id, so neither is shown",
                "cycles/twin.md": "content/cycles/q1.md has the same id, so neither is shown",
            },
        ),
        ("person:lin", {"checkins/launch/2026-03-09.md": "it is not for them"}),
        ("public", {"delegations/launch.md": "it is not for them"}),
    ],
    ids=str,
)
def test_reasons_not_to_see(who: str, hidden: dict[str, str]) -> None:
    found = reasons(who, *FOLDERS, "--hidden")
    assert {path: found.get(path) for path in hidden} == hidden


@pytest.mark.usefixtures("every_reason")
def test_what_says_how_wide_a_record_is(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", '[visibility]\ndelegation = "team"\nfeedback = "org"\n')
    told_ = told("full", *FOLDERS[:2])
    lines = told_.splitlines()
    widths = {line.split()[-1]: wide.strip() for line, wide in itertools.pairwise(lines) if ".md" in line}
    wanted = {
        "content/delegations/launch.md": "team, the default for delegations in remit.toml",
        "content/delegations/open.md": "public, by its own word",
        "content/feedback/up.md": "pair, the default for feedback to one's manager",
        "content/feedback/down.md": "org, the default for feedback in remit.toml",
        "content/feedback/answer.md": "org, the default for feedback in remit.toml",
        "content/evaluations/self.md": "private, the default for a self-evaluation that is not signed",
        "content/meetings/talk.md": "pair, the default for one-to-ones",
        "content/cycles/q1.md": "org, the default for cycles",
        "private/delegations/private.md": "line, the widest in its folder; else org, by its own word",
    }
    assert {path: widths[path].removesuffix("; everything is shown") for path in wanted} == wanted


def test_a_default_of_a_folder_that_is_named(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", '[visibility]\nfeedback = "managers"\n')
    firm.put(folder / "private/remit.toml", 'people_from = ["content"]\n')
    firm.put(folder / "private/feedback/x.md", "---\ndate: 2026-03-01\nfrom: ada\nto: lin\n---\n")
    told_ = told("person:ada", "content", "private")
    wide = "managers, the default for feedback in a folder that people_from names"
    assert f"  private/feedback/x.md\n    {wide}; its author\n" in told_


@pytest.mark.usefixtures("every_reason")
def test_praise_is_for_the_organisation() -> None:
    assert "org, the default for praise; " in told("full", *FOLDERS)


def test_it_is_what_build_shows() -> None:
    """For every audience of the sample: exactly the records of the projected ledger, each with a reason."""
    home = Path(__file__).parents[2] / "content"
    ledger = read_content([home]).ledger
    for audience in audiences(ledger)[::6]:
        told_ = rows(str(audience), str(home))["records"]
        kept = project(ledger, audience).records
        assert [r["source"] for r in told_] == [f"{home.as_posix()}/{r.path}" for r in kept], str(audience)
        assert all(
            r["sentence"] and r["reason"] in {"public", "org", "team", "member", "named", "manager", "author"}
            for r in told_
        )


@pytest.mark.parametrize(
    ("words", "told_"),
    [
        (["person:linn"], "Invalid value for AUDIENCE: no person “linn”"),
        (["team:shop"], "Invalid value for AUDIENCE: no team “shop”"),
        (["orgs"], "“orgs” is no audience; one of public, org, team:ID, person:ID, full"),
        ([], "Missing argument 'AUDIENCE'."),
        (["org", "nowhere"], "there is no folder nowhere"),
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(words: list[str], told_: str) -> None:
    done = CliRunner().invoke(main, ["audience", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"{told_}\n")


@pytest.mark.parametrize("title", ["\x1b[31mred", "a\u202eb"], ids=repr)
def test_a_title_is_text_to_the_terminal(folder: Path, title: str) -> None:
    """It is refused where it is read, and what is told never holds it."""
    escaped = title.encode("unicode_escape").decode()
    firm.put(folder / "content/people/ada.md", f'---\ntitle: "{escaped}"\n---\n')
    lines = told("org").split("\n")
    assert not any("red" in line or line.startswith("  ada") for line in lines)
    assert all(line.isprintable() for line in lines)


def test_a_file_name_is_text_to_the_terminal(folder: Path) -> None:
    try:
        firm.put(folder / "content/people/\x1b[2Jx.md", "---\nid: x\ntitle: X\n---\n")
    except OSError:
        pytest.skip("the file system refuses such a name")
    assert "\x1b" not in told("org")
    assert os.sep in told("org")


def test_the_words_of_an_audience_are_read_as_build_reads_them() -> None:
    assert str(read_audience("person: lin")) == "person:lin"
    assert told("person: lin") == LIN
