"""Checks of what records say about each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diagnostic import Diagnostic
from generator.ledger import Ledger, fold
from generator.record import FOLDERS, Checkin, Delegation, Path, Person, Record, Team
from generator.rules import broken, did_you_mean
from generator.schema import AnyRef, Block, Kind, Many, Party, ProposalRef, Ref, Table, Target, keys_of
from generator.text import nearest

_FOLDER = {record.type: folder for folder, record in FOLDERS.items()}

Found = tuple[Path, Kind, str]
"""Where a reference stands, what kind it is, and what it says."""


def ids_are_unique(ledger: Ledger) -> Iterator[Diagnostic]:
    """No two records of a type have the same id, however it is capitalised."""
    first: dict[tuple[Target, str], Record] = {}
    for record in ledger.records:
        other = first.setdefault((record.type, fold(record.id)), record)
        if other is not record:
            yield broken(
                "duplicate-id",
                record.place("id"),
                related=(other.place("id"),),
                type=record.type,
                id=record.id,
                other=other.path,
            )


def references_lead_somewhere(ledger: Ledger) -> Iterator[Diagnostic]:
    """Every reference names a record that is there."""
    for record in ledger.records:
        for path, kind, word in references(record):
            yield from _lost(ledger, record, path, kind, word)


def references(record: Record) -> Iterator[Found]:
    """Yield every reference that a record holds."""
    yield from _references(record, ())


def _references(block: Any, path: Path) -> Iterator[Found]:
    for word, (field, key) in keys_of(type(block)).items():
        value = getattr(block, field)
        if value:
            yield from _of_kind(value, key.kind, (*path, word))


def _of_kind(value: Any, kind: Kind, path: Path) -> Iterator[Found]:
    match kind:
        case Ref() | Party() | AnyRef() | ProposalRef():
            yield path, kind, value
        case Many(item=item):
            for n, one in enumerate(value):
                yield from _of_kind(one, item, (*path, n))
        case Table(item=item):
            for name, one in value.items():
                yield from _of_kind(one, item, (*path, name))
        case Block():
            yield from _references(value, path)


def _lost(ledger: Ledger, record: Record, path: Path, kind: Kind, word: str) -> Iterator[Diagnostic]:
    match kind:
        case Ref(to=to):
            target, id_ = to, word
        case Party() if word.startswith("outside:"):
            return
        case Party():
            target = Target.TEAM if word.startswith("team:") else Target.PERSON
            id_ = word.removeprefix("team:")
        case AnyRef():
            name, _, id_ = word.partition(":")
            target = Target(name)
        case _:
            yield from _lost_proposal(ledger, record, path, word)
            return
    if ledger.get(target, id_) is None:
        near = nearest(id_, list(ledger.ids(target)))
        yield broken(
            "unknown-reference",
            record.place(*path),
            help=f'did you mean "{near}"?' if near else None,
            type=target,
            id=id_,
            path=f"{_FOLDER[target]}/{id_}.md",
        )


def _lost_proposal(ledger: Ledger, record: Record, path: Path, word: str) -> Iterator[Diagnostic]:
    known = [f"{r.id}.{p.id}" for r in ledger.retrospectives.values() for p in r.proposals]
    if word not in known:
        yield broken(
            "unknown-proposal",
            record.place(*path),
            help=did_you_mean(nearest(word, known)),
            id=word,
            known=", ".join(known) or "—",
        )


def entries_exist(ledger: Ledger) -> Iterator[Diagnostic]:
    """Milestones, metrics, checkpoints and criteria that an event speaks of are the delegation's."""
    for checkin in ledger.checkins.values():
        parent = ledger.delegations.get(checkin.delegation)
        if parent:
            yield from _unknown(checkin, parent)
    for evaluation in ledger.evaluations.values():
        parent = ledger.delegations.get(evaluation.delegation)
        if parent and parent.criteria:
            known = [c.id for c in parent.criteria]
            yield from _missing(evaluation, "scores", known, "criterion")
    yield from _lost_evidence(ledger)


def _unknown(checkin: Checkin, parent: Delegation) -> Iterator[Diagnostic]:
    yield from _missing(checkin, "milestones", [m.id for m in parent.milestones], "milestone")
    yield from _missing(checkin, "metrics", [m.id for m in parent.metrics], "metric")
    planned = [c.id for c in parent.plan.checkpoints] if parent.plan else []
    if checkin.checkpoint and checkin.checkpoint not in planned:
        yield _no_entry(checkin, ("checkpoint",), "checkpoint", checkin.checkpoint, planned)


def _missing(record: Record, field: str, known: list[str], what: str) -> Iterator[Diagnostic]:
    for id_ in getattr(record, field):
        if id_ not in known:
            yield _no_entry(record, (field, id_), what, id_, known)


def _no_entry(record: Record, path: Path, what: str, id_: str, known: list[str]) -> Diagnostic:
    help_ = did_you_mean(nearest(id_, known))
    return broken(
        "unknown-entry", record.place(*path), help=help_, what=what, id=id_, known=", ".join(known) or "—"
    )


def _lost_evidence(ledger: Ledger) -> Iterator[Diagnostic]:
    for evaluation in ledger.evaluations.values():
        for criterion, score in evaluation.scores.items():
            for n, word in enumerate(score.evidence):
                if ledger.resolve(word) is None:
                    place = evaluation.place("scores", criterion, "evidence", n)
                    yield broken("unknown-reference", place, type="record", id=word, path="the record")


def references_do_not_circle(ledger: Ledger) -> Iterator[Diagnostic]:
    """Delegations, teams and managers lead upwards or onwards, never back to where they began."""
    for delegation in ledger.delegations.values():
        for key in ("parent", "continues"):
            yield from _circle(ledger.delegations, delegation, key)
        yield from _circle(ledger.delegations, delegation, "depends_on")
    for team in ledger.teams.values():
        yield from _circle(ledger.teams, team, "parent")
    for person in ledger.people.values():
        yield from _circle(ledger.people, person, "manager")


def _circle(ids: Any, start: Delegation | Team | Person, key: str) -> Iterator[Diagnostic]:
    """Report a circle once: at the first of its records by id."""
    trail = _way_back(ids, start.id, key)
    if trail and min(trail) == start.id:
        shown = " → ".join((*trail, start.id))
        yield broken("reference-cycle", start.place(key), key=key, trail=shown)


def _way_back(ids: Any, start: str, key: str) -> tuple[str, ...]:
    """Return the shortest way from a record back to itself, or nothing."""
    trails: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for trail in trails:
        record = ids.get(trail[-1])
        value = getattr(record, key) if record else None
        for onward in (value,) if isinstance(value, str) else value or ():
            if onward == start:
                return trail
            if onward not in seen:
                seen.add(onward)
                trails.append((*trail, onward))
    return ()
