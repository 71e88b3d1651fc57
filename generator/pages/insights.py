"""Insights: the measures over time, what the methods lead to, levels, and who works with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.pages.feedback import FeedbackRow, feedback_rows
from generator.pages.figures import Funnel, HealthHeat, LevelChart, Matrix, SlipChart
from generator.pages.gathered import Gathered
from generator.pages.plots import funnel_plot, heat_plot, level_plot, matrix_plot, slip_plot
from generator.pages.values import Card, Link
from generator.schema import Target
from generator.tracking.expectations import Tally
from generator.tracking.measures import Measure, MethodYield, measures, yields
from generator.tracking.state import State
from generator.words import EvaluationKind, Method

CYCLES = 6
"""Cycles that are set beside each other at most, the latest."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure over the cycles and in all."""

    code: str
    unit: str
    cycles: tuple[Measure | None, ...]
    all: Measure


@dataclass(frozen=True, slots=True)
class Burden:
    """What following the work asked of people, and what became of it."""

    expected: int
    """Check-ins asked for by now."""
    written: int
    words: int
    """Words written in check-ins."""
    answers: int
    led: int
    """Check-ins that led to something."""


@dataclass(frozen=True, slots=True)
class Insights:
    """The measures of the whole site."""

    cycles: tuple[Link, ...]
    """Oldest first."""
    rows: tuple[MeasureRow, ...]
    feedback: tuple[FeedbackRow, ...]
    yields: tuple[MethodYield, ...]
    burden: Burden | None
    """Only for those who see the yields."""
    thin: tuple[Link, ...]
    """Delegations whose checks led to nothing over a whole cycle."""
    levels: tuple[tuple[int, int], ...]
    """How many running delegations stand at each level."""
    authority: LevelChart | None
    funnel: Funnel | None
    matrix: Matrix | None
    heat: HealthHeat | None
    slips: SlipChart | None
    ratings: tuple[tuple[str, int], ...]
    """How many evaluations came to each rating; only for those who see every evaluation."""
    green: tuple[Card, ...]
    """Running delegations that are reported better than the work shows."""


def insights(all_: Gathered) -> Insights:
    """Return the measures of the whole site."""
    tracked, to = all_.tracked, all_.cards.linker
    begun = sorted(all_.facts.values(), key=lambda f: (f.cycle.start, f.cycle.id))[-CYCLES:]
    by_cycle = [{m.code: m for m in f.measures} for f in begun]
    whole = measures(tracked, lambda _: True)
    rows = tuple(
        MeasureRow(m.code, m.unit, tuple(some.get(m.code) for some in by_cycle), m)
        for m in whole
        if m.denominator
    )
    running = [s for s in tracked.states.values() if s.delegation.status.open]
    led = tuple(y for y in yields(tracked, lambda _: True) if y.uses)
    cards = tuple(all_.cards.all.values())
    mellow = {v.signal.delegation for v in all_.signals if v.signal.code == "watermelon"}
    return Insights(
        cycles=tuple(to.to(Target.CYCLE, f.cycle.id) for f in begun),
        rows=rows,
        feedback=feedback_rows(tracked, lambda _: True),
        yields=led,
        burden=_burden(led, all_),
        thin=tuple(dict.fromkeys(to.delegation(d.id) for f in begun for d in f.thin)),
        levels=tuple((n, sum(s.delegation.level == n for s in running)) for n in range(1, 8)),
        authority=level_plot(_by_start(tracked.states.values()), all_.cards, tracked.today),
        funnel=funnel_plot(all_.ledger.feedback.values()),
        matrix=matrix_plot(cards),
        heat=heat_plot(running, tracked, all_.cards),
        slips=slip_plot(list(tracked.states.values()), all_.cards, tracked.today),
        ratings=_ratings(all_),
        green=tuple(all_.cards.all[id_] for id_ in sorted(mellow)),
    )


def _by_start(states: Iterable[State]) -> list[State]:
    """Return states for a chart over time: what changed its level first, then the latest begun."""

    def order(s: State) -> tuple[bool, int, str]:
        moved = any(c.field == "authority.level" for c in s.delegation.changes)
        return (not moved, -(s.delegation.start or dt.date.min).toordinal(), s.delegation.id)

    return sorted((s for s in states if s.delegation.start), key=order)


def _burden(led: Sequence[MethodYield], all_: Gathered) -> Burden | None:
    checks = next((y for y in led if y.method is Method.CHECKIN), None)
    if checks is None:
        return None
    tally = sum((s.tally for s in all_.tracked.states.values()), Tally())
    return Burden(tally.expected, checks.uses, checks.words, checks.answers, checks.yielded)


def _ratings(all_: Gathered) -> tuple[tuple[str, int], ...]:
    """Return how the managers' evaluations are spread, for an audience that sees every one of them."""
    if all_.tracked.audience.circle != "full":
        return ()
    given = [
        all_.events.evaluation(e).rating
        for e in all_.ledger.evaluations.values()
        if e.kind in {EvaluationKind.MANAGER, EvaluationKind.CALIBRATED} and e.rating
    ]
    return tuple((rating, given.count(rating)) for rating in dict.fromkeys(given))
