"""Signals about people: talks, confidence, recognition, support, load, readiness. For the line only.

Never a ranking, never a single score: each names what was written down and proposes a talk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Delegation, Evaluation, Meeting
from generator.tracking.signals.answers import awaiting_response
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import Signal, Weight
from generator.words import EvaluationKind, MeetingKind, Method, Status

_RECENT = dt.timedelta(182)
"""How far back a delivery still asks for recognition."""
_WELL = 0.625
"""The share of the scale from which criteria count as met: 3.5 on a scale from 1 to 5."""


def one_on_one_overdue(day: Day) -> Iterator[Signal]:
    """The plan lists one-to-ones, and owner and delegator have not had one for a month."""
    for state in day.running:
        d = state.delegation
        listed = d.plan is not None and Method.ONE_ON_ONE in d.plan.methods
        if not listed or d.start is None or not day.would_see_talk(d):
            continue
        talks = [
            m
            for m in day.ledger.meetings.values()
            if m.kind is MeetingKind.ONE_ON_ONE and {d.owner, d.delegator} <= set(m.attendees)
        ]
        last = max(talks, key=lambda m: m.date, default=None)
        since = max(last.date, d.start) if last else d.start
        if day.past(since, state.limits.one_on_one_days):
            began = since + dt.timedelta(state.limits.one_on_one_days) + DAY
            facts = (("last", last.date),) if last else ()
            evidence = (f"meeting:{last.id}",) if last else (f"delegation:{d.id}",)
            yield Signal("one-on-one-overdue", Weight.NOTE, d.delegator, began, d.id, "", facts, evidence)


def confidence_falling(day: Day) -> Iterator[Signal]:
    """Confidence fell by two within three check-ins."""
    for state in day.running:
        said = [c for c in state.checkins if c.confidence is not None][-3:]
        if len(said) < 2 or not day.is_line(state.delegation):
            continue
        last = said[-1]
        high = max(said[:-1], key=lambda c: c.confidence or 0)
        if (high.confidence or 0) - (last.confidence or 0) >= state.limits.confidence_drop:
            d = state.delegation
            facts = (("before", high.confidence or 0), ("now", last.confidence or 0), ("person", d.owner))
            evidence = (f"checkin:{high.id}", f"checkin:{last.id}")
            yield Signal(
                "confidence-falling", Weight.WATCH, d.delegator, last.date, d.id, "", facts, evidence
            )


def needs_support(day: Day) -> Iterator[Signal]:
    """Confidence is low, or help was asked for twice without an answer."""
    waiting: dict[str, list[Signal]] = {}
    for signal in awaiting_response(day):
        waiting.setdefault(signal.delegation, []).append(signal)
    for state in day.running:
        d = state.delegation
        if not day.is_line(d):
            continue
        last = next((c for c in reversed(state.checkins) if c.confidence is not None), None)
        low = last is not None and (last.confidence or 5) <= state.limits.confidence_low
        asked = [s for s in waiting.get(d.id, ()) if s.waits_on == d.delegator]
        if low and last is not None:
            facts = (("person", d.owner), ("now", last.confidence or 0))
            yield Signal(
                "needs-support", Weight.NOTE, d.delegator, last.date, d.id, "", facts, (f"checkin:{last.id}",)
            )
        elif len(asked) >= 2:
            evidence = tuple(e for s in asked for e in s.evidence)
            since, facts_ = max(s.since for s in asked), (("person", d.owner), ("times", len(asked)))
            yield Signal("needs-support", Weight.NOTE, d.delegator, since, d.id, "", facts_, evidence)


def no_recognition(day: Day) -> Iterator[Signal]:
    """A milestone was done, and its owner has had no praise since, for eight weeks."""
    for state in day.states:
        d = state.delegation
        done = [m for m in state.milestones if m.done]
        if not done or d.status in {Status.RECALLED, Status.CANCELLED} or not day.is_line(d):
            continue
        last = max(done, key=lambda m: m.done or dt.date.min)
        if last.done is None or last.done < day.today - _RECENT or not day.would_see_praise(d):
            continue
        limit = dt.timedelta(state.limits.recognition_days)
        praised = any(p >= last.done - dt.timedelta(14) for p in day.praise.get(d.owner, ()))
        if day.today > last.done + limit and not praised:
            facts = (
                ("what", last.milestone.title or last.milestone.id),
                ("done", last.done),
                ("person", d.owner),
            )
            since, evidence = last.done + limit + DAY, (f"delegation:{d.id}",)
            yield Signal("no-recognition", Weight.NOTE, d.delegator, since, d.id, "", facts, evidence)


def overloaded(day: Day) -> Iterator[Signal]:
    """Somebody holds more active delegations than one person well can."""
    for owner, states in day.by_owner.items():
        running = [s.delegation for s in states if s.delegation.status is Status.ACTIVE]
        if len(running) <= day.limits.held or not day.is_line(running[0]):
            continue
        since = sorted(d.start or day.today for d in running)[day.limits.held]
        latest = max(running, key=lambda d: (d.start or day.today, d.id))
        facts = (
            ("count", len(running)),
            ("person", owner),
            ("held", ", ".join(sorted(d.title for d in running))),
        )
        evidence = tuple(f"delegation:{d.id}" for d in running)
        about = f"person:{owner}"
        yield Signal("overloaded", Weight.NOTE, latest.delegator, since, "", about, facts, evidence)


def ready_for_more(day: Day) -> Iterator[Signal]:
    """Two delegations in a row were done by their date, criteria met, nothing taken back.

    "Criteria met" is the delegator's evaluation: a mean of at least 3.5 on a scale from 1 to 5 and a
    rating that is not the lowest. Without evaluations there is nothing to say.
    """
    for owner, states in day.by_owner.items():
        ended = [s for s in states if s.delegation.completed and s.delegation.level]
        ended.sort(key=lambda s: (s.delegation.completed or dt.date.min, s.delegation.id))
        last = ended[-day.limits.ready_after :]
        if len(last) < day.limits.ready_after or not day.is_line(last[-1].delegation):
            continue
        levels = [s.delegation.level or 0 for s in last]
        if levels[-1] >= 7 or levels[-1] < max(levels):
            continue
        judged = [_well_done(day, s.delegation) for s in last]
        if all(judged):
            newest = last[-1].delegation
            facts = (("person", owner), ("level", levels[-1]), ("next", min(7, levels[-1] + 1)))
            evidence = tuple(e for pair in judged for e in pair)
            since, about = newest.completed or day.today, f"person:{owner}"
            if any(
                s.delegation.level and s.delegation.level > levels[-1]
                for s in states
                if s.delegation.status.open
            ):
                continue  # the next level has been given already
            yield Signal(
                "ready-for-more", Weight.NOTE, newest.delegator, since, newest.id, about, facts, evidence
            )


def _well_done(day: Day, d: Delegation) -> tuple[str, ...]:
    """Return the evidence that a delegation was done well and in time, or nothing."""
    if d.completed is None or d.due is None or d.completed > d.due:
        return ()
    if any(
        x.takes_back
        for m in day.ledger.events_on(d.id, Meeting)
        for x in m.decisions
        if x.delegation in {"", d.id}
    ):
        return ()
    judged = [
        e
        for e in day.ledger.events_on(d.id, Evaluation)
        if e.kind in {EvaluationKind.MANAGER, EvaluationKind.CALIBRATED} and e.subject == d.owner
    ]
    if not judged or not _criteria_met(day, judged[-1]):
        return ()
    return (f"delegation:{d.id}", f"evaluation:{judged[-1].id}")


def _criteria_met(day: Day, evaluation: Evaluation) -> bool:
    if evaluation.rating in {day.ledger.site.ratings[0], "待提升"}:
        return False
    scores = [s.score for s in evaluation.scores.values() if s.score is not None]
    low, high = evaluation.scale
    return bool(scores) and (sum(scores) / len(scores) - low) / (high - low) >= _WELL
