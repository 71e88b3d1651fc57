"""The body of a record as a value: HTML that is safe as it stands, with holes for what depends on the reader.

Whether ``[[launch]]`` leads anywhere depends on who looks; the text around it does not. So a body is
cut at such points, and whoever shows it fills the holes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.text import Place


class HoleKind(StrEnum):
    """What stands in a hole."""

    RECORD = "record"
    """``[[type:id|text]]``: a link to a record, or its plain text."""
    FILE_OPEN = "file-open"
    """The start of a link to a file beside the record."""
    FILE_CLOSE = "file-close"
    """The end of that link."""
    IMAGE = "image"
    """A picture beside the record, or its description."""
    HEADING = "heading"
    """The digit of a heading's level, counted from 0 for the body's highest."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A point of the body that is filled when the body is shown."""

    kind: HoleKind
    target: str
    """The reference, the file's path as written, or the heading's level."""
    text: str = ""
    """What to show when there is nothing to link to."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body: HTML and holes in turn, and its first words for lists and searches."""

    parts: tuple[str | Hole, ...] = ()
    excerpt: str = ""
    words: int = 0

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return the holes in order."""
        return tuple(p for p in self.parts if isinstance(p, Hole))


EMPTY = Body()
