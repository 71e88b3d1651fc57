"""What a retrospective changed: what became of its proposals, and which terms changed after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.facts import ChangeRow
from generator.pages.gathered import Gathered
from generator.pages.values import Link
from generator.pages.views import Owned
from generator.record import Change, Delegation, Event, Retrospective

LATEST = 3
"""Retrospectives whose outcome stands above the list of all."""

_KINDS = ("authority", "plan", "owner", "criteria")
"""What a retrospective is about. Dates and states change with the work, whatever was said of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a retrospective by the day of the site."""

    link: Link
    date: dt.date
    cycle: Link
    team: Link | None
    delegation: Link | None
    proposals: tuple[Owned, ...]
    changes: tuple[ChangeRow, ...]
    """Terms that changed after it and before the next one, the latest first."""
    until: Link | None
    """The next one of the same people, which took over."""
    named_in: tuple[Link, ...]
    """Later records that link to it."""

    @property
    def done(self) -> int:
        """Return how many proposals were done."""
        return sum(p.done is not None for p in self.proposals)

    @property
    def dropped(self) -> int:
        """Return how many proposals were given up."""
        return sum(p.dropped is not None and p.done is None for p in self.proposals)

    @property
    def carried(self) -> int:
        """Return how many proposals a later retrospective carries on."""
        return sum(p.after is not None for p in self.proposals)

    @property
    def open(self) -> int:
        """Return how many proposals are still to be done."""
        return sum(p.open for p in self.proposals)


def outcome(retrospective: Retrospective, all_: Gathered) -> Outcome:
    """Return what came of a retrospective."""
    ledger, to = all_.ledger, all_.cards.linker
    view = all_.events.retrospective(retrospective)
    later = [r for r in ledger.retrospectives.values() if _when(r) > _when(retrospective)]
    following = min((r for r in later if _people(r) == _people(retrospective)), key=_when, default=None)
    end = following.date if following else dt.date.max
    changes = [
        (d, c)
        for d in ledger.delegations.values()
        if _concerns(retrospective, d, all_)
        for c in d.changes
        if retrospective.date < c.date <= end and c.field.partition(".")[0] in _KINDS
    ]
    changes.sort(key=lambda row: (-row[1].date.toordinal(), row[0].id, row[1].field))
    return Outcome(
        link=view.link,
        date=view.date,
        cycle=view.cycle,
        team=view.team,
        delegation=view.delegation,
        proposals=view.proposals,
        changes=tuple(_row(d, c, all_) for d, c in changes),
        until=to.link(following) if following else None,
        named_in=tuple(
            to.link(r)
            for r in to.linking(retrospective)
            if isinstance(r, Event) and r.date >= retrospective.date
        ),
    )


def latest_outcomes(all_: Gathered) -> tuple[Outcome, ...]:
    """Return what came of the last retrospective of all, of each team and of each delegation."""
    last = {_people(r): r for r in sorted(all_.ledger.retrospectives.values(), key=_when)}
    newest = sorted(last.values(), key=_when, reverse=True)
    return tuple(outcome(r, all_) for r in newest[:LATEST])


def _when(retrospective: Retrospective) -> tuple[dt.date, str]:
    return (retrospective.date, retrospective.id)


def _people(retrospective: Retrospective) -> tuple[str, str]:
    return (retrospective.team or "", retrospective.delegation)


def _concerns(retrospective: Retrospective, d: Delegation, all_: Gathered) -> bool:
    if retrospective.delegation:
        return d.id == retrospective.delegation
    return not retrospective.team or retrospective.team in all_.ledger.teams_of(d)


def _row(d: Delegation, change: Change, all_: Gathered) -> ChangeRow:
    to = all_.cards.linker
    return ChangeRow(to.delegation(d.id), change, to.person(change.by) if change.by else None)
