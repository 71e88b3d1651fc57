"""Who owes whom an answer: what was asked or said and has none, out of the signals of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.ledger import Ledger
from generator.pages.alerts import SignalView
from generator.pages.cards import Cards
from generator.pages.links import first_sentence
from generator.pages.values import Link
from generator.record import Feedback

OWED = ("awaiting-response", "feedback-open")
"""The signals that say so."""


@dataclass(frozen=True, slots=True)
class AnswerOwed:
    """Something that somebody asked or said, and nobody answered."""

    asker: Link
    asked: Link
    """Who owes the answer: a person or a team."""
    matter: str
    """``question``, ``issue``, ``brief-back``, ``request`` or ``feedback``."""
    what: str
    """The beginning of it in the asker's words; may be empty."""
    source: Link
    """The record that it was asked in."""
    day: dt.date
    days: int
    """Days since then."""
    delegation: Link | None
    between: tuple[str, str]
    """Who asked and who owes, each as records write it: a person's id, or ``team:ID``."""


def answers_owed(views: Iterable[SignalView], cards: Cards) -> tuple[AnswerOwed, ...]:
    """Return the answers owed, those asked for first at the top. No signal, no entry: what an audience
    may not know of is not here either."""
    found = [owed for view in views if (owed := _owed(view, cards)) is not None]
    return tuple(sorted(found, key=lambda o: (o.day, o.between, o.source.href, o.what)))


def _owed(view: SignalView, cards: Cards) -> AnswerOwed | None:
    signal, facts, to = view.signal, dict(view.signal.facts), cards.linker
    asker = str(facts.get("asker", "")) or _giver(view, to.ledger)
    day = facts.get("asked") or facts.get("given")
    if signal.code not in OWED or not asker or view.waits_on is None or not isinstance(day, dt.date):
        return None
    return AnswerOwed(
        asker=to.party(asker),
        asked=view.waits_on,
        matter=str(facts.get("matter", "feedback")),
        what=first_sentence(str(facts.get("what", ""))),
        source=view.evidence[0],
        day=day,
        days=(cards.tracked.today - day).days,
        delegation=view.delegation.link if view.delegation else None,
        between=(asker, signal.waits_on),
    )


def _giver(view: SignalView, ledger: Ledger) -> str:
    """Return who gave the feedback that a signal is about."""
    record = ledger.resolve(view.signal.evidence[0]) if view.signal.evidence else None
    return record.from_ if isinstance(record, Feedback) else ""
