"""The calendar of expected check-ins: weeks as columns, days of the week as rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from generator.pages.figures import CalendarChart, CalendarEntry
from generator.render.charts import svg
from generator.render.charts.drawing import NARROW, Cell, Drawing, Item, Pen, Table, key
from generator.render.charts.shapes import ANSWER, answer_mark
from generator.words import Answer

PITCH, GUTTER, ABOVE = 17, 34, 20
COLUMNS = (NARROW - GUTTER) // PITCH
BANDS = 6
"""The most bands of weeks that are drawn; the table has all."""


def calendar_chart(chart: CalendarChart, pen: Pen) -> Drawing:
    """Draw expected check-ins on their days; where a day has several, the most pressing is on top."""
    language = pen.language
    _ = language.gettext
    table = _table(chart, pen)
    if not chart.entries:
        return pen.finish("calendar", chart, "", table, empty=_("No check-in is expected."))
    by_day: dict[dt.date, list[CalendarEntry]] = defaultdict(list)
    for entry in chart.entries:
        by_day[entry.day].append(entry)
    first, weeks, cut = _weeks(by_day, chart.today)
    parts: list[str] = []
    y = 0.0
    for begin in range(0, weeks, COLUMNS):
        band = range(first + 7 * begin, first + 7 * min(begin + COLUMNS, weeks), 7)
        parts += _band(band, y + ABOVE, by_day, chart.today, pen)
        y += ABOVE + 7 * PITCH + 8
    counts = Counter(entry.state for entry in chart.entries)
    legend, height = key(_items(counts, pen), NARROW, y + 14)
    said = [f"{_(state.label)} {language.number(counts[state])}" for state in ANSWER if counts[state]]
    summary = _("{what}.").format(what=pen.joined(said))
    if cut:
        begins, ends = (dt.date.fromordinal(min(at, _LAST)) for at in (first, first + 7 * weeks - 1))
        shown = _("Drawn from {first} to {last}; the table has all.")
        summary += " " + shown.format(first=language.day(begins), last=language.day(ends))
    return pen.finish("calendar", chart, summary, table, [*parts, *legend], (NARROW, y + height + 4))


_LAST = dt.date.max.toordinal()


def _weeks(days: Mapping[dt.date, object], today: dt.date) -> tuple[int, int, bool]:
    """Return the first Monday as a number, how many weeks there are, and whether some are left out."""
    first, last = (_monday(pick(days)) for pick in (min, max))
    weeks, most = (last - first) // 7 + 1, COLUMNS * BANDS
    if weeks <= most:
        return first, weeks, False
    # The window ends a band after today, or where the days do.
    end = min(max(_monday(today) + 7 * COLUMNS, first + 7 * (most - 1)), last)
    return end - 7 * (most - 1), most, True


def _monday(day: dt.date) -> int:
    return day.toordinal() - day.weekday()


def _band(
    mondays: range, top: float, by_day: Mapping[dt.date, Sequence[CalendarEntry]], today: dt.date, pen: Pen
) -> Iterator[str]:
    """Return some weeks side by side."""
    width = len(mondays) * PITCH
    yield svg.rect(GUTTER, top, width, 7 * PITCH, "c-ground")
    lines = "".join(f"M{GUTTER} {svg.n(top + row * PITCH)}h{width}" for row in range(1, 7))
    lines += "".join(f"M{GUTTER + at * PITCH} {svg.n(top)}v{7 * PITCH}" for at in range(1, len(mondays)))
    yield svg.path(lines, "c-cells")
    for row in (0, 2, 4):
        yield svg.text(GUTTER - 6, top + row * PITCH + 13, pen.language.short_weekday(row), "c-tick", "end")
    yield from _months(mondays, top, pen)
    for at, monday in enumerate(mondays):
        for weekday in range(7):
            if monday + weekday > _LAST:
                continue
            day = dt.date.fromordinal(monday + weekday)
            x, y = GUTTER + at * PITCH, top + weekday * PITCH
            if day == today:
                yield svg.rect(x + 0.5, y + 0.5, PITCH - 1, PITCH - 1, "c-now", pen.day(today))
            if day in by_day:
                yield _day(by_day[day], x + PITCH / 2, y + PITCH / 2, pen)


def _months(mondays: range, top: float, pen: Pen) -> Iterator[str]:
    """Return the months' names over their first whole weeks, and the lines between them."""
    starts = [
        at - mondays[0] for at in range(mondays[0], min(mondays[-1] + 7, _LAST + 1)) if _begins_month(at)
    ]
    ways = ""
    for week, weekday in (divmod(start, 7) for start in starts if start):
        x, right = GUTTER + week * PITCH, GUTTER + (week + 1) * PITCH
        step = f"M{right} {svg.n(top)}v{weekday * PITCH}H{x}" if weekday else f"M{x} {svg.n(top)}"
        ways += f"{step}V{svg.n(top + 7 * PITCH)}"
    if ways:
        yield svg.path(ways, "c-month")
    weeks = [0, *(week for start in starts if 0 < (week := -(-start // 7)) < len(mondays))]
    year = ""
    for week, until in zip(weeks, [*weeks[1:], None], strict=True):
        day = dt.date.fromordinal(mondays[week])
        x = GUTTER + week * PITCH
        room = (GUTTER + until * PITCH if until else NARROW) - x
        name, of = pen.language.short_month(day), pen.language.year(day)
        full = pen.language.gettext("{month} {year}").format(month=name, year=of)
        if of != year and svg.breadth(full) <= room - 3:
            name, year = full, of
        if svg.breadth(name) <= room - 3:
            yield svg.text(x, top - 6, name, "c-tick")


def _begins_month(number: int) -> bool:
    return dt.date.fromordinal(number).day == 1


def _day(entries: Sequence[CalendarEntry], x: float, y: float, pen: Pen) -> str:
    pressing = min(entries, key=lambda entry: list(ANSWER).index(entry.state))
    _ = pen.language.gettext
    said = [
        f"{_(entry.state.label)}{' · ' if entry.label else ''}{svg.clean(entry.label)}" for entry in entries
    ]
    words = f"{pen.language.day(entries[0].day)}: {'; '.join(said)}"
    mark = answer_mark(pressing.state, x, y, words=words)
    if len(entries) > 1:
        mark += svg.path(f"M{svg.n(x + 3.5)} {svg.n(y - 8)}h4.5v4.5z", "c-more")
    return svg.link(pen.href(pressing.href) if pressing.href else "", mark)


def _items(counts: Mapping[Answer, int], pen: Pen) -> list[Item]:
    return [(partial(answer_mark, s), pen.language.gettext(s.label)) for s in ANSWER if counts.get(s)]


def _table(chart: CalendarChart, pen: Pen) -> Table:
    _ = pen.language.gettext
    named = any(entry.label for entry in chart.entries)
    heads = (_("Day"), _("State"), *([_("About")] * named))
    rows = [
        (
            Cell(pen.language.day(entry.day), pen.href(entry.href) if entry.href else ""),
            Cell(_(entry.state.label)),
            *([Cell(svg.clean(entry.label) or "—", spoken=True)] * named),
        )
        for entry in sorted(chart.entries, key=lambda entry: entry.day)
    ]
    return Table(heads, tuple(rows))
