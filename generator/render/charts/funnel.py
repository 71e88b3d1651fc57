"""What became of ideas: proposed, tried, adopted; declined and open beside them."""

from __future__ import annotations

from generator.pages.figures import Funnel
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Cell, Drawing, Pen, Table

ROW, BAR, NAMES = 40, 24, 84


def funnel(chart: Funnel, pen: Pen) -> Drawing:
    """Draw how many ideas came how far, and those that went no further."""
    language = pen.language
    _ = language.gettext
    steps = ((_("Proposed"), chart.proposed), (_("Tried"), chart.tried), (_("Adopted"), chart.adopted))
    beside = (
        (_("Declined"), chart.declined, "c-declined"),
        (language.pgettext("feedback", "Open"), chart.open, "c-waiting"),
    )
    rows = tuple(
        (Cell(name), Cell(language.number(count), number=True)) for name, count, *_rest in (*steps, *beside)
    )
    table = Table((_("State"), _("Ideas")), rows)
    most = max(0, *(count for _name, count in steps), chart.declined, chart.open)
    if not most:
        return pen.finish("funnel", chart, "", table, empty=_("No idea has been proposed yet."))
    room = NARROW - NAMES - svg.breadth(language.number(most)) - 10

    def wide(count: int) -> float:
        return max(count, 0) / most * room

    parts, y = [], 2.0
    for at, (name, count) in enumerate(steps):
        if at:
            before, here = NAMES + wide(steps[at - 1][1]), NAMES + wide(count)
            gap = ROW - BAR
            way = f"M{NAMES} {svg.n(y - gap)}H{svg.n(before)}L{svg.n(here)} {svg.n(y)}H{NAMES}z"
            parts.append(svg.path(way, "c-flow"))
        parts += _bar(name, count, y, wide(count), BAR, f"c-step-{at + 1}", pen)
        y += ROW
    y += 2
    parts.append(svg.line(0, y - 8, NARROW, y - 8, "c-grid"))
    for name, count, class_ in beside:
        parts += _bar(name, count, y, wide(count), 12, class_, pen)
        y += 20
    summary = _("{adopted} of {n} ideas adopted, {tried} tried.").format(
        adopted=language.number(chart.adopted),
        n=language.number(chart.proposed),
        tried=language.number(chart.tried),
    )
    return pen.finish("funnel", chart, summary, table, parts, (NARROW, y + 2))


def _bar(name: str, count: int, y: float, wide: float, tall: float, class_: str, pen: Pen) -> list[str]:
    middle = y + tall / 2 + 4
    return [
        svg.text(0, middle, svg.shortened(name, NAMES - 8), "c-name"),
        svg.rect(NAMES, y, wide, tall, class_, f"{name}: {count}") if count > 0 else "",
        svg.text(NAMES + wide + (8 if count > 0 else 0), middle, pen.language.number(count), "c-value"),
    ]
