"""The front matter as JSON Schema, draft-07, for editors: made from the records' keys.

Remit reads every value as text and types it by its key. An editor types values first (``progress: 40``
is a number to it, ``cycle: 2026`` too), so each kind takes what an editor may make of it.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from generator.record import FOLDERS, TYPES, Record
from generator.scalars import ID_LENGTH
from generator.schema import (
    AnyRef,
    Block,
    Day,
    Flag,
    Id,
    Key,
    Kind,
    Level,
    Many,
    MilestoneReport,
    Number,
    Party,
    Pick,
    ProposalRef,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Table,
    Text,
    Whole,
    keys_of,
)
from generator.words import LEVELS, Choice

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
CADENCES = (
    *("daily", "每天", "每日"),
    *("weekly", "每周"),
    *("biweekly", "双周", "每两周"),
    *("monthly", "每月"),
    *("quarterly", "每季度"),
    *("none", "无"),
)
"""The rhythms that have a name; ``every N weeks`` and ``weekly on friday`` are read too."""

_OWN_KEYS: Schema = {"^x-": {}}
_ID = rf"[^\s/\\:]{{1,{ID_LENGTH}}}"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_DIGITS = r"^[+-]?\d{1,15}$"
_DECIMAL = r"^[+-]?\d{1,15}(\.\d{1,9})?$"


def json_schema(of: type[Record] | None = None) -> Schema:
    """Return the schema of one type's front matter, or of any record's.

    Without a type, ``type:`` decides; where the header does not name it (the folder does then), any
    type will do.
    """
    if of:
        return {
            "$schema": DRAFT,
            "title": f"Front matter of a {of.type}",
            "allOf": [_pointer(of.type)],
            "definitions": _definitions((of,)),
        }
    named = [
        {
            "if": {"required": ["type"], "properties": {"type": {"const": str(t.type)}}},
            "then": _pointer(t.type),
        }
        for t in TYPES
    ]
    unnamed = {"if": {"not": {"required": ["type"]}}, "then": {"anyOf": [_pointer(t.type) for t in TYPES]}}
    return {
        "$schema": DRAFT,
        "title": "Front matter of a record",
        "type": "object",
        "properties": {"type": {"enum": [str(t.type) for t in TYPES]}},
        "allOf": [*named, unnamed],
        "definitions": _definitions(TYPES),
    }


def _definitions(types: tuple[type[Record], ...]) -> Schema:
    blocks = dict.fromkeys(b for t in types for _, k in keys_of(t).values() for b in _blocks(k.kind))
    return {str(t.type): _record(t) for t in types} | {b.__name__: _object(b) for b in blocks}


def _blocks(kind: Kind) -> Iterator[type[Any]]:
    """Yield the blocks that a kind is made of, outer ones first."""
    match kind:
        case Many(item=item) | Table(item=item):
            yield from _blocks(item)
        case Block(of=of):
            yield of
            for _, key in keys_of(of).values():
                yield from _blocks(key.kind)


def _record(of: type[Record]) -> Schema:
    folder = next(name for name, t in FOLDERS.items() if t is of)
    head = {
        "type": {"const": str(of.type), "description": f"What it is; the folder `{folder}` says so as well."},
        "id": {"description": "What others refer to it by; the file's name otherwise."} | _scalar(Id()),
    }
    schema = _object(of)
    return schema | {"properties": head | schema["properties"]}


def _object(of: type[Any]) -> Schema:
    defaults = {f.name: f.default for f in dataclasses.fields(of)}
    keys = keys_of(of)
    return {
        "description": inspect.cleandoc(of.__doc__ or ""),
        "type": "object",
        "properties": {word: _property(key, defaults[field]) for word, (field, key) in keys.items()},
        "required": [word for word, (_, key) in keys.items() if key.required],
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }


def _property(key: Key, default: object) -> Schema:
    schema = {"description": key.about} | _value(key.kind)
    if isinstance(default, Choice):
        schema["default"] = str(default)
    return schema if key.required else _or_empty(schema)


def _or_empty(schema: Schema) -> Schema:
    """Let the value be left empty: ``due:`` with nothing behind it is as good as no ``due`` at all."""
    if "type" in schema:
        types = schema["type"]
        return schema | {
            "type": list(dict.fromkeys([*([types] if isinstance(types, str) else types), "null"]))
        }
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "allOf" in schema:
        rest = {k: v for k, v in schema.items() if k != "allOf"}
        return rest | {"anyOf": [*schema["allOf"], {"type": "null"}]}
    return schema


def _value(kind: Kind) -> Schema:
    match kind:
        case Many(item=item):
            return {"type": "array", "items": _value(item)}
        case Table(item=item):
            return {
                "type": "object",
                "patternProperties": _OWN_KEYS,
                "additionalProperties": _or_empty(_value(item)),
            }
        case Block(of=of, short=None):
            # Beside a `$ref` draft-07 reads nothing else, and a description stands beside this one.
            return {"allOf": [_pointer(of.__name__)]}
        case Block(of=of, short=short):
            return {"anyOf": [_value(keys_of(of)[str(short)][1].kind), _pointer(of.__name__)]}
    return _scalar(kind)


def _pointer(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


# --- scalars ------------------------------------------------------------------------------------------


def _scalar(kind: Kind) -> Schema:
    return _SCALARS[type(kind)](kind)


def _text(_: Kind) -> Schema:
    return {"type": ["string", "number", "boolean"]}


def _name(_: Kind) -> Schema:
    return _matching(f"^{_ID}$")


def _matching(pattern: str) -> Schema:
    # An id of digits alone, `2026`, is a number to an editor.
    return {"type": ["string", "integer"], "pattern": pattern}


def _day(_: Kind) -> Schema:
    return {"type": "string", "format": "date", "pattern": _DATE}


def _whole(kind: Whole) -> Schema:
    bounds = {"minimum": kind.low, "maximum": kind.high}
    return {"type": ["integer", "string"], **bounds, "pattern": _DIGITS}


def _number(kind: Number) -> Schema:
    low = {} if kind.low is None else {"minimum": kind.low}
    return {"type": ["number", "string"], **low, "pattern": _DECIMAL}


def _flag(_: Kind) -> Schema:
    return {"enum": [True, False, "true", "false", "是", "否"]}


def _pick(kind: Pick) -> Schema:
    return {"enum": [word for c in kind.choices for word in (c.value, *c.chinese)]}


def _level(_: Kind) -> Schema:
    numbers = range(1, len(LEVELS) + 1)
    names = [word for name, _, chinese in LEVELS for word in (name, chinese)]
    return {"enum": [*numbers, *map(str, numbers), *names]}


def _rhythm(_: Kind) -> Schema:
    some_days = r"^every \d{1,3} (day|week|month)s?( on \S+)?$"
    named = rf"^({'|'.join(CADENCES)}) on \S+$"
    return {
        "anyOf": [
            {"enum": list(CADENCES)},
            {"type": "string", "pattern": some_days},
            {"type": "string", "pattern": named},
        ]
    }


def _scale(_: Kind) -> Schema:
    return {"type": "string", "pattern": r"^-?\d{1,3}\s*(-|–|to|至|\.\.)\s*\d{1,3}$"}


def _milestone_report(_: Kind) -> Schema:
    return {"anyOf": [{"enum": ["done", "完成", "已完成"]}, _whole(Whole(0, 100)), _day(Day())]}


def _raw(_: Kind) -> Schema:
    return {"type": ["string", "number", "boolean", "array", "null"]}


def _ref(kind: Ref) -> Schema:
    return _matching(rf"^({kind.to}:\s*)?{_ID}$")


def _party(_: Kind) -> Schema:
    outside = {"type": "object", "required": ["outside"], "properties": {"outside": _text(Text())}}
    return {
        "anyOf": [
            _matching(rf"^((person|team):\s*)?{_ID}$"),
            {"type": "string", "pattern": r"^outside:\s*\S"},
            outside | {"additionalProperties": False},
        ]
    }


def _any_ref(kind: AnyRef) -> Schema:
    return {"type": "string", "pattern": rf"^({'|'.join(kind.to)}):\s*{_ID}$"}


def _proposal_ref(_: Kind) -> Schema:
    return {"type": "string", "pattern": rf"^(retrospective:)?{_ID}$"}


_SCALARS: dict[type[Kind], Callable[[Any], Schema]] = {
    Text: _text,
    Id: _name,
    Day: _day,
    Whole: _whole,
    Number: _number,
    Flag: _flag,
    Pick: _pick,
    Level: _level,
    Rhythm: _rhythm,
    Scale: _scale,
    MilestoneReport: _milestone_report,
    Raw: _raw,
    Ref: _ref,
    Party: _party,
    AnyRef: _any_ref,
    ProposalRef: _proposal_ref,
}
