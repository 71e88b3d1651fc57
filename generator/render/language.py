"""The languages of the interface: its texts through gettext, its dates and numbers through Babel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

DOMAIN = "remit"
_FOLDER = Path(__file__).parent.parent / "locale"


class Language:
    """One language: ``en``, as the texts are written, or one with a catalogue."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.tag = code.replace("_", "-")
        """As HTML's ``lang`` wants it."""
        self._locale = Locale.parse(code)
        self._texts = {} if code == "en" else catalogue(code)
        self._days: dict[tuple[dt.date, str], str] = {}

    def gettext(self, text: str) -> str:
        """Return ``text`` in this language."""
        return self.pgettext("", text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form for ``n`` things; Chinese has one form, English two."""
        return self.npgettext("", one, many, n)

    def pgettext(self, context: str, text: str) -> str:
        """Return ``text`` in this language, as it is meant in ``context``."""
        found = self._texts.get((context, text))
        return found[0] if found and found[0] else text

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        """Return the form for ``n`` things, as they are meant in ``context``."""
        found = self._texts.get((context, one))
        if found and found[0]:
            return found[0] if len(found) == 1 or n == 1 else found[1]
        return one if n == 1 else many

    def day(self, day: dt.date) -> str:
        """Return a date with its year, as in 12 Jan 2026 or 2026年1月12日."""
        return self._formatted(day, "long" if self.code == "zh_CN" else "d MMM y")

    def short_day(self, day: dt.date) -> str:
        """Return a date without its year, as in 12 Jan or 1月12日."""
        return self._formatted(day, "M月d日" if self.code == "zh_CN" else "d MMM")

    def weekday(self, day: dt.date) -> str:
        """Return a date's day of the week and date without year, as in Wed 13 May."""
        return self._formatted(day, "M月d日 EEE" if self.code == "zh_CN" else "EEE d MMM")

    def weekday_name(self, number: int) -> str:
        """Return the name of a day of the week, 0 for Monday, as in Friday or 周五."""
        names = get_day_names("abbreviated" if self.code == "zh_CN" else "wide", locale=self._locale)
        return str(names[number])

    def short_month(self, day: dt.date) -> str:
        """Return a date's month alone, as in Jan or 1月."""
        return self._formatted(day, "MMM")

    def year(self, day: dt.date) -> str:
        """Return a date's year alone, as in 2026 or 2026年."""
        return self._formatted(day, "y年" if self.code == "zh_CN" else "y")

    def short_weekday(self, number: int) -> str:
        """Return the short name of a day of the week, 0 for Monday, as in Fri or 周五."""
        return str(get_day_names("abbreviated", locale=self._locale)[number])

    def number(self, value: float) -> str:
        """Return a number with separators, and no more than two decimals."""
        return format_decimal(value, format="#,##0.##", locale=self._locale)

    def percent(self, value: float) -> str:
        """Return a percentage; ``value`` is already in percent."""
        return format_percent(value / 100, locale=self._locale)

    def _formatted(self, day: dt.date, form: str) -> str:
        key = (day, form)
        if key not in self._days:
            self._days[key] = format_date(day, form, locale=self._locale)
        return self._days[key]


@cache
def catalogue(code: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the texts of a language: by context (mostly none) and English text, each with its forms."""
    with (_FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        read = read_po(file, locale=code)
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in read:
        if not message.id or message.fuzzy:
            continue
        one = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        texts[message.context or "", one] = tuple(form or "" for form in forms)
    return texts
