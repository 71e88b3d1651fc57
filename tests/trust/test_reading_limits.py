"""The costliest inputs are bounded by sizes and counts, never by time, and each is said to be what it is."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

from collections import Counter

import pytest
from worst import CHECKIN, DELEGATION, EVALUATION, HEADERS, RETROSPECTIVE, said, some

from generator.check.references import _FEW
from generator.frontmatter import FILE_LIMIT, HEADER_LIMIT
from generator.ledger import SERIES
from generator.metrics import ROWS, WRONG
from generator.rules import QUOTED
from generator.settings import LIMIT, read_settings
from generator.text import Source


@pytest.mark.parametrize("name", HEADERS)
def test_what_is_said_of_the_costliest_headers(name):
    make, told = HEADERS[name]
    assert len(make().encode()) <= HEADER_LIMIT
    assert said(name) == told


# --- records together --------------------------------------------------------------------------------------

CHECKED = {
    "entries that the delegation lacks": (
        {
            "delegations/api.md": f"{DELEGATION}milestones: [{some('{id: a#},', 6600)}]",
            "checkins/api/x.md": f"{CHECKIN}milestones: {{{some('b#: done,', 9900)}}}",
        },
        {"unknown-entry": 9900, "unknown-reference": 2},
    ),
    "proposals that nobody made": (
        {
            "cycles/q1.md": "start: 2026-01-01\nend: 2026-03-31",
            "retrospectives/r.md": f"{RETROSPECTIVE}proposals: [{some('{id: a#, what: x, continues: r.b#},', 2700)}]",
        },
        {"unknown-proposal": 2700},
    ),
    "references that lead nowhere": (
        {"delegations/api.md": f"{DELEGATION}depends_on: [{some('a#,', 19900)}]"},
        {"unknown-reference": 19902},
    ),
    "evidence that is nowhere": (
        {
            "cycles/q1.md": "start: 2026-01-01\nend: 2026-03-31",
            "evaluations/e.md": f"{EVALUATION}scores: {{a: {{score: 1, evidence: [{some('a#,', 19000)}]}}}}",
        },
        {"unknown-reference": 19002},
    ),
}


@pytest.mark.parametrize("name", CHECKED)
def test_what_is_said_of_records_together(case, name):
    files, expected = CHECKED[name]
    for path, header in files.items():
        case.write(path, f"---\n{header}\n---\n".encode())
    found = case.diagnostics()
    assert Counter(d.code for d in found) == expected
    assert max(len(d.message()) + len(d.remedy()) for d in found) < 3 * QUOTED


def test_near_names_are_looked_up_for_the_first_of_many_only(case):
    case.people().delegation("api", "milestones: [{id: beta}]")
    case.checkin("2026-01-05", "milestones: {" + ", ".join(f"bet{n}: done" for n in range(_FEW + 5)) + "}")
    offered = [d.remedy() for d in case.diagnostics()]
    assert offered == ["did you mean `beta`?"] * _FEW + ["one of beta"] * 5


def test_what_a_message_quotes_is_cut(case):
    case.people().delegation("api", f"due: {'x' * 5000}")
    (fault,) = case.diagnostics()
    assert fault.message() == f"“{'x' * QUOTED}…” is no date"


# --- metrics' files ----------------------------------------------------------------------------------------

HEAD = "metrics: [{id: users, file: users.csv}]"


def csv_faults(case, data: bytes) -> tuple[int, list[str]]:
    case.people().delegation("api", HEAD)
    case.write("delegations/users.csv", data)
    ledger, faults = case.joined()
    return len(ledger.delegations["api"].readings["users"]), [d.message() for d in faults]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"date,users\n" + b"\n" * ROWS, f"users.csv has more than {ROWS} lines"),
        (b"date,users\n" + b"," * FILE_LIMIT, f"users.csv has more than {FILE_LIMIT} bytes"),
        (b"a," * (FILE_LIMIT // 2), "users.csv has no column `date`"),
        ("date,users\n2026-01-31,5\n".encode("utf-16"), "users.csv is neither UTF-8 nor GB18030: byte 0"),
        (b"\xfe\xff\x00d\x00a\x00t\x00e", "users.csv is neither UTF-8 nor GB18030: byte 0"),
        (b"date,users\n\x00", None),
    ],
    ids=["lines", "bytes", "columns", "UTF-16", "UTF-16, big end", "NUL"],
)
def test_a_metrics_file_is_bounded(case, data, told):
    assert csv_faults(case, data) == (0, [told] if told else [])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (f"5{'̣́' * 50_000}", "no number in line 2 of users.csv: “5"),
        ("ﷺ" * 60_000, "no number in line 2 of users.csv: “ﷺ"),
        ("=1+1", "no number in line 2 of users.csv: “=1+1”"),
        ("5\u202e", "no number in line 2 of users.csv: “5\u202e”"),
    ],
)
def test_a_cell_that_is_no_number_is_told_and_cut(case, cell, told):
    count, (message,) = csv_faults(case, f"date,users\n2026-01-31,{cell}\n".encode())
    assert count == 0
    assert message.startswith(told)
    assert len(message) < QUOTED + 100


def test_many_wrong_lines_are_told_up_to_a_number(case):
    count, faults = csv_faults(case, b"date,users\n2026-01-31,5\n" + b"soon,1\n" * 5000)
    assert (count, len(faults), faults[-1]) == (1, WRONG, f"no date in line {WRONG + 2} of users.csv: “soon”")


def test_the_files_of_many_metrics_are_read_up_to_a_number(case):
    case.people().delegation("api", f"metrics: [{some('{id: a#, file: all.csv},', SERIES + 3)}]")
    names = ",".join(f"a{n:x}" for n in range(SERIES + 3))
    case.write("delegations/all.csv", f"date,{names}\n2026-01-31{',7' * (SERIES + 3)}\n")
    ledger, faults = case.joined()
    assert [d.message() for d in faults] == [
        f"the files of {SERIES} metrics are read, not those of {SERIES + 3}"
    ]
    assert len(ledger.delegations["api"].readings) == SERIES


# --- settings ----------------------------------------------------------------------------------------------

SETTINGS = {
    "as large as may be": ("#" * (LIMIT - 12) + "\ntitle = 'A'", "", False),
    "too large": ("#" * (LIMIT + 1), f"1:1 {LIMIT + 1} bytes, more than the {LIMIT} that settings may have", True),
    "a key of many parts": ("a" + ".a" * 9000 + " = 1", "1:1 nested too deeply", True),
    "a table of many parts": ("title = 'A'\n[a" + ".a" * 9000 + "]", "2:1 nested too deeply", True),
    "tables without end": ("a = " + "{a = " * 9000, "1:1 nested too deeply", True),
    "a bell": ("title = '\x07'", "1:10 the character U+0007 is not allowed", True),
    "turned about": ("title = 'A\u202e'", "1:11 the character U+202E is not allowed", True),
    "a line end of some programs": ("# a\u2028widest = 'line'", "1:4 the character U+2028 is not allowed", True),
    "an escape sequence, escaped": ('title = "\\u001b[31m"', "1:1 the character U+001B is not allowed", False),
    "turned about, escaped": ('ratings = ["a", "\\u202eb"]', "1:1 the character U+202E is not allowed", False),
    "an address with a line end": ('url = "https://e.example/\\nX:1"', "1:1 `url` wants an address, as in `https://example.org/remit/`", False),
    "an address with markup": ("url = 'https://e.example/\"><script>'", "1:1 `url` wants an address, as in `https://example.org/remit/`", False),
    "an address that acts": ("url = 'javascript:alert(1)'", "1:1 `url` wants an address, as in `https://example.org/remit/`", False),
    "UTF-16": ("title = 'A'".encode("utf-16"), "1:1 not UTF-8: byte 0 is a UTF-16 mark", True),
    "NUL": ("title = 'A\0'", "1:11 not UTF-8: byte 10 is 0x00", True),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told", "sealed"), SETTINGS.values(), ids=SETTINGS)
def test_settings_are_bounded_and_hold_nothing_hidden(text, told, sealed):
    data = text if isinstance(text, bytes) else text.encode()
    settings, faults = read_settings(Source(0, "remit.toml", data))
    assert ("|".join(f"{d.place.line}:{d.place.column} {d.message()}" for d in faults), settings.sealed) == (
        told,
        sealed,
    )


def test_many_unknown_settings_are_told_up_to_a_number_and_seal():
    """What decides who sees what may come after them."""
    text = some("k# = 1\n", 5000) + 'widest = "line"\n'
    settings, faults = read_settings(Source(0, "remit.toml", text.encode()))
    assert (len(faults), settings.sealed) == (50, True)
