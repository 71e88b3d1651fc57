"""Any bytes give a header with places, or a located error; never an exception, never a silent body."""

from __future__ import annotations

from pathlib import PurePosixPath

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.frontmatter import FILE_LIMIT, HEADER_LIMIT, HeaderHandler, parse
from generator.header import DEPTH_LIMIT
from generator.nodes import Mapping, Scalar, Sequence
from generator.text import Source

GOOD = "title: API\nowner: ada\ndelegator: ben\n"


def read(data: str | bytes):
    raw = data if isinstance(data, bytes) else data.encode()
    return parse(Source(0, "delegations/api.md", raw))


# Input, then each fault as `line:column code`.
MALFORMED: dict[str, tuple[str | bytes, str]] = {
    # No header, or one that other programs would take for none.
    "empty file": ("", "1:1 no-header"),
    "only text": ("Just words.\n", "1:1 no-header"),
    "only white space": (" \n\n", "1:1 no-header"),
    "two dashes": ("--\ntitle: A\n--\n", "1:1 no-header"),
    "four dashes": ("----\ntitle: A\n----\n", "1:1 no-header"),
    "dashes and a word": ("--- title: A\nowner: x\n---\n", "1:1 no-header"),
    "a tab first": ("\t---\ntitle: A\n---\n", "1:1 text-before-header"),
    "a long line of text": ("word " * 20 + "\nmore\n", "1:1 no-header"),
    "dashes of another script": ("———\ntitle: A\n———\n", "1:1 no-header"),
    "blank line first": ("\n---\ntitle: A\n---\n", "1:1 text-before-header"),
    "space first": (" ---\ntitle: A\n---\n", "1:1 text-before-header"),
    "no-break space first": ("\u00a0---\ntitle: A\n---\n", "1:1 text-before-header"),
    "zero-width space first": ("\u200b---\ntitle: A\n---\n", "1:1 text-before-header"),
    "word joiner first": ("\u2060---\ntitle: A\n---\n", "1:1 text-before-header"),
    "right-to-left mark first": ("\u200f---\ntitle: A\n---\n", "1:1 text-before-header"),
    "two byte order marks": (b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: A\n---\n", "1:1 text-before-header"),
    "a bell first": ("\x07---\ntitle: A\n---\n", "1:1 text-before-header"),
    "TOML": ("+++\ntitle = 1\n+++\n", "1:1 foreign-header"),
    "TOML after a blank line": ("\n+++\ntitle = 1\n+++\n", "1:1 foreign-header"),
    "JSON": ('{"title": "A"}\n', "1:1 foreign-header"),
    "unclosed": ("---\ntitle: A\nSecret words.\n", "1:1 header-unclosed"),
    "only dashes": ("---", "1:1 header-unclosed"),
    "dashes and a line end": ("---\n", "1:1 header-unclosed"),
    "closed by dashes further in": ("---\ntitle: A\n ---\n", "1:1 header-unclosed"),
    "closed by four dashes": ("---\ntitle: A\n----\n", "1:1 header-unclosed"),
    "closed by dots": ("---\ntitle: A\n...\nSecret\n", "3:1 header-closed-by-dots"),
    "closed by dots and a space": ("---\ntitle: A\n... \n---\n", "3:1 header-closed-by-dots"),
    "closed by dots and dashes": ("---\ntitle: A\n...\n---\n", "3:1 header-closed-by-dots"),
    # Bytes.
    "UTF-16, little end": ("---\ntitle: A\n---\n".encode("utf-16"), "1:1 not-utf8"),
    "UTF-16, big end": (b"\xfe\xff" + "---\n".encode("utf-16-be"), "1:1 not-utf8"),
    "UTF-16 without a mark": ("---\ntitle: A\n---\n".encode("utf-16-le"), "1:2 not-utf8"),
    "GB18030": ("---\ntitle: 产品\n---\n".encode("gb18030"), "2:8 not-utf8"),
    "Latin-1 after two lines": (b"---\r\ntitle: A\r\nowner: ren\xe9\r\n---\r\n", "3:11 not-utf8"),
    "half a character": (b"---\ntitle: \xe4\xba\n---\n", "2:8 not-utf8"),
    "an encoded surrogate": (b"---\ntitle: \xed\xa0\x80\n---\n", "2:8 not-utf8"),
    "an overlong slash": (b"---\ntitle: \xc0\xaf\n---\n", "2:8 not-utf8"),
    "NUL in the header": (b"---\ntitle: A\x00B\n---\n", "2:9 not-utf8"),
    "NUL first": (b"\x00---\ntitle: A\n---\n", "1:1 not-utf8"),
    "NUL after another bad byte": (b"---\ntitle: \xff\x00\n---\n", "2:9 not-utf8"),
    "bad byte after a byte order mark": (b"\xef\xbb\xbf---\ntitle: \xff\n---\n", "2:8 not-utf8"),
    "bad byte after line ends of CR alone": (b"---\rtitle: \xff\r---\r", "2:8 not-utf8"),
    "NUL in the body": (b"---\ntitle: A\n---\nx\n\x00\n", "5:1 not-utf8"),
    "bad byte in the body": ("---\ntitle: A\n---\n中\n".encode() + b"ab\xff\n", "5:3 not-utf8"),
    "a file of a mebibyte and one": (b"---\n" + b"#" * (FILE_LIMIT - 3), "1:1 file-too-large"),
    "a header too large": (
        "---\nx-a: " + "a" * HEADER_LIMIT + "\n---\n",
        "1:1 header-too-large",
    ),
    # Characters that hide what is written.
    "escape": ("---\ntitle: \x1b[31m\n---\n", "2:8 control-character"),
    "delete": ("---\ntitle: A\x7f\n---\n", "2:9 control-character"),
    "C1 control": ("---\ntitle: A\x9b\n---\n", "2:9 control-character"),
    "next line U+0085": ("---\ntitle: A\x85owner: x\n---\n", "2:9 control-character"),
    "line separator": ("---\ntitle: A\u2028visibility: private\n---\n", "2:9 control-character"),
    "paragraph separator": ("---\ntitle: A\u2029\n---\n", "2:9 control-character"),
    "right-to-left override": ("---\na: b\ntitle: \u202eA\n---\n", "3:8 control-character"),
    "isolate further down": ("---\na: b\nb: c\ntitle: \u2066A\n---\n", "4:8 control-character"),
    "isolate after a blank line": ("---\n\ntitle: \u2066A\n---\n", "3:8 control-character"),
    "isolate": ("---\ntitle: \u2066A\n---\n", "2:8 control-character"),
    "zero-width space in a key": ("---\nvisi\u200bbility: line\n---\n", "2:5 control-character"),
    "byte order mark inside": ("---\ntitle: \ufeffA\n---\n", "2:8 control-character"),
    "form feed": ("---\ntitle: A\x0c\n---\n", "2:9 control-character"),
    "tag characters": ("---\ntitle: A\U000e0041\n---\n", "2:9 control-character"),
    "a noncharacter": ("---\ntitle: A\uffff\n---\n", "2:9 control-character"),
    # What YAML has and records do not.
    "anchor": ("---\ntitle: &a A\n---\n", "2:8 yaml-feature"),
    "anchor on a list": ("---\ntags: &t [a]\n---\n", "2:7 yaml-feature"),
    "alias": ("---\ntitle: *a\n---\n", "2:8 yaml-feature"),
    "alias as a key": ("---\n*a : 1\n---\n", "2:1 yaml-feature"),
    "merge key": ("---\n<<: {title: A}\n---\n", "2:1 yaml-feature"),
    "own tag": ("---\ntitle: !secret A\n---\n", "2:8 yaml-feature"),
    "python tag": ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", "2:8 yaml-feature"),
    "standard tag": ("---\ntitle: !!str A\n---\n", "2:8 yaml-feature"),
    "lone exclamation mark": ("---\ntitle: ! A\n---\n", "2:8 yaml-feature"),
    "tag on a mapping": ("---\nplan: !!map {a: b}\n---\n", "2:7 yaml-feature"),
    "YAML directive": ("---\n%YAML 1.1\n--- a\ntitle: A\n---\n", "2:1 yaml-feature"),
    "TAG directive": ("---\n%TAG ! tag:a,2000:\n--- a\n---\n", "2:1 yaml-feature"),
    "a second document": ("---\ntitle: A\n--- b\n---\n", "3:1 yaml-feature"),
    "nested lists": ("---\nx-a: " + "[" * 30 + "]" * 30 + "\n---\n", "2:25 too-deep"),
    "nested without an end": ("---\nx-a: " + "[" * 90000 + "\n---\n", "2:25 too-deep"),
    "nested mappings": (
        "---\n" + "\n".join("  " * n + "a:" for n in range(40)) + "\n---\n",
        "22:41 too-deep",
    ),
    "nested keys": ("---\n" + "? " * 5000 + "\n---\n", "2:41 too-deep"),
    "nested dashes": ("---\n" + "- " * 5000 + "\n---\n", "2:41 too-deep"),
    "more than 20000 values": ("---\nx-a: [" + "a, " * 19998 + "]\n---\n", "2:59998 too-many-values"),
    "a key of 201 characters": (f"---\n{'a' * 201}: b\n---\n", "2:1 header-syntax"),
    "a zero-width space as an escape": ('---\ntitle: "A\\u200b"\n---\n', "2:8 control-character"),
    # Shapes and syntax.
    "nothing": ("---\n---\nBody\n", "2:1 not-a-mapping"),
    "only a comment": ("---\n# title: A\n---\n", "2:1 not-a-mapping"),
    "a list": ("---\n- title\n- owner\n---\n", "2:1 not-a-mapping"),
    "a word": ("---\ntitle\n---\n", "2:1 not-a-mapping"),
    "an empty text": ("---\n''\n---\n", "2:1 not-a-mapping"),
    "an empty list": ("---\n[]\n---\n", "2:1 not-a-mapping"),
    "a tab for indentation": ("---\nplan:\n\tcadence: weekly\n---\n", "3:1 header-syntax"),
    "a bracket left open": ("---\ntags: [a, b\nowner: ada\n---\n", "2:7 header-syntax"),
    "a brace left open": ("---\nplan: {grace: 3\n---\n", "2:7 header-syntax"),
    "a quote left open": ('---\ntitle: "A\nowner: ada\n---\n', "2:8 header-syntax"),
    "an escape that is none": ('---\ntitle: "\\q"\n---\n', "2:9 header-syntax"),
    "a colon in the text": ("---\ntitle: A: B\n---\n", "2:9 header-syntax"),
    "at sign": ("---\ntitle: @A\n---\n", "2:8 header-syntax"),
    "percent sign": ("---\ntitle: %A\n---\n", "2:8 header-syntax"),
    "backtick": ("---\ntitle: `A`\n---\n", "2:8 header-syntax"),
    "a line without a colon": ("---\ntitle: A\nowner\ndelegator: ben\n---\n", "3:1 header-syntax"),
    "indented for no reason": ("---\ntitle: A\n  owner: ada\n---\n", "3:3 header-syntax"),
    "indented less": ("---\nplan:\n    grace: 3\n  cadence: weekly\n---\n", "4:3 header-syntax"),
    "a quoted key over lines": ("---\n'a\n  # b\nc': d\n---\n", "2:1 header-syntax"),
    "dashes before the first key": ("---\n--- title: A\n---\n", "2:1 header-syntax"),
    "a list, then a colon": ("---\n- a\n: b\n---\n", "3:1 header-syntax"),
    "a list as a key": ("---\n? [a]\n: b\n---\n", "2:3 header-syntax"),
    "a mapping as a key": ("---\n{a: b}: c\n---\n", "2:1 header-syntax"),
    "text after a quote": ('---\ntitle: "A" B\n---\n', "2:12 header-syntax"),
    "two dots for a list": ("---\ntags: [a,,b]\n---\n", "2:10 header-syntax"),
    # Full-width typing.
    "full-width colon": ("---\ntitle：A\n---\n", "2:6 full-width"),
    "full-width colon further down": ("---\ntitle: A\nowner：ada\n---\n", "3:6 full-width"),
    "full-width colons alone": ("---\ntitle：A\nowner：ada\n---\n", "2:6 full-width"),
    "full-width colon in the third line": ("---\ntitle\nowner\nreason：A\n---\n", "2:1 not-a-mapping"),
    "full-width colon below a line without one": (
        "---\ntitle: A\nowner\nreason：B\n---\n",
        "4:7 full-width",
    ),
    "full-width braces further in": (
        "---\nplan:\n  thresholds: ｛stale: 3｝\n---\n",
        "3:15 full-width",
    ),
    "full-width braces": ("---\nplan: ｛grace: 3｝\n---\n", "2:7 full-width"),
    "full-width quotes": ("---\ngoal: “a: b”\n---\n", "2:7 full-width"),
    "full-width comma and no colon": ("---\ntitle: A\ntags，a\n---\n", "3:1 header-syntax"),
    "full-width marks in what is wrong besides": ("---\ntitle: “a”: b: c\n---\n", "2:11 header-syntax"),
    "full-width colon, then more": ("---\ntitle：A\nowner: ada\n---\n", "2:6 full-width"),
    # Duplicates.
    "a key twice": ("---\ntitle: A\ntitle: B\n---\n", "3:1 duplicate-key"),
    "a key thrice": ("---\na: 1\na: 2\na: 3\n---\n", "3:1 duplicate-key, 4:1 duplicate-key"),
    "a key twice, quoted": ('---\ntitle: A\n"title": B\n---\n', "3:1 duplicate-key"),
    "a fault after line ends of CRLF": ("---\r\ntitle: A\r\nowner: @a\r\n---\r\n", "3:8 header-syntax"),
    "a key twice in a block": ("---\nplan: {grace: 1, grace: 2}\n---\n", "2:18 duplicate-key"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "faults"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_header_is_a_located_error(data, faults):
    parsed, found = read(data)
    assert ", ".join(f"{d.place.line}:{d.place.column} {d.code}" for d in found) == faults
    # A duplicate leaves the first value; all else leaves nothing.
    assert (parsed is not None) == ("duplicate-key" in faults)
    for diagnostic in found:
        # Every name in the sentence is filled in; braces that are shown are the writer's.
        assert "｛" in str(data) or "{" not in diagnostic.message() + diagnostic.remedy()


WELL_FORMED: dict[str, str | bytes] = {
    "plain": f"---\n{GOOD}---\nBody\n",
    "one byte order mark": b"\xef\xbb\xbf" + f"---\n{GOOD}---\nBody\n".encode(),
    "CRLF": f"---\n{GOOD}---\nBody\n".replace("\n", "\r\n"),
    "CR alone": f"---\n{GOOD}---\nBody\n".replace("\n", "\r"),
    "space after the dashes": f"--- \n{GOOD}---\t\nBody\n",
    "a comment": f"---\n# who\n{GOOD}---\nBody\n",
    "blank lines": f"---\n\n{GOOD}\n---\nBody\n",
    "quoted keys": "---\n'title': API\n\"owner\": ada\ndelegator: ben\n---\nBody\n",
    "one flow mapping": "---\n{title: API, owner: ada, delegator: ben}\n---\nBody\n",
}


@pytest.mark.parametrize("data", WELL_FORMED.values(), ids=WELL_FORMED)
def test_a_header_is_read_in_all_its_spellings(data):
    parsed, faults = read(data)
    assert faults == ()
    values = {name.text: value.text for name, value in parsed.header.entries if isinstance(value, Scalar)}
    assert (values, parsed.body.strip()) == ({"title": "API", "owner": "ada", "delegator": "ben"}, "Body")


@pytest.mark.parametrize(
    "word",
    ["no", "off", "1:30", "0012", "1e3", "~", "null", "2026-02-30", "0x1F", ".inf", "1_000", "=", "3.0"],
)
def test_scalars_are_texts(word):
    parsed, faults = read(f"---\nx: {word}\n---\n")
    ((_, value),) = parsed.header.entries
    assert (faults, value.text, value.quoted) == ((), word, False)


def test_every_value_has_its_place():
    parsed, _ = read("---\ntitle: A  # why\ntags: [中文, b]\nplan:\n  grace: '3'\n---\nBody\n")
    (title, tags, plan) = [value for _, value in parsed.header.entries]
    assert (str(title.place), title.place.end) == ("delegations/api.md:2:8", 9)
    assert isinstance(tags, Sequence)
    assert [(str(i.place), i.place.end) for i in tags.items] == [
        ("delegations/api.md:3:8", 10),
        ("delegations/api.md:3:12", 13),
    ]
    assert isinstance(plan, Mapping)
    ((grace, three),) = plan.entries
    assert (grace.place.line, grace.place.column, three.place.column, three.quoted) == (5, 3, 10, True)
    assert (parsed.closing_line, parsed.body_line) == (6, 7)


def test_a_block_of_text_is_pointed_at_on_its_first_line():
    parsed, _ = read("---\ngoal: |\n  one\n  two\n---\n")
    ((_, goal),) = parsed.header.entries
    assert (goal.text, str(goal.place), goal.place.end) == ("one\ntwo\n", "delegations/api.md:2:7", 8)


def test_dashes_within_a_text_do_not_close():
    parsed, faults = read("---\ngoal: |\n  ---\n  more\n---\nBody\n---\n")
    assert (faults, parsed.body) == ((), "Body\n---\n")


def test_the_deepest_allowed_nesting_is_read():
    deep = "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1)
    assert read(f"---\nx-a: {deep}\n---\n")[1] == ()


def test_aliases_do_not_grow():
    bomb = "".join(f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(9))
    parsed, (fault,) = read(f"---\n{bomb}---\n")
    assert (parsed, fault.code, fault.place.line) == (None, "yaml-feature", 2)


def test_the_duplicate_points_at_both_lines():
    _, (fault,) = read("---\nvisibility: private\ntitle: A\nvisibility: org\n---\n")
    assert (str(fault.place), [str(p) for p in fault.related]) == (
        "delegations/api.md:4:1",
        ["delegations/api.md:2:1"],
    )


def test_the_limits_are_a_mebibyte_and_a_quarter_of_one_and_may_be_used_up():
    assert (FILE_LIMIT, HEADER_LIMIT) == (1_048_576, 262_144)
    start, end = "---\nx-a: ", "\n---\n"
    full = start + "a" * (HEADER_LIMIT - len("x-a: \n")) + end
    assert read(full)[1] == ()
    assert [d.code for d in read(full.replace("x-a", "x-ab"))[1]] == ["header-too-large"]
    whole = full + "b" * (FILE_LIMIT - len(full))
    assert read(whole)[1] == ()
    assert [d.code for d in read(whole + "b")[1]] == ["file-too-large"]


def test_every_character_is_read_or_told():
    """No character comes to YAML that it would refuse itself, in words and at a place of its own."""
    characters = "".join(
        chr(n) for n in range(1, 0x110000) if not 0xD800 <= n < 0xE000 and chr(n) not in '\r\n\\"'
    )
    waiting = [characters[n : n + 20_000] for n in range(0, len(characters), 20_000)]
    told = []
    while waiting:
        text = waiting.pop()
        parsed, faults = read(f'---\nx: "{text}"\n---\n')
        if parsed:
            assert (parsed.header.entries[0][1].text, faults) == (text, ())
            continue
        assert [d.code for d in faults] == ["control-character"]
        if len(text) == 1:
            told.append(text)
            assert dict(faults[0].args) == {"character": f"U+{ord(text):04X}"}
        else:
            waiting += [text[: len(text) // 2], text[len(text) // 2 :]]
    assert {"\x01", "\x1f", "\x7f", "\x85", "\u200b", "\u2028", "\u202e", "\ufeff", "\U000e0041"} <= set(told)
    assert len(told) < 500


def test_a_header_may_have_20000_values_and_keys_of_200_characters():
    key = "x-" + "a" * 198
    parsed, faults = read(f"---\n{key}: [{'a, ' * 19_997}]\n---\n")
    ((name, items),) = parsed.header.entries
    assert (faults, name.text, len(items.items)) == ((), key, 19_997)


def test_an_escape_is_one_in_double_quotes_alone():
    parsed, faults = read("---\na: '\\u200b'\nb: \\u200b\n---\n")
    assert (faults, [value.text for _, value in parsed.header.entries]) == ((), ["\\u200b", "\\u200b"])


def test_a_header_may_end_the_file():
    parsed, faults = read("---\ntitle: A\n---")
    assert (faults, parsed.body, parsed.closing_line, parsed.body_line) == ((), "", 3, 4)


def test_a_quoted_key_of_angles_is_none_that_merges():
    parsed, faults = read('---\n"<<": a\n\'b\': "c"\nd: e\n---\n')
    assert faults == ()
    assert [(k.text, k.quoted, v.text, v.quoted) for k, v in parsed.header.entries] == [
        ("<<", True, "a", False),
        ("b", True, "c", True),
        ("d", False, "e", False),
    ]


def test_a_fault_is_an_error_of_values_that_says_what_is_wrong():
    """As python-frontmatter expects of a handler."""
    with pytest.raises(ValueError, match=r"\Athe front matter is not closed\Z"):
        HeaderHandler(Source(0, "x.md", b"")).split("---\ntitle: A\n")


def test_how_a_record_is_written():
    post = frontmatter.Post("Body", handler=HeaderHandler(), title="A", tags=["b"])
    assert frontmatter.dumps(post) == "---\ntitle: A\ntags:\n- b\n---\n\nBody"


def test_how_a_header_is_written():
    """Keys in their order, lists over lines, long texts broken at a hundred columns."""
    written = HeaderHandler().export({"title": "产品", "tags": ["a", "b"], "goal": "word " * 30})
    first, second = " ".join(["word"] * 19), " ".join(["word"] * 11)
    assert written == f"title: 产品\ntags:\n- a\n- b\ngoal: '{first}\n  {second} '"
    long = "a" * 94
    assert HeaderHandler().export({"goal": f"{long} b c"}) == f"goal: {long} b\n  c"
    assert HeaderHandler().export({"goal": f"{long}a b c"}) == f"goal: {long}a\n  b c"


def test_the_handler_writes_what_it_reads():
    handler = HeaderHandler()
    text = handler.export({"title": "产品: A", "tags": ["no", "1:30"], "due": "2026-02-01"})
    parsed, faults = read(f"---\n{text}\n---\n")
    assert faults == ()
    assert [name.text for name, _ in parsed.header.entries] == ["title", "tags", "due"]
    assert parsed.header.entries[0][1].text == "产品: A"


MARKS = list("：[]{}-|'\"#中\u2028\ufeff")
WORDS = ["---\n", "...\n", "title:", "A\n", "&a ", "*a", "!t ", "<<", *MARKS]
BLANKS = ["\n", "\r\n", "  ", "\t", "\u00a0", "%YAML 1.1\n", "? ", ": ", "- ", "\\x", ">-\n"]
PIECES = st.sampled_from([*WORDS, *BLANKS])
HEADERS = st.lists(PIECES, max_size=40).map(lambda pieces: ("---\n" + "".join(pieces)).encode())


@given(st.one_of(st.binary(max_size=300), HEADERS))
@example(b"---\n\xc2\x85\n---\n")
def test_any_bytes_give_a_header_or_a_located_error(data):
    parsed, faults = parse(Source(0, "checkins/x.md", data))
    assert (parsed is not None) or faults
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for fault in faults:
        assert 1 <= fault.place.line <= lines
        assert 1 <= fault.place.column < fault.place.end
        assert fault.message()
        assert PurePosixPath(fault.place.path).name == "x.md"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            'title: "x\nowner: a',
            "2:8 not YAML: a quote that is not closed | close the quote on the same line",
        ),
        ("authority:\n\tlevel: 5", "3:1 not YAML: a tab where YAML wants spaces | indent with spaces"),
        ("title:API\nowner: a", "2:1 not YAML: no space after the colon | write `title: API`"),
        ("title API\n\nowner: a", "2:1 not YAML: a line without a colon | write `title: API`"),
        ("title: A\nowner\n\ndue: x", "3:1 not YAML: a line without a colon | write `owner: …`"),
        (
            "title: A\n  owner: a",
            (
                "3:3 not YAML: indented below a key that has its value already"
                " | begin it below the first letter of the line above"
            ),
        ),
        (
            "title: @a",
            "2:8 not YAML: a text cannot begin with “@” | put the text into quotes: `title: '@a'`",
        ),
        (
            "title: A: B \n",
            '2:9 not YAML: a colon in a text without quotes | put the text into quotes: `title: "A: B"`',
        ),
        (
            "title: A\n  \n  X-owner: a",
            (
                "4:3 not YAML: indented below a key that has its value already"
                " | begin it below the first letter of the line above"
            ),
        ),
        ("A\nowner: a", "2:1 not YAML: a line without a colon | write `A: …`"),
        (
            "plan:\n  cadence  weekly\n  grace: 3",
            "3:3 not YAML: a line without a colon | write `cadence: weekly`",
        ),
        (
            "plan:\n  cadence:weekly\n  grace: 3",
            "3:3 not YAML: no space after the colon | write `cadence: weekly`",
        ),
        ("title:a:b\nowner: a", "2:1 not YAML: no space after the colon | write `title: a:b`"),
        (
            "title: @X  \n",
            "2:8 not YAML: a text cannot begin with “@” | put the text into quotes: `title: '@X'`",
        ),
        ("title: @a's", "2:8 not YAML: a text cannot begin with “@” | put the text into quotes"),
        (
            "tags: [a, b\nowner: a",
            "2:7 not YAML: a bracket that is not closed, or a comma that is missing | add `]` where it ends",
        ),
    ],
)
def test_common_slips_have_a_remedy_of_their_own(header, told):
    _, faults = parse(Source(0, "x.md", f"---\n{header}\n---\n".encode()))
    assert [f"{d.place.line}:{d.place.column} {d.message()} | {d.remedy()}" for d in faults] == [told]
