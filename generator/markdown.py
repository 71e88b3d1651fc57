"""Markdown: a record's body becomes safe HTML with holes. Alone in knowing markdown-it.

CommonMark with tables, task lists, strikethrough, autolinks and footnotes. Raw HTML is shown as
text; links lead to http, https and mailto, to a file beside the record, or to a record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.body import Body, Hole, HoleKind
from generator.diagnostic import Diagnostic
from generator.rules import broken
from generator.text import Place, Source

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
"""Kinds of pictures that are shown."""
PUBLISHED = (*PICTURES, ".csv", ".docx", ".pdf", ".pptx", ".txt", ".xlsx", ".zip")
"""Kinds of files beside records that are copied to the site: none of them runs anything in a browser."""

EXCERPT = 220
"""Characters of a body that lists and searches show."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_BLANK = re.compile("[\\s\x00-\x20\x7f-\x9f]+")
_SAFE = ("http://", "https://", "mailto:")
_LINK = re.compile(r"\[\[\s*([^\[\]|\s][^\[\]|\n]{0,199}?)\s*(?:\|\s*([^\[\]\n]{1,300}?)\s*)?\]\]")
_FULL_STOP = re.compile("[\\s，。；：！？、（）《》「」『』【】“”‘’…]")
_TAG_LIMIT = 4000
_CUT = re.compile("\x00([0-9]+)\x00")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")


