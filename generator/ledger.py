"""The ledger: all records joined by id. Built once, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from generator.diagnostic import Diagnostic
from generator.layout import id_of_path
from generator.metrics import read_series
from generator.organisation import Organisation
from generator.record import (
    TYPES,
    Checkin,
    Cycle,
    Delegation,
    Evaluation,
    Event,
    Feedback,
    Meeting,
    Person,
    Record,
    Retrospective,
    Team,
)
from generator.rules import broken
from generator.schema import Target
from generator.settings import Settings
from generator.text import Source, composed

SERIES = 50
"""Metrics of one delegation whose files are read."""

R = TypeVar("R", bound=Record)
_ORDER = {t.type: n for n, t in enumerate(TYPES)}


def fold(id_: str) -> str:
    """Return the form in which two ids are the same; ids are in NFC already."""
    return id_.casefold()


@dataclass(frozen=True)
class Ledger:
    """All records that somebody may see, joined by id.

    The maps by id hold the first of several records with one id; ``records`` holds them all.
    """

    settings: tuple[Settings, ...]
    """One for each content folder, the main one first."""
    records: tuple[Record, ...]
    files: frozenset[tuple[int, str]] = frozenset()
    """Other files of the content folders, as root and path."""

    @property
    def site(self) -> Settings:
        """Return the main folder's settings."""
        return self.settings[0]

    def _of(self, of: type[R]) -> dict[str, R]:
        found: dict[str, R] = {}
        for record in self.records:
            if isinstance(record, of):
                found.setdefault(record.id, record)
        return found

    @cached_property
    def delegations(self) -> Mapping[str, Delegation]:
        """Return the delegations by id."""
        return self._of(Delegation)

    @cached_property
    def checkins(self) -> Mapping[str, Checkin]:
        """Return the check-ins by id."""
        return self._of(Checkin)

    @cached_property
    def feedback(self) -> Mapping[str, Feedback]:
        """Return the feedback by id."""
        return self._of(Feedback)

    @cached_property
    def meetings(self) -> Mapping[str, Meeting]:
        """Return the meetings by id."""
        return self._of(Meeting)

    @cached_property
    def evaluations(self) -> Mapping[str, Evaluation]:
        """Return the evaluations by id."""
        return self._of(Evaluation)

    @cached_property
    def retrospectives(self) -> Mapping[str, Retrospective]:
        """Return the retrospectives by id."""
        return self._of(Retrospective)

    @cached_property
    def cycles(self) -> Mapping[str, Cycle]:
        """Return the cycles by id."""
        return self._of(Cycle)

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """Return the teams by id."""
        return self._of(Team)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Return the people by id."""
        return self._of(Person)

    @cached_property
    def _by_type(self) -> Mapping[Target, Mapping[str, Record]]:
        return {
            Target.DELEGATION: self.delegations,
            Target.CHECKIN: self.checkins,
            Target.FEEDBACK: self.feedback,
            Target.MEETING: self.meetings,
            Target.EVALUATION: self.evaluations,
            Target.RETROSPECTIVE: self.retrospectives,
            Target.CYCLE: self.cycles,
            Target.TEAM: self.teams,
            Target.PERSON: self.people,
        }

    def ids(self, of: Target) -> Mapping[str, Record]:
        """Return the records of a type by id."""
        return self._by_type[of]

    def get(self, of: Target, id_: str | None) -> Record | None:
        """Return a record, or nothing where there is none that may be seen."""
        return self._by_type[of].get(id_) if id_ else None

    def resolve(self, reference: str) -> Record | None:
        """Return what ``type:id`` leads to, or nothing.

        A bare id is a delegation's, else that of the only record of another type that has it.
        """
        reference = composed(reference)
        prefix, colon, rest = reference.partition(":")
        if colon and prefix.strip() in set(Target):
            return self.get(Target(prefix.strip()), rest.strip())
        if found := self.delegations.get(reference):
            return found
        others = [r for t in Target if (r := self.get(t, reference))]
        return others[0] if len(others) == 1 else None

    # --- what hangs on what -----------------------------------------------------------------------

    @cached_property
    def _on_delegation(self) -> Mapping[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {}
        for record in self.records:
            if isinstance(record, Event):
                for id_ in delegations_of(record):
                    found.setdefault(id_, []).append(record)
        return {id_: tuple(sorted(events, key=when)) for id_, events in found.items()}

    def events_on(self, delegation: str, of: type[R]) -> tuple[R, ...]:
        """Return the events of a type that hang on a delegation, oldest first."""
        return tuple(e for e in self._on_delegation.get(delegation, ()) if isinstance(e, of))

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Feedback, ...]]:
        found: dict[str, list[Feedback]] = {}
        for feedback in self.feedback.values():
            if feedback.answers:
                found.setdefault(feedback.answers, []).append(feedback)
        return {to: tuple(sorted(f, key=when)) for to, f in found.items()}

    def answers_to(self, record: Record) -> tuple[Feedback, ...]:
        """Return the feedback that answers a record, oldest first."""
        return self._answers.get(f"{record.type}:{record.id}", ())

    # --- people -----------------------------------------------------------------------------------

    @cached_property
    def organisation(self) -> Organisation:
        """Return who is in which team and who manages whom, over all folders: for showing."""
        return Organisation(self.people, self.teams)

    @cached_property
    def _trusted(self) -> Mapping[int, Organisation]:
        return {root: self._organisation_of(self.trusts(root)) for root in range(len(self.settings))}

    def _organisation_of(self, roots: frozenset[int]) -> Organisation:
        people: dict[str, Person] = {}
        teams: dict[str, Team] = {}
        for record in self.records:
            if record.root in roots and isinstance(record, Person):
                people.setdefault(record.id, record)
            elif record.root in roots and isinstance(record, Team):
                teams.setdefault(record.id, record)
        return Organisation(people, teams)

    def trusts(self, root: int) -> frozenset[int]:
        """Return the folders whose people, teams and delegations decide who sees a folder's records.

        That is the folder itself and those that its settings name: otherwise whoever may write in an
        open folder could make themselves a manager of somebody whose records lie in a closed one.
        """
        names = self.settings[root].people_from
        return frozenset({root, *(n for n, folder in enumerate(self.settings) if folder.name in names)})

    def sealed(self, root: int) -> bool:
        """Return whether a fault in its own settings, or in those of a folder it names, hides its records."""
        return any(self.settings[n].sealed for n in self.trusts(root))

    def organisation_for(self, root: int) -> Organisation:
        """Return the organisation that decides who sees the records of a folder."""
        return self._trusted[root]

    def teams_of(self, delegation: Delegation) -> tuple[str, ...]:
        """Return the teams that a delegation belongs to: those it names, else its owner's."""
        if delegation.all_teams:
            return delegation.all_teams
        owner = self.people.get(delegation.owner)
        return (owner.team,) if owner and owner.team else ()


