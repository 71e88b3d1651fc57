"""Every key of every type with hostile values: what is said of each, and that every output stays inert."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import csv
import io
import json
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import html5lib
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from generator.audience import FULL
from generator.building import read_content, site_files
from generator.cli import main
from generator.cli.shared import Day as DayOption
from generator.decode import decode
from generator.examples import example
from generator.markdown import Markdown
from generator.record import FOLDERS, TYPES, Change
from generator.report import FORMATS, as_text
from generator.schema import (
    Block,
    Day,
    Flag,
    Kind,
    Level,
    Many,
    MilestoneReport,
    Number,
    Pick,
    Raw,
    Rhythm,
    Scale,
    Table,
    Text,
    Whole,
    keys_of,
)  # fmt: skip
from generator.text import Source

MARKDOWN = Markdown()
FOLDER = {of.type: folder for folder, of in FOLDERS.items()}

Leaf = tuple[Any, tuple[str, ...], Kind]
"""A type of record, the keys that lead to a value (`[]` for an entry of a list), and what it may hold."""


def leaves() -> list[Leaf]:
    """Return every value that the format has a key for."""
    return [(of, path, kind) for of in TYPES for path, kind in _leaves(of, ())]


def _leaves(of: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Kind]]:
    for word, (_, key) in keys_of(of).items():
        yield from _inside(key.kind, (*path, word))


def _inside(kind: Kind, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Kind]]:
    match kind:
        case Many(item=item):
            yield from _inside(item, (*path, "[]"))
        case Table(item=item, names=names):
            yield from _inside(item, (*path, names))
        case Block(of=of):
            yield from _leaves(of, path)
        case _:
            yield path, kind


def header(of: Any, path: tuple[str, ...], value: str) -> str:
    """Return a header of one line per key that holds ``value``, as YAML, where a path leads, and what it must."""
    lines = {word: example(key.kind) for word, (_, key) in keys_of(of).items() if key.required}
    if of.type in {"checkin", "evaluation"}:
        lines["delegation"] = "launch"
    lines[path[0]] = _written(keys_of(of)[path[0]][1].kind, path[1:], value)
    return "\n".join(f"{word}: {text}" for word, text in lines.items())


def _written(kind: Kind, path: tuple[str, ...], value: str) -> str:
    match kind:
        case Many(item=item):
            return f"[{_written(item, path[1:], value)}]"
        case Table(item=item, names=names):
            return f"{{{names}: {_written(item, path[1:], value)}}}"
        case Block(of=of):
            keys = keys_of(of)
            inside = {word: example(key.kind) for word, (_, key) in keys.items() if key.required}
            inside |= {"field": "goal"} if of is Change else {}
            inside[path[0]] = _written(keys[path[0]][1].kind, path[1:], value)
            return "{" + ", ".join(f"{word}: {text}" for word, text in inside.items()) + "}"
    return value


LEAVES = leaves()
NAMES = [f"{of.type}.{'.'.join(path)}" for of, path, _ in LEAVES]

# As YAML in double quotes. What is refused as it stands may not come in by an escape.
HIDDEN = {
    "U+0000": r'"a\0"', "U+001B": r'"\e[31m"', "U+0007": r'"a\a"', "U+007F": r'"a\x7f"', "U+009B": r'"\x9b31m"',
    "U+0085": r'"a\Nb"', "U+2028": r'"a\Lb"', "U+2029": r'"a\Pb"', "U+202E": r'"\u202eb"', "U+2066": r'"\u2066b"',
    "U+200B": r'"a\u200bb"', "U+FEFF": r'"\ufeffb"', "U+E0041": r'"a\U000e0041"',
}  # fmt: skip

WORDS = {
    "markup": '"><script src=//evil.example></script><img src=x onerror=alert(1)>',
    "attributes": "' onmouseover='alert(1)' x=\" onfocus=\"alert(1)",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "host": "//evil.example/x.js",
    "template": "{{ 7*7 }}{% raw %}${7*7}#{7*7}<%= 7 %>",
    "comment": "--><!--<![CDATA[x]]>&lt;script&gt;&#0;",
    "address": "http://evil.example/x.png",
    "equals": '=HYPERLINK("//evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A1",
    "minus": "-2+3+cmd|' /C calc'!A1",
    "at": "@SUM(1+1)*cmd|' /C calc'!A1",
    "lines": "a\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n::error::evil",
    "tab": "\t=1+1",
    "rich": "[bold]x[/bold] [link=//evil.example]y[/link] [/]",
    "format": "{value} {0} %s %(x)s",
    "mixed": (
        '=1+1\r\nBEGIN:VEVENT\r\n::error::evil\n"></title></summary><script>alert(1)</script>'
        "' onload=x javascript:alert(1) [bold]{0}"
    ),
    "long": "L" * 4_000,
}  # fmt: skip


def read(of: Any, text: str):
    source = Source(0, f"{FOLDER[of.type]}/x.md", f"---\n{text}\n---\n".encode())
    return decode(source, MARKDOWN)


def shown(faults) -> str:
    return as_text(faults, lambda place: place.path, lambda place: None)


@pytest.mark.parametrize(("of", "path", "kind"), LEAVES, ids=NAMES)
def test_a_character_that_hides_is_told_wherever_it_comes_in(of, path, kind):
    for name, value in HIDDEN.items():
        text = header(of, path, value)
        record, faults = read(of, text)
        line = next(n for n, written in enumerate(text.split("\n"), 2) if value in written)
        assert record is None, name
        first = faults[0]
        assert (first.code, first.place.line, first.args) == (
            "control-character",
            line,
            (("character", name),),
        )
        assert shown(faults).replace("\n", "").isprintable()


# What is said of a word where each kind stands; nothing is wrong with any word as text.
SAID: dict[type[Kind], set[str]] = {
    Text: set(), Raw: set(), Day: {"bad-date"}, Whole: {"bad-number"}, Number: {"bad-number"},
    Flag: {"bad-choice"}, Pick: {"bad-choice"}, Level: {"bad-level"}, Rhythm: {"bad-cadence"},
    Scale: {"bad-scale"}, MilestoneReport: {"bad-date", "bad-number"},
}  # fmt: skip


@pytest.mark.parametrize(("of", "path", "kind"), LEAVES, ids=NAMES)
def test_a_hostile_word_is_text_or_told(of, path, kind):
    for name, word in WORDS.items():
        text = header(of, path, json.dumps(word))
        record, faults = read(of, text)
        codes = {fault.code for fault in faults}
        if path == ("changes", "[]", "field"):
            assert codes == {"bad-change-field"}, name
        elif isinstance(kind, Text | Raw):
            assert (codes, record is None) == (set(), False), name
        elif "outside" not in word:
            assert codes, name
            assert codes <= SAID.get(type(kind), {"bad-reference", "bad-id"}), name
        lines = shown(faults).split("\n")
        assert all(line.isprintable() for line in lines)
        assert all(len(line) < 4000 for line in lines)
        assert not any("::error" in line[:2] for line in lines)


WRONG = {"a list": "[a, b]", "a mapping": "{a: b}", "a list of lists": "[[a]]", "nothing in a list": "[[]]"}


@pytest.mark.parametrize(("of", "path", "kind"), LEAVES, ids=NAMES)
def test_a_value_of_another_shape_is_told(of, path, kind):
    for name, value in WRONG.items():
        record, faults = read(of, header(of, path, value))
        if isinstance(kind, Raw) and value[0] == "[":
            assert record is not None, name
        else:
            assert faults, name
            assert {f.code for f in faults} <= {"wrong-shape", "bad-change-field"}, name
            assert shown(faults).replace("\n", "").isprintable()


@pytest.mark.parametrize("of", TYPES, ids=[of.type for of in TYPES])
def test_one_word_where_a_list_or_a_mapping_belongs_is_told(of):
    for word, (_, key) in keys_of(of).items():
        if isinstance(key.kind, Many | Table | Block):
            lines = header(of, (word, *next(_inside(key.kind, ()))[0]), "x").split("\n")
            text = "\n".join(f"{word}: x" if line.startswith(f"{word}:") else line for line in lines)
            _, faults = read(of, text)
            assert [f.code for f in faults] == ["wrong-shape"], word


@pytest.mark.parametrize("of", TYPES, ids=[of.type for of in TYPES])
def test_a_key_in_other_case_or_spacing_offers_the_right_one(of):
    for word, (_, key) in keys_of(of).items():
        for other in (word.upper(), word.title(), f" {word} ", word[:-1] + word[-1] * 2):
            lines = [
                line
                for line in header(of, _first(of, word), "x").split("\n")
                if not line.startswith(f"{word}:")
            ]
            record, faults = read(of, "\n".join([*lines, f'"{other}": {example(key.kind)}']))
            told = [f for f in faults if f.code == "unknown-key"]
            assert [(f.place.line, f.remedy()) for f in told] == [
                (len(lines) + 2, f"did you mean `{word}`?")
            ], other
            assert not (word == "visibility" and record and not record.guarded)


def _first(of: Any, word: str) -> tuple[str, ...]:
    return (word, *next(_inside(keys_of(of)[word][1].kind, ()))[0])


# --- every output ------------------------------------------------------------------------------------------


def content(folder: Path, word: str) -> Path:
    """Write one record of each type whose every text is ``word``; ids and the rest are as they must be."""
    ids = {"person": "ada", "team": "sales", "cycle": "2026q1", "delegation": "launch"}
    for of in TYPES:
        lines = {"type": str(of.type)}
        for key_, (_, key) in keys_of(of).items():
            if key_ not in {
                "visibility",
                "parent",
                "continues",
                "depends_on",
                "changes",
                "answers",
                "completed",
                "ended",
            }:
                lines[key_] = _told(key.kind, word)
        lines |= (
            {"metrics": f'[{{id: users, file: "users.csv", name: {json.dumps(word)}}}]'}
            if of.type == "delegation"
            else {}
        )
        lines |= {"to": json.dumps(f"outside: {word}")} if of.type == "feedback" else {}
        lines |= {"x-own": json.dumps(word)}
        text = "\n".join(f"{k}: {v}" for k, v in lines.items())
        file = folder / FOLDER[of.type] / f"{ids.get(of.type, '2026-03-02')}.md"
        file.parent.mkdir(parents=True)
        file.write_text(f"---\n{text}\n---\nA body.\n", encoding="utf-8", newline="")
    (folder / "people/ben.md").write_text("---\ntitle: Ben\n---\n")
    (folder / "delegations/users.csv").write_text("date,users\n2026-03-02,5\n")
    (folder / "remit.toml").write_text(
        f"title = {json.dumps(word)}\nurl = 'https://site.example/'\n", encoding="utf-8"
    )
    return folder


def _told(kind: Kind, word: str) -> str:
    match kind:
        case Text() | Raw():
            return json.dumps(word)
        case Many(item=item):
            return f"[{_told(item, word)}]"
        case Table(item=item, names=names):
            return f"{{{names}: {_told(item, word)}}}"
        case Block(of=of):
            keys = keys_of(of).items()
            return (
                "{"
                + ", ".join(f"{w}: {_told(k.kind, word)}" for w, (_, k) in keys if w != "thresholds")
                + "}"
            )
    return example(kind)


class Page(HTMLParser):
    """What a page is made of, counted, and what of it acts or leads somewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.acting: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.acting += [
            f"{tag} {k}={v}" for k, v in attrs if k.startswith("on") or k in {"style", "srcdoc", "action"}
        ]
        for k, v in attrs:
            if k in {"href", "src", "srcset", "data", "poster", "formaction", "xlink:href"}:
                address = (v or "").strip().lower()
                if ":" in address.split("/")[0] or address.startswith(("//", "/", "\\")):
                    self.acting.append(f"{tag} {k}={v}")


