"""Who may see a record: the people it names, their managers, and the teams it concerns.

Everything here answers "may this audience see this record, and on what ground?", and denies where it does
not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.ledger import Ledger, delegations_of
from generator.organisation import Organisation
from generator.record import (
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
from generator.width import visibility
from generator.words import Visibility


class Circle(StrEnum):
    """The kinds of audiences."""

    PUBLIC = "public"
    ORG = "org"
    TEAM = "team"
    PERSON = "person"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a site is built for; ``id`` names the team or the person."""

    circle: Circle
    id: str = ""

    def __str__(self) -> str:
        return f"{self.circle.value}:{self.id}" if self.id else self.circle.value


FULL = Audience(Circle.FULL)
ORG = Audience(Circle.ORG)


def read_audience(word: str) -> Audience | None:
    """Return the audience that ``word`` spells (``org``, ``team:sales``), or nothing."""
    name, _, id_ = word.strip().partition(":")
    if name not in set(Circle):
        return None
    circle = Circle(name)
    if (circle in {Circle.TEAM, Circle.PERSON}) != bool(id_):
        return None
    return Audience(circle, id_.strip())


def audiences(ledger: Ledger) -> tuple[Audience, ...]:
    """Return the audiences but ``full``, the widest first."""
    teams = (Audience(Circle.TEAM, id_) for id_ in ledger.teams if ledger.organisation.members(id_))
    people = (Audience(Circle.PERSON, id_) for id_ in ledger.people)
    return (Audience(Circle.PUBLIC), ORG, *teams, *people)


def unknown_audience(ledger: Ledger, audience: Audience) -> str | None:
    """Return why there is no such audience, or nothing where there is one."""
    if audience.circle is Circle.PERSON and audience.id not in ledger.people:
        return f"no person “{audience.id}”"
    if audience.circle is Circle.TEAM:
        if audience.id not in ledger.teams:
            return f"no team “{audience.id}”"
        if not ledger.organisation.members(audience.id):
            return f"the team “{audience.id}” has no members"
    return None


class Role(StrEnum):
    """As what a record names somebody."""

    DELEGATOR = "delegator"
    OWNER = "owner"
    AUTHOR = "author"
    FROM = "from"
    TO = "to"
    ATTENDEE = "attendee"
    SUBJECT = "subject"
    EVALUATOR = "evaluator"
    FACILITATOR = "facilitator"
    THEMSELVES = "themselves"
    MEMBER = "member"


def roles(ledger: Ledger, record: Record) -> tuple[tuple[str, Role], ...]:
    """Return the people a record names, each as what; somebody may be named more than once."""
    match record:
        case Delegation():
            return ((record.delegator, Role.DELEGATOR), (record.owner, Role.OWNER))
        case Checkin():
            terms = [role for parent in _parents(ledger, record) for role in roles(ledger, parent)]
            return ((record.author, Role.AUTHOR), *terms)
        case Feedback():
            role = Role.MEMBER if record.to.startswith("team:") else Role.TO
            return ((record.from_, Role.FROM), *((p, role) for p in _people(ledger, record, record.to)))
        case Meeting():
            return tuple((p, Role.ATTENDEE) for p in record.attendees)
        case Evaluation():
            return ((record.subject, Role.SUBJECT), (record.evaluator, Role.EVALUATOR))
        case Retrospective():
            leading = ((record.facilitator, Role.FACILITATOR),) if record.facilitator else ()
            return (*leading, *((p, Role.ATTENDEE) for p in record.attendees))
        case Person():
            return ((record.id, Role.THEMSELVES),)
        case Team(id=team) | Cycle(team=str() as team):
            members = ledger.organisation_for(record.root).members(team)
            return tuple((p, Role.MEMBER) for p in members)
    return ()


