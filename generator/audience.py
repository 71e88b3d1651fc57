"""Who may see a record: named people, their managers, and the widths of visibility.

Everything here answers "may this audience see this record?" and denies where it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.ledger import Ledger, delegations_of
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
from generator.words import EvaluationKind, FeedbackKind, MeetingKind, Visibility

_WIDTH = {v: n for n, v in enumerate(Visibility)}


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


def narrower(a: Visibility, b: Visibility) -> Visibility:
    """Return the narrower of two widths."""
    return a if _WIDTH[a] >= _WIDTH[b] else b


def default_visibility(ledger: Ledger, record: Record) -> Visibility:
    """Return how wide a record is that says nothing itself."""
    own = ledger.settings[record.root].visibility.get(record.type)
    match record:
        case Feedback() if record.to in _managers(ledger, record, record.from_):
            base = Visibility.PAIR
        case Feedback(kind=FeedbackKind.PRAISE):
            base = Visibility.ORG
        case Meeting(kind=MeetingKind.ONE_ON_ONE):
            base = Visibility.PAIR
        case Evaluation(kind=EvaluationKind.SELF, signed=None):
            base = Visibility.PRIVATE
        case Feedback() | Evaluation():
            base = own or Visibility.LINE
        case _:
            base = own or Visibility.ORG
    # A setting may narrow the special cases, never widen them.
    return narrower(base, own) if own else base


def visibility(ledger: Ledger, record: Record) -> Visibility:
    """Return how wide a record is: what it says, else its type's default, within its folder's ceiling."""
    width = record.visibility or default_visibility(ledger, record)
    ceiling = ledger.settings[record.root].widest
    return narrower(width, ceiling) if ceiling else width


def named(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the people a record names: those that ``line`` and ``pair`` are about."""
    match record:
        case Delegation():
            return frozenset({record.delegator, record.owner})
        case Checkin():
            parents = _parents(ledger, record)
            return frozenset({record.author, *(p for d in parents for p in (d.delegator, d.owner))})
        case Feedback():
            return frozenset({record.from_, *_people(ledger, record, record.to)})
        case Meeting():
            return frozenset(record.attendees)
        case Evaluation():
            return frozenset({record.subject, record.evaluator})
        case Retrospective():
            return frozenset({*record.attendees, *((record.facilitator,) if record.facilitator else ())})
        case Person():
            return frozenset({record.id})
        case Team():
            return frozenset(ledger.organisation_for(record.root).members(record.id))
        case Cycle(team=str() as team):
            return frozenset(ledger.organisation_for(record.root).members(team))
    return frozenset()


def line(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the named people of a record and the managers of whom it is about."""
    above = {m for person in _subjects(ledger, record) for m in _managers(ledger, record, person)}
    return named(ledger, record) | above


def concerned_teams(ledger: Ledger, record: Record) -> frozenset[str]:
    """Return the teams that a record concerns: of its delegations, else of the people it is about."""
    teams: set[str] = set()
    match record:
        case Delegation():
            teams |= set(ledger.teams_of(record))
        case Team():
            teams.add(record.id)
        case Retrospective(team=str() as team) | Cycle(team=str() as team) | Person(team=str() as team):
            teams.add(team)
    if isinstance(record, Feedback) and record.to.startswith("team:"):
        teams.add(record.to[5:])
    for parent in _parents(ledger, record):
        teams |= set(ledger.teams_of(parent))
    if not teams:
        whose = ledger.organisation_for(record.root)
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


def within(ledger: Ledger, audience: Audience, record: Record) -> bool:
    """Tell whether an audience is inside a record's own width. What it hangs on is not looked at."""
    if audience.circle is Circle.FULL:
        return True
    width = visibility(ledger, record)
    if width is Visibility.PUBLIC:
        return True
    if audience.circle is Circle.PUBLIC:
        return False
    if width is Visibility.ORG:
        return True
    if audience.circle is Circle.TEAM:
        return width is Visibility.TEAM and audience.id in concerned_teams(ledger, record)
    return audience.circle is Circle.PERSON and _person_within(ledger, audience.id, record, width)


def sees_line_values(ledger: Ledger, audience: Audience, record: Record) -> bool:
    """Tell whether an audience sees the values that are for the line only (confidence, readiness)."""
    if audience.circle is Circle.FULL:
        return True
    return audience.circle is Circle.PERSON and audience.id in line(ledger, record)


def _person_within(ledger: Ledger, person: str, record: Record, width: Visibility) -> bool:
    if width is Visibility.TEAM:
        teams, whose = concerned_teams(ledger, record), ledger.organisation_for(record.root)
        return person in named(ledger, record) or any(person in whose.members(t) for t in teams)
    if width is Visibility.LINE:
        return person in line(ledger, record)
    if width is Visibility.PAIR:
        pair = named(ledger, record)
        return len(pair) == 2 and person in pair
    if width is Visibility.MANAGERS:
        about = _subjects(ledger, record)
        above = {m for p in about for m in _managers(ledger, record, p)}
        return person not in about and (person == author(record) or person in above)
    return person == author(record)


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


def _managers(ledger: Ledger, record: Record, person: str) -> tuple[str, ...]:
    return ledger.organisation_for(record.root).managers(person)


def _people(ledger: Ledger, record: Record, party: str) -> tuple[str, ...]:
    if party.startswith("team:"):
        return ledger.organisation_for(record.root).members(party[5:])
    return () if party.startswith("outside:") else (party,)
