"""How often a check-in is expected, and the endless grid of days that this gives."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("monday", "周一"),
    ("tuesday", "周二"),
    ("wednesday", "周三"),
    ("thursday", "周四"),
    ("friday", "周五"),
    ("saturday", "周六"),
    ("sunday", "周日"),
)
"""Monday first, as ``date.weekday`` counts; with the Chinese spelling."""


class Unit(StrEnum):
    """What a cadence counts in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days, weeks or months; on a weekday where one is named. ``every`` 0 is ``none``."""

    every: int
    unit: Unit
    weekday: int | None = None
    """0 for Monday to 6 for Sunday."""
    written: str = ""
    """As people write it, for showing."""

    @property
    def expects(self) -> bool:
        """Return whether any check-in is expected."""
        return self.every > 0

    @property
    def days(self) -> float:
        """Return its length in days; a month counts as 365.25 / 12."""
        return self.every * {Unit.DAYS: 1.0, Unit.WEEKS: 7.0, Unit.MONTHS: 365.25 / 12}[self.unit]

    def on(self, start: date, k: int) -> date:
        """Return the ``k``-th day of the grid; ``k`` 0 is where it starts from.

        Months are counted from ``start`` and clamped to the month's last day, so 31 January gives
        28 February and 31 March. With a weekday, the grid starts from the last such day not after
        ``start``; months land on the first such day on or after.

        Raises:
            OverflowError: past the last day that a date can hold.
        """
        if self.unit is Unit.MONTHS:
            month = start.month - 1 + k * self.every
            year, month = start.year + month // 12, month % 12 + 1
            if year > date.max.year:
                raise OverflowError(year)
            day = date(year, month, min(start.day, monthrange(year, month)[1]))
            return day + timedelta((self.weekday - day.weekday()) % 7) if self.weekday is not None else day
        if self.weekday is not None:
            start -= timedelta((start.weekday() - self.weekday) % 7)
        return start + timedelta(k * self.every * (7 if self.unit is Unit.WEEKS else 1))

    def __str__(self) -> str:
        return self.written


_NAMED = {
    "daily": (1, Unit.DAYS),
    "每天": (1, Unit.DAYS),
    "每日": (1, Unit.DAYS),
    "weekly": (1, Unit.WEEKS),
    "每周": (1, Unit.WEEKS),
    "biweekly": (2, Unit.WEEKS),
    "双周": (2, Unit.WEEKS),
    "每两周": (2, Unit.WEEKS),
    "monthly": (1, Unit.MONTHS),
    "每月": (1, Unit.MONTHS),
    "quarterly": (3, Unit.MONTHS),
    "每季度": (3, Unit.MONTHS),
    "none": (0, Unit.DAYS),
    "无": (0, Unit.DAYS),
}
_FORM = re.compile(
    r"(?P<name>\w+?)(?:\s+on\s+(?P<on>\w+))?"
    r"|every\s+(?P<n>\d{1,3})\s+(?P<unit>day|week|month)s?(?:\s+on\s+(?P<on2>\w+))?"
)


def read_cadence(text: str) -> Cadence | None:
    """Return the cadence that ``text`` spells, or nothing."""
    written = " ".join(text.split())
    found = _FORM.fullmatch(written.lower())
    if not found:
        return None
    if found["n"]:
        every, unit = int(found["n"]), Unit(found["unit"] + "s")
        if not every:
            return None
    elif found["name"] in _NAMED:
        every, unit = _NAMED[found["name"]]
    else:
        return None
    on = found["on"] or found["on2"]
    weekday = next((n for n, names in enumerate(WEEKDAYS) if on in names), None) if on else None
    if on and (weekday is None or unit is Unit.DAYS):
        return None
    return Cadence(every, unit, weekday, written)
