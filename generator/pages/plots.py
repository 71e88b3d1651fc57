"""What the charts show, from a tracked day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from generator.pages.cards import Cards
from generator.pages.figures import (
    BurnUp,
    CalendarChart,
    CalendarEntry,
    Funnel,
    GapChart,
    GapRow,
    HealthHeat,
    HeatCell,
    HeatRow,
    LevelChart,
    LevelRow,
    LevelSpan,
    Matrix,
    MetricChart,
    Point,
    ProgressChart,
    SlipChart,
    SlipRow,
    TimelineChart,
    TimelineMilestone,
    TimelineRow,
)
from generator.pages.values import Card, Link
from generator.record import Cycle, Delegation, Evaluation, Feedback
from generator.tracking.expectations import Expectation
from generator.tracking.measures import first_due, slip, went_to
from generator.tracking.projection import MetricOutlook
from generator.tracking.state import State, Tracked, health_on
from generator.words import FeedbackKind, ResponseStatus, Status

WEEKS = 26
"""Weeks that a heat map looks back at most."""
ROWS = 60
"""Rows that a chart shows at most."""


def progress_plot(state: State, today: dt.date) -> ProgressChart | None:
    """Return progress over time; nothing where nobody said and no milestone tells."""
    d = state.delegation
    reported = tuple(Point(c.date, c.progress) for c in state.checkins if c.progress is not None)
    begin = d.start or (reported[0].day if reported else today)
    weights = _weights(d)
    done = sorted((m.done, weights[m.milestone.id]) for m in state.milestones if m.done)
    due = sorted((m.due, weights[m.id]) for m in d.milestones if m.due)
    evidenced = _steps(begin, done) if d.milestones else ()
    guided = not due
    if guided and d.start and d.due:
        planned: tuple[Point, ...] = (Point(d.start, 0), Point(d.due, 100))
    else:
        planned = _steps(begin, due)
    if len(reported) + len(done) < 2:
        return None
    return ProgressChart(min(today, _end(d) or today), reported, evidenced, planned, d.due, guided)


def _end(d: Delegation) -> dt.date | None:
    return d.completed or d.ended


def _weights(d: Delegation) -> Mapping[str, float]:
    """Return each milestone's share of the whole, in percent."""
    weighted = (
        all(m.weight is not None for m in d.milestones) and sum(m.weight or 0 for m in d.milestones) > 0
    )
    total = sum((m.weight or 0) if weighted else 1 for m in d.milestones)
    return {m.id: 100 * ((m.weight or 0) if weighted else 1) / total for m in d.milestones}


def _steps(begin: dt.date, rises: Sequence[tuple[dt.date, float]]) -> tuple[Point, ...]:
    points, sum_ = [Point(begin, 0.0)], 0.0
    for day, rise in rises:
        sum_ += rise
        if points[-1].day == day:
            points.pop()
        points.append(Point(day, min(100.0, sum_)))
    return tuple(points)


def calendar_plot(
    expected: Iterable[tuple[Link, Expectation]], today: dt.date, *, named: bool
) -> CalendarChart | None:
    """Return expected check-ins as a calendar; each named by its delegation where they are of several."""
    entries = tuple(
        CalendarEntry(e.due, e.state, link.text if named else e.what, link.href if named else "")
        for link, e in expected
    )
    return CalendarChart(today, entries) if len(entries) > 1 else None


def metric_plot(outlook: MetricOutlook, today: dt.date) -> MetricChart | None:
    """Return a metric's readings against its target; nothing with fewer than two."""
    if len(outlook.readings) < 2:
        return None
    metric = outlook.metric
    projected = None
    if outlook.due and outlook.expected is not None and outlook.due > today:
        projected = Point(outlook.due, round(outlook.expected, 2))
    return MetricChart(
        today,
        tuple(Point(r.date, r.value) for r in outlook.readings),
        metric.unit,
        metric.baseline,
        metric.target,
        outlook.due,
        projected,
        title=metric.name or metric.id,
    )


def timeline_plot(states: Sequence[State], cards: Cards, today: dt.date) -> TimelineChart | None:
    """Return delegations over time with their milestones, dependencies and slips."""
    shown = [s for s in states if s.delegation.start or s.delegation.due][:ROWS]
    if not shown:
        return None
    at = {s.delegation.id: n for n, s in enumerate(shown)}
    rows = []
    for s in shown:
        d = s.delegation
        marks = [(m.done or m.milestone.due, m) for m in s.milestones]
        rows.append(
            TimelineRow(
                cards.all[d.id].link,
                d.start,
                d.due,
                _end(d),
                first_due(d) if slip(d) else None,
                d.status,
                s.health,
                tuple(
                    TimelineMilestone(day, m.milestone.title or m.milestone.id, m.done is not None)
                    for day, m in marks
                    if day
                ),
                tuple(at[x] for x in d.depends_on if x in at),
            )
        )
    return TimelineChart(today, tuple(rows))


def slip_plot(states: Sequence[State], cards: Cards, today: dt.date) -> SlipChart | None:
    """Return the due dates that moved, the farthest first."""
    moved = sorted((s for s in states if slip(s.delegation)), key=lambda s: -slip(s.delegation))
    rows = tuple(
        SlipRow(
            cards.all[s.delegation.id].link,
            first_due(s.delegation),
            s.delegation.due,
            sum(c.field == "due" for c in s.delegation.changes),
        )
        for s in moved[:ROWS]
        if s.delegation.due
    )
    return SlipChart(today, rows) if rows else None


