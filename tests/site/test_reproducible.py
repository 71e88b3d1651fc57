"""The same records, day and version give the same bytes, whatever else differs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import building
from generator.audience import read_audience
from generator.building import read_content, site_files


def built(
    golden, folder: Path | None = None, jobs: int = 1, locale: str | None = "zh_CN"
) -> dict[str, bytes]:
    """Build the golden organisation from its files, with nothing kept from before."""
    audience = read_audience("full")
    assert audience is not None
    files, _ = site_files(read_content([folder or golden.folder], jobs), audience, golden.day, locale)
    return files


@pytest.fixture(scope="module")
def first(golden) -> dict[str, bytes]:
    return built(golden)


def same(first: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert list(first) == list(other), "other files, or in another order"
    assert [path for path in first if first[path] != other[path]] == []


def test_again(golden, first: dict[str, bytes]) -> None:
    same(first, built(golden))
    assert len(first) > 50


def test_another_day_or_language_is_another_site(golden, first: dict[str, bytes]) -> None:
    """What compares can tell two sites apart."""
    with pytest.raises(AssertionError):
        same(first, built(golden, locale="en"))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Anchorage"])
def test_time_zone_of_the_machine(golden, first, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        same(first, built(golden))
    finally:
        monkeypatch.undo()
        time.tzset()


def test_another_folder(golden, first: dict[str, bytes], tmp_path: Path) -> None:
    """Copied elsewhere, with other modification times."""
    folder = tmp_path / "a folder 文件夹" / "records"
    shutil.copytree(golden.folder, folder, copy_function=shutil.copy)
    same(first, built(golden, folder))


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_the_folder(golden, first, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disks list files in any order."""
    listdir, scandir, chance = os.listdir, os.scandir, random.Random(seed)
    shuffled: list[int] = []

    def mixed(entries):
        entries = list(entries)
        chance.shuffle(entries)
        shuffled.append(len(entries))
        return entries

    class Scan:
        def __init__(self, path="."):
            with scandir(path) as entries:
                self.entries = iter(mixed(entries))

        def __iter__(self):
            return self.entries

        def __enter__(self):
            return self.entries

        def __exit__(self, *_):
            return None

    with monkeypatch.context() as patched:
        patched.setattr(os, "listdir", lambda path=".": mixed(listdir(path)))
        patched.setattr(os, "scandir", Scan)
        other = built(golden)
    assert sum(shuffled) > 20, "nothing was shuffled"
    same(first, other)


def test_number_of_processes(golden, first, monkeypatch: pytest.MonkeyPatch) -> None:
    pools = []

    class Pool(building.ProcessPoolExecutor):
        def __init__(self, workers: int) -> None:
            pools.append(workers)
            super().__init__(workers)

    monkeypatch.setattr(building, "_TOGETHER", 5)
    monkeypatch.setattr(building, "ProcessPoolExecutor", Pool)
    same(first, built(golden, jobs=2))
    assert pools == [2], "the records were read in one process"


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Apia", "PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda e: f"hash-seed-{e['PYTHONHASHSEED']}",
)
def test_another_process(golden, first, environment: dict[str, str], tmp_path: Path) -> None:
    """By the command line: another hash seed, locale, umask and working folder."""
    words = [sys.executable, "-m", "generator", "build", str(golden.folder), "-o", "out", "--locale", "zh_CN"]
    done = subprocess.run(
        [*words, "--as-of", str(golden.day), "--audience", "full"],
        cwd=tmp_path,
        env={**os.environ, **environment},
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr  # the golden records have an error on purpose
    out = tmp_path / "out"
    found = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    del found[".remit.json"]
    same(dict(sorted(first.items())), dict(sorted(found.items())))
