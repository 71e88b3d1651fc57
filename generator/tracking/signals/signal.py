"""What a signal is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

Fact = str | int | float | dt.date


class Weight(StrEnum):
    """How much a signal presses, the most pressing first."""

    ACT = "act"
    WATCH = "watch"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that waits on somebody."""

    code: str
    weight: Weight
    waits_on: str
    """A person's id, ``team:ID``, or ``outside:`` and a name; empty where nobody is known."""
    since: dt.date
    delegation: str = ""
    """The id of the delegation that it is about; empty where it is about none."""
    about: str = ""
    """``type:id`` of what it is about where that is no delegation: a cycle, a person."""
    facts: tuple[tuple[str, Fact], ...] = field(default=())
    """What fills the sentence: words of the records, days and numbers."""
    evidence: tuple[str, ...] = ()
    """``type:id`` of the records that show it."""


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
