"""The page of a cycle."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.alerts import SignalView
from generator.pages.cards import Group, board, counts
from generator.pages.facts import FactsView, facts_view
from generator.pages.figures import BurnUp, SlipChart, TimelineChart
from generator.pages.gathered import Gathered
from generator.pages.plots import burn_up_plot, slip_plot, timeline_plot
from generator.pages.values import Card, Count, Link, Prose
from generator.pages.views import RetrospectiveView, newest
from generator.record import Cycle
from generator.schema import Target
from generator.tracking.expectations import Tally


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


def cycle_page(cycle: Cycle, all_: Gathered) -> CyclePage:
    """Return the page of one cycle; a closed one as of its closing day: it reads the same for ever."""
    to = all_.cards.linker
    then = all_.on(cycle.closed) if cycle.closed else all_
    today = then.tracked.today
    own = then.in_cycle.get(cycle.id, ())
    before, after = all_.around(cycle)
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
        facts=facts_view(cycle, before, all_),
        burn_up=burn_up_plot(cycle, then.states(own), today),
        timeline=timeline_plot(then.states(own), then.cards, today),
        slips=slip_plot(then.states(own), then.cards, today),
        groups=board(own, "team").groups,
        delegations=own,
        tally=then.tally(own),
        retrospectives=newest(looked_back),
        previous=to.link(before) if before else None,
        next=to.link(after) if after else None,
        prose=to.prose(cycle),
        linked_from=to.linked_from(cycle),
    )
