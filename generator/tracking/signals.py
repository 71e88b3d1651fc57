"""Signals: what needs somebody, since when, and the records that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.tracking.state import State, Tracked
from generator.words import Answer, Status

SOON = dt.timedelta(7)
"""How far ahead a due date is announced."""


class Weight(StrEnum):
    """How much a signal presses, the most pressing first."""

    ACT = "act"
    WATCH = "watch"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that waits on somebody. Its sentence is the interface's, by its code."""

    code: str
    weight: Weight
    delegation: str
    """The id of the delegation that it is about; empty where it is about none."""
    waits_on: str
    """A person's id, or ``team:ID``."""
    since: dt.date
    subject: str = ""
    """What it is about inside the delegation: a milestone's or an action's words."""
    evidence: tuple[str, ...] = ()
    """``type:id`` of the records that show it."""


def signals(tracked: Tracked) -> tuple[Signal, ...]:
    """Return the signals of a day, the most pressing first, the oldest first among equals."""
    found = [s for state in tracked.states.values() for s in _of_delegation(state, tracked.today)]
    found += _of_actions(tracked)
    order = {weight: n for n, weight in enumerate(Weight)}
    return tuple(sorted(found, key=lambda s: (order[s.weight], s.since, s.code, s.delegation, s.subject)))


def _of_delegation(state: State, today: dt.date) -> Iterator[Signal]:
    d = state.delegation
    evidence = (f"delegation:{d.id}",)
    day = dt.timedelta(1)
    if d.status is Status.ACTIVE and d.due:
        if state.overdue:
            yield Signal("overdue", Weight.ACT, d.id, d.owner, d.due + day, evidence=evidence)
        elif d.due <= today + SOON:
            yield Signal("due-soon", Weight.NOTE, d.id, d.owner, d.due - SOON, evidence=evidence)
    if d.status is not Status.ACTIVE:
        return
    for m in state.milestones:
        if m.overdue and m.milestone.due:
            who = m.milestone.owner or d.owner
            title = m.milestone.title or m.milestone.id
            yield Signal("milestone-overdue", Weight.WATCH, d.id, who, m.milestone.due + day, title, evidence)
    reached = [e for e in state.expected if e.reached]
    for e in reached:
        if e.state is Answer.DUE:
            yield Signal("check-in-due", Weight.NOTE, d.id, e.who, e.due, e.what, evidence)
        elif e.state is Answer.OVERDUE or (e.state is Answer.MISSED and e is reached[-1]):
            yield Signal("check-in-missed", Weight.WATCH, d.id, e.who, e.due + day, e.what, evidence)


def _of_actions(tracked: Tracked) -> Iterator[Signal]:
    for meeting in tracked.ledger.meetings.values():
        for action in meeting.actions:
            if action.owner and action.due and action.due < tracked.today and action.done is None:
                about = action.delegation or (meeting.delegations[0] if len(meeting.delegations) == 1 else "")
                since = action.due + dt.timedelta(1)
                evidence = (f"meeting:{meeting.id}",)
                yield Signal(
                    "action-overdue", Weight.WATCH, about, action.owner, since, action.what, evidence
                )