def named(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the people a record names: those that ``line`` and ``pair`` are about."""
    return frozenset(person for person, _ in roles(ledger, record))


def above(ledger: Ledger, record: Record) -> dict[str, str]:
    """Return the managers of whom a record is about, each with whose manager it is."""
    found: dict[str, str] = {}
    for person in sorted(_subjects(ledger, record)):
        for manager in _managers(ledger, record, person):
            found.setdefault(manager, person)
    return found


def line(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the named people of a record and the managers of whom it is about."""
    return named(ledger, record) | above(ledger, record).keys()


def concerned_teams(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the teams that a record concerns: of its delegations, else of the people it is about."""
    teams: set[str] = set()
    whose = ledger.organisation_for(record.root)
    match record:
        case Delegation():
            teams |= _teams_of(whose, record)
        case Team():
            teams.add(record.id)
        case Retrospective(team=str() as team) | Cycle(team=str() as team) | Person(team=str() as team):
            teams.add(team)
    if isinstance(record, Feedback) and record.to.startswith("team:"):
        teams.add(record.to[5:])
    for parent in _parents(ledger, record):
        teams |= _teams_of(whose, parent)
    if not teams:
        about = _subjects(ledger, record) or named(ledger, record)
        teams |= {its for p in about if (its := whose.team_of(p))}
    return frozenset(teams)


def author(record: Record) -> str | None:
    """Return who wrote a record, where that is one person."""
    match record:
        case Checkin():
            return record.author
        case Feedback():
            return record.from_
        case Evaluation():
            return record.evaluator
        case Delegation():
            return record.delegator
        case Retrospective():
            return record.facilitator
        case Person():
            return record.id
    return None


class Tie(StrEnum):
    """What ties an audience to a record that it is wide enough for."""

    FULL = "full"
    """The audience sees everything."""
    PUBLIC = "public"
    """The record is for everybody."""
    ORG = "org"
    """The record is for the organisation."""
    TEAM = "team"
    """The record concerns the team."""
    MEMBER = "member"
    """The record concerns a team that the person is in."""
    NAMED = "named"
    """The record names the person."""
    MANAGER = "manager"
    """The record is about somebody whose manager the person is."""
    AUTHOR = "author"
    """The person wrote the record."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an audience is inside a record's width; ``of`` is the team, or whose manager it is."""

    tie: Tie
    of: str = ""


def within(ledger: Ledger, audience: Audience, record: Record) -> bool:
    """Tell whether an audience is inside a record's own width. What it hangs on is not looked at."""
    return ground(ledger, audience, record) is not None


def ground(ledger: Ledger, audience: Audience, record: Record) -> Ground | None:
    """Return why an audience is inside a record's own width; nothing where it is not."""
    if audience.circle is Circle.FULL:
        return Ground(Tie.FULL)
    width = visibility(ledger, record)
    if width is Visibility.PUBLIC:
        return Ground(Tie.PUBLIC)
    if audience.circle is Circle.PUBLIC:
        return None
    if width is Visibility.ORG:
        return Ground(Tie.ORG)
    if audience.circle is Circle.TEAM:
        concerned = width is Visibility.TEAM and audience.id in concerned_teams(ledger, record)
        return Ground(Tie.TEAM, audience.id) if concerned else None
    return _ground_of(ledger, audience.id, record, width) if audience.circle is Circle.PERSON else None


def sees_line_values(ledger: Ledger, audience: Audience, record: Record) -> bool:
    """Tell whether an audience sees the values that are for the line only (confidence, readiness)."""
    if audience.circle is Circle.FULL:
        return True
    return audience.circle is Circle.PERSON and audience.id in line(ledger, record)


def _ground_of(ledger: Ledger, person: str, record: Record, width: Visibility) -> Ground | None:
    """Return why a person is inside a width that is narrower than the organisation."""
    if width is Visibility.PRIVATE:
        return Ground(Tie.AUTHOR) if person == author(record) else None
    if width is Visibility.MANAGERS:
        if person in _subjects(ledger, record):
            return None
        return Ground(Tie.AUTHOR) if person == author(record) else _as_manager(ledger, person, record)
    names = named(ledger, record)
    if width is Visibility.PAIR:
        return Ground(Tie.NAMED) if len(names) == 2 and person in names else None
    if person in names:
        return Ground(Tie.NAMED)
    if width is Visibility.LINE:
        return _as_manager(ledger, person, record)
    whose = ledger.organisation_for(record.root)
    teams = sorted(t for t in concerned_teams(ledger, record) if person in whose.members(t))
    return Ground(Tie.MEMBER, teams[0]) if teams else None


def _as_manager(ledger: Ledger, person: str, record: Record) -> Ground | None:
    of = above(ledger, record).get(person)
    return Ground(Tie.MANAGER, of) if of is not None else None


def _subjects(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the people a record is about: an owner, a subject, whom feedback is for."""
    match record:
        case Delegation():
            return frozenset({record.owner})
        case Evaluation():
            return frozenset({record.subject})
        case Feedback():
            return frozenset(_people(ledger, record, record.to))
        case Person():
            return frozenset({record.id})
        case Event():
            return frozenset(p.owner for p in _parents(ledger, record))
    return frozenset()


def _parents(ledger: Ledger, record: Record) -> tuple[Delegation, ...]:
    """Return the delegations that a record hangs on, as far as they may decide who sees it."""
    ids = delegations_of(record) if isinstance(record, Event) else ()
    found = (ledger.delegations.get(id_) for id_ in ids)
    return tuple(d for d in found if d and d.root in ledger.trusts(record.root))


def _teams_of(whose: Organisation, delegation: Delegation) -> set[str]:
    """Return the teams that a delegation names, else its owner's, as far as they may decide who sees it."""
    team = whose.team_of(delegation.owner)
    return set(delegation.all_teams) or ({team} if team else set())


def _managers(ledger: Ledger, record: Record, person: str) -> tuple[str, ...]:
    return ledger.organisation_for(record.root).managers(person)


def _people(ledger: Ledger, record: Record, party: str) -> tuple[str, ...]:
    if party.startswith("team:"):
        return ledger.organisation_for(record.root).members(party[5:])
    return () if party.startswith("outside:") else (party,)
