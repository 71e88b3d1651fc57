"""``remit status``: what waits on whom in the terminal, for a person, a team, a program and a reminder."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import firm
import pytest
from click.testing import CliRunner

from generator.building import read_content
from generator.cli import main
from generator.pages.links import Linker
from generator.render.data import data_files
from generator.render.language import Language
from generator.tracking.state import track

EXPECTED = """\
Two & Co as of 2026-03-16: 1 running, 2 waiting on somebody

Needs attention

       About   Signal                                                          Waits on  Since
 ──────────────────────────────────────────────────────────────────────────────────────────────────
 Note  launch  states 1 of the 5 terms; still missing: the goal, how it is     ada       2026-03-02
               judged, the authority, why this person
 Note  launch  the check-in of 16 Mar is due                                   lin       2026-03-16


Delegations

 Delegation  Owner  Status  Health  Updates     Progress  Due date
 ───────────────────────────────────────────────────────────────────
 launch      lin    Active  —       Update due  —         2026-03-27

"""

CHINESE = """\
店（截至 2026-03-31）：进行中 1 项、待人处理 4 项

需要关注

         事项    信号                                                          等待对象  起始日
 ──────────────────────────────────────────────────────────────────────────────────────────────────
 需处理  launch  3月2日以来没有任何消息                                        lin       2026-03-17
 需处理  launch  应于3月27日完成，至今未完成                                   lin       2026-03-28
 关注    launch  3月23日的汇报缺失                                             lin       2026-03-27
 提示    launch  5 项约定中已写明 1                                            ada       2026-03-02
                 项，尚缺：目标、评价标准、授权级别、选人理由


授权事项

 授权事项  责任人  状态    健康度  更新情况    进度  截止日期
 ──────────────────────────────────────────────────────────────
 launch    lin     进行中  —       逾期未更新  —     2026-03-27

