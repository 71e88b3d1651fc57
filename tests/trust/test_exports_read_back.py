"""Tables, data, calendars and the feed, read back by readers that did not write them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib
import pytest
from case import Case
from evasions import EVASIONS, body, organisation

from generator.pages.agenda import agenda
from generator.pages.links import Linker
from generator.record import Event
from generator.render.data import data_files
from generator.render.feeds import LATEST, feed_files
from generator.render.language import Language
from generator.text import one_line
from generator.tracking.signals import signals
from generator.tracking.state import Tracked

DAY = "2026-03-16"
ATOM = "{http://www.w3.org/2005/Atom}"

ODD = (
    "=1+1",
    '＝HYPERLINK("https://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1;2)",
    "a;=1+1",
    "a\n=1+1\r\n+2",
    "a\tb\t=3",
    'say "hi", then \'go\', "',
    '",=1+1,"',
    "a;b,c\\n\\;\\,\\\\",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "UID:x\nATTACH:https://evil.example/x",
    "]]></title><entry/><title>",
    "&lt;b&gt; &amp;amp; <b>&nbsp;</b>",
    "授权" * 60,
    "🧭👩‍👩‍👧‍👦" * 12,
    "é" * 80 + "e\u0301" * 40,
    "a" * 73 + "中" + "b" * 74 + "🧭" + "c" * 75,
    " lead and trail ",
    "第一行\n第二行",
)  # fmt: skip
"""Texts that are hard on one format or another."""


def everything() -> Case:
    """Return an organisation whose delegations, events, people and things to do are called by such texts."""
    case, _ = organisation(EVASIONS[::5], parts=2)
    for n, text in enumerate(ODD):
        title = json.dumps(text, ensure_ascii=False)
        case.write(
            f"delegations/odd{n}.md",
            f"---\ntitle: {title}\nowner: ada\ndelegator: ben\nstart: 2026-03-02\ndue: 2026-03-27\n"
            f"plan: {{cadence: weekly}}\nmilestones: [{{id: a, title: {title}, due: 2026-03-20}}]\n---\n",
        )
        case.write(
            f"meetings/odd{n}.md",
            f"---\ndate: 2026-03-10\ntitle: {title}\nattendees: [ada, ben]\ndelegations: [odd{n}]\n"
            f"actions: [{{id: b, what: {title}, owner: ben, due: 2026-03-19}}]\n---\n{body((text,), n)}",
        )
        case.write(f"people/odd{n}.md", f"---\ntitle: {title}\nteam: web\n---\n")
    return case


@pytest.fixture(scope="module")
def tracked() -> Tracked:
    return everything().track(DAY)


def files(tracked: Tracked, language: str = "en") -> dict[str, bytes]:
    linker, speaks = Linker(tracked.ledger), Language(language)
    return data_files(tracked, linker, speaks) | feed_files(
        tracked, linker, speaks, tracked.ledger.site.title
    )


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def found(request: pytest.FixtureRequest, tracked: Tracked) -> dict[str, bytes]:
    return files(tracked, request.param)


# --- the table --------------------------------------------------------------------------------------


def rows(text: str, part: str = ",") -> list[list[str]]:
    """Read a table as RFC 4180 has it, strictly, with ``part`` between cells."""
    cell = rf'(?:"((?:[^"]|"")*)"|([^"\r\n{part}]*))'
    out: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        one = re.compile(cell).match(text, at)
        assert one
        out[-1].append(one[2] if one[1] is None else one[1].replace('""', '"'))
        at = one.end()
        if text.startswith(part, at):
            at += 1
        else:
            assert text.startswith("\r\n", at), text[at - 20 : at + 20]
            at += 2
            out.append([])
    assert out.pop() == []
    return out


def is_live(cell: str) -> bool:
    return cell.lstrip("\ufeff\u200b \t\r\n\"'").startswith(tuple("=+-@＝＋－＠")) and not cell.startswith(
        "'"
    )


def test_the_table_has_a_row_for_each_delegation(found, tracked):
    text = found["data/delegations.csv"].decode("utf-8-sig")
    assert rows(text) == list(csv.reader(io.StringIO(text, newline=""), strict=True))
    header, *lines = rows(text)
    assert len(lines) == len(tracked.states) == len(text.splitlines()) - 1
    assert {len(line) for line in lines} == {len(header)} == {24}
    titles = [re.sub("(^|; *)'(?=[=+\\-@＝＋－＠])", r"\1", line[header.index("title")]) for line in lines]
    assert titles == [one_line(state.delegation.title) for state in tracked.states.values()]


def test_no_cell_is_a_formula(found):
    lines = rows(found["data/delegations.csv"].decode("utf-8-sig"))[1:]
    words = [cell for line in lines for cell in line if not re.fullmatch(r"-?[0-9.]*", cell)]
    assert [cell for cell in words if is_live(cell)] == []
    assert sum(cell.startswith("'") for cell in words) >= 5


@pytest.mark.parametrize("part", [";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_is_a_formula_where_something_else_parts_cells(tracked, part, quoting):
    text = files(tracked)["data/delegations.csv"].decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=part, quoting=quoting))
    assert quoting == csv.QUOTE_MINIMAL or len(read) == len(tracked.states) + 1
    parted = [cell for line in read for cell in (line if part != "|" else line[:1])]
    assert [cell for cell in parted if is_live(cell)] == []


# --- the data ---------------------------------------------------------------------------------------


def strictly(data: bytes) -> Any:
    """Read JSON as RFC 8259 has it: no number that is none, no name twice."""

    def no_number(word: str) -> None:
        raise AssertionError(word)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert max(Counter(name for name, _ in pairs).values(), default=0) < 2
        return dict(pairs)

    return json.loads(data.decode(), parse_constant=no_number, object_pairs_hook=once)


def test_the_data_has_an_entry_for_each(found, tracked):
    read = {name: strictly(data) for name, data in found.items() if name.endswith(".json")}
    assert {name: len(value[name[5:-5]]) for name, value in read.items()} == {
        "data/records.json": len(tracked.ledger.records),
        "data/delegations.json": len(tracked.states),
        "data/signals.json": len(signals(tracked)),
        "data/expectations.json": sum(len(state.expected) for state in tracked.states.values()),
    }
    titles = [row["title"] for row in read["data/delegations.json"]["delegations"]]
    assert titles == [state.delegation.title for state in tracked.states.values()]
    assert {one_line(text) for text in ODD} <= {one_line(title) for title in titles}


# --- calendars --------------------------------------------------------------------------------------


@dataclass
class Component:
    """A component of a calendar, as RFC 5545 has it."""

    name: str
    properties: list[tuple[str, str]] = field(default_factory=list)
    within: list[Component] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        (value,) = (v for n, v in self.properties if n.partition(";")[0] == name)
        return value


def calendar(data: bytes) -> Component:
    """Read a calendar strictly: lines end in CRLF, hold at most 75 octets, and each is UTF-8 by itself."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    unfolded: list[str] = []
    for line in lines:
        text = line.decode()
        if text.startswith((" ", "\t")):
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    top = Component("")
    open_ = [top]
    for line in unfolded:
        at = re.match(r'([A-Z0-9-]+(?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):', line)
        assert at, line
        name, value = at[1], line[at.end() :]
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", value), value
        if name == "BEGIN":
            open_.append(Component(value))
            open_[-2].within.append(open_[-1])
        elif name == "END":
            assert open_.pop().name == value
        else:
            open_[-1].properties.append((name, value))
    assert open_ == [top]
    (whole,) = top.within
    return whole


