"""The timeline: delegations as bars over the days, what they wait for, and how their dates moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.pages.figures import TimelineChart, TimelineRow
from generator.render.charts import svg
from generator.render.charts.drawing import Cell, Drawing, Item, Pen, Table, day_axis, key, verticals
from generator.render.charts.scale import Days, from_month, span_of
from generator.render.charts.shapes import health_items, health_mark
from generator.words import Status

WIDTH, NAMES, ROW, LANE = 880, 236, 26, 30
MANY = 200
"""With more rows than this their marks say nothing each when pointed at; the table does."""
OUTLINED = {Status.DRAFT, Status.NOT_STARTED}


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a row's bar is; without days, or outside those asked for, it has no ends."""

    y: float
    """The middle of it."""
    left: float = 0
    right: float = 0
    beyond: str = ""
    """``before`` or ``after`` where all of it lies outside the days asked for, ``undated`` without any."""


def timeline_chart(chart: TimelineChart, pen: Pen) -> Drawing:
    """Draw delegations over time. What lies outside the days asked for is cut off at the edge."""
    _ = pen.language.gettext
    table = _table(chart, pen)
    dated = [day for row in chart.rows for day in _days(row)]
    if not dated:
        return pen.finish("timeline", chart, "", table, empty=_("Nothing here has a date yet."), wide=True)
    legend, above = key(_key(chart, pen), WIDTH, 12)
    top = above + 50
    scale = Days(*_span(chart, dated), NAMES + 12, WIDTH - 16)
    tops, bottom = _tops(chart.rows, top)
    bars = [_bar(row, y + ROW / 2, scale, chart.today) for row, y in zip(chart.rows, tops, strict=True)]
    parts = [
        *legend,
        *_lanes(chart.rows, tops, pen),
        *day_axis(scale, top, pen, to=bottom, below=False, width=WIDTH),
    ]
    parts += day_axis(scale, bottom, pen, width=WIDTH) if len(chart.rows) > 24 else []
    parts += [svg.line(0, bottom, WIDTH, bottom, "c-axis"), svg.line(0, top, WIDTH, top, "c-axis")]
    arrows = "".join(_arrows(chart.rows, bars))
    parts += [svg.path(arrows, "c-needs")] * bool(arrows)
    parts += verticals(scale, [(chart.today, pen.day(chart.today), "c-today")], top - 30, bottom, WIDTH)
    told = len(chart.rows) <= MANY
    for row, bar in zip(chart.rows, bars, strict=True):
        parts += _row(row, bar, scale, chart.today, pen, told)
    height = bottom + (34 if len(chart.rows) > 24 else 4)
    return pen.finish("timeline", chart, _summary(chart, pen), table, parts, (WIDTH, height), wide=True)


def _days(row: TimelineRow) -> list[dt.date]:
    days = [row.start, row.due, row.end, row.first_due, *(m.day for m in row.milestones)]
    return [day for day in days if day]


