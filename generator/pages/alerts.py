"""Signals as pages show them: with links to what they are about, whom they wait on, and what shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.pages.cards import Cards
from generator.pages.commands import command
from generator.pages.sentences import Sentence, sentence_of
from generator.pages.values import Card, Link
from generator.tracking.signals import Signal


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal with its links."""

    signal: Signal
    delegation: Card | None
    about: Link | None
    """What it is about where that is no delegation."""
    waits_on: Link | None
    evidence: tuple[Link, ...]
    """What shows it; its delegation is not named again."""
    days: int
    """Days since it began."""
    sentence: Sentence
    command: str = ""
    """What to type to end it, where one command does."""


def signal_view(signal: Signal, cards: Cards) -> SignalView:
    """Return a signal with its links."""
    to, today = cards.linker, cards.tracked.today
    card = cards.all.get(signal.delegation)
    return SignalView(
        signal,
        card,
        to.reference(signal.about) if signal.about else None,
        to.party(signal.waits_on) if signal.waits_on else None,
        tuple(_brief(to.reference(e), card) for e in signal.evidence),
        max(0, (today - signal.since).days),
        sentence_of(signal, to.party),
        command(signal, cards.tracked.ledger),
    )


def _brief(link: Link, card: Card | None) -> Link:
    """Return a link that does not name the delegation beside which it stands."""
    return replace(link, about="") if card and link.about == card.link.text else link