def plain(value: str) -> str:
    """Return a text without the escapes of RFC 5545, which must be whole."""
    assert not re.search(r"(?<!\\)(?:\\\\)*(?:\\(?![\\;,nN])|[;,])", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_the_calendar_has_a_component_for_each(found, tracked):
    whole, entries = calendar(found["calendar/all.ics"]), agenda(tracked)
    assert [c.name for c in whole.within] == ["VTODO" if e.matter.task else "VEVENT" for e in entries]
    assert [plain(c["UID"]) for c in whole.within] == [f"{e.key}@remit" for e in entries]
    assert len({c["UID"] for c in whole.within}) == len(entries) > 100
    for component, entry in zip(whole.within, entries, strict=True):
        summary = plain(component["SUMMARY"])
        assert one_line(entry.what) in summary or not entry.what
        assert one_line(entry.about) in summary or not entry.about
        assert {name.partition(";")[0] for name, _ in component.properties} <= {
            "CATEGORIES", "DESCRIPTION", "DTSTAMP", "DTSTART", "DUE", "STATUS", "SUMMARY", "TRANSP",
            "UID", "URL",
        }  # fmt: skip


def test_every_calendar_is_whole(found, tracked):
    names = [name for name in found if name.endswith(".ics")]
    assert len(names) == 1 + len(tracked.ledger.people) + len(tracked.ledger.teams)
    everything = {c["UID"] for c in calendar(found["calendar/all.ics"]).within}
    for name in names:
        assert {c["UID"] for c in calendar(found[name]).within} <= everything


def test_names_last(found, tracked):
    """A day later, and in another language, what is still open is called the same."""
    here = {c["UID"] for c in calendar(found["calendar/all.ics"]).within}
    later = {c["UID"] for c in calendar(files(everything().track("2026-03-17"))["calendar/all.ics"]).within}
    assert len(here & later) > 100
    assert {uid for uid in here - later if ":check-in." not in uid} == set()


# --- the feed ---------------------------------------------------------------------------------------


def entries_of(data: bytes) -> tuple[ET.Element, list[ET.Element]]:
    assert b"<!DOCTYPE" not in data
    feed = ET.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    return feed, feed.findall(f"{ATOM}entry")


def test_the_feed_has_an_entry_for_each(found, tracked):
    feed, entries = entries_of(found["feed.atom"])
    events = {(r.type, r.id) for r in tracked.ledger.records if isinstance(r, Event)}
    assert len(entries) == min(LATEST, len(events)) > 30
    ids = [one(entry, "id") for entry in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    for entry in (feed, *entries):
        assert one(entry, "title").strip()
        moment = dt.datetime.fromisoformat(one(entry, "updated"))
        assert moment.tzinfo is not None
    assert one(feed, "updated") == max(one(entry, "updated") for entry in entries)
    assert {child.tag.removeprefix(ATOM) for entry in entries for child in entry} <= {
        "author", "category", "id", "link", "published", "summary", "title", "updated",
    }  # fmt: skip


def one(entry: ET.Element, name: str) -> str:
    (child,) = entry.findall(ATOM + name)
    return child.text or ""


def test_the_feed_is_inert(found):
    feed, entries = entries_of(found["feed.atom"])
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert len(links) > len(entries)
    assert [href for href in links if not re.fullmatch(r"[\w./~%-]+", href)] == []
    assert {child.get("type") for entry in entries for child in entry.findall(f"{ATOM}summary")} == {"html"}
    said = [summary.text or "" for summary in feed.iter(f"{ATOM}summary")]
    assert len(said) > 20
    for text in said:
        assert list(elements(text)) == []


def elements(html: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    yield from (str(element.tag) for element in tree.iter() if element is not tree)


def test_the_readers_read():
    """The readers above refuse what they are there to refuse."""
    assert rows('a,"b""c, d"\r\n') == [["a", 'b"c, d']]
    for bad in ('a,"b\r\n', 'a"b\r\n', "a\nb\r\n"):
        with pytest.raises(AssertionError):
            rows(bad)
    assert [is_live(cell) for cell in ("=1", " ＝1", "'=1", "a=1", '"=1')] == [True, True, False, False, True]
    for bad in ('{"a": NaN}', '{"a": 1, "a": 2}'):
        with pytest.raises(AssertionError):
            strictly(bad.encode())
    good = "BEGIN:VCALENDAR\r\nX-A;B=c:d\\, e\r\n f\r\nEND:VCALENDAR\r\n"
    assert plain(calendar(good.encode())["X-A"]) == "d, ef"
    for bad in (good.replace("\r\n f", "\n f"), good.replace("d", "d" * 76), good.replace("END:V", "END:X")):
        with pytest.raises(AssertionError):
            calendar(bad.encode())
    for bad in ("a, b", "a\\b", "a;"):
        with pytest.raises(AssertionError):
            plain(bad)
    assert list(elements("a &lt;b&gt;")) == []
    assert list(elements("a <b>c</b>")) == ["b"]
