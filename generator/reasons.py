"""Reasons: who sees a record and why, told by what ``project`` gives to each audience.

Who sees what is not worked out here a second time: a record is seen where the projected ledger holds it.
Only the rule that let it in or kept it out is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from generator.audience import (
    Audience,
    Ground,
    Role,
    above,
    audiences,
    concerned_teams,
    ground,
    roles,
)
from generator.ledger import Ledger, fold
from generator.project import file_of, hangs_on, project, with_seen_delegations
from generator.record import Cycle, Event, Feedback, Person, Record, Team
from generator.schema import keys_of
from generator.width import Width, width


class Bar(StrEnum):
    """What keeps a record from an audience."""

    GUARDED = "guarded"
    """A fault in what decides who may see it."""
    SEALED = "sealed"
    """A fault in what its folder's settings say of that."""
    HANGS_ON = "hangs_on"
    """What it hangs on is not seen, or not there."""
    WIDTH = "width"
    """It is not wide enough."""
    ANSWERS = "answers"
    """What it answers is not seen, or not there."""
    TWIN = "twin"
    """Another record with its id would be seen as well, so neither is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an audience sees a record, and why."""

    audience: Audience
    ground: Ground | None = None
    """Why it is seen; nothing where it is not."""
    bar: Bar | None = None
    """Why it is not seen."""
    about: str = ""
    """What bars it, as ``type:id``."""
    twin: Record | None = None
    """The other record with its id, where that bars it."""
    without: tuple[str, ...] = ()
    """The keys whose values are taken out, since they are for the line only."""

    @property
    def seen(self) -> bool:
        """Return whether the audience sees the record."""
        return self.bar is None


@dataclass(frozen=True)
class View:
    """What an audience sees of a ledger."""

    audience: Audience
    full: Ledger
    judged: Ledger
    """The ledger that ``project`` judges events by: without the delegations that are hidden."""
    seen: Mapping[tuple[int, str], Record]
    """By folder and file: two records may have one id."""
    ids: frozenset[str]
    """What is seen, as ``type:id``."""

    @cached_property
    def events(self) -> Mapping[tuple[int, str], Record]:
        """Return the events as they are judged, by folder and file."""
        return {file_of(r): r for r in self.judged.records if isinstance(r, Event)}


def view(ledger: Ledger, audience: Audience) -> View:
    """Return what an audience sees of a ledger."""
    records = project(ledger, audience).records
    seen = {file_of(r): r for r in records}
    judged = with_seen_delegations(ledger, set(seen))
    return View(audience, ledger, judged, seen, frozenset(_reference(r) for r in records))


def inside(eyes: View, record: Record) -> Ground | None:
    """Return why an audience is inside a record's own width, as ``project`` judges it, or nothing."""
    if not isinstance(record, Event):
        return ground(eyes.full, eyes.audience, record)
    return ground(eyes.judged, eyes.audience, eyes.events.get(file_of(record), record))


def verdict(eyes: View, record: Record) -> Verdict:
    """Return whether an audience sees a record of the full ledger, and why."""
    there = eyes.seen.get(file_of(record))
    if there is not None:
        without = tuple(key for key in line_only(record) if key not in line_only(there))
        return Verdict(eyes.audience, inside(eyes, record), without=without)
    if by_itself := _bar(eyes, record):
        return Verdict(eyes.audience, bar=by_itself[0], about=by_itself[1])
    twin = next((t for t in twins(eyes.full, record) if _bar(eyes, t) is None), None)
    return Verdict(eyes.audience, bar=Bar.TWIN, twin=twin)


