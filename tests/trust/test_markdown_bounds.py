"""Bodies that are hard to read: past a bound they are refused at a line, below it they are read in time.

How long they take is measured by `make bench`; here stands what does not depend on the machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from case import Case
from pathological import ALL, REFERENCE

from generator import bounds
from generator.body import EMPTY
from generator.markdown import FAULTS, Markdown
from generator.text import Source

MARKDOWN = Markdown()
KIB = 1 << 10

REFUSED = {
    "nested strong emphasis": "body-too-deep",
    "nested block quotes": "body-too-deep",
    "nested lists": "body-too-deep",
    "empty lines in nested lists": "body-too-deep",
    "empty lines in lists in quotes": "body-too-deep",
    "emphasis in a deep quotation": "body-too-deep",
    "stars about stars": "body-too-deep",
    "footnotes within footnotes": "body-too-deep",
    "tasks nested": "body-too-deep",
    "numbered lists nested": "body-too-deep",
    "lists in one line": "body-too-deep",
    "lists in quotes in lists": "body-too-deep",
    "quotes, line by line deeper": "body-too-deep",
    "quotes, continued without marks": "body-too-deep",
    "a table of one column": "table-too-large",
    "a wide table of short rows": "table-too-large",
    "many wide tables of short rows": "table-too-large",
    "a table's head alone": "table-too-large",
    "one long address, used often": "links-too-long",
}
"""What is refused at 64 KiB, and by which rule; the rest is read."""
NOTHING = {"definitions of one name", "footnotes unused"}
"""What is read and leaves nothing to show."""


def read(name: str, size: int):
    return MARKDOWN.render(ALL[name](size), Source(0, "delegations/api.md", b""), 5)


def codes(name: str, size: int) -> list[str]:
    return list(dict.fromkeys(d.code for d in read(name, size)[1]))


def test_there_are_the_shapes_of_the_reference():
    assert len(REFERENCE) >= 25
    assert set(REFUSED) <= set(ALL)
    assert all(len(shape(64 * KIB)) >= 48 * KIB for shape in ALL.values())


@pytest.mark.parametrize("name", REFUSED)
def test_past_a_bound_a_body_is_refused(name):
    body, faults = read(name, 64 * KIB)
    assert body == EMPTY
    assert [d.code for d in faults if d.severity.value == "error"] == [REFUSED[name]]
    assert faults[-1].place.line >= 5


@pytest.mark.parametrize("name", [name for name in ALL if name not in REFUSED])
def test_what_is_not_refused_is_read(name):
    body, faults = read(name, 2 * KIB)
    assert bool(body) is (name not in NOTHING)
    assert all(d.severity.value == "warning" for d in faults)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in ALL if name not in REFUSED])
def test_what_is_not_refused_is_read_at_full_size(name):
    body, faults = read(name, 64 * KIB)
    assert bool(body) is (name not in NOTHING)
    assert len(faults) <= FAULTS
    assert all(d.severity.value == "warning" for d in faults)


# --- the work grows as the text does -----------------------------------------------------------------

MENDED = ("tasks", "comments unclosed, a line each", "comments unclosed, a paragraph each")
ONCE_QUADRATIC = (
    *MENDED,
    "comments unclosed, in lists",
    "comments that end too late",
    "tags, each another",
    "links, each another, lines of a paragraph",
    "addresses without end",
    "addresses of nothing",
    "many link definitions",
    "definitions of one name",
)


def steps(act: Callable[[], object]) -> int:
    """Return how many lines of Python an act takes: the same on every machine."""
    count = 0

    def step(_frame, event, _arg):
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def growth(name: str, size: int) -> float:
    return steps(lambda: read(name, 2 * size)) / steps(lambda: read(name, size))


@pytest.mark.parametrize("name", ONCE_QUADRATIC)
def test_twice_the_text_is_twice_the_work(name):
    read(name, KIB)
    assert growth(name, 2 * KIB) < 2.4


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in ALL if name not in REFUSED])
def test_twice_the_text_is_twice_the_work_whatever_it_is(name):
    read(name, KIB)
    assert growth(name, 8 * KIB) < 2.6


# --- each bound, met and passed by one -----------------------------------------------------------------


def told(text: str) -> list[str]:
    body, faults = MARKDOWN.render(text, Source(0, "a.md", b""), 5)
    assert bool(body) is not any(d.severity.value == "error" for d in faults)
    return [f"{d.place.line} {d.code} {' '.join(v for _, v in d.args if v != '0')}" for d in faults]


def table(rows: int, columns: int) -> str:
    return "a\n\n" + "|a" * columns + "|\n" + "|-" * columns + "|\n" + ("|b" * columns + "|\n") * (rows - 1)


EDGES = [
    ("a" * bounds.CHARACTERS, "a", "5 body-too-large 131072 131073"),
    ("a\n\n" + "> " * 10, "> a", "7 body-too-deep 10"),
    ("".join("  " * n + "- a\n" for n in range(10)), " " * 20 + "- a", "15 body-too-deep 10"),
    ("[^a]\n\n[^a]: " + "> " * 9, "> a", "7 body-too-deep 10"),
    ("> a\n" + "*" * 100 + "a" + "*" * 100, "", None),
    ("> a\n> " + "*" * 102 + "a" + "*" * 102, None, "5 body-too-deep 50"),
    (table(100, 100), "", None),
    (table(100, 100) + "\n|a|\n|", "-|", "109 table-too-large 10000"),
    (f"[a]: http://b/{'c' * (bounds.ADDRESSES // 8 - 9)}\n\n" + "[a] " * 8, "", None),
    (f"[a]: http://b/{'c' * (bounds.ADDRESSES // 8 - 8)}\n\n" + "[a] " * 8, None, "7 links-too-long 524288"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "more", "fault"), EDGES, ids=range(len(EDGES)))
def test_each_bound_at_its_edge(text, more, fault):
    assert told(text) == ([fault] if more is None else [])
    if more:
        assert told(text + more) == [fault]


def test_nothing_within_the_bounds_is_lost():
    """markdown-it drops what lies too deep; the bound comes before it does."""
    for depth in range(1, bounds.CONTAINERS + 1):
        for mark in ("> ", "- ", "1. ", "- > "):
            text = mark * (depth // (len(mark) // 2) if mark == "- > " else depth) + "deep"
            body, faults = MARKDOWN.render(text, Source(0, "a.md", b""))
            assert (body.excerpt, faults) == ("deep", ())


def test_what_is_told_of_one_body_has_an_end():
    faults = MARKDOWN.render("<b>\n" * 3000, Source(0, "a.md", b""))[1]
    assert len(faults) == FAULTS
    assert [d.place.line for d in faults[:3]] == [1, 2, 3]


def test_the_rest_of_the_record_stays(case: Case):
    case.people().write(
        "delegations/api.md", "---\ntitle: API\nowner: ada\ndelegator: ben\n---\n" + "> " * 11 + "a\n"
    )
    assert case.check() == (
        "delegations/api.md:6:1: error[body-too-deep] nested deeper than 10 levels: the body is left out\n"
        "  |\n"
        "6 | > > > > > > > > > > > a\n"
        "  | ^\n"
        "  = help: use fewer levels of lists, quotations or emphasis"
    )
    record = case.ledger().delegations["api"]
    assert (record.title, record.body) == ("API", EMPTY)


def test_no_body_of_the_sample_comes_near():
    texts = [p.read_text(encoding="utf-8") for p in (Path(__file__).parents[2] / "content").rglob("*.md")]
    assert len(texts) > 50
    assert max(map(len, texts)) < bounds.CHARACTERS / 4
    told = [MARKDOWN.render(text, Source(0, "a.md", b""))[1] for text in texts]
    assert {d.code for faults in told for d in faults}.isdisjoint(REFUSED.values())
