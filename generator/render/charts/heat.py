"""Health over time: a band above each line as reported, one below it as the work shows.

The worse, the taller, so that it is seen without colour: where the lower band stands out further than the
upper one, the report was better than the work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Band:
    """Where the health of a run is drawn: a line as thick as it is bad."""

    x: float
    middle: float
    """The height of the line between what was reported and what the work shows."""
    wide: float
    health: Health
    upper: bool

    @property
    def way(self) -> str:
        """Return the way of the line."""
        off = 0.5 + HEIGHTS[self.health] / 2
        return f"M{svg.n(self.x)} {svg.n(self.middle + (-off if self.upper else off))}h{svg.n(self.wide)}"

    def drawn(self, way: str, words: str = "") -> str:
        """Return a line of this thickness and colour."""
        inner = svg.title(words) if words else ""
        class_ = f"c-band health-{self.health.value}"
        return svg.element("path", inner, d=way, class_=class_, stroke_width=HEIGHTS[self.health])


def health_heat(chart: HealthHeat, pen: Pen) -> Drawing:
    """Draw the health of delegations, week by week."""
    _ = pen.language.gettext
    weeks = len(chart.weeks)
    table = _table(chart, pen)
    if not weeks or not any(cell for row in chart.rows for cell in row.cells[:weeks]):
        return pen.finish("heat", chart, "", table, empty=_("No week has been told of yet."), wide=True)
    pitch = 20 if weeks <= 36 else 13 if weeks <= 60 else 8
    width = NAMES + max(weeks * pitch, 340) + 4
    legend, above = key(_items(pen), width, 12)
    top = above + 34
    bottom = top + ROW * len(chart.rows)
    runs = [tuple(_runs(row, weeks, upper) for upper in (True, False)) for row in chart.rows]
    bands = [
        Band(NAMES + run[0] * pitch, top + ROW * (at + 0.5), run[1] * pitch, run[2], upper)
        for at, both in enumerate(runs)
        for half, upper in zip(both, (True, False), strict=True)
        for run in half
    ]
    parts = [*legend, *_months(chart.weeks, pitch, top, bottom, pen)]
    middles = [top + ROW * (at + 0.5) for at in range(len(chart.rows))]
    for row, middle in zip(chart.rows, middles, strict=True):
        parts.append(pen.linked(0, middle + 4, row.link, NAMES - 14, "c-name"))
    under = [
        (NAMES + at * pitch, middle, count * pitch)
        for row, middle in zip(chart.rows, middles, strict=True)
        for at, count in _under_way(row, weeks)
    ]
    ground = (
        f"M{svg.n(x)} {svg.n(y - HALF - 0.5)}h{svg.n(w)}v{2 * HALF + 1}h{svg.n(-w)}z" for x, y, w in under
    )
    parts.append(svg.path("".join(ground), "c-ground"))
    if len(bands) <= MANY:
        told = (
            _told(run, chart.weeks, upper, pen)
            for both in runs
            for upper, half in zip((True, False), both, strict=True)
            for run in half
        )
        parts += [band.drawn(band.way, words) for band, words in zip(bands, told, strict=True)]
    else:
        parts += _together(bands)
    gaps = "".join(f"M{NAMES + at * pitch} {svg.n(top)}V{svg.n(bottom)}" for at in range(1, weeks))
    parts += [svg.path(gaps, "c-cells")] * bool(gaps)
    parts.append(svg.path("".join(f"M{svg.n(x)} {svg.n(y)}h{svg.n(w)}" for x, y, w in under), "c-middle"))
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


def _together(bands: Sequence[Band]) -> Iterator[str]:
    """Return many bands as one way for each health and side, each move as short as it can be written."""
    for health in Health:
        for upper in (True, False):
            same = [band for band in bands if (band.health, band.upper) == (health, upper)]
            way, end, y = "", 0.0, -1.0
            for band in same:
                way += f"m{svg.n(band.x - end)} 0h{svg.n(band.wide)}" if band.middle == y else band.way
                end, y = band.x + band.wide, band.middle
            if same:
                yield same[0].drawn(way)


def _under_way(row: HeatRow, weeks: int) -> Iterator[tuple[int, int]]:
    """Return the first week of each stretch under way, and how many."""
    at = 0
    for under, same in groupby(row.cells[:weeks], key=lambda cell: cell is not None):
        count = sum(1 for _ in same)
        if under:
            yield at, count
        at += count


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
    floor = y + HALF / 2
    ground = svg.rect(x - 5, floor - HALF, 12, HALF, "c-ground")
    band = Band(x - 5, floor + 0.5, 12, health, upper=True)
    return ground + band.drawn(band.way)


def _summary(chart: HealthHeat, pen: Pen) -> str:
    """Return in how many weeks of how many delegations the report was better than the work."""
    order = list(Health)
    language = pen.language
    told = [
        (at, order.index(c.reported) < order.index(c.evidenced))
        for at, row in enumerate(chart.rows)
        for c in row.cells
        if c and c.reported and c.evidenced
    ]
    if not told:
        return language.gettext("No week tells both what was reported and what the work showed.")
    rosy = [at for at, better in told if better]
    if not rosy:
        return language.gettext("No week was reported better than the work showed.")
    said = language.ngettext(
        "{n} week was reported better than the work showed.",
        "{n} weeks were reported better than the work showed, in {rows} of {all} delegations.",
        len(rosy),
    )
    rows, every = language.number(len(set(rosy))), language.number(len(chart.rows))
    return said.format(n=language.number(len(rosy)), rows=rows, all=every)


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
    return Table((_("Delegation"), _("First week"), _("Weeks"), _("Reported"), _("Evidenced")), tuple(rows))
