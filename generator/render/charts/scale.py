"""From values and days to places in a drawing, and the round values and days that an axis names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.render.charts.svg import breadth, clean
from generator.render.language import Language

MOST = 1e300
"""Where values are cut off, so that sums of them stay numbers."""
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Linear:
    """Values from ``low`` to ``high`` between two places."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from ``first`` to ``last`` between two places; both are days as numbers."""

    first: int
    last: int
    start: float
    end: float

    def __call__(self, day: dt.date) -> float:
        """Return the place of a day."""
        return self.at(day.toordinal())

    def at(self, number: float) -> float:
        """Return the place of a day as a number."""
        return self.start + (number - self.first) / (self.last - self.first) * (self.end - self.start)

    def within(self, day: dt.date) -> float:
        """Return the place of a day, or the nearer end where it lies beyond."""
        return self.at(min(max(day.toordinal(), self.first), self.last))

    def holds(self, day: dt.date) -> bool:
        """Return whether a day lies between the ends."""
        return self.first <= day.toordinal() <= self.last


def span_of(days: Iterable[dt.date | None], least: int = 6) -> tuple[int, int]:
    """Return the first and last of some days as numbers, at least ``least`` days apart."""
    numbers = [day.toordinal() for day in days if day]
    first, last = min(numbers, default=_FIRST), max(numbers, default=_FIRST)
    if last - first < least:
        middle = min(max((first + last) // 2, _FIRST + least), _LAST - least)
        first, last = min(first, middle - least // 2), max(last, middle + least - least // 2)
    return first, last


def from_month(first: int, last: int, to: bool = False) -> tuple[int, int]:
    """Return the days from the first of the month on, where that adds little; ``to`` the end of one too."""
    little = (last - first) // 7
    begins = first - dt.date.fromordinal(first).day + 1
    first = begins if first - begins <= little else first
    if to and (rest := 31 - dt.date.fromordinal(last).day) <= little:
        last = min(last + rest, _LAST)
    return first, last


# --- values -------------------------------------------------------------------------------------------


def bounded(value: float) -> float:
    """Return a value, or the nearest that can be reckoned with."""
    return 0 if abs(value) < 1 / MOST else min(max(value, -MOST), MOST)


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the values that are numbers, each bounded."""
    return [bounded(v) for v in values if v is not None and math.isfinite(v)]


def nice(values: Sequence[float], count: int = 4) -> tuple[float, float, list[float]]:
    """Return round ends around values, and the round values between them, about ``count`` steps apart."""
    low, high = min(values, default=0), max(values, default=1)
    if 0 <= low <= 0.6 * high:
        low = 0
    if 0.6 * low <= high <= 0 and low < 0:
        high = 0
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        wider = abs(high) * 0.1 or 1
        low, high = low - wider, high + wider
    step = _step((high - low) / count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [at * step for at in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - 1e-9))


def number(value: float, language: Language, unit: str = "") -> str:
    """Return a value as people read it, with its unit; very large and very small ones by their power."""
    fits = value == 0 or 0.01 <= abs(value) < 1e12
    digits = language.number(value) if fits else f"{value:.3g}"
    digits = "0" if digits == "-0" else digits
    unit = clean(unit)
    if not unit:
        return digits
    if unit in {"%", "‰", "°"}:
        return digits + unit
    if unit in {"$", "€", "£", "¥", "￥"}:
        return f"-{unit}{digits[1:]}" if digits.startswith("-") else unit + digits
    return language.pgettext("a number with its unit", "{number} {unit}").format(number=digits, unit=unit)


# --- days ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day that an axis names."""

    at: int
    label: str
    year: str = ""
    """Its year, on the first day named and the first in each year."""


def day_ticks(first: int, last: int, room: float, language: Language) -> list[DayTick]:
    """Return days, weeks, months, quarters or years: the closest that can be named side by side."""
    widest = breadth(language.short_day(dt.date(2026, 12, 30))) + 14
    per_day = room / (last - first)
    for step in (1, 2, 7, 14):
        if per_day * step >= widest and last - first <= 70:
            return _named(_weekly(first, last, step), language, "day")
    widest = breadth(language.short_month(dt.date(2026, 12, 1))) + 8
    for months in (1, 3, 6):
        if per_day * months * 30 >= widest and last - first <= 366 * 4:
            return _named(_monthly(first, last, months), language, "month")
    widest = breadth(language.year(dt.date(2026, 1, 1))) + 12
    years = next((y for y in _YEARS if per_day * y * 365 >= widest), _YEARS[-1])
    return _named(_monthly(first, last, 12 * years), language, "year")


def _weekly(first: int, last: int, step: int) -> Iterator[int]:
    start = first if step < 7 else first + (1 - first) % 7  # day 1 was a Monday
    return iter(range(start, last + 1, step))


def _monthly(first: int, last: int, step: int) -> Iterator[int]:
    begin, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    start = begin.year * 12 + begin.month - 1
    for month in range(start - start % step, end.year * 12 + end.month, step):
        if month >= 12 and first <= (at := dt.date(month // 12, month % 12 + 1, 1).toordinal()):
            yield at


def _named(numbers: Iterator[int], language: Language, by: str) -> list[DayTick]:
    ticks: list[DayTick] = []
    year = 0
    for at in numbers:
        day = dt.date.fromordinal(at)
        match by:
            case "day":
                label = language.short_day(day)
            case "month":
                label = language.short_month(day)
            case _:
                label = language.year(day)
        ticks.append(DayTick(at, label, language.year(day) if by != "year" and day.year != year else ""))
        year = day.year
    return ticks


# --- labels -------------------------------------------------------------------------------------------


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least ``gap`` apart, in the same order, near where they were and within the ends.

    Where there is no room for all of them they share what there is.
    """
    count = len(places)
    if count > 1:
        gap = min(gap, (high - low) / (count - 1))
    order = sorted(range(count), key=lambda at: (places[at], at))
    moved = [min(max(place, low), high) for place in places]
    for before, at in pairwise(order):
        moved[at] = max(moved[at], moved[before] + gap)
    if order:
        moved[order[-1]] = min(moved[order[-1]], high)
    for after, at in pairwise(reversed(order)):
        moved[at] = min(moved[at], moved[after] - gap)
    return moved
