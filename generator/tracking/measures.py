"""Measures over many delegations: each a figure with its numerator and denominator.

None is about one person. Those that alone would be gamed stand in pairs: on time beside slips,
check-ins beside what they led to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from generator.record import Checkin, Delegation, Event, Feedback, Meeting
from generator.tracking.planning import TERMS, missing_terms
from generator.tracking.signals.answers import answers_on
from generator.tracking.signals.day import Day
from generator.tracking.state import State, Tracked, health_on
from generator.words import CheckinKind, FeedbackKind, MeetingKind, Method, ResponseStatus, Status


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure."""

    code: str
    unit: str
    """``share`` (a percentage of the denominator), ``days`` (a median) or ``count``."""
    value: float | None
    """Percent, days or how many; nothing where the denominator is nothing."""
    numerator: int
    denominator: int
    evidence: tuple[str, ...] = ()
    """``type:id`` of the records that were counted in the numerator, at most some."""


_EVIDENCE = 40


def share(code: str, some: Sequence[str], of: int) -> Measure:
    """Return a measure that is a part of a whole."""
    return Measure(
        code, "share", 100 * len(some) / of if of else None, len(some), of, tuple(some[:_EVIDENCE])
    )


def days(code: str, found: Sequence[tuple[str, int]], of: int) -> Measure:
    """Return a measure that is a median of days, taken over those ``found`` out of ``of``."""
    value = float(median(n for _, n in found)) if found else None
    return Measure(code, "days", value, len(found), of, tuple(e for e, _ in found[:_EVIDENCE]))


def measures(tracked: Tracked, wanted: Callable[[Delegation], bool]) -> tuple[Measure, ...]:
    """Return the measures over the delegations that ``wanted`` picks."""
    day = Day(tracked)
    states = [s for s in day.states if wanted(s.delegation)]
    return (
        *_reporting(day, states),
        *_delivery(states, tracked.today),
        *_terms(states),
        *_feedback(day, states),
        *_agreement(day, states),
    )


def _reporting(day: Day, states: Sequence[State]) -> Iterable[Measure]:
    due = [e for s in states for e in s.expected if e.reached]
    on_time = [f"checkin:{e.answered_by}" for e in due if e.state == "on_time"]
    yield share("check-ins-on-time", on_time, len(due))
    reports = [c for s in states for c in s.checkins]
    answered = [(f"checkin:{c.id}", (a[0][1] - c.date).days) for c in reports if (a := answers_on(day, c))]
    yield share("check-ins-answered", [e for e, _ in answered], len(reports))
    yield days("time-to-answer", answered, len(reports))
    issues = [i for s in states for i in s.issues]
    first = []
    for i in issues:
        raised = day.ledger.checkins.get(i.raised_in)
        if raised and (a := answers_on(day, raised)):
            first.append((f"checkin:{i.raised_in}", (a[0][1] - i.opened).days))
    yield days("issue-to-response", first, len(issues))
    solved = [(f"checkin:{i.last_in}", (i.closed - i.opened).days) for i in issues if i.closed]
    yield days("issue-to-resolution", solved, len(issues))


def _delivery(states: Sequence[State], today: dt.date) -> Iterable[Measure]:
    done = [s.delegation for s in states if s.delegation.status is Status.COMPLETED]
    judged = [d for d in done if d.due and d.completed]
    in_time = [_ref(d) for d in judged if d.completed and d.due and d.completed <= first_due(d)]
    yield share("done-by-first-date", in_time, len(judged))
    late = [_ref(d) for d in judged if d.completed and d.due and d.completed > d.due]
    yield share("done-late", late, len(judged))
    carried = [_ref(s.delegation) for s in states if s.delegation.continues]
    yield share("carried-on", carried, len(states))
    recalled = [_ref(s.delegation) for s in states if s.delegation.status is Status.RECALLED]
    yield share("recalled", recalled, len(states))
    dropped = [_ref(s.delegation) for s in states if s.delegation.status is Status.CANCELLED]
    yield share("dropped", dropped, len(states))
    slips = [(_ref(s.delegation), slip(s.delegation)) for s in states if s.delegation.due]
    moved = [(e, n) for e, n in slips if n]
    yield days("slip", moved, len(slips))
    del today


def _terms(states: Sequence[State]) -> Iterable[Measure]:
    planned = [s.delegation for s in states if s.delegation.status is not Status.DRAFT]
    stated = sum(TERMS - len(missing_terms(d)) for d in planned)
    of = TERMS * len(planned)
    yield Measure("plan-completeness", "share", 100 * stated / of if of else None, stated, of)
    briefs = [c for s in states for c in s.checkins if c.kind is CheckinKind.BRIEF_BACK]
    confirmed = [f"checkin:{c.id}" for c in briefs if c.confirmed_on or c.understanding == "confirmed"]
    yield share("brief-backs-confirmed", confirmed, len(briefs))
    moves = [(s.delegation, c) for s in states for c in s.delegation.changes if c.field == "authority.level"]
    up = [_ref(d) for d, c in moves if isinstance(c.to, int) and isinstance(c.from_, int) and c.to > c.from_]
    yield share("levels-raised", up, len(moves))


