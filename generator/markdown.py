"""Markdown: a record's body becomes safe HTML with holes.

CommonMark with tables, task lists, strikethrough, autolinks and footnotes. Raw HTML is shown as
text; links lead to http, https and mailto, to a file beside the record, or to a record. Alone, with
the dialect and the bounds of bodies, in knowing markdown-it.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import render_footnote_ref

from generator.body import Body, Hole, HoleKind
from generator.bounds import Refused, add_bounds, bound_text, bound_words
from generator.diagnostic import Diagnostic
from generator.dialect import add_dialect, bound, html_at
from generator.rules import broken
from generator.text import Place, Source

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
"""Kinds of pictures that are shown."""
PUBLISHED = (*PICTURES, ".csv", ".docx", ".pdf", ".pptx", ".txt", ".xlsx", ".zip")
"""Kinds of files beside records that are copied to the site: none of them runs anything in a browser."""

EXCERPT = 220
"""Characters of a body that lists and searches show."""

FAULTS = 1000
"""What is told of one body at most."""

_VAIN = 1000
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no page may hold; a replacement character stands for each."""
_BLANK = re.compile("[\\s\x00-\x20\x7f-\x9f]+")
_SAFE = ("http://", "https://", "mailto:")
_LINK = re.compile(r"\[\[\s*([^\[\]|\s][^\[\]|\n]{0,199}?)\s*(?:\|\s*([^\[\]\n]{1,300}?)\s*)?\]\]")
_LEADING = re.compile('<a href="[^"]*"( id="[^"]*")>(.*)</a>')
_CUT = re.compile("\x00([0-9]+)\x00")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")


