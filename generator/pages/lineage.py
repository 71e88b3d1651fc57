"""Which proposals of retrospectives carry on which, as of a day."""

from __future__ import annotations

import datetime as dt

from generator.ledger import Ledger
from generator.record import Proposal, Retrospective


class Lineage:
    """Follows proposals from one retrospective to the next."""

    def __init__(self, ledger: Ledger, today: dt.date) -> None:
        every = (r for r in ledger.retrospectives.values() if r.date <= today)
        self._by_id = {f"{r.id}.{p.id}": (r, p) for r in every for p in r.proposals}
        self._after = {p.continues: r for r, p in self._by_id.values() if p.continues}

    def after(self, retrospective: Retrospective, proposal: Proposal) -> Retrospective | None:
        """Return the retrospective that carries a proposal on."""
        return self._after.get(f"{retrospective.id}.{proposal.id}")

    def before(self, proposal: Proposal) -> tuple[Retrospective, ...]:
        """Return the retrospectives that a proposal is carried over from, the latest first."""
        trail: dict[str, Retrospective] = {}
        before = proposal.continues
        while before in self._by_id and before not in trail:
            trail[before], earlier = self._by_id[before]
            before = earlier.continues
        return tuple(trail.values())
