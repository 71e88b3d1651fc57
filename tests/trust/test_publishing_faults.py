"""Publishing with a disk that fails: at each of its operations in turn, once or from then on.

Whatever fails, the published folder is the old site or the new one, whole; what is left beside it is
cleared away by the next build, which succeeds.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import exchange
from generator.publish import MANIFEST, publish

OLD = {"index.html": b"<h1>old</h1>", "people/lin.html": b"Lin", "assets/a.css": b"a{}", "gone/a.html": b""}
NEW = {
    "index.html": b"<h1>new</h1>",
    "people/lin.html": b"Lin",
    "assets/a.css": b"a{}",
    "new/b.html": b"b" * 99,
}
MARKER = {".gitignore": b"*\n"}

OPERATIONS = (
    *(
        "chmod",
        "chown",
        "fsync",
        "link",
        "listdir",
        "lstat",
        "mkdir",
        "open",
        "rename",
        "rmdir",
        "scandir",
        "sendfile",
    ),
    *("stat", "symlink", "unlink", "utime"),
)
"""What publishing asks of the module os; files are opened, read and written besides, folders exchanged."""


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)


class Disk:
    """A disk that fails at its ``at``-th operation, and from then on if it is to."""

    def __init__(self, at: int, failure: int, forever: bool, exchanges: bool) -> None:
        self.at, self.failure, self.forever, self.exchanges = at, failure, forever, exchanges
        self.asked: list[str] = []
        self.failed: list[str] = []

    def ask(self, what: str) -> None:
        self.asked.append(what)
        if len(self.asked) == self.at or (self.forever and len(self.asked) > self.at):
            self.failed.append(what)
            raise OSError(self.failure, os.strerror(self.failure))

    def wrapped(self, name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def operation(*args: object, **words: object) -> object:
            self.ask(name)
            return real(*args, **words)

        return operation

    def library(self, *_: object, **__: object) -> object:
        return Library(self) if self.exchanges else object()

    @contextmanager
    def plugged_in(self) -> Iterator[None]:
        real = io.open
        with pytest.MonkeyPatch.context() as patched:
            for name in OPERATIONS:
                patched.setattr(os, name, self.wrapped(name))
            patched.setattr(exchange.ctypes, "CDLL", self.library)
            for module in (io, builtins):
                patched.setattr(module, "open", lambda *a, **w: self.file(real, *a, **w))
            yield

    def file(self, real: Callable[..., object], *args: object, **words: object) -> object:
        self.ask("open a file")
        return File(self, real(*args, **words))


class File:
    """An open file on such a disk; where writing fails, half of it is written."""

    def __init__(self, disk: Disk, file: object) -> None:
        self.disk, self.file = disk, file

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def read(self, *args: object) -> object:
        self.disk.ask("read")
        return self.file.read(*args)

    def write(self, data: bytes) -> int:
        try:
            self.disk.ask("write")
        except OSError:
            self.file.write(bytes(data)[: len(data) // 2])
            raise
        return self.file.write(data)


class Library:
    """A C library on such a disk."""

    def __init__(self, disk: Disk) -> None:
        self.disk, self.real = disk, ctypes.PyDLL(None, use_errno=True)

    def renameat2(self, *args: object) -> int:
        try:
            self.disk.ask("exchange")
        except OSError as error:
            ctypes.set_errno(error.errno)
            return -1
        return self.real.renameat2(*args)


def tree(folder: Path) -> dict[str, bytes] | None:
    """Return the bytes of all files below a folder but for the manifest; nothing where there is no folder."""
    if not folder.is_dir():
        return None
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found.pop(MANIFEST, None) is not None
    return found


def beside(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.parent.glob("*") if p != folder)


Build = Callable[[Path, Mapping[str, bytes]], object]


def tried(build: Build, out: Path, disk: Disk) -> str:
    """Build the new site over the old one on such a disk; return what is wrong then, or nothing."""
    before = tree(out)
    kept = {} if before is None else {k: v for k, v in before.items() if k in MARKER}
    raised = None
    with disk.plugged_in():
        try:
            build(out, NEW)
        except OSError as error:
            raised = error
    if raised is not None and not disk.failed:
        raise raised
    now = tree(out)
    wanted = NEW | kept if raised is None else before
    moved = (
        not disk.exchanges and disk.forever and now is None and any(n.endswith(".old") for n in beside(out))
    )
    if now != wanted and not moved:
        return f"after {disk.failed} the folder is {now}, raised {raised!r}"
    build(out, OLD if raised is None else NEW)
    if tree(out) != (OLD | kept if raised is None else NEW | kept):
        return f"after {disk.failed} the next build leaves {tree(out)}"
    if beside(out):
        return f"after {disk.failed} there stays {beside(out)}"
    return ""


def every_operation(
    build: Build, start: Callable[[], Path], failure: int, *, forever: bool, exchanges: bool
) -> tuple[list[str], list[str]]:
    """Let each operation fail in turn; return what failed, and what was wrong then."""
    failed, wrong = [], []
    for at in range(1, 1000):
        disk = Disk(at, failure, forever, exchanges)
        found = tried(build, start(), disk)
        if not disk.failed:
            return failed, wrong
        failed.append(disk.failed[0])
        if found:
            wrong.append(found)
    raise AssertionError("it never completes")


def touch_later(file: Path) -> None:
    """Touch a file until the disk's clock has moved on."""
    file.touch()
    began = file.stat().st_ctime_ns
    while file.stat().st_ctime_ns == began:
        file.touch()


