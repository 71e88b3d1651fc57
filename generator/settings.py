"""The settings of a content folder, ``remit.toml``, with the working calendar."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.cadence import WEEKDAYS
from generator.diagnostic import Diagnostic
from generator.frontmatter import decoded
from generator.record import FOLDERS
from generator.rules import broken
from generator.text import HIDDEN, Source, nearest
from generator.thresholds import NAMES, Thresholds, adjusted
from generator.words import Visibility

FILE = "remit.toml"
LIMIT = 64 << 10
"""Bytes that the settings may have."""
_DOTS = 100
"""Dots that a line of them may have: a key of a thousand parts takes the reader a million steps."""
_TOLD = 50
"""Faults that are told at once; with more, nothing in the file is sure."""
LOCALES = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. Without weekend days and holidays every day counts."""

    weekend: frozenset[int] = frozenset()
    """Weekdays off, 0 for Monday."""
    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    """Days that are worked although they fall on a weekend or a holiday (调休)."""

    def works(self, day: dt.date) -> bool:
        """Return whether ``day`` is a working day."""
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Settings:
    """What a content folder says about its site."""

    title: str = "Remit"
    url: str = ""
    """Where the site will be, ending in a slash; feeds link within the site where it is left out."""
    locale: str = "en"
    timezone: str = "UTC"
    widest: Visibility | None = None
    """The widest that a record of this folder may be."""
    calendar: Calendar = Calendar()
    visibility: Mapping[str, Visibility] = field(default_factory=dict)
    """Defaults by type's name that replace the format's."""
    ratings: tuple[str, ...] = ("developing", "performing", "exceeding")
    """The words that an evaluation may judge by, lowest first."""
    name: str = ""
    """The folder's own name, by which other folders' settings call it."""
    people_from: tuple[str, ...] = ()
    """Names of other folders whose people, teams and delegations decide who sees this one's records."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """When something becomes a signal."""
    sealed: bool = False
    """Whether a fault touches who may see the folder's records: then only ``full`` does."""


class _Fault(Exception):  # noqa: N818 - what is wrong with content is a fault everywhere here
    """A value that the settings cannot have."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key = key
        self.problem = problem


def read_settings(
    source: Source | None, *, overlaid: bool = False
) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read a folder's settings; defaults where there is no file.

    Args:
        source: the file, if there is one.
        overlaid: whether the folder is laid over another: its records are then at most ``line``
            unless it says otherwise.
    """
    widest = Visibility.LINE if overlaid else None
    if source is None:
        return Settings(widest=widest), ()
    text, fault = decoded(source)
    fault = fault or _unfit(source, text)
    if fault:
        return Settings(widest=widest, sealed=True), (fault,)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(widest=widest, sealed=True), (_syntax_fault(source, text, error),)
    except RecursionError:
        return Settings(widest=widest, sealed=True), (
            broken("settings", source.place(), problem="nested too deeply"),
        )
    except ValueError:  # Python's own bound on the digits of a number
        return Settings(widest=widest, sealed=True), (
            broken("settings", source.place(), problem="a number has too many digits"),
        )
    values: dict[str, Any] = {"widest": widest}
    faults: list[Diagnostic] = []
    for name, value in raw.items():
        if len(faults) == _TOLD:
            values["sealed"] = True
            break
        try:
            values[name] = _READERS.get(name, _no_setting)(name, value)
        except _Fault as wrong:
            faults.append(broken("settings", _place(source, text, wrong.key), problem=wrong.problem))
            if name in _GUARDS or nearest(name, list(_READERS)) in _GUARDS:
                values["sealed"] = True
    return Settings(**values), tuple(faults)


