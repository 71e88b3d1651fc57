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
    for entry, path in _walk(folder, ""):
        mode = entry.stat(follow_symlinks=False).st_mode
        what = next((name for is_kind, name in _KINDS if is_kind(mode)), None)
        if what:
            faults.append(broken("not-a-file", Place(root, path, 1, 1, 1), what=what))
            continue
        if not path.endswith(".md") and path != FILE:
            files[path] = Path(entry.path)
            continue
        try:
            source = Source(root, path, _read(Path(entry.path)))
        except OSError as error:
            faults.append(broken("unreadable", Place(root, path, 1, 1, 1), why=error.strerror or "error"))
            continue
        if path == FILE:
            settings = source
        else:
            sources.append(source)
    return Found(settings, tuple(sources), files, tuple(faults))


def _walk(folder: Path, prefix: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda e: e.name)
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{path}/")
        else:
            yield entry, path


def _read(path: Path) -> bytes:
    """Read a file, refusing to follow a link that took its place; a byte past the limit is enough to tell."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read(FILE_LIMIT + 1)