REST = ((errno.ENOSPC, True), (errno.EACCES, False), (errno.EIO, False), (errno.EIO, True))
"""What else may fail, and whether from then on: nothing in the code tells these apart."""


@pytest.fixture(params=["a site is there", "the first time"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Path]:
    out = tmp_path / "work" / "site"

    def fresh() -> Path:
        if request.param == "a site is there":
            publish(out, OLD)
            for name, data in MARKER.items():
                (out / name).write_bytes(data)
            # Each time the same operations: one page was touched, the others surely were not.
            touch_later(out / MANIFEST)
            touch_later(out / "people" / "lin.html")
        elif out.parent.exists():
            shutil.rmtree(out.parent)
        return out

    fresh.first = request.param == "the first time"
    return fresh


@pytest.mark.parametrize("exchanges", [True, False], ids=["one exchange", "two renames"])
@pytest.mark.parametrize(
    ("failure", "forever"),
    [
        (errno.ENOSPC, False),
        (errno.EACCES, True),
        *(pytest.param(*rest, marks=pytest.mark.long) for rest in REST),
    ],
    ids=lambda value: (
        ("from then on" if value else "once") if isinstance(value, bool) else os.strerror(value)
    ),
)
def test_every_operation(start: Callable[[], Path], failure: int, forever: bool, exchanges: bool) -> None:
    failed, wrong = every_operation(publish, start, failure, forever=forever, exchanges=exchanges)
    assert wrong == []
    wanted = {"fsync", "lstat", "mkdir", "open a file", "listdir", "open", "rename", "stat", "utime", "write"}
    if not start.first:
        wanted |= {"chmod", "link", "read", "rmdir", "scandir", "unlink"} | (
            {"exchange"} if exchanges else set()
        )
        wanted -= {"rename"} if exchanges else set()
    assert wanted <= set(failed)


def test_the_harness_finds_a_builder_that_writes_in_place(tmp_path: Path) -> None:
    def build(out: Path, files: Mapping[str, bytes]) -> None:
        for path in OLD | NEW:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            if path in files:
                (out / path).write_bytes(files[path])
            else:
                (out / path).unlink(missing_ok=True)
        (out / MANIFEST).write_bytes(b"")

    count = iter(range(100))

    def fresh() -> Path:
        out = tmp_path / str(next(count)) / "site"
        build(out, OLD)
        return out

    failed, wrong = every_operation(build, fresh, errno.ENOSPC, forever=False, exchanges=True)
    assert len(wrong) > len(failed) // 2


def test_the_harness_finds_what_is_left_beside(tmp_path: Path) -> None:
    def build(out: Path, files: Mapping[str, bytes]) -> None:
        (out.parent / "litter").mkdir(parents=True, exist_ok=True)
        publish(out, files)

    publish(tmp_path / "site", OLD)
    found = tried(build, tmp_path / "site", Disk(10_000, errno.EIO, False, True))
    assert found == "after [] there stays ['litter']"
