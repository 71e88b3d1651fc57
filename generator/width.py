"""How wide a record is, and what says so: itself, its folder's settings, or the format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from generator.ledger import Ledger
from generator.record import Evaluation, Feedback, Meeting, Record
from generator.words import EvaluationKind, FeedbackKind, MeetingKind, Visibility

_WIDTH = {v: n for n, v in enumerate(Visibility)}


class Origin(StrEnum):
    """What says how wide a record is."""

    OWN = "own"
    """Its own key."""
    SETTING = "setting"
    """The default that its folder's settings have for its type."""
    OTHER = "other"
    """The default for its type of a folder that its own folder names in ``people_from``."""
    TYPE = "type"
    """The format's default for its type."""
    UPWARDS = "upwards"
    """The format's default for feedback to somebody's manager."""
    PRAISE = "praise"
    """The format's default for praise."""
    ONE_ON_ONE = "one_on_one"
    """The format's default for a one-to-one."""
    UNSIGNED = "unsigned"
    """The format's default for a self-evaluation that is not signed yet."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a record is, and why."""

    visibility: Visibility
    origin: Origin
    within: Visibility | None = None
    """The width that its origin gives, where the folder's ceiling is narrower."""


def narrower(a: Visibility, b: Visibility) -> Visibility:
    """Return the narrower of two widths."""
    return a if _WIDTH[a] >= _WIDTH[b] else b


def width(ledger: Ledger, record: Record) -> Width:
    """Return how wide a record is: what it says, else its type's default, within its folder's ceiling."""
    said = Width(record.visibility, Origin.OWN) if record.visibility else _default(ledger, record)
    ceiling = ledger.settings[record.root].widest
    if ceiling is None or narrower(said.visibility, ceiling) is said.visibility:
        return said
    return Width(ceiling, said.origin, within=said.visibility)


def visibility(ledger: Ledger, record: Record) -> Visibility:
    """Return how wide a record is, whatever says so."""
    return width(ledger, record).visibility


def default_visibility(ledger: Ledger, record: Record) -> Visibility:
    """Return how wide a record is that says nothing itself, but for its folder's ceiling."""
    return _default(ledger, record).visibility


def _default(ledger: Ledger, record: Record) -> Width:
    usual, set_ = _of_the_format(ledger, record), _of_the_settings(ledger, record)
    if set_ is None:
        return usual
    # A setting may narrow the special cases, never widen them.
    wider = narrower(usual.visibility, set_.visibility) is not set_.visibility
    return usual if wider and usual.origin is not Origin.TYPE else set_


def _of_the_settings(ledger: Ledger, record: Record) -> Width | None:
    """Return the default of a record's folder, else the narrowest of those that the folder names."""
    if own := ledger.settings[record.root].visibility.get(record.type):
        return Width(own, Origin.SETTING)
    others = (ledger.settings[root].visibility.get(record.type) for root in ledger.trusts(record.root))
    named = [other for other in others if other]
    return Width(reduce(narrower, named), Origin.OTHER) if named else None


def _of_the_format(ledger: Ledger, record: Record) -> Width:
    match record:
        case Feedback() if record.to in ledger.organisation_for(record.root).managers(record.from_):
            return Width(Visibility.PAIR, Origin.UPWARDS)
        case Feedback(kind=FeedbackKind.PRAISE):
            return Width(Visibility.ORG, Origin.PRAISE)
        case Meeting(kind=MeetingKind.ONE_ON_ONE):
            return Width(Visibility.PAIR, Origin.ONE_ON_ONE)
        case Evaluation(kind=EvaluationKind.SELF, signed=None):
            return Width(Visibility.PRIVATE, Origin.UNSIGNED)
        case Feedback() | Evaluation():
            return Width(Visibility.LINE, Origin.TYPE)
    return Width(Visibility.ORG, Origin.TYPE)
