"""Read the CSV files that metrics name: a ``date`` column and one named by the metric's id."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from calendar import monthrange
from itertools import islice

from generator.diagnostic import Diagnostic
from generator.frontmatter import FILE_LIMIT
from generator.record import Delegation, Metric, Reading
from generator.rules import broken
from generator.text import Place, Source, plain

ROWS = 20_000
"""Lines that a file may have: one a day for fifty years."""
WRONG = 100
"""Lines of a file that are reported as wrong; after them the file is some other."""

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?", re.ASCII)

Found = tuple[tuple[Reading, ...], tuple[Diagnostic, ...]]


def read_series(delegation: Delegation, index: int, source: Source | None) -> Found:
    """Read the file of a delegation's metric.

    A byte order mark, thousands separators, ``2026/3/1`` and GB18030 (which Excel writes in China) are
    read; a month without a day counts as its last day. Empty cells are skipped.

    Args:
        delegation: whose metric it is.
        index: the metric's position.
        source: the file, if it was found.
    """
    metric = delegation.metrics[index]
    place = delegation.place("metrics", index, "file")
    if source is None:
        return (), (_fault(place, metric, f"there is no file “{metric.file}” beside the record"),)
    if len(source.data) > FILE_LIMIT:
        return (), (_fault(place, metric, f"{metric.file} has more than {FILE_LIMIT} bytes"),)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = source.data.decode("gb18030")
        except UnicodeDecodeError as error:
            why = f"{metric.file} is neither UTF-8 nor GB18030: byte {error.start}"
            return (), (_fault(place, metric, why),)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(islice(reader, ROWS + 1))
    except csv.Error as error:
        return (), (_fault(place, metric, f"{metric.file} is no CSV: {error}"),)
    if len(rows) > ROWS:
        return (), (_fault(place, metric, f"{metric.file} has more than {ROWS} lines"),)
    header = [cell.strip() for cell in rows[0]] if rows else []
    for name in ("date", metric.id):
        if name not in header:
            return (), (_fault(place, metric, f"{metric.file} has no column `{name}`"),)
    return _readings(rows, header.index("date"), header.index(metric.id), place, metric)


def _readings(rows: list[list[str]], day_at: int, value_at: int, place: Place, metric: Metric) -> Found:
    readings: dict[dt.date, Reading] = {}
    faults = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) <= max(day_at, value_at) or not row[value_at].strip():
            continue
        day, value = _day(row[day_at]), _value(row[value_at])
        if day is None or value is None:
            what, word = ("no date", row[day_at]) if day is None else ("no number", row[value_at])
            faults.append(broken("metric-value", place, what=what, line=line, file=metric.file, value=word))
            if len(faults) == WRONG:
                break
            continue
        readings[day] = Reading(day, value)
    return tuple(readings[day] for day in sorted(readings)), tuple(faults)


def _day(cell: str) -> dt.date | None:
    found = _DATE.fullmatch(plain(cell.strip()))
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            return dt.date(year, month, int(found[3]))
        return dt.date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


def _value(cell: str) -> float | None:
    word = re.sub(r"[\s¥$€]", "", plain(cell))
    if len(word) > 32 or not _NUMBER.fullmatch(word):
        return None
    return float(word.replace(",", "").removesuffix("%"))


def _fault(place: Place, metric: Metric, why: str) -> Diagnostic:
    return broken("metric-file", place, why=why, id=metric.id)
