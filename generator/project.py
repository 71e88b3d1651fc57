"""Project: what an audience may see, as a ledger of its own. Everything after this has only that one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.audience import Audience, Circle, sees_line_values, within
from generator.ledger import Ledger, delegations_of, fold, reported
from generator.record import (
    Checkin,
    Cycle,
    Delegation,
    Evaluation,
    Event,
    Feedback,
    Path,
    Person,
    Record,
    Retrospective,
    Team,
)
from generator.schema import Target, keys_of
from generator.text import Place


def project(ledger: Ledger, audience: Audience) -> Ledger:
    """Return the records that ``audience`` may see, without the values that are not for it.

    What a record hangs on decides first: organisation, then delegations, then events, each once it is
    known which of the former are there. Of two records with one id that are both seen, neither is
    there; one that is hidden counts for nothing.
    """
    if audience.circle is Circle.FULL:
        return ledger
    seen: dict[Target, set[str]] = {}
    kept: set[tuple[int, str]] = set()
    for stage in ((Person, Team, Cycle), (Delegation,), (Event,)):
        if stage == (Event,):
            ledger = with_seen_delegations(ledger, kept)
        visible: list[Record] = [
            record
            for record in ledger.records
            if isinstance(record, stage) and _may_see(ledger, audience, record, seen)
        ]
        for record in _alone(_without_lost_answers(visible, seen)):
            seen.setdefault(record.type, set()).add(record.id)
            kept.add(file_of(record))
    records = tuple(_for(ledger, audience, record) for record in ledger.records if file_of(record) in kept)
    return Ledger(ledger.settings, records, ledger.files)


def file_of(record: Record) -> tuple[int, str]:
    """Return what tells a record from all others, whatever ids they have: its folder and file."""
    return record.root, record.path


def with_seen_delegations(ledger: Ledger, kept: set[tuple[int, str]]) -> Ledger:
    """Return the ledger by which events are judged: a hidden delegation with the id of a seen one has no say.

    It would otherwise stand for that one: as what names the people of an event, and whose owner reports.
    """
    records = [r for r in ledger.records if not isinstance(r, Delegation) or file_of(r) in kept]
    there = {r.id: r for r in records if isinstance(r, Delegation)}
    judged = (
        reported(r, there[r.delegation]) if isinstance(r, Checkin) and r.delegation in there else r
        for r in records
    )
    return Ledger(ledger.settings, tuple(judged), ledger.files)


def _may_see(ledger: Ledger, audience: Audience, record: Record, seen: dict[Target, set[str]]) -> bool:
    if record.guarded or ledger.sealed(record.root):
        return False
    return _hangs_on_seen(record, seen) and within(ledger, audience, record)


def _hangs_on_seen(record: Record, seen: dict[Target, set[str]]) -> bool:
    """Tell whether all that a record hangs on is there for the audience."""
    return all(id_ in seen.get(of, ()) for of, id_ in hangs_on(record))


def hangs_on(record: Record) -> tuple[tuple[Target, str], ...]:
    """Return the types and ids of what a record hangs on: who does not see those does not see it."""
    found = [(Target.DELEGATION, id_) for id_ in delegations_of(record)] if isinstance(record, Event) else []
    if isinstance(record, Evaluation):
        found += [(Target.CYCLE, record.cycle)] if record.cycle else []
        found.append((Target.PERSON, record.subject))
    if isinstance(record, Retrospective):
        found.append((Target.CYCLE, record.cycle))
    return tuple(found)


def _without_lost_answers(records: list[Record], seen: dict[Target, set[str]]) -> list[Record]:
    """Leave out answers to what is not there, and the answers to those."""
    while True:
        there = {f"{of}:{id_}" for of, ids in seen.items() for id_ in ids}
        there |= {f"{r.type}:{r.id}" for r in records}
        kept = [r for r in records if not (isinstance(r, Feedback) and r.answers) or r.answers in there]
        if len(kept) == len(records):
            return kept
        records = kept


def _alone(records: list[Record]) -> Iterable[Record]:
    """Leave out records that share type and id with another."""
    count = Counter((r.type, fold(r.id)) for r in records)
    return (r for r in records if count[r.type, fold(r.id)] == 1)


def _for(ledger: Ledger, audience: Audience, record: Record) -> Record:
    """Take out the values that only the line sees."""
    hidden = {word: field for word, (field, key) in keys_of(type(record)).items() if key.line_only}
    if not hidden or sees_line_values(ledger, audience, record):
        return record
    values: dict[str, Any] = dict.fromkeys(hidden.values())
    places = {path: place for path, place in record.places.items() if path[:1] not in _paths(hidden)}
    if isinstance(record, Delegation):
        shown = [n for n, change in enumerate(record.changes) if change.field not in hidden]
        values["changes"] = tuple(record.changes[n] for n in shown)
        places = _moved(places, shown)
    return replace(record, places=places, **values)


def _paths(words: Iterable[str]) -> set[Path]:
    return {(word,) for word in words}


def _moved(places: Mapping[Path, Place], shown: Sequence[int]) -> dict[Path, Place]:
    """Return places with those of the changes that are left, each under its new number."""
    number = {old: new for new, old in enumerate(shown)}
    moved: dict[Path, Place] = {}
    for path, place in places.items():
        match path:
            case ("changes", int(old), *rest):
                if old in number:
                    moved["changes", number[old], *rest] = place
            case _:
                moved[path] = place
    return moved
