"""The pages of people and teams."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.audience import sees_line_values
from generator.ledger import Ledger
from generator.pages.agenda import calendar_path
from generator.pages.alerts import SignalView
from generator.pages.answers import AnswerOwed
from generator.pages.attention import Attention, attention
from generator.pages.cards import counts
from generator.pages.feedback import FeedbackRow, feedback_rows
from generator.pages.figures import (
    CalendarChart,
    GapChart,
    HealthHeat,
    LevelChart,
    Matrix,
)
from generator.pages.gathered import Expected, Gathered
from generator.pages.plots import (
    calendar_plot,
    gap_plot,
    heat_plot,
    level_plot,
    matrix_plot,
)
from generator.pages.values import Card, Count, Link, Prose
from generator.pages.views import (
    EvaluationView,
    FeedbackView,
    MeetingView,
    Owned,
    RetrospectiveView,
    newest,
)
from generator.record import Away, Feedback, Person, Team
from generator.schema import Target
from generator.tracking.expectations import Expectation, Tally
from generator.tracking.measures import Measure, measures
from generator.words import FeedbackKind, Status


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
    owes: tuple[AnswerOwed, ...]
    owed: tuple[AnswerOwed, ...]
    """Answers that others owe them."""
    authority: LevelChart | None
    """The levels of what they held and hold, for those who may know."""
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
    attention: Attention
    """What waits on the team, or is about its delegations."""
    measures: tuple[Measure, ...]
    feed: str
    """The path of the calendar that programs subscribe to."""
    counted: tuple[FeedbackRow, ...]
    """Feedback to the team and on its delegations."""
    heat: HealthHeat | None
    authority: LevelChart | None
    matrix: Matrix | None
    delegations: tuple[Card, ...]
    works_with: tuple[tuple[Link, tuple[Card, ...]], ...]
    """Other teams, with the delegations shared with each."""
    feedback: tuple[FeedbackView, ...]
    retrospectives: tuple[RetrospectiveView, ...]
    tally: Tally
    prose: Prose
    linked_from: tuple[Link, ...]


TEAM_ENTRIES = 5
"""What needs attention in a team and is shown whole; the others are a line each."""


def person_page(person: Person, all_: Gathered) -> PersonPage:
    """Return the page of one person."""
    ledger, to, events = all_.ledger, all_.cards.linker, all_.events
    received = newest(events.feedback(f) for f in all_.received.get(person.id, ()))
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
        owes=all_.owed_by.get(person.id, ()),
        owed=all_.owed_to.get(person.id, ()),
        authority=_authority(person, holds, all_),
        calendar=calendar_plot(_owed(person.id, all_), all_.tracked.today, named=True),
        feed=calendar_path(person, to),
        gaps=_gaps(person.id, all_),
        expected=all_.expected_of.get(person.id, ()),
        actions=all_.actions_of.get(to.url(person), ()),
        development=tuple(step for view in about for step in view.development),
        received=tuple(v for v in received if v.kind is not FeedbackKind.PRAISE),
        given=newest(events.feedback(f) for f in all_.said.get(person.id, ())),
        recognition=tuple(v for v in received if v.kind is FeedbackKind.PRAISE),
        evaluations=newest(about),
        talks=newest(events.meeting(m) for m in all_.talks.get(person.id, ())),
        tally=all_.tally(holds),
        prose=to.prose(person),
        linked_from=to.linked_from(person),
    )


def _authority(person: Person, holds: tuple[Card, ...], all_: Gathered) -> LevelChart | None:
    if not sees_line_values(all_.ledger, all_.tracked.audience, person):
        return None
    states = sorted(all_.states(holds), key=lambda s: (s.delegation.start or dt.date.max, s.delegation.id))
    chart = level_plot(states, all_.cards, all_.tracked.today)
    # A single level that has always been is on the delegation's own page.
    return chart if chart and sum(len(row.spans) for row in chart.rows) > 1 else None


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
        attention=attention(_team_signals(team.id, own, all_), TEAM_ENTRIES),
        measures=measures(all_.tracked, lambda d: team.id in ledger.teams_of(d)) if own else (),
        feed=calendar_path(team, to),
        heat=heat_plot(all_.states(c for c in own if c.status.open), all_.tracked, all_.cards),
        counted=feedback_rows(all_.tracked, lambda f: _of_team(f, team.id, ledger)),
        authority=level_plot(all_.states(own), all_.cards, all_.tracked.today),
        matrix=matrix_plot(own),
        delegations=own,
        works_with=tuple((other, tuple(shared[other])) for other in sorted(shared, key=lambda t: t.text)),
        feedback=newest(events.feedback(f) for f in all_.received.get(f"team:{team.id}", ())),
        retrospectives=newest(events.retrospective(r) for r in all_.looked_back.get(f"team:{team.id}", ())),
        tally=all_.tally(own),
        prose=to.prose(team),
        linked_from=to.linked_from(team),
    )


def _of_team(feedback: Feedback, team: str, ledger: Ledger) -> bool:
    d = ledger.delegations.get(feedback.delegation)
    return feedback.to == f"team:{team}" or (d is not None and team in ledger.teams_of(d))


def _team_signals(team: str, own: tuple[Card, ...], all_: Gathered) -> tuple[SignalView, ...]:
    mine = {c.link.href for c in own}
    return tuple(
        v
        for v in all_.signals
        if v.signal.waits_on == f"team:{team}" or (v.delegation and v.delegation.link.href in mine)
    )
