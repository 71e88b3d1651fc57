"""The command line as a whole: help, slips, what is loaded, colour, exit status."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import firm
import pytest
from click.testing import CliRunner

from generator import __version__
from generator.cli import COMMANDS, SUMMARIES, main

REMIT = (sys.executable, "-m", "generator")


def help_of(*words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--help"])
    assert done.exit_code == 0, done.output
    return done.output


def test_help_lists_every_command_with_what_the_command_itself_says() -> None:
    assert COMMANDS.keys() == SUMMARIES.keys()
    told = help_of()
    for name, summary in SUMMARIES.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", told, re.MULTILINE), name


def test_help_says_where_to_start_and_what_the_exit_status_means() -> None:
    told = help_of()
    assert "remit init myteam      a folder with a small example" in told
    assert "Exit status: 0 when all is well, 1 for errors in the content, 2 for wrong usage." in (
        " ".join(told.split())
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches(name: str) -> None:
    """Help has a first sentence, and, but for the plain ones, examples that begin with the command."""
    told = help_of(name)
    assert told.startswith(f"Usage: remit {name} " if "remit" in told[:14] else f"Usage: main {name} ")
    if name in {"audience", "build", "check", "new", "status", "why"}:
        assert "Examples:" in told
        assert f"    remit {name}" in told
    assert CliRunner().invoke(main, [name, "-h"]).output == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("chek", "no command “chek”. Did you mean `remit check`?"),
        ("statsu", "no command “statsu”. Did you mean `remit status`?"),
        ("frobnicate", "no command “frobnicate”."),
    ],
)
def test_a_slip(typed: str, told: str) -> None:
    done = CliRunner().invoke(main, [typed])
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: {told}\n")


def test_an_unknown_option() -> None:
    done = CliRunner().invoke(main, ["build", "--audiense", "org"])
    assert done.exit_code == 2
    assert "--audience" in done.stderr


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"remit {__version__}\n"


LOADED = """
import sys
from click.testing import CliRunner
from generator.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
assert done.exit_code == 0, done.output
print(*sorted({name.partition('.')[0] for name in sys.modules}))
"""
HEAVY = {"babel", "frontmatter", "jinja2", "markdown_it", "rich", "watchdog", "yaml"}


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("check",), HEAVY - {"babel", "jinja2", "rich", "watchdog"}),
    ],
    ids=["help", "version", "check"],
)
def test_only_what_is_needed_is_loaded(words: tuple[str, ...], heavy: set[str], tmp_path: Path) -> None:
    firm.write(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert loaded & HEAVY == heavy
    assert "click" in loaded


@pytest.mark.parametrize("command", ["build", "check", "status", "serve", "audience org", "why launch"])
class TestTheFolder:
    def test_none_named_and_none_there(
        self, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        done = CliRunner().invoke(main, command.split())
        assert done.exit_code == 2
        assert done.stderr.endswith("Error: there is no folder content; start one with `remit init myteam`\n")

    def test_one_named_that_is_not_there(self, command: str, tmp_path: Path) -> None:
        done = CliRunner().invoke(main, [*command.split(), str(tmp_path / "nowhere")])
        assert done.exit_code == 2
        assert done.stderr.endswith(f"Error: there is no folder {tmp_path / 'nowhere'}\n")

    def test_a_file_in_its_place(self, command: str, tmp_path: Path) -> None:
        (tmp_path / "content").write_text("x")
        done = CliRunner().invoke(main, [*command.split(), str(tmp_path / "content")])
        assert done.exit_code == 2
        assert done.stderr.endswith(f"Error: there is no folder {tmp_path / 'content'}\n")


@pytest.mark.parametrize("command", ["build", "status", "serve"])
class TestDaysAndAudiences:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(firm.write(tmp_path))

    @pytest.mark.parametrize(
        "day", ["2026-2-3", "2026-02-30", "20260203", "2026-W06-2", "today", "", "２０２６-02-03"]
    )
    def test_no_day(self, command: str, day: str) -> None:
        done = CliRunner().invoke(main, [command, "--as-of", day])
        assert done.exit_code == 2
        assert done.stderr.endswith(
            f"Error: Invalid value for '--as-of': “{day}” is no date; write it as YYYY-MM-DD\n"
        )

    @pytest.mark.parametrize("word", ["nobody", "team", "person:", "org:sales", "team: ", "", "Org"])
    def test_no_audience(self, command: str, word: str) -> None:
        done = CliRunner().invoke(main, [command, "--audience", word])
        assert done.exit_code == 2
        assert done.stderr.endswith(
            f"Error: Invalid value for '--audience': “{word}” is no audience; "
            "one of public, org, team:ID, person:ID, full\n"
        )

    @pytest.mark.parametrize(
        ("word", "why"),
        [
            ("person:adda", "no person “adda”"),
            ("team:sales", "no team “sales”"),
            ("team:empty", "the team “empty” has no members"),
        ],
    )
    def test_an_audience_of_nobody(self, command: str, word: str, why: str) -> None:
        firm.put(Path("content/teams/empty.md"), "---\ntitle: Empty\n---\n")
        done = CliRunner().invoke(main, [command, "--audience", word])
        assert done.exit_code == 2
        assert done.stderr.endswith(f"Error: Invalid value for --audience: {why}\n")
        assert not Path("site").exists()


def on_a_terminal(*words: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """Run the command as on a terminal; return its exit status and what it shows."""
    ours, its = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "TERM", "COLUMNS"}}
    command = subprocess.Popen(
        [*REMIT, *words], cwd=cwd, stdout=its, stderr=its, stdin=its, env={**clean, **environment}
    )
    os.close(its)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(ours)
    return command.wait(30), shown.decode().replace("\r\n", "\n")


class TestColour:
    def test_on_a_terminal(self, tmp_path: Path) -> None:
        firm.write(tmp_path, launch=firm.broken())
        status, shown = on_a_terminal("check", cwd=tmp_path, TERM="xterm-256color")
        assert status == 1
        assert "\x1b[1;31merror[unknown-reference]\x1b[0m" in shown
        assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == f"{firm.UNKNOWN}\n4 records: 1 error, 0 warnings\n"

    @pytest.mark.parametrize(
        "environment",
        [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}],
        ids=["NO_COLOR", "dumb"],
    )
    def test_not_wanted(self, tmp_path: Path, environment: dict[str, str]) -> None:
        firm.write(tmp_path, launch=firm.broken())
        status, shown = on_a_terminal("check", cwd=tmp_path, **environment)
        assert status == 1
        assert shown == f"{firm.UNKNOWN}\n4 records: 1 error, 0 warnings\n"
        status, shown = on_a_terminal("status", "--as-of", firm.DAY, cwd=tmp_path, **environment)
        assert status == 0
        assert "\x1b[3" not in shown

    def test_in_a_pipe(self, tmp_path: Path) -> None:
        firm.write(tmp_path, launch=firm.broken())
        done = subprocess.run(
            [*REMIT, "check"], cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ
        )
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout == f"{firm.UNKNOWN}\n4 records: 1 error, 0 warnings\n"


def test_a_pipe_that_closes_early_is_no_crash(tmp_path: Path) -> None:
    """As in ``remit check | head -1``."""
    lines = "".join(f"unknown-{n}: x\n" for n in range(3000))
    firm.write(
        tmp_path, launch=firm.RECORDS["content/delegations/launch.md"].replace("---\nt", f"---\n{lines}t")
    )
    command = subprocess.Popen(
        [*REMIT, "check"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert command.stdout is not None
    assert command.stderr is not None
    with command.stdout, command.stderr:
        assert "error[unknown-key]" in command.stdout.readline()
        command.stdout.close()
        assert "Traceback" not in command.stderr.read()
    assert command.wait(30) in {1, 141}


def test_a_stream_that_is_not_utf8_is_no_crash(tmp_path: Path) -> None:
    """Chinese records on a terminal of another day."""
    firm.write(tmp_path, launch=firm.broken().replace("Open the shop", "开店"))
    day = ("--as-of", firm.DAY)
    for words in (("check",), ("status", *day), ("build", *day), ("audience", "full"), ("why", "launch")):
        done = subprocess.run(
            [*REMIT, *words],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert done.returncode in {0, 1}


class TestProgress:
    def test_much_to_do_is_shown_and_wiped(self, tmp_path: Path) -> None:
        firm.write(tmp_path)
        for n in range(320):
            firm.put(tmp_path / f"content/people/p{n}.md", f"---\ntitle: P{n}\n---\n")
        status, shown = on_a_terminal("check", "--jobs", "1", cwd=tmp_path, TERM="xterm")
        assert status == 0
        assert re.search(r"reading .*324/324", shown)
        assert shown.endswith("324 records: 0 errors, 0 warnings\n")
        _, plain = on_a_terminal("check", "--jobs", "1", cwd=tmp_path, TERM="xterm", NO_COLOR="1")
        assert plain == "324 records: 0 errors, 0 warnings\n"

    def test_little_to_do_shows_nothing(self, tmp_path: Path) -> None:
        firm.write(tmp_path)
        assert on_a_terminal("check", cwd=tmp_path, TERM="xterm") == (
            0,
            "4 records: 0 errors, 0 warnings\n",
        )
