"""The pages of people, teams and cycles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.cards import Cards, Group, board, counts
from generator.pages.events import EvaluationView, Events, FeedbackView, MeetingView, Owned, RetrospectiveView
from generator.pages.registers import actions, development
from generator.pages.values import Card, Count, Link, Prose
from generator.record import Away, Cycle, Person, Team
from generator.schema import Target
from generator.tracking.expectations import Tally
from generator.tracking.state import Tracked
from generator.words import Answer, FeedbackKind, MeetingKind


@dataclass(frozen=True, slots=True)
class Expected:
    """A check-in that somebody owes or will owe."""

    delegation: Link
    due: dt.date
    state: Answer
    what: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What somebody holds and hands over, what was said to them and what came of it."""

    id: str
    name: Link
    role: str
    team: Link | None
    manager: Link | None
    reports: tuple[Link, ...]
    left: dt.date | None
    away: tuple[Away, ...]
    holds: tuple[Card, ...]
    gives: tuple[Card, ...]
    helps: tuple[Card, ...]
    expected: tuple[Expected, ...]
    """Check-ins due, overdue or to come within two weeks."""
    actions: tuple[Owned, ...]
    development: tuple[Owned, ...]
    received: tuple[FeedbackView, ...]
    given: tuple[FeedbackView, ...]
    recognition: tuple[FeedbackView, ...]
    evaluations: tuple[EvaluationView, ...]
    talks: tuple[MeetingView, ...]
    tally: Tally
    prose: Prose
    linked_from: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team with its delegations."""

    id: str
    name: Link
    lead: Link | None
    parent: Link | None
    parts: tuple[Link, ...]
    members: tuple[tuple[Link, str, int], ...]
    """Each with their role and how many running delegations they hold."""
    counts: tuple[Count, ...]
    delegations: tuple[Card, ...]
    works_with: tuple[tuple[Link, tuple[Card, ...]], ...]
    """Other teams, with the delegations shared with each."""
    feedback: tuple[FeedbackView, ...]
    retrospectives: tuple[RetrospectiveView, ...]
    tally: Tally
    prose: Prose
    linked_from: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A cycle: what was planned, where it stands, what it taught."""

    id: str
    name: Link
    start: dt.date
    end: dt.date
    closed: dt.date | None
    running: bool
    share: int
    """How much of its time is gone, in percent."""
    goals: tuple[str, ...]
    team: Link | None
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]
    delegations: tuple[Card, ...]
    tally: Tally
    retrospectives: tuple[RetrospectiveView, ...]
    previous: Link | None
    next: Link | None
    prose: Prose
    linked_from: tuple[Link, ...]


AHEAD = dt.timedelta(14)


def person_page(person: Person, tracked: Tracked, cards: Cards, events: Events) -> PersonPage:
    """Return the page of one person."""
    ledger, to = tracked.ledger, cards.linker
    received = [f for f in ledger.feedback.values() if f.to == person.id]
    given = [f for f in ledger.feedback.values() if f.from_ == person.id]
    feedback = {f.id: events.feedback(f) for f in (*received, *given)}
    about = [e for e in ledger.evaluations.values() if e.subject == person.id]
    talks = [
        m for m in ledger.meetings.values() if m.kind is MeetingKind.ONE_ON_ONE and person.id in m.attendees
    ]
    manager = ledger.next_manager(person.id)
    return PersonPage(
        id=person.id,
        name=to.link(person),
        role=person.role,
        team=to.to(Target.TEAM, person.team) if person.team else None,
        manager=to.person(manager) if manager else None,
        reports=tuple(to.link(p) for p in ledger.people.values() if ledger.next_manager(p.id) == person.id),
        left=person.left,
        away=tuple(a for a in person.away if a.to >= tracked.today),
        holds=cards.of(lambda s: s.delegation.owner == person.id),
        gives=cards.of(lambda s: s.delegation.delegator == person.id),
        helps=cards.of(lambda s: person.id in s.delegation.contributors),
        expected=expected_of(tracked, cards, person.id),
        actions=tuple(a for a in actions(tracked, events) if a.owner and a.owner.href == to.url(person)),
        development=tuple(s for e in about for s in development(e, events)),
        received=_newest([feedback[f.id] for f in received if f.kind is not FeedbackKind.PRAISE]),
        given=_newest([feedback[f.id] for f in given]),
        recognition=_newest([feedback[f.id] for f in received if f.kind is FeedbackKind.PRAISE]),
        evaluations=tuple(sorted((events.evaluation(e) for e in about), key=lambda v: v.date, reverse=True)),
        talks=tuple(sorted((events.meeting(m) for m in talks), key=lambda v: v.date, reverse=True)),
        tally=sum((s.tally for s in tracked.states.values() if s.delegation.owner == person.id), Tally()),
        prose=to.prose(person),
        linked_from=to.linked_from(person),
    )


