"""What a key may hold. The keys themselves are named once, on the records of ``generator.record``.

A kind is data: decoding types values by it, and the JSON Schema, the reference page and
``remit new`` are made from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, cast

from generator.words import Choice


class Kind:
    """What a key may hold."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Words; of several lines where ``long``."""

    long: bool = False


@dataclass(frozen=True, slots=True)
class Id(Kind):
    """A name that other records refer to."""


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date, ``YYYY-MM-DD``."""


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number between two bounds, both allowed."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal number, at least ``low`` where one is given; its unit is the key's."""

    low: float | None = None


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """``true`` or ``false``."""


@dataclass(frozen=True, slots=True)
class Pick(Kind):
    """One of a list of words."""

    choices: type[Choice]


@dataclass(frozen=True, slots=True)
class Level(Kind):
    """A level of delegation: 1 to 7, its name, or its Chinese."""


@dataclass(frozen=True, slots=True)
class Rhythm(Kind):
    """How often a check-in is expected."""


@dataclass(frozen=True, slots=True)
class Scale(Kind):
    """The lowest and the highest score, as in ``1-5``."""


@dataclass(frozen=True, slots=True)
class MilestoneReport(Kind):
    """``done``, the day it was done, or how far it is in percent."""


@dataclass(frozen=True, slots=True)
class Raw(Kind):
    """Any text; typed later by what it stands for."""


class Target(StrEnum):
    """What a reference may lead to."""

    DELEGATION = "delegation"
    CHECKIN = "checkin"
    FEEDBACK = "feedback"
    MEETING = "meeting"
    EVALUATION = "evaluation"
    RETROSPECTIVE = "retrospective"
    CYCLE = "cycle"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Ref(Kind):
    """The id of a record of one type."""

    to: Target


@dataclass(frozen=True, slots=True)
class Party(Kind):
    """A person's id, ``team:ID``, or ``outside:`` and a name in plain text."""


@dataclass(frozen=True, slots=True)
class AnyRef(Kind):
    """``type:id`` of a record of one of several types; a bare id where only one type is possible."""

    to: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ProposalRef(Kind):
    """A retrospective's proposal: ``RETROSPECTIVE.PROPOSAL``."""


@dataclass(frozen=True, slots=True)
class Many(Kind):
    """A list of values of one kind."""

    item: Kind


@dataclass(frozen=True, slots=True)
class Table(Kind):
    """A mapping from a name (a milestone's id, say) to values of one kind."""

    item: Kind
    names: str


@dataclass(frozen=True, slots=True)
class Block(Kind):
    """A mapping with keys of its own. A lone value stands for the ``short`` key where there is one."""

    of: type[Any]
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter."""

    kind: Kind
    about: str
    """One sentence for the reference, in English; translated where it is shown."""
    required: bool = False
    guards: bool = False
    """Whether it has a say in who may see the record: a slip here hides the record."""
    line_only: bool = False
    """Whether only the named people and their managers see the value, however wide the record is."""


def key(
    kind: Kind,
    about: str,
    *,
    required: bool = False,
    guards: bool = False,
    line_only: bool = False,
    default: Any = None,
) -> Any:
    """Declare a key on a record; lists and tables default to empty."""
    metadata = {"key": Key(kind, about, required, guards, line_only)}
    if default is None and isinstance(kind, Many):
        default = ()
    if default is None and isinstance(kind, Table):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def keys_of(record: type[Any]) -> dict[str, tuple[str, Key]]:
    """Return the keys of a record or block as written, each with its field's name and its declaration."""
    return _keys_of(record)  # type: ignore[arg-type]  # a class is hashable, whatever its instances are


@cache
def _keys_of(record: Hashable) -> dict[str, tuple[str, Key]]:
    return {
        f.name.removesuffix("_"): (f.name, f.metadata["key"])
        for f in dataclasses.fields(cast("type[Any]", record))
        if "key" in f.metadata
    }
