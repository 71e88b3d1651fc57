"""The disk: find the files of content folders, without following anything out of them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Diagnostic
from generator.frontmatter import FILE_LIMIT
from generator.rules import broken
from generator.settings import FILE
from generator.text import Place, Source

_KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)
_STEPWISE = os.open in os.supports_dir_fd
_PLAIN = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class Found:
    """What a content folder holds."""

    settings: Source | None
    sources: tuple[Source, ...]
    """Markdown files, by path."""
    files: dict[str, Path]
    """Other files, by path."""
    diagnostics: tuple[Diagnostic, ...]


def scan(folder: Path, root: int) -> Found:
    """Read the Markdown files of a content folder and list its other files.

    Names that begin with a dot or an underscore are passed over. Links, pipes and devices are
    reported and never opened.

    Raises:
        NotADirectoryError: where the folder is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    sources: list[Source] = []
    files: dict[str, Path] = {}
    faults: list[Diagnostic] = []
    settings: Source | None = None
    for found in _walk(folder, root):
        if isinstance(found, Diagnostic):
            faults.append(found)
            continue
        file, path = found
        if not path.lower().endswith(".md") and path != FILE:
            files[path] = file
            continue
        try:
            source = Source(root, path, read_file(folder, path, FILE_LIMIT + 1))
        except OSError as error:
            faults.append(unreadable(root, path, error))
            continue
        if path == FILE:
            settings = source
        else:
            sources.append(source)
    return Found(settings, tuple(sources), files, tuple(faults))


def _walk(folder: Path, root: int) -> Iterator[tuple[Path, str] | Diagnostic]:
    """Yield the plain files of a folder with their paths in it, by path, and what is no plain file."""
    waiting: list[tuple[Path, str]] = [(folder, "")]
    while waiting:
        place, path = waiting.pop()
        try:
            mode = place.stat(follow_symlinks=False).st_mode if path else stat.S_IFDIR
            if stat.S_ISDIR(mode):
                inside = f"{path}/" if path else ""
                entries = sorted(place.iterdir(), key=lambda entry: entry.name, reverse=True)
                waiting.extend((e, inside + e.name) for e in entries if not e.name.startswith((".", "_")))
                continue
        except OSError as error:
            yield unreadable(root, path, error)
            continue
        what = next((name for is_kind, name in _KINDS if is_kind(mode)), None)
        if what:
            yield broken("not-a-file", Place(root, _shown(path), 1, 1, 1), what=what)
        elif _shown(path) != path:
            yield broken("unreadable", Place(root, _shown(path), 1, 1, 1), why="its name is not UTF-8")
        else:
            yield place, path


def _shown(path: str) -> str:
    """Return a path that can be written out: bytes of a name that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def unreadable(root: int, path: str, error: OSError) -> Diagnostic:
    """Return what is said of a file that cannot be read."""
    return broken("unreadable", Place(root, _shown(path) or ".", 1, 1, 1), why=error.strerror or str(error))


def read_file(folder: Path, path: str, limit: int = sys.maxsize) -> bytes:
    """Read a plain file of a content folder: what it holds now, at most ``limit`` bytes of it.

    What took its place since it was found, or a place of the folders that it lies in, is not followed.

    Raises:
        OSError: where it cannot be read, is no plain file, or lies behind a link.
    """
    handle = _opened(folder, path)
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a plain file")
    with os.fdopen(handle, "rb") as file:
        return file.read(min(limit, found.st_size))


def _opened(folder: Path, path: str) -> int:
    """Open a file step by step from its content folder: no step may be a link; a pipe is not waited for."""
    if not _STEPWISE:
        return os.open(folder / path, _PLAIN)
    *folders, name = path.split("/")
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for inner in folders:
            onward = os.open(inner, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = onward
        return os.open(name, _PLAIN, dir_fd=handle)
    finally:
        os.close(handle)
