"""``remit status``: the overview in the terminal."""

from __future__ import annotations

from pathlib import Path

import firm
import pytest
from click.testing import CliRunner

from generator.cli import main

EXPECTED = """\
Two & Co as of 2026-03-16: 1 running, 1 waiting on somebody

Needs attention

         what           delegation   waits on   since
 ──────────────────────────────────────────────────────────
  note   check-in-due   launch       lin        2026-03-16


Delegations

 delegation  owner  status  health  updates  done  due
 ────────────────────────────────────────────────────────────
 launch      lin    active  —       due      —     2026-03-27

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
    "title", ["[red]alarm[/red]", "\x1b[31mred", "[/] [link=x]y[/link]", "a\u202eb", "[bold"], ids=repr
)
def test_a_title_is_text_to_the_terminal(folder: Path, title: str) -> None:
    """Neither markup nor commands to the terminal come from records or settings."""
    escaped = title.encode("unicode_escape").decode().replace('"', '\\"')
    escaped = escaped.replace("\\x1b", "\\u001b")
    firm.put(folder / "content/remit.toml", f'title = "{escaped}"\n')
    told = status("--as-of", firm.DAY)
    visible = "".join(c if c.isprintable() else "�" for c in title)
    assert told.startswith(f"{visible} as of ")
    assert "\x1b" not in told


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
