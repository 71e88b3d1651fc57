"""The golden organisation, as page values and as HTML, apart: a failure says which half broke.

``pytest --bless tests/site/test_goldens.py`` writes both anew. Look at the difference before it is committed.
"""

from __future__ import annotations

import re

import goldens
import pytest
from goldens import FOLDER, bless, difference, held, told

from generator.pages.values import Link, Prose
from generator.record import TYPES, Delegation
from generator.schema import keys_of

AUDIENCES = ("full", "org")

REMEDY = "\nIf this is meant: pytest --bless tests/site/test_goldens.py"


@pytest.fixture
def blessing(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


def values(golden, audience: str) -> dict[str, str]:
    return {f"{page.path.removesuffix('.html')}.txt": told(page) for page in golden.pages(audience)}


def html(golden, audience: str) -> dict[str, str]:
    """Return the pages without the marks of the style sheet's version: a colour is no news to a page."""
    pages = golden.build(audience).html()
    return {path: re.sub(r"\?v=[0-9a-f]{8}", "?v=VERSION", text) for path, text in pages.items()}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_page_values(golden, audience: str, blessing: bool) -> None:
    found = values(golden, audience)
    if blessing:
        bless(FOLDER / "values" / audience, found)
    differs = difference(held(FOLDER / "values" / audience), found)
    if differs:
        pytest.fail(f"the page values changed (generator/pages, or what is before it):\n{differs}{REMEDY}")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_html(golden, audience: str, blessing: bool) -> None:
    found = html(golden, audience)
    if blessing:
        bless(FOLDER / "html" / audience, found)
    expected = held(FOLDER / "html" / audience)
    differs = difference(expected, found)
    if differs:
        same = held(FOLDER / "values" / audience) == values(golden, audience)
        half = (
            "the page values are as they were: it is the templates, or generator/render"
            if same
            else "the page values changed too: look at test_page_values first"
        )
        pytest.fail(f"the HTML changed; {half}:\n{differs}{REMEDY}")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_values_and_html_are_of_the_same_pages(golden, audience: str) -> None:
    of_values = {path.removesuffix(".txt") for path in held(FOLDER / "values" / audience)}
    of_html = {path.removesuffix(".html") for path in held(FOLDER / "html" / audience)}
    assert of_values == of_html
    assert len(of_html) > 40


def test_the_golden_records_cover_every_type_and_every_key_of_a_delegation(golden) -> None:
    records = golden.read().ledger.records
    assert {type(r) for r in records} == set(TYPES)
    # Of these a delegation has the one or the other, and it says nothing wider than its type's default.
    never_together = {"team", "completed", "ended", "visibility"}
    everything = next(r for r in records if isinstance(r, Delegation) and r.id == "launch")
    empty = {word for word, (field, _) in keys_of(Delegation).items() if not getattr(everything, field)}
    assert empty == never_together


class TestTheGoldensThemselves:
    """What compares must see each kind of difference."""

    def test_equal_trees(self) -> None:
        assert difference({"a": "x\n"}, {"a": "x\n"}) == ""

    def test_files_that_came_and_went(self) -> None:
        assert difference({"a": "x\n", "b": ""}, {"b": "", "c": ""}) == "missing: a\nnew: c"

    def test_a_line_that_changed(self) -> None:
        assert difference({"a": "x\ny\n"}, {"a": "x\nz\n"}).split("\n") == [
            "--- golden a",
            "+++ built a",
            "@@ -1,2 +1,2 @@",
            " x",
            "-y",
            "+z",
        ]

    def test_an_end_of_line_that_changed(self) -> None:
        assert "ends of lines" in difference({"a": "x\r\n"}, {"a": "x\n"})

    def test_blessing_writes_and_removes(self, tmp_path) -> None:
        (tmp_path / "old").mkdir()
        (tmp_path / "old" / "gone.txt").write_text("x")
        bless(tmp_path, {"new/a.txt": "a\n", "b.txt": "b\n"})
        assert held(tmp_path) == {"b.txt": "b\n", "new/a.txt": "a\n"}
        assert not (tmp_path / "old").exists()

    def test_a_value_that_is_no_page_value_is_refused(self) -> None:
        with pytest.raises(TypeError, match="no page value"):
            goldens.told(object())

    def test_text(self) -> None:
        value = (Link("Lin", "people/lin.html"), Prose(("<p>" + "x" * 100 + "</p>\n", "<p>y</p>"), "en"))
        assert told(value).split("\n") == [
            "a list of 2",
            '  - Link(text="Lin", href="people/lin.html")',
            "  - Prose",
            "      parts: a list of 2",
            "        - |",
            f"            <p>{'x' * 100}</p>",
            "",
            '        - "<p>y</p>"',
            '      lang: "en"',
            "",
        ]
