"""Measures over many delegations: each a figure with its numerator and denominator.

None is about one person. Those that alone would be gamed stand in pairs: on time beside slips,
check-ins beside what they led to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from generator.record import Delegation, Feedback
from generator.tracking.planning import TERMS, missing_terms
from generator.tracking.signals.answers import answers_on
from generator.tracking.signals.day import Day
from generator.tracking.signals.terms import confirmed
from generator.tracking.state import State, Tracked, health_on
from generator.tracking.yields import MethodYield, led_to_something, yields
from generator.words import Answer, CheckinKind, FeedbackKind, ResponseStatus, Status, Understanding

__all__ = [
    "Measure",
    "MethodYield",
    "days",
    "first_due",
    "led_to_something",
    "measures",
    "share",
    "slip",
    "went_to",
    "yields",
]


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
_NOT_CLEAR = {Understanding.PARTIAL, Understanding.UNCLEAR}


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
    """Return the measures over the delegations that ``wanted`` picks.

    Those that tell of check-ins or answers that are missing count only where the audience would see
    them; an audience that would see none of them does not get the measure at all.
    """
    day = Day(tracked)
    states = [s for s in day.states if wanted(s.delegation)]
    return (
        *_check_ins(states),
        *_answers(day, states),
        *_delivery(states),
        *_terms(states),
        *_feedback(day, states),
        *_agreement(day, states),
    )


def _check_ins(states: Sequence[State]) -> Iterable[Measure]:
    followed = [s for s in states if s.followed]
    due = [e for s in followed for e in s.expected if e.reached]
    on_time = [f"checkin:{e.answered_by}" for e in due if e.state is Answer.ON_TIME]
    if followed or not states:
        yield share("check-ins-on-time", on_time, len(due))


def _answers(day: Day, states: Sequence[State]) -> Iterable[Measure]:
    seen = [s for s in states if answers_are_seen(day, s)]
    if states and not seen:
        return
    reports = [c for s in seen for c in s.checkins]
    answered = [(f"checkin:{c.id}", (a[0][1] - c.date).days) for c in reports if (a := answers_on(day, c))]
    yield share("check-ins-answered", [e for e, _ in answered], len(reports))
    yield days("time-to-answer", answered, len(reports))
    issues = [i for s in seen for i in s.issues]
    first = []
    for i in issues:
        raised = day.ledger.checkins.get(i.raised_in)
        if raised and (a := answers_on(day, raised)):
            first.append((f"checkin:{i.raised_in}", max(0, (a[0][1] - i.opened).days)))
    yield days("issue-to-response", first, len(issues))
    solved = [(f"checkin:{i.last_in}", max(0, (i.closed - i.opened).days)) for i in issues if i.closed]
    yield days("issue-to-resolution", solved, len(issues))


def answers_are_seen(day: Day, state: State) -> bool:
    """Return whether the audience would see the delegator's answers to the owner."""
    d = state.delegation
    return state.followed and day.eyes.answer(d, d.owner, d.delegator)


def _delivery(states: Sequence[State]) -> Iterable[Measure]:
    done = [s.delegation for s in states if s.delegation.status is Status.COMPLETED]
    judged = [(d, d.completed, d.due) for d in done if d.completed and d.due]
    first = [_ref(d) for d, completed, _ in judged if completed <= first_due(d)]
    yield share("done-by-first-date", first, len(judged))
    in_time = [_ref(d) for d, completed, due in judged if completed <= due]
    yield share("done-on-time", in_time, len(judged))
    late = [_ref(d) for d, completed, due in judged if completed > due]
    yield share("done-late", late, len(judged))
    carried = [_ref(s.delegation) for s in states if s.delegation.continues]
    yield share("carried-on", carried, len(states))
    recalled = [_ref(s.delegation) for s in states if s.delegation.status is Status.RECALLED]
    yield share("recalled", recalled, len(states))
    dropped = [_ref(s.delegation) for s in states if s.delegation.status is Status.CANCELLED]
    yield share("dropped", dropped, len(states))
    slips = [(_ref(s.delegation), slip(s.delegation)) for s in states if s.delegation.due]
    yield days("slip", [(e, n) for e, n in slips if n], len(slips))


def _terms(states: Sequence[State]) -> Iterable[Measure]:
    planned = [s.delegation for s in states if s.delegation.status is not Status.DRAFT]
    stated = sum(TERMS - len(missing_terms(d)) for d in planned)
    of = TERMS * len(planned)
    yield Measure("plan-completeness", "share", 100 * stated / of if of else None, stated, of)
    briefs = [c for s in states for c in s.checkins if c.kind is CheckinKind.BRIEF_BACK]
    clear = [f"checkin:{c.id}" for c in briefs if confirmed(c) and c.understanding not in _NOT_CLEAR]
    yield share("brief-backs-confirmed", clear, len(briefs))
    moves = [(s.delegation, c) for s in states for c in s.delegation.changes if c.field == "authority.level"]
    up = [_ref(d) for d, c in moves if isinstance(c.to, int) and isinstance(c.from_, int) and c.to > c.from_]
    yield share("levels-raised", up, len(moves))


def _feedback(day: Day, states: Sequence[State]) -> Iterable[Measure]:
    ids = {s.delegation.id for s in states}
    given = [f for f in day.ledger.feedback.values() if f.delegation in ids]
    wanting = [f for f in given if f.kind is not FeedbackKind.PRAISE and not f.answers]
    seen = [f for f in wanting if day.eyes.answer(day.delegation_of(f), f.from_, f.to)]
    if seen or not wanting:
        answered = [f"feedback:{f.id}" for f in seen if f.responses or day.ledger.answers_to(f)]
        yield share("feedback-answered", answered, len(seen))
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
