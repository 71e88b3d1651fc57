"""The pages of people, teams and cycles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from generator.pages.agenda import calendar_path
from generator.pages.alerts import SignalView
from generator.pages.cards import Group, board, counts
from generator.pages.facts import FactsView, facts_view
from generator.pages.figures import (
    BurnUp,
    CalendarChart,
    GapChart,
    HealthHeat,
    Matrix,
    SlipChart,
    TimelineChart,
)
from generator.pages.gathered import Expected, Gathered
from generator.pages.plots import (
    burn_up_plot,
    calendar_plot,
    gap_plot,
    heat_plot,
    matrix_plot,
    slip_plot,
    timeline_plot,
)
from generator.pages.values import Card, Count, Link, Prose
from generator.pages.views import (
    EvaluationView,
    EventView,
    FeedbackView,
    MeetingView,
    Owned,
    RetrospectiveView,
)
from generator.record import Away, Cycle, Person, Team
from generator.schema import Target
from generator.tracking.expectations import Expectation, Tally
from generator.tracking.measures import Measure, measures
from generator.words import FeedbackKind, Status

View = TypeVar("View", bound=EventView)


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
    waiting: tuple[SignalView, ...]
    """What waits on them."""
    about: tuple[SignalView, ...]
    """What concerns them, for those who may know."""
    calendar: CalendarChart | None
    feed: str
    """The path of the calendar that programs subscribe to."""
    gaps: tuple[tuple[Link, GapChart], ...]
    """Self beside manager, for each delegation that was evaluated from both sides."""
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
    signals: tuple[SignalView, ...]
    """What waits on the team, or is about its delegations."""
    measures: tuple[Measure, ...]
    feed: str
    """The path of the calendar that programs subscribe to."""
    heat: HealthHeat | None
    matrix: Matrix | None
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
    signals: tuple[SignalView, ...]
    facts: FactsView | None
    burn_up: BurnUp | None
    timeline: TimelineChart | None
    slips: SlipChart | None
    groups: tuple[Group, ...]
    delegations: tuple[Card, ...]
    tally: Tally
    retrospectives: tuple[RetrospectiveView, ...]
    previous: Link | None
    next: Link | None
    prose: Prose
    linked_from: tuple[Link, ...]


AHEAD = dt.timedelta(14)


def person_page(person: Person, all_: Gathered) -> PersonPage:
    """Return the page of one person."""
    ledger, to, events = all_.ledger, all_.cards.linker, all_.events
    received = _newest(events.feedback(f) for f in all_.received.get(person.id, ()))
    about = [events.evaluation(e) for e in all_.evaluated.get(person.id, ())]
    manager = ledger.organisation.next_manager(person.id)
    holds = all_.held.get(person.id, ())
    return PersonPage(
        id=person.id,
        name=to.link(person),
        role=person.role,
        team=to.to(Target.TEAM, person.team) if person.team else None,
        manager=to.person(manager) if manager else None,
        reports=to.people(all_.reports.get(person.id, ())),
        left=person.left,
        away=tuple(a for a in person.away if a.to >= all_.tracked.today),
        holds=holds,
        gives=all_.given.get(person.id, ()),
        helps=all_.helped.get(person.id, ()),
        waiting=all_.signals_for.get(person.id, ()),
        about=all_.signals_about.get(f"person:{person.id}", ()),
        calendar=calendar_plot(_owed(person.id, all_), all_.tracked.today, named=True),
        feed=calendar_path(person, to),
        gaps=_gaps(person.id, all_),
        expected=all_.expected_of.get(person.id, ()),
        actions=all_.actions_of.get(to.url(person), ()),
        development=tuple(step for view in about for step in view.development),
        received=tuple(v for v in received if v.kind is not FeedbackKind.PRAISE),
        given=_newest(events.feedback(f) for f in all_.said.get(person.id, ())),
        recognition=tuple(v for v in received if v.kind is FeedbackKind.PRAISE),
        evaluations=_newest(about),
        talks=_newest(events.meeting(m) for m in all_.talks.get(person.id, ())),
        tally=all_.tally(holds),
        prose=to.prose(person),
        linked_from=to.linked_from(person),
    )


def _owed(person: str, all_: Gathered) -> list[tuple[Link, Expectation]]:
    return [
        (all_.cards.all[id_].link, e)
        for id_, s in all_.tracked.states.items()
        for e in s.expected
        if e.who == person and s.delegation.status is Status.ACTIVE
    ]


def _gaps(person: str, all_: Gathered) -> tuple[tuple[Link, GapChart], ...]:
    to, wide = all_.cards.linker, all_.ledger.site.thresholds.evaluation_gap
    out = []
    for own, other in all_.pairs:
        if other.subject == person:
            d = all_.ledger.delegations.get(other.delegation)
            chart = gap_plot(own, other, d, wide)
            if chart:
                out.append((to.link(d) if d else to.to(Target.CYCLE, other.cycle), chart))
    return tuple(out)


def _newest(views: Iterable[View]) -> tuple[View, ...]:
    return tuple(sorted(views, key=lambda v: (-v.date.toordinal(), v.link.href)))


def team_page(team: Team, all_: Gathered) -> TeamPage:
    """Return the page of one team."""
    ledger, to, events = all_.ledger, all_.cards.linker, all_.events
    own = all_.in_team.get(team.id, ())
    shared: dict[Link, list[Card]] = {}
    for card in own:
        for other in card.teams:
            if other.href != to.url(team):
                shared.setdefault(other, []).append(card)
    members = []
    for id_ in ledger.organisation.members(team.id):
        person = ledger.people.get(id_)
        running = sum(c.status is Status.ACTIVE for c in all_.held.get(id_, ()))
        members.append((to.person(id_), person.role if person else "", running))
    return TeamPage(
        id=team.id,
        name=to.link(team),
        lead=to.person(team.lead) if team.lead else None,
        parent=to.to(Target.TEAM, team.parent) if team.parent else None,
        parts=tuple(to.to(Target.TEAM, id_) for id_ in all_.parts_of_team.get(team.id, ())),
        members=tuple(members),
        counts=counts(own),
        signals=_team_signals(team.id, own, all_),
        measures=measures(all_.tracked, lambda d: team.id in ledger.teams_of(d)) if own else (),
        feed=calendar_path(team, to),
        heat=heat_plot(all_.states(c for c in own if c.status.open), all_.tracked, all_.cards),
        matrix=matrix_plot(own),
        delegations=own,
        works_with=tuple((other, tuple(shared[other])) for other in sorted(shared, key=lambda t: t.text)),
        feedback=_newest(events.feedback(f) for f in all_.received.get(f"team:{team.id}", ())),
        retrospectives=_newest(events.retrospective(r) for r in all_.looked_back.get(f"team:{team.id}", ())),
        tally=all_.tally(own),
        prose=to.prose(team),
        linked_from=to.linked_from(team),
    )


def _team_signals(team: str, own: tuple[Card, ...], all_: Gathered) -> tuple[SignalView, ...]:
    mine = {c.link.href for c in own}
    return tuple(
        v
        for v in all_.signals
        if v.signal.waits_on == f"team:{team}" or (v.delegation and v.delegation.link.href in mine)
    )


def cycle_page(cycle: Cycle, all_: Gathered) -> CyclePage:
    """Return the page of one cycle; a closed one as of its closing day: it reads the same for ever."""
    ledger, to = all_.ledger, all_.cards.linker
    then = all_.on(cycle.closed) if cycle.closed else all_
    today = then.tracked.today
    own = then.in_cycle.get(cycle.id, ())
    peers = sorted((c for c in ledger.cycles.values() if c.team == cycle.team), key=lambda c: (c.start, c.id))
    at = peers.index(cycle)
    gone = (today - cycle.start).days / max(1, (cycle.end - cycle.start).days)
    # A retrospective held after the closing is no part of what the cycle was then: it is as of today.
    about = f"cycle:{cycle.id}"
    held = {r.id for r in then.looked_back.get(about, ())}
    looked_back = [then.events.retrospective(r) for r in then.looked_back.get(about, ())]
    looked_back += [all_.events.retrospective(r) for r in all_.looked_back.get(about, ()) if r.id not in held]
    return CyclePage(
        id=cycle.id,
        name=to.link(cycle),
        start=cycle.start,
        end=cycle.end,
        closed=cycle.closed,
        running=cycle.start <= today <= cycle.end and cycle.closed is None,
        share=round(100 * min(1.0, max(0.0, gone))),
        goals=cycle.goals,
        team=to.to(Target.TEAM, cycle.team) if cycle.team else None,
        counts=counts(own),
        signals=all_.signals_about.get(f"cycle:{cycle.id}", ()),
        facts=facts_view(cycle, peers[at - 1] if at else None, all_),
        burn_up=burn_up_plot(cycle, then.states(own), today),
        timeline=timeline_plot(then.states(own), then.cards, today),
        slips=slip_plot(then.states(own), then.cards, today),
        groups=board(own, "team").groups,
        delegations=own,
        tally=then.tally(own),
        retrospectives=_newest(looked_back),
        previous=to.link(peers[at - 1]) if at else None,
        next=to.link(peers[at + 1]) if at + 1 < len(peers) else None,
        prose=to.prose(cycle),
        linked_from=to.linked_from(cycle),
    )
