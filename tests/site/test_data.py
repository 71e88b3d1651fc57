"""The data that programs read, whole: JSON and CSV of the golden organisation, and of nothing at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from goldens import FOLDER, bless, difference, held

from generator.ledger import Ledger
from generator.pages.links import Linker
from generator.render.data import as_csv, data_files
from generator.render.language import Language
from generator.settings import Settings
from generator.tracking.state import track

PATHS = (
    "data/delegations.csv",
    "data/delegations.json",
    "data/expectations.json",
    "data/records.json",
    "data/signals.json",
)


@pytest.mark.parametrize("audience", ["full", "org"])
def test_data_files(golden, audience: str, request: pytest.FixtureRequest) -> None:
    files = golden.build(audience).files
    found = {path: files[path].decode() for path in files if path.startswith("data/")}
    assert tuple(sorted(found)) == PATHS
    # The lines of CSV end as RFC 4180 has them; the golden is kept with plain ends, as git keeps text.
    table = found["data/delegations.csv"]
    assert table.count("\r\n") == table.count("\n") == table.count("\r")
    assert table.startswith("\ufeff")
    found["data/delegations.csv"] = table.replace("\r\n", "\n")
    shown = {path.removeprefix("data/"): text for path, text in found.items()}
    if request.config.getoption("--bless"):
        bless(FOLDER / "data" / audience, shown)
    differs = difference(held(FOLDER / "data" / audience), shown)
    assert not differs, f"the data changed (generator/render/data.py, or what is before it):\n{differs}"


def test_every_record_of_the_build_is_listed_with_a_page_that_is_there(golden) -> None:
    for audience, hidden in (("full", 0), ("org", 5)):
        files = golden.build(audience).files
        rows = json.loads(files["data/records.json"])["records"]
        assert len(rows) == len(golden.read().ledger.records) - hidden
        assert [row["url"] for row in rows if row["url"] not in files] == []
        assert [row["source"] for row in rows if not (golden.folder / row["source"]).is_file()] == []


def test_csv_says_what_json_says(golden) -> None:
    files = golden.build("full").files
    rows = json.loads(files["data/delegations.json"])["delegations"]
    text = files["data/delegations.csv"].decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    launch = next(row for row in table if row["id"] == "launch")
    assert launch["teams"] == "shops online"
    assert (launch["health.reported"], launch["health.evidenced"]) == ("at_risk", "off_track")
    assert launch["signals"].split() == next(r for r in rows if r["id"] == "launch")["signals"]
    assert (launch["progress.reported"], launch["checkins.missed"]) == ("35", "8")
    assert next(row for row in table if row["id"] == "programme")["title"] == "'+1 shop a year"


def test_signals_lead_to_pages_that_are_there(golden) -> None:
    files = golden.build("full").files
    rows = json.loads(files["data/signals.json"])["signals"]
    assert len(rows) > 10
    assert {row["severity"] for row in rows} == {"act", "watch", "note"}
    assert [e for row in rows for e in row["evidence"] if e["url"] not in files] == []
    by_delegation: dict[str, list[str]] = {}
    for row in rows:
        by_delegation.setdefault(row["delegation"], []).append(row["code"])
    for row in json.loads(files["data/delegations.json"])["delegations"]:
        assert row["signals"] == list(dict.fromkeys(by_delegation.get(row["id"], [])))


def test_expectations_say_what_became_of_each_checkin(golden) -> None:
    files = golden.build("full").files
    rows = json.loads(files["data/expectations.json"])["expectations"]
    answered = [row for row in rows if row["answered_by"]]
    assert answered
    assert {row["state"] for row in answered} <= {"on_time", "late"}
    assert all(row["answered_on"] for row in answered)
    delegations = json.loads(files["data/delegations.json"])["delegations"]
    for d in delegations:
        mine = [row["state"] for row in rows if row["delegation"] == d["id"]]
        for state in ("on_time", "late", "missed", "overdue"):
            assert mine.count(state) == d["checkins"][state], (d["id"], state)


def test_a_signal_speaks_the_language_of_the_site(golden) -> None:
    rows = {
        locale: json.loads(golden.build("full", locale).files["data/signals.json"])["signals"]
        for locale in ("en", "zh_CN")
    }
    overdue = {locale: next(r for r in some if r["code"] == "overdue") for locale, some in rows.items()}
    assert "was due on" in overdue["en"]["sentence"]
    assert "至今未完成" in overdue["zh_CN"]["sentence"]
    assert overdue["en"] | {"sentence": ""} == overdue["zh_CN"] | {"sentence": ""}


def test_every_signal_is_said_in_each_language(golden) -> None:
    for locale in ("en", "zh_CN"):
        for row in json.loads(golden.build("full", locale).files["data/signals.json"])["signals"]:
            assert list(row["sentences"]) == ["en", "zh_CN"]
            assert row["sentences"][locale] == row["sentence"]
            assert row["sentences"]["en"] != row["sentences"]["zh_CN"]
    rows = json.loads(golden.build("full").files["data/signals.json"])["signals"]
    overdue = next(r for r in rows if r["code"] == "overdue")
    assert overdue["sentences"] == {
        "en": "was due on 6 Mar and is not completed",
        "zh_CN": "应于3月6日完成，至今未完成",
    }


FORMULAS = (
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("＝1+1", "'＝1+1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠SUM(A1)", "'＠SUM(A1)"),
    (" =1+1", "'=1+1"),
    ("\t=1+1", "'=1+1"),
    ("\ufeff=1+1", "'=1+1"),
    ("\u200b\u2028=1+1", "'=1+1"),
    ("a;=1+1", "a;'=1+1"),
    ("a;  ＝1+1;-1", "a; '＝1+1;'-1"),
    ("a\r\n=1+1", "a =1+1"),
    ("a\t=1+1", "a =1+1"),
    ("\tplain", "plain"),
)


@pytest.mark.parametrize(("text", "cell"), FORMULAS)
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert cells([{"title": text}]) == [["title"], [cell]]


@pytest.mark.parametrize(
    "text", ["a=b", "1-2", "a@b.example", "第一家店", "", "0012", "'quoted'", 'a "b", c', "a; b", "好；-1"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cells([{"title": text, "id": "x"}]) == [["title", "id"], [text, "x"]]


def test_numbers_stay_numbers_and_a_list_is_words() -> None:
    row = {"n": -3, "none": None, "teams": ["a", "b"], "health": {"reported": "at_risk", "evidenced": None}}
    assert cells([row]) == [
        ["n", "none", "teams", "health.reported", "health.evidenced"],
        ["-3", "", "a b", "at_risk", ""],
    ]


def cells(rows: list[dict[str, object]]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"), newline="")))


def test_nothing_at_all(golden) -> None:
    ledger = Ledger((Settings(),), (), {})
    tracked = track(ledger, dt.date(2026, 3, 16))
    files = data_files(tracked, Linker(tracked.ledger), Language("en"))
    assert files["data/records.json"] == b'{\n "version": 1,\n "as_of": "2026-03-16",\n "records": []\n}\n'
    assert files["data/delegations.json"] == (
        b'{\n "version": 1,\n "as_of": "2026-03-16",\n "delegations": []\n}\n'
    )
    some = golden.build("full").files["data/delegations.csv"]
    assert files["data/delegations.csv"] == some.partition(b"\n")[0] + b"\n"