def _span(chart: TimelineChart, dated: Sequence[dt.date]) -> tuple[int, int]:
    """Return the days to show: those asked for, or all that there are, and today where it is near them."""
    first, last = chart.first or min(dated), chart.last or max(dated)
    first, last = min(first, last), max(first, last)
    near = max((last - first).days // 6, 14)
    days = [first, last]
    if not chart.first and 0 < (first - chart.today).days <= near:
        days.append(chart.today)
    if not chart.last and 0 < (chart.today - last).days <= near:
        days.append(chart.today)
    return from_month(*span_of(days), to=True)


def _tops(rows: Sequence[TimelineRow], top: float) -> tuple[list[float], float]:
    """Return where each row begins, with room for the name of a lane before its first, and where all end."""
    tops, lane = [], ""
    for row in rows:
        top += LANE if row.group != lane else 0
        lane = row.group
        tops.append(top)
        top += ROW
    return tops, top + 4


def _lanes(rows: Sequence[TimelineRow], tops: Sequence[float], pen: Pen) -> Iterator[str]:
    lane = ""
    for row, y in zip(rows, tops, strict=True):
        if row.group != lane and row.group:
            yield svg.line(0, y - 3, WIDTH, y - 3, "c-grid")
            yield pen.said(0, y - 9, row.group, NAMES, "c-lane")
        lane = row.group


def _bar(row: TimelineRow, y: float, scale: Days, today: dt.date) -> Bar:
    days = _days(row)
    if not days:
        return Bar(y, beyond="undated")
    first, last = row.start or min(days), row.end or row.due or max(*days, today)
    first, last = min(first, last), max(first, last)
    if last.toordinal() < scale.first:
        return Bar(y, scale.start, scale.start, "before")
    if first.toordinal() > scale.last:
        return Bar(y, scale.end, scale.end, "after")
    return Bar(y, scale.within(first), max(scale.within(last), scale.within(first) + 3))


def _row(row: TimelineRow, bar: Bar, scale: Days, today: dt.date, pen: Pen, told: bool) -> Iterator[str]:
    closed = bool(row.status and not row.status.open)
    if row.health or not closed:
        yield health_mark(row.health, 7, bar.y)
    yield pen.linked(18, bar.y + 4, row.link, NAMES - 18, "c-name")
    if bar.beyond == "before":
        yield svg.path(f"M{svg.n(bar.left + 6)} {svg.n(bar.y - 4)}l-5 4l5 4", "c-beyond")
    elif bar.beyond == "after":
        yield svg.path(f"M{svg.n(bar.right - 6)} {svg.n(bar.y - 4)}l5 4l-5 4", "c-beyond")
    if bar.beyond:
        return
    inner = "".join(_marks(row, bar, scale, today, closed))
    yield svg.element("g", svg.title(_words(row, pen)) + inner) if told else inner
    for milestone in row.milestones:
        if scale.holds(milestone.day):
            class_ = "c-milestone" if milestone.done else "c-milestone c-to-come"
            said = f"{milestone.title} · {pen.language.short_day(milestone.day)}" if told else ""
            yield svg.shape("diamond", scale(milestone.day), bar.y, 4.6, class_, said)


def _marks(row: TimelineRow, bar: Bar, scale: Days, today: dt.date, closed: bool) -> Iterator[str]:
    """Return the bar: as first agreed, the part that was added, and what ran past its end."""
    solid, class_ = bar.right, f"c-bar status-{row.status.value if row.status else 'active'}"
    if row.first_due and row.due and row.first_due != row.due:
        near, far = sorted((scale.within(row.first_due), scale.within(row.due)))
        near = max(near, bar.left)
        if far > near:
            yield svg.rect(near, bar.y - 5, far - near, 10, "c-slip")
        solid = min(solid, near)
    if row.status in OUTLINED:
        yield svg.rect(bar.left, bar.y - 5, solid - bar.left, 10, class_ + " c-outlined")
    elif solid > bar.left:
        yield svg.line(bar.left, bar.y, solid, bar.y, class_)
    late = row.end if closed else today
    if row.due and late and late > row.due and not (closed and row.status is not Status.COMPLETED):
        start, stop = scale.within(row.due), scale.within(late)
        if stop > start:
            yield svg.path(f"M{svg.n(start)} {svg.n(bar.y)}H{svg.n(stop)}m0 -5v10", "c-late")


def _arrows(rows: Sequence[TimelineRow], bars: Sequence[Bar]) -> Iterator[str]:
    """Return the ways from the end of what is waited for to the start of what waits."""
    for at, row in enumerate(rows):
        for other in row.depends_on:
            if not 0 <= other < len(bars) or other == at or bars[other].beyond or bars[at].beyond:
                continue
            begin, end = bars[other], bars[at]
            x, y = svg.n(end.left - 1), svg.n(end.y)
            before = svg.n(end.left - 9)
            if end.left >= begin.right + 14:
                way = f"H{before}V{y}H{x}"
            else:
                between = svg.n(end.y + (ROW / 2 if begin.y > end.y else -ROW / 2))
                way = f"h6V{between}H{before}V{y}H{x}"
            yield f"M{svg.n(begin.right)} {svg.n(begin.y)}{way}m-4 -3l4 3l-4 3"


def _words(row: TimelineRow, pen: Pen) -> str:
    """Return what a bar says when it is pointed at."""
    language = pen.language
    _ = language.gettext
    days = [language.day(day) if day else "…" for day in (row.start, row.end or row.due)]
    said = [
        " – ".join(days),
        _(row.status.label) if row.status else "",
        _(row.health.label) if row.health else "",
    ]
    if row.first_due and row.due and row.first_due != row.due:
        said.append(_("first due {day}").format(day=language.day(row.first_due)))
    return f"{row.link.text}: {pen.joined(said)}"


def _key(chart: TimelineChart, pen: Pen) -> list[Item]:
    """Return what the shapes stand for, as far as they are there."""
    _ = pen.language.gettext
    rows = chart.rows
    items = health_items({row.health for row in rows if row.health}, pen)
    if any(m.done for row in rows for m in row.milestones):
        items.append((lambda x, y: svg.shape("diamond", x, y, 4.6, "c-milestone"), _("milestone done")))
    if any(not m.done for row in rows for m in row.milestones):
        items.append((lambda x, y: svg.shape("diamond", x, y, 4.6, "c-milestone c-to-come"), _("to come")))
    if any(row.first_due and row.due and row.first_due != row.due for row in rows):
        items.append((lambda x, y: svg.rect(x - 5, y - 4, 12, 8, "c-slip"), _("due date moved")))
    if any(row.depends_on for row in rows):
        items.append(
            (
                lambda x, y: svg.path(f"M{svg.n(x - 5)} {svg.n(y)}h11m-4 -3l4 3l-4 3", "c-needs"),
                _("waits for"),
            )
        )
    return items


def _summary(chart: TimelineChart, pen: Pen) -> str:
    language = pen.language
    count = len(chart.rows)
    said = language.ngettext("{n} delegation", "{n} delegations", count).format(n=language.number(count))
    over = sum(
        bool(row.due and row.due < chart.today and (row.status is None or row.status.open))
        for row in chart.rows
    )
    past = language.ngettext("{n} past its due date", "{n} past their due dates", over)
    parts = [said, past.format(n=language.number(over)) if over else ""]
    return language.gettext("{what}.").format(what=pen.joined(parts))


def _table(chart: TimelineChart, pen: Pen) -> Table:
    language = pen.language
    _ = language.gettext
    grouped = any(row.group for row in chart.rows)
    heads = (
        _("Delegation"),
        *([_("Group")] * grouped),
        *(_("Status"), _("Health"), _("Start"), language.pgettext("date", "Due"), _("First due"), _("Ended")),
        *(_("Milestones"), _("Waits for")),
    )

    def day(when: dt.date | None) -> Cell:
        return Cell(language.day(when) if when else "—")

    rows = []
    for row in chart.rows:
        milestones = (
            (_("{title} (done {day})") if m.done else _("{title} ({day})")).format(
                title=m.title, day=language.day(m.day)
            )
            for m in row.milestones
        )
        others = (chart.rows[at].link.text for at in row.depends_on if 0 <= at < len(chart.rows))
        rows.append(
            (
                pen.cell(row.link),
                *([Cell(row.group, spoken=True)] * grouped),
                Cell(_(row.status.label) if row.status else "—"),
                Cell(_(row.health.label) if row.health else "—"),
                *(day(row.start), day(row.due), day(row.first_due), day(row.end)),
                Cell(pen.joined(milestones) or "—", spoken=bool(row.milestones)),
                Cell(pen.joined(others) or "—", spoken=bool(row.depends_on)),
            )
        )
    return Table(heads, tuple(rows))