def expected_of(tracked: Tracked, cards: Cards, person: str | None = None) -> tuple[Expected, ...]:
    """Return check-ins that are due, overdue or to come within two weeks, of one person or of all."""
    out = []
    for id_, state in tracked.states.items():
        for e in state.expected:
            soon = e.state is Answer.UPCOMING and e.due <= tracked.today + AHEAD
            if (soon or e.state in {Answer.DUE, Answer.OVERDUE}) and person in (None, e.who):
                out.append(Expected(cards.all[id_].link, e.due, e.state, e.what))
    return tuple(sorted(out, key=lambda e: (e.due, e.delegation.href)))


def _newest(views: list[FeedbackView]) -> tuple[FeedbackView, ...]:
    return tuple(sorted(views, key=lambda v: v.date, reverse=True))


def team_page(team: Team, tracked: Tracked, cards: Cards, events: Events) -> TeamPage:
    """Return the page of one team."""
    ledger, to = tracked.ledger, cards.linker
    own = cards.of(lambda s: team.id in ledger.teams_of(s.delegation))
    shared: dict[Link, list[Card]] = {}
    for card in own:
        for other in card.teams:
            if other.href != to.url(team):
                shared.setdefault(other, []).append(card)
    members = []
    for id_ in ledger.members(team.id):
        person = ledger.people.get(id_)
        holds = sum(
            s.delegation.owner == id_ and s.delegation.status == "active" for s in tracked.states.values()
        )
        members.append((to.person(id_), person.role if person else "", holds))
    mine = {c.link.href for c in own}
    return TeamPage(
        id=team.id,
        name=to.link(team),
        lead=to.person(team.lead) if team.lead else None,
        parent=to.to(Target.TEAM, team.parent) if team.parent else None,
        parts=tuple(to.link(t) for t in ledger.teams.values() if t.parent == team.id),
        members=tuple(members),
        counts=counts(own),
        delegations=own,
        works_with=tuple((other, tuple(shared[other])) for other in sorted(shared, key=lambda t: t.text)),
        feedback=_newest([events.feedback(f) for f in ledger.feedback.values() if f.to == f"team:{team.id}"]),
        retrospectives=tuple(
            events.retrospective(r) for r in ledger.retrospectives.values() if r.team == team.id
        ),
        tally=sum(
            (s.tally for id_, s in tracked.states.items() if cards.all[id_].link.href in mine), Tally()
        ),
        prose=to.prose(team),
        linked_from=to.linked_from(team),
    )


def cycle_page(cycle: Cycle, tracked: Tracked, cards: Cards, events: Events) -> CyclePage:
    """Return the page of one cycle."""
    ledger, to = tracked.ledger, cards.linker
    own = cards.of(lambda s: s.delegation.cycle == cycle.id)
    peers = sorted((c for c in ledger.cycles.values() if c.team == cycle.team), key=lambda c: (c.start, c.id))
    at = peers.index(cycle)
    gone = (tracked.today - cycle.start).days / max(1, (cycle.end - cycle.start).days)
    retrospectives = sorted(
        (r for r in ledger.retrospectives.values() if r.cycle == cycle.id), key=lambda r: (r.date, r.id)
    )
    return CyclePage(
        id=cycle.id,
        name=to.link(cycle),
        start=cycle.start,
        end=cycle.end,
        closed=cycle.closed,
        running=cycle.start <= tracked.today <= cycle.end and cycle.closed is None,
        share=round(100 * min(1.0, max(0.0, gone))),
        goals=cycle.goals,
        team=to.to(Target.TEAM, cycle.team) if cycle.team else None,
        counts=counts(own),
        groups=board(own, "team").groups,
        delegations=own,
        tally=sum((s.tally for s in tracked.states.values() if s.delegation.cycle == cycle.id), Tally()),
        retrospectives=tuple(events.retrospective(r) for r in retrospectives),
        previous=to.link(peers[at - 1]) if at else None,
        next=to.link(peers[at + 1]) if at + 1 < len(peers) else None,
        prose=to.prose(cycle),
        linked_from=to.linked_from(cycle),
    )
