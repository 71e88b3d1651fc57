"""What is handed out: the wheel and the source archive hold all that `remit` needs, in any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from generator import __version__

ROOT = Path(__file__).parents[2]
WHEEL = f"remit-{__version__}-py3-none-any.whl"
SDIST = f"remit-{__version__}.tar.gz"


def run(*words: str | Path, cwd: Path, **environment: str) -> str:
    # Neither the environment of whoever runs the tests, nor what the `make` around them passes on.
    foreign = {"PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    own = {k: v for k, v in os.environ.items() if k not in foreign}
    done = subprocess.run(
        [str(w) for w in words],
        cwd=cwd,
        env={**own, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel, built from the source archive, as whoever packages Remit builds it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert sorted(p.name for p in folder.iterdir()) == [WHEEL, SDIST]
    return folder


def tracked(*folders: str) -> set[str]:
    """Return the repository's files below some folders."""
    return set(run("git", "ls-files", *folders, cwd=ROOT).split("\n")) - {""}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="compares with what git holds")
def test_the_wheel_holds_the_package_and_its_files(dist: Path) -> None:
    with zipfile.ZipFile(dist / WHEEL) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    wanted = tracked("generator") | {f"generator/{path}" for path in tracked("templates")}
    assert wanted - held == set()
    assert not [name for name in held if "__pycache__" in name or name.endswith(".mo")]
    assert {name.partition("/")[0] for name in held} == {"generator"}
    assert {
        "generator/templates/base.html",
        "generator/locale/zh_CN/LC_MESSAGES/remit.po",
        "generator/scaffold/starter/zh_CN/content/remit.toml",
        "generator/scaffold/starter/gitignore",
        "generator/scaffold/ci/gitlab.yml",
    } <= held


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="compares with what git holds")
def test_the_source_archive_holds_what_is_needed_to_test_it(dist: Path) -> None:
    with tarfile.open(dist / SDIST) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = tracked() - tracked(".ci", "site", ".gitattributes")
    assert wanted - held == set()


def test_the_wheel_works_in_any_folder(dist: Path, tmp_path: Path) -> None:
    """Without being installed: its files alone are taken, and the libraries of this environment."""
    with zipfile.ZipFile(dist / WHEEL) as wheel:
        wheel.extractall(tmp_path / "wheel")
    remit = (sys.executable, "-m", "generator")
    at = {"cwd": tmp_path, "PYTHONPATH": str(tmp_path / "wheel")}
    where = run(sys.executable, "-c", "import generator; print(generator.__file__)", **at)
    assert where.startswith(str(tmp_path))
    run(*remit, "init", "team", "--locale", "zh_CN", **at)
    at["cwd"] = tmp_path / "team"
    run(*remit, "check", "--strict", **at)
    run(*remit, "build", **at)
    page = (tmp_path / "team/site/index.html").read_text("utf-8")
    assert 'lang="zh-CN"' in page
    assert "新网站上线" in page


@pytest.mark.long
def test_the_wheel_installs_into_an_empty_environment(dist: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(
        scripts / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        ROOT / "requirements.txt",
        cwd=tmp_path,
    )
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--no-deps", dist / WHEEL, cwd=tmp_path)
    run(scripts / "python", "-m", "pip", "check", cwd=tmp_path)
    assert run(scripts / "remit", "--version", cwd=tmp_path) == f"remit {__version__}\n"
    run(scripts / "remit", "init", "team", cwd=tmp_path)
    run(scripts / "remit", "check", "--strict", cwd=tmp_path / "team")
    run(scripts / "remit", "build", cwd=tmp_path / "team")
    assert "Launch the new website" in (tmp_path / "team/site/index.html").read_text("utf-8")


def names(requirements: str) -> dict[str, str]:
    """Return the pinned versions of a lock file by name."""
    rows = [row for row in (ROOT / requirements).read_text("utf-8").split("\n") if row[:1].isalnum()]
    return dict(row.split(" ")[0].split("==") for row in rows)


def test_what_is_named_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    def wanted(lines: list[str]) -> set[str]:
        return {line.split(";")[0].split(">")[0].split("<")[0].strip().lower() for line in lines}

    plain, test = names("requirements.txt"), names("requirements-test.txt")
    extras = project["optional-dependencies"]
    assert wanted(project["dependencies"] + extras["setup"]) <= set(plain)
    assert wanted(extras["test"]) <= set(test)
    assert {name: test.get(name) for name in plain} == plain


def test_lock_files_carry_hashes_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert "index-url" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = [line.removeprefix(".PHONY: ") for line in makefile.split("\n") if line.startswith(".PHONY: ")]
    listed = [line.split()[1] for line in run("make", cwd=ROOT).strip().split("\n")]
    assert listed == phony
    assert len(listed) > 10