def when(event: Event) -> tuple[object, ...]:
    """Sort events by day, then by id."""
    return (event.date, event.id)


def delegations_of(event: Event) -> tuple[str, ...]:
    """Return the ids of the delegations that an event hangs on."""
    if isinstance(event, Meeting):
        decided, given = (d.delegation for d in event.decisions), (a.delegation for a in event.actions)
        return tuple(id_ for id_ in dict.fromkeys((*event.delegations, *decided, *given)) if id_)
    if isinstance(event, Checkin | Feedback | Evaluation | Retrospective) and event.delegation:
        return (event.delegation,)
    return ()


@dataclass
class _Joiner:
    """Fills in what a record leaves to its surroundings."""

    records: Iterable[Record]
    faults: list[Diagnostic] = field(default_factory=list)

    def joined(self) -> list[Record]:
        delegations: dict[str, Delegation] = {}
        folders: dict[tuple[int, str], str] = {}
        for record in self.records:
            if isinstance(record, Delegation):
                delegations.setdefault(record.id, record)
                path = PurePosixPath(record.path)
                if path.name == "index.md":
                    folders.setdefault((record.root, str(path.parent)), record.id)
        self.folders = folders
        out = []
        for record in self.records:
            full = self._with_delegation(record)
            if full is None:
                continue
            if isinstance(full, Checkin) and not full.author:
                full = replace(full, unsigned=True)
                full = reported(full, d) if (d := delegations.get(full.delegation)) else full
            out.append(full)
        return out

    def _home(self, record: Record) -> str:
        """Return the delegation whose folder a record lies in.

        What is laid over other content folders may lie in a folder of theirs; they know nothing of it.
        """
        if not record.folder:
            return ""
        if "/" not in record.folder:
            return record.folder
        below = (record.root, *range(record.root))
        here = next((id_ for n in below if (id_ := self.folders.get((n, record.folder)))), None)
        return here or id_of_path(f"{record.folder}/index.md")

    def _with_delegation(self, record: Record) -> Record | None:
        home = self._home(record)
        if isinstance(record, Meeting):
            return replace(record, delegations=(home,)) if home and not record.delegations else record
        if isinstance(record, Feedback | Retrospective | Evaluation | Checkin) and not record.delegation:
            cycle = isinstance(record, Evaluation) and record.cycle
            if home and not cycle:
                return replace(record, delegation=home)
            if isinstance(record, Checkin):
                self.faults.append(broken("no-delegation", record.place(), type=record.type))
                return None
            if isinstance(record, Evaluation) and not cycle:
                self.faults.append(broken("no-subject", record.place()))
                return None
        return record


