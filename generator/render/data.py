"""The data that programs read: JSON and CSV, versioned."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.ledger import Ledger
from generator.pages.links import Linker, name
from generator.pages.sentences import fact_value, sentence
from generator.record import Event, Record
from generator.render.language import Language
from generator.settings import LOCALES
from generator.text import one_line
from generator.tracking.signals import Signal, signals
from generator.tracking.state import State, Tracked

VERSION = 1
"""The version of the data's form; it grows when a field is taken away or means something else."""


def data_files(tracked: Tracked, linker: Linker, language: Language) -> dict[str, bytes]:
    """Return the data files of a site, by path."""
    found = signals(tracked)
    codes: dict[str, list[str]] = {}
    for s in found:
        codes.setdefault(s.delegation, []).append(s.code)
    delegations = [
        delegation_row(state, tracked, linker, codes.get(id_, ())) for id_, state in tracked.states.items()
    ]
    return {
        "data/records.json": as_json(tracked, "records", record_rows(tracked, linker, language)),
        "data/delegations.json": as_json(tracked, "delegations", delegations),
        "data/delegations.csv": as_csv(delegations),
        "data/signals.json": as_json(tracked, "signals", signal_rows(found, tracked, linker, language)),
        "data/expectations.json": as_json(tracked, "expectations", expectation_rows(tracked)),
    }


def as_json(tracked: Tracked, name_: str, rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows as a file of JSON, with the version of its form and the day it speaks of."""
    head = {"version": VERSION, "as_of": tracked.today.isoformat(), name_: rows}
    return (json.dumps(head, ensure_ascii=False, indent=1) + "\n").encode()


def record_rows(tracked: Tracked, linker: Linker, language: Language) -> list[dict[str, Any]]:
    """Return every record: type, id, title, date, url, source path."""
    return [
        {
            "type": record.type.value,
            "id": record.id,
            "title": title(record, tracked.ledger, language),
            "date": record.date.isoformat() if isinstance(record, Event) else None,
            "url": linker.url(record),
            "source": record.path,
        }
        for record in tracked.ledger.records
    ]


def title(record: Record, ledger: Ledger, language: Language) -> str:
    """Return what a record is called, in one line."""
    called = name(record, ledger)
    if not called.text and called.kind and called.date:
        return f"{language.gettext(called.kind.label)}, {called.date}"
    return called.text


def signal_rows(
    found: Iterable[Signal], tracked: Tracked, linker: Linker, language: Language
) -> list[dict[str, Any]]:
    """Return signals: what waits on whom, since when, in sentences and in its facts, with what shows it.

    ``sentence`` is in the site's language, ``sentences`` holds it in every language of the interface.
    """
    speakers = [language if code == language.code else Language(code) for code in LOCALES]
    return [
        {
            "code": s.code,
            "severity": s.weight.value,
            "delegation": s.delegation or None,
            "about": s.about or None,
            "waits_on": s.waits_on or None,
            "since": s.since.isoformat(),
            "sentence": sentence(s, language, linker.party, tracked.today),
            "sentences": {
                speaker.code: sentence(s, speaker, linker.party, tracked.today) for speaker in speakers
            },
            "facts": {name_: fact_value(name_, fact) for name_, fact in s.facts},
            "evidence": [{"record": e, "url": linker.reference(e).href or None} for e in s.evidence],
        }
        for s in found
    ]


def expectation_rows(tracked: Tracked) -> list[dict[str, Any]]:
    """Return every expected check-in and what became of it; of those to come, the next ones."""
    return [
        {
            "delegation": id_,
            "due": e.due.isoformat(),
            "what": e.what or None,
            "checkpoint": e.checkpoint or None,
            "who": e.who,
            "state": e.state.value,
            "answered_by": e.answered_by or None,
            "answered_on": _day(e.answered_on),
        }
        for id_, state in tracked.states.items()
        for e in state.expected
    ]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def delegation_row(
    state: State, tracked: Tracked, linker: Linker, codes: Iterable[str] = ()
) -> dict[str, Any]:
    """Return a delegation with its state on the day, and its signals' codes, the most pressing first."""
    d, tally, evidenced = state.delegation, state.tally, state.evidenced.health
    return {
        "id": d.id,
        "title": d.title,
        "owner": d.owner,
        "delegator": d.delegator,
        "teams": list(tracked.ledger.teams_of(d)),
        "cycle": d.cycle,
        "status": d.status.value,
        "start": _day(d.start),
        "due": _day(d.due),
        "continues": d.continues,
        "url": linker.url(d),
        "health": {
            "reported": state.health.value if state.health else None,
            "evidenced": evidenced.value if evidenced else None,
        },
        "freshness": state.freshness.value,
        "progress": {
            "reported": state.progress.reported,
            "evidenced": state.progress.evidenced,
            "planned": None if state.progress.guided else state.progress.planned,
        },
        "checkins": {
            "expected": tally.expected,
            "actual": tally.actual,
            "on_time": tally.on_time,
            "late": tally.late,
            "missed": tally.missed,
            "overdue": tally.overdue,
        },
        "signals": list(dict.fromkeys(codes)),
    }


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows as CSV for spreadsheets: UTF-8 with its mark, nested keys joined by a dot.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
    Injection"), and so does what would become such a cell where semicolons part cells, as they do in much
    of Europe. Each row is one line, whatever a title holds, for those that part rows before cells.
    """
    flat = [_flat(row) for row in rows]
    columns = list(flat[0]) if flat else list(_COLUMNS)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[c]) for c in columns] for row in flat])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


_FORMULA = re.compile("(^|; *)(?=[=+\\-@＝＋－＠])")

_COLUMNS = (
    "id",
    "title",
    "owner",
    "delegator",
    "teams",
    "cycle",
    "status",
    "start",
    "due",
    "continues",
    "url",
    "health.reported",
    "health.evidenced",
    "freshness",
    "progress.reported",
    "progress.evidenced",
    "progress.planned",
    "checkins.expected",
    "checkins.actual",
    "checkins.on_time",
    "checkins.late",
    "checkins.missed",
    "checkins.overdue",
    "signals",
)
"""The columns of an empty table."""


def _flat(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            out |= _flat(value, f"{prefix}{key}.")
        else:
            out[f"{prefix}{key}"] = value
    return out


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = " ".join(value)
    return _FORMULA.sub(r"\1'", one_line(value)) if isinstance(value, str) else str(value)
