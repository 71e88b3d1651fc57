"""What belongs to whom, gathered once for all pages: by owner, parent, reader, attendee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from generator.pages.alerts import SignalView, signal_view
from generator.pages.answers import AnswerOwed, answers_owed
from generator.pages.cards import Cards, listed
from generator.pages.events import Events
from generator.pages.values import Card, Link
from generator.pages.views import Owned
from generator.record import Cycle, Delegation, Evaluation, Feedback, Meeting, Retrospective
from generator.schema import Target
from generator.tracking.cycles import CycleFacts, cycle_facts
from generator.tracking.expectations import Tally
from generator.tracking.signals import signals
from generator.tracking.signals.day import Day
from generator.tracking.signals.judgement import pairs
from generator.tracking.state import State, Tracked, track
from generator.words import Answer, MeetingKind

Value = TypeVar("Value")

AHEAD = dt.timedelta(14)
"""How far ahead expected check-ins are listed."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A check-in that somebody owes or will owe."""

    delegation: Link
    due: dt.date
    state: Answer
    what: str


def grouped(
    values: Iterable[Value], keys: Callable[[Value], Iterable[str]]
) -> Mapping[str, tuple[Value, ...]]:
    """Return values by each of their keys, in the order given."""
    found: dict[str, list[Value]] = {}
    for value in values:
        for key in dict.fromkeys(keys(value)):
            found.setdefault(key, []).append(value)
    return {key: tuple(some) for key, some in found.items()}


