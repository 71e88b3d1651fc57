"""Two places on a line for each row: the scores of two evaluators, the due dates before and after."""

from __future__ import annotations

import datetime as dt
import math

from generator.pages.figures import GapChart, GapRow, SlipChart, SlipRow
from generator.render.charts import svg
from generator.render.charts.drawing import (
    NARROW,
    Cell,
    Drawing,
    Item,
    Pen,
    Table,
    day_axis,
    key,
    verticals,
)
from generator.render.charts.scale import Days, Linear, number, span_of

ROW = 42
NAME, TRACK = 14, 29
"""Where in a row its name and its line are."""


# --- self and manager ---------------------------------------------------------------------------------


def gap_chart(chart: GapChart, pen: Pen) -> Drawing:
    """Draw the self-evaluation beside the manager's on the evaluation's scale."""
    language = pen.language
    _ = language.gettext
    rows = [_finite(row) for row in chart.rows]
    table = Table(
        (_("Criterion"), _("Self"), _("Manager"), _("Difference")),
        tuple(_gap_cells(row, pen) for row in rows),
    )
    if all(row.own is None and row.manager is None for row in rows):
        return pen.finish("gaps", chart, "", table, empty=_("Nothing has been scored yet."))
    given = [v for row in rows for v in (row.own, row.manager) if v is not None]
    low, high = min([chart.low, *given]), max([chart.high, *given])
    scale = Linear(low, high if high > low else low + 1, 24, NARROW - 24)
    items: list[Item] = [
        (lambda x, y: svg.shape("ring", x, y, 5, "c-own"), _("self")),
        (lambda x, y: svg.shape("square", x, y, 4, "c-manager"), _("manager")),
    ]
    legend, above = key(items, NARROW, 12)
    top = above + 18
    bottom = top + ROW * len(rows)
    parts = [*legend]
    marks = _marks(scale.low, scale.high)
    parts.append(
        svg.path("".join(f"M{svg.n(scale(v))} {svg.n(top)}V{svg.n(bottom)}" for v in marks), "c-grid")
    )
    parts += [svg.text(scale(v), top - 5, number(v, language), "c-tick", "middle") for v in marks]
    for at, row in enumerate(rows):
        parts += _gap_row(row, top + ROW * at, scale, chart.wide, pen)
    wide = sum(
        row.own is not None and row.manager is not None and abs(row.own - row.manager) >= chart.wide
        for row in rows
    )
    far = language.ngettext(
        "{n} criterion is {points} points apart or more.",
        "{n} criteria are {points} points apart or more.",
        wide,
    )
    summary = far.format(n=language.number(wide), points=number(chart.wide, language))
    return pen.finish("gaps", chart, summary, table, parts, (NARROW, bottom + 4))


def _finite(row: GapRow) -> GapRow:
    own, manager = (v if v is not None and abs(v) < 1e9 else None for v in (row.own, row.manager))
    return GapRow(row.label, own, manager)


def _marks(low: float, high: float) -> list[float]:
    """Return the whole scores between two, no more than eleven."""
    step = max(math.ceil((high - low) / 10), 1)
    return [float(v) for v in range(math.ceil(low), math.floor(high) + 1, step)]


def _gap_row(row: GapRow, y: float, scale: Linear, wide: float, pen: Pen) -> list[str]:
    track = y + TRACK
    name = pen.said(0, y + NAME, row.label, NARROW, "c-name")
    given = sorted(v for v in (row.own, row.manager) if v is not None)
    if not given:
        return [name, svg.text(scale.start, track + 4, pen.language.gettext("not scored"), "c-note")]
    parts = [name, svg.line(scale.start, track, scale.end, track, "c-track")]
    left, right = scale(given[0]), scale(given[-1])
    if right > left:
        apart = len(given) == 2 and given[1] - given[0] >= wide
        parts.append(svg.line(left, track, right, track, "c-gap c-far" if apart else "c-gap"))
        parts.append(svg.text(left - 10, track + 4, number(given[0], pen.language), "c-value", "end"))
    parts.append(svg.text(right + 10, track + 4, number(given[-1], pen.language), "c-value"))
    if row.manager is not None:
        words = f"{pen.language.gettext('manager')}: {number(row.manager, pen.language)}"
        parts.append(svg.shape("square", scale(row.manager), track, 3.6, "c-manager", words))
    if row.own is not None:
        words = f"{pen.language.gettext('self')}: {number(row.own, pen.language)}"
        parts.append(svg.shape("ring", scale(row.own), track, 6.4, "c-own", words))
    return parts


