"""Checks of what records say about each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostic import Diagnostic
from generator.ledger import Ledger, fold
from generator.record import FOLDERS, Checkin, Delegation, Path, Record
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
    near = _Near(ledger)
    for record in ledger.records:
        for path, kind, word in references(record):
            # An author that is the owner by default is reported where the owner stands.
            if path != ("author",) or path in record.places:
                yield from _lost(near, record, path, kind, word)


class _Near:
    """Offers near ids, each looked up once; after many lost ones a whole folder is missing, and no slip."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.found: dict[tuple[Target, str], str | None] = {}
        held = [(r.id, p.id) for r in ledger.retrospectives.values() for p in r.proposals]
        self.slips = _Slips([f"{id_}.{proposal}" for id_, proposal in held])

    def help(self, target: Target, id_: str) -> str | None:
        """Return the remedy that offers the nearest id of a type, or nothing."""
        key = (target, id_)
        if key not in self.found:
            looked = nearest(id_, list(self.ledger.ids(target))) if len(self.found) < _SLIPS else None
            self.found[key] = f'did you mean "{looked}"?' if looked else None
        return self.found[key]


class _Slips:
    """Offers the nearest of some names for the first that are none of them."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = frozenset(known)
        self.listed = ", ".join(known)
        self._names = list(known)
        self._looked = 0

    def near(self, word: str) -> str | None:
        """Return the name that a word is likely meant for, or nothing."""
        self._looked += 1
        return nearest(word, self._names) if self._looked <= _FEW else None


_SLIPS = 200
"""Lost ids for which near ones are looked up."""
_FEW = 20
"""Lost entries of one list for which near ones are looked up."""


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


def _lost(near: _Near, record: Record, path: Path, kind: Kind, word: str) -> Iterator[Diagnostic]:
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
            yield from _lost_proposal(near, record, path, word)
            return
    if near.ledger.get(target, id_) is None:
        yield broken(
            "unknown-reference",
            record.place(*path),
            help=near.help(target, id_),
            type=target,
            id=id_,
            path=f"{_FOLDER[target]}/{id_}.md",
        )


def _lost_proposal(near: _Near, record: Record, path: Path, word: str) -> Iterator[Diagnostic]:
    slips = near.slips
    if word not in slips.known:
        help_ = did_you_mean(slips.near(word)) if slips.known else "write the earlier retrospective first"
        place = record.place(*path)
        yield broken("unknown-proposal", place, help=help_, id=word, known=slips.listed)


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
        yield _no_entry(checkin, ("checkpoint",), "checkpoint", checkin.checkpoint, _Slips(planned))


def _missing(record: Record, field: str, known: list[str], what: str) -> Iterator[Diagnostic]:
    slips = _Slips(known)
    for id_ in getattr(record, field):
        if id_ not in slips.known:
            yield _no_entry(record, (field, id_), what, id_, slips)


def _no_entry(record: Record, path: Path, what: str, id_: str, slips: _Slips) -> Diagnostic:
    help_ = did_you_mean(slips.near(id_)) if slips.known else "add it to the delegation first"
    return broken("unknown-entry", record.place(*path), help=help_, what=what, id=id_, known=slips.listed)


def _lost_evidence(ledger: Ledger) -> Iterator[Diagnostic]:
    for evaluation in ledger.evaluations.values():
        for criterion, score in evaluation.scores.items():
            for n, word in enumerate(score.evidence):
                if ledger.resolve(word) is None:
                    place = evaluation.place("scores", criterion, "evidence", n)
                    yield broken("unknown-reference", place, type="record", id=word, path="the record")


def references_do_not_circle(ledger: Ledger) -> Iterator[Diagnostic]:
    """Delegations, teams and managers lead upwards or onwards, never back to where they began."""
    delegations = ledger.delegations.values()
    yield from _circles(ledger.delegations, "parent", {d.id: _one(d.parent) for d in delegations})
    yield from _circles(ledger.delegations, "continues", {d.id: _one(d.continues) for d in delegations})
    yield from _circles(ledger.delegations, "depends_on", {d.id: d.depends_on for d in delegations})
    yield from _circles(ledger.teams, "parent", {t.id: _one(t.parent) for t in ledger.teams.values()})
    # Whom somebody reports to may follow from their team, and lead in a circle without any `manager`.
    above = {p: _one(ledger.organisation.next_manager(p)) for p in ledger.people}
    yield from _circles(ledger.people, "manager", above)


def _one(id_: str | None) -> tuple[str, ...]:
    return (id_,) if id_ else ()


Steps = Mapping[str, Sequence[str]]
"""Where each id leads to."""


def _circles(records: Mapping[str, Record], key: str, steps: Steps) -> Iterator[Diagnostic]:
    """Report each circle once: at the first of its records by id."""
    steps = _without_ends(steps)
    # The same circle is found from each of its members; it is told from the first of them.
    trails = {_from_the_first(trail) for start in steps if (trail := _way_back(steps, start))}
    for trail in sorted(trails):
        record = records[trail[0]]
        where = key if (key,) in record.places else "team"
        shown = " → ".join((*trail, trail[0]))
        yield broken("reference-cycle", record.place(where), key=key, trail=shown)


def _from_the_first(trail: tuple[str, ...]) -> tuple[str, ...]:
    at = trail.index(min(trail))
    return trail[at:] + trail[:at]


def _without_ends(steps: Steps) -> Steps:
    """Leave out, again and again, what leads nowhere: only circles and what leads into them are left."""
    behind: dict[str, list[str]] = {}
    for id_, onward in steps.items():
        for there in onward:
            behind.setdefault(there, []).append(id_)
    left = {id_: sum(there in steps for there in onward) for id_, onward in steps.items()}
    ends = [id_ for id_, number in left.items() if not number]
    for end in ends:
        for id_ in behind.get(end, ()):
            left[id_] -= 1
            if not left[id_]:
                ends.append(id_)
    gone = set(ends)
    return {
        id_: [there for there in onward if there in steps and there not in gone]
        for id_, onward in steps.items()
        if id_ not in gone
    }


def _way_back(steps: Steps, start: str) -> tuple[str, ...]:
    """Return the shortest way from an id back to itself, or nothing."""
    came_from: dict[str, str] = {}
    reached = [start]
    for here in reached:
        for there in steps[here]:
            if there == start:
                trail = [here]
                while trail[-1] != start:
                    trail.append(came_from[trail[-1]])
                return tuple(reversed(trail))
            if there not in came_from:
                came_from[there] = here
                reached.append(there)
    return ()
