"""The same records, day and version give the same bytes, whatever else differs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.audience import read_audience
from generator.building import read_content, site_files
from generator.publish import MANIFEST, publish


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


PROCESSES = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    # No encoding but ASCII is told to this one.
    {"PYTHONHASHSEED": "4711", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "random", "LC_ALL": "zh_CN.GB18030", "PYTHONOPTIMIZE": "2"},
)
"""Environments of processes; each builds five times, so that nothing that is kept in it may matter either."""
ZONES = ("UTC", "Asia/Shanghai", "Pacific/Kiritimati", "America/Anchorage", "Pacific/Apia")
UMASKS = (0o022, 0o077, 0o027, 0o002, 0o000)
FOLDERS = ("a", "a folder 文件夹", "..a", "ü", "deep/er/still")


def elsewhere(golden, tmp_path: Path, n: int) -> list[dict[str, object]]:
    """Return five environments for the builds of one process: each with a copy of the records of its own."""
    found = []
    for k in range(5):
        place = tmp_path / str(n) / FOLDERS[k]
        # Other modification times as well.
        shutil.copytree(golden.folder, place / "content", copy_function=shutil.copy)
        found.append(
            {
                "content": "content" if k % 2 else str(place / "content"),
                "day": str(golden.day),
                "out": str(place / "out"),
                "zone": ZONES[(k + n) % 5],
                "umask": UMASKS[(k + 2 * n) % 5],
                "order": 5 * n + k,
                "jobs": 2 if (n, k) in {(0, 1), (1, 3), (2, 2), (3, 0)} else 1,
            }
        )
    return found


def test_twenty_other_machines(golden, first: dict[str, bytes], tmp_path: Path) -> None:
    """Time zone, locale, hash seed, umask, folders, order of files, number of processes: all at once."""
    builds = [elsewhere(golden, tmp_path, n) for n in range(len(PROCESSES))]
    publish(tmp_path / "first", first)
    manifest = (tmp_path / "first" / MANIFEST).read_bytes()

    def run(environment: dict[str, str], wanted: list[dict[str, object]]) -> list[dict[str, object]]:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("elsewhere.py"))],
            input=json.dumps(wanted),
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    with ThreadPoolExecutor(2) as pool:
        told = [t for answers in pool.map(run, PROCESSES, builds) for t in answers]

    for wanted, was in zip((w for process in builds for w in process), told, strict=True):
        out = Path(str(wanted["out"]))
        assert was["code"] == 1  # the golden records have an error on purpose
        assert was["shuffled"] > 20, "nothing was shuffled"
        assert was["pools"] == ([2] if wanted["jobs"] == 2 else []), "it was another number of processes"
        assert out.stat().st_mode & 0o777 == 0o777 & ~int(str(wanted["umask"]))
        found = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        assert found.pop(MANIFEST) == manifest
        same(dict(sorted(first.items())), dict(sorted(found.items())))
    assert len({was["hour"] for was in told}) == len(ZONES)
