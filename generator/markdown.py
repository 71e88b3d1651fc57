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
_SAFE = ("http://", "https://", "mailto:")
_LINK = re.compile(r"\[\[\s*([^\[\]|\n]{1,200}?)\s*(?:\|\s*([^\[\]\n]{1,300}?)\s*)?\]\]")
_FULL_STOP = re.compile("[，。；：！？、（）《》「」『』【】“”‘’…]")
_CUT = re.compile("\x00([0-9]+)\x00")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")


class Markdown:
    """Renders bodies. One instance serves one thread; it keeps nothing from one body to the next."""

    def __init__(self) -> None:
        self._plain = self._engine(linkify=False)
        self._linking = self._engine(linkify=True)
        self._holes: list[Hole] = []
        self._problems: list[tuple[str, str, int]] = []
        self._lines: list[str] = []

    def render(self, text: str, source: Source, line: int = 1) -> tuple[Body, tuple[Diagnostic, ...]]:
        """Render ``text``, which begins on ``line`` of ``source``."""
        if not text.strip():
            return Body(), ()
        self._holes, self._problems, self._lines = [], [], text.split("\n")
        engine = self._linking if "://" in text else self._plain
        env: dict[str, Any] = {"docId": re.sub(r"\W+", "-", source.path.removesuffix(".md"))}
        tokens = engine.parse(text, env)
        lowest = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
        env["lowest"] = lowest
        html = engine.renderer.render(tokens, engine.options, env)
        words = _plain_text(tokens)
        body = Body(self._cut(html, source, line), _shortened(words), len(_WORD.findall(words)))
        return body, self._diagnosed(source, line)

    def _cut(self, html: str, source: Source, line: int) -> tuple[str | Hole, ...]:
        pieces = _CUT.split(html.strip())
        parts: list[str | Hole] = []
        for n, piece in enumerate(pieces):
            if n % 2 == 0:
                if piece:
                    parts.append(piece)
                continue
            hole = self._holes[int(piece)]
            if hole.kind in {HoleKind.RECORD, HoleKind.FILE_OPEN, HoleKind.IMAGE}:
                where = self._where(hole.target, source, line)
                hole = Hole(hole.kind, hole.target, hole.text, where)
            parts.append(hole)
        return tuple(parts)

    def _where(self, words: str, source: Source, line: int, hint: int = 0) -> Place:
        """Return where ``words`` stand in the body, from line ``hint`` on; that line where they don't."""
        for n in range(hint, len(self._lines)):
            if (at := self._lines[n].find(words)) >= 0:
                return source.place(line + n, at + 1, at + 1 + len(words))
        return source.place(line + hint, 1, 2)

    def _diagnosed(self, source: Source, line: int) -> tuple[Diagnostic, ...]:
        return tuple(
            broken(code, self._where(value.split("\n")[0], source, line, hint), value=_shown(value))
            for code, value, hint in self._problems
        )

    # --- the engine -------------------------------------------------------------------------------

    def _engine(self, *, linkify: bool) -> MarkdownIt:
        md = MarkdownIt("commonmark", {"html": False, "linkify": linkify})
        md.enable(["table", "strikethrough"])
        if linkify:
            md.enable("linkify")
            md.linkify = _Linkify(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        md.use(footnote_plugin)
        md.use(tasklists_plugin)
        md.inline.ruler.before("link", "record_link", self._record_link)
        md.inline.ruler.push("shown_html", self._shown_html)
        md.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph"]})
        md.validateLink = self._may_link  # type: ignore[method-assign]  # the documented way to replace it
        for name in ("link_open", "link_close", "image", "heading_open", "heading_close"):
            md.add_render_rule(name, _bound(getattr(self, f"_{name}")))
        md.add_render_rule("table_open", _bound(_table_open))
        md.add_render_rule("table_close", _bound(_table_close))
        md.add_render_rule("html_inline", _bound(_checkbox))
        for name in ("fence", "code_block"):
            md.add_render_rule(name, _bound(_code))
        md.add_render_rule("record_link", _bound(self._record))
        return md

    def _hole(self, kind: HoleKind, target: str, text: str = "") -> str:
        self._holes.append(Hole(kind, target, text))
        return f"\x00{len(self._holes) - 1}\x00"

    def _may_link(self, url: str) -> bool:
        """Tell which addresses become links; the rest stay text, and are reported."""
        folded = "".join(url.split()).replace("\\", "/")
        if _SCHEME.match(folded):
            # `launch.md:3` or `http` without slashes is no scheme we know either.
            safe = folded.lower().startswith(_SAFE)
        else:
            safe = not folded.startswith("//") and not folded.startswith("/")
        if not safe:
            self._problems.append(("unsafe-link", unquote(url), 0))
        return safe

    def _record_link(self, state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("[[", state.pos):
            return False
        found = _LINK.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            token = state.push("record_link", "", 0)
            token.meta = {"target": found[1]}
            token.content = found[2] or ""
        state.pos = found.end()
        return True

    def _shown_html(self, state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "<":
            return False
        found = HTML_TAG_RE.match(state.src[state.pos :])
        if not found:
            return False
        if not silent and not found.group().startswith("<!--"):
            self._problems.append(("raw-html", found.group(), 0))
            state.pending += found.group()
        state.pos += found.end()
        return True

    # --- what tokens become -----------------------------------------------------------------------

    def _record(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        return self._hole(HoleKind.RECORD, token.meta["target"], token.content)

    def _link_open(self, tokens: Sequence[Token], index: int) -> str:
        href = str(tokens[index].attrGet("href") or "")
        if _SCHEME.match(href):
            title = tokens[index].attrGet("title")
            shown = f' title="{escape(str(title))}"' if title else ""
            return f'<a href="{escape(href)}"{shown} rel="noopener noreferrer">'
        return self._hole(HoleKind.FILE_OPEN, unquote(href))

    def _link_close(self, tokens: Sequence[Token], index: int) -> str:
        depth = 1
        for token in reversed(tokens[:index]):
            depth += {"link_close": 1, "link_open": -1}.get(token.type, 0)
            if not depth:
                href = str(token.attrGet("href") or "")
                return "</a>" if _SCHEME.match(href) else self._hole(HoleKind.FILE_CLOSE, unquote(href))
        return ""

    def _image(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        source, alt = str(token.attrGet("src") or ""), _plain_text(token.children or [])
        if _SCHEME.match(source):
            self._problems.append(("remote-image", unquote(source), 0))
            return f'<span class="left-out">{escape(alt or source)}</span>'
        return self._hole(HoleKind.IMAGE, unquote(source), alt)

    def _heading_open(self, tokens: Sequence[Token], index: int) -> str:
        return f"<h{self._level(tokens, index)}>"

    def _heading_close(self, tokens: Sequence[Token], index: int) -> str:
        return f"</h{self._level(tokens, index)}>\n"

    def _level(self, tokens: Sequence[Token], index: int) -> str:
        lowest = min(int(t.tag[1]) for t in tokens if t.type == "heading_open")
        return self._hole(HoleKind.HEADING, str(int(tokens[index].tag[1]) - lowest))


class _Linkify(LinkifyIt):  # type: ignore[misc]  # linkify-it-py carries no types
    """Finds addresses in running text, and ends them before Chinese punctuation."""

    def match(self, text: str) -> Any:
        """Return the addresses in ``text``, or nothing."""
        found = super().match(text)
        for link in found or ():
            if cut := _FULL_STOP.search(link.raw):
                link.last_index -= len(link.raw) - cut.start()
                link.raw = link.text = link.raw[: cut.start()]
                link.url = link.raw
        return found


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


def _table_open(_tokens: Sequence[Token], _index: int) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_tokens: Sequence[Token], _index: int) -> str:
    return "</table></div>\n"


def _checkbox(tokens: Sequence[Token], index: int) -> str:
    """Show a task's box as a character: a form field that cannot be used only confuses."""
    checked = 'checked="' in tokens[index].content
    return f'<span class="task">{"☑" if checked else "☐"}</span>'


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
