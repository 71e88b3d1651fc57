"""Check: what is wrong with records taken together. A check's docstring is its rule; none sees the date.

``WHOLE`` looks at other records, hidden ones included: for maintainers only. ``OWN`` looks at one record
and what is beside it, and may be told to whoever sees that record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.check import bodies, references, seen, terms
from generator.diagnostic import Diagnostic, ordered
from generator.ledger import Ledger

Check = Callable[[Ledger], Iterator[Diagnostic]]

WHOLE: tuple[Check, ...] = (
    references.ids_are_unique,
    references.references_lead_somewhere,
    references.references_do_not_circle,
    references.entries_exist,
    bodies.links_lead_to_records,
    seen.checkins_are_seen_where_they_are_expected,
)

OWN: tuple[Check, ...] = (
    terms.dates_are_in_order,
    terms.weights_add_up,
    terms.changes_lead_to_the_present,
    terms.endings_are_dated,
    terms.owner_and_delegator_differ,
    terms.thresholds_are_known,
    terms.pairs_are_two,
    terms.scores_are_on_the_scale,
    bodies.files_are_there,
)


def check(ledger: Ledger) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a full ledger."""
    return ordered(d for look in (*WHOLE, *OWN) for d in look(ledger))


def check_own(ledger: Ledger) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the records of a projected ledger, each by itself."""
    return ordered(d for look in OWN for d in look(ledger))