def folder_faults(source: Source | None, settings: Settings, names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the folders that ``people_from`` names, given those of the build."""
    if source is None or not (unknown := [n for n in settings.people_from if n not in names]):
        return ()
    text, _ = decoded(source)
    problem = f"no content folder “{unknown[0]}” in this build; these are {', '.join(names)}"
    return (broken("settings", _place(source, text, "people_from"), problem=problem),)


def _unfit(source: Source, text: str) -> Diagnostic | None:
    """Return what keeps a file from being read at all: its size, and characters that hide what it says."""
    if len(source.data) > LIMIT:
        problem = f"{len(source.data)} bytes, more than the {LIMIT} that settings may have"
        return broken("settings", source.place(), problem=problem)
    for n, line in enumerate(text.split("\n"), 1):
        if found := HIDDEN.search(line):
            problem = f"the character U+{ord(found.group()):04X} is not allowed"
            return broken("settings", source.place(n, found.start() + 1), problem=problem)
        if line.count(".") > _DOTS:
            return broken("settings", source.place(n), problem="nested too deeply")
    return None


def _syntax_fault(source: Source, text: str, error: tomllib.TOMLDecodeError) -> Diagnostic:
    """Return the fault for what is no TOML; its message says where, in words."""
    problem, _, at = str(error).partition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", at)
    last = text.rstrip("\n").split("\n")
    line, column = (int(found[1]), int(found[2])) if found else (len(last), len(last[-1]) + 1)
    return broken("settings", source.place(line, column), problem=problem[:1].lower() + problem[1:])


def _place(source: Source, text: str, name: str) -> Any:
    for n, line in enumerate(text.split("\n"), 1):
        if found := re.match(rf"\s*\[?\s*(?:\w+\.)?[\"']?({re.escape(name)})\b", line):
            return source.place(n, found.start(1) + 1, found.end(1) + 1)
    return source.place(1)


def _no_setting(key: str, _value: Any) -> Any:
    near = nearest(key, list(_READERS))
    raise _Fault(key, f"no setting `{key}`" + (f"; did you mean `{near}`?" if near else ""))


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Fault(key, f"`{key}` wants text in quotes")
    _legible(key, value)
    return value.strip()


def _legible(key: str, value: str) -> None:
    """Refuse what an escape spells that is refused as it stands."""
    if found := HIDDEN.search(value):
        raise _Fault(key, f"the character U+{ord(found.group()):04X} is not allowed")


_ODD = re.compile(r"""[\s"'<>\\^`{|}]""")
"""What an address does not hold as it stands (RFC 3986); Python passes over line ends in it."""


def _url(key: str, value: Any) -> str:
    address = _text(key, value)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    plain = address.isprintable() and not _ODD.search(address)
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or not plain:
        raise _Fault(key, f"`{key}` wants an address, as in `https://example.org/remit/`")
    return address.rstrip("/") + "/"


def _locale(key: str, value: Any) -> str:
    word = _text(key, value).replace("-", "_")
    if word not in LOCALES:
        raise _Fault(key, f"no locale “{value}”; one of {', '.join(LOCALES)}")
    return word


def _timezone(key: str, value: Any) -> str:
    name = _text(key, value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _Fault(key, f"no time zone “{name}”; write it as in `Asia/Shanghai`") from None
    return name


def _visibility(key: str, value: Any) -> Visibility:
    word = Visibility.read(_text(key, value))
    if word is None:
        raise _Fault(key, f"no visibility “{value}”; one of {', '.join(Visibility)}")
    return word


def _strings(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, (str, dt.date)) for v in value):
        raise _Fault(key, f'`{key}` wants a list, as in ["…", "…"]')
    for word in value:
        _legible(key, str(word))
    return tuple(str(v) for v in value)


def _days(key: str, value: Any) -> frozenset[dt.date]:
    return frozenset(_day(key, word) for word in _strings(key, value))


def _day(key: str, word: str) -> dt.date:
    # Python takes other forms of ISO 8601 for dates too; people do not.
    try:
        day = dt.date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else None
    except ValueError:
        day = None
    if day is None:
        raise _Fault(key, f"“{word}” is no date; write it as YYYY-MM-DD")
    return day


def _calendar(key: str, value: Any) -> Calendar:
    if not isinstance(value, dict):
        raise _Fault(key, f"`{key}` wants a table: [{key}]")
    for name in value:
        if name not in {"weekend", "holidays", "workdays"}:
            raise _Fault(name, f"no key `{name}` in [calendar]; one of weekend, holidays, workdays")
    weekend = set()
    for word in _strings("weekend", value.get("weekend", [])):
        number = next((n for n, names in enumerate(WEEKDAYS) if word.lower() in names), None)
        if number is None:
            raise _Fault("weekend", f"no weekday “{word}”; write it as in `saturday`")
        weekend.add(number)
    if len(weekend) == 7:
        raise _Fault("weekend", "at least one day of the week must be worked")
    return Calendar(
        frozenset(weekend),
        _days("holidays", value.get("holidays", [])),
        _days("workdays", value.get("workdays", [])),
    )


def _thresholds(key: str, value: Any) -> Thresholds:
    if not isinstance(value, dict):
        raise _Fault(key, f"`{key}` wants a table: [{key}]")
    for name, number in value.items():
        if name not in NAMES:
            near = nearest(name, list(NAMES))
            raise _Fault(name, f"no threshold `{name}`" + (f"; did you mean `{near}`?" if near else ""))
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= 3650:
            raise _Fault(name, f"`{name}` wants a whole number from 0 to 3650")
    return adjusted(Thresholds(), value)


def _defaults(key: str, value: Any) -> Mapping[str, Visibility]:
    if not isinstance(value, dict):
        raise _Fault(key, f"`{key}` wants a table: [{key}]")
    names = {record.type.value for record in FOLDERS.values()}
    for name in value:
        if name not in names:
            raise _Fault(name, f"no record type `{name}`; one of {', '.join(sorted(names))}")
    return {name: _visibility(name, word) for name, word in sorted(value.items())}


_GUARDS = frozenset({"widest", "visibility", "people_from"})
_READERS: Mapping[str, Any] = MappingProxyType(
    {
        "title": _text,
        "url": _url,
        "locale": _locale,
        "timezone": _timezone,
        "widest": _visibility,
        "calendar": _calendar,
        "visibility": _defaults,
        "ratings": _strings,
        "people_from": _strings,
        "thresholds": _thresholds,
    }
)
