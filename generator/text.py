"""Where a value stands: places in the files that people write."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Controls, what cannot be seen or turns the direction, line ends that only some programs see."""
_NAME_LIMIT = 1000
"""Characters of the longest text that may be a name, a date or a number."""


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


def composed(text: str) -> str:
    """Return ``text`` in NFC; as it is where it is too long for a name.

    Python sorts a run of combining marks one by one: at a hundred thousand of them that takes seconds.
    """
    return unicodedata.normalize("NFC", text) if len(text) <= _NAME_LIMIT else text


def plain(text: str) -> str:
    """Return ``text`` with full-width letters, digits and marks as plain ones; too long a text as it is."""
    return unicodedata.normalize("NFKC", text) if len(text) <= _NAME_LIMIT else text


def legible(text: str) -> str:
    """Return ``text`` on one line, with what cannot be seen, or would act on a terminal, by its number."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c == "\t" else f"<U+{ord(c):04X}>" for c in text)


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
