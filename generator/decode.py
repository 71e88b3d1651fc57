"""Decode: front matter becomes a typed record, or diagnostics. Same bytes and path, same result."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from generator.adjustments import changed_kind, typed_change
from generator.body import Body
from generator.diagnostic import Diagnostic
from generator.examples import example, line_of, shape
from generator.frontmatter import decoded, has_header, parse
from generator.layout import folder_of, folder_type, id_of_path
from generator.markdown import Markdown
from generator.nodes import Mapping, Node, Parsed, Scalar, Sequence
from generator.record import FOLDERS, TYPES, Change, Path, Record
from generator.rules import broken, did_you_mean
from generator.scalars import id_fault, scalar
from generator.schema import Block, Id, Key, Kind, Many, Raw, Table, keys_of
from generator.text import Place, Source, nearest

__all__ = ["changed_kind", "decode", "example", "folder_of", "id_of_path"]

_HIDING_WORDS = frozenset(
    {"private", "public", "secret", "confidential", "audience", "access", "visible", "hidden", "restricted"}
    | {"可见", "可见性", "可见范围", "保密", "机密", "权限", "私密", "公开"}
)
"""Unknown keys that somebody may have meant to hide a record by."""

_HEAD = frozenset({"type", "id"})
"""Keys that say which record it is; two of them leave open how wide it is by default."""

_ASCII_OF: dict[int, str] = {ord("："): ": ", ord("，"): ", ", ord("【"): "[", ord("】"): "]"}
_NOTHING = object()
_SLIPS = 50
"""Unknown keys of one header for which near ones are looked up; with more, nothing in it is sure."""


def decode(source: Source, markdown: Markdown) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    """Read one file.

    Returns:
        The record, or nothing where the file is none or cannot be typed, and what is wrong with it.
    """
    folder = folder_type(source.path)
    if _is_no_record(source, folder):
        return None, ()
    parsed, faults = parse(source)
    if parsed is None:
        return None, faults
    reader = _Reader(source, parsed, list(faults))
    of = reader.record_type(folder)
    if of is None:
        return None, tuple(reader.faults)
    body, body_faults = markdown.render(parsed.body, source, parsed.body_line)
    record = reader.record(of, body)
    return record, (*reader.faults, *body_faults)


def _is_no_record(source: Source, folder: type[Record] | None) -> bool:
    """Tell apart what explains a folder: a README, or Markdown without header outside the type folders."""
    if folder is not None and PurePosixPath(source.path).name.lower() != "readme.md":
        return False
    text, fault = decoded(source)
    return fault is None and not has_header(text)


def _reserved(word: str) -> str | None:
    return "`index` is the name of a list's page" if word.casefold() == "index" else None


def _blank(value: Node, key: Key) -> bool:
    """Tell whether nothing is written: ``due:``; where something must be, ``""`` and ``[]`` too."""
    if isinstance(value, Scalar):
        return not value.text.strip() and (key.required or not value.quoted)
    return key.required and isinstance(value, Sequence) and not value.items


class _Reader:
    """Types one file's header; gathers faults and places on the way."""

    def __init__(self, source: Source, parsed: Parsed, faults: list[Diagnostic]) -> None:
        self.source = source
        self.parsed = parsed
        self.faults = faults
        self.of: type[Record] = Record
        self.guarded = False
        self.places: dict[Path, Place] = {(): source.place(1, 1, 4)}
        self.extra: dict[str, str] = {}
        self.slips = 0
        self.meant: set[Path] = set()
        """Keys that an unknown one is likely a slip of: these are not reported as missing as well."""

    def record_type(self, folder: type[Record] | None) -> type[Record] | None:
        """Return the type that the header or else the folder names."""
        for name, value in self.parsed.header.entries:
            if name.text == "type":
                word = value.text.strip() if isinstance(value, Scalar) else ""
                found = next((t for t in TYPES if t.type == word), None)
                if found is None:
                    types = ", ".join(t.type for t in TYPES)
                    help_ = did_you_mean(nearest(word, [t.type for t in TYPES]))
                    self.faults.append(
                        broken("unknown-type", value.place, value=word, types=types, help=help_)
                    )
                return found
        if folder is None:
            self.faults.append(broken("no-type", self.source.place(1, 1, 4), folders=", ".join(FOLDERS)))
        return folder

    def record(self, of: type[Record], body: Body) -> Record | None:
        """Type the header as a record, or return nothing where a required key cannot be had."""
        self.of = of
        values = self._block(self.parsed.header, of, (), head=_HEAD)
        id_ = self._id()
        if values is None or id_ is None:
            return None
        keys = keys_of(of)
        for name in self.parsed.ambiguous:
            self.guarded |= name in _HEAD or (name in keys and keys[name][1].guards)
        return of(
            id=id_,
            root=self.source.root,
            path=self.source.path,
            folder=folder_of(self.source.path),
            body=body,
            guarded=self.guarded,
            places=self.places,
            extra=self.extra,
            **values,
        )

    def _id(self) -> str | None:
        for name, value in self.parsed.header.entries:
            if name.text == "id":
                self.places["id",] = value.place
                if not isinstance(value, Scalar):
                    self._shape_fault("id", Id(), value)
                    return None
                word, fault = scalar(value, Id(), "id")
                if fault is None and (why := _reserved(word)):
                    fault = broken("bad-id", value.place, value=word, why=why)
                if fault:
                    self.faults.append(fault)
                return None if fault else str(word)
        word = id_of_path(self.source.path)
        if why := id_fault(word) or _reserved(word):
            place = self.source.place(1, 1, 4)
            help_ = "rename the file, or add an `id:` of letters, digits, `-`, `_` and `.`"
            self.faults.append(broken("bad-id", place, value=word, why=why, help=help_))
            return None
        return word

    # --- blocks and lists -------------------------------------------------------------------------

    def _block(
        self, node: Mapping, of: type[Any], path: Path, head: frozenset[str] = frozenset()
    ) -> dict[str, Any] | None:
        """Return a block's values by field, or nothing where a required one is missing."""
        keys = keys_of(of)
        values: dict[str, Any] = {}
        for name, value in node.entries:
            if name.text in head:
                continue
            if name.text.startswith("x-"):
                self._keep(value, ".".join(map(str, (*path, name.text))))
                continue
            if name.text not in keys:
                self._unknown_key(name, value, keys, of, path)
                continue
            field, key = keys[name.text]
            here = (*path, name.text)
            self.places[here] = value.place
            if _blank(value, key):
                # Who leaves `visibility` empty meant to say something: the default could be too wide.
                if key.required or here == ("visibility",):
                    line = line_of(name.text, key)
                    self._say(key, broken("empty-value", name.place, key=name.text, example=line))
                continue
            typed = self._value(value, key.kind, here, name.text)
            if typed is _NOTHING:
                self.guarded |= key.guards
            else:
                values[field] = typed
        return values if self._complete(node, keys, values, path) else None

    def _complete(
        self, node: Mapping, keys: dict[str, tuple[str, Key]], values: dict[str, Any], path: Path
    ) -> bool:
        written = {name.text for name, _ in node.entries}
        complete = True
        for word, (field, key) in keys.items():
            if key.required and field not in values:
                complete = False
                if word not in written:
                    if (*path, word) in self.meant:
                        self.guarded |= key.guards
                        continue
                    place = node.place if path else self.source.place(self.parsed.closing_line, 1, 4)
                    self._say(key, broken("missing-key", place, key=word, example=line_of(word, key)))
        return complete

    def _unknown_key(
        self, name: Scalar, value: Node, keys: dict[str, tuple[str, Key]], of: type[Any], path: Path
    ) -> None:
        top = not path
        known = [*keys, *sorted(_HEAD)] if top else list(keys)
        self.slips += 1
        word = name.text.partition("：")[0].strip()
        near = nearest(word, known) if self.slips <= _SLIPS else None
        if "：" in name.text or "，" in name.text:
            line = name.text.replace("：", ": ").replace("，", ", ").strip()
            fault = broken("full-width", name.place, mark="“：” or “，”", ascii="“: ” and “, ”", line=line)
        else:
            help_ = did_you_mean(near)
            if isinstance(value, Scalar) and not value.text and not value.quoted and " " in name.text:
                # `{what: this, that}`: YAML ends the text at the comma.
                help_ = "put text that holds a comma into quotes"
            what = of.type.value if top else of.__name__.lower()
            fault = broken(
                "unknown-key",
                name.place,
                key=name.text,
                article="an" if what[0] in "aeiou" else "a",
                type=what,
                keys=", ".join(known),
                help=help_,
            )
        self.faults.append(fault)
        if near is not None:
            self.meant.add((*path, near))
        # A key indented too far says nothing about the record either, though it was meant to.
        self.guarded |= (
            word.casefold() in _HIDING_WORDS
            or nearest(word, ["visibility"]) is not None
            or (top and near is not None and (near in _HEAD or keys[near][1].guards))
            or self.slips > _SLIPS
        )

    def _value(self, node: Node, kind: Kind, path: Path, name: str) -> Any:
        """Return a typed value, or ``_NOTHING`` after saying what is wrong."""
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
            self._shape_fault(name, kind, node)
            return _NOTHING
        typed, fault = scalar(node, kind, name)
        if fault:
            self.faults.append(fault)
            return _NOTHING
        return typed

    def _many(self, node: Node, kind: Many, path: Path, name: str) -> Any:
        if not isinstance(node, Sequence):
            self._shape_fault(name, kind, node)
            return _NOTHING
        out: list[Any] = []
        seen: set[str] = set()
        whole = True
        for item in node.items:
            # Counted as they are kept, so that an entry that is left out shifts nobody's place.
            here = (*path, len(out))
            self.places[here] = item.place
            typed = self._value(item, kind.item, here, name)
            id_ = str(getattr(typed, "id", ""))
            if id_ and id_.casefold() in seen:
                place = self.places.get((*here, "id"), item.place)
                self.faults.append(broken("duplicate-entry", place, id=id_, key=name))
                typed = _NOTHING
            if typed is _NOTHING:
                whole = False
                self._forget(here)
                continue
            seen.add(id_.casefold())
            out.append(typed)
        # Half a list of people would widen or narrow who sees the record: the key's guard must know.
        if not whole:
            self._guard(path)
        return tuple(out)

    def _forget(self, path: Path) -> None:
        for place in [p for p in self.places if p[: len(path)] == path]:
            del self.places[place]

    def _guard(self, path: Path) -> None:
        keys = keys_of(self.of)
        self.guarded |= str(path[0]) in keys and keys[str(path[0])][1].guards

    def _table(self, node: Node, kind: Table, path: Path, name: str) -> Any:
        if not isinstance(node, Mapping):
            self._shape_fault(name, kind, node)
            return _NOTHING
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
                self.places[(*here, "value")] = value.place
        return out

    def _one_block(self, node: Node, kind: Block, path: Path, name: str) -> Any:
        if isinstance(node, Scalar) and kind.short:
            node = Mapping(node.place, ((Scalar(node.place, kind.short), node),))
        if not isinstance(node, Mapping):
            self._shape_fault(name, kind, node)
            return _NOTHING
        values = self._block(node, kind.of, path)
        if values is None:
            return _NOTHING
        if kind.of is not Change:
            return kind.of(**values)
        change, faults = typed_change(Change(**values), lambda side: self._place((*path, side)))
        self.faults.extend(faults)
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

    # --- what is wrong ------------------------------------------------------------------------------

    def _say(self, key: Key, fault: Diagnostic) -> None:
        self.faults.append(fault)
        self.guarded |= key.guards

    def _shape_fault(self, name: str, kind: Kind, node: Node) -> None:
        found = {Scalar: "text", Sequence: "a list", Mapping: "a mapping"}[type(node)]
        if isinstance(node, Scalar) and any(c in node.text for c in "：，【】"):
            line = node.text.translate(_ASCII_OF)
            self.faults.append(
                broken(
                    "full-width",
                    node.place,
                    mark="punctuation",
                    ascii=shape(kind),
                    line=f"{name}: {line}".strip(),
                )
            )
            return
        line = line_of(name, Key(kind, ""))
        if isinstance(node, Scalar) and isinstance(kind, Many) and not isinstance(kind.item, Block):
            line = f"{name}: [{node.text}]"
        elif isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
            line = f"{name}: {node.items[0].text}"
        self.faults.append(broken("wrong-shape", node.place, expected=shape(kind), found=found, example=line))
