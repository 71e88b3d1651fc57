"""Bodies that are hard on a Markdown parser: each a shape that grows with its size.

The shapes are those that the reference implementations of CommonMark are tested with, and what tables,
footnotes, task lists, addresses in running text and links to records add to them. They are written here
anew, as functions of the size wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, takewhile

Shape = Callable[[int], str]


def again(unit: str, last: str = "") -> Shape:
    """Return ``unit`` over and over."""
    return lambda size: unit * (size // len(unit)) + last


def around(before: str, middle: str, after: str) -> Shape:
    """Return as many ``before`` as ``after``, with ``middle`` between them."""
    return lambda size: (
        before * (size // len(before + after)) + middle + after * (size // len(before + after))
    )


def growing(piece: Callable[[int], str]) -> Shape:
    """Return pieces, each numbered, as many as fit."""

    def shape(size: int) -> str:
        return "".join(_upto(size, (piece(n) for n in count(1))))

    return shape


def _upto(size: int, pieces: Iterator[str]) -> Iterator[str]:
    left = size

    def fits(piece: str) -> bool:
        nonlocal left
        left -= len(piece)
        return left >= 0

    return takewhile(fits, pieces)


def _nested_list(size: int) -> str:
    return growing(lambda n: "  " * (n - 1) + "* a\n")(size)


def _quoted_list(size: int) -> str:
    depth = size // 4
    return "> " * depth + "- a\n" + ">" * depth + "\n"


def _wide_table(size: int) -> str:
    width = size // 12
    return "|a" * width + "\n" + "|-" * width + "\n" + "|b\n" * (size // 4)


REFERENCE: Mapping[str, Shape] = {
    "nested strong emphasis": around("*a **a ", "b", " a** a*"),
    "emphasis closers without openers": again("a_ "),
    "emphasis openers without closers": again("_a "),
    "link closers without openers": again("a]"),
    "link openers without closers": again("[a"),
    "mismatched openers and closers": again("*a_ "),
    "openers and closers, a multiple of 3": lambda size: "a**b" + "c* " * (size // 3),
    "link openers and emphasis closers": again("[ a_"),
    "brackets and parentheses crossed": again("[ (]("),
    "pictures of empty links": again("![[]()"),
    "hard link and emphasis": again("**x [a*b**c*](d) "),
    "nested brackets": around("[", "a", "]"),
    "nested block quotes": again("> ", "a"),
    "nested lists": _nested_list,
    "U+0000": again("abc\x00de\x00"),
    "backticks of every length": growing(lambda n: "e" + "`" * n),
    "links unclosed, in angle brackets": again("[a](<b"),
    "links unclosed": again("[a](b"),
    "comments unclosed": lambda size: "</" + "<!--" * (size // 4),
    "instructions unclosed": lambda size: "<?" * (size // 2),
    "declarations unclosed": lambda size: "<!A " * (size // 4),
    "sections unclosed": lambda size: "<![CDATA[" * (size // 9),
    "empty lines in nested lists": lambda size: "- " * (size // 3) + "x" + "\n" * (size // 3),
    "empty lines in lists in quotes": lambda size: "> " + "- " * (size // 4) + "x\n" + ">\n" * (size // 4),
    "emphasis in a deep quotation": lambda size: "> " * (size // 4) + "a*" * (size // 4),
    "many link definitions": lambda size: (
        growing(lambda n: f"[{n}]: u\n")(size // 2) + "\n" + "[0] " * (size // 8)
    ),
    "link definitions, each used": growing(lambda n: f"[x{n}]: /u\n\n[x1]\n\n"),
    "backslashes in a bracket": lambda size: "[" + "\\" * size,
    "empty links unclosed": again("[]("),
}
"""What the reference implementations are tested with."""

OURS: Mapping[str, Shape] = {
    "a table of one column": lambda size: "|a|\n|-|\n" + "|b|\n" * (size // 4),
    "a wide table of short rows": _wide_table,
    "a table's head alone": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4),
    "many wide tables of short rows": again(_wide_table(1500) + "\n"),
    "tables one after another": again("|a|\n|-|\n\n"),
    "rows that look like heads": again("aaa\rbbb\n-\x0b\n"),
    "pipes escaped": lambda size: "|a|\n|-|\n|" + "\\|" * (size // 2),
    "footnotes, each used": growing(lambda n: f"[^{n}]: a\n\n[^{n}]\n\n"),
    "one footnote, used often": lambda size: "[^a]: b\n\n" + "[^a]" * (size // 4),
    "footnotes in their line": again("^[a"),
    "footnotes nested": around("^[", "a", "]"),
    "footnotes that are not there": again("[^a]"),
    "footnotes unused": growing(lambda n: f"[^{n}]: a\n"),
    "footnotes within footnotes": growing(lambda n: f"{'    ' * (n - 1)}[^{n}]: a\n\n"),
    "strikes": again("~~a "),
    "strikes one after another": again("~"),
    "strikes crossed with stars": again("~~a **b "),
    "stars": again("*"),
    "stars about stars": around("*", "a", "*"),
    "stars about a letter": again("**a*"),
    "underscores": again("_"),
    "tasks": again("- [ ] a\n"),
    "tasks nested": growing(lambda n: "  " * (n - 1) + "- [x] a\n"),
    "numbered lists nested": growing(lambda n: "   " * (n - 1) + "1. a\n"),
    "lists in one line": again("- ", "a"),
    "lists in quotes in lists": again("- > ", "a"),
    "quotes, line by line deeper": growing(lambda n: ">" * n + "a\n"),
    "quotes, continued without marks": lambda size: ">" * (size // 2) + "a\n" + "a\n" * (size // 4),
    "addresses": again("http://a "),
    "addresses without end": again("http://"),
    "addresses of nothing": again("http:// "),
    "addresses of no scheme": again("x://"),
    "addresses of almost a scheme": again("xhttp://a "),
    "addresses of another scheme": again("ftp://a "),
    "one long address": lambda size: "http://a.b/" + "(" * size,
    "addresses of mail": again("mailto:a@"),
    "many colons": lambda size: "http://a.b " + "a:" * (size // 2),
    "links": again("[a](b) "),
    "links with titles unclosed": again('[a](b "'),
    "links with parentheses": again("[a](((((((((("),
    "links within links": around("[", "a", "](b)"),
    "pictures": again("![a](b.png) "),
    "pictures within pictures": around("![", "a", "](b)"),
    "one long address, used often": lambda size: (
        f"[a]: http://a.b/{'c' * (size // 2)}\n\n" + "[a] " * (size // 8)
    ),
    "links, each another, lines of a paragraph": growing(lambda n: f"[a](b{n})\n"),
    "links spelt otherwise": growing(lambda n: f"[a](&#98;{n})\n"),
    "links to nowhere safe": growing(lambda n: f"[a](x:{n})\n"),
    "links to records": again("[[a]]"),
    "links to records unclosed": again("[["),
    "links to records, never closed": again("[[a|"),
    "autolinks unclosed": again("<http:"),
    "tags": again("<b>"),
    "tags, each another": growing(lambda n: f"<b{n}>\n"),
    "tags unclosed": again("<b x"),
    "less": again("<"),
    "comments": again("<!-- -->"),
    "comments unclosed, a line each": again("<!--\n"),
    "comments unclosed, a paragraph each": again("<!--\n\n"),
    "comments unclosed, in lists": again("- <!--\n"),
    "comments that end too late": again("<!--\n", "--> a"),
    "comments unclosed in lists in lists": again("- <!--\n  - <!--\n"),
    "entities": again("&amp;"),
    "entities unfinished": again("&a"),
    "headings": again("# a\n"),
    "headings underlined": again("a\n=\n"),
    "heading marks at the end": lambda size: "# a " + "#" * size,
    "definitions unfinished": again("[a]:\n"),
    "definitions of one name": again("[a]: b\n"),
    "definitions with titles unclosed": lambda size: "[a]: b '" + "c\n" * (size // 2),
    "definitions with labels unclosed": again("[a\n"),
    "one long word": again("a"),
    "one long line of words": again("a "),
    "many lines": again("a\n"),
    "many paragraphs": again("a\n\n"),
    "hard breaks": again("a  \n"),
    "spaces": lambda size: "a" + " " * size + "b",
    "empty lines": lambda size: "a" + "\n" * size + "b",
    "tabs": lambda size: "-" + "\t" * size + "b",
    "code fences": again("```\n"),
    "code fences unclosed in quotes": growing(lambda n: ">" * n + "```\n"),
    "Chinese": again("授权"),
}
"""What our additions to CommonMark, and our own rules, could be hard with."""

ALL: Mapping[str, Shape] = {**REFERENCE, **OURS}
