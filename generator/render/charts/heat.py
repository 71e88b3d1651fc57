"""Health over time: a band above each line as reported, one below it as the work shows.

The worse, the taller, so that it is seen without colour: where the lower band stands out further than the
upper one, the report was better than the work.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from generator.pages.figures import HealthHeat, HeatRow
from generator.render.charts import svg
from generator.render.charts.drawing import Cell, Drawing, Item, Pen, Table, key
from generator.words import Health

NAMES, ROW, HALF = 200, 30, 12
HEIGHTS = {Health.ON_TRACK: 4, Health.AT_RISK: 8, Health.OFF_TRACK: HALF}
MANY = 400
"""With more bands than this they say nothing each when pointed at; the table does."""

Run = tuple[int, int, Health]
"""The first week, how many, and the health in all of them."""


def health_heat(chart: HealthHeat, pen: Pen) -> Drawing:
    """Draw the health of delegations, week by week."""
    _ = pen.language.gettext
    weeks = len(chart.weeks)
    table = _table(chart, pen)
    if not weeks or not any(cell for row in chart.rows for cell in row.cells[:weeks]):
        return pen.finish("heat", chart, "", table, empty=_("No week has been told of yet."), wide=True)
    pitch = 20 if weeks <= 36 else 13 if weeks <= 60 else 8
    width = NAMES + max(weeks * pitch, 150) + 4
    legend, above = key(_items(pen), width, 12)
    top = above + 34
    bottom = top + ROW * len(chart.rows)
    runs = [tuple(_runs(row, weeks, upper) for upper in (True, False)) for row in chart.rows]
    titled = sum(len(half) for both in runs for half in both) <= MANY
    ways: dict[str, str] = {}
    parts = [*legend, *_months(chart.weeks, pitch, top, bottom, pen)]
    marks: list[str] = []
    lines = ""
    for at, (row, both) in enumerate(zip(chart.rows, runs, strict=True)):
        middle = top + ROW * at + ROW / 2
        parts.append(pen.linked(0, middle + 4, row.link, NAMES - 14, "c-name"))
        lines += _under_way(row, weeks, pitch, middle)
        for half, upward in zip(both, (True, False), strict=True):
            for run in half:
                ground, band, class_ = _band(run, pitch, middle, upward)
                ways[f"c-wash {class_}"] = ways.get(f"c-wash {class_}", "") + ground
                if titled:
                    marks.append(svg.path(band, f"c-mark {class_}", _told(run, chart.weeks, upward, pen)))
                else:
                    ways[f"c-mark {class_}"] = ways.get(f"c-mark {class_}", "") + band
    parts += [svg.path(way, class_) for class_, way in sorted(ways.items(), reverse=True)]
    parts += marks
    gaps = "".join(f"M{NAMES + at * pitch} {svg.n(top)}V{svg.n(bottom)}" for at in range(1, weeks))
    parts += [svg.path(gaps, "c-cells")] * bool(gaps) + [svg.path(lines, "c-middle")]
    return pen.finish("heat", chart, _summary(chart, pen), table, parts, (width, bottom + 2), wide=True)


def _runs(row: HeatRow, weeks: int, upper: bool) -> list[Run]:
    """Return a row's health in runs of weeks that are alike."""
    cells = [(c.reported if upper else c.evidenced) if c else None for c in row.cells[:weeks]]
    runs, at = [], 0
    for health, same in groupby(cells):
        count = sum(1 for _ in same)
        if health:
            runs.append((at, count, health))
        at += count
    return runs


def _band(run: Run, pitch: float, middle: float, upward: bool) -> tuple[str, str, str]:
    """Return the ground of a run, its band, and its class."""
    at, count, health = run
    sign, x, wide = (-1 if upward else 1), svg.n(NAMES + at * pitch), svg.n(count * pitch)
    ways = [
        f"M{x} {svg.n(middle + sign * 0.5)}h{wide}v{svg.n(sign * tall)}h-{wide}z"
        for tall in (HALF, HEIGHTS[health])
    ]
    return ways[0], ways[1], f"health-{health.value}"


