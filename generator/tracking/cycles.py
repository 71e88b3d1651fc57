"""A cycle looked back on, computed: planned, added, completed, carried on, recalled, dropped, slipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.audience import Audience
from generator.ledger import Ledger
from generator.record import Change, Cycle, Delegation, Proposal, Retrospective
from generator.tracking.measures import Measure, measures, slip
from generator.tracking.signals.day import Day
from generator.tracking.state import State, Tracked, track
from generator.tracking.yields import MethodYield, led_to_something, yield_is_seen, yields
from generator.words import Method, Status

_EARLY = dt.timedelta(14)
"""How long after a cycle's start a delegation still counts as planned for it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one delegation in a cycle."""

    delegation: Delegation
    planned: bool
    """Whether it was there at the cycle's start; else it was added."""
    fate: str
    """``completed``, ``carried``, ``recalled``, ``dropped`` or ``open``."""
    late: bool
    slip: int
    """Days between the due date first agreed and the present one."""
    reason: str
    """Why it slipped, was recalled or dropped, in the words of the change."""
    times: int
    """For the how many-th time it is carried on, counting this one; 0 for a first."""


@dataclass(frozen=True, slots=True)
class ProposalFate:
    """What became of a proposal."""

    retrospective: Retrospective
    proposal: Proposal
    fate: str
    """``done``, ``dropped``, ``carried`` or ``open``."""
    times: int
    """For the how many-th time it stands in a retrospective."""


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A cycle as of its last day that counts."""

    cycle: Cycle
    as_of: dt.date
    """Its closing day once it is closed, so that it reads the same for ever; else the site's day."""
    fates: tuple[Fate, ...]
    measures: tuple[Measure, ...]
    yields: tuple[MethodYield, ...]
    proposals: tuple[ProposalFate, ...]
    """The proposals of the retrospectives before, and what became of them by this cycle's day."""
    level_changes: tuple[tuple[Delegation, Change], ...]
    term_changes: tuple[tuple[Delegation, Change], ...]
    thin: tuple[Delegation, ...]
    """Delegations whose checks led to nothing over the whole cycle: a thinner cadence would do."""


FEW_CHECKS = 4
"""Checks without yield from which a thinner cadence is named."""


def cycle_facts(ledger: Ledger, today: dt.date, audience: Audience) -> Mapping[str, CycleFacts]:
    """Return the facts of every cycle that has begun, by id.

    Args:
        ledger: projected, not yet as of a day.
        today: the site's day.
        audience: whom it was projected for.
    """
    begun = [c for c in ledger.cycles.values() if c.start <= today]
    days = {c.id: min(today, c.closed) if c.closed and c.closed <= today else today for c in begun}
    tracked = {day: track(ledger, day, audience) for day in set(days.values())}
    return {c.id: _facts(tracked[days[c.id]].ledger.cycles[c.id], tracked[days[c.id]]) for c in begun}


def _facts(cycle: Cycle, tracked: Tracked) -> CycleFacts:
    day = Day(tracked)

    def mine(d: Delegation) -> bool:
        return d.cycle == cycle.id

    states = [s for s in day.states if mine(s.delegation)]
    within = [
        (s.delegation, c)
        for s in states
        for c in s.delegation.changes
        if cycle.start <= c.date <= max(cycle.end, tracked.today)
    ]
    return CycleFacts(
        cycle=cycle,
        as_of=tracked.today,
        fates=tuple(_fate(s, cycle, tracked) for s in states),
        measures=measures(tracked, mine),
        yields=yields(tracked, mine),
        proposals=_proposals(cycle, tracked),
        level_changes=tuple((d, c) for d, c in within if c.field == "authority.level"),
        term_changes=tuple((d, c) for d, c in within if c.field not in {"authority.level", "status"}),
        thin=tuple(s.delegation for s in states if _yields_nothing(day, s, cycle)),
    )


def _fate(s: State, cycle: Cycle, tracked: Tracked) -> Fate:
    d = s.delegation
    moves = sorted((c for c in d.changes if c.field in {"due", "status"}), key=lambda c: c.date)
    why = next((c.why for c in reversed(moves) if c.why), "")
    ended = {Status.COMPLETED: "completed", Status.RECALLED: "recalled", Status.CANCELLED: "dropped"}
    over = cycle.closed is not None or tracked.today > cycle.end
    unfinished = "carried" if over or carried_on(tracked.ledger, d, tracked.today) else "open"
    return Fate(
        delegation=d,
        planned=d.start is None or d.start <= cycle.start + _EARLY,
        fate=ended.get(d.status, unfinished),
        late=bool(s.overdue or (d.completed and d.due and d.completed > d.due)),
        slip=slip(d),
        reason=why,
        times=lineage(tracked.ledger, d),
    )


def carried_on(ledger: Ledger, d: Delegation, today: dt.date) -> bool:
    """Return whether another delegation, which has begun, carries this one on."""
    later = (o for o in ledger.delegations.values() if o.continues == d.id)
    return any(o.start is None or o.start <= today for o in later)


def lineage(ledger: Ledger, d: Delegation) -> int:
    """Return how many delegations this one carries on, one after the other."""
    times, seen = 0, {d.id}
    before = d.continues
    while before and before not in seen:
        times += 1
        seen.add(before)
        earlier = ledger.delegations.get(before)
        before = earlier.continues if earlier else None
    return times


def _yields_nothing(day: Day, s: State, cycle: Cycle) -> bool:
    """Return whether check-ins of a cycle, several of them, led to nothing at all in good time."""
    plan = s.delegation.plan
    if plan is None or not (plan.cadence or Method.CHECKIN in plan.methods) or not yield_is_seen(day, s):
        return False
    last = min(cycle.end, day.today - dt.timedelta(s.limits.yield_days))
    checks = [c for c in s.checkins if cycle.start <= c.date <= last]
    return len(checks) >= FEW_CHECKS and not any(led_to_something(day, s, c) for c in checks)


def _proposals(cycle: Cycle, tracked: Tracked) -> tuple[ProposalFate, ...]:
    """Return the proposals made before a cycle's own retrospective, and their fate on its day."""
    retrospectives = sorted(tracked.ledger.retrospectives.values(), key=lambda r: (r.date, r.id))
    cycles = tracked.ledger.cycles
    earlier = [r for r in retrospectives if (c := cycles.get(r.cycle)) is not None and c.start < cycle.start]
    carried = {p.continues for r in retrospectives for p in r.proposals if p.continues}
    out = []
    for r in earlier:
        for p in r.proposals:
            fate = "done" if p.done else "dropped" if p.dropped else "open"
            if fate == "open" and f"{r.id}.{p.id}" in carried:
                fate = "carried"
            out.append(ProposalFate(r, p, fate, proposal_times(tracked.ledger, r, p)))
    return tuple(out)


def proposal_times(ledger: Ledger, retrospective: Retrospective, proposal: Proposal) -> int:
    """Return for the how many-th time a proposal stands in a retrospective."""
    by_id = {f"{r.id}.{p.id}": p for r in ledger.retrospectives.values() for p in r.proposals}
    times, seen = 1, {f"{retrospective.id}.{proposal.id}"}
    before = proposal.continues
    while before and before in by_id and before not in seen:
        times += 1
        seen.add(before)
        before = by_id[before].continues
    return times
