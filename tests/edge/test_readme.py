"""Every command of the README works, and prints what the README says.

Blocks marked `console` are run in order, in one temporary folder. A comment above a block takes it out:
`not run: REASON`, or `dry run: REASON` for make, which is then run in the repository with `--dry-run`.
Lines below a command must be printed, in that order; `…` stands for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import COMMANDS
from generator.settings import Settings, read_settings
from generator.text import Source

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"(?:<!-- (not run|dry run): ([^\n]+) -->\n)?```console\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Step:
    command: str
    output: tuple[str, ...]
    held: str
    """Why it is not simply run, or nothing."""


def steps(text: str) -> list[Step]:
    found = []
    for held, _, block in BLOCK.findall(text):
        assert block.startswith("$ ")
        for part in block.removeprefix("$ ").split("\n$ "):
            command, *output = part.strip("\n").split("\n")
            found.append(Step(command, tuple(output), held))
    return found


STEPS = steps(README)


def environment() -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # What a `make test` around this passes on to the makes below it is not theirs.
    own = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    return {**own, "PATH": path, "NO_COLOR": "1", "COLUMNS": "200", "LC_ALL": "C.UTF-8"}


def run(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_steps_are_read() -> None:
    text = "<!-- not run: it waits -->\n```console\n$ a\n```\n\n```console\n$ b\none …\ntwo\n$ c\n```\n"
    assert steps(text) == [Step("a", (), "not run"), Step("b", ("one …", "two"), ""), Step("c", (), "")]
    assert README.count("```console") == len(BLOCK.findall(README))
    assert len(STEPS) > 20


def test_every_command_is_in_the_readme() -> None:
    named = {step.command.split()[1] for step in STEPS if step.command.startswith("remit ")}
    assert set(COMMANDS) - named == set()


def test_the_two_commands_come_first() -> None:
    assert [s.command for s in STEPS[:2]] == ["make site", "make test"]


def test_every_command_of_the_readme_works(tmp_path: Path) -> None:
    here = tmp_path
    for step in STEPS:
        if step.held:
            continue
        if step.command.startswith("cd "):
            here /= step.command.removeprefix("cd ")
            continue
        done = run(step.command, here)
        assert done.returncode == 0, f"$ {step.command}\n{done.stdout}{done.stderr}"
        wanted = ".*".join(re.escape(line).replace("…", "[^\n]*") for line in step.output)
        assert re.search(wanted, done.stdout, re.DOTALL), f"$ {step.command}\n{done.stdout}"
    for site in ("site", "for-lin", "for-ada", "site-zh"):
        assert (here / site / "index.html").is_file()


@pytest.mark.parametrize("step", [s for s in STEPS if s.held == "dry run"], ids=lambda s: s.command)
def test_make_knows_its_targets(step: Step) -> None:
    assert step.command.startswith("make ")
    done = run(f"{step.command} --dry-run", ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_settings_shown_are_read() -> None:
    toml = README.partition("```toml\n")[2].partition("```")[0]
    settings, faults = read_settings(Source(0, "remit.toml", toml.encode()))
    assert faults == ()
    fields = {name for name in Settings.__dataclass_fields__ if name not in {"name", "sealed"}}  # not written
    assert {name for name in fields if re.search(rf"^\[?{name}\b", toml, re.MULTILINE)} == fields
    assert settings.title == "Reedpen"


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
