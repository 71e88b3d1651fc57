"""A record made of a template: its lines as they are, but for the keys that are given anew."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from generator.frontmatter import HeaderHandler, parse
from generator.nodes import Node, Scalar, Sequence
from generator.record import Record
from generator.scaffold.templates import Template
from generator.scaffold.words import Words, bare, header_of
from generator.schema import Block, Kind, Many, Table, Text, keys_of
from generator.text import Source


def filled(of: type[Record], template: Template, words: Words, body: str, start: dt.date) -> str:
    """Return the text of a record.

    Args:
        of: its type.
        template: what stands in it where ``words`` say nothing.
        words: the keys that are given.
        body: what stands below them; the template's own where it is empty.
        start: the day that the template's days are counted from.

    Raises:
        OverflowError: where a day of the template is beyond the calendar.
    """
    chunks = template.chunks(start)
    keys = {word: key for word, (_, key) in keys_of(of).items()}
    for word, value in header_of(of, words).items():
        there = chunks.get(word, "")
        lead = "".join(f"{line}\n" for line in there.split("\n") if line.startswith("#"))
        if isinstance(value, dict) and isinstance(keys[word].kind, Block) and there:
            value = _merged(_plain(_node(there), keys[word].kind), value)  # noqa: PLW2901 - what it becomes
        chunks[word] = lead + HeaderHandler().export({word: value})
    order = {word: n for n, word in enumerate(keys)}
    lines = "\n".join(chunks[word] for word in sorted(chunks, key=lambda w: order.get(w, len(order))))
    given = {path[0] for path in words}
    asked = re.compile(r"# *([\w-]+):")
    kept = [x for x in lines.split("\n") if not ((found := asked.match(x)) and found[1] in given)]
    text = (body or template.body).strip()
    return "\n".join(("---", *kept, "---", *(("", text) if text else ()))) + "\n"


def _node(chunk: str) -> Node:
    """Return what stands under the only key of some lines."""
    parsed, _ = parse(Source(0, "", f"---\n{chunk}\n---\n".encode()))
    assert parsed  # noqa: S101 - they are lines of what was read
    return parsed.header.entries[0][1]


def _plain(node: Node, kind: Kind) -> Any:
    """Return what was read as it is written again: by the kinds of the schema, else as text."""
    if isinstance(node, Scalar):
        return node.text if node.quoted else bare(kind, node.text)
    if isinstance(node, Sequence):
        item = kind.item if isinstance(kind, Many) else Text()
        return [_plain(n, item) for n in node.items]
    inner = {w: key.kind for w, (_, key) in keys_of(kind.of).items()} if isinstance(kind, Block) else {}
    other = kind.item if isinstance(kind, Table) else Text()
    return {key.text: _plain(value, inner.get(key.text, other)) for key, value in node.entries}


def _merged(there: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with some of it given anew, at any depth."""
    out = dict(there) if isinstance(there, dict) else {}
    for word, value in given.items():
        out[word] = _merged(out.get(word), value) if isinstance(value, dict) else value
    return out
