"""Whatever is written, and wherever: the pages of the whole site hold what their templates hold, and no more."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt
import posixpath
import re
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from case import Case
from evasions import EVASIONS, FEWER, MARKDOWN_IT, organisation
from hypothesis import given
from hypothesis import strategies as st

from generator.audience import FULL
from generator.building import read_content, site_files
from generator.markdown import Markdown
from generator.record import TYPES
from generator.schema import Block, Many, Raw, Table, Text, keys_of
from generator.text import Source

MARKDOWN = Markdown()
DAY = dt.date(2026, 3, 16)
ELEMENTS = {
    "a", "abbr", "article", "aside", "blockquote", "body", "br", "caption", "circle", "clipPath",
    "clippath", "code", "col", "colgroup", "dd", "defs", "desc", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "footer", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "img", "li", "line", "link", "main", "mark", "meta", "nav", "ol", "p", "path", "polygon",
    "polyline", "pre", "rect", "s", "script", "section", "span", "strong", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "text", "tfoot", "th", "thead", "time", "title", "tr", "tspan", "ul", "use",
}  # fmt: skip
"""The elements of the templates, the charts and of Markdown."""
ADDRESSED = {
    "action", "archive", "background", "cite", "classid", "codebase", "data", "dynsrc", "formaction", "href", "icon",
    "longdesc", "lowsrc", "manifest", "ping", "poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href",
}  # fmt: skip
"""Attributes that a browser follows."""
LEADS = {("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")}
"""Those that the pages have."""
META = {"charset", "viewport", "referrer", "color-scheme", "Content-Security-Policy"}
SCRIPTS = ["assets/theme.js", "assets/remit.js"]


def build(case: Case, folder: Path) -> dict[str, bytes]:
    for (_, path), data in case.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return site_files(read_content([folder]), FULL, DAY)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(organisation(FEWER)[0], tmp_path_factory.mktemp("content"))


def faults(path: str, data: bytes, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what a page holds that no page should, as a browser reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(data.decode())
    yield from (f"{at}: {code}" for at, code, _ in parser.errors)
    scripts, metas = [], []
    for element, prose in walk(tree):
        tag = element.tag
        if not isinstance(tag, str):
            yield f"a comment: {element.text!r}"
            continue
        tag = tag.rpartition("}")[2]
        if tag not in ELEMENTS:
            yield f"<{tag}>"
        if tag == "script":
            scripts.append(unquote(urlsplit(element.get("src", "")).path))
            if element.text:
                yield "a script in the page"
        if tag == "meta":
            metas.append(element.get("name") or element.get("http-equiv") or next(iter(element.attrib)))
        for name, value in element.attrib.items():
            yield from attribute(path, tag, name.rpartition("}")[2], value, prose, files)
    up = "../" * path.count("/")
    if scripts != [up + script for script in SCRIPTS]:
        yield f"scripts {scripts}"
    if sorted(metas) != sorted(META):
        yield f"metas {metas}"


def walk(tree: Any) -> Iterator[tuple[Any, bool]]:
    """Yield the elements of a tree, and whether each is within a body."""
    left = [(tree, False)]
    while left:
        element, prose = left.pop()
        yield element, prose
        prose = prose or "prose" in element.get("class", "").split()
        left += [(child, prose) for child in reversed(element)]


def attribute(
    path: str, tag: str, name: str, value: str, prose: bool, files: Mapping[str, bytes]
) -> Iterator[str]:
    if name.startswith("on") or name == "style" or not re.fullmatch("[a-zA-Z-]+", name):
        yield f"<{tag} {name}={value!r}>"
    if name not in ADDRESSED and not (tag == "use" and name == "href"):
        return
    if (tag, name) not in LEADS:
        yield f"<{tag} {name}={value!r}>"
        return
    folded = re.sub(r"[\x00-\x20]", "", value).replace("\\", "/")
    parts = urlsplit(folded)
    if parts.scheme or folded.startswith("/"):
        if not (tag == "a" and prose and re.match("(?i)https?://[^/]|mailto:", folded)):
            yield f"<{tag} {name}={value!r}> leads away"
        return
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if parts.path
        else path
    )
    if target not in files:
        yield f"<{tag} {name}={value!r}> leads to no file"


def all_faults(files: Mapping[str, bytes]) -> list[str]:
    pages = {path: data for path, data in files.items() if path.endswith(".html")}
    assert len(pages) > 40
    return [f"{path}: {fault}" for path, data in pages.items() for fault in faults(path, data, files)]


def test_there_are_texts_enough():
    assert len(set(EVASIONS) - set(MARKDOWN_IT)) > 200
    assert len(set(FEWER) - set(MARKDOWN_IT)) >= 100
    assert set(MARKDOWN_IT) < set(FEWER)


def texts_of(of: type[Any], name: str) -> Iterator[str]:
    """Yield the keys of a type, and of the blocks within it, that take a text."""
    for word, (_, key) in keys_of(of).items():
        kind = key.kind
        while isinstance(kind, Many | Table):
            name_, kind = f"{name}.{word}", kind.item
        name_ = f"{name}.{word}" + (".*" if isinstance(key.kind, Table) else "")
        if isinstance(kind, Block):
            yield from texts_of(kind.of, name_)
        elif isinstance(kind, Text | Raw) and not name_.endswith("changes.field"):
            yield name_


def test_every_field_holds_every_text():
    case, writer = organisation(FEWER)
    wanted = {name for of in TYPES for name in texts_of(of, of.type.value)}
    assert len(wanted) > 60
    assert {name for name in wanted if writer.used[name] < 4} == set()
    kinds = Counter(type(record) for record in case.ledger().records)
    assert {of.type.value: kinds[of] for of in TYPES if kinds[of] < 4} == {}


def test_the_whole_site_is_inert(site):
    assert all_faults(site) == []


def test_what_was_written_is_shown(site):
    """Nothing is inert by being lost: the words stand on the pages, and in the data."""
    page = site["delegations/base.html"].decode()
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 50
    assert page.count("javascript:alert(1)") > 50
    assert "<svg" in page
    assert b"<script>alert(1)</script>" in site["data/delegations.json"]


def test_the_files_are_those_of_the_pages(site):
    """Scripts and styles are the site's own, and of the files beside records those that may be published."""
    assets = {"assets/" + p.name for p in (Path(__file__).parents[2] / "templates" / "assets").iterdir()}
    assert {path for path in site if path.endswith((".js", ".css", ".svg"))} == {
        path for path in assets if path.endswith((".js", ".css", ".svg"))
    }
    assert {path for path in site if path.startswith("files/")} == {
        "files/delegations/room.png",
        'files/delegations/a" onerror="alert(1).png',
    }


