"""What is not for everybody in the organisation is nowhere in the site that is.

Each such record of the golden organisation holds the words below in its file's name and in every text of
its own. The other net, contents made up by hypothesis, is elsewhere.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import zlib
from urllib.parse import quote

import pytest

TOKENS = ("kestrel", "红隼")
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen"),
)
"""What follows the first word in each text of theirs, so that none is forgotten."""
HIDDEN = {
    "evaluation:launch.2026-03-11-kestrel-self",
    "evaluation:launch.2026-03-12-kestrel",
    "feedback:2026-03-13-up-kestrel",
    "feedback:launch.2026-03-10-kestrel",
    "meeting:launch.2026-03-11-kestrel",
}


def spellings(token: str) -> set[bytes]:
    """Return the ways in which a word could stand in a file."""
    plain = token.encode()
    # Of base64 only the middle is the same wherever the word begins.
    coded = {base64.b64encode(b"\0" * n + plain)[4 if n else 0 : -4] for n in range(3)}
    entities = {"".join(f"&#{ord(c)};" for c in token), "".join(f"&#x{ord(c):x};" for c in token)}
    return {
        plain,
        quote(token).lower().encode(),
        json.dumps(token)[1:-1].lower().encode(),
        *(e.encode() for e in entities),
        *(c.lower() for c in coded if len(c) > 3),
    }


def leaks(files: dict[str, bytes]) -> list[str]:
    """Return the files that hold a hidden word, in their names or inside."""
    found = []
    for path, data in files.items():
        inside = [data]
        if data[:2] == b"\x1f\x8b":
            inside.append(gzip.decompress(data))
        text = html.unescape(data.decode("utf-8", "replace")).lower()
        for token in TOKENS:
            ways = spellings(token)
            if token in path or token in text or any(w in part.lower() for part in inside for w in ways):
                found.append(path)
                break
    return found


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize("audience", ["org", "public", "team:shops"])
def test_hidden_records_leave_no_trace(golden, audience: str, locale: str) -> None:
    built = golden.build(audience, locale)
    assert leaks(built.files) == []
    assert not any(t in str(d) for d in built.diagnostics for t in TOKENS)


def test_the_words_are_there_for_maintainers(golden) -> None:
    """The words do stand in each of those records, so that the test above can fail."""
    files = golden.build("full").files
    rows = json.loads(files["data/records.json"])["records"]
    pages = {f"{row['type']}:{row['id']}": row["url"] for row in rows if "kestrel" in row["id"]}
    assert pages.keys() == HIDDEN
    assert set(leaks(files)) >= {*pages.values(), "data/records.json", "people/lin.html"}
    whole = b"".join(files[url] for url in pages.values()).lower()
    missing = [n for n in NUMBERS if f"kestrel-{n}".encode() not in whole]
    assert missing == []


def test_a_person_sees_what_is_for_the_two_of_them(golden) -> None:
    """Lin reads the talk and the feedback, and not what Ada keeps between her and others."""
    rows = json.loads(golden.build("person:ben").files["data/records.json"])["records"]
    assert [row["id"] for row in rows if "kestrel" in row["id"]] == []
    rows = json.loads(golden.build("person:lin").files["data/records.json"])["records"]
    assert {f"{r['type']}:{r['id']}" for r in rows if "kestrel" in r["id"]} == HIDDEN
    rows = json.loads(golden.build("person:ada").files["data/records.json"])["records"]
    seen = {f"{r['type']}:{r['id']}" for r in rows if "kestrel" in r["id"]}
    assert HIDDEN - seen == {"evaluation:launch.2026-03-11-kestrel-self"}


@pytest.mark.parametrize(
    "data",
    [
        b"<p>Kestrel</p>",
        b"&#107;estrel",
        quote("红隼").encode(),
        json.dumps({"a": "红隼"}).encode(),
        base64.b64encode("the 红隼 flies".encode()),
        base64.b64encode(b"a kestrel flies"),
        gzip.compress("红隼".encode()),
    ],
)
def test_the_net_has_no_holes(data: bytes) -> None:
    assert leaks({"a": data}) == ["a"]
    assert leaks({"kestrel.html": b""}) == ["kestrel.html"]
    assert leaks({"a": zlib.compress(b"swallow"), "b": b"swallow"}) == []