def _feedback(day: Day, states: Sequence[State]) -> Iterable[Measure]:
    ids = {s.delegation.id for s in states}
    given = [f for f in day.ledger.feedback.values() if f.delegation in ids]
    wanting = [f for f in given if f.kind is not FeedbackKind.PRAISE and not f.answers]
    answered = [f"feedback:{f.id}" for f in wanting if f.responses or day.ledger.answers_to(f)]
    yield share("feedback-answered", answered, len(wanting))
    ideas = [f for f in given if f.kind is FeedbackKind.IDEA]
    tried = [f"feedback:{f.id}" for f in ideas if went_to(f, ResponseStatus.TRIED, ResponseStatus.ADOPTED)]
    yield share("ideas-tried", tried, len(ideas))
    adopted = [f"feedback:{f.id}" for f in ideas if went_to(f, ResponseStatus.ADOPTED)]
    yield share("ideas-adopted", adopted, len(ideas))


def went_to(feedback: Feedback, *wanted: ResponseStatus) -> bool:
    """Return whether any answer gave a piece of feedback one of some states."""
    return any(r.status in wanted for r in feedback.responses)


def _agreement(day: Day, states: Sequence[State]) -> Iterable[Measure]:
    """Count the check-ins whose reported health is what the work showed on their day."""
    both = agree = 0
    evidence = []
    for s in states:
        for c in s.checkins:
            if c.health is None:
                continue
            shown = health_on(s, day.ledger, s.limits, c.date).health
            if shown is not None:
                both += 1
                agree += shown is c.health
                if shown is not c.health:
                    evidence.append(f"checkin:{c.id}")
    yield Measure(
        "health-agrees",
        "share",
        100 * agree / both if both else None,
        agree,
        both,
        tuple(evidence[:_EVIDENCE]),
    )


def first_due(d: Delegation) -> dt.date:
    """Return the due date that was first agreed; the delegation has one."""
    moves = sorted((c for c in d.changes if c.field == "due"), key=lambda c: c.date)
    first = moves[0].from_ if moves else d.due
    return first if isinstance(first, dt.date) else d.due or dt.date.max


def slip(d: Delegation) -> int:
    """Return how many days the due date is later than the one first agreed; negative where earlier."""
    return (d.due - first_due(d)).days if d.due else 0


def _ref(d: Delegation) -> str:
    return f"delegation:{d.id}"


# --- what the methods lead to -----------------------------------------------------------------------


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

    A use counts where within the threshold's days something refers to the same delegation that was not
    there before: an answer to it, a meeting with a decision or an action (the meeting itself for
    meetings), a change of terms.
    """
    day = Day(tracked)
    rows: dict[Method, list[tuple[Event, bool]]] = {
        Method.CHECKIN: [],
        Method.ONE_ON_ONE: [],
        Method.MEETING: [],
    }
    seen: set[str] = set()
    for s in day.states:
        if not wanted(s.delegation):
            continue
        for c in s.checkins:
            rows[Method.CHECKIN].append((c, led_to_something(day, s, c)))
        for m in day.ledger.events_on(s.delegation.id, Meeting):
            method = Method.ONE_ON_ONE if m.kind is MeetingKind.ONE_ON_ONE else Method.MEETING
            if m.id not in seen:
                seen.add(m.id)
                rows[method].append((m, led_to_something(day, s, m)))
    out = []
    for method, uses in rows.items():
        answers = sum(len(answers_on(day, e)) for e, _ in uses if isinstance(e, Checkin))
        words = sum(e.body.words for e, _ in uses)
        out.append(MethodYield(method, len(uses), sum(led for _, led in uses), words, answers))
    return tuple(out)


def led_to_something(day: Day, s: State, event: Event) -> bool:
    """Return whether an event was followed by an answer, a decision, an action or a change in time."""
    if isinstance(event, Meeting) and (event.decisions or event.actions):
        return True
    until = event.date + dt.timedelta(s.limits.yield_days)

    def soon(when: dt.date) -> bool:
        return event.date <= when <= until

    if isinstance(event, Checkin) and any(soon(d) for _, d in answers_on(day, event)):
        return True
    if any(soon(c.date) for c in s.delegation.changes):
        return True
    meetings = day.ledger.events_on(s.delegation.id, Meeting)
    return any(m is not event and soon(m.date) and (m.decisions or m.actions) for m in meetings)
