"""What a chart becomes: a drawing with its words, and the table behind it. What all charts share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

from generator.pages.values import Link, lang_of
from generator.render.charts import svg
from generator.render.charts.scale import Days, day_ticks
from generator.render.language import Language

NARROW = 340
"""The width of drawings that fit a phone; they grow with the page, their letters do not (charts.css)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    href: str = ""
    spoken: bool = False
    """Whether it holds a record's own words, which may be in another language."""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The same as the drawing shows, in rows; the first cell of each names it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, drawn."""

    kind: str
    """For the class of its figure."""
    title: str
    summary: str
    """What there is to see, in a sentence or two."""
    svg: Markup
    """Empty where there is nothing to draw."""
    empty: str
    """The sentence that stands there instead."""
    table: Table
    wide: bool = False
    """Whether it keeps its width and is scrolled where there is no room."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What a drawing needs besides its values: a key unique on the page, a language, and where links lead."""

    key: str
    language: Language
    href: Callable[[str], str] = str
    today: dt.date | None = None
    """The day of the site, where it matters."""

    def day(self, day: dt.date) -> str:
        """Return what the line of a chart's day is called: the day of a closed cycle is no longer today."""
        today = self.today in {None, day}
        return self.language.gettext("today") if today else self.language.short_day(day)

    def lang(self, words: str) -> str:
        """Return the language of a record's words, where it is not the page's."""
        lang = lang_of(words)
        return "" if lang.split("-")[0] == self.language.tag.split("-")[0] else lang

    def said(self, x: float, y: float, words: str, room: float, class_: str = "", anchor: str = "") -> str:
        """Return a record's own words, cut where there is no room for them."""
        return svg.text(x, y, svg.shortened(words, room), class_, anchor, self.lang(words))

    def linked(self, x: float, y: float, to: Link, room: float, class_: str = "", anchor: str = "") -> str:
        """Return what a link is called, leading there; in full when it is pointed at."""
        short = svg.shortened(to.text, room)
        words = self.said(x, y, to.text, room, class_, anchor)
        whole = svg.title(to.text) if short != svg.clean(to.text) else ""
        return svg.link(self.href(to.href), whole + words) if to.href else words

    def joined(self, parts: Iterable[str]) -> str:
        """Return parts of a sentence in a row."""
        return self.language.gettext(", ").join(part for part in parts if part)

    def cell(self, to: Link) -> Cell:
        """Return the cell that names a row."""
        return Cell(svg.clean(to.text), self.href(to.href) if to.href else "", spoken=True)

    def days(self, number: int) -> str:
        """Return a number of days in words, with its sign."""
        said = self.language.ngettext("{n} day", "{n} days", abs(number)).format(
            n=self.language.number(abs(number))
        )
        return f"{'+' if number > 0 else '−' if number < 0 else ''}{said}"

    def finish(
        self,
        kind: str,
        chart: Titled,
        summary: str,
        table: Table,
        parts: Sequence[str] = (),
        size: tuple[float, float] = (NARROW, 0),
        empty: str = "",
        wide: bool = False,
    ) -> Drawing:
        """Return a drawing; without ``parts`` its empty sentence."""
        gettext = self.language.gettext
        name = svg.clean(gettext(chart.title))
        told = svg.clean(gettext(chart.description) if chart.description else summary)
        image = Markup("")
        if parts:
            names = svg.title(name, f"{self.key}-t")
            told_in = svg.element("desc", str(escape(told)), id=f"{self.key}-d") if told else ""
            inner = "".join((names, told_in, *parts))
            # What is a picture has no parts to a reader of screens: with links in it, it is a group.
            image = svg.markup(
                [
                    svg.element(
                        "svg",
                        inner,
                        class_="c-wide" if wide else "c-fluid",
                        viewBox=f"0 0 {svg.n(size[0])} {svg.n(size[1])}",
                        width=svg.n(size[0]) if wide else "100%",
                        role="group" if "<a " in inner else "img",
                        aria_labelledby=f"{self.key}-t",
                        aria_describedby=f"{self.key}-d" if told else "",
                    )
                ]
            )
        return Drawing(kind, name, told if parts else "", image, empty, table, wide)


class Titled(Protocol):
    """What every chart has."""

    @property
    def title(self) -> str:
        """Return what it is called."""

    @property
    def description(self) -> str:
        """Return what there is to see, or nothing."""


Item = tuple[Callable[[float, float], str], str]
"""What draws a shape around a point, and the words for it."""


# --- axes ---------------------------------------------------------------------------------------------


def day_axis(
    scale: Days, y: float, pen: Pen, to: float | None = None, below: bool = True, width: float = NARROW
) -> list[str]:
    """Return the days along a line at ``y``: their names, the years beyond them, lines ``to``."""
    room = abs(scale.end - scale.start)
    ticks = day_ticks(scale.first, scale.last, room, pen.language)
    at = [scale.at(tick.at) for tick in ticks]
    parts = []
    if to is not None and at:
        parts.append(svg.path("".join(f"M{svg.n(x)} {svg.n(y)}V{svg.n(to)}" for x in at), "c-grid"))
    first, second = (y + 15, y + 29) if below else (y - 6, y - 20)
    taken = -1e9
    for x, tick in zip(at, ticks, strict=True):
        half = svg.breadth(tick.label) / 2
        middle = min(max(x, half), width - half)
        if middle - half < taken + 6:
            continue
        parts.append(svg.text(middle, first, tick.label, "c-tick", "middle"))
        taken = middle + half
        if tick.year:
            half = svg.breadth(tick.year) * 0.55
            middle = min(max(x, half), width - half)
            parts.append(svg.text(middle, second, tick.year, "c-tick c-year", "middle"))
    return parts


def verticals(
    scale: Days, marks: Sequence[tuple[dt.date, str, str]], top: float, bottom: float, width: float = NARROW
) -> list[str]:
    """Return lines at days, each with its class; their names stand above ``top``, never on each other."""
    parts: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for day, words, class_ in marks:
        if not scale.holds(day):
            continue
        x = scale(day)
        parts.append(svg.line(x, top - 2, x, bottom, class_))
        wide = svg.breadth(words)
        spots = [
            (left, row)
            for row in (top - 6, top - 19)
            for left in (x - wide / 2, x - wide - 3, x + 3)
            if left >= 0 and left + wide <= width
        ] or [(max(x - wide, 0), top - 6)]
        left, y = next((s for s in spots if not any(_meets(s, wide, other) for other in taken)), spots[-1])
        taken.append((left, y, wide))
        parts.append(svg.text(left, y, words, f"{class_}-name"))
    return parts


def _meets(spot: tuple[float, float], wide: float, other: tuple[float, float, float]) -> bool:
    return spot[1] == other[1] and spot[0] < other[0] + other[2] + 8 and other[0] < spot[0] + wide + 8


def key(items: Sequence[Item], width: float, y: float, x: float = 0) -> tuple[list[str], float]:
    """Return what the shapes stand for, in as many lines as it takes, and the height of them."""
    parts, left, top = [], x, y
    for draw, words in items:
        wide = 17 + svg.breadth(words)
        if left > x and left + wide > width:
            left, top = x, top + 17
        parts += [draw(left + 5, top - 4), svg.text(left + 17, top, words, "c-key")]
        left += wide + 12
    return parts, top - y + 17 if items else 0
