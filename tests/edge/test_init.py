"""``remit init``: a folder to start from, and CI for one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def remit(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_it_writes_a_folder_and_says_what_to_type(here: Path) -> None:
    done = remit("init", "my team")
    assert done.exit_code == 0
    assert done.output == "Wrote 16 files to my team. Next:\n  cd 'my team'\n  remit check\n  remit serve\n"
    assert {".gitignore", "README.md", "content/remit.toml", "content/people/ada.md"} <= set(
        files(here / "my team")
    )


def test_an_empty_folder_with_git_is_as_good_as_none(here: Path) -> None:
    (here / ".git").mkdir()
    assert (
        remit("init", ".").output
        == "Wrote 16 files to .. Next:\n  remit check\n  remit serve\n  remit build\n"
    )


def test_a_folder_that_holds_something_is_left_alone(here: Path) -> None:
    (here / "notes.txt").write_text("mine")
    done = remit("init", ".")
    assert done.exit_code == 2
    assert "is not empty" in done.output
    assert "remit init . --ci github" in done.output
    assert files(here) == ["notes.txt"]


def test_chinese(here: Path) -> None:
    assert remit("init", "t", "--locale", "zh_CN").exit_code == 0
    assert 'locale = "zh_CN"' in (here / "t/content/remit.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("forge", "path"),
    [
        ("github", ".github/workflows/remit.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("gitea", ".gitea/workflows/remit.yml"),
    ],
)
def test_ci_from_the_start_and_later(here: Path, forge: str, path: str) -> None:
    assert remit("init", "new", "--ci", forge).exit_code == 0
    assert (here / "new" / path).is_file()
    (here / "old/content").mkdir(parents=True)
    (here / "old/content/remit.toml").write_text("")
    later = remit("init", "old", "--ci", forge)
    assert later.exit_code == 0
    assert later.output == f"Wrote old/{path}. Commit it: the forge runs it from then on.\n"
    assert files(here / "old") == sorted([path, "content/remit.toml"])
    again = remit("init", "old", "--ci", forge)
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_misuse_is_told(here: Path) -> None:
    (here / "file").write_text("")
    assert remit("init").exit_code == 2
    assert remit("init", "file").exit_code == 2
    assert remit("init", "file/below").exit_code == 2
    assert remit("init", "t", "--locale", "fr").exit_code == 2
