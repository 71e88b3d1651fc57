"""The records that are there, and what they make of a draft: read back before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.body import EMPTY, Body
from generator.check import check
from generator.decode import decode
from generator.diagnostic import Diagnostic
from generator.disk import scan
from generator.ledger import Ledger, build_ledger
from generator.markdown import Markdown
from generator.record import Record
from generator.scaffold.draft import Draft
from generator.settings import Settings, read_settings
from generator.text import Source


class _NoBodies(Markdown):
    """Leaves bodies unread: only what stands in headers matters to a new record."""

    def render(
        self,
        text: str,  # noqa: ARG002 - what any renderer is given
        source: Source,  # noqa: ARG002
        line: int = 1,  # noqa: ARG002
    ) -> tuple[Body, tuple[Diagnostic, ...]]:
        """Return nothing for any text."""
        return EMPTY, ()


@dataclass(frozen=True)
class Shelf:
    """The records of a content folder, and of those that it is laid over."""

    records: tuple[Record, ...]
    settings: tuple[Settings, ...]
    """One for each folder; the last is the one that is written to."""
    ledger: Ledger
    paths: frozenset[str]
    """Every Markdown file of the last folder, those that cannot be read as records too."""


def shelf(folders: Sequence[Path]) -> Shelf:
    """Read content folders, faults and all; the last is the one that is written to.

    Raises:
        NotADirectoryError: where one of them is none.
    """
    markdown = _NoBodies()
    records: list[Record] = []
    settings: list[Settings] = []
    paths: frozenset[str] = frozenset()
    for root, folder in enumerate(folders):
        found = scan(folder, root)
        settings.append(read_settings(found.settings, overlaid=root > 0)[0])
        records += [r for source in found.sources if (r := decode(source, markdown)[0])]
        paths = frozenset(s.path for s in found.sources)
    ledger, _ = build_ledger(records, tuple(settings))
    return Shelf(tuple(records), tuple(settings), ledger, paths)


def faults(made: Draft, there: Shelf) -> list[Diagnostic]:
    """Return what is wrong with a draft among the records that are there."""
    root = len(there.settings) - 1
    record, found = decode(Source(root, made.path, made.text.encode()), Markdown())
    if record is None:
        return list(found)
    beside = {(root, path): Source(root, path, text.encode()) for path, text in made.files}
    ledger, joined = build_ledger((*there.records, record), there.settings, beside)
    return [d for d in (*found, *joined, *check(ledger)) if (d.place.root, d.place.path) == (root, made.path)]


def trail(text: str, line: int) -> tuple[str, ...]:
    """Return the keys, from the outside in, that stand around a line of a draft's header."""
    keys: list[str] = []
    for row in text.split("\n")[1:line]:
        if found := re.match(r"( *)([\w-]+):(?: |$)", row):
            keys = [*keys[: len(found[1]) // 2], found[2]]
    return tuple(keys)
