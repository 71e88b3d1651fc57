"""Templates of delegations: those that come with Remit, and a team's own in ``_templates``.

A template is a record's file whose days may be written relative to the delegation's start: ``+30d``,
``+6w``, ``+3m``. ``x-template`` says in a line what it is for. What is made of it keeps the template's lines,
comments too, but for the keys that are given anew.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from generator.diagnostic import Diagnostic
from generator.frontmatter import decoded, parse
from generator.nodes import Mapping as Fields
from generator.nodes import Node, Scalar
from generator.nodes import Sequence as Items
from generator.rules import broken
from generator.text import Source

FOLDER = "_templates"
"""Where a team's own templates are, in the content folder; it is not read for records."""
ABOUT = "x-template"

_LATER = re.compile(r"([+-])(\d{1,4})([dwm])")
_OWN = frozenset(("id", "type", ABOUT))
"""Keys that belong to the template alone."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template, read; its days still relative."""

    name: str
    where: str
    """The file, as its reader would open it; empty for one that comes with Remit."""
    about: str
    header: Fields
    lines: tuple[str, ...]
    """Of the header."""
    body: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that it states, but for its own."""
        return tuple(key.text for key, _ in self.header.entries if key.text not in _OWN)

    def get(self, key: str) -> Node | None:
        """Return what stands under a key."""
        return next((node for k, node in self.header.entries if k.text == key), None)

    def chunks(self, start: dt.date) -> dict[str, str]:
        """Return the lines of each key, with the comments before it, its days counted from ``start``."""
        lines = list(self.lines)
        for scalar in sorted(_relative(self.header), key=lambda s: -s.place.column):
            at, before = scalar.place.column - 1, lines[scalar.place.line - 2]
            after = before[at + len(scalar.text) :]
            lines[scalar.place.line - 2] = f"{before[:at]}{later(scalar.text, start)}{after}"
        out: dict[str, str] = {}
        begin = 0
        ends = [self._lead(k.place.line - 2) for k, _ in self.header.entries[1:]]
        for (key, _), end in zip(self.header.entries, [*ends, len(lines)], strict=True):
            if key.text not in _OWN:
                out[key.text] = "\n".join(lines[begin:end])
            begin = end
        return out

    def _lead(self, line: int) -> int:
        """Return the first of the lines of comment that stand right before a line."""
        while line > 0 and self.lines[line - 1].startswith("#"):
            line -= 1
        return line

    def series(self) -> dict[str, str]:
        """Return the CSV files that its metrics name, by name, each with a first line and no readings."""
        columns: dict[str, list[str]] = {}
        metrics = self.get("metrics")
        for metric in metrics.items if isinstance(metrics, Items) else ():
            stated = _texts(metric)
            if "file" in stated and "id" in stated:
                columns.setdefault(stated["file"], []).append(stated["id"])
        return {name: ",".join(("date", *ids)) + "\n" for name, ids in columns.items()}


def later(word: str, start: dt.date) -> dt.date:
    """Return the day that a word such as ``+30d`` names; a month's end is its last day.

    Raises:
        OverflowError: where there is no such day.
    """
    found = _LATER.fullmatch(word)
    assert found  # noqa: S101 - what callers promise
    number = int(found[1] + found[2])
    if found[3] != "m":
        return start + dt.timedelta(number * (7 if found[3] == "w" else 1))
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _relative(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar(text=text, quoted=False) if _LATER.fullmatch(text):
            yield node
        case Items(items=items):
            for item in items:
                yield from _relative(item)
        case Fields(entries=entries):
            for _, value in entries:
                yield from _relative(value)


def _texts(node: Node) -> Mapping[str, str]:
    if not isinstance(node, Fields):
        return {}
    return {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}


# --- which there are ----------------------------------------------------------------------------------


def sources(locale: str, folders: Sequence[Path]) -> dict[str, tuple[str, bytes]]:
    """Return the templates there are by name, each with its file and what stands in it.

    A team's own takes the place of one of the same name that comes with Remit.

    Args:
        locale: the language of those that come with Remit.
        folders: the content folders; a template of a later one takes an earlier one's place.
    """
    found = {
        entry.name.removesuffix(".md"): ("", entry.read_bytes())
        for entry in (files(__package__) / "kinds" / locale).iterdir()
    }
    for path in (p for folder in folders for p in (folder / FOLDER).glob("*.md")):
        if path.is_file() and not path.is_symlink():
            found[path.stem] = (path.as_posix(), path.read_bytes())
    return dict(sorted(found.items()))


def read_template(name: str, where: str, data: bytes) -> tuple[Template | None, Sequence[Diagnostic]]:
    """Read a template; what is wrong with the record that it makes shows only there."""
    source = Source(0, where or f"{name}.md", data)
    parsed, faults = parse(source)
    if parsed is None:
        return None, faults
    at = [key.place.line for key, _ in parsed.header.entries]
    if len(set(at)) < len(at) or any(key.place.column > 1 for key, _ in parsed.header.entries):
        fault = broken("header-syntax", source.place(2), problem="each key wants a line of its own")
        return None, (*faults, fault)
    text, _ = decoded(source)
    lines = tuple(text.split("\n")[1 : parsed.closing_line - 1])
    about = _texts(parsed.header).get(ABOUT, "")
    return Template(name, where, about, parsed.header, lines, parsed.body), faults
