"""Checks of who sees a record beside what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audience import Audience, audiences, within
from generator.cadence import Cadence
from generator.diagnostic import Diagnostic
from generator.ledger import Ledger
from generator.record import Checkin, Delegation
from generator.rules import broken
from generator.width import visibility
from generator.words import CheckinKind


def checkins_are_seen_where_they_are_expected(ledger: Ledger) -> Iterator[Diagnostic]:
    """Who is told of a missing check-in sees those that there are."""
    everybody = audiences(ledger)
    known: dict[tuple[object, ...], Audience | None] = {}
    for checkin in ledger.checkins.values():
        delegation = ledger.delegations.get(checkin.delegation)
        if delegation is None or checkin.kind is CheckinKind.BRIEF_BACK or not _expects(delegation):
            continue
        if checkin.guarded or delegation.guarded:
            # An error about who sees them is reported already.
            continue
        key = (delegation.id, checkin.root, checkin.author, visibility(ledger, checkin))
        if key not in known:
            known[key] = _left_out(ledger, everybody, delegation, checkin)
        if audience := known[key]:
            yield broken("hidden-checkin", checkin.place("visibility"), audience=audience)


def _expects(delegation: Delegation) -> bool:
    """Tell whether a delegation expects check-ins, or once did."""
    if delegation.plan and delegation.plan.checkpoints:
        return True
    changes = [c for c in delegation.changes if c.field == "plan.cadence"]
    cadences = [delegation.cadence, *(side for c in changes for side in (c.from_, c.to))]
    return bool(delegation.start) and any(isinstance(c, Cadence) and c.expects for c in cadences)


def _left_out(
    ledger: Ledger, everybody: tuple[Audience, ...], delegation: Delegation, checkin: Checkin
) -> Audience | None:
    """Return the widest audience that is told of a missing check-in although there is one."""
    usual = Checkin(
        id="-",
        path="-",
        root=delegation.root,
        date=checkin.date,
        delegation=delegation.id,
        author=delegation.owner,
    )
    if delegation.root == checkin.root and visibility(ledger, usual) is visibility(ledger, checkin):
        return None
    return next(
        (
            audience
            for audience in everybody
            if all(within(ledger, audience, record) for record in (delegation, usual))
            and not within(ledger, audience, checkin)
        ),
        None,
    )
