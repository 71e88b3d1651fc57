"""A header that is no YAML: everything else that is wrong with it is told too, and nothing of it is shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.decode import decode
from generator.frontmatter import parse
from generator.markdown import Markdown
from generator.salvage import LIMIT
from generator.text import Source

MARKDOWN = Markdown()


def told(header: str, body: str = "", path: str = "delegations/api.md") -> str:
    record, faults = decode(Source(0, path, f"---\n{header}\n---\n{body}".encode()), MARKDOWN)
    assert record is None
    return ", ".join(f"{d.place.line}:{d.place.column} {d.code}" for d in faults)


# Header, then each fault as `line:column code`: the one that stops YAML first.
BROKEN = {
    "full-width colons throughout": (
        "标题：A\nowner：ada\ndelegator：ben\nstatus：gone\nplan：\n  cadence：now\n  grace: x",
        ("7:10 full-width, 2:3 full-width, 3:6 full-width, 4:10 full-width, 5:7 full-width, 6:5 full-width,"
        " 2:1 unknown-key, 5:8 bad-choice, 7:11 bad-cadence, 8:10 bad-number"),
    ),
    "one full-width colon": (
        "title: A\nowner: ada\ndelegator: ben\ndue：2026-2-3\nstart: x",
        "5:4 full-width, 5:5 bad-date, 6:8 bad-date",
    ),
    "two full-width colons in a line": (
        "title: A\nowner: ada\ndelegator: ben\ndue：x：y",
        "5:4 full-width, 5:5 bad-date",
    ),
    "full-width braces": (
        "title: A\nowner: ada\ndelegator: ben\nplan: ｛grace: 3｝\ndue: x",
        "5:7 full-width, 6:6 bad-date",
    ),
    "a brace left open at the end": (
        "title: A\nowner: ada\ndelegator: ben\ndue: x\nplan: {",
        "7:1 header-syntax, 5:6 bad-date",
    ),
    "names that begin with a great letter": (
        "Xa: 1\ntitle: @A\nXb: 2\nowner: ada\ndelegator: ben",
        "3:8 header-syntax, 2:1 unknown-key, 4:1 unknown-key",
    ),
    "blank lines and comments first": (
        "\n  \n# why\n  # so\ntitle: @A\nowner: ada\ndelegator: ben\ndue: x",
        "6:8 header-syntax, 9:6 bad-date",
    ),
    "a word within what could not be read is no key": (
        "tags: [a\n  & title\nowner: ada\ndelegator: ben",
        "2:7 header-syntax, 6:1 missing-key",
    ),
    "a brace left open with nothing in it": (
        "title: A\nplan: {\nowner: ada\ndelegator: ben\ndue: x",
        "3:7 header-syntax, 6:6 bad-date",
    ),
    "a bracket left open": (
        "title: A\nowner: ada\ntags: [a, b\ndelegator: ben\ndue: x",
        "4:7 header-syntax, 6:6 bad-date",
    ),
    "a brace left open within a block": (
        "title: A\nowner: ada\ndelegator: ben\nmilestones:\n  - {id: a\n  - {id: b}\ndue: x",
        "6:5 header-syntax, 8:6 bad-date",
    ),
    "a quote left open": (
        'title: "A\nowner: ada\ndelegator: ben\ndue: x',
        "2:8 header-syntax, 5:6 bad-date",
    ),
    "two texts with colons": (
        "title: A: B\nowner: ada\ndelegator: ben\ndue: x\ngoal: c: d",
        "2:9 header-syntax, 6:8 header-syntax, 5:6 bad-date",
    ),
    "lines without a colon": (
        "title A\nowner ada\ndelegator: ben\ndue: x",
        "3:1 header-syntax, 2:1 not-a-mapping, 5:6 bad-date",
    ),
    "indented for no reason": (
        "title: A\n  owner: ada\ndelegator: ben\ndue: x",
        "3:3 header-syntax, 5:6 bad-date",
    ),
    "anchor and alias": (
        "title: &a A\nowner: *a\ndelegator: ben\ndue: x",
        "2:8 yaml-feature, 3:8 yaml-feature, 5:6 bad-date",
    ),
    "characters that hide": (
        "title: A\u200b\nowner: ada\ndelegator: ben\ntags: [\u2028]\ndue: x",
        "2:9 control-character, 5:8 control-character, 6:6 bad-date",
    ),
    "nested too deep": (
        f"title: A\nowner: ada\ndelegator: ben\nx-a: {'[' * 30}{']' * 30}\ndue: x",
        "5:25 too-deep, 6:6 bad-date",
    ),
    "a list at the margin": (
        "title: A\nowner: ada\ndelegator: ben\ntags:\n- a: b: c\n- d\n# why\ndue: x",
        "6:7 header-syntax, 9:6 bad-date",
    ),
    "a key twice, before and after": (
        "owner: ada\nowner: ada\ntitle: @A\ndelegator: ben\ndelegator: cai\nplan: {grace: 1, grace: 2}",
        "3:1 duplicate-key, 4:8 header-syntax, 6:1 duplicate-key, 7:18 duplicate-key",
    ),
    "no key is missing that could not be read": (
        "titel: @A\nowner: ada",
        "2:8 header-syntax, 4:1 missing-key",
    ),
    "the type could not be read": ("type: @person\ndue: x", "2:7 header-syntax"),
    "the type is none": ("type: persn\ntitle: @A", "3:8 header-syntax, 2:7 unknown-type"),
    "the id is none": ("id: a/b\ntitle: @A\nowner: ada\ndelegator: ben", "3:8 header-syntax, 2:5 bad-id"),
    "the id could not be read": ("id: @b\ntitle: A\nowner: ada\ndelegator: ben", "2:5 header-syntax"),
    # Where entries cannot be told apart, the first fault is told alone.
    "one flow mapping": ("{title: A,\nowner: ada\ndue: x}", "2:1 header-syntax"),
    "only a comment": ("# why\u200b", "2:6 control-character"),
    "all indented": ("  title: @A\n  due: x", "2:10 header-syntax"),
    "indented by tabs": ("\ttitle: @A\n\tdue: x", "2:1 header-syntax"),
    "a comment, then a list of entries": ("# why\n- title: @A\ndue: x", "3:10 header-syntax"),
    "a list of entries": ("- title: @A\ndue: x", "2:10 header-syntax"),
    "a quote over lines at the margin": (
        'title: "A\nB"\nowner: @ada\ndue: x',
        "4:8 header-syntax",
    ),
    "more than is looked at": (f"title: @A\ndue: x\nx-a: {'a' * LIMIT}", "2:8 header-syntax"),
    "more entries than are looked at": ("title: @A\n" + "due: x\n" * 600, "2:8 header-syntax"),
    "not a mapping at all": ("- a\n- b", "2:1 not-a-mapping"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_all_faults_of_a_broken_header_are_told_at_once(name):
    header, faults = BROKEN[name]
    assert told(header) == faults


def test_as_much_is_looked_at_as_is_said():
    """64 KiB and 500 entries, and not one more."""
    short = "title: @A\ndue: x\nowner: a\ndelegator: b\nx-a: "
    fits = short + "a" * (65_536 - len(short) - 1)
    assert told(fits) == "2:8 header-syntax, 3:6 bad-date"
    assert told(f"{fits}a") == "2:8 header-syntax"
    many = "title: @A\ndue: x\nowner: a\ndelegator: b\n" + "\n".join(f"x-{n}: a" for n in range(496))
    assert told(many) == "2:8 header-syntax, 3:6 bad-date"
    assert told(f"{many}\nx-a: a") == "2:8 header-syntax"


def test_an_entry_is_read_over_and_over_only_so_far():
    """Each full-width colon costs another reading: in a long entry only some are told, and nothing after."""
    lines = "\n".join(f"  a{n}：{'x' * 80}" for n in range(700))
    faults = told(f"title: A\nowner: ada\ndelegator: ben\nplan:\n{lines}\n  grace: 1\ndue: x")
    assert faults == ", ".join(f"{line}:7 full-width" for line in (705, 704, 703, 702, 701))


def test_faults_of_the_body_are_told_as_well():
    assert told("title: @A", "one <b>two\n", "people/ada.md") == "2:8 header-syntax, 4:5 raw-html"


def test_where_the_file_lies_counts_as_for_any_other():
    assert told("title: @A", path="notes/x.md") == "2:8 header-syntax, 1:1 no-type"
    assert told("title: @A", path="people/a b.md") == "2:8 header-syntax, 1:1 bad-id"
    assert told("id: @b\ntitle: A", path="people/a b.md") == "2:5 header-syntax"


def test_a_file_that_cannot_be_read_is_looked_at_no_further():
    assert told("title: A", "\0") == "4:1 not-utf8"


PIECES = st.sampled_from(
    [
        *"：[]{}-|'\"#&*!@%?, \n\t\u200b",
        "\n",
        "\n",
        "title",
        "due",
        ": ",
        ":",
        "x",
        "visibility",
        "private",
        "  ",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@example("a：\n" * 30)
def test_what_cannot_be_read_gives_no_record(header):
    """Whatever is salvaged: faults with places within the file, and never a record."""
    source = Source(
        0, "delegations/api.md", f"---\ntitle: A\nowner: b\ndelegator: c\n{header}\n---\n".encode()
    )
    record, faults = decode(source, MARKDOWN)
    parsed, first = parse(source)
    if parsed is None:
        assert record is None
        assert faults[: len(first)] == first
    assert len(faults) == len(set(faults))
    assert all(1 <= d.place.line <= header.count("\n") + 6 for d in faults)
    assert all(1 <= d.place.column < d.place.end for d in faults)
