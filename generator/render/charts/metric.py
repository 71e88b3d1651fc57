"""The readings of a metric towards its target, and where their trend points to."""

from __future__ import annotations

from generator.pages.figures import MetricChart
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Drawing, Pen, verticals
from generator.render.charts.lines import BELOW, HEIGHT, MARKS, TOP, Label, plot_for, sound, table_of, told
from generator.render.charts.scale import finite, from_month, nice, number, span_of


def metric_chart(chart: MetricChart, pen: Pen) -> Drawing:
    """Draw a metric's readings towards its target, and where their trend points to."""
    language = pen.language
    _ = language.gettext
    readings = sound(chart.readings)
    projected = sound([chart.projected] if chart.projected else [])
    table = table_of(pen, (_("Reading"), _("Projected")), (readings, projected), chart.unit)
    baseline, target = (finite([v]) for v in (chart.baseline, chart.target))
    if not readings:
        return pen.finish("metric", chart, "", table, empty=_("There is no reading yet."))
    low, high, steps = nice([*(p.value for p in (*readings, *projected)), *baseline, *target])
    ticks = [(v, number(v, language, "%" if chart.unit == "%" else "")) for v in steps]
    latest = readings[-1]
    short = "%" if chart.unit == "%" else ""
    said = [
        _("{value} on {day}").format(
            value=number(latest.value, language, chart.unit), day=language.day(latest.day)
        )
    ]
    labels = [Label(latest.day, latest.value, number(latest.value, language, short), "c-reading-name")]
    if target:
        words = _("target {value}").format(value=number(target[0], language, short))
        labels.append(Label(None, target[0], words, "c-target-name"))
        said.append(words)
    if baseline:
        words = _("from {value}").format(value=number(baseline[0], language, short))
        labels.append(Label(None, baseline[0], words, "c-baseline-name"))
    if projected:
        words = _("{value} projected").format(value=number(projected[0].value, language, short))
        labels.append(Label(projected[0].day, projected[0].value, words, "c-projected-name"))
        said.append(words)
    days = from_month(*span_of([*(p.day for p in (*readings, *projected)), chart.due, chart.today]))
    plot = plot_for(days, (low, high), ticks, labels, chart.today)
    marks = [(chart.today, pen.day(chart.today), "c-today")]
    if chart.due:
        marks.append((chart.due, _("due {day}").format(day=language.short_day(chart.due)), "c-due"))
    parts = [*plot.frame(pen), *verticals(plot.x, marks, MARKS, plot.y.start)]
    if chart.unit and chart.unit != "%":
        parts.append(pen.said(0, 11, chart.unit, 120, "c-unit"))
    for values, class_ in ((baseline, "c-baseline"), (target, "c-target")):
        parts += [svg.line(plot.x.start, plot.y(v), plot.x.end, plot.y(v), class_) for v in values]
    if projected:
        parts.append(svg.path(plot.straight((latest, *projected)), "c-projected"))
        parts.append(
            svg.shape(
                "ring",
                plot.x(projected[0].day),
                plot.y(projected[0].value),
                3,
                "c-reading-dot",
                told(projected[0], pen, chart.unit),
            )
        )
    parts += [svg.path(plot.straight(readings), "c-reading")] * (len(readings) > 1)
    parts += plot.dots(readings, "c-reading-dot", pen, chart.unit) if len(readings) <= 60 else []
    parts += plot.labels(labels)
    summary = _("{what}.").format(what=pen.joined(said))
    return pen.finish("metric", chart, summary, table, parts, (NARROW, TOP + HEIGHT + BELOW))