def reported(checkin: Checkin, delegation: Delegation) -> Checkin:
    """Return a check-in with who reports: where it does not say, who owned the delegation on that day."""
    owner = owner_on(delegation, checkin.date) if checkin.unsigned else checkin.author
    return checkin if owner == checkin.author else replace(checkin, author=owner)


def owner_on(delegation: Delegation, day: dt.date) -> str:
    """Return who owned a delegation at the end of a day, as its changes say."""
    moves = sorted((c for c in delegation.changes if c.field == "owner"), key=lambda c: c.date)
    before = (c.from_ for c in moves if c.date > day)
    return next((str(owner) for owner in before if owner), delegation.owner)


def build_ledger(
    records: Iterable[Record],
    settings: tuple[Settings, ...],
    files: Mapping[tuple[int, str], Source] | None = None,
) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Join records.

    Args:
        records: in any order.
        settings: one for each content folder.
        files: the other files of the folders; the CSV files of metrics are read from them.

    Returns:
        The ledger, and what could not be joined.
    """
    files = files or {}
    joiner = _Joiner(sorted(records, key=lambda r: (_ORDER[r.type], r.id, r.root, r.path)))
    joined = [
        _with_readings(r, files, joiner.faults) if isinstance(r, Delegation) else r for r in joiner.joined()
    ]
    return Ledger(settings, tuple(joined), frozenset(files)), tuple(joiner.faults)


def beside(record: Record, name: str) -> str | None:
    """Return the path of a file named from a record, or nothing where it leads out of the content folder."""
    parts: list[str] = list(PurePosixPath(record.path).parent.parts)
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _with_readings(
    delegation: Delegation, files: Mapping[tuple[int, str], Source], faults: list[Diagnostic]
) -> Delegation:
    readings = {}
    with_file = [n for n, metric in enumerate(delegation.metrics) if metric.file]
    for n in with_file[:SERIES]:
        metric = delegation.metrics[n]
        path = beside(delegation, metric.file)
        source = files.get((delegation.root, path)) if path else None
        readings[metric.id], found = read_series(delegation, n, source)
        faults.extend(found)
    if len(with_file) > SERIES:
        n = with_file[SERIES]
        why = f"the files of {SERIES} metrics are read, not those of {len(with_file)}"
        faults.append(
            broken("metric-file", delegation.place("metrics", n), why=why, id=delegation.metrics[n].id)
        )
    return replace(delegation, readings=readings) if readings else delegation
