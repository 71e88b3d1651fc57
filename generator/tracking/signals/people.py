"""Signals about people: talks, confidence, recognition, support, load, readiness. For the line only.

Never a ranking, never a single score: each names what was written down and proposes a talk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.ledger import owner_on
from generator.record import Checkin, Delegation, Evaluation, Meeting, Record
from generator.tracking.as_of import delegation_as_of
from generator.tracking.signals.answers import awaiting_response
from generator.tracking.signals.day import Day, limit
from generator.tracking.signals.judgement import FROM_ABOVE
from generator.tracking.signals.signal import NOTE, WATCH, Signal, signal
from generator.tracking.signals.terms import is_about
from generator.tracking.state import MilestoneState, State
from generator.words import LEVELS, RATINGS, Method, Status

_RECENT = 182
"""Days back that delivered work still asks for recognition, or for more."""
_BEFORE = dt.timedelta(14)
"""How long before a milestone was done praise may be meant for it."""
_WELL = 0.625
"""The share of the scale from which criteria count as met: 3.5 on a scale from 1 to 5."""
_LAST = 3
"""Check-ins within which confidence is watched."""


def one_on_one_overdue(day: Day) -> Iterator[Signal]:
    """The plan lists one-to-ones, and owner and delegator have not had one for a month."""
    for state in day.running:
        d, days = state.delegation, state.limits.one_on_one_days
        if d.plan is None or Method.ONE_ON_ONE not in d.plan.methods or not day.eyes.talk(d):
            continue
        talks = [m for m in day.talks.get(d.owner, ()) if d.delegator in m.attendees]
        last = max(talks, key=lambda m: (m.date, m.id), default=None)
        heard = [x for x in (last.date if last else None, d.start) if x]
        if heard and day.past(max(heard), days):
            since, on = limit(max(heard), days), last.date if last else None
            yield signal("one-on-one-overdue", NOTE, d.delegator, since, last or d, on=d, last=on)


def _confident(state: State) -> list[Checkin]:
    """Return the owner's reports of their own confidence: not those of who held it before, or helps."""
    return [c for c in state.checkins if c.confidence is not None and c.author == state.delegation.owner]


def _fall(said: Sequence[Checkin], *, least: int) -> tuple[Checkin, Checkin] | None:
    """Return the highest and the last of the last three reports, where confidence fell that far."""
    some = said[-_LAST:]
    high = max(some, key=lambda c: c.confidence or 0, default=None)
    if high is None or (high.confidence or 0) - (some[-1].confidence or 0) < max(1, least):
        return None
    return high, some[-1]


def _low(said: Sequence[Checkin], *, at: int) -> bool:
    return (said[-1].confidence or 0) <= at


def _run(said: Sequence[Checkin], holds: Callable[[Sequence[Checkin]], object]) -> dt.date:
    """Return the day of the first of the reports in a row, up to the last, after which something held."""
    since = said[-1].date
    for n in range(len(said) - 1, 0, -1):
        if not holds(said[:n]):
            break
        since = said[n - 1].date
    return since


def confidence_falling(day: Day) -> Iterator[Signal]:
    """Confidence fell by two within three check-ins."""
    for state in day.running:
        d, said, least = state.delegation, _confident(state), state.limits.confidence_drop
        if day.is_line(d) and (fall := _fall(said, least=least)):
            yield signal(
                "confidence-falling",
                WATCH,
                d.delegator,
                _run(said, partial(_fall, least=least)),
                *fall,
                on=d,
                before=fall[0].confidence,
                now=fall[1].confidence,
                person=d.owner,
            )


def needs_support(day: Day) -> Iterator[Signal]:
    """Confidence is low, or the owner asked the delegator for help twice without an answer.

    It is shown by the check-ins in a row that gave so little confidence, or by what was asked. A brief-back
    that nobody has confirmed asks for no help.
    """
    waiting: dict[str, list[Signal]] = {}
    for one in awaiting_response(day):
        waiting.setdefault(one.delegation, []).append(one)
    for state in day.running:
        d, said, low = state.delegation, _confident(state), state.limits.confidence_low
        if not day.is_line(d):
            continue
        asked = [s for s in waiting.get(d.id, ()) if _help(s, d)]
        if said and _low(said, at=low):
            since, now = _run(said, partial(_low, at=low)), said[-1].confidence
            shown: Iterable[Record | None] = [c for c in said if c.date >= since]
            yield signal("needs-support", NOTE, d.delegator, since, *shown, on=d, person=d.owner, now=now)
        elif len(asked) >= 2:
            since, times = sorted(s.since for s in asked)[1], len(asked)
            shown = (day.ledger.resolve(e) for s in asked for e in s.evidence)
            yield signal("needs-support", NOTE, d.delegator, since, *shown, on=d, person=d.owner, times=times)


def _help(asked: Signal, d: Delegation) -> bool:
    """Return whether a signal of an answer owed is about help that the owner asked the delegator for."""
    facts = dict(asked.facts)
    return asked.waits_on == d.delegator and facts["asker"] == d.owner and facts["matter"] != "brief-back"


