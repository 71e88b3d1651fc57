"""The burn-up of a cycle: what it took on, what is done of it."""

from __future__ import annotations

import datetime as dt

from generator.pages.figures import BurnUp
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Drawing, Pen, verticals
from generator.render.charts.lines import BELOW, HEIGHT, MARKS, TOP, Label, plot_for, sound, table_of
from generator.render.charts.scale import from_month, nice, number, span_of


def burn_up(chart: BurnUp, pen: Pen) -> Drawing:
    """Draw what a cycle took on and what is done of it."""
    language = pen.language
    _ = language.gettext
    scope, done = sound(chart.scope), sound(chart.done)
    unit = _(chart.unit)
    table = table_of(pen, (_("Planned"), _("Done")), (scope, done), "")
    if not scope:
        return pen.finish("burn-up", chart, "", table, empty=_("Nothing is planned in this cycle yet."))
    low, high, steps = nice([0, 1, *(p.value for p in (*scope, *done))])
    whole = [v for v in steps if v == int(v)] if high <= 1e6 else steps
    days = from_month(*span_of([*(p.day for p in (*scope, *done)), chart.start, chart.end]))
    last = dt.date.fromordinal(days[1])
    # Before the cycle begins, its plan is all there is.
    until = min(chart.today, last) if chart.today >= scope[0].day else last
    of = number(scope[-1].value, language)
    labels = [Label(until, scope[-1].value, _("{n} planned").format(n=of), "c-scope-name")]
    if done:
        so_far = _("{n} done").format(n=number(done[-1].value, language))
        labels.append(Label(max(until, done[-1].day), done[-1].value, so_far, "c-done-name"))
    plot = plot_for(days, (low, high), [(v, number(v, language)) for v in whole], labels, chart.today)
    ends = _("ends {day}").format(day=language.short_day(chart.end))
    marks = [(chart.today, pen.day(chart.today), "c-today"), (chart.end, ends, "c-due")]
    parts = [*plot.frame(pen), pen.said(0, 11, unit, 120, "c-unit")]
    if done:
        way, right = plot.step(done, until), svg.n(plot.x(max(until, done[-1].day)))
        floor, left = svg.n(plot.y(max(low, 0))), svg.n(plot.x(done[0].day))
        parts.append(svg.path(f"{way}H{right}V{floor}H{left}z", "c-done-area"))
        parts.append(svg.path(way, "c-done"))
    parts.append(svg.path(plot.step(scope, until), "c-scope"))
    parts += [*verticals(plot.x, marks, MARKS, plot.y.start), *plot.labels(labels)]
    summary = _("{done} of {n} {unit} done.").format(
        done=number(done[-1].value if done else 0, language), n=of, unit=unit
    )
    return pen.finish("burn-up", chart, summary, table, parts, (NARROW, TOP + HEIGHT + BELOW))
