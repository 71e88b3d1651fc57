"""Charts as inline SVG: pure functions from the values of ``generator.pages.figures`` to drawings.

They set no colour and no style, only classes (``templates/assets/charts.css``), so that they follow the
theme, print and forced colours. The same values give the same text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from generator.pages.figures import (
    BurnUp,
    CalendarChart,
    Figure,
    Funnel,
    GapChart,
    HealthHeat,
    LevelChart,
    Matrix,
    MetricChart,
    ProgressChart,
    SlipChart,
    TimelineChart,
)
from generator.render.charts.burnup import burn_up
from generator.render.charts.calendars import calendar_chart
from generator.render.charts.drawing import Cell, Drawing, Pen, Table
from generator.render.charts.funnel import funnel
from generator.render.charts.heat import health_heat
from generator.render.charts.levels import level_chart
from generator.render.charts.matrix import matrix
from generator.render.charts.metric import metric_chart
from generator.render.charts.pairs import gap_chart, slip_chart
from generator.render.charts.progress import progress_chart
from generator.render.charts.timeline import timeline_chart
from generator.render.charts.tiny import sparkline, tally
from generator.render.language import Language

__all__ = ["Cell", "Drawing", "Pen", "Table", "draw", "sparkline", "tally"]

_DRAWN_BY: dict[type[Any], Callable[[Any, Pen], Drawing]] = {
    ProgressChart: progress_chart,
    TimelineChart: timeline_chart,
    CalendarChart: calendar_chart,
    HealthHeat: health_heat,
    MetricChart: metric_chart,
    GapChart: gap_chart,
    Funnel: funnel,
    Matrix: matrix,
    BurnUp: burn_up,
    SlipChart: slip_chart,
    LevelChart: level_chart,
}


def draw(
    figure: Figure,
    key: str,
    language: Language,
    href: Callable[[str], str] = str,
    today: dt.date | None = None,
) -> Drawing:
    """Draw a chart.

    Args:
        figure: what it shows.
        key: begins the ids within the drawing; unique on its page, letters, digits and ``-``.
        language: the words, days and numbers.
        href: makes the address of a page from its path on the site.
        today: the day of the site; a chart of another day calls its day by its date.
    """
    return _DRAWN_BY[type(figure)](figure, Pen(key, language, href, today))
