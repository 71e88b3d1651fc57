"""Projections: where the trend of readings points to, and how that was got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from generator.record import Metric, Reading
from generator.words import Direction

FEWEST = 3
"""Readings without which there is no trend."""
LATEST = 24
"""Readings that a trend is taken from at most, the latest."""
_FARTHEST = dt.timedelta(3653)


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through readings: the median of the slopes between all pairs.

    Theil, "A rank-invariant method of linear and polynomial regression analysis" (1950), and Sen
    (1968): one wrong reading does not bend it.
    """

    slope: float
    """Units a day."""
    level: float
    """The line's value on ``origin``."""
    origin: dt.date
    readings: int
    """How many readings it was taken from."""

    def value(self, day: dt.date) -> float:
        """Return the line's value on a day."""
        return self.level + self.slope * (day - self.origin).days

    def reaches(self, target: float) -> dt.date | None:
        """Return the day the line reaches ``target``; nothing where it leads away or takes over ten years."""
        ahead = (target - self.level) / self.slope
        if not 0 <= ahead <= _FARTHEST.days:
            return None
        return self.origin + dt.timedelta(round(ahead))


def trend(readings: Sequence[Reading]) -> Trend | None:
    """Return the trend of readings in order of date; nothing with fewer than three, or where it is flat."""
    latest = readings[-LATEST:]
    if len({r.date for r in latest}) < FEWEST:
        return None
    origin = latest[-1].date
    slopes = [
        (b.value - a.value) / (b.date - a.date).days
        for n, a in enumerate(latest)
        for b in latest[n + 1 :]
        if b.date > a.date
    ]
    slope = median(slopes)
    if abs(slope) < 1e-9:
        return None
    level = median(r.value - slope * (r.date - origin).days for r in latest)
    return Trend(slope, level, origin, len(latest))


@dataclass(frozen=True, slots=True)
class MetricOutlook:
    """Where a metric is heading."""

    metric: Metric
    readings: tuple[Reading, ...]
    trend: Trend | None
    due: dt.date | None
    expected: float | None
    """What the trend gives on the due date, or the latest reading once the date has passed."""
    reached: bool | None
    """Whether the latest reading is at the target or better."""

    @property
    def misses(self) -> bool:
        """Return whether the projection misses the target.

        A trend does not follow a jump at once: where the target is reached, only one that leads away misses.
        Once the date has passed, the latest reading is the outcome, with or without a trend.
        """
        if self.expected is None or at_target(self.metric, self.expected):
            return False
        down = self.metric.direction is Direction.DOWN
        return self.trend is None or not self.reached or (self.trend.slope > 0) is down


def at_target(metric: Metric, value: float) -> bool:
    """Return whether a value is at the metric's target or better."""
    if metric.target is None:
        return True
    return value >= metric.target if metric.direction is Direction.UP else value <= metric.target


def metric_outlook(
    metric: Metric, readings: Sequence[Reading], due: dt.date | None, today: dt.date
) -> MetricOutlook:
    """Return where a metric is heading; ``due`` is its own due date or the delegation's."""
    line = trend(readings)
    reached = at_target(metric, readings[-1].value) if readings and metric.target is not None else None
    expected = None
    if due and due <= today:
        expected = readings[-1].value if readings else None
    elif due and line:
        expected = line.value(due)
    return MetricOutlook(metric, tuple(readings), line, due, expected, reached)


@dataclass(frozen=True, slots=True)
class Finish:
    """The day that the trend of reported progress points to."""

    day: dt.date
    trend: Trend


def projected_finish(readings: Sequence[Reading], today: dt.date) -> Finish | None:
    """Return the day reported progress reaches 100 if it goes on as it did; never before ``today``."""
    if not readings or readings[-1].value >= 100:
        return None
    line = trend(readings)
    if line is None or line.slope <= 0:
        return None
    day = line.reaches(100)
    return Finish(max(day, today), line) if day else None