已结束：已完成 1
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the firm's records, where the command runs."""
    monkeypatch.chdir(firm.write(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def status(*words: str) -> str:
    done = CliRunner().invoke(main, ["status", *words])
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return "\n".join(line.rstrip() for line in done.stdout.split("\n"))


def test_on_a_day_when_a_checkin_is_due() -> None:
    assert status("--as-of", firm.DAY) == EXPECTED


# --- what is asked for ----------------------------------------------------------------------------------

LATE = "2026-03-31"
"""The launch was due on the 27th."""


@pytest.fixture
def team(folder: Path) -> None:
    """A second delegation, held by Ada for Lin; Ada leads a team that Lin is in."""
    text = firm.RECORDS["content/delegations/launch.md"]
    other = text.replace("delegator: ada\nowner: lin", "delegator: lin\nowner: ada")
    firm.put(folder / "content/delegations/books.md", other.replace("Open the shop", "Books"))
    firm.put(folder / "content/teams/shop.md", "---\ntitle: Shop\n---\n")
    firm.put(folder / "content/people/lin.md", "---\ntitle: 林晓\nmanager: ada\nteam: shop\n---\n")


def rows(*words: str, code: int = 0) -> list[tuple[str, str, str]]:
    """Return what a call lists: the code, the delegation and whom it waits on."""
    done = CliRunner().invoke(main, ["status", "--as-of", LATE, "--format", "json", *words])
    assert (done.exit_code, done.stderr) == (code, ""), done.output
    return [(r["code"], r["delegation"], r["waits_on"]) for r in json.loads(done.stdout)["signals"]]


@pytest.mark.usefixtures("team")
def test_a_person_is_told_what_waits_on_them_and_their_delegations() -> None:
    assert [r for r in rows() if r[0] in {"overdue", "unplanned"}] == [
        ("overdue", "books", "ada"),
        ("overdue", "launch", "lin"),
        ("unplanned", "books", "lin"),
        ("unplanned", "launch", "ada"),
    ]
    mine = [r for r in rows("--owner", "lin") if r[0] in {"overdue", "unplanned"}]
    assert mine == [
        ("overdue", "launch", "lin"),
        ("unplanned", "books", "lin"),
        ("unplanned", "launch", "ada"),
    ]
    told = status("--as-of", LATE, "--owner", "lin")
    assert "launch      lin " in told
    assert "books       ada " not in told, "a delegation of another owner is not listed"


@pytest.mark.usefixtures("team")
def test_a_team_is_told_what_waits_on_its_people_and_its_work() -> None:
    assert rows("--team", "shop", "--code", "overdue") == [("overdue", "launch", "lin")]
    assert rows("--team", "shop", "--code", "unplanned") == [
        ("unplanned", "books", "lin"),
        ("unplanned", "launch", "ada"),
    ]
    assert rows("--team", "shop", "--owner", "ada") == []


@pytest.mark.usefixtures("team")
def test_codes_pick() -> None:
    assert {r[0] for r in rows("--code", "overdue", "--code", "unplanned")} == {"overdue", "unplanned"}
    told = status("--as-of", LATE, "--code", "overdue")
    assert told.startswith("Two & Co as of 2026-03-31: 2 waiting on somebody\n")
    assert "Delegations" not in told


def test_json_is_the_rows_of_the_data_file(folder: Path) -> None:
    done = CliRunner().invoke(main, ["status", "--as-of", LATE, "--format", "json"])
    tracked = track(read_content([folder / "content"]).ledger, dt.date.fromisoformat(LATE))
    files = data_files(tracked, Linker(tracked.ledger), Language("en"))
    assert done.stdout.encode() == files["data/signals.json"]


def test_everything_speaks_the_language_of_the_site(folder: Path) -> None:
    firm.put(folder / "content/remit.toml", 'title = "店"\nlocale = "zh_CN"\n')
    text = firm.RECORDS["content/delegations/launch.md"]
    ended = "title: Books\nstatus: completed\ncompleted: 2026-03-20"
    firm.put(folder / "content/delegations/books.md", text.replace("title: Open the shop", ended))
    assert status("--as-of", LATE) == CHINESE
    (folder / "content/delegations/launch.md").unlink()
    (folder / "content/delegations/books.md").unlink()
    assert status("--as-of", LATE) == (
        "店（截至 2026-03-31）：进行中 0 项、待人处理 0 项\n\n"
        "还没有任何授权：用 remit new delegation 写下第一项。\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--as-of", LATE], 1),
        (["--as-of", LATE, "--owner", "ada"], 0),
        (["--as-of", LATE, "--code", "overdue"], 1),
        (["--as-of", LATE, "--code", "unplanned"], 0),
        (["--as-of", LATE, "--format", "json"], 1),
        (["--as-of", firm.DAY], 0),
    ],
    ids=str,
)
def test_exit_code_says_whether_anything_weighs_more_than_a_note(words: list[str], code: int) -> None:
    without, with_ = (CliRunner().invoke(main, ["status", *words, *more]) for more in ([], ["--exit-code"]))
    assert (without.exit_code, with_.exit_code) == (0, code)
    assert without.stdout == with_.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--owner", "linn"], "Invalid value for --owner: no person “linn”; did you mean “lin”?"),
        (["--owner", "zhou"], "Invalid value for --owner: no person “zhou”"),
        (["--team", "shop"], "Invalid value for --team: no team “shop”"),
        (["--code", "overdu"], "Invalid value for --code: no signal “overdu”; did you mean “overdue”?"),
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(words: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["status", *words, "--exit-code"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"\nError: {told}\n")


def test_what_is_missing_is_told_to_those_who_would_see_it(folder: Path) -> None:
    """Check-ins are for the team alone here, so that nobody else is told of one that is missing."""
    firm.put(folder / "content/remit.toml", 'title = "Two & Co"\n[visibility]\ncheckin = "line"\n')
    assert "check-in of 16 Mar is due" in status("--as-of", firm.DAY)
    assert "check-in of 16 Mar is due" not in status("--as-of", firm.DAY, "--audience", "org")


# --- what is shown --------------------------------------------------------------------------------------


def test_nothing_is_delegated_yet(folder: Path) -> None:
    (folder / "content/delegations/launch.md").unlink()
    assert status("--as-of", firm.DAY) == (
        "Two & Co as of 2026-03-16: 0 running, 0 waiting on somebody\n"
        "\n"
        "Nothing is delegated yet: remit new delegation writes the first one.\n"
    )


def test_what_an_audience_does_not_see_is_not_there(folder: Path) -> None:
    text = firm.RECORDS["content/delegations/launch.md"]
    firm.put(folder / "content/delegations/quiet.md", text.replace("title:", "visibility: pair\ntitle:"))
    assert "quiet" in status("--as-of", firm.DAY)
    assert "quiet" in status("--as-of", firm.DAY, "--audience", "person:lin")
    assert "quiet" not in status("--as-of", firm.DAY, "--audience", "org")


@pytest.mark.parametrize(
    "title", ["[red]alarm[/red]", "a\tb", "[/] [link=x]y[/link]", "a\u00adb", "[bold"], ids=repr
)
def test_a_title_is_text_to_the_terminal(folder: Path, title: str) -> None:
    """Neither markup nor commands to the terminal come from records or settings."""
    escaped = title.encode("unicode_escape").decode().replace('"', '\\"')
    escaped = escaped.replace("\\xad", "\\u00ad")
    firm.put(folder / "content/remit.toml", f'title = "{escaped}"\n')
    told = status("--as-of", firm.DAY)
    visible = "".join(c if c.isprintable() else "�" for c in title)
    assert told.startswith(f"{visible} as of ")
    assert "\x1b" not in told


@pytest.mark.parametrize("title", ["\\u001b[31mred", "a\\u202eb"])
def test_a_title_that_commands_the_terminal_is_none(folder: Path, title: str) -> None:
    firm.put(folder / "content/remit.toml", f'title = "{title}"\n')
    assert status("--as-of", firm.DAY).startswith("Remit as of ")


def test_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    told = status("--as-of", firm.DAY)
    assert max(map(len, told.split("\n"))) <= 60
    assert "2026-03-27" in told


def test_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    told = status("--as-of", "2026-05-20")
    assert told.startswith("Reedpen as of 2026-05-20: ")
    assert "course-launch" in told
