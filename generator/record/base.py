"""What every record has, and every event."""

# ruff: noqa: RUF009 - `key` returns what `dataclasses.field` does

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from generator.body import EMPTY, Body
from generator.schema import Day, Many, Pick, Ref, Target, Text, key
from generator.text import Place
from generator.words import N_, Visibility

Path = tuple[str | int, ...]
"""Where a value stands inside a header: keys and positions from the outside in."""

PERSON = Ref(Target.PERSON)
PEOPLE = Many(PERSON)
TEXTS = Many(Text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    type: ClassVar[Target]

    id: str
    root: int = 0
    path: str
    """The file, inside its content folder."""
    folder: str = ""
    """The id that the enclosing delegation folder stands for, or nothing."""
    body: Body = EMPTY
    guarded: bool = field(default=False, compare=False)
    """Whether a fault touches who may see this record: then only ``full`` does."""
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)
    extra: Mapping[str, str] = field(default_factory=dict)
    """The team's own ``x-`` keys, as text."""

    title: str = key(Text(), N_("What it is called."), default="")
    tags: tuple[str, ...] = key(TEXTS, N_("Words to find it by."))
    visibility: Visibility | None = key(
        Pick(Visibility), N_("Who may see it; the type's default where it is left out."), guards=True
    )

    def place(self, *path: str | int) -> Place:
        """Return where a value stands, or the nearest thing around it that stands anywhere."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), Place(self.root, self.path, 1, 1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A record of something that happened on a day."""

    date: dt.date = key(Day(), N_("The day it happened."), required=True)
