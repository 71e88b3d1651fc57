"""The settings of a folder: what is read, and what a fault seals."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt

import pytest

from generator.settings import Calendar, Settings, read_settings
from generator.text import Source
from generator.words import Visibility


def read(text: str | bytes, *, overlaid: bool = False) -> tuple[Settings, list[str]]:
    source = Source(0, "remit.toml", text if isinstance(text, bytes) else text.encode())
    settings, faults = read_settings(source, overlaid=overlaid)
    return settings, [f"{d.place.line}:{d.place.column} {d.message()}" for d in faults]


def test_without_a_file_defaults():
    assert read_settings(None) == (Settings(), ())
    assert read_settings(None, overlaid=True)[0].widest is Visibility.LINE


def test_everything_that_can_be_set():
    settings, faults = read(
        """
title = "Reedpen"
locale = "zh-CN"
timezone = "Asia/Shanghai"
widest = "团队"
ratings = ["low", "high"]
[calendar]
weekend = ["Saturday", "周日"]
holidays = [2026-01-01, "2026-01-02"]
workdays = ["2026-01-03"]
[visibility]
feedback = "pair"
"""
    )
    assert faults == []
    assert settings == Settings(
        title="Reedpen",
        locale="zh_CN",
        timezone="Asia/Shanghai",
        widest=Visibility.TEAM,
        calendar=Calendar(
            frozenset({5, 6}),
            frozenset({dt.date(2026, 1, 1), dt.date(2026, 1, 2)}),
            frozenset({dt.date(2026, 1, 3)}),
        ),
        visibility={"feedback": Visibility.PAIR},
        ratings=("low", "high"),
    )
    works = [settings.calendar.works(dt.date(2026, 1, day)) for day in range(1, 8)]
    assert works == [False, False, True, False, True, True, True]


FAULTY = [
    ("titel = 'A'", "1:1 no setting `titel`; did you mean `title`?", False),
    ("zzz = 1", "1:1 no setting `zzz`", False),
    ("a = 1\ntitle = 4", "1:1 no setting `a`|2:1 `title` wants text in quotes", False),
    ('"title" = 4', "1:2 `title` wants text in quotes", False),
    ('"titl\\u0065" = 4', "1:1 `title` wants text in quotes", False),
    ("title = ' '", "1:1 `title` wants text in quotes", False),
    ("locale = 'fr'", "1:1 no locale “fr”; one of en, zh_CN", False),
    ("timezone = 'Mars'", "1:1 no time zone “Mars”; write it as in `Asia/Shanghai`", False),
    ("timezone = '../../etc/passwd'", "1:1 no time zone “../../etc/passwd”; write it as in `Asia/Shanghai`", False),
    ("timezone = 'America'", "1:1 no time zone “America”; write it as in `Asia/Shanghai`", False),
    ("ratings = 'good'", '1:1 `ratings` wants a list, as in ["…", "…"]', False),
    ("calendar = 1", "1:1 `calendar` wants a table: [calendar]", False),
    ("[calendar]\nweekends = []", "2:1 no key `weekends` in [calendar]; one of weekend, holidays, workdays", False),
    ("[calendar]\nweekend = ['caturday']", "2:1 no weekday “caturday”; write it as in `saturday`", False),
    (
        "[calendar]\nweekend = ['monday','tuesday','wednesday','thursday','friday','saturday','sunday']",
        "2:1 at least one day of the week must be worked",
        False,
    ),
    ("[calendar]\nholidays = ['soon']", "2:1 “soon” is no date; write it as YYYY-MM-DD", False),
    ("[calendar]\nholidays = [2026-01-01T10:00:00]", "2:1 “2026-01-01 10:00:00” is no date; write it as YYYY-MM-DD", False),
    ("[calendar]\nholidays = [1]", '2:1 `holidays` wants a list, as in ["…", "…"]', False),
    # What decides who sees what seals the folder.
    ("widest = 'all'", "1:1 no visibility “all”; one of public, org, team, line, pair, managers, private", True),
    ("widset = 'org'", "1:1 no setting `widset`; did you mean `widest`?", True),
    ("visibility = 'org'", "1:1 `visibility` wants a table: [visibility]", True),
    ("[visibility]\nfeedbak = 'org'", "2:1 no record type `feedbak`; one of checkin, cycle, delegation, evaluation, feedback, meeting, person, retrospective, team", True),
    ("[visibility]\nfeedback = 'all'", "2:1 no visibility “all”; one of public, org, team, line, pair, managers, private", True),
    ("title = 'A'\nwidest = ", "2:10 invalid value", True),
    ("title = 'A'\ntitle = 'B'", "2:12 cannot overwrite a value", True),
    ("a = " + "[" * 9000, "1:1 nested too deeply", True),
    ("a = " + "9" * 5000, "1:1 a number has too many digits", True),
    (b"title = '\xff'", "1:10 not UTF-8: byte 9 is 0xff", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told", "sealed"), FAULTY, ids=[str(f[0])[:40] for f in FAULTY])
def test_what_is_wrong_with_settings(text, told, sealed):
    settings, faults = read(text)
    assert ("|".join(faults), settings.sealed) == (told, sealed)


def test_a_fault_leaves_the_rest_and_the_ceiling():
    settings, _ = read("title = 'A'\nwidest = 'all'\nlocale = 'zh_CN'", overlaid=True)
    assert (settings.title, settings.locale, settings.widest) == ("A", "zh_CN", Visibility.LINE)
    assert read("title = ", overlaid=True)[0].widest is Visibility.LINE
    assert read("widest = 'org'", overlaid=True)[0].widest is Visibility.ORG


@pytest.mark.parametrize("word", ["20261001", "2026-W40-4", "2026-10-1", "soon"])
def test_a_holiday_is_written_as_people_write_dates(word):
    _, faults = read_settings(Source(0, "remit.toml", f'[calendar]\nholidays = ["{word}"]\n'.encode()))
    assert [d.message() for d in faults] == [f"“{word}” is no date; write it as YYYY-MM-DD"]