def _under_way(row: HeatRow, weeks: int, pitch: float, middle: float) -> str:
    way, at = "", 0
    for under, same in groupby(row.cells[:weeks], key=lambda cell: cell is not None):
        count = sum(1 for _ in same)
        way += f"M{svg.n(NAMES + at * pitch)} {svg.n(middle)}h{svg.n(count * pitch)}" if under else ""
        at += count
    return way


def _months(weeks: Sequence[dt.date], pitch: float, top: float, bottom: float, pen: Pen) -> Iterator[str]:
    taken, before, ways = -1.0, (0, 0), ""
    for at, week in enumerate(weeks):
        month = (week.year, week.month)
        if month == before:
            continue
        x = NAMES + at * pitch
        ways += f"M{svg.n(x)} {svg.n(top - 4)}V{svg.n(bottom)}"
        name = pen.language.short_month(week)
        if x > taken:
            yield svg.text(x + 2, top - 8, name, "c-tick")
            taken = x + svg.breadth(name) + 8
            if week.year != before[0]:
                yield svg.text(x + 2, top - 22, pen.language.year(week), "c-tick c-year")
        before = month
    yield svg.path(ways, "c-grid")


def _told(run: Run, weeks: Sequence[dt.date], upward: bool, pen: Pen) -> str:
    at, count, health = run
    _ = pen.language.gettext
    first = pen.language.short_day(weeks[at])
    span = first if count == 1 else f"{first} – {pen.language.short_day(weeks[at + count - 1])}"
    by = _("Reported") if upward else _("Evidenced")
    return f"{by}: {_(health.label)}, {span}"


def _items(pen: Pen) -> list[Item]:
    _ = pen.language.gettext

    return [
        (partial(_side, upward=True), _("above: reported")),
        (partial(_side, upward=False), _("below: evidenced")),
        *((partial(_level, health), _(health.label)) for health in Health),
    ]


def _side(x: float, y: float, upward: bool) -> str:
    y += 3 if upward else -3
    way = f"M{svg.n(x - 5)} {svg.n(y)}h12v{-7 if upward else 7}h-12z"
    return svg.path(way, "c-side") + svg.line(x - 5, y, x + 7, y, "c-middle")


def _level(health: Health, x: float, y: float) -> str:
    class_, base = f"health-{health.value}", f"M{svg.n(x - 5)} {svg.n(y + HALF / 2)}h12v-"
    ground = svg.path(f"{base}{HALF}h-12z", f"c-wash {class_}")
    return ground + svg.path(f"{base}{HEIGHTS[health]}h-12z", f"c-mark {class_}")


def _summary(chart: HealthHeat, pen: Pen) -> str:
    """Return in how many weeks of how many delegations the report was better than the work."""
    order = list(Health)
    rosy = Counter(
        at
        for at, row in enumerate(chart.rows)
        for c in row.cells
        if c and c.reported and c.evidenced and order.index(c.reported) < order.index(c.evidenced)
    )
    language = pen.language
    if not rosy:
        return language.gettext("No week was reported better than the work showed.")
    weeks = rosy.total()
    said = language.ngettext(
        "{n} week was reported better than the work showed.",
        "{n} weeks were reported better than the work showed, in {rows} of {all} delegations.",
        weeks,
    )
    return said.format(
        n=language.number(weeks), rows=language.number(len(rosy)), all=language.number(len(chart.rows))
    )


def _table(chart: HealthHeat, pen: Pen) -> Table:
    """Return a row for each run of weeks in which nothing changed."""
    language = pen.language
    _ = language.gettext
    rows = []
    for row in chart.rows:
        at = 0
        for cell, same in groupby(row.cells[: len(chart.weeks)]):
            count = sum(1 for _week in same)
            if cell:
                rows.append(
                    (
                        pen.cell(row.link),
                        Cell(language.day(chart.weeks[at])),
                        Cell(language.number(count), number=True),
                        Cell(_(cell.reported.label) if cell.reported else "—"),
                        Cell(_(cell.evidenced.label) if cell.evidenced else "—"),
                    )
                )
            at += count
    return Table((_("Delegation"), _("From"), _("Weeks"), _("Reported"), _("Evidenced")), tuple(rows))
