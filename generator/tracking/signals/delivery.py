"""Signals about the work: check-ins, dates, milestones, plan, health, silence, metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from generator.record import Delegation, Event
from generator.tracking.health import Evidenced, weight_not_done
from generator.tracking.projection import MetricOutlook, metric_outlook
from generator.tracking.signals.blocking import blocking
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import ACT, NOTE, WATCH, Signal, signal
from generator.tracking.state import State, health_on
from generator.tracking.work import work_on
from generator.words import Answer, CheckinKind, Health

_RANK = {Health.ON_TRACK: 0, Health.AT_RISK: 1, Health.OFF_TRACK: 2}


def checkins(day: Day) -> Iterator[Signal]:
    """A check-in is due or overdue, or the last expected one was missed and none has come since.

    One past the due date answers no expected one, but it is no silence either.
    """
    for state in day.running:
        d = state.delegation
        last = max((c.date for c in state.checkins if c.kind is not CheckinKind.BRIEF_BACK), default=None)
        reached = [e for e in state.expected if e.reached]
        for e in reached:
            if e.state in {Answer.DUE, Answer.OVERDUE}:
                late = e.state.value if e.state is Answer.OVERDUE else None
                yield signal("check-in-due", NOTE, e.who, e.due, d, on=d, due=e.due, what=e.what, state=late)
            elif e is reached[-1] and e.missed_on and (last is None or last < e.due):
                yield signal("check-in-missed", WATCH, d.owner, e.missed_on, d, on=d, due=e.due, what=e.what)


def due_dates(day: Day) -> Iterator[Signal]:
    """Past its due date and not completed, or due within a week."""
    for state in day.agreed:
        d = state.delegation
        if d.due is None:
            continue
        soon = d.due - dt.timedelta(state.limits.due_soon_days)
        if state.overdue:
            yield signal("overdue", ACT, d.owner, _since(d, "due", d.due + DAY), d, on=d, due=d.due)
        elif soon <= day.today:
            yield signal("due-soon", NOTE, d.owner, _since(d, "due", soon), d, on=d, due=d.due)


def milestones_overdue(day: Day) -> Iterator[Signal]:
    """A milestone is past its due date and not done."""
    for state in day.agreed:
        d = state.delegation
        for m in (s.milestone for s in state.milestones if s.overdue):
            if m.due:
                since, what = _since(d, f"milestones.{m.id}.due", m.due + DAY), m.title or m.id
                who = m.owner or d.owner
                yield signal("milestone-overdue", WATCH, who, since, d, on=d, what=what, due=m.due)


def _since(d: Delegation, field: str, day: dt.date) -> dt.date:
    """Return a day that a date stands for, or the day the date was set where that came later."""
    return max([day, *(c.date for c in d.changes if c.field == field)])


def behind_plan(day: Day) -> Iterator[Signal]:
    """Points of planned weight are not done, more than a little."""
    for state in day.agreed:
        if state.not_done >= state.limits.behind_points:
            d, points = state.delegation, round(state.not_done)
            yield signal("behind-plan", WATCH, d.owner, _behind_since(day, state), d, on=d, points=points)


def _behind_since(day: Day, state: State) -> dt.date:
    """Return the first of the days in a row, up to today, on which that much was not done.

    How much it is can only change on the day after a milestone's due date, on the day that one is done,
    and on the day of a change.
    """
    d, since = state.delegation, day.today
    turns = {m.milestone.due + DAY for m in state.milestones if m.milestone.due}
    turns |= {m.done for m in state.milestones if m.done} | {c.date for c in d.changes}
    for turn in sorted((t for t in turns if t <= day.today), reverse=True):
        work = work_on(d, state.checkins, turn)
        if weight_not_done(work.delegation, work.undone, turn) < state.limits.behind_points:
            break
        since = turn
    return since


def watermelons(day: Day) -> Iterator[Signal]:
    """The last check-in reports better health than the work showed on its day, and still shows."""
    for state in day.running:
        d, said, then = state.delegation, state.health_from, state.evidenced_then
        if said is None or said.health is None or then is None or then.health is None:
            continue
        if not (_better(said.health, then) and _better(said.health, state.evidenced)):
            continue
        since = said.date
        for earlier in reversed([c for c in state.checkins if c.health and c.date < said.date]):
            shown = health_on(state, day.ledger, state.limits, earlier.date)
            if not _better(earlier.health, shown):
                break
            since = earlier.date
        why = then.reasons[0]
        yield signal(
            "watermelon",
            WATCH,
            d.delegator,
            since,
            said,
            *(day.ledger.resolve(r.evidence) for r in then.reasons),
            on=d,
            reported=said.health.label,
            evidenced=then.health.label,
            reason=why.code,
            what=why.subject,
        )


def _better(reported: Health | None, shown: Evidenced) -> bool:
    return reported is not None and shown.health is not None and _RANK[reported] < _RANK[shown.health]


# --- silence ----------------------------------------------------------------------------------------


def last_sign(day: Day, state: State) -> dt.date | None:
    """Return the last day on which anything at all happened to a delegation, its start if nothing did."""
    d = state.delegation
    days = [e.date for e in day.ledger.events_on(d.id, Event)]
    days += [c.date for c in d.changes] + [m.done for m in state.milestones if m.done]
    if d.start:
        days.append(d.start)
    return max((x for x in days if x <= day.today), default=None)


def stale_since(day: Day, state: State) -> dt.date | None:
    """Return since when a delegation is stale: nothing at all for two intervals of its cadence.

    Days off stretch the intervals: as many expected days must have gone by as well, where there are any.
    """
    d, last, times = state.delegation, last_sign(day, state), state.limits.stale_intervals
    cadence = d.cadence
    if last is None or cadence is None or not cadence.expects or (d.plan and d.plan.checkpoints):
        return None
    until = last + dt.timedelta(round(times * cadence.days))
    expected = [e.due for e in state.expected if e.due > last and e.state is not Answer.PAUSED]
    if 0 < times <= len(expected):
        until = max(until, expected[times - 1])
    return until + DAY if day.today > until else None


def stale(day: Day) -> Iterator[Signal]:
    """Nothing at all for two intervals."""
    for state in day.running:
        d, since = state.delegation, stale_since(day, state)
        if since and state.followed:
            yield signal("stale", ACT, d.owner, since, d, on=d, last=last_sign(day, state))


def out_of_control(day: Day) -> Iterator[Signal]:
    """Overdue, stale and blocked at once."""
    for state in day.running:
        d = state.delegation
        since, issues = stale_since(day, state), blocking(state, day.today)
        if state.overdue and since and issues and d.due and state.followed:
            began = max(_since(d, "due", d.due + DAY), since, min(s for _, s in issues))
            raised = (day.ledger.checkins.get(i.raised_in) for i, _ in issues)
            yield signal("out-of-control", ACT, d.delegator, began, d, *raised, on=d, due=d.due)


# --- metrics ----------------------------------------------------------------------------------------


def metrics(day: Day) -> Iterator[Signal]:
    """A metric's projection misses its target, or it has not been read for two intervals."""
    for state in day.running:
        for outlook in state.metrics:
            if outlook.readings:
                yield from _off_target(day, state, outlook)
                yield from _unread(day, state, outlook)


