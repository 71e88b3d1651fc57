"""Progress over time: as reported, as the milestones show, as planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from generator.pages.figures import Point, ProgressChart
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Drawing, Pen, verticals
from generator.render.charts.lines import BELOW, HEIGHT, MARKS, TOP, Label, Plot, plot_for, sound, table_of
from generator.render.charts.scale import from_month, span_of


def progress_chart(chart: ProgressChart, pen: Pen) -> Drawing:
    """Draw progress as reported, as the milestones show, and as planned."""
    language = pen.language
    _ = language.gettext
    chart = replace(
        chart,
        reported=_percent(chart.reported),
        evidenced=_percent(chart.evidenced),
        planned=_percent(chart.planned),
    )
    series = (chart.reported, chart.evidenced, chart.planned)
    heads = (_("Reported"), _("By milestones"), _("Time gone") if chart.guided else _("Planned"))
    table = table_of(pen, heads, series, "%")
    days = [p.day for points in series for p in points]
    if not days:
        return pen.finish("progress", chart, "", table, empty=_("Nobody has said yet how far it is."))
    # Before anything is said the plan stands alone: today may be long after it.
    days += [chart.today] * bool(chart.reported or chart.evidenced) + [chart.due or days[0]]
    span = from_month(*span_of(days))
    last = dt.date.fromordinal(span[1])
    labels, said = _names(chart, last, pen)
    plot = plot_for(
        span, (0, 100), [(v, language.percent(v)) for v in (0, 25, 50, 75, 100)], labels, chart.today
    )
    marks = [(chart.today, pen.day(chart.today), "c-today")]
    if chart.due:
        marks.append((chart.due, _("due {day}").format(day=language.short_day(chart.due)), "c-due"))
    parts = [*plot.frame(pen), *verticals(plot.x, marks, MARKS, plot.y.start)]
    parts += [*_lines(chart, plot, last, pen), *plot.labels(labels)]
    summary = (
        _("On {day}: {what}.").format(day=language.day(chart.today), what=pen.joined(said)) if said else ""
    )
    return pen.finish("progress", chart, summary, table, parts, (NARROW, TOP + HEIGHT + BELOW))


def _percent(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(Point(p.day, min(max(p.value, 0), 100)) for p in sound(points))


def _names(chart: ProgressChart, last: dt.date, pen: Pen) -> tuple[list[Label], list[str]]:
    """Return the lines' names, and what they say of today."""
    percent, _ = pen.language.percent, pen.language.gettext
    labels, said = [], []
    if chart.reported:
        latest = chart.reported[-1]
        said.append(_("{n} reported").format(n=percent(latest.value)))
        labels.append(Label(latest.day, latest.value, said[-1], "c-reported-name"))
    if chart.evidenced:
        latest = chart.evidenced[-1]
        said.append(_("{n} by milestones").format(n=percent(latest.value)))
        labels.append(Label(max(chart.today, latest.day), latest.value, said[-1], "c-evidenced-name"))
    if chart.planned:
        words = _("time gone") if chart.guided else _("planned")
        ends = chart.planned[-1].day if chart.guided else last
        labels.append(Label(ends, chart.planned[-1].value, words, "c-planned-name"))
        so_far = [p for p in chart.planned if p.day <= chart.today]
        if so_far and not chart.guided:
            said.append(_("{n} planned").format(n=percent(so_far[-1].value)))
    return labels, said


def _lines(chart: ProgressChart, plot: Plot, last: dt.date, pen: Pen) -> list[str]:
    parts = []
    if chart.planned:
        way = plot.straight(chart.planned) if chart.guided else plot.step(chart.planned, last)
        parts.append(svg.path(way, "c-planned c-guide" if chart.guided else "c-planned"))
    if chart.evidenced:
        parts.append(svg.path(plot.step(chart.evidenced, chart.today), "c-evidenced"))
    if len(chart.reported) > 1:
        parts.append(svg.path(plot.straight(chart.reported), "c-reported"))
    return parts + plot.dots(chart.reported, "c-reported-dot", pen, "%")
