"""Salvage: what else is wrong with a header that is no YAML, so that it is all told at once.

A fault of syntax stops YAML where it stands. A header's entries, though, each begin at the margin: they
are read one by one, those that can be read are typed like any other, and their faults are told too. The
record stays unread all the same: nothing that is got here is ever shown as a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator.diagnostic import Diagnostic
from generator.frontmatter import HeaderHandler, decoded
from generator.header import Builder, build
from generator.nodes import Mapping, Node, Parsed, Scalar
from generator.rules import broken
from generator.syntax import WIDE_COLON, HeaderFault, Stretch
from generator.text import Place, Source

LIMIT = 64 << 10
"""Characters of a header that are looked at; of a longer one, the first fault is told alone."""
_READ = 4 * LIMIT
"""Characters that are read at most, over all attempts to read an entry."""
_ENTRIES = 500
"""Entries that a header is taken apart into at most."""

_STOPS = frozenset({"header-syntax", "full-width", "control-character", "yaml-feature", "too-deep"})
"""What leaves the rest of a header unread."""
_WHOLE = frozenset(" \t[{?-!&*|>%")
"""How a header begins that is not made of entries at the margin."""
_NO_COLON = frozenset({"full-width", "not-a-mapping"})
_WITHIN = frozenset(" \t#-?:]}")
"""How a line begins that belongs to the entry above it."""
_WORD = re.compile(r"[\s\-{\"'?]*([^\W\d][\w.-]*)")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read of a header that is broken."""

    parsed: Parsed
    lost: frozenset[str]
    """Words that stand where keys stand in entries that could not be read."""
    faults: tuple[Diagnostic, ...]
    """What else is wrong with its syntax, and which keys stand twice."""


def salvage(source: Source, first: Diagnostic) -> Salvaged | None:
    """Read what can be read of a header.

    Args:
        source: the file.
        first: the fault that stopped it from being read.

    Returns:
        What could be read, or nothing where no more can be told for sure than ``first``.
    """
    if first.code not in _STOPS:
        return None
    text, _ = decoded(source)
    header, body = HeaderHandler(source).split(text)
    entries = _entries(Stretch(source, header)) if len(header) <= LIMIT else []
    if not 0 < len(entries) <= _ENTRIES:
        return None
    reading = _Reading()
    for entry in entries:
        found = reading.entry(entry)
        last = entry.line + entry.text.count("\n")
        here = entry.line <= first.place.line <= last
        # Entries are apart only if what stops YAML stops one of them, and those before it are read or
        # have no colon, so that YAML takes them for the beginning of the next.
        odd = bool(found) if here else {f.code for f in found} <= _NO_COLON
        if not odd and entry.line <= first.place.line:
            return None
        reading.faults += found[1:] if here else found
    closing = header.count("\n") + 2
    root = Mapping(source.place(2), tuple(reading.kept.values()))
    parsed = Parsed(root, body, closing + 1, closing)
    return Salvaged(parsed, frozenset(reading.lost), tuple(reading.faults))


def _entries(header: Stretch) -> list[Stretch]:
    """Take a header apart: each entry is a line at the margin with what stands below it."""
    lines = header.text.split("\n")
    starts = [n for n, line in enumerate(lines) if line and line[0] not in _WITHIN]
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    if not starts or not first or first[0] in _WHOLE:
        return []
    starts[0] = 0
    return [
        Stretch(header.source, "\n".join(lines[start:end]), header.line + start)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


class _Reading:
    """Reads the entries of one header."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Scalar, Node]] = {}
        self.lost: set[str] = set()
        self.faults: list[Diagnostic] = []
        self.spent = 0

    def entry(self, stretch: Stretch) -> list[Diagnostic]:
        """Read an entry, and return what is wrong with its syntax.

        A full-width colon is read as the plain one that was meant, so that more can be told of it.
        """
        found: list[Diagnostic] = []
        mended: dict[int, int] = {}
        while self.spent <= _READ:
            self.spent += len(stretch.text)
            twice: list[Diagnostic] = []
            try:
                root = build(_MendedBuilder(stretch, twice, mended))
            except HeaderFault as wrong:
                fault = wrong.diagnostic
                line = fault.place.line - stretch.line
                lines = stretch.text.split("\n")
                found.append(fault)
                if fault.code != "full-width" or not WIDE_COLON.match(lines[line]):
                    break
                mended[line] = lines[line].index("：")
                lines[line] = lines[line].replace("：", ": ", 1)
                stretch = Stretch(stretch.source, "\n".join(lines), stretch.line)
            else:
                self.faults += twice
                self._keep(root)
                return found
        self.lost |= {word[1] for line in stretch.text.split("\n") if (word := _WORD.match(line))}
        return found

    def _keep(self, root: Mapping) -> None:
        for name, value in root.entries:
            if name.text in self.kept:
                first = self.kept[name.text][0].place
                fault = broken("duplicate-key", name.place, related=(first,), key=name.text, line=first.line)
                self.faults.append(fault)
            else:
                self.kept[name.text] = (name, value)


class _MendedBuilder(Builder):
    """Gives places as they are in the file, where full-width colons were replaced by `: `."""

    def __init__(self, stretch: Stretch, faults: list[Diagnostic], mended: dict[int, int]) -> None:
        super().__init__(stretch, faults)
        self.mended = mended

    def _place(self, event: Any) -> Place:
        place = super()._place(event)
        at = self.mended.get(event.start_mark.line)
        if at is None or event.start_mark.column <= at:
            return place
        return Place(place.root, place.path, place.line, place.column - 1, place.end - 1)
