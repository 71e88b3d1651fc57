"""Diagnostics in all five formats, whole."""

# ruff: noqa: E501 - reports stand as they are printed

from __future__ import annotations

import json

import pytest

from generator import __version__
from generator.diagnostic import Diagnostic, Rule, Severity, ordered
from generator.report import FORMATS, as_text
from generator.rules import RULES, broken, did_you_mean
from generator.text import Place, display_width, nearest

LINES = {
    ("delegations/接口 1.md", 3): "owner: aad, 50%",
    ("delegations/接口 1.md", 7): "目标：\u200b更快\tx",
}
FAULTS = (
    broken(
        "unknown-reference",
        Place(0, "delegations/接口 1.md", 3, 8, 11),
        help='did you mean "ada"?',
        type="person",
        id="aad",
        path="people/aad.md",
    ),
    broken("control-character", Place(0, "delegations/接口 1.md", 7, 4, 5), character="U+200B"),
    broken(
        "duplicate-key",
        Place(0, "delegations/接口 1.md", 12, 1, 6),
        related=(Place(0, "delegations/接口 1.md", 3, 1, 6),),
        key="owner",
        line=3,
    ),
    broken("raw-html", Place(1, "gone.md", 2, 1, 4), value="<b>"),
)


def shown(name: str) -> str:
    return FORMATS[name](FAULTS, lambda p: f"content/{p.path}", lambda p: LINES.get((p.path, p.line)))


def test_text():
    assert shown("text") == (
        "content/delegations/接口 1.md:3:8: error[unknown-reference] no person “aad”\n"
        "  |\n"
        "3 | owner: aad, 50%\n"
        "  |        ^^^\n"
        '  = help: did you mean "ada"?\n'
        "\n"
        "content/delegations/接口 1.md:7:4: error[control-character] the character U+200B is not allowed in front matter\n"
        "  |\n"
        "7 | 目标：<U+200B>更快 x\n"
        "  |       ^^^^^^^^\n"
        "  = help: delete it; it is likely invisible in your editor\n"
        "\n"
        "content/delegations/接口 1.md:12:1: error[duplicate-key] key `owner` stands twice; it stood in line 3 already\n"
        "   = help: keep one of them\n"
        "\n"
        "content/gone.md:2:1: warning[raw-html] raw HTML is shown as text: <b>\n"
        "  = help: write Markdown instead"
    )


def test_text_in_colour():
    first = as_text(FAULTS[:1], lambda p: p.path, lambda p: "owner: aad", colour=True)
    assert first == (
        "\x1b[1mdelegations/接口 1.md:3:8:\x1b[0m \x1b[1;31merror[unknown-reference]\x1b[0m no person “aad”\n"
        "  \x1b[2m|\x1b[0m\n"
        "3 \x1b[2m|\x1b[0m owner: aad\n"
        "  \x1b[2m|\x1b[0m \x1b[1;31m       ^^^\x1b[0m\n"
        '  \x1b[1;36m= help:\x1b[0m did you mean "ada"?'
    )


@pytest.mark.parametrize(
    ("column", "end", "caret"),
    [
        (1, 3, "^^"),
        (148, 151, " " * 147 + "^^^"),
        (140, 400, " " * 139 + "^" * 11),
        (152, 153, None),
        (900, 901, None),
    ],
)
def test_a_long_line_is_cut(column, end, caret):
    fault = broken("raw-html", Place(0, "a.md", 1, column, end), value="x")
    lines = as_text([fault], str, lambda p: "a" * 1000).split("\n")
    assert lines[2] == "1 | " + "a" * 149 + "…"
    assert [line[4:] for line in lines[3:-1]] == ([caret] if caret else [])


def test_a_wide_line_is_cut_by_its_cells():
    fault = broken("raw-html", Place(0, "a.md", 1, 2, 3), value="x")
    lines = as_text([fault], str, lambda p: "字" * 100).split("\n")
    assert lines[2:4] == ["1 | " + "字" * 74 + "…", "  |   ^^"]


def test_json():
    plain = json.loads(shown("json"))
    assert plain[0] == {
        "path": "content/delegations/接口 1.md",
        "line": 3,
        "column": 8,
        "end_column": 11,
        "severity": "error",
        "code": "unknown-reference",
        "message": "no person “aad”",
        "help": 'did you mean "ada"?',
        "related": [],
    }
    assert plain[2]["related"] == [{"path": "content/delegations/接口 1.md", "line": 3, "column": 1}]
    assert [d["code"] for d in plain] == [d.code for d in FAULTS]


