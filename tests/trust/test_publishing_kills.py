"""Publishing in processes of its own: killed at any moment, two at once, read meanwhile.

The published folder is one site or the other, whole, at every moment.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from generator.exchange import locked
from generator.publish import MANIFEST, publish

PAGES = 30
SITES = {
    letter: {f"{n}.html": letter.encode() * 200 for n in range(PAGES)}
    | {"same.css": b"a{}", f"only/{letter}.html": b""}
    for letter in "ab"
}
MARKER = {".gitignore": b"*\n"}

BUILDER = """
import sys
from pathlib import Path
from generator import exchange
from generator.publish import publish

out, pages, letters, renames = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
if renames:
    exchange._exchanged = lambda *_: False
sites = [
    {f"{n}.html": letter.encode() * 200 for n in range(pages)}
    | {"same.css": b"a{}", f"only/{letter}.html": b""}
    for letter in letters
]
print("ready", flush=True)
while True:
    for site in sites:
        publish(out, site)
"""


@contextmanager
def builder(out: Path, letters: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a process that publishes one site after the other until it is killed."""
    command = [sys.executable, "-c", BUILDER, str(out), str(PAGES), letters, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            yield running
            assert running.poll() is None, "it ended by itself"
        finally:
            running.kill()


def held(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found.pop(MANIFEST).startswith(b'{\n"form": 1,')
    return found


def beside(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.parent.iterdir() if p != folder)


WHOLE = [site | MARKER for site in SITES.values()]


def killed(out: Path, times: int, *words: str) -> tuple[int, int, int]:
    """Kill a builder so many times; return how often each site was there, and how often litter beside it."""
    publish(out, SITES["a"])
    (out / ".gitignore").write_bytes(MARKER[".gitignore"])
    chance = random.Random(times)
    seen, litter = [], 0
    for _ in range(times):
        with builder(out, "ab", *words):
            time.sleep(chance.uniform(0, 0.1))
        litter += bool(beside(out))
        if words and not out.exists():
            # Killed between two renames: the next build, whatever comes of it, puts the old site back.
            assert any(name.endswith(".old") for name in beside(out))
            with pytest.raises(OSError, match=r"exists|Not a directory"):
                publish(out, {"a": b"", "a/b": b""})
        found = held(out)
        assert found in WHOLE
        seen.append(WHOLE.index(found))
    publish(out, SITES["b"])
    assert held(out) == WHOLE[1]
    assert beside(out) == []
    return seen.count(0), seen.count(1), litter


def test_killed(tmp_path: Path) -> None:
    first, second, litter = killed(tmp_path / "work" / "site", 20)
    assert min(first, second) > 0
    assert litter > 0, "no kill met a build at work"


@pytest.mark.long
def test_killed_often(tmp_path: Path) -> None:
    first, second, litter = killed(tmp_path / "work" / "site", 200)
    assert min(first, second) > 20
    assert litter > 20


@pytest.mark.long
def test_killed_where_it_takes_two_renames(tmp_path: Path) -> None:
    first, second, litter = killed(tmp_path / "work" / "site", 100, "renames")
    assert min(first, second, litter) > 10


def look_in(out: Path) -> frozenset[bytes] | None:
    """Return the first letters of a site's pages, or nothing where it was taken away meanwhile."""
    # A folder that is open stays the one it was, whatever takes its place.
    handle = os.open(out, os.O_RDONLY)
    try:
        found = []
        for name in os.listdir(handle):  # noqa: PTH208 - of the open folder, not of its name
            if name.endswith(".html"):
                with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=handle), "rb") as file:
                    found.append(file.read(1))
    except FileNotFoundError:
        return None
    finally:
        os.close(handle)
    return frozenset(found) if len(found) == PAGES else None


def test_two_builds_at_once_and_a_reader(tmp_path: Path) -> None:
    """The reader always finds each page, whole, and in one folder those of one site only."""
    out = tmp_path / "work" / "site"
    publish(out, SITES["a"])
    folders, pages = set(), set()
    with builder(out, "a"), builder(out, "b"):
        end = time.monotonic() + 10
        while time.monotonic() < end and (len(folders - {None}) < 2 or len(pages) < 2):
            folders.add(look_in(out))
            pages |= {(out / f"{n}.html").read_bytes() for n in range(PAGES)}
    assert folders - {None} == {frozenset({b"a"}), frozenset({b"b"})}
    assert pages == {b"a" * 200, b"b" * 200}
    publish(out, SITES["a"])
    assert held(out) == SITES["a"]
    assert beside(out) == []


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    out = tmp_path / "work" / "site"
    publish(out, SITES["a"])
    with ExitStack() as stack:
        with locked(out.parent):
            other = stack.enter_context(builder(out, "b"))
            with pytest.raises(subprocess.TimeoutExpired):
                other.wait(0.3)
            assert held(out) == SITES["a"]
        end = time.monotonic() + 10
        while (out / "0.html").read_bytes() != SITES["b"]["0.html"] and time.monotonic() < end:
            time.sleep(0.01)
    assert held(out) == SITES["b"]
