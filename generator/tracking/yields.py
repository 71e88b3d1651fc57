"""What the ways of following the work lead to: their yield within two weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from generator.record import Checkin, Delegation, Event, Meeting
from generator.tracking.signals.answers import answers_on
from generator.tracking.signals.day import DAY, Day
from generator.tracking.state import State, Tracked
from generator.words import MeetingKind, Method


@dataclass(frozen=True, slots=True)
class MethodYield:
    """How often a way of following the work led to something within two weeks."""

    method: Method
    uses: int
    yielded: int
    words: int
    """Words written in them."""
    answers: int
    """Answers they had."""

    @property
    def share(self) -> float | None:
        """Return the share of uses that led to something, in percent."""
        return 100 * self.yielded / self.uses if self.uses else None


def yields(tracked: Tracked, wanted: Callable[[Delegation], bool]) -> tuple[MethodYield, ...]:
    """Return what check-ins, one-to-ones and meetings led to: an answer, a decision, an action or a change.

    A use counts where ``led_to_something`` within the threshold's days, for any delegation it was about. Only
    delegations count of which the audience would see all that counts.
    """
    day = Day(tracked)
    states = [s for s in day.states if wanted(s.delegation)]
    seen = [s for s in states if yield_is_seen(day, s)]
    if states and not seen:
        return ()
    rows: dict[Method, dict[str, tuple[Event, bool]]] = {}
    for s in seen:
        d = s.delegation
        some: list[tuple[Method, Event]] = [(Method.CHECKIN, c) for c in s.checkins]
        some += [(_method(m), m) for m in day.ledger.events_on(d.id, Meeting)]
        for method, event in some:
            uses = rows.setdefault(method, {})
            before = uses.get(event.id, (event, False))[1]
            uses[event.id] = (event, before or led_to_something(day, s, event))
    out = []
    for method in (Method.CHECKIN, Method.ONE_ON_ONE, Method.MEETING):
        used = list(rows.get(method, {}).values())
        answers = sum(len(answers_on(day, e)) for e, _ in used if isinstance(e, Checkin))
        words = sum(e.body.words for e, _ in used)
        out.append(MethodYield(method, len(used), sum(led for _, led in used), words, answers))
    return tuple(out)


def _method(meeting: Meeting) -> Method:
    return Method.ONE_ON_ONE if meeting.kind is MeetingKind.ONE_ON_ONE else Method.MEETING


def yield_is_seen(day: Day, s: State) -> bool:
    """Return whether the audience would see all that checks may lead to: answers, and talks too."""
    d = s.delegation
    return s.followed and day.eyes.answer(d, d.owner, d.delegator) and day.eyes.talk(d)


def led_to_something(day: Day, s: State, event: Event) -> bool:
    """Return whether an event was followed in time by something that refers to the same delegation.

    A check-in is: by an answer to it, by a meeting with a decision or an action on the delegation, or by a
    change of its terms. What a meeting wrote down itself is words, and nearly every meeting writes some down:
    it is followed by one of its own actions done, by a change of the terms from its day on, by feedback that
    answers it, or by a decision or an action of a later meeting.
    """
    d, until = s.delegation, event.date + dt.timedelta(s.limits.yield_days)
    after = [c.date for c in d.changes]
    if isinstance(event, Meeting):
        earliest = event.date + DAY
        after += [a.done for a in event.actions if a.done and _on(a.delegation, event, d)]
        after += [f.date for f in day.ledger.answers_to(event)]
    else:
        earliest = event.date
        after += [when for _, when in answers_on(day, event)] if isinstance(event, Checkin) else []
    meetings = (m for m in day.ledger.events_on(d.id, Meeting) if m is not event and m.date >= earliest)
    after += [m.date for m in meetings if _decides(m, d)]
    return any(event.date <= when <= until for when in after)


def _decides(meeting: Meeting, d: Delegation) -> bool:
    """Return whether a meeting has a decision or an action on a delegation."""
    named = [x.delegation for x in meeting.decisions] + [x.delegation for x in meeting.actions]
    return any(_on(name, meeting, d) for name in named)


def _on(named: str, meeting: Meeting, d: Delegation) -> bool:
    """Return whether a decision or an action is on a delegation: by name, else as the meeting was."""
    return named == d.id if named else d.id in meeting.delegations
