"""What is looked at in every page: where it leads, its headings, its ids, what a browser would load."""

from __future__ import annotations

import posixpath
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import html5lib

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements that have no end tag."""
FOREIGN = frozenset(("path", "rect", "circle", "line", "polyline", "polygon", "use"))
"""Elements of SVG that may close themselves."""
LEADS = frozenset((("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("source", "src")))
ID_LISTS = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass
class Look(HTMLParser):
    """One page, read once."""

    text: str
    leads: list[tuple[str, str]] = field(default_factory=list)
    """Element and address, in order."""
    outside: list[str] = field(default_factory=list)
    """Addresses of other hosts that no body of a record holds."""
    ids: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    """Ids that attributes name."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    langs: list[tuple[str, str]] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []
        self._heading: list[str] | None = None
        self.feed(self.text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag, _ in self._open]

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html":
            self.faults.append(f"<!{decl}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in FOREIGN and tag not in VOID:
            self.faults.append(f"<{tag}/> closes itself")
        self._start(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside_prose = any(prose for _, prose in self._open)
        if tag not in VOID:
            self._open.append((tag, inside_prose or "prose" in (dict(attrs).get("class") or "").split()))
        self._start(tag, attrs)
        if re.fullmatch("h[1-6]", tag):
            self._heading = []
            self.headings.append((int(tag[1]), ""))

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._forbidden(tag, attrs, found)
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy.append(found.get("content") or "")
        if "id" in found:
            self.ids.append(found["id"] or "")
        if "lang" in found:
            self.langs.append((tag, found["lang"] or ""))
        for name in ID_LISTS:
            self.wanted += (found.get(name) or "").split()
        self._addresses(tag, found)

    def _forbidden(
        self, tag: str, attrs: list[tuple[str, str | None]], found: Mapping[str, str | None]
    ) -> None:
        self.faults += [f"{tag} has {n} twice" for n, k in Counter(n for n, _ in attrs).items() if k > 1]
        self.faults += [f"<{tag} {n}>: inline" for n in found if n == "style" or n.startswith("on")]
        if tag in {"style", "base", "iframe", "object", "embed", "form"}:
            self.faults.append(f"there is a <{tag}>")
        if tag == "script" and not found.get("src"):
            self.faults.append("a script inside the page")
        if tag == "img" and "alt" not in found:
            self.faults.append("an image without alt")

    def _addresses(self, tag: str, found: Mapping[str, str | None]) -> None:
        for name, value in found.items():
            if (tag, name) in LEADS and value is not None:
                self.leads.append((tag, value))
                parts = urlsplit(value)
                by_a_record = tag == "a" and any(prose for _, prose in self._open)
                if (parts.scheme or parts.netloc) and not by_a_record:
                    self.outside.append(value)
            elif name in {"src", "href", "srcset", "action", "data", "poster", "xlink:href"}:
                self.faults.append(f"<{tag} {name}> is not looked at")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.faults.append(f"</{tag}>")
            return
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes <{self._open[-1][0] if self._open else 'nothing'}>")
            return
        self._open.pop()
        if self._heading is not None and re.fullmatch("h[1-6]", tag):
            self.headings[-1] = (self.headings[-1][0], "".join(self._heading).strip())
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)


@cache
def look(text: str) -> Look:
    """Read a page, once for all tests."""
    return Look(text)


def outline_faults(page: Look) -> list[str]:
    """Return what is wrong with the order of headings."""
    faults = []
    first = [name for level, name in page.headings if level == 1]
    if len(first) != 1 or page.headings[0][0] != 1:
        faults.append(f"not one h1, in front: {page.headings[:3]}")
    levels = [level for level, _ in page.headings]
    skips = zip(levels, page.headings[1:], strict=False)
    faults += [f"h{a} is followed by h{b} “{name}”" for a, (b, name) in skips if b > a + 1]
    return faults + [f"h{level} is empty" for level, name in page.headings if not name]


def id_faults(page: Look) -> list[str]:
    """Return ids that stand twice, and ids that are named and not there."""
    twice = [f"id {i} stands {n} times" for i, n in Counter(page.ids).items() if n > 1]
    return twice + [f"no id {i}" for i in dict.fromkeys(page.wanted) if i not in page.ids]


def dead_ends(path: str, page: Look, files: Mapping[str, bytes]) -> list[str]:
    """Return the addresses of a page that lead to no file of the site, or to no place in it."""
    dead = []
    for tag, address in page.leads:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = path
        if parts.path:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if address.startswith("/") or target.startswith("../") or target not in files:
                dead.append(f"<{tag}> {address}")
                continue
        fragment = unquote(parts.fragment)
        if fragment and target.endswith(".html") and fragment not in look(files[target].decode()).ids:
            dead.append(f"<{tag}> {address}: no such id")
    return dead


def html_faults(text: str) -> list[str]:
    """Return what the HTML standard's parser finds wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
    return [f"line {line}: {code} {data}" for (line, _), code, data in parser.errors]


def all_faults(found: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Return the pages where something is wrong."""
    return {path: faults for path, faults in found if faults}
