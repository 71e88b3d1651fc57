"""Checks of what bodies link to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.body import HoleKind
from generator.diagnostic import Diagnostic
from generator.ledger import Ledger, beside
from generator.markdown import PUBLISHED
from generator.rules import broken, did_you_mean
from generator.schema import Target
from generator.text import nearest

_SLIPS = 200
"""Links without a record for which near ones are looked up."""


def links_lead_to_records(ledger: Ledger) -> Iterator[Diagnostic]:
    """``[[…]]`` names a record that is there."""
    looked = 0
    for record in ledger.records:
        for hole in record.body.holes:
            if hole.kind is HoleKind.RECORD and hole.place and ledger.resolve(hole.target) is None:
                name, colon, id_ = hole.target.partition(":")
                target = Target(name) if colon and name in set(Target) else Target.DELEGATION
                looked += 1
                near = nearest(id_ or name, list(ledger.ids(target))) if looked <= _SLIPS else None
                word = near if near is None or target is Target.DELEGATION else f"{target}:{near}"
                help_ = did_you_mean(f"[[{word}]]" if word else None)
                yield broken("dangling-link", hole.place, value=hole.target, help=help_)


def files_are_there(ledger: Ledger) -> Iterator[Diagnostic]:
    """A link to a file, and a picture, lead to a file beside the record that may be published."""
    paths = {(r.root, r.path) for r in ledger.records}
    for record in ledger.records:
        for hole in record.body.holes:
            if hole.kind not in {HoleKind.FILE_OPEN, HoleKind.IMAGE} or hole.place is None:
                continue
            name = hole.target.partition("#")[0].partition("?")[0]
            if not name or name.lower().endswith(".md"):
                if name and (record.root, beside(record, name)) not in paths:
                    yield broken("missing-file", hole.place, value=hole.target)
                continue
            if PurePosixPath(name).suffix.lower() not in PUBLISHED:
                yield broken("file-kind", hole.place, value=hole.target, kinds=" ".join(PUBLISHED))
            elif (record.root, beside(record, name)) not in ledger.files:
                yield broken("missing-file", hole.place, value=hole.target)
