"""Signals: what needs somebody, since when, and the records that show it.

Each is a function whose docstring is its rule; the registry is a tuple. A signal ends when its
condition does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.tracking.signals import answers, blocking, delivery, judgement, people, terms
from generator.tracking.signals.day import Day
from generator.tracking.signals.signal import Signal, Weight, pressing
from generator.tracking.state import Tracked

__all__ = ["SIGNALS", "Signal", "Weight", "signals"]

SIGNALS: tuple[Callable[[Day], Iterator[Signal]], ...] = (
    terms.unplanned,
    terms.brief_back_missing,
    terms.brief_back_unconfirmed,
    terms.brief_back_differs,
    terms.slipping,
    terms.authority_taken_back,
    terms.handed_up,
    delivery.checkins,
    delivery.due_dates,
    delivery.milestones_overdue,
    delivery.behind_plan,
    delivery.watermelons,
    delivery.stale,
    delivery.out_of_control,
    blocking.blocked,
    blocking.cross_team,
    blocking.dependencies_late,
    delivery.metrics,
    answers.awaiting_response,
    answers.feedback_open,
    answers.actions_overdue,
    people.one_on_one_overdue,
    people.confidence_falling,
    people.needs_support,
    people.no_recognition,
    people.overloaded,
    people.ready_for_more,
    judgement.evaluation_missing,
    judgement.evaluation_gap,
    judgement.evaluation_thin,
    judgement.cycles,
    judgement.proposals,
    judgement.tools_unreviewed,
)


def signals(tracked: Tracked) -> tuple[Signal, ...]:
    """Return the signals of a day, the most pressing first, the oldest first among equals."""
    day = Day(tracked)
    return tuple(sorted((s for look in SIGNALS for s in look(day)), key=pressing))
