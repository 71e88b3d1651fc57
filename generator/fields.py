"""Fields: the nodes of a header become the values of a record, typed by the keys that it declares.

What cannot be taken is left out and noted as a slip; what that means for who sees the record is not
decided here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any, cast

from generator.adjustments import typed_change
from generator.diagnostic import Diagnostic
from generator.nodes import Mapping, Node, Scalar, Sequence
from generator.record import Change, Path
from generator.rules import broken
from generator.scalars import scalar
from generator.schema import Block, Key, Kind, Many, Raw, Table, keys_of
from generator.slips import HEAD, SURE, How, Slip, empty, guard_of, misshapen, missing, nearest_key, unknown
from generator.text import Place

MOST = 1000
"""Slips of one header that are noted; one that has so many is not typed any further."""

_NOTHING = object()
"""What stands for a value that was not taken."""


def _blank(value: Node, key: Key) -> bool:
    """Tell whether nothing is written: ``due:``; where something must be, ``""`` and ``[]`` too."""
    if isinstance(value, Scalar):
        return (key.required or not value.quoted) and not value.text.strip()
    return key.required and isinstance(value, Sequence) and not value.items


@cache
def _required(of: Hashable) -> tuple[str, ...]:
    """Return the fields of a record or block that must have a value."""
    return tuple(field for field, key in keys_of(cast("type[Any]", of)).values() if key.required)


class Fields:
    """Types one header; gathers places, the team's own keys and slips on the way."""

    def __init__(self, start: Place, end: Place) -> None:
        """Begin with the places of the header's first and last line."""
        self.end = end
        self.places: dict[Path, Place] = {(): start}
        self.extra: dict[str, str] = {}
        self.slips: list[Slip] = []
        self._unknown = 0
        self._meant: set[Path] = set()
        """Keys that an unknown one is likely a slip of: these are not reported as missing as well."""

    def unread(self, words: Iterable[str]) -> None:
        """Take keys for written that could not be read: they are not reported as missing."""
        self._meant |= {(word,) for word in words}

    def slip(self, path: Path, fault: Diagnostic | None = None, how: How = How.LOST) -> None:
        """Note what is wrong with a key."""
        self.slips.append(Slip(path, how, fault))

    def block(self, node: Mapping, of: type[Any], path: Path) -> dict[str, Any] | None:
        """Return a block's values by field, or nothing where a required one is missing.

        Args:
            node: the block as it is written.
            of: the record or block whose keys it may have.
            path: where it stands; the header itself stands at the empty path.
        """
        keys = keys_of(of)
        values: dict[str, Any] = {}
        for name, value in node.entries:
            word = name.text
            here = (*path, word)
            if word in keys:
                field, key = keys[word]
                self.places[here] = value.place
                if _blank(value, key):
                    # Who leaves `visibility` empty meant to say something: the default could be too wide.
                    if key.required or here == ("visibility",):
                        self.slip(here, empty(name.place, word, key))
                    continue
                typed = self._value(value, key.kind, here, word)
                if typed is not _NOTHING:
                    values[field] = typed
            elif word.startswith("x-"):
                self._keep(value, ".".join(map(str, here)))
            elif path or word not in HEAD:
                self._unknown_key(name, value, of, path)
        for word in node.twice:
            self.slip((*path, word), how=How.TWICE)
        if all(field in values for field in _required(of)):  # type: ignore[arg-type]  # a class is hashable
            return values
        self._lacking(node, keys, path)
        return None

    def _lacking(self, node: Mapping, keys: dict[str, tuple[str, Key]], path: Path) -> None:
        """Say which keys are missing, of those that must be there."""
        written = {name.text for name, _ in node.entries}
        for word, (_, key) in keys.items():
            here = (*path, word)
            if key.required and word not in written and here not in self._meant:
                self.slip(here, missing(node.place if path else self.end, word, key))

    def _unknown_key(self, name: Scalar, value: Node, of: type[Any], path: Path) -> None:
        if len(self.slips) >= MOST:
            return
        keys, top = keys_of(of), not path
        self._unknown += 1
        guard = guard_of(value, keys)
        near = (nearest_key(name, keys, top=top) if self._unknown <= SURE else None) or guard
        if near is not None:
            self._meant.add((*path, near))
        what = of.type.value if top else of.__name__.lower()
        known = [*keys, *HEAD] if top else list(keys)
        fault = unknown(name, value, near, what, known)
        self.slips.append(Slip((*path, name.text), How.UNKNOWN, fault, guard or near))

    # --- values -----------------------------------------------------------------------------------

    def _value(self, node: Node, kind: Kind, path: Path, name: str) -> Any:
        """Return a typed value, or ``_NOTHING`` after noting what is wrong."""
        if len(self.slips) >= MOST:
            return _NOTHING
        if isinstance(kind, Many):
            return self._many(node, kind, path, name)
        if isinstance(kind, Table):
            return self._table(node, kind, path, name)
        if isinstance(kind, Block):
            return self._one_block(node, kind, path, name)
        if isinstance(kind, Raw) and isinstance(node, Sequence):
            return tuple(i.text.strip() for i in node.items if isinstance(i, Scalar))
        if isinstance(node, Mapping) and [k.text for k, _ in node.entries] == ["outside"]:
            inner = node.entries[0][1]
            if isinstance(inner, Scalar):
                node = Scalar(node.place, f"outside:{inner.text}")
        if not isinstance(node, Scalar):
            return self._misshapen(node, kind, path, name)
        typed, fault = scalar(node, kind, name)
        if fault:
            self.slip(path, fault)
            return _NOTHING
        return typed

    def _misshapen(self, node: Node, kind: Kind, path: Path, name: str) -> Any:
        self.slip(path, misshapen(name, kind, node))
        if isinstance(node, Mapping):
            # Keys that were indented too far, maybe: they are lost as well.
            for word, _ in node.entries:
                self.slip((*path, word.text))
        return _NOTHING

    def _many(self, node: Node, kind: Many, path: Path, name: str) -> Any:
        if not isinstance(node, Sequence):
            return self._misshapen(node, kind, path, name)
        out: list[Any] = []
        seen: set[str] = set()
        for item in node.items:
            # Counted as they are kept, so that an entry that is left out shifts nobody's place.
            here = (*path, len(out))
            before = len(self.places)
            self.places[here] = item.place
            typed = self._value(item, kind.item, here, name)
            id_ = str(getattr(typed, "id", ""))
            if id_ and id_.casefold() in seen:
                place = self.places[(*here, "id")]
                self.slip(here, broken("duplicate-entry", place, id=id_, key=name))
                typed = _NOTHING
            if typed is _NOTHING:
                while len(self.places) > before:
                    self.places.popitem()
                continue
            seen.add(id_.casefold())
            out.append(typed)
        return tuple(out)

    def _table(self, node: Node, kind: Table, path: Path, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self._misshapen(node, kind, path, name)
        out: dict[str, Any] = {}
        for word, value in node.entries:
            here = (*path, word.text)
            self.places[here] = word.place
            if word.text.startswith("x-"):
                self._keep(value, ".".join(map(str, here)))
                continue
            typed = self._value(value, kind.item, here, word.text)
            if typed is not _NOTHING:
                out[word.text] = typed
        for twice in node.twice:
            self.slip((*path, twice), how=How.TWICE)
        return out

    def _one_block(self, node: Node, kind: Block, path: Path, name: str) -> Any:
        if isinstance(node, Scalar) and kind.short:
            node = Mapping(node.place, ((Scalar(node.place, kind.short), node),))
        if not isinstance(node, Mapping):
            return self._misshapen(node, kind, path, name)
        values = self.block(node, kind.of, path)
        if values is None:
            self.slip(path)
            return _NOTHING
        if kind.of is not Change:
            return kind.of(**values)
        change, faults = typed_change(Change(**values), lambda side: self._place((*path, side)))
        for fault in faults[:MOST]:
            self.slip(path, fault)
        return _NOTHING if change is None else change

    def _place(self, path: Path) -> Place:
        return self.places.get(path) or self.places[path[:-1]]

    def _keep(self, node: Node, name: str) -> None:
        """Keep the team's own key, as text."""
        if isinstance(node, Scalar):
            self.extra[name] = node.text
        elif isinstance(node, Sequence):
            for n, item in enumerate(node.items):
                self._keep(item, f"{name}.{n}")
        else:
            for word, value in node.entries:
                self._keep(value, f"{name}.{word.text}")