def test_github():
    assert shown("github").split("\n") == [
        '::error file=content/delegations/接口 1.md,line=3,col=8,endColumn=11,title=unknown-reference::no person “aad”; did you mean "ada"?',
        "::error file=content/delegations/接口 1.md,line=7,col=4,endColumn=5,title=control-character::the character U+200B is not allowed in front matter; delete it; it is likely invisible in your editor",
        "::error file=content/delegations/接口 1.md,line=12,col=1,endColumn=6,title=duplicate-key::key `owner` stands twice; it stood in line 3 already; keep one of them",
        "::warning file=content/gone.md,line=2,col=1,endColumn=4,title=raw-html::raw HTML is shown as text: <b>; write Markdown instead",
    ]


def test_github_escapes_what_would_be_read_as_a_command():
    fault = broken("raw-html", Place(0, "a,b:c%.md", 1, 1, 2), value="50%\n::error::x")
    (line,) = FORMATS["github"]([fault], lambda p: p.path, lambda p: None).split("\n")
    assert line == (
        "::warning file=a%2Cb%3Ac%25.md,line=1,col=1,endColumn=2,title=raw-html::"
        "raw HTML is shown as text: 50%25<U+000A>::error::x; write Markdown instead"
    )


def test_gitlab():
    report = json.loads(shown("gitlab"))
    prints = [entry.pop("fingerprint") for entry in report]
    assert len(set(prints)) == 4
    assert all(len(p) == 64 for p in prints)
    assert report[3] == {
        "description": "raw HTML is shown as text: <b>; write Markdown instead",
        "check_name": "raw-html",
        "severity": "minor",
        "location": {"path": "content/gone.md", "lines": {"begin": 2}},
    }
    assert [entry["severity"] for entry in report] == ["major", "major", "major", "minor"]


def test_gitlab_tells_two_of_one_line_apart():
    two = [broken("raw-html", Place(0, "a.md", 1, n, n + 3), value="<b>") for n in (1, 9)]
    prints = [entry["fingerprint"] for entry in json.loads(FORMATS["gitlab"](two, str, lambda p: None))]
    assert prints[0] != prints[1]


def test_sarif():
    log = json.loads(shown("sarif"))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("remit", __version__)
    # In the order of the table, each once.
    used = {d.code for d in FAULTS}
    assert [r["id"] for r in driver["rules"]] == [r.code for r in RULES if r.code in used]
    assert len(driver["rules"]) == 4
    assert run["results"][2] == {
        "ruleId": "duplicate-key",
        "level": "error",
        "message": {"text": "key `owner` stands twice; it stood in line 3 already; keep one of them"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/delegations/%E6%8E%A5%E5%8F%A3%201.md"},
                    "region": {"startLine": 12, "startColumn": 1, "endColumn": 6},
                }
            }
        ],
        "relatedLocations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/delegations/%E6%8E%A5%E5%8F%A3%201.md"},
                    "region": {"startLine": 3, "startColumn": 1, "endColumn": 6},
                }
            }
        ],
    }
    assert [r["level"] for r in run["results"]] == ["error", "error", "error", "warning"]


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_wrong_is_shown_too(name):
    text = FORMATS[name]([], str, lambda p: None)
    if name in {"text", "github"}:
        assert text == ""
    elif name == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    else:
        assert json.loads(text) == []


# --- diagnostics and text ----------------------------------------------------------------------------


def test_diagnostics_are_put_in_order_each_once():
    a, b, c = FAULTS[2], FAULTS[0], FAULTS[3]
    assert ordered([c, a, b, a]) == (b, a, c)


def test_sentences_can_be_translated():
    chinese = {
        "raw HTML is shown as text: {value}": "原样显示：{value}",
        "write Markdown instead": "请用 Markdown",
    }
    fault = FAULTS[3]
    assert fault.message(lambda text: chinese[text]) == "原样显示：<b>"
    assert fault.remedy(lambda text: chinese[text]) == "请用 Markdown"
    assert (fault.severity, fault.rule.code) == (Severity.WARNING, "raw-html")


def test_a_rule_without_a_remedy():
    fault = Diagnostic(Rule("odd", Severity.WARNING, "odd"), Place(0, "a.md", 1))
    assert as_text([fault], lambda p: p.path, lambda p: None) == "a.md:1:1: warning[odd] odd"
    assert "odd; " not in FORMATS["github"]([fault], lambda p: p.path, lambda p: None)


def test_braces_in_content_are_content():
    fault = broken("bad-date", Place(0, "a.md", 1), value="{today} {0}")
    assert fault.message() == "“{today} {0}” is no date"


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("目标", 4), ("：", 2), ("e\u0301", 1), ("ｱ", 1), ("Ａ", 2), ("", 0)]
)
def test_terminal_cells(text, cells):
    assert display_width(text) == cells


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("delegater", "delegator"),
        ("Owner", "owner"),
        ("depends-on", "depends_on"),
        ("Depends On", "depends_on"),
        ("xyz", None),
        ("", None),
    ],
)
def test_near_words(word, near):
    assert nearest(word, ["delegator", "owner", "depends_on"]) == near
    assert did_you_mean(near) == (f"did you mean `{near}`?" if near else None)
