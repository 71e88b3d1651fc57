"""What lines over time share: the place of values and days, and the lines' names at their ends."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.pages.figures import Point
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Cell, Pen, Table, day_axis
from generator.render.charts.scale import Days, Linear, apart, bounded, number

TOP, HEIGHT, BELOW = 42, 146, 32
MARKS = TOP - 12
"""Where the lines of today and of the due date begin; their names stand above."""
LINE = 14
"""From one label to the next."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line's name, at its end."""

    day: dt.date | None
    """Where the line ends; nothing where it runs through."""
    value: float
    words: str
    class_: str

    @property
    def breadth(self) -> float:
        """Return about how wide it is; most are bold."""
        return svg.breadth(self.words) * 1.1


@dataclass(frozen=True, slots=True)
class Plot:
    """The place of a chart's lines."""

    x: Days
    y: Linear
    ticks: tuple[tuple[float, str], ...]
    today: dt.date
    """Whose line no name is written over."""

    def step(self, points: Sequence[Point], until: dt.date | None) -> str:
        """Return the way of what holds until it changes."""
        way = f"M{svg.n(self.x(points[0].day))} {svg.n(self.y(points[0].value))}"
        for before, point in pairwise(points):
            way += f"H{svg.n(self.x(point.day))}"
            way += f"V{svg.n(self.y(point.value))}" if point.value != before.value else ""
        return way + (f"H{svg.n(self.x(until))}" if until and until > points[-1].day else "")

    def straight(self, points: Sequence[Point]) -> str:
        """Return the way from point to point."""
        return "M" + "L".join(f"{svg.n(self.x(p.day))} {svg.n(self.y(p.value))}" for p in points)

    def dots(self, points: Sequence[Point], class_: str, pen: Pen, unit: str = "") -> list[str]:
        """Return a dot for each point, with its day and value when it is pointed at."""
        return [
            svg.shape("dot", self.x(p.day), self.y(p.value), 2.8, class_, told(p, pen, unit)) for p in points
        ]

    def frame(self, pen: Pen) -> list[str]:
        """Return the axes."""
        left, right, bottom = self.x.start, self.x.end, self.y.start
        lines = "".join(f"M{svg.n(left)} {svg.n(self.y(v))}H{svg.n(right)}" for v, _ in self.ticks)
        return [
            svg.path(lines, "c-grid"),
            *(svg.text(left - 6, self.y(v) + 4, words, "c-tick", "end") for v, words in self.ticks),
            svg.line(left, bottom, right, bottom, "c-axis"),
            *day_axis(self.x, bottom, pen),
        ]

    def labels(self, labels: Sequence[Label]) -> list[str]:
        """Return the lines' names beside their ends, never on each other."""
        beside = sorted(((self.left_of(label), label) for label in labels), key=lambda at: at[0])
        parts: list[str] = []
        cluster: list[tuple[float, Label]] = []
        right = -1.0
        for left, label in beside:
            if cluster and left > right:
                parts += self._apart(cluster)
                cluster = []
            cluster.append((left, label))
            right = max(right, left + label.breadth)
        return parts + self._apart(cluster)

    def _apart(self, cluster: Sequence[tuple[float, Label]]) -> list[str]:
        wanted = [self.y(min(max(label.value, self.y.low), self.y.high)) for _, label in cluster]
        moved = apart(wanted, LINE, self.y.end, self.y.start - 4)
        return [
            svg.text(x, y + 4, label.words, label.class_)
            for (x, label), y in zip(cluster, moved, strict=True)
        ]

    def left_of(self, label: Label) -> float:
        """Return where a name begins."""
        left = (self.x.within(label.day) if label.day else self.x.end) + 7
        today = self.x(self.today) if self.x.holds(self.today) else 0
        return today + 5 if left - 10 < today < left + label.breadth else left


def plot_for(
    days: tuple[int, int],
    values: tuple[float, float],
    ticks: Sequence[tuple[float, str]],
    labels: Sequence[Label],
    today: dt.date,
) -> Plot:
    """Return the place of the lines, so wide that every name at an end fits beside it."""
    left = min(max((svg.breadth(words) for _, words in ticks), default=0) + 8, 110)
    y = Linear(*values, TOP + HEIGHT, TOP)
    right = NARROW - 8.0
    for _ in range(16):
        plot = Plot(Days(*days, left, right), y, tuple(ticks), today)
        over = max((plot.left_of(at) + at.breadth + 2 - NARROW for at in labels), default=0)
        if over <= 0 or right <= left + 90:
            break
        right = max(right - over, left + 90)
    return plot


def told(point: Point, pen: Pen, unit: str = "") -> str:
    """Return a day and its value, for a mark that is pointed at."""
    day, value = pen.language.day(point.day), number(point.value, pen.language, unit)
    return pen.language.gettext("{day}: {value}").format(day=day, value=value)


def sound(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points that are numbers, none beyond what can be drawn."""
    return tuple(Point(p.day, bounded(p.value)) for p in points if math.isfinite(p.value))


def table_of(pen: Pen, heads: tuple[str, ...], series: Sequence[Sequence[Point]], unit: str) -> Table:
    """Return a row for each day on which any series says something."""
    values = [{p.day: number(p.value, pen.language, unit) for p in points} for points in series]
    days = sorted({day for by_day in values for day in by_day})
    rows = (
        (Cell(pen.language.day(day)), *(Cell(by_day.get(day, "—"), number=True) for by_day in values))
        for day in days
    )
    return Table((pen.language.gettext("Day"), *heads), tuple(rows))
