"""What is not for everybody in the organisation is nowhere in the site that is.

Each such record of the golden organisation holds the words below in its file's name and in every text of
its own. The same net is put out over the sample, and made-up contents are compared, in ``tests/trust``.
"""

from __future__ import annotations

import json

import pytest
from net import STEMS, hits

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


def leaks(files: dict[str, bytes]) -> set[str]:
    """Return the files that hold a hidden word, in their names or inside."""
    return set().union(*hits(files).values())


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize("audience", ["org", "public", "team:shops"])
def test_hidden_records_leave_no_trace(golden, audience: str, locale: str) -> None:
    built = golden.build(audience, locale)
    assert leaks(built.files) == set()
    assert not any(t in str(d) for d in built.diagnostics for t in STEMS)


def test_the_words_are_there_for_maintainers(golden) -> None:
    """The words do stand in each of those records, so that the test above can fail."""
    files = golden.build("full").files
    rows = json.loads(files["data/records.json"])["records"]
    pages = {f"{row['type']}:{row['id']}": row["url"] for row in rows if "kestrel" in row["id"]}
    assert pages.keys() == HIDDEN
    assert leaks(files) >= {*pages.values(), "data/records.json", "people/lin.html"}
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
