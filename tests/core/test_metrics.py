"""The CSV beside a record, as spreadsheets write it."""

from __future__ import annotations

import datetime as dt

import pytest

HEAD = "metrics: [{id: users, file: %s}]"


def read(case, data: str | bytes, name: str = "users.csv", path: str = "delegations/users.csv"):
    case.people().delegation("api", HEAD % name)
    if data is not None:
        case.write(path, data if isinstance(data, bytes) else data.encode())
    ledger, faults = case.joined()
    readings = ledger.delegations["api"].readings.get("users", ())
    return {r.date: r.value for r in readings}, [d.message() for d in faults]


JANUARY = {dt.date(2026, 1, 31): 1200.5}


@pytest.mark.parametrize(
    "data",
    [
        "date,users\n2026-01-31,1200.5\n",
        "users,note,date\n1200.5,x,2026-01-31\n",
        "\ufeffdate,users\r\n2026-01-31,1200.5\r\n",
        'date,users\n2026-01-31,"1,200.5"\n',
        "date,users\n2026/1/31,+1200.5\n",
        "date,users\n2026.1.31,￥1200.5\n".replace("￥", "¥"),
        "date,users\n2026-01,１２００．５\n",
        "date,users\n2026-01-31, 1 200.5 \n\n2026-02-28,\n2026-03-31\n",
        "date,users\n2026-01-31,7\n2026-01-31,1200.5\n",
        "date,users,备注\n2026-01-31,1200.5,好\n".encode("gb18030"),
    ],
)
def test_a_file_is_read(case, data):
    assert read(case, data) == (JANUARY, [])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, ["there is no file “users.csv” beside the record"]),
        ("", ["users.csv has no column `date`"]),
        ("day,users\n", ["users.csv has no column `date`"]),
        ("date,Users\n", ["users.csv has no column `users`"]),
        (b"date,users\n\xff\xff\xff\n", ["users.csv is neither UTF-8 nor GB18030: byte 11"]),
        ('date,users\n"2026-01-31,1\n', ["users.csv is no CSV: unexpected end of data"]),
        (
            "date,users\n2026-01-31," + "1" * 200000,
            ["users.csv is no CSV: field larger than field limit (131072)"],
        ),
        ("date,users\nsoon,1\n", ["no date in line 2 of users.csv: “soon”"]),
        ("date,users\n0000-01-31,1\n", ["no date in line 2 of users.csv: “0000-01-31”"]),
        ("date,users\n2026-02-30,1\n", ["no date in line 2 of users.csv: “2026-02-30”"]),
        ("date,users\n2026-13,1\n", ["no date in line 2 of users.csv: “2026-13”"]),
        ("date,users\n2026-01-31,many\n", ["no number in line 2 of users.csv: “many”"]),
        ("date,users\n2026-01-31,1e9\n", ["no number in line 2 of users.csv: “1e9”"]),
        ("date,users\n2026-01-31,nan\n", ["no number in line 2 of users.csv: “nan”"]),
        ('date,users\n2026-01-31,"1,5"\n', ["no number in line 2 of users.csv: “1,5”"]),
        ("date,users\n2026-01-31," + "9" * 40, [f"no number in line 2 of users.csv: “{'9' * 40}”"]),
    ],
)
def test_what_is_wrong_with_a_file(case, data, told):
    assert read(case, data) == ({}, told)


def test_months_at_the_ends_of_the_calendar(case):
    found, faults = read(case, "date,users\n9999-12,1\n0001-01,2%\n")
    assert (found, faults) == ({dt.date(1, 1, 31): 2, dt.date.max: 1}, [])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("data/users.csv", "delegations/data/users.csv"),
        ("./users.csv", "delegations/users.csv"),
        ("../common/users.csv", "common/users.csv"),
        ("..\\\\shared\\\\users.csv", "shared/users.csv"),
    ],
)
def test_the_file_is_named_from_the_record(case, name, path):
    assert read(case, "date,users\n2026-01-31,1200.5\n", f'"{name}"', path) == (JANUARY, [])


def test_nothing_is_read_from_outside(case):
    found, faults = read(case, "date,users\n2026-01-31,1\n", "../../users.csv", "users.csv")
    assert (found, faults) == ({}, ["there is no file “../../users.csv” beside the record"])