class Markdown:
    """Renders bodies. One instance serves one thread; it keeps nothing from one body to the next."""

    def __init__(self) -> None:
        self._plain = self._engine(linkify=False)
        self._linking = self._engine(linkify=True)
        self._source = Source(0, "", b"")
        self._first = 1
        self._text = ""
        self._starts = [0]
        """Where in the text each line starts."""
        self._block = (0, 0)
        """The lines that are being read: the first, and the one after the last."""
        self._words, self._breaks = "", [0]
        """The words of the block, and where in them each line starts."""
        self._vain = 0
        """Searches for a place that found none."""
        self._holes: list[Hole] = []
        self._links: list[str] = []
        self._faults: list[Diagnostic] = []

    def render(self, text: str, source: Source, line: int = 1) -> tuple[Body, tuple[Diagnostic, ...]]:
        """Render ``text``, which begins on ``line`` of ``source``.

        Returns:
            The body and what is wrong with it; an empty body where it is past a bound.
        """
        if not text.strip():
            return Body(), ()
        # Lines as markdown-it counts them.
        text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
        self._source, self._first, self._text = source, line, text
        self._starts = _starts(text)
        # What is found before a block's text is read (an address defined apart) may stand on any line.
        self._block, self._vain = (0, len(self._starts)), 0
        self._holes, self._links, self._faults = [], [], []
        try:
            bound_text(text)
            body = self._body(text)
        except Refused as past:
            fault = broken(past.code, source.place(line + past.line), limit=past.limit, size=past.size)
            return Body(), (*dict.fromkeys(self._faults), fault)
        return body, tuple(dict.fromkeys(self._faults))

    def _body(self, text: str) -> Body:
        engine = self._linking if "://" in text else self._plain
        env: dict[str, Any] = {"docId": _notes_of(self._source.path)}
        tokens = engine.parse(text, env)
        _nest(tokens)
        html = engine.renderer.render(tokens, engine.options, env)
        words = _plain_text(tokens)
        return Body(self._cut(html), _shortened(words), len(_WORD.findall(words)))

    def _cut(self, html: str) -> tuple[str | Hole, ...]:
        pieces = _CUT.split(html.strip())
        return tuple(self._holes[int(p)] if n % 2 else p for n, p in enumerate(pieces) if p)

    def _where(self, *spellings: str, state: StateInline | None = None) -> Place:
        """Return where one of ``spellings`` stands in the block that is being read, else its first line.

        Args:
            spellings: what to look for, the likelier one first.
            state: where in the block reading has come to, where that is known.
        """
        first, last = self._block
        start = self._starts[first]
        end = self._starts[last] if first < last < len(self._starts) else len(self._text)
        if state:
            # A block's lines are read without what stands before them, so what is looked for is no nearer.
            if self._words is not state.src:
                self._words, self._breaks = state.src, _starts(state.src)
            line = bisect_right(self._breaks, state.pos) - 1
            column = state.pos - self._breaks[line]
            start = min(self._starts[min(first + line, len(self._starts) - 1)] + column, end)
        # Bounded, because each search in vain reads a whole block.
        for words in filter(None, spellings if self._vain < _VAIN else ()):
            if (at := self._text.find(words, start, end)) >= 0:
                n = bisect_right(self._starts, at) - 1
                column = at - self._starts[n] + 1
                return self._source.place(self._first + n, column, column + len(words))
        self._vain += 1
        return self._source.place(self._first + first)

    def _fault(self, code: str, value: str, place: Place | None = None) -> None:
        if len(self._faults) < FAULTS:
            place = place or self._where(value.partition("\n")[0])
            self._faults.append(broken(code, place, value=_shown(value)))

    # --- the engine -------------------------------------------------------------------------------

    def _engine(self, *, linkify: bool) -> MarkdownIt:
        md = MarkdownIt("commonmark", {"html": False, "linkify": linkify})
        md.enable(["table", "strikethrough"])
        if linkify:
            md.enable("linkify")
        md.use(footnote_plugin)
        add_bounds(md)
        add_dialect(md)
        md.core.ruler.at("inline", self._inline)
        md.inline.ruler.before("link", "record_link", self._record_link)
        md.inline.ruler.push("shown_html", self._shown_html)
        md.validateLink = self._may_link  # type: ignore[method-assign]  # the documented way to replace it
        # An address is shown without its escapes: what they hide could forge a hole.
        shown = md.normalizeLinkText
        md.normalizeLinkText = lambda link: _CONTROL.sub("\ufffd", shown(link))  # type: ignore[method-assign]
        for name in ("link_open", "link_close", "image", "heading_open", "heading_close"):
            md.add_render_rule(name, bound(getattr(self, f"_{name}")))
        md.add_render_rule("footnote_ref", self._note)
        md.add_render_rule("record_link", bound(self._record))
        return md

    @property
    def _note(self) -> Any:
        """Show a note's number, which leads to the note; within a link, that one leads elsewhere."""

        def note(renderer: Any, *args: Any) -> str:
            shown: str = render_footnote_ref(renderer, *args)
            return _LEADING.sub(r"<span\1>\2</span>", shown) if self._links else shown

        return note

    def _inline(self, state: StateCore) -> None:
        """Read the text of each block, keeping in mind which lines it stands on."""
        seen = addresses = 0
        for token in state.tokens:
            if token.type != "inline":
                continue
            first, last = token.map or self._block
            self._block = (first, last)
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            # Notes within the line are kept apart.
            notes = state.env.get("footnotes", {}).get("list", {})
            new = [notes[n].get("tokens", ()) for n in range(seen, len(notes))]
            seen = len(notes)
            for words in (token.children, *new):
                addresses = bound_words(first, words, addresses)
                for child in words:
                    if child.type in {"link_open", "image"}:
                        address = str(child.attrGet("src" if child.type == "image" else "href") or "")
                        child.meta["place"] = self._where(address, _written(address))

    def _hole(self, kind: HoleKind, target: str, text: str = "", place: Place | None = None) -> str:
        self._holes.append(Hole(kind, target, text, place))
        return f"\x00{len(self._holes) - 1}\x00"

    def _may_link(self, url: str) -> bool:
        """Tell which addresses become links; the rest stay text, and are reported."""
        # As a browser would take it, and as a file's name is written out: without blanks and escapes.
        folded = _BLANK.sub("", unquote(url)).replace("\\", "/")
        if _SCHEME.match(folded):
            # `launch.md:3` or `http` without slashes is no scheme we know either.
            safe = folded.lower().startswith(_SAFE) and url.lower().startswith(_SAFE)
        else:
            safe = not folded.startswith("//") and not folded.startswith("/")
        if not safe:
            self._fault("unsafe-link", _written(url))
        return safe

    def _record_link(self, state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("[[", state.pos):
            return False
        found = _LINK.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            token = state.push("record_link", "", 0)
            token.meta = {"target": found[1], "place": self._where(found[1], state=state)}
            token.content = found[2] or ""
        state.pos = found.end()
        return True

    def _shown_html(self, state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "<":
            return False
        found = html_at(state.src, state.pos)
        if found is None:
            return False
        if not silent and not found.startswith("<!--"):
            self._fault("raw-html", found, self._where(found.partition("\n")[0], state=state))
            state.pending += found
        state.pos += len(found)
        return True

    # --- what tokens become -----------------------------------------------------------------------

    def _record(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        return self._hole(HoleKind.RECORD, token.meta["target"], token.content, token.meta["place"])

    def _link_open(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        if self._links:
            # An address within a link's words: a page holds no link within a link.
            self._links.append("")
            return ""
        href = str(token.attrGet("href") or "")
        if not _SCHEME.match(href):
            self._links.append(self._hole(HoleKind.FILE_CLOSE, _written(href)))
            return self._hole(HoleKind.FILE_OPEN, _written(href), "", token.meta.get("place"))
        self._links.append("</a>")
        title = token.attrGet("title")
        shown = f' title="{escape(str(title))}"' if title else ""
        return f'<a href="{escape(href)}"{shown} rel="noopener noreferrer">'

    def _link_close(self, _tokens: Sequence[Token], _index: int) -> str:
        return self._links.pop()

    def _image(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        source, alt = str(token.attrGet("src") or ""), _plain_text(token.children or [])
        if _SCHEME.match(source):
            self._fault("remote-image", _written(source), token.meta["place"])
            return f'<span class="left-out">{escape(alt or source)}</span>'
        return self._hole(HoleKind.IMAGE, _written(source), alt, token.meta.get("place"))

    def _heading_open(self, tokens: Sequence[Token], index: int) -> str:
        return f"<h{self._level(tokens, index)}>"

    def _heading_close(self, tokens: Sequence[Token], index: int) -> str:
        return f"</h{self._level(tokens, index)}>\n"

    def _level(self, tokens: Sequence[Token], index: int) -> str:
        return self._hole(HoleKind.HEADING, str(tokens[index].meta["depth"]))


def _starts(text: str) -> list[int]:
    """Return where in a text each of its lines starts."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _written(address: str) -> str:
    """Return an address as it may be written and shown: without escapes, and without what they could hide."""
    return _CONTROL.sub("\ufffd", unquote(address))


def _notes_of(path: str) -> str:
    """Return what the notes of a record are called on a page with those of others."""
    name = re.sub(r"\W+", "-", path.removesuffix(".md"))
    return name if len(name) <= 80 else hashlib.blake2b(path.encode(), digest_size=12).hexdigest()


def _nest(tokens: Sequence[Token]) -> None:
    """Say how deep each heading lies below those before it: no level is skipped, whatever was written."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [tag for tag in above if tag < token.tag] + [token.tag]
        if token.type in {"heading_open", "heading_close"}:
            token.meta["depth"] = len(above) - 1


def _plain_text(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    for token in tokens:
        if token.children is not None and token.type != "image":
            out.append(_plain_text(token.children) + " ")
        elif token.type in {"softbreak", "hardbreak"}:
            out.append(" ")
        elif token.type == "record_link":
            out.append(token.content or token.meta["target"].partition(":")[2] or token.meta["target"])
        elif token.type in {"text", "code_inline", "image"}:
            out.append(token.content)
    return "".join(out).strip()


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= EXCERPT:
        return words
    cut = words[:EXCERPT]
    space = cut.rfind(" ")
    return (cut[:space] if space > EXCERPT * 2 // 3 else cut).rstrip(" ,;:，；：、") + "…"


def _shown(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= 80 else value[:79] + "…"
