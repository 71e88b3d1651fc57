"""Goldens: trees of text that hold what is expected. ``pytest --bless`` writes them anew."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
WIDTH = 100


def bless(folder: Path, tree: Mapping[str, str]) -> None:
    """Write a tree, and take away what is no longer in it."""
    for path, text in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.relative_to(folder).as_posix() not in tree:
            file.unlink()


def held(folder: Path) -> dict[str, str]:
    """Return the tree that a folder holds."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes().decode() for file in files}


def difference(expected: Mapping[str, str], found: Mapping[str, str], most: int = 120) -> str:
    """Return what differs between two trees: what is missing, what is new, and a diff of the rest."""
    out = [f"missing: {path}" for path in sorted(expected.keys() - found.keys())]
    out += [f"new: {path}" for path in sorted(found.keys() - expected.keys())]
    lines: list[str] = []
    for path in sorted(expected.keys() & found.keys()):
        if expected[path] != found[path]:
            before, after = expected[path].splitlines(), found[path].splitlines()
            lines += difflib.unified_diff(before, after, f"golden {path}", f"built {path}", "", "", 2, "")
            # Lines may be alike where their ends are not.
            lines += [f"{path}: the ends of lines differ"] if before == after else []
    more = [f"… and {len(lines) - most} more lines"] if len(lines) > most else []
    return "\n".join([*out, *lines[:most], *more])


# --- page values as text ------------------------------------------------------------------------------


def told(value: Any) -> str:
    """Return a value as indented text: what fits into a line stands on one, defaults are left out."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any, before: str = "") -> list[str]:
    flat = before + _flat(value)
    if "\n" not in flat and len(flat) <= WIDTH:
        return [flat]
    if isinstance(value, str):
        # What cannot be seen at the end of a line is marked.
        return [f"{before}|", *_indented([f"{t}¶" if t != t.rstrip() else t for t in value.split("\n")])]
    if is_dataclass(value):
        inner = [line for name, v in _fields(value) for line in _lines(v, f"{name}: ")]
        return [f"{before}{type(value).__name__}", *_indented(inner)]
    if isinstance(value, Mapping):
        inner = [line for name, v in value.items() for line in _lines(v, f"{name}: ")]
        return [f"{before}a mapping", *_indented(inner)]
    if isinstance(value, (tuple, list)):
        inner = [line for v in value for line in _marked(_lines(v))]
        return [f"{before}a list of {len(value)}", *_indented(inner)]
    return [flat]


def _marked(lines: list[str]) -> list[str]:
    return [f"- {lines[0]}", *_indented(lines[1:])]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def _flat(value: Any) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return f'"{value}"'
    if is_dataclass(value):
        inner = ", ".join(f"{name}={_flat(v)}" for name, v in _fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_flat(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(_flat(v) for v in value) + ")"
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    raise TypeError(f"{type(value).__name__} is no page value: {value!r}")


def _fields(value: Any) -> list[tuple[str, Any]]:
    shown = [(f, getattr(value, f.name)) for f in fields(value) if f.compare]
    return [(f.name, v) for f, v in shown if not _is_default(f, v)]


def _is_default(field: Field[Any], value: Any) -> bool:
    if field.default is not MISSING:
        return bool(type(value) is type(field.default) and value == field.default)
    return field.default_factory is not MISSING and bool(value == field.default_factory())
