"""The specimen: every part of the site once, to look at. Made-up values, no records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.figures import (
    BurnUp,
    CalendarChart,
    CalendarEntry,
    Figure,
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
    Sparkline,
    Tally,
    TimelineChart,
    TimelineMilestone,
    TimelineRow,
)
from generator.pages.values import Card, Count, Link
from generator.tracking.progress import Progress
from generator.words import Answer, Freshness, Health, Status


@dataclass(frozen=True, slots=True)
class Specimen:
    """One of everything."""

    cards: tuple[Card, ...]
    counts: tuple[Count, ...]
    statuses: tuple[Status, ...]
    healths: tuple[Health | None, ...]
    freshnesses: tuple[Freshness, ...]
    answers: tuple[Answer, ...]
    levels: tuple[int, ...]
    charts: tuple[Figure, ...]
    wide_charts: tuple[Figure, ...]
    no_chart: Figure
    sparklines: tuple[Sparkline, ...]
    tallies: tuple[Tally, ...]


TODAY = dt.date(2026, 3, 16)


def specimen() -> Specimen:
    """Return one of every part."""
    cards = tuple(
        _card(status, health, freshness, n)
        for n, (status, health, freshness) in enumerate(
            (
                (Status.ACTIVE, Health.ON_TRACK, Freshness.CURRENT),
                (Status.ACTIVE, Health.AT_RISK, Freshness.DUE),
                (Status.ACTIVE, Health.OFF_TRACK, Freshness.MISSING),
                (Status.ON_HOLD, None, Freshness.NOT_EXPECTED),
                (Status.COMPLETED, Health.ON_TRACK, Freshness.NOT_EXPECTED),
            )
        )
    )
    return Specimen(
        cards,
        tuple(Count(h.label, n, h.value, "health") for n, h in enumerate(Health, 1)),
        tuple(Status),
        (*Health, None),
        tuple(Freshness),
        tuple(Answer),
        tuple(range(1, 8)),
        (_progress(), _metric(), _burn_up(), _calendar(), _gaps(), _slips(), Funnel(14, 8, 5, 3, 3)),
        (_timeline(), _heat(), _levels(), _matrix()),
        MetricChart(TODAY, ()),
        (Sparkline((3, 5, 4, 6, 8, 7, 9)), Sparkline((9, 4, 4, 2)), Sparkline((4,)), Sparkline(())),
        (Tally(0, 5), Tally(3, 5), Tally(5, 5)),
    )


def _card(status: Status, health: Health | None, freshness: Freshness, n: int) -> Card:
    due = dt.date(2026, 3, 31) - dt.timedelta(20 * (n == 2))
    return Card(
        link=Link(
            (
                "Open the second shop",
                "Rewrite the returns page",
                "华东门店季度增长",
                "A long title that takes more than one line on a narrow card",
                "Course pilot",
            )[n]
        ),
        status=status,
        owner=Link("Lin Xiao 林晓"),
        delegator=Link("Ada Okafor"),
        teams=(Link("Shops"),),
        cycle=Link("Q1 2026"),
        level=n + 2,
        health=health,
        evidenced=Health.AT_RISK if health is Health.ON_TRACK else health,
        freshness=freshness,
        progress=Progress(20 + 20 * n, 15 + 20 * n, 30 + 15 * n),
        start=dt.date(2026, 1, 5),
        due=due,
        ended=dt.date(2026, 3, 27) if status is Status.COMPLETED else None,
        days_left=(due - dt.date(2026, 3, 16)).days if status.open else None,
        overdue=n == 2,
        waiting=dt.date(2026, 3, 13) if n in {1, 2} else None,
        waiting_state=Answer.DUE if n == 1 else Answer.OVERDUE if n == 2 else None,
    )


# --- charts -------------------------------------------------------------------------------------------


def _day(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


def _points(*values: tuple[int, int, float]) -> tuple[Point, ...]:
    return tuple(Point(_day(month, day), value) for month, day, value in values)


def _progress() -> ProgressChart:
    return ProgressChart(
        TODAY,
        _points((1, 9, 5), (1, 23, 20), (2, 6, 35), (2, 20, 45), (3, 6, 65), (3, 13, 70)),
        _points((1, 5, 0), (1, 30, 20), (2, 27, 45)),
        _points((1, 5, 0), (1, 26, 20), (2, 20, 45), (3, 9, 70), (3, 31, 100)),
        due=_day(3, 31),
    )


def _metric() -> MetricChart:
    months = ((1, 4, 820), (1, 11, 842), (1, 18, 815), (1, 25, 880), (2, 1, 921), (2, 8, 905), (2, 15, 960))
    return MetricChart(
        TODAY,
        _points(*months, (2, 22, 1004), (3, 1, 990), (3, 8, 1032), (3, 15, 1047)),
        unit="orders a week",
        baseline=800,
        target=1200,
        due=_day(4, 30),
        projected=Point(_day(4, 30), 1168),
        title="Orders from returning customers",
    )


def _burn_up() -> BurnUp:
    return BurnUp(
        TODAY,
        _day(1, 1),
        _day(3, 31),
        _points((1, 1, 9), (1, 20, 11), (2, 16, 12)),
        _points((1, 1, 0), (1, 30, 1), (2, 13, 3), (2, 27, 6), (3, 13, 8)),
    )


def _calendar() -> CalendarChart:
    states = [Answer.ON_TIME, Answer.ON_TIME, Answer.LATE, Answer.ON_TIME, Answer.MISSED, Answer.PAUSED]
    states += [Answer.WAIVED, Answer.ON_TIME, Answer.OVERDUE, Answer.DUE, Answer.UPCOMING, Answer.UPCOMING]
    days = (_day(1, 9) + dt.timedelta(7 * n) for n in range(len(states)))
    return CalendarChart(
        TODAY,
        (
            *(
                CalendarEntry(day, state, "Open the second shop")
                for day, state in zip(days, states, strict=True)
            ),
            CalendarEntry(_day(1, 23), Answer.ON_TIME, "华东门店季度增长"),
            CalendarEntry(_day(2, 2), Answer.ON_TIME, "Course pilot", "board/index.html"),
        ),
    )


def _gaps() -> GapChart:
    return GapChart(
        (
            GapRow("Shop opened on the day", 4, 4),
            GapRow("Team of six hired and trained", 5, 3),
            GapRow("成本控制在预算以内", 3, 4),
            GapRow("Neighbours and landlord kept informed", None, 4),
        )
    )


def _slips() -> SlipChart:
    return SlipChart(
        TODAY,
        (
            SlipRow(Link("Rewrite the returns page", "board/index.html"), _day(2, 13), _day(4, 10), 3),
            SlipRow(Link("华东门店季度增长", "board/index.html"), _day(3, 2), _day(3, 23)),
            SlipRow(
                Link("A long title that takes more than one line on a narrow card"), _day(3, 31), _day(3, 20)
            ),
        ),
    )


def _timeline() -> TimelineChart:
    link, shops, online = "board/index.html", "Shops", "Online · 线上"
    lease = TimelineMilestone(_day(1, 19), "Lease signed", done=True)
    return TimelineChart(
        TODAY,
        (
            TimelineRow(
                Link("Open the second shop", link),
                _day(1, 5),
                _day(4, 10),
                None,
                _day(3, 27),
                Status.ACTIVE,
                Health.AT_RISK,
                (lease, TimelineMilestone(_day(3, 20), "Counter fitted")),
                (),
                shops,
            ),
            TimelineRow(
                Link("华东门店季度增长", link),
                _day(2, 2),
                _day(3, 9),
                None,
                None,
                Status.ACTIVE,
                Health.OFF_TRACK,
                (),
                (),
                shops,
            ),
            TimelineRow(
                Link("Train the new team of the second shop before it opens", link),
                _day(4, 13),
                _day(5, 8),
                None,
                None,
                Status.NOT_STARTED,
                None,
                (TimelineMilestone(_day(5, 4), "First Saturday"),),
                (0,),
                shops,
            ),
            TimelineRow(
                Link("Rewrite the returns page", link),
                _day(1, 12),
                _day(2, 20),
                _day(2, 27),
                None,
                Status.COMPLETED,
                Health.ON_TRACK,
                (TimelineMilestone(_day(2, 6), "Text agreed", done=True),),
                (),
                online,
            ),
            TimelineRow(
                Link("Returns by parcel locker", link),
                _day(3, 2),
                _day(4, 30),
                None,
                None,
                Status.ACTIVE,
                Health.ON_TRACK,
                (),
                (3,),
                online,
            ),
            TimelineRow(
                Link("Course pilot", link),
                _day(2, 9),
                _day(4, 3),
                None,
                None,
                Status.ON_HOLD,
                None,
                (),
                (),
                online,
            ),
            TimelineRow(
                Link("Gift cards", link),
                _day(1, 19),
                _day(4, 17),
                _day(2, 16),
                None,
                Status.CANCELLED,
                None,
                (),
                (),
                online,
            ),
        ),
    )


def _heat() -> HealthHeat:
    words: dict[str, Health | None] = {
        "g": Health.ON_TRACK,
        "a": Health.AT_RISK,
        "r": Health.OFF_TRACK,
        "?": None,
    }

    def row(name: str, reported: str, evidenced: str) -> HeatRow:
        cells = (
            None if upper == "." else HeatCell(words[upper], words[lower])
            for upper, lower in zip(reported, evidenced, strict=True)
        )
        return HeatRow(Link(name, "board/index.html"), tuple(cells))

    return HealthHeat(
        tuple(dt.date(2025, 12, 15) + dt.timedelta(7 * n) for n in range(14)),
        (
            row("Open the second shop", "...ggggggaaaaa", "...gggaaaaarra"),
            row("华东门店季度增长", ".......ggggggg", ".......gaarrrr"),
            row("Rewrite the returns page of the shop", "....gggaag....", "....ggaaag...."),
            row("Course pilot", "?????ggg??????", "ggggggggaagggg"),
        ),
    )


def _levels() -> LevelChart:
    def row(name: str, *spans: tuple[dt.date, int], last: dt.date | None = None) -> LevelRow:
        ends = [*(day for day, _ in spans[1:]), last]
        steps = (LevelSpan(day, level, end) for (day, level), end in zip(spans, ends, strict=True))
        return LevelRow(Link(name, "board/index.html"), tuple(steps))

    return LevelChart(
        TODAY,
        (
            row("Open the second shop", (_day(1, 5), 3), (_day(2, 2), 4), (_day(3, 2), 5)),
            row("华东门店季度增长", (_day(2, 2), 5), (_day(2, 20), 3), (_day(2, 24), 2)),
            row("Course pilot", (_day(1, 12), 1), last=_day(2, 27)),
            row("Returns by parcel locker", (_day(1, 19), 7)),
        ),
    )


def _matrix() -> Matrix:
    teams = tuple(Link(name, "board/index.html") for name in ("Shops", "Online", "华东销售", "Course makers"))
    return Matrix(teams, ((6, 4, 1, 0), (4, 9, 2, 12), (1, 2, 3, 0), (0, 12, 0, 2)))