def level_plot(states: Sequence[State], cards: Cards, today: dt.date) -> LevelChart | None:
    """Return the levels of delegations over time; nothing where none states one."""
    rows = [(s, _level_spans(s.delegation, today)) for s in states]
    made = tuple(LevelRow(cards.all[s.delegation.id].link, spans) for s, spans in rows if spans)[:ROWS]
    return LevelChart(today, made) if made else None


def _level_spans(d: Delegation, today: dt.date) -> tuple[LevelSpan, ...]:
    moves = sorted((c for c in d.changes if c.field == "authority.level"), key=lambda c: c.date)
    level = moves[0].from_ if moves else d.level
    first, end = d.start or (moves[0].date if moves else None), _end(d)
    spans = []
    for day, to in [*((c.date, c.to) for c in moves), (end, None)]:
        if isinstance(level, int) and first and first <= today and (day is None or first < day):
            spans.append(LevelSpan(first, level, day))
        level, first = to, max(first, day) if first and day else day
    return tuple(spans)


def heat_plot(states: Sequence[State], tracked: Tracked, cards: Cards) -> HealthHeat | None:
    """Return reported and evidenced health week by week, of what ran within the last half-year."""
    last = tracked.today - dt.timedelta(tracked.today.weekday())
    running = [s for s in states if s.delegation.start and s.checkins][:ROWS]
    if not running:
        return None
    first = max(
        last - dt.timedelta(7 * (WEEKS - 1)), min(s.delegation.start or tracked.today for s in running)
    )
    first -= dt.timedelta(first.weekday())
    weeks = tuple(first + dt.timedelta(7 * n) for n in range((last - first).days // 7 + 1))
    rows = [HeatRow(cards.all[s.delegation.id].link, _cells(s, weeks, tracked)) for s in running]
    rows = [row for row in rows if any(row.cells)]
    return HealthHeat(weeks, tuple(rows)) if rows else None


def _cells(s: State, weeks: Sequence[dt.date], tracked: Tracked) -> tuple[HeatCell | None, ...]:
    d = s.delegation
    out: list[HeatCell | None] = []
    for week in weeks:
        day = min(week + dt.timedelta(6), tracked.today)
        ended = _end(d)
        if d.start is None or day < d.start or (ended and week > ended):
            out.append(None)
            continue
        said = next((c.health for c in reversed(s.checkins) if c.date <= day and c.health), None)
        out.append(HeatCell(said, health_on(s, tracked.ledger, s.limits, day).health))
    return tuple(out)


def gap_plot(own: Evaluation, other: Evaluation, d: Delegation | None, wide: float) -> GapChart | None:
    """Return the self-evaluation beside the manager's; nothing where they share no criterion."""
    names = {c.id: c.name or c.id for c in d.criteria} if d else {}
    ids = list(dict.fromkeys((*other.scores, *own.scores)))
    rows = tuple(
        GapRow(
            names.get(id_, id_),
            own.scores[id_].score if id_ in own.scores else None,
            other.scores[id_].score if id_ in other.scores else None,
        )
        for id_ in ids
    )
    low, high = other.scale
    return GapChart(rows, low, high, wide) if rows else None


def funnel_plot(feedback: Iterable[Feedback]) -> Funnel | None:
    """Return how far ideas got; nothing without any."""
    ideas = [f for f in feedback if f.kind is FeedbackKind.IDEA]
    if not ideas:
        return None
    adopted = sum(went_to(f, ResponseStatus.ADOPTED) for f in ideas)
    tried = sum(went_to(f, ResponseStatus.TRIED, ResponseStatus.ADOPTED) for f in ideas)
    declined = sum(went_to(f, ResponseStatus.DECLINED) for f in ideas)
    return Funnel(len(ideas), tried, adopted, declined, sum(not f.responses for f in ideas))


def matrix_plot(cards: Sequence[Card]) -> Matrix | None:
    """Return on how many delegations each two teams work together."""
    teams = sorted({t for c in cards if len(c.teams) > 1 for t in c.teams}, key=lambda t: (t.text, t.href))
    if len(teams) < 2:
        return None
    counts = [
        tuple(0 if a == b else sum(a in c.teams and b in c.teams for c in cards) for b in teams)
        for a in teams
    ]
    return Matrix(tuple(teams), tuple(counts))


def burn_up_plot(cycle: Cycle, states: Sequence[State], today: dt.date) -> BurnUp | None:
    """Return how many delegations a cycle took on and how many of them were completed, over its time."""
    if not states:
        return None
    begin = cycle.start
    began = sorted(max(begin, s.delegation.start or begin) for s in states)
    done = sorted(max(begin, s.delegation.completed) for s in states if s.delegation.completed)
    gone = sorted(
        max(begin, s.delegation.ended)
        for s in states
        if s.delegation.ended and s.delegation.status in {Status.RECALLED, Status.CANCELLED}
    )
    last = min(today, max([cycle.end, *done]))
    moves = [(day, 1) for day in began if day <= last] + [(day, -1) for day in gone if day <= last]
    return BurnUp(
        last, begin, cycle.end, _counted(begin, moves, last), _counted(begin, [(x, 1) for x in done], last)
    )


def _counted(begin: dt.date, moves: Sequence[tuple[dt.date, int]], last: dt.date) -> tuple[Point, ...]:
    points = [Point(begin, 0)]
    for day, move in sorted(moves):
        value = points[-1].value + move
        if points[-1].day == day:
            points.pop()
        points.append(Point(day, value))
    if points[-1].day < last:
        points.append(Point(last, points[-1].value))
    return tuple(p for n, p in enumerate(points) if n == 0 or p.day > points[n - 1].day)