def _gap_cells(row: GapRow, pen: Pen) -> tuple[Cell, ...]:
    values = [number(v, pen.language) if v is not None else "—" for v in (row.own, row.manager)]
    apart = (
        "—"
        if row.own is None or row.manager is None
        else _signed(number(abs(row.own - row.manager), pen.language), row.own - row.manager)
    )
    return (Cell(svg.clean(row.label), spoken=True), *(Cell(v, number=True) for v in (*values, apart)))


def _signed(words: str, value: float) -> str:
    return f"+{words}" if value > 0 else f"−{words}" if value < 0 else words


# --- slips --------------------------------------------------------------------------------------------


def slip_chart(chart: SlipChart, pen: Pen) -> Drawing:
    """Draw how far each due date moved, from the first one agreed to the present one."""
    language = pen.language
    _ = language.gettext
    heads = (_("Delegation"), _("First due"), _("Due now"), _("Moved by"), _("Times moved"))
    table = Table(heads, tuple(_slip_cells(row, pen) for row in chart.rows))
    if not chart.rows:
        return pen.finish("slips", chart, "", table, empty=_("No due date has moved."))
    items: list[Item] = [
        (lambda x, y: svg.shape("ring", x, y, 4, "c-first"), _("first due")),
        (lambda x, y: svg.shape("dot", x, y, 4.4, "c-present"), _("due now")),
    ]
    legend, above = key(items, NARROW, 12)
    top = above + 22
    bottom = top + ROW * len(chart.rows)
    days = [day for row in chart.rows for day in (row.first_due, row.due)]
    near = max((max(days) - min(days)).days // 5, 10)
    days += [chart.today] * (
        min(days).toordinal() - near <= chart.today.toordinal() <= max(days).toordinal() + near
    )
    scale = Days(*span_of(days), 10, NARROW - 12)
    parts = [*legend, *day_axis(scale, bottom, pen, to=top), svg.line(0, bottom, NARROW, bottom, "c-axis")]
    parts += verticals(scale, [(chart.today, pen.day(chart.today), "c-today")], top, bottom)
    for at, row in enumerate(chart.rows):
        parts += _slip_row(row, top + ROW * at, scale, pen)
    moved = sorted((row.due - row.first_due).days for row in chart.rows)
    middle = (
        moved[len(moved) // 2]
        if len(moved) % 2
        else (moved[len(moved) // 2 - 1] + moved[len(moved) // 2]) // 2
    )
    summary = _("Median {days}, most {most}.").format(
        days=pen.days(middle), most=pen.days(max(moved, key=abs))
    )
    return pen.finish("slips", chart, summary, table, parts, (NARROW, bottom + 34))


def _slip_row(row: SlipRow, y: float, scale: Days, pen: Pen) -> list[str]:
    by = pen.days((row.due - row.first_due).days)
    track, left, right = y + TRACK, scale(row.first_due), scale(row.due)
    toward = 1 if right > left else -1
    parts = [
        pen.linked(0, y + NAME, row.link, NARROW - svg.breadth(by) - 14, "c-name"),
        svg.text(NARROW, y + NAME, by, "c-value" if toward > 0 else "c-note", "end"),
    ]
    if abs(right - left) > 9:
        way = f"M{svg.n(left + 4 * toward)} {svg.n(track)}H{svg.n(right - 5 * toward)}"
        parts.append(svg.path(way, "c-gap c-far" if toward > 0 else "c-gap"))
    day: dt.date
    for shape, r, class_, x, day in (
        ("ring", 4.0, "c-first", left, row.first_due),
        ("dot", 4.6, "c-present", right, row.due),
    ):
        parts.append(svg.shape(shape, x, track, r, class_, pen.language.day(day)))
    return parts


def _slip_cells(row: SlipRow, pen: Pen) -> tuple[Cell, ...]:
    day = pen.language.day
    by = pen.days((row.due - row.first_due).days)
    moves = pen.language.number(row.moves)
    return (
        pen.cell(row.link),
        Cell(day(row.first_due)),
        Cell(day(row.due)),
        Cell(by, number=True),
        Cell(moves, number=True),
    )