def no_recognition(day: Day) -> Iterator[Signal]:
    """The owner saw a milestone done, and has had no praise since, for eight weeks.

    It is the first such milestone that counts: whoever delivers month after month waits no longer for it. One
    that was done while somebody else held the delegation, or by somebody else, asks for nothing.
    """
    for state in day.states:
        d, days = state.delegation, state.limits.recognition_days
        if d.status in {Status.RECALLED, Status.CANCELLED} or not (day.is_line(d) and day.eyes.praise(d)):
            continue
        praise = day.praise.get(d.owner, ())
        waiting = sorted(
            (m.done, m.milestone.title or m.milestone.id)
            for m in state.milestones
            if m.done and _owners(d, m) and not any(p >= m.done - _BEFORE for p in praise)
        )
        waiting = [(done, what) for done, what in waiting if day.past(done, days)]
        if not waiting or day.past(waiting[-1][0], _RECENT):
            continue
        done, what = _in_a_row(waiting, days)
        since = limit(done, days)
        yield signal(
            "no-recognition", NOTE, d.delegator, since, d, on=d, what=what, done=done, person=d.owner
        )


def _owners(d: Delegation, m: MilestoneState) -> bool:
    """Return whether a milestone that is done is the present owner's work."""
    who = m.milestone.owner or (owner_on(d, m.done) if m.done else d.owner)
    return who == d.owner


def _in_a_row(waiting: Sequence[tuple[dt.date, str]], days: int) -> tuple[dt.date, str]:
    """Return the first of what is done and waits, so that something recent has waited ever since."""
    first = waiting[-1]
    for earlier in reversed(waiting[:-1]):
        if (first[0] - earlier[0]).days > _RECENT - days:
            break
        first = earlier
    return first


def overloaded(day: Day) -> Iterator[Signal]:
    """Somebody holds more active delegations than one person well can."""
    for owner, states in day.by_owner.items():
        running = [s.delegation for s in states if s.delegation.status is Status.ACTIVE]
        if len(running) <= day.limits.held or not all(day.is_line(d) for d in running):
            continue
        running.sort(key=lambda d: (d.start or day.today, d.id))
        yield signal(
            "overloaded",
            NOTE,
            running[-1].delegator,
            running[day.limits.held].start or day.today,
            *sorted(running, key=lambda d: d.id),
            about=day.person(owner),
            count=len(running),
            person=owner,
            held=", ".join(sorted(d.title for d in running)),
        )


def ready_for_more(day: Day) -> Iterator[Signal]:
    """Two delegations in a row were done by their date at one level, criteria met, nothing taken back.

    The level is the highest that each of them had when it was completed. Nothing is proposed to somebody who
    has gone beyond it: whose later delegation had more, or who holds one that has. One that was recalled, or
    done late, breaks the row. "Criteria met" is the delegator's evaluation: a mean
    of at least 3.5 on a scale from 1 to 5, and a rating that is not the lowest; without evaluations there
    is nothing to say. "Nothing taken back" is told to those only who would see a talk in which it was. What
    ended more than half a year ago says nothing about today.
    """
    for owner, states in day.by_owner.items():
        ended = sorted((s for s in states if _ended(s.delegation)), key=_end)
        last = [s.delegation for s in ended[-day.limits.ready_after :]]
        if not last or len(last) < day.limits.ready_after:
            continue
        if not all(day.is_line(d) and day.eyes.talk(d) for d in last):
            continue
        levels = [_level_at_end(d) for d in last]
        level, given = min(levels), (s.delegation.level or 0 for s in states if s.delegation.status.open)
        if not 0 < level < len(LEVELS) or levels[-1] > level or any(now > level for now in given):
            continue
        judged = [_well_done(day, d) for d in last]
        if any(day.past(d.completed or dt.date.min, _RECENT) for d in last[-1:]) or not all(judged):
            continue
        evaluations = [e for e in judged if e]
        shown = (record for pair in zip(last, evaluations, strict=True) for record in pair)
        yield signal(
            "ready-for-more",
            NOTE,
            last[-1].delegator,
            max(*(d.completed or dt.date.min for d in last), *(e.date for e in evaluations)),
            *shown,
            on=last[-1],
            about=day.person(owner),
            person=owner,
            finished=len(last),
            level=level,
            highest=max(levels) if max(levels) > level else None,
            next=level + 1,
        )


def _level_at_end(d: Delegation) -> int:
    """Return the level a delegation had when it was completed, 0 where none is stated."""
    return (delegation_as_of(d, d.completed) if d.completed else d).level or 0


def _ended(d: Delegation) -> bool:
    """Return whether a delegation has ended in a way that says something of its owner."""
    return d.status in {Status.COMPLETED, Status.RECALLED}


def _end(state: State) -> tuple[dt.date, str]:
    d = state.delegation
    return (d.completed or d.ended or dt.date.min, d.id)


def _well_done(day: Day, d: Delegation) -> Evaluation | None:
    """Return the evaluation that shows a delegation to be done well and in time, or nothing."""
    if d.status is not Status.COMPLETED or d.completed is None or d.due is None or d.completed > d.due:
        return None
    meetings = day.ledger.events_on(d.id, Meeting)
    if any(x.takes_back and is_about(x.delegation, m, d.id) for m in meetings for x in m.decisions):
        return None
    given = day.ledger.events_on(d.id, Evaluation)
    judged = [e for e in given if e.kind in FROM_ABOVE and e.subject == d.owner]
    return judged[-1] if judged and _criteria_met(day, judged[-1]) else None


def _criteria_met(day: Day, evaluation: Evaluation) -> bool:
    rating = {evaluation.rating, RATINGS.get(evaluation.rating, "")} - {""}
    scores = [s.score for s in evaluation.scores.values() if s.score is not None]
    low, high = evaluation.scale
    if rating & set(day.ledger.site.ratings[:1]) or not (rating or scores):
        return False
    return not scores or (sum(scores) / len(scores) - low) / (high - low) >= _WELL