def test_no_template_translates_what_is_not_its_own():
    """`_(…)` gives what may stand in HTML as it is; a text that comes from elsewhere goes through `label`."""
    templates = Path(__file__).parents[2] / "templates"
    texts = {p.name: p.read_text(encoding="utf-8") for p in templates.rglob("*.html")}
    assert sum(len(re.findall(r"\b_\(", text)) for text in texts.values()) > 50
    found = [(name, call) for name, text in texts.items() for call in re.findall(r"\b_\([^'\"].*?\)", text)]
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("turn", range(3))
def test_the_whole_site_is_inert_with_all_of_them(turn, tmp_path):
    texts = EVASIONS[turn:] + EVASIONS[:turn]
    assert all_faults(build(organisation(texts, parts=6)[0], tmp_path)) == []


# --- texts put together ---------------------------------------------------------------------------------

PIECES = (
    *"<>!-[]()*_`~|#\\\"'&;:/= \n\t^.0a中\r\x0b\x85",
    *(
        "[^1]",
        "\n[^1]: ",
        "- [ ] ",
        "> ",
        "    ",
        "|-|\n",
        "<!--",
        "-->",
        "^[",
        "[[",
        "]]",
        "http://",
        "![",
        "](",
    ),
    *("\n\n", "```", "~~~", "1. ", "&#0;", "%00"),
    *EVASIONS,
)
SHELL = b"<!doctype html><html><head><title>x</title></head><body><div class=prose>%s</div></body></html>"


@given(st.lists(st.sampled_from(PIECES), max_size=50).map("".join))
def test_any_text_put_together_is_inert(text):
    body, told = MARKDOWN.render(text, Source(0, "delegations/api.md", b""), 5)
    fill = {"heading": "3", "file-open": "<span>", "file-close": "</span>"}
    html = "".join(part if isinstance(part, str) else fill.get(part.kind, "x") for part in body.parts)
    found = list(faults("a.html", SHELL % html.encode(), {"a.html": b""}))
    assert [f for f in found if not f.startswith(("scripts [", "metas ["))] == []
    lines = text.count("\n") + text.replace("\r\n", "\n").count("\r")
    assert all(5 <= d.place.line <= 5 + lines and d.place.column < d.place.end for d in told)


# --- the test itself ----------------------------------------------------------------------------------

BAD: Sequence[tuple[str, str]] = (
    ("<script>alert(1)</script>", "a script in the page"),
    ("<img src=x onerror=alert(1)>", "<img onerror='alert(1)'>"),
    ("<img src=https://evil.example/x.png alt=x>", "leads away"),
    ("<img srcset=x>", "<img srcset='x'>"),
    ("<a href=javascript:alert(1)>x</a>", "leads away"),
    ("<a href=//evil.example>x</a>", "leads away"),
    ("<a href='\\\\evil.example'>x</a>", "leads away"),
    ("<a href='java&#10;script:x'>x</a>", "leads away"),
    ("<a href=https://b.example>x</a>", "leads away"),
    ("<a href=nowhere.html>x</a>", "leads to no file"),
    ("<p style=color:red>", "<p style='color:red'>"),
    ("<svg><a xlink:href=javascript:x></a></svg>", "href='javascript:x'>"),
    ("<form></form>", "<form>"),
    ("<iframe></iframe>", "<iframe>"),
    ("<base href=x>", "<base>"),
    ("<meta http-equiv=refresh content=0>", "metas"),
    ("<!-- x -->", "a comment"),
    ("<x-y>", "<x-y>"),
    ("</main></p>", "unexpected-end-tag"),
)


@cache
def clean() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return build(Case().people().delegation(), Path(folder))


@pytest.mark.parametrize(("text", "fault"), BAD, ids=range(len(BAD)))
def test_the_test_finds(text, fault):
    page = clean()["404.html"]
    assert list(faults("404.html", page, clean())) == []
    bad = page.replace(b"</main>", text.encode() + b"</main>")
    assert any(fault in found for found in faults("404.html", bad, clean()))
