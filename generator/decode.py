"""Decode: front matter becomes a typed record, or diagnostics. Same bytes and path, same result."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from generator.diagnostic import Diagnostic
from generator.frontmatter import decoded, parse
from generator.markdown import Markdown
from generator.nodes import Mapping, Node, Parsed, Scalar, Sequence
from generator.record import FOLDERS, TYPES, Change, Delegation, Path, Record
from generator.rules import broken, did_you_mean
from generator.scalars import id_fault, scalar, spelled
from generator.schema import (
    Block,
    Day,
    Flag,
    Id,
    Key,
    Kind,
    Level,
    Many,
    Number,
    Pick,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Table,
    Target,
    Text,
    Whole,
    keys_of,
)
from generator.text import Place, Source, nearest

_HIDING_WORDS = frozenset(
    {"private", "public", "secret", "confidential", "audience", "access", "visible", "hidden", "restricted"}
    | {"可见", "可见性", "可见范围", "保密", "机密", "权限", "私密", "公开"}
)
"""Unknown keys that somebody may have meant to hide a record by."""

_NOTHING = object()


def decode(source: Source, markdown: Markdown) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    """Read one file.

    Returns:
        The record, or nothing where the file is none or cannot be typed, and what is wrong with it.
    """
    folder_type = _folder_type(source.path)
    if _is_no_record(source, folder_type):
        return None, ()
    parsed, faults = parse(source)
    if parsed is None:
        return None, faults
    reader = _Reader(source, parsed, list(faults))
    of = reader.record_type(folder_type)
    if of is None:
        return None, tuple(reader.faults)
    record = reader.record(of)
    body, body_faults = markdown.render(parsed.body, source, parsed.body_line)
    if record is None:
        return None, (*reader.faults, *body_faults)
    object.__setattr__(record, "body", body)  # the record is still ours: nobody has seen it yet
    return record, (*reader.faults, *body_faults)


def _is_no_record(source: Source, folder_type: type[Record] | None) -> bool:
    """Tell apart files that explain a folder: a README, or Markdown without header outside the type folders."""
    if folder_type is not None and PurePosixPath(source.path).name.lower() != "readme.md":
        return False
    text, fault = decoded(source)
    return fault is None and not text.lstrip("\ufeff\u200b \t\n").startswith("---")


def _folder_type(path: str) -> type[Record] | None:
    """Return the type that the nearest enclosing type folder stands for."""
    return next((FOLDERS[p] for p in reversed(PurePosixPath(path).parts[:-1]) if p in FOLDERS), None)


def id_of_path(path: str) -> str:
    """Return the id that a file's path gives: the names below the outermost type folder, joined by dots."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    outermost = next((n for n, p in enumerate(parts[:-1]) if p in FOLDERS), -1)
    names = [p for n, p in enumerate(parts[outermost + 1 :]) if p not in FOLDERS]
    if names and names[-1] == "index":
        names.pop()
    return unicodedata.normalize("NFC", ".".join(names))


def _reserved(word: str) -> str | None:
    return "`index` is the name of a list's page" if word.casefold() == "index" else None