def _off_target(day: Day, state: State, outlook: MetricOutlook) -> Iterator[Signal]:
    """Where it is heading, until its date; past it, where it stood when it was last read."""
    d, metric, last = state.delegation, outlook.metric, outlook.readings[-1]
    if not outlook.misses or outlook.expected is None:
        return
    past = outlook.due is not None and outlook.due <= day.today
    since = outlook.due or last.date  # past it, it is the last reading that misses
    for n in range(len(outlook.readings), 0, -1):
        read = outlook.readings[n - 1].date
        if not metric_outlook(metric, outlook.readings[:n], outlook.due, read).misses:
            break
        since = read
    yield signal(
        "metric-off-target",
        WATCH,
        d.owner,
        max(since, d.start or since),
        d,
        on=d,
        what=metric.name or metric.id,
        expected=None if past else round(outlook.expected, 2),
        value=round(last.value, 2) if past else None,
        read=last.date if past else None,
        due=outlook.due if past else None,
        target=metric.target,
    )


def _unread(day: Day, state: State, outlook: MetricOutlook) -> Iterator[Signal]:
    d, metric, last = state.delegation, outlook.metric, outlook.readings[-1].date
    gaps = [(b.date - a.date).days for a, b in pairwise(outlook.readings)]
    cadence = d.cadence.days if d.cadence and d.cadence.expects else 0
    usual = median(gaps) if gaps else cadence
    if not metric.file:
        # It is read in check-ins: where these have become rarer, so have its readings.
        usual = max(usual, cadence)
    if not usual or not state.followed or (metric.due and metric.due < day.today):
        return
    until = last + dt.timedelta(round(state.limits.stale_intervals * usual))
    if day.today > until:
        what = metric.name or metric.id
        yield signal("metric-stale", NOTE, d.owner, until + DAY, d, on=d, what=what, last=last)