class Gathered:
    """Everything of a tracked ledger by what it belongs to."""

    def __init__(self, tracked: Tracked, cards: Cards, events: Events) -> None:
        self.tracked = tracked
        self.ledger = tracked.ledger
        self.cards = cards
        self.events = events
        self._earlier: dict[dt.date, Gathered] = {}

    def on(self, day: dt.date) -> Gathered:
        """Return everything as it stood on an earlier day, with links to the pages of this one."""
        if day not in self._earlier:
            then = track(self.ledger, day, self.tracked.audience)
            linker = self.cards.linker
            self._earlier[day] = Gathered(then, Cards(then, linker), Events(linker, day))
        return self._earlier[day]

    def _cards(self, keys: Callable[[Delegation], Iterable[str]]) -> Mapping[str, tuple[Card, ...]]:
        delegations = (s.delegation for s in self.tracked.states.values())
        return {
            key: listed(self.cards.all[d.id] for d in some)
            for key, some in grouped(delegations, keys).items()
        }

    @cached_property
    def held(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by owner."""
        return self._cards(lambda d: (d.owner,))

    @cached_property
    def given(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by delegator."""
        return self._cards(lambda d: (d.delegator,))

    @cached_property
    def helped(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by contributor."""
        return self._cards(lambda d: d.contributors)

    @cached_property
    def parts(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by the larger one that they are part of."""
        return self._cards(lambda d: (d.parent,) if d.parent else ())

    @cached_property
    def waiting_for(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by what they depend on."""
        return self._cards(lambda d: d.depends_on)

    @cached_property
    def carrying_on(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by the one that they continue."""
        return self._cards(lambda d: (d.continues,) if d.continues else ())

    @cached_property
    def in_team(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by team."""
        return self._cards(self.ledger.teams_of)

    @cached_property
    def in_cycle(self) -> Mapping[str, tuple[Card, ...]]:
        """Return delegations by cycle."""
        return self._cards(lambda d: (d.cycle,) if d.cycle else ())

    @cached_property
    def received(self) -> Mapping[str, tuple[Feedback, ...]]:
        """Return feedback by whom it is for: a person's id, or ``team:ID``."""
        return grouped(self.ledger.feedback.values(), lambda f: (f.to,))

    @cached_property
    def said(self) -> Mapping[str, tuple[Feedback, ...]]:
        """Return feedback by who gave it."""
        return grouped(self.ledger.feedback.values(), lambda f: (f.from_,))

    @cached_property
    def evaluated(self) -> Mapping[str, tuple[Evaluation, ...]]:
        """Return evaluations by subject."""
        return grouped(self.ledger.evaluations.values(), lambda e: (e.subject,))

    @cached_property
    def talks(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Return one-to-ones by who was there."""
        talks = (m for m in self.ledger.meetings.values() if m.kind is MeetingKind.ONE_ON_ONE)
        return grouped(talks, lambda m: m.attendees)

    @cached_property
    def reports(self) -> Mapping[str, tuple[str, ...]]:
        """Return people's ids by whom they report to."""
        above = {id_: self.ledger.organisation.next_manager(id_) for id_ in self.ledger.people}
        return grouped(self.ledger.people, lambda id_: (above[id_] or "",))

    @cached_property
    def parts_of_team(self) -> Mapping[str, tuple[str, ...]]:
        """Return teams' ids by the team that they are part of."""
        teams = self.ledger.teams
        return grouped(teams, lambda id_: (teams[id_].parent or "",))

    @cached_property
    def looked_back(self) -> Mapping[str, tuple[Retrospective, ...]]:
        """Return retrospectives by ``cycle:ID`` and by ``team:ID``."""

        def about(r: Retrospective) -> tuple[str, ...]:
            return (f"{Target.CYCLE}:{r.cycle}", *((f"{Target.TEAM}:{r.team}",) if r.team else ()))

        return grouped(self.ledger.retrospectives.values(), about)

    def around(self, cycle: Cycle) -> tuple[Cycle | None, Cycle | None]:
        """Return the cycles before and after one, among those of the same team or of none."""
        row = self._rows_of_cycles[cycle.team or ""]
        at = next(n for n, c in enumerate(row) if c.id == cycle.id)
        return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None

    @cached_property
    def _rows_of_cycles(self) -> Mapping[str, tuple[Cycle, ...]]:
        inorder = sorted(self.ledger.cycles.values(), key=lambda c: (c.start, c.id))
        return grouped(inorder, lambda c: (c.team or "",))

    @cached_property
    def expected(self) -> tuple[tuple[str, Expected], ...]:
        """Return check-ins that are due, overdue or to come within two weeks, each with who owes it."""
        soon = self.tracked.today + AHEAD
        out = [
            (e.who, Expected(self.cards.all[id_].link, e.due, e.state, e.what))
            for id_, state in self.tracked.states.items()
            for e in state.expected
            if e.state in {Answer.DUE, Answer.OVERDUE} or (e.state is Answer.UPCOMING and e.due <= soon)
        ]
        return tuple(sorted(out, key=lambda row: (row[1].due, row[1].delegation.href)))

    @cached_property
    def expected_of(self) -> Mapping[str, tuple[Expected, ...]]:
        """Return expected check-ins by who owes them."""
        rows = grouped(self.expected, lambda row: (row[0],))
        return {who: tuple(expected for _, expected in some) for who, some in rows.items()}

    @cached_property
    def _tallies(self) -> Mapping[str, Tally]:
        return {self.cards.all[id_].link.href: s.tally for id_, s in self.tracked.states.items()}

    def tally(self, cards: Iterable[Card]) -> Tally:
        """Return the check-ins of some delegations, counted together."""
        return sum((self._tallies[card.link.href] for card in cards), Tally())

    @cached_property
    def signals(self) -> tuple[SignalView, ...]:
        """Return all signals, the most pressing first."""
        return tuple(signal_view(s, self.cards) for s in signals(self.tracked))

    @cached_property
    def signals_on(self) -> Mapping[str, tuple[SignalView, ...]]:
        """Return signals by the delegation that they are about."""
        return grouped(self.signals, lambda v: (v.signal.delegation,) if v.signal.delegation else ())

    @cached_property
    def signals_for(self) -> Mapping[str, tuple[SignalView, ...]]:
        """Return signals by whom they wait on: a person's id, or ``team:ID``."""
        return grouped(self.signals, lambda v: (v.signal.waits_on,))

    @cached_property
    def signals_about(self) -> Mapping[str, tuple[SignalView, ...]]:
        """Return signals by ``type:id`` of what they are about where that is no delegation."""
        return grouped(self.signals, lambda v: (v.signal.about,) if v.signal.about else ())

    @cached_property
    def owed(self) -> tuple[AnswerOwed, ...]:
        """Return the answers that are owed, the oldest first."""
        return answers_owed(self.signals, self.cards)

    @cached_property
    def owed_by(self) -> Mapping[str, tuple[AnswerOwed, ...]]:
        """Return the answers owed by who owes them: a person's id, or ``team:ID``."""
        return grouped(self.owed, lambda o: (o.between[1],))

    @cached_property
    def owed_to(self) -> Mapping[str, tuple[AnswerOwed, ...]]:
        """Return the answers owed by who waits for them."""
        return grouped(self.owed, lambda o: (o.between[0],))

    @cached_property
    def pairs(self) -> tuple[tuple[Evaluation, Evaluation], ...]:
        """Return self-evaluations with the manager's beside them."""
        return tuple(pairs(Day(self.tracked)))

    @cached_property
    def facts(self) -> Mapping[str, CycleFacts]:
        """Return the facts of each cycle that has begun."""
        return cycle_facts(self.ledger, self.tracked.today, self.tracked.audience)

    @cached_property
    def _states(self) -> Mapping[str, State]:
        return {self.cards.all[id_].link.href: s for id_, s in self.tracked.states.items()}

    def states(self, cards: Iterable[Card]) -> list[State]:
        """Return the states of the delegations that some cards show, in their order."""
        return [self._states[card.link.href] for card in cards]

    @cached_property
    def actions(self) -> tuple[Owned, ...]:
        """Return the actions of all meetings: open ones first, by due date."""
        found = [a for m in self.ledger.meetings.values() for a in self.events.meeting(m).actions]
        return tuple(sorted(found, key=pressing))

    @cached_property
    def actions_of(self) -> Mapping[str, tuple[Owned, ...]]:
        """Return actions by the page of who is to do them."""
        return grouped(self.actions, lambda a: (a.owner.href,) if a.owner else ())


def pressing(owned: Owned) -> tuple[bool, int, str]:
    """Sort what is open first, by due date; then what is done, the latest first."""
    if owned.open:
        return (False, owned.due.toordinal() if owned.due else 10**7, owned.what)
    ended = owned.done or owned.dropped
    return (True, -(ended.toordinal() if ended else 0), owned.what)
