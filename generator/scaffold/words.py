"""Keys given in words: which there are, and what YAML makes of the words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.record import Record
from generator.schema import (
    Block,
    Day,
    Flag,
    Key,
    Kind,
    Level,
    Many,
    MilestoneReport,
    Number,
    Table,
    Whole,
    keys_of,
)

Words = Mapping[tuple[str, ...], str | tuple[str, ...]]
"""What was given, by key path: one word, or several (``NAME=VALUE`` for a table)."""

_BARE = (Whole, Number, Day, Flag, Level, MilestoneReport)
"""Kinds whose values stand without quotes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A key that can be given in a word, or in several."""

    path: tuple[str, ...]
    key: Key

    @property
    def kind(self) -> Kind:
        """Return what one word holds."""
        kind = self.key.kind
        return kind.item if isinstance(kind, Many | Table) else kind

    @property
    def many(self) -> bool:
        """Return whether it may be given more than once."""
        return isinstance(self.key.kind, Many | Table)


def slots(of: type[Record]) -> tuple[Slot, ...]:
    """Return the keys of a type that can be given in words: all but lists of blocks."""
    return tuple(_slots(of, ()))


def _slots(of: type[Any], path: tuple[str, ...]) -> Iterator[Slot]:
    for word, (_, key) in keys_of(of).items():
        match key.kind:
            case Block(of=inner, short=None):
                yield from _slots(inner, (*path, word))
            case Many(item=Block(short=None)) | Table(item=Block(short=None)):
                continue
            case _:
                yield Slot((*path, word), key)


def header_of(of: type[Record], words: Words) -> dict[str, Any]:
    """Return the keys of a header as YAML wants them, in the order of the schema."""
    header: dict[str, Any] = {}
    for slot in slots(of):
        if value := words.get(slot.path):
            here = header
            for word in slot.path[:-1]:
                here = here.setdefault(word, {})
            here[slot.path[-1]] = _value(slot, value)
    return header


def _value(slot: Slot, value: str | tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return bare(slot.kind, value)
    if isinstance(slot.key.kind, Table):
        pairs = (word.partition("=") for word in value)
        return {name.strip(): bare(slot.kind, rest.strip()) for name, _, rest in pairs}
    return [bare(slot.kind, word) for word in value]


def bare(kind: Kind, word: str) -> Any:
    """Return what YAML writes as this word without quotes, where the kind wants none."""
    if isinstance(kind, Block) and kind.short:
        return bare(keys_of(kind.of)[kind.short][1].kind, word)
    if isinstance(kind, _BARE):
        for read in (int, float, dt.date.fromisoformat, {"true": True, "false": False}.__getitem__):
            try:
                value = read(word)
            except (ValueError, KeyError):
                continue
            if str(value).lower() == word:
                return value
    return word
