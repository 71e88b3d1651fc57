"""Front matter as read: texts, lists and mappings, each with its place; nothing typed yet."""

from __future__ import annotations

from dataclasses import dataclass

from generator.text import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``quoted`` tells ``""``, which is meant, from nothing at all."""

    place: Place
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order they are written; of a key that stands twice, the first."""

    place: Place
    entries: tuple[tuple[Scalar, Node], ...]
    twice: tuple[str, ...] = ()
    """Keys that stood twice."""


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file cut in two: its header and its body."""

    header: Mapping
    body: str
    body_line: int
    """The line of the file that the body begins on."""
    closing_line: int
    """The line that closes the header, where a missing key is reported."""
