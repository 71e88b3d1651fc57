"""What needs attention, together by what it is about: a delegation, a cycle, a retrospective, a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.pages.alerts import SignalView
from generator.pages.values import Card, Link
from generator.tracking.signals import Weight

MOST = 5
"""Signals that one entry shows, the most pressing."""
ENTRIES = 10
"""Entries that are shown whole; the others are a line each."""
LINES = 60
"""Lines below them; what is still left is told by its number, and stands on the board."""

_APART = ("cycle:", "retrospective:", "person:")
"""What has an entry of its own besides delegations; all else stands under whom it waits on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that needs somebody."""

    about: Link | None
    """The delegation, cycle, retrospective or person; nothing where nobody is known."""
    card: Card | None
    """The delegation, where it is one."""
    signals: tuple[SignalView, ...]
    """The most pressing."""
    more: int
    """How many others there are."""
    waits_on: tuple[Link, ...]
    """Whom the signals shown wait on, each once."""

    @property
    def weight(self) -> Weight:
        """Return how much the most pressing one presses."""
        return self.signals[0].signal.weight

    @property
    def since(self) -> dt.date:
        """Return the day since when the most pressing one holds."""
        return self.signals[0].signal.since

    @property
    def commands(self) -> tuple[tuple[SignalView, str], ...]:
        """Return what to type for the signals shown, each command once."""
        found: dict[str, SignalView] = {}
        for view in self.signals:
            if view.command:
                found.setdefault(view.command, view)
        return tuple((view, words) for words, view in found.items())


@dataclass(frozen=True, slots=True)
class Attention:
    """Everything that needs somebody, the most pressing first."""

    entries: tuple[Entry, ...]
    lines: tuple[Entry, ...]
    """What is shown as a line each."""
    left: int
    """How many entries are not shown at all."""


def attention(views: Iterable[SignalView], entries: int = ENTRIES, lines: int = LINES) -> Attention:
    """Return signals by what they are about.

    Args:
        views: the most pressing first.
        entries: how many are shown whole.
        lines: how many more are a line each.
    """
    groups: dict[tuple[str, str], list[SignalView]] = {}
    for view in views:
        groups.setdefault(_key(view), []).append(view)
    made = tuple(_entry(some) for some in groups.values())
    return Attention(made[:entries], made[entries : entries + lines], max(0, len(made) - entries - lines))


def _key(view: SignalView) -> tuple[str, str]:
    signal = view.signal
    if signal.delegation:
        return "delegation", signal.delegation
    if signal.about.startswith(_APART):
        return "record", signal.about
    # What waits on a person, and what is about one, is one entry.
    return "record", signal.waits_on if ":" in signal.waits_on else f"person:{signal.waits_on}"


def _entry(views: list[SignalView]) -> Entry:
    first, shown = views[0], tuple(views[:MOST])
    about = first.waits_on
    if first.delegation:
        about = first.delegation.link
    elif first.signal.about.startswith(_APART):
        about = first.about
    who = dict.fromkeys(v.waits_on for v in shown if v.waits_on)
    return Entry(about, first.delegation, shown, len(views) - len(shown), tuple(who))
