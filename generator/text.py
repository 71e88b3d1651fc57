"""Where a value stands: places in the files that people write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line of one file.

    Lines and columns count from 1, columns in characters; ``end`` is the column after the last one.
    ``root`` says which of the content folders of the build holds ``path``.
    """

    root: int
    path: str
    line: int
    column: int = 1
    end: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a content folder: its path inside the folder (with ``/``) and its bytes."""

    root: int
    path: str
    data: bytes

    def place(self, line: int = 1, column: int = 1, end: int | None = None) -> Place:
        """Return a place in this file; one character wide unless ``end`` is given."""
        return Place(self.root, self.path, line, column, column + 1 if end is None else end)


def one_line(text: str) -> str:
    """Return a text of the records on one line, without characters that say nothing but control."""
    return " ".join("".join(c if c.isprintable() or c == "\u200d" else " " for c in text).split())


def display_width(text: str) -> int:
    """Return the number of terminal cells that ``text`` takes (East Asian wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def nearest(word: str, known: tuple[str, ...] | list[str]) -> str | None:
    """Return the known word that ``word`` is most likely a slip of, or nothing when none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only wanted once something is wrong

    folded = {k.casefold().replace("-", "_").replace(" ", "_"): k for k in known}
    slip = word.casefold().replace("-", "_").replace(" ", "_")
    if slip in folded:
        return folded[slip]
    close = get_close_matches(slip, list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None
