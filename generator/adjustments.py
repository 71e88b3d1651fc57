"""What a change of terms says, typed by the key it changed: ``due``, ``milestones.beta.due``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from generator.diagnostic import Diagnostic
from generator.nodes import Scalar
from generator.record import Change, Delegation
from generator.rules import broken, did_you_mean
from generator.scalars import scalar
from generator.schema import Block, Kind, Many, Table, keys_of
from generator.text import Place, nearest

Places = Callable[[str], Place]
"""Gives the place of a change's ``field``, ``from`` or ``to``."""


def changed_kind(field: str) -> Kind | None:
    """Return what the key at a change's path holds, or nothing where there is no such key.

    Lists of entries are entered by an entry's id: ``milestones.beta.due``. Changes do not change.
    """
    of: type[Any] = Delegation
    words = field.split(".")
    if words[0] == "changes":
        return None
    while True:
        keys = keys_of(of)
        word = words.pop(0)
        if word not in keys:
            return None
        kind = keys[word][1].kind
        if not words:
            return kind
        if isinstance(kind, Many) and isinstance(kind.item, Block):
            kind = kind.item
            # An id may hold dots itself: the rest that names a key is taken from the end.
            if len(words) == 1:
                return kind
            words = words[-1:]
        if not isinstance(kind, Block):
            return None
        of = kind.of


def typed_change(change: Change, place: Places) -> tuple[Change | None, tuple[Diagnostic, ...]]:
    """Type what a change says; nothing where it names no key of a delegation."""
    kind = changed_kind(change.field)
    if kind is None:
        help_ = did_you_mean(nearest(change.field, [*keys_of(Delegation)]))
        return None, (broken("bad-change-field", place("field"), value=change.field, help=help_),)
    before, before_faults = _value(change.from_, kind, place("from"), change.field)
    after, after_faults = _value(change.to, kind, place("to"), change.field)
    return replace(change, from_=before, to=after), (*before_faults, *after_faults)


def _value(word: Any, kind: Kind, place: Place, field: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Type one side; blocks are named in words, for reading only."""
    if word is None or word == "" or isinstance(kind, Block | Table):
        return word or None, ()
    if isinstance(kind, Many):
        words = word if isinstance(word, tuple) else (word,)
        if isinstance(kind.item, Block):
            return words, ()
        items = [scalar(Scalar(place, w), kind.item, field) for w in words]
        return tuple(v for v, fault in items if not fault), tuple(fault for _, fault in items if fault)
    typed, fault = scalar(Scalar(place, word if isinstance(word, str) else ", ".join(word)), kind, field)
    return typed, (fault,) if fault else ()
