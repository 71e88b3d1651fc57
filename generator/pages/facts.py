"""What a cycle came to, computed: for its page and beside the words of its retrospectives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.feedback import FeedbackRow, feedback_rows
from generator.pages.gathered import Gathered
from generator.pages.values import Card, Link
from generator.record import Change, Cycle
from generator.tracking.cycles import CycleFacts, Fate
from generator.tracking.measures import Measure, MethodYield


@dataclass(frozen=True, slots=True)
class FateView:
    """What became of a delegation."""

    fate: Fate
    card: Card
    carried_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What became of a proposal."""

    what: str
    owner: Link | None
    source: Link
    fate: str
    day: dt.date | None
    """The day it was done or dropped."""
    times: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of terms in a cycle."""

    delegation: Link
    change: Change
    by: Link | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure beside the previous cycle's."""

    measure: Measure
    before: Measure | None


@dataclass(frozen=True, slots=True)
class FactsView:
    """A cycle's facts with links."""

    as_of: dt.date
    groups: tuple[tuple[str, tuple[FateView, ...]], ...]
    """By fate: ``completed``, ``open``, ``carried``, ``recalled``, ``dropped``."""
    planned: int
    added: int
    measures: tuple[Compared, ...]
    before: Link | None
    """The cycle that it is compared with."""
    feedback: tuple[FeedbackRow, ...]
    yields: tuple[MethodYield, ...]
    proposals: tuple[ProposalView, ...]
    level_changes: tuple[ChangeRow, ...]
    term_changes: tuple[ChangeRow, ...]
    thin: tuple[Link, ...]


FATES = ("completed", "open", "carried", "recalled", "dropped")


def facts_view(cycle: Cycle, before: Cycle | None, all_: Gathered) -> FactsView | None:
    """Return a cycle's facts, beside those of the cycle before; nothing before it has begun."""
    facts = all_.facts.get(cycle.id)
    if facts is None:
        return None
    to = all_.cards.linker
    earlier = all_.facts.get(before.id) if before else None
    return FactsView(
        as_of=facts.as_of,
        groups=tuple((name, some) for name in FATES if (some := _fates(facts, name, all_))),
        planned=sum(f.planned for f in facts.fates),
        added=sum(not f.planned for f in facts.fates),
        measures=compared(facts, earlier),
        before=to.link(before) if before and earlier else None,
        feedback=_feedback(facts, all_),
        yields=tuple(y for y in facts.yields if y.uses),
        proposals=_proposals(facts, all_),
        level_changes=tuple(_row(d.id, c, all_) for d, c in facts.level_changes),
        term_changes=tuple(_row(d.id, c, all_) for d, c in facts.term_changes),
        thin=tuple(to.delegation(d.id) for d in facts.thin),
    )


def compared(facts: CycleFacts, earlier: CycleFacts | None) -> tuple[Compared, ...]:
    """Return the measures that say something, each beside the same one of the cycle before."""
    before = {m.code: m for m in earlier.measures} if earlier else {}
    return tuple(Compared(m, before.get(m.code)) for m in facts.measures if m.denominator)


def _feedback(facts: CycleFacts, all_: Gathered) -> tuple[FeedbackRow, ...]:
    """Return the feedback on a cycle's delegations, as of the day that counts for it."""
    then = all_ if facts.as_of == all_.tracked.today else all_.on(facts.as_of)
    own = {f.delegation.id for f in facts.fates}
    return feedback_rows(then.tracked, lambda f: f.delegation in own)


def _fates(facts: CycleFacts, name: str, all_: Gathered) -> tuple[FateView, ...]:
    return tuple(
        FateView(
            f,
            all_.cards.all[f.delegation.id],
            tuple(c.link for c in all_.carrying_on.get(f.delegation.id, ())),
        )
        for f in facts.fates
        if f.fate == name
    )


def _proposals(facts: CycleFacts, all_: Gathered) -> tuple[ProposalView, ...]:
    to = all_.cards.linker
    carried_here = {p.proposal.continues for p in facts.proposals}
    out = []
    for p in facts.proposals:
        # What is carried on stands once, where it is carried to.
        if p.fate == "carried" and f"{p.retrospective.id}.{p.proposal.id}" in carried_here:
            continue
        record = all_.ledger.retrospectives[p.retrospective.id]
        owner = to.person(p.proposal.owner) if p.proposal.owner else None
        day = p.proposal.done or p.proposal.dropped
        out.append(ProposalView(p.proposal.what, owner, to.link(record), p.fate, day, p.times))
    return tuple(out)


def _row(delegation: str, change: Change, all_: Gathered) -> ChangeRow:
    to = all_.cards.linker
    return ChangeRow(to.delegation(delegation), change, to.person(change.by) if change.by else None)