def tree_of(text: str) -> Counter[str]:
    """Count a page's elements as a browser makes them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tree = html5lib.parse(text, namespaceHTMLElements=False)
    # A chart has the whole text of a label beside it where it cuts it; a text of several lines has its breaks.
    free = {"br", "{http://www.w3.org/2000/svg}title"}
    return Counter(el.tag for el in tree.iter() if isinstance(el.tag, str) and el.tag not in free)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def shape(value: Any) -> Any:
    """Return JSON's form without its texts."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items()}
    return [shape(v) for v in value] if isinstance(value, list) else type(value).__name__


def built(folder: Path) -> dict[str, bytes]:
    files, _ = site_files(read_content([folder]), FULL, DayOption().convert("2026-03-16", None, None))
    return files


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, bytes]:
    return built(content(tmp_path_factory.mktemp("plain"), "Plain words"))


def test_the_content_has_every_type_and_no_fault(tmp_path):
    read_ = read_content([content(tmp_path, "Plain words")])
    assert Counter(r.type for r in read_.ledger.records) == Counter(
        {of.type: 1 for of in TYPES} | {"person": 2}
    )
    assert [f"{d.place} {d.message()}" for d in read_.diagnostics] == []


SOME = ("mixed",)
"""What is tried in every output on every run; the others are tried at length."""
ALL = [pytest.param(name, marks=() if name in SOME else pytest.mark.long) for name in WORDS]


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_word_is_inert_in_every_output(name, plain, tmp_path):
    word = WORDS[name]
    files = built(content(tmp_path, word))
    assert files.keys() == plain.keys()
    for path, data in files.items():
        usual, where = plain[path], f"{name} in {path}"
        if data == usual:
            continue
        match path.rpartition(".")[2]:
            case "html":
                page = Page(data.decode())
                assert page.acting == [], where
                # What a browser makes of it has the same elements: no text of a record is one.
                assert tree_of(data.decode()) == tree_of(usual.decode()), where
            case "json":
                assert shape(json.loads(data)) == shape(json.loads(usual)), where
            case "csv":
                rows, same = cells(data), cells(usual)
                assert [len(r) for r in rows] == [len(r) for r in same], where
                assert [c for r in rows for c in r if c.lstrip()[:1] in ("=", "+", "-", "@")] == [], where
                assert [c for r in rows for c in r if c[:1] in ("\t", "\r", "\n")] == [], where
            case "ics":
                found, expected = (Calendar.from_ical(x).subcomponents for x in (data, usual))
                assert [(c.name, c["uid"]) for c in found] == [(c.name, c["uid"]) for c in expected], where
            case "atom":
                found, expected = (ET.fromstring(x) for x in (data, usual))
                assert [el.tag for el in found.iter()] == [el.tag for el in expected.iter()], where
                links = [el.get("href") for el in found.iter() if el.get("href")]
                assert links == [el.get("href") for el in expected.iter() if el.get("href")], where


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_word_is_inert_on_a_terminal(name, tmp_path):
    """In what the commands print of content with it, wrong or right."""
    folder = content(tmp_path, WORDS[name])
    (folder / "delegations/odd.md").write_text(
        f"---\ntitle: Odd\nowner: ada\ndelegator: ben\ndue: {json.dumps(WORDS[name])}\n---\n"
    )
    for command in (
        *(["check", str(folder), "--format", form] for form in FORMATS),
        ["status", str(folder), "--as-of", "2026-03-16", "--audience", "full"],
        ["build", str(folder), "--as-of", "2026-03-16", "-o", str(tmp_path / "out")],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exception is None or isinstance(result.exception, SystemExit), command
        text = result.output.replace("\n", "")
        assert text.isprintable(), command
        if "status" in command:
            assert "::error" not in [line[:7] for line in result.output.split("\n")]
        else:
            assert not any(line.startswith("::error::evil") for line in result.output.split("\n")), command


@pytest.mark.parametrize("form", FORMATS)
def test_a_hidden_character_of_a_csv_is_inert_on_a_terminal(form, tmp_path):
    """What a message quotes from files that may hold anything."""
    folder = content(tmp_path, "Plain words")
    cells_ = ["\x1b[31m5", "5\u202e", "5\x9b2J", "5\u2028::error::evil", '"5\n::error::evil"']
    lines = "".join(f"2026-03-0{n},{cell}\n" for n, cell in enumerate(cells_, 1))
    (folder / "delegations/users.csv").write_text(f"date,users\n{lines}", encoding="utf-8", newline="")
    output = CliRunner().invoke(main, ["check", str(folder), "--format", form]).output
    assert output.count("metric-value") >= len(cells_)
    assert output.replace("\n", "").isprintable()
    assert not any(line.startswith("::error::evil") for line in output.split("\n"))
