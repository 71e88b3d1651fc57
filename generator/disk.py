"""The disk: find the files of content folders, without following anything out of them."""

from __future__ import annotations

import os
import stat
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
            source = Source(root, path, _read(file))
        except OSError as error:
            faults.append(_unreadable(root, path, error))
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
            yield _unreadable(root, path, error)
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


def _unreadable(root: int, path: str, error: OSError) -> Diagnostic:
    return broken("unreadable", Place(root, _shown(path) or ".", 1, 1, 1), why=error.strerror or str(error))


def _read(path: Path) -> bytes:
    """Read a file, refusing to follow a link that took its place; a byte past the limit is enough to tell."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read(FILE_LIMIT + 1)
