"""Bounds: how much a body may hold, so that none takes long to read, whatever is written.

They are counts, the same on every machine. Bodies that people write are far below them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

CHARACTERS = 128 << 10
"""Characters that a body may have."""
CONTAINERS = 10
"""Lists, quotations and notes that may stand within each other."""
NESTING = 2 * CONTAINERS + 2
"""Levels that markdown-it reads: a list takes two. What lies deeper it would drop without a word."""
STRESS = 50
"""Levels of emphasis and links within each other."""
CELLS = 10_000
"""Cells of a body's tables, those that short rows are filled up with included."""
ADDRESSES = 512 << 10
"""Characters of a body's addresses and titles: each use of a link that is defined apart repeats them."""

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Refused(Exception):  # noqa: N818 - what is wrong with content is no error of the program
    """A body is past a bound."""

    def __init__(self, code: str, line: int, limit: int, size: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        """The line of the body, from 0."""
        self.limit = limit
        self.size = size
        """How large it is, where that is told."""


def add_bounds(md: MarkdownIt) -> None:
    """Let markdown-it stop with ``Refused`` at lists within lists without end, and at tables as large."""
    md.options["maxNesting"] = NESTING
    ruler = md.block.ruler
    ruler.at("table", _counted(table), {"alt": ["paragraph", "reference"]})
    ruler.at("list", _deeper(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("blockquote", _deeper(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("footnote_def", _deeper(footnote_def), {"alt": ["paragraph", "reference"]})


def bound_text(text: str) -> None:
    """Stop at a body that is too long.

    Raises:
        Refused: where it is.
    """
    if len(text) > CHARACTERS:
        raise Refused("body-too-large", 0, CHARACTERS, len(text))


def bound_words(line: int, tokens: Sequence[Token], so_far: int) -> int:
    """Stop at words of a block that are nested too deep, or at addresses that are too much together.

    Returns:
        The characters of all addresses with those of this block, which begins on ``line``.

    Raises:
        Refused: where there are too many.
    """
    for token in tokens:
        if token.level > STRESS:
            raise Refused("body-too-deep", line, STRESS)
        so_far += sum(len(str(value)) for value in token.attrs.values())
        if so_far > ADDRESSES:
            raise Refused("links-too-long", line, ADDRESSES)
    return so_far


def _deeper(rule: BlockRule) -> BlockRule:
    """Count how deep the blocks lie that a rule reads, as it reads what is within them."""

    def deeper(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, True)
        depth = state.env.get("depth", 0)
        if depth == CONTAINERS and rule(state, start, end, True):
            raise Refused("body-too-deep", start, CONTAINERS)
        state.env["depth"] = depth + 1
        found = rule(state, start, end, False)
        state.env["depth"] = depth
        return found

    return deeper


def _counted(rule: BlockRule) -> BlockRule:
    """Count the cells of the tables that a rule reads."""

    def counted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        found = rule(state, start, end, silent)
        cells = sum(token.type in {"th_open", "td_open"} for token in state.tokens[before:])
        state.env["cells"] = state.env.get("cells", 0) + cells
        if state.env["cells"] > CELLS:
            raise Refused("table-too-large", start, CELLS)
        return found

    return counted
