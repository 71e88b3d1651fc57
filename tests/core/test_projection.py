"""Projections by hand: the median of slopes, and what it points to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.record import Metric, Reading
from generator.tracking.projection import metric_outlook, projected_finish, trend
from generator.words import Direction

FIRST = dt.date(2026, 1, 1)


def day(n: int) -> dt.date:
    return FIRST + dt.timedelta(n)


def series(*points: tuple[int, float]) -> list[Reading]:
    return [Reading(day(n), value) for n, value in points]


@pytest.mark.parametrize(
    ("points", "slope", "level"),
    [
        ([(0, 0), (10, 10), (20, 20)], 1, 20),
        ([(0, 0), (10, 10), (20, 15)], 0.75, 15),
        # One wrong reading of five does not bend it: 7 of the 10 slopes are 1 or nearer to it than the rest.
        ([(0, 0), (1, 1), (2, 90), (3, 3), (4, 4)], 1, 4),
        ([(0, 30), (7, 23), (14, 16)], -1, 16),
    ],
)
def test_a_trend(points, slope, level):
    found = trend(series(*points))
    assert (found.slope, found.level, found.origin) == (
        pytest.approx(slope),
        pytest.approx(level),
        day(points[-1][0]),
    )


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0, 1), (10, 2)],
        [(0, 1), (0, 2), (10, 3)],  # two days are two readings
        [(0, 5), (10, 5), (20, 5)],
        [(0, 5), (10, 6), (20, 5)],  # up and down again
    ],
)
def test_no_trend(points):
    assert trend(series(*points)) is None


def test_only_the_latest_count():
    old = [(n, 1000.0 - n) for n in range(30)]
    new = [(100 + n, float(n)) for n in range(24)]
    assert trend(series(*old, *new)).slope == pytest.approx(1)
    assert trend(series(*old, *new)).readings == 24


@pytest.mark.parametrize(
    ("points", "today", "finish"),
    [
        ([(0, 0), (7, 10), (14, 20)], 14, 70),
        ([(0, 0), (7, 10), (14, 20)], 80, 80),  # what should have been done is done today at the earliest
        ([(0, 0), (7, 50), (14, 100)], 14, None),  # it is done
        ([(0, 20), (7, 10), (14, 5)], 14, None),  # it goes back
        ([(0, 0), (7, 10)], 14, None),
        ([(0, 0.0), (1000, 1.0), (2000, 2.0)], 2000, None),  # in a hundred years
    ],
)
def test_the_finish_that_reported_progress_points_to(points, today, finish):
    found = projected_finish(series(*points), day(today))
    assert (found and found.day) == (None if finish is None else day(finish))


UP = Metric(id="users", target=40)
DOWN = Metric(id="errors", target=10, direction=Direction.DOWN)
RISE = [(0, 0), (10, 10), (20, 20)]


@pytest.mark.parametrize(
    ("metric", "points", "due", "today", "expected", "reached", "misses"),
    [
        (UP, RISE, 40, 20, 40, False, False),
        (UP, RISE, 39, 20, 39, False, True),
        (UP, RISE, 20, 20, 20, False, True),  # the day has come: the latest reading is what there is
        (UP, RISE, None, 20, None, False, False),
        (UP, RISE[:2], 39, 20, None, False, False),
        (UP, [(0, 60), (10, 50), (20, 41)], 30, 20, 31.5, True, True),  # it is there, and falls
        (UP, [(0, 0), (10, 10), (20, 15), (21, 41)], 25, 21, 725 / 21, True, False),  # it jumped there
        (DOWN, [(0, 40), (10, 30), (20, 20)], 30, 20, 10, False, False),
        (DOWN, [(0, 40), (10, 30), (20, 20)], 29, 20, 11, False, True),
        (Metric(id="x"), RISE, 30, 20, 30, None, False),
        (UP, [], 30, 20, None, None, False),
    ],
)
def test_where_a_metric_is_heading(metric, points, due, today, expected, reached, misses):
    found = metric_outlook(metric, series(*points), None if due is None else day(due), day(today))
    assert found.expected == (None if expected is None else pytest.approx(expected))
    assert (found.reached, found.misses) == (reached, misses)


READINGS = st.lists(
    st.tuples(st.integers(0, 400), st.floats(-1e6, 1e6)), max_size=30, unique_by=lambda r: r[0]
)


@given(READINGS, st.integers(0, 500), st.integers(0, 500))
def test_no_readings_are_too_strange(points, due, today):
    readings = series(*sorted(points))
    assert metric_outlook(UP, readings, day(due), day(today)).misses in {True, False}
    finish = projected_finish(readings, day(today))
    assert finish is None or finish.day >= day(today)
