"""Authority over time: for each delegation a step at its level, the more handed over the taller.

Height, digit and colour say the same, so that it is read without any one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from generator.pages.figures import LevelChart, LevelRow, LevelSpan
from generator.render.charts import svg
from generator.render.charts.drawing import Cell, Drawing, Item, Pen, Table, day_axis, key, verticals
from generator.render.charts.scale import Days, from_month, span_of
from generator.words import LEVELS

WIDTH, NAMES, ROW, STEP = 720, 200, 32, 3.4
DIGIT = 12
"""The room of a digit. A step that is narrower bears none; it is told when pointed at, and in the table."""


def level_chart(chart: LevelChart, pen: Pen) -> Drawing:
    """Draw the levels of delegations over the days."""
    _ = pen.language.gettext
    rows = tuple(LevelRow(row.link, tuple(s for s in row.spans if 1 <= s.level <= 7)) for row in chart.rows)
    table = _table(rows, pen)
    spans = [span for row in rows for span in row.spans]
    if not spans:
        return pen.finish("levels", chart, "", table, empty=_("No level is stated yet."), wide=True)
    legend, above = key(_items(spans, pen), WIDTH, 12)
    top = above + 46
    bottom = top + ROW * len(rows)
    days = [day for span in spans for day in (span.first, span.last or max(chart.today, span.first))]
    scale = Days(*from_month(*span_of(days)), NAMES, WIDTH - 8)
    parts = [*legend, *day_axis(scale, top, pen, to=bottom, below=False, width=WIDTH)]
    parts += [svg.line(0, top, WIDTH, top, "c-axis")]
    for at, row in enumerate(rows):
        parts += _row(row, top + ROW * (at + 1), scale, chart.today, pen)
    parts += verticals(scale, [(chart.today, pen.day(chart.today), "c-today")], top - 30, bottom, WIDTH)
    return pen.finish("levels", chart, _summary(rows, pen), table, parts, (WIDTH, bottom + 4), wide=True)


def _row(row: LevelRow, floor: float, scale: Days, today: dt.date, pen: Pen) -> Iterator[str]:
    """Yield a name, its steps above ``floor``, and the line along them."""
    yield pen.linked(0, floor - 10, row.link, NAMES - 14, "c-name")
    way, before = "", (-1.0, -1.0)
    digits = []
    for span in row.spans:
        left, right = scale.within(span.first), scale.within(span.last or max(today, span.first))
        right = max(right, left + 1)
        height = span.level * STEP
        words = f"{_named(span.level, pen)}, {_dates(span, pen)}"
        yield svg.rect(left, floor - height, right - left, height, f"c-level c-level-{span.level}", words)
        meets = before[0] == left
        way += f"{'V' if meets else f'M{svg.n(left)} '}{svg.n(floor - height)}H{svg.n(right)}"
        before = (right, height)
        if right - left >= DIGIT:
            # On a low step there is no room for it: it stands above.
            y = floor - 4 if height > DIGIT + 3 else floor - height - 3
            digits.append(svg.text(left + 4, y, str(span.level), "c-level-name"))
    yield svg.path(way, "c-step")
    yield from digits
    yield svg.line(0, floor, WIDTH, floor, "c-grid")


def _items(spans: list[LevelSpan], pen: Pen) -> list[Item]:
    return [(partial(_sign, level), _named(level, pen)) for level in sorted({s.level for s in spans})]


def _sign(level: int, x: float, y: float) -> str:
    height = level * STEP / 2
    bar = svg.rect(x - 5, y + 6 - height, 12, height, f"c-level c-level-{level}")
    return bar + svg.line(x - 5, y + 6 - height, x + 7, y + 6 - height, "c-step")


def _named(level: int, pen: Pen) -> str:
    return f"{level} {pen.language.gettext(LEVELS[level - 1][1])}"


def _dates(span: LevelSpan, pen: Pen) -> str:
    language = pen.language
    if span.last is None:
        return language.gettext("since {day}").format(day=language.day(span.first))
    return f"{language.day(span.first)} – {language.day(span.last)}"


def _summary(rows: tuple[LevelRow, ...], pen: Pen) -> str:
    """Return how often levels went up and down."""
    language = pen.language
    moves = [b.level - a.level for row in rows for a, b in pairwise(row.spans)]
    up, down = sum(m > 0 for m in moves), sum(m < 0 for m in moves)
    if not up and not down:
        return language.gettext("No level has changed.")
    raised = language.ngettext("Raised once", "Raised {n} times", up).format(n=language.number(up))
    lowered = language.ngettext("lowered once", "lowered {n} times", down).format(n=language.number(down))
    return language.gettext("{raised}, {lowered}.").format(raised=raised, lowered=lowered)


def _table(rows: tuple[LevelRow, ...], pen: Pen) -> Table:
    _, day = pen.language.gettext, pen.language.day
    return Table(
        (_("Delegation"), _("From"), _("To"), _("Level")),
        tuple(
            (
                pen.cell(row.link),
                Cell(day(s.first)),
                Cell(day(s.last) if s.last else "—"),
                Cell(_named(s.level, pen)),
            )
            for row in rows
            for s in row.spans
        ),
    )
