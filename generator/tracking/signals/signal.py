"""What a signal is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from generator.record import Delegation, Record

Fact = str | int | float | dt.date


class Weight(StrEnum):
    """How much a signal presses, the most pressing first."""

    ACT = "act"
    WATCH = "watch"
    NOTE = "note"


ACT, WATCH, NOTE = Weight


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that waits on somebody."""

    code: str
    weight: Weight
    waits_on: str
    """A person's id, ``team:ID``, or ``outside:`` and a name; empty where nobody is known."""
    since: dt.date
    """The first day of its condition, which has held since; never after the day it is given on."""
    delegation: str = ""
    """The id of the delegation that it is about; empty where it is about none."""
    about: str = ""
    """``type:id`` of what it is about where that is no delegation: a cycle, a person."""
    facts: tuple[tuple[str, Fact], ...] = field(default=())
    """What fills the sentence: words of the records, days and numbers."""
    evidence: tuple[str, ...] = ()
    """``type:id`` of the records that show it."""


def signal(
    code: str,
    weight: Weight,
    who: str | None,
    since: dt.date,
    *evidence: Record | None,
    on: Delegation | None = None,
    about: Record | None = None,
    **facts: Fact | None,
) -> Signal:
    """Return a signal, made from records so that it can name none that its ledger does not hold.

    Args:
        code: which.
        weight: how much it presses.
        who: whom it waits on.
        since: the first day of its condition.
        evidence: the records that show it; what was looked up and not found is left out.
        on: the delegation that it is about.
        about: what it is about where that is no delegation.
        facts: what fills the sentence; those that are nothing are left out.
    """
    return Signal(
        code,
        weight,
        who or "",
        since,
        on.id if on else "",
        reference(about) if about else "",
        tuple((name, fact) for name, fact in facts.items() if fact is not None),
        tuple(dict.fromkeys(reference(record) for record in evidence if record)),
    )


def reference(record: Record) -> str:
    """Return ``type:id`` of a record."""
    return f"{record.type}:{record.id}"


ORDER = {weight: n for n, weight in enumerate(Weight)}


def pressing(signal: Signal) -> tuple[object, ...]:
    """Sort signals: the most pressing first, the oldest first among equals."""
    return (
        ORDER[signal.weight],
        signal.since,
        signal.code,
        signal.delegation,
        signal.about,
        str(signal.facts),
    )