def folder_of(path: str) -> str:
    """Return the folder of the delegation that a file lies in, or an empty string.

    ``delegations/launch/checkins/x.md`` lies in ``delegations/launch``; ``checkins/launch/x.md``
    in what ``launch`` names.
    """
    parts = PurePosixPath(path).parts
    inner = next((n for n in range(len(parts) - 2, -1, -1) if parts[n] in FOLDERS), -1)
    if inner > 1 and parts[inner] != "delegations" and "delegations" in parts[:inner]:
        at = parts.index("delegations")
        if inner > at + 1:
            return "/".join(parts[:inner])
    if inner >= 0 and parts[inner] != "delegations" and len(parts) == inner + 3:
        return parts[inner + 1]
    return ""


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

    def record_type(self, folder_type: type[Record] | None) -> type[Record] | None:
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
        if folder_type is None:
            self.faults.append(broken("no-type", self.source.place(1, 1, 4), folders=", ".join(FOLDERS)))
        return folder_type

    def record(self, of: type[Record]) -> Record | None:
        """Type the header as a record, or return nothing where a required key cannot be had."""
        self.of = of
        values = self._block(self.parsed.header, of, (), head=frozenset({"type", "id"}))
        id_ = self._id()
        if values is None or id_ is None:
            return None
        keys = keys_of(of)
        for name in self.parsed.ambiguous:
            known = name if name in keys else nearest(name, list(keys))
            self.guarded |= known in keys and keys[known][1].guards
        if of is Delegation:
            self._type_changes(values)
        return of(
            id=id_,
            root=self.source.root,
            path=self.source.path,
            folder=folder_of(self.source.path),
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
                self._unknown_key(name, value, keys, of, top=not path)
                continue
            field, key = keys[name.text]
            here = (*path, name.text)
            self.places[here] = value.place
            if isinstance(value, Scalar) and not value.text and not value.quoted:
                if key.required:
                    self._say(
                        key, broken("empty-value", name.place, key=name.text, example=_line(name.text, key))
                    )
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
                    place = node.place if path else self.source.place(self.parsed.closing_line, 1, 4)
                    self._say(key, broken("missing-key", place, key=word, example=_line(word, key)))
        return complete

    def _unknown_key(
        self, name: Scalar, value: Node, keys: dict[str, tuple[str, Key]], of: type[Any], *, top: bool
    ) -> None:
        known = [*keys, "type", "id"] if top else list(keys)
        near = nearest(name.text, known)
        if "：" in name.text or "，" in name.text:
            line = name.text.replace("：", ": ").replace("，", ", ").strip()
            self.faults.append(
                broken("full-width", name.place, mark="“：” or “，”", ascii="“: ” and “, ”", line=line)
            )
            near = nearest(name.text.partition("：")[0], known)
        else:
            what = of.type.value if top else of.__name__.lower()
            help_ = did_you_mean(near)
            if isinstance(value, Scalar) and not value.text and not value.quoted and " " in name.text:
                # `{what: this, that}`: YAML ends the text at the comma.
                help_ = "put text that holds a comma into quotes"
            self.faults.append(
                broken(
                    "unknown-key",
                    name.place,
                    key=name.text,
                    type=what,
                    keys=", ".join(known),
                    help=help_,
                )
            )
        if top and (
            name.text.casefold().strip() in _HIDING_WORDS or (near in keys and keys[str(near)][1].guards)
        ):
            self.guarded = True

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
        for n, item in enumerate(node.items):
            here = (*path, n)
            self.places[here] = item.place
            typed = self._value(item, kind.item, here, name)
            if typed is _NOTHING:
                whole = False
                continue
            if id_ := getattr(typed, "id", ""):
                if id_.casefold() in seen:
                    place = self.places.get((*here, "id"), item.place)
                    self.faults.append(broken("duplicate-entry", place, id=id_, key=name))
                    continue
                seen.add(id_.casefold())
            out.append(typed)
        # Half a list of people would widen or narrow who sees the record: the key's guard must know.
        if not whole:
            self._guard(path)
        return tuple(out)

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
        return _NOTHING if values is None else kind.of(**values)

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

    # --- changes of terms ---------------------------------------------------------------------------

    def _type_changes(self, values: dict[str, Any]) -> None:
        """Type what each change says by the key that it changed."""
        typed = []
        for n, change in enumerate(values.get("changes", ())):
            kind = changed_kind(change.field)
            if kind is None:
                place = self.places.get(("changes", n, "field"), self.source.place())
                help_ = did_you_mean(nearest(change.field, [*keys_of(Delegation)]))
                self.faults.append(broken("bad-change-field", place, value=change.field, help=help_))
                continue
            sides = {}
            for side, word in (("from", change.from_), ("to", change.to)):
                sides[side] = self._changed_value(word, kind, ("changes", n, side), change.field)
            typed.append(
                Change(
                    date=change.date,
                    by=change.by,
                    field=change.field,
                    from_=sides["from"],
                    to=sides["to"],
                    why=change.why,
                )
            )
        if "changes" in values:
            values["changes"] = tuple(typed)

    def _changed_value(self, word: Any, kind: Kind, path: Path, field: str) -> Any:
        if word is None or word == "" or isinstance(kind, Block | Table):
            return word or None
        place = self.places.get(path, self.source.place())
        if isinstance(kind, Many):
            words = word if isinstance(word, tuple) else (word,)
            if isinstance(kind.item, Block):
                return words
            decoded_items = [scalar(Scalar(place, w), kind.item, field) for w in words]
            self.faults.extend(fault for _, fault in decoded_items if fault)
            return tuple(v for v, fault in decoded_items if not fault)
        typed, fault = scalar(Scalar(place, word if isinstance(word, str) else ", ".join(word)), kind, field)
        if fault:
            self.faults.append(fault)
        return typed

    # --- what is wrong ------------------------------------------------------------------------------

    def _say(self, key: Key, fault: Diagnostic) -> None:
        self.faults.append(fault)
        self.guarded |= key.guards

    def _shape_fault(self, name: str, kind: Kind, node: Node) -> None:
        found = {Scalar: "text", Sequence: "a list", Mapping: "a mapping"}[type(node)]
        if isinstance(node, Scalar) and any(c in node.text for c in "：，【】"):
            line = node.text.translate(str.maketrans({"：": ": ", "，": ", ", "【": "[", "】": "]"}))
            self.faults.append(
                broken(
                    "full-width",
                    node.place,
                    mark="punctuation",
                    ascii=_shape(kind),
                    line=f"{name}: {line}".strip(),
                )
            )
            return
        example = _line(name, Key(kind, ""))
        if isinstance(node, Scalar) and isinstance(kind, Many) and not isinstance(kind.item, Block):
            example = f"{name}: [{node.text}]"
        elif isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
            example = f"{name}: {node.items[0].text}"
        self.faults.append(
            broken("wrong-shape", node.place, expected=_shape(kind), found=found, example=example)
        )


def changed_kind(field: str) -> Kind | None:
    """Return what the key at a change's path holds, or nothing where there is no such key.

    Lists of entries are entered by an entry's id: ``milestones.beta.due``.
    """
    of: type[Any] = Delegation
    words = field.split(".")
    while words:
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
    return None


def _shape(kind: Kind) -> str:
    match kind:
        case Many(item=Block()):
            return "a list of entries"
        case Many():
            return "a list"
        case Block() | Table():
            return "a mapping"
    return "one value"


_EXAMPLES: dict[Target, str] = {Target.PERSON: "ada", Target.TEAM: "sales", Target.CYCLE: "2026q1"}


def example(kind: Kind) -> str:
    """Return a value of a kind as somebody might write it."""
    match kind:
        case Many(item=item):
            return f"[{example(item)}]"
        case Block(of=of):
            inner = {w: k for w, (_, k) in keys_of(of).items() if k.required} or dict(
                [(w, k) for w, (_, k) in keys_of(of).items()][:1]
            )
            return "{" + ", ".join(f"{w}: {example(k.kind)}" for w, k in inner.items()) + "}"
        case Table(item=item, names=names):
            return f"{{{names}: {example(item)}}}"
        case Pick(choices=choices):
            return next(iter(choices)).value
        case Ref(to=to):
            return _EXAMPLES.get(to, "launch")
        case Day():
            return "2026-03-02"
        case Whole(low=low, high=high):
            return str(min(max(low, 40), high))
    plain = {Number: "12.5", Flag: "true", Level: "4", Rhythm: "weekly", Scale: "1-5", Id: "launch"}
    return plain.get(type(kind), "…" if isinstance(kind, Text | Raw) else "ada")


def _line(name: str, key: Key) -> str:
    if isinstance(key.kind, Pick):
        return f"{name}: {spelled(key.kind.choices).replace(', ', ' | ')}"
    return f"{name}: {example(key.kind)}"
