"""The endless grid of days that a cadence gives, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.cadence import Unit, read_cadence

# Cadence, start, and the first days of the grid.
GRIDS = [
    ("daily", "2026-02-27", "02-28 03-01 03-02"),
    ("weekly", "2026-01-05", "01-12 01-19 01-26"),
    ("biweekly", "2026-01-05", "01-19 02-02 02-16"),
    ("every 10 days", "2026-01-05", "01-15 01-25 02-04"),
    ("every 3 weeks", "2026-01-05", "01-26 02-16 03-09"),
    # Month ends are clamped from the start each time, never from the clamped day.
    ("monthly", "2026-01-31", "02-28 03-31 04-30 05-31"),
    ("monthly", "2024-01-30", "02-29 03-30 04-30"),
    ("quarterly", "2025-11-30", "02-28 05-30 08-30 11-30"),
    ("every 6 months", "2025-08-31", "02-28 08-31 02-28"),
    # 2026-01-07 is a Wednesday: the grid starts from the last Friday not after it, the second.
    ("weekly on friday", "2026-01-07", "01-09 01-16 01-23"),
    ("weekly on wednesday", "2026-01-07", "01-14 01-21"),
    ("biweekly on monday", "2026-01-07", "01-19 02-02"),
    ("每周 on 周五", "2026-01-07", "01-09 01-16"),
    # Months land on the first such day on or after.
    ("monthly on monday", "2026-01-31", "03-02 04-06 05-04"),
    ("quarterly on friday", "2026-01-01", "04-03 07-03 10-02"),
]


@pytest.mark.parametrize(("text", "start", "days"), GRIDS, ids=[f"{g[0]} from {g[1]}" for g in GRIDS])
def test_the_grid(text, start, days):
    cadence = read_cadence(text)
    first = dt.date.fromisoformat(start)
    grid = [cadence.on(first, k) for k in range(1, len(days.split()) + 1)]
    assert " ".join(f"{day:%m-%d}" for day in grid) == days
    assert str(cadence) == text
    assert cadence.expects


def test_the_zeroth_day_is_the_start():
    first = dt.date(2026, 1, 31)
    assert read_cadence("monthly").on(first, 0) == first
    assert read_cadence("weekly on friday").on(first, 0) == dt.date(2026, 1, 30)


def test_none_expects_nothing():
    assert not read_cadence("none").expects
    assert not read_cadence("无").expects


@pytest.mark.parametrize(
    ("text", "days"), [("daily", 1), ("biweekly", 14), ("monthly", 30.4375), ("quarterly", 91.3125)]
)
def test_its_length_in_days(text, days):
    assert read_cadence(text).days == days


@pytest.mark.parametrize("text", ["daily", "weekly", "monthly", "quarterly on friday", "every 999 months"])
def test_the_calendar_ends_with_an_overflow(text):
    with pytest.raises(OverflowError):
        read_cadence(text).on(dt.date.max, 1)


def test_the_calendar_begins_with_an_overflow():
    # 1 January 1 is a Monday; there is no Sunday before it.
    with pytest.raises(OverflowError):
        read_cadence("weekly on sunday").on(dt.date.min, 1)


@pytest.mark.parametrize(
    "text", ["", " ", "on friday", "every", "every week", "every -1 weeks", "every 1.5 weeks"]
)
def test_what_is_no_cadence(text):
    assert read_cadence(text) is None


def test_units_are_read_in_both_numbers():
    assert [read_cadence(f"every 1 {u}").unit for u in ("day", "days", "week", "month")] == [
        Unit.DAYS,
        Unit.DAYS,
        Unit.WEEKS,
        Unit.MONTHS,
    ]
