"""Dialect: what Remit adds to CommonMark, as rules for markdown-it that keep nothing from text to text.

Comments and task lists; how tables, code and the ends of lines are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, linkify
from markdown_it.token import Token

_STOPS = "\\s，。；：！？、（）《》「」『』【】“”‘’…"
_FULL_STOP = re.compile(f"[{_STOPS}]")
_ADDRESS_LIMIT = 2000
_TOO_LONG = re.compile(f"[^{_STOPS}]{{{_ADDRESS_LIMIT},}}")
_SCHEME = re.compile(r"(?<![a-z0-9.+\-])https?$", re.IGNORECASE)
_TAG_LIMIT = 4000
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_TASK = re.compile(r"\[[ xX]\][ \t\n\v\f\r]")
_LISTS = {"bullet_list", "ordered_list"}


def add_dialect(md: MarkdownIt) -> None:
    """Teach markdown-it comments and task lists, which addresses to find, and how to show what it reads."""
    md.linkify = finder = Linkify(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    md.inline.ruler.at("linkify", _finder(finder))
    md.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph"]})
    md.core.ruler.after("inline", "tasks", _tasks)
    shown = {
        "table_open": _table_open,
        "table_close": _table_close,
        "th_open": _cell_open,
        "td_open": _cell_open,
        "task": _box,
        "softbreak": _softbreak,
        "fence": _code,
        "code_block": _code,
    }
    for name, rule in shown.items():
        md.add_render_rule(name, bound(rule))


def bound(rule: Callable[[Sequence[Token], int], str]) -> Any:
    """Fit a rule of ours to the five arguments that a renderer passes (itself first)."""

    def call(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return rule(tokens, index)

    return call


def html_at(text: str, at: int) -> str | None:
    """Return the HTML tag, comment or instruction that begins at ``at``, or nothing where none does.

    It is looked for in a window: an unclosed one would else be searched to the end, for each of many.
    """
    window = text[at : at + _TAG_LIMIT]
    for start, end in _ENDS.items():
        if window.startswith(start) and end not in window:
            return None
    found = HTML_TAG_RE.match(window)
    return found.group() if found else None


class Linkify(LinkifyIt):  # type: ignore[misc]  # linkify-it-py carries no types
    """Finds addresses in running text, and ends them before Chinese punctuation; a very long one stays text.

    Where a scheme is found, markdown-it asks for the address that begins there; in what is left, for any.
    """

    def match(self, text: str) -> Any:
        """Return the addresses in ``text``, or nothing."""
        short = _TOO_LONG.sub(lambda found: " " * len(found.group()), text)
        return super().match(_FULL_STOP.sub(" ", short))

    def match_at_start(self, text: str) -> Any:
        """Return the address that ``text`` begins with, or nothing."""
        stop = _FULL_STOP.search(text, 0, _ADDRESS_LIMIT)
        if stop is None and len(text) >= _ADDRESS_LIMIT:
            return None
        return super().match_at_start(text[: stop.start()] if stop else text)


def _finder(finder: Linkify) -> Callable[[StateInline, bool], bool]:
    def address(state: StateInline, silent: bool) -> bool:
        """Find an address around `://`; only then markdown-it, which searches all that stands before."""
        if not state.src.startswith("://", state.pos):
            return False
        scheme = _SCHEME.search(state.src, max(0, state.pos - 5), state.pos)
        if not scheme:
            return False
        found = finder.match_at_start(state.src[scheme.start() : state.pos + _ADDRESS_LIMIT])
        return bool(found) and linkify(state, silent)

    return address


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a comment that begins a line, paragraphs inside it included."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", at) or state.is_code_block(start):
        return False
    # What was looked for in vain from an earlier line is not looked for again.
    vain: dict[int, tuple[int, int]] = state.env.setdefault("comments in vain", {})
    since, until = vain.get(end, (0, -1))
    if since <= start <= until:
        return False
    line = start
    while line < end and "-->" not in state.src[state.bMarks[line] : state.eMarks[line]]:
        line += 1
    if line == end or state.src[state.bMarks[line] : state.eMarks[line]].partition("-->")[2].strip():
        vain[end] = start, line
        return False
    if not silent:
        state.line = line + 1
    return True


def _tasks(state: StateCore) -> None:
    """Find the items of lists that begin with a box, ticked or not."""
    lists: list[Token] = []
    for n, token in enumerate(state.tokens):
        if token.type.removesuffix("_open") in _LISTS:
            lists.append(token)
        elif token.type.removesuffix("_close") in _LISTS:
            lists.pop()
        elif _is_task(state.tokens, n):
            children = token.children or []
            children[0].content = children[0].content[3:]
            children.insert(0, Token("task", "", 0, content=token.content[1]))
            state.tokens[n - 2].attrSet("class", "task-list-item")
            lists[-1].attrSet("class", "contains-task-list")


def _is_task(tokens: Sequence[Token], n: int) -> bool:
    token = tokens[n]
    if token.type != "inline" or not token.children or not _TASK.match(token.content):
        return False
    # A box that is a link's words, by a definition of `[x]`, is none.
    return (
        [t.type for t in tokens[n - 2 : n]] == ["list_item_open", "paragraph_open"]
        and token.children[0].type == "text"
        and token.children[0].content.startswith(token.content[:3])
    )


def _table_open(_tokens: Sequence[Token], _index: int) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_tokens: Sequence[Token], _index: int) -> str:
    return "</table></div>\n"


def _cell_open(tokens: Sequence[Token], index: int) -> str:
    """Say a cell's alignment by a class: the pages' policy lets no style stand in them."""
    side = str(tokens[index].attrGet("style") or "").rpartition(":")[2]
    return f'<{tokens[index].tag} class="to-{side}">' if side else f"<{tokens[index].tag}>"


def _box(tokens: Sequence[Token], index: int) -> str:
    """Show a task's box as a character: a form field that cannot be used only confuses."""
    return f'<span class="task">{"☐" if tokens[index].content == " " else "☑"}</span>'


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