class Markdown:
    """Renders bodies. One instance serves one thread; it keeps nothing from one body to the next."""

    def __init__(self) -> None:
        self._plain = self._engine(linkify=False)
        self._linking = self._engine(linkify=True)
        self._source = Source(0, "", b"")
        self._first = 1
        self._lines: list[str] = []
        self._block = (0, 0)
        self._holes: list[Hole] = []
        self._links: list[str] = []
        self._faults: list[Diagnostic] = []

    def render(self, text: str, source: Source, line: int = 1) -> tuple[Body, tuple[Diagnostic, ...]]:
        """Render ``text``, which begins on ``line`` of ``source``."""
        if not text.strip():
            return Body(), ()
        self._source, self._first, self._lines = source, line, text.split("\n")
        # What is found before a block's text is read (an address defined apart) may stand on any line.
        self._block, self._holes, self._links, self._faults = (0, len(self._lines)), [], [], []
        engine = self._linking if "://" in text else self._plain
        env: dict[str, Any] = {"docId": re.sub(r"\W+", "-", source.path.removesuffix(".md"))}
        tokens = engine.parse(text, env)
        _nest(tokens)
        html = engine.renderer.render(tokens, engine.options, env)
        words = _plain_text(tokens)
        body = Body(self._cut(html), _shortened(words), len(_WORD.findall(words)))
        return body, tuple(self._faults)

    def _cut(self, html: str) -> tuple[str | Hole, ...]:
        pieces = _CUT.split(html.strip())
        return tuple(self._holes[int(p)] if n % 2 else p for n, p in enumerate(pieces) if p)

    def _where(self, *spellings: str) -> Place:
        """Return where one of ``spellings`` stands in the block that is being read, else its first line."""
        start, end = self._block
        for words in filter(None, spellings):
            for n, text in enumerate(self._lines[start : max(end, start + 1)], self._first + start):
                if (at := text.find(words)) >= 0:
                    return self._source.place(n, at + 1, at + 1 + len(words))
        return self._source.place(self._first + start)

    def _fault(self, code: str, value: str) -> None:
        self._faults.append(broken(code, self._where(value.partition("\n")[0]), value=_shown(value)))

    # --- the engine -------------------------------------------------------------------------------

    def _engine(self, *, linkify: bool) -> MarkdownIt:
        md = MarkdownIt("commonmark", {"html": False, "linkify": linkify})
        md.enable(["table", "strikethrough"])
        if linkify:
            md.enable("linkify")
            md.linkify = _Linkify(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        md.use(footnote_plugin)
        md.use(tasklists_plugin)
        md.core.ruler.at("inline", self._inline)
        md.inline.ruler.before("link", "record_link", self._record_link)
        md.inline.ruler.push("shown_html", self._shown_html)
        md.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph"]})
        md.validateLink = self._may_link  # type: ignore[method-assign]  # the documented way to replace it
        for name in ("link_open", "link_close", "image", "heading_open", "heading_close"):
            md.add_render_rule(name, _bound(getattr(self, f"_{name}")))
        md.add_render_rule("table_open", _bound(_table_open))
        md.add_render_rule("table_close", _bound(_table_close))
        for name in ("th_open", "td_open"):
            md.add_render_rule(name, _bound(_cell_open))
        md.add_render_rule("html_inline", _bound(_checkbox))
        md.add_render_rule("softbreak", _bound(_softbreak))
        for name in ("fence", "code_block"):
            md.add_render_rule(name, _bound(_code))
        md.add_render_rule("record_link", _bound(self._record))
        return md

    def _inline(self, state: StateCore) -> None:
        """Read the text of each block, keeping in mind which lines it stands on."""
        for token in state.tokens:
            if token.type != "inline":
                continue
            first, last = token.map or self._block
            self._block = (first, last)
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            for child in token.children:
                if child.type in {"link_open", "image"}:
                    address = str(child.attrGet("src" if child.type == "image" else "href") or "")
                    child.meta["place"] = self._where(address, unquote(address))

    def _hole(self, kind: HoleKind, target: str, text: str = "", place: Place | None = None) -> str:
        self._holes.append(Hole(kind, target, text, place))
        return f"\x00{len(self._holes) - 1}\x00"

    def _may_link(self, url: str) -> bool:
        """Tell which addresses become links; the rest stay text, and are reported."""
        # As a browser would take it, and as a file's name is written out: without blanks and escapes.
        folded = _BLANK.sub("", unquote(url)).replace("\\", "/")
        if _SCHEME.match(folded):
            # `launch.md:3` or `http` without slashes is no scheme we know either.
            safe = folded.lower().startswith(_SAFE)
        else:
            safe = not folded.startswith("//") and not folded.startswith("/")
        if not safe:
            self._fault("unsafe-link", unquote(url))
        return safe

    def _record_link(self, state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("[[", state.pos):
            return False
        found = _LINK.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            token = state.push("record_link", "", 0)
            token.meta = {"target": found[1], "place": self._where(found[1])}
            token.content = found[2] or ""
        state.pos = found.end()
        return True

    def _shown_html(self, state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "<":
            return False
        # Looked at through a window: an unclosed tag would else be searched to the end, for each of many.
        found = HTML_TAG_RE.match(state.src[state.pos : state.pos + _TAG_LIMIT])
        if not found:
            return False
        if not silent and not found.group().startswith("<!--"):
            self._fault("raw-html", found.group())
            state.pending += found.group()
        state.pos += found.end()
        return True

    # --- what tokens become -----------------------------------------------------------------------

    def _record(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        return self._hole(HoleKind.RECORD, token.meta["target"], token.content, token.meta["place"])

    def _link_open(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        href = str(token.attrGet("href") or "")
        if not _SCHEME.match(href):
            self._links.append(self._hole(HoleKind.FILE_CLOSE, unquote(href)))
            return self._hole(HoleKind.FILE_OPEN, unquote(href), "", token.meta.get("place"))
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
            place = token.meta.get("place") or self._source.place(self._first)
            self._faults.append(broken("remote-image", place, value=_shown(unquote(source))))
            return f'<span class="left-out">{escape(alt or source)}</span>'
        return self._hole(HoleKind.IMAGE, unquote(source), alt, token.meta.get("place"))

    def _heading_open(self, tokens: Sequence[Token], index: int) -> str:
        return f"<h{self._level(tokens, index)}>"

    def _heading_close(self, tokens: Sequence[Token], index: int) -> str:
        return f"</h{self._level(tokens, index)}>\n"

    def _level(self, tokens: Sequence[Token], index: int) -> str:
        return self._hole(HoleKind.HEADING, str(tokens[index].meta["depth"]))


class _Linkify(LinkifyIt):  # type: ignore[misc]  # linkify-it-py carries no types
    """Finds addresses in running text, and ends them before Chinese punctuation.

    Where a scheme is found, markdown-it asks for the address that begins there; in what is left, for any.
    """

    def match(self, text: str) -> Any:
        """Return the addresses in ``text``, or nothing."""
        return super().match(_FULL_STOP.sub(" ", text))

    def match_at_start(self, text: str) -> Any:
        """Return the address that ``text`` begins with, or nothing."""
        stop = _FULL_STOP.search(text)
        return super().match_at_start(text[: stop.start()] if stop else text)


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a comment that begins a line, paragraphs inside it included."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", at) or state.is_code_block(start):
        return False
    line = start
    while line < end and "-->" not in state.src[state.bMarks[line] : state.eMarks[line]]:
        line += 1
    if line == end or state.src[state.bMarks[line] : state.eMarks[line]].partition("-->")[2].strip():
        return False
    if not silent:
        state.line = line + 1
    return True


def _bound(rule: Any) -> Any:
    """Fit a rule of ours to the five arguments that a renderer passes (itself first)."""

    def call(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return str(rule(tokens, index))

    return call


def _nest(tokens: Sequence[Token]) -> None:
    """Say how deep each heading lies below those before it: no level is skipped, whatever was written."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [tag for tag in above if tag < token.tag] + [token.tag]
        if token.type in {"heading_open", "heading_close"}:
            token.meta["depth"] = len(above) - 1


def _table_open(_tokens: Sequence[Token], _index: int) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_tokens: Sequence[Token], _index: int) -> str:
    return "</table></div>\n"


def _cell_open(tokens: Sequence[Token], index: int) -> str:
    """Say a cell's alignment by a class: the pages' policy lets no style stand in them."""
    side = str(tokens[index].attrGet("style") or "").rpartition(":")[2]
    return f'<{tokens[index].tag} class="to-{side}">' if side else f"<{tokens[index].tag}>"


def _checkbox(tokens: Sequence[Token], index: int) -> str:
    """Show a task's box as a character: a form field that cannot be used only confuses."""
    checked = 'checked="' in tokens[index].content
    return f'<span class="task">{"☑" if checked else "☐"}</span>'


def _softbreak(tokens: Sequence[Token], index: int) -> str:
    """Return a line's end in a paragraph: nothing between Chinese characters, where a space would show."""
    before = tokens[index - 1].content[-1:] if index else ""
    after = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
    return "" if _is_wide(before) and _is_wide(after) else "\n"


def _is_wide(c: str) -> bool:
    return bool(c) and ("\u2e80" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" or c in "“”‘’…—")


def _code(tokens: Sequence[Token], index: int) -> str:
    words = tokens[index].info.split()
    name = f' class="language-{escape(words[0])}"' if words else ""
    return f'<pre tabindex="0"><code{name}>{escape(tokens[index].content)}</code></pre>\n'


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
