"""Show diagnostics: for people, for programs, and for the forges that put them beside a change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.diagnostic import Diagnostic, Severity
from generator.rules import RULES
from generator.text import Place, display_width, legible

Where = Callable[[Place], str]
"""Gives a place's file as the reader would open it."""
Line = Callable[[Place], str | None]
"""Gives the line of a file that a place stands on, or nothing where it cannot be read."""

Format = Callable[[Sequence[Diagnostic], Where, Line], str]


def as_text(diagnostics: Sequence[Diagnostic], where: Where, line: Line, *, colour: bool = False) -> str:
    """Return each message with its line and a caret under the place, as a compiler would."""
    return "\n\n".join(_paragraph(d, where, line, colour) for d in diagnostics)


def _paragraph(d: Diagnostic, where: Where, line: Line, colour: bool) -> str:
    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    tint = "1;31" if d.severity is Severity.ERROR else "1;33"
    place = d.place
    head = paint(f"{legible(where(place))}:{place.line}:{place.column}:", "1")
    out = [f"{head} {paint(f'{d.severity}[{d.code}]', tint)} {legible(d.message())}"]
    if (text := line(place)) is not None:
        margin = len(str(place.line))
        before = display_width(legible(text[: place.column - 1]))
        marked = max(1, display_width(legible(text[place.column - 1 : place.end - 1])))
        out.append(f"{' ' * margin} {paint('|', '2')}")
        out.append(f"{place.line} {paint('|', '2')} {_clipped(legible(text))}")
        if before < _CLIP:
            caret = " " * before + "^" * min(marked, _CLIP - before)
            out.append(f"{' ' * margin} {paint('|', '2')} {paint(caret, tint)}")
    if remedy := d.remedy():
        out.append(f"{' ' * len(str(place.line))} {paint('= help:', '1;36')} {legible(remedy)}")
    return "\n".join(out)


_CLIP = 150


def _clipped(text: str) -> str:
    """Return as much of ``text`` as the excerpt has room for."""
    if display_width(text) <= _CLIP:
        return text
    ends = accumulate(display_width(c) for c in text)
    return "".join(c for c, end in zip(text, ends, strict=True) if end < _CLIP) + "…"


def _plain(d: Diagnostic, where: Where) -> dict[str, Any]:
    return {
        "path": where(d.place),
        "line": d.place.line,
        "column": d.place.column,
        "end_column": d.place.end,
        "severity": d.severity.value,
        "code": d.code,
        "message": legible(d.message()),
        "help": legible(d.remedy()),
        "related": [{"path": where(p), "line": p.line, "column": p.column} for p in d.related],
    }


def as_json(diagnostics: Sequence[Diagnostic], where: Where, _line: Line) -> str:
    """Return a list of objects."""
    return json.dumps([_plain(d, where) for d in diagnostics], ensure_ascii=False, indent=2)


def as_github(diagnostics: Sequence[Diagnostic], where: Where, _line: Line) -> str:
    """Return workflow commands that GitHub, Gitea and Forgejo show beside the change."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def property_(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{d.severity.value} file={property_(where(d.place))},line={d.place.line},col={d.place.column},"
        f"endColumn={d.place.end},title={property_(d.code)}::{data(_sentence(d))}"
        for d in diagnostics
    )


def as_gitlab(diagnostics: Sequence[Diagnostic], where: Where, _line: Line) -> str:
    """Return GitLab's code quality report."""
    severity = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    report = []
    for d in diagnostics:
        mark = f"{where(d.place)}\0{d.code}\0{d.message()}\0{d.place.line}\0{d.place.column}"
        report.append(
            {
                "description": _sentence(d),
                "check_name": d.code,
                "fingerprint": hashlib.sha256(mark.encode()).hexdigest(),
                "severity": severity[d.severity],
                "location": {"path": where(d.place), "lines": {"begin": d.place.line}},
            }
        )
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_sarif(diagnostics: Sequence[Diagnostic], where: Where, _line: Line) -> str:
    """Return SARIF 2.1.0."""
    used = {d.code for d in diagnostics}
    rules = [{"id": r.code, "shortDescription": {"text": r.message}} for r in RULES if r.code in used]
    results = [
        {
            "ruleId": d.code,
            "level": d.severity.value,
            "message": {"text": _sentence(d)},
            "locations": [_location(d.place, where)],
            "relatedLocations": [_location(p, where) for p in d.related],
        }
        for d in diagnostics
    ]
    driver = {"name": "remit", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _location(place: Place, where: Where) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(where(place))}, "region": region}}


def _sentence(d: Diagnostic) -> str:
    remedy = d.remedy()
    return legible(f"{d.message()}; {remedy}" if remedy else d.message())


FORMATS: dict[str, Format] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}