def _bar(eyes: View, record: Record) -> tuple[Bar, str] | None:
    """Return what would hide a record whatever else there is: the first reason, as ``project`` asks."""
    if record.guarded:
        return Bar.GUARDED, ""
    if eyes.full.sealed(record.root):
        return Bar.SEALED, ""
    needs = (f"{of}:{id_}" for of, id_ in hangs_on(record))
    if lacks := next((need for need in needs if need not in eyes.ids), None):
        return Bar.HANGS_ON, lacks
    if inside(eyes, record) is None:
        return Bar.WIDTH, ""
    if isinstance(record, Feedback) and record.answers and record.answers not in eyes.ids:
        return Bar.ANSWERS, record.answers
    return None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that a record hangs on."""

    reference: str
    width: Width | None
    """How wide it is; nothing where it is not there."""
    narrows: tuple[Audience, ...]
    """Those who are inside the record's own width and do not see it because of this."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who sees a record, and what decides that."""

    record: Record
    width: Width
    sealed: bool
    roles: tuple[tuple[str, Role], ...]
    above: Mapping[str, str]
    """The managers of whom it is about, each with whose manager it is."""
    teams: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    twins: tuple[Record, ...]
    """Other records with its type and id."""
    line_only: tuple[str, ...]
    """The keys it has whose values are for the line only."""
    verdicts: tuple[Verdict, ...]
    """One for each audience but ``full``, the widest first."""


def account(ledger: Ledger, record: Record) -> Account:
    """Return who sees a record of a full ledger, and what decides that."""
    near = around(ledger, record)
    views = [view(near, audience) for audience in audiences(ledger)]
    verdicts = tuple(verdict(eyes, record) for eyes in views)
    return Account(
        record,
        width(ledger, record),
        ledger.sealed(record.root),
        roles(ledger, record),
        above(ledger, record),
        tuple(sorted(concerned_teams(ledger, record))),
        tuple(_anchors(ledger, record, verdicts, [inside(eyes, record) is not None for eyes in views])),
        twins(ledger, record),
        line_only(record),
        verdicts,
    )


def _anchors(
    ledger: Ledger, record: Record, verdicts: Sequence[Verdict], wide_enough: Sequence[bool]
) -> Iterable[Anchor]:
    for of, id_ in hangs_on(record):
        reference, on = f"{of}:{id_}", ledger.get(of, id_)
        narrows = tuple(
            v.audience
            for v, wide in zip(verdicts, wide_enough, strict=True)
            if wide and v.bar is Bar.HANGS_ON and v.about == reference
        )
        yield Anchor(reference, width(ledger, on) if on else None, narrows)


def around(ledger: Ledger, record: Record) -> Ledger:
    """Return the records alone that have a say in who sees one: the whole ledger for each audience is much.

    These are the organisation, what the record hangs on and answers, and so on, and those that share an id
    with one of them.
    """
    by_id: dict[str, list[Record]] = {}
    for other in ledger.records:
        by_id.setdefault(_folded(_reference(other)), []).append(other)
    wanted = {_folded(_reference(r)) for r in ledger.records if isinstance(r, Person | Team | Cycle)}
    ahead = [_folded(_reference(record))]
    while ahead:
        reference = ahead.pop()
        wanted.add(reference)
        for one in by_id.get(reference, ()):
            needs = [f"{of}:{id_}" for of, id_ in hangs_on(one)]
            needs += [one.answers] if isinstance(one, Feedback) and one.answers else []
            ahead += [need for need in map(_folded, needs) if need not in wanted]
    records = tuple(r for r in ledger.records if _folded(_reference(r)) in wanted)
    return Ledger(ledger.settings, records, ledger.files)


def line_only(record: Record) -> tuple[str, ...]:
    """Return the keys that a record has whose values are for the line only."""
    keys = keys_of(type(record)).items()
    return tuple(word for word, (field, key) in keys if key.line_only and getattr(record, field) is not None)


def twins(ledger: Ledger, record: Record) -> tuple[Record, ...]:
    """Return the other records with a record's type and id."""
    alike = (r for r in ledger.records if r.type is record.type and fold(r.id) == fold(record.id))
    return tuple(r for r in alike if r is not record)


def _reference(record: Record) -> str:
    return f"{record.type}:{record.id}"


def _folded(reference: str) -> str:
    of, _, id_ = reference.partition(":")
    return f"{of}:{fold(id_)}"
