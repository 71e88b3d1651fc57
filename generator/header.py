"""Header: YAML's events become texts, lists and mappings with their places, or one located fault.

Nothing is constructed, no alias is followed, and nesting is bounded before anything recursive runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from generator.diagnostic import Diagnostic
from generator.nodes import Mapping, Node, Scalar, Sequence
from generator.rules import broken
from generator.syntax import LOADER, HeaderFault, Stretch, syntax_fault, wide_line
from generator.text import HIDDEN, Place

DEPTH_LIMIT = 20
"""Levels of nesting in front matter."""
NODE_LIMIT = 20_000
"""Keys and values that front matter may have, lists and mappings counted too."""
KEY_LIMIT = 200
"""Characters that a key may have."""


def read_header(stretch: Stretch, faults: list[Diagnostic]) -> Mapping:
    """Return a header as a located mapping; keys that stand twice are added to ``faults``.

    Raises:
        HeaderFault: where it is not YAML, or uses what is not read.
    """
    return build(Builder(stretch, faults))


def build(builder: Builder) -> Mapping:
    """Return what a builder reads as a located mapping.

    Raises:
        HeaderFault: where it is not YAML, or uses what is not read.
    """
    stretch = builder.stretch
    _forbid(stretch)
    try:
        root = builder.document()
    except yaml.MarkedYAMLError as error:  # the other kind is about characters: refused above
        raise HeaderFault(syntax_fault(stretch, error)) from None
    if isinstance(root, Mapping):
        return root
    if wide := wide_line(stretch, 0):
        raise HeaderFault(wide)
    found = "a list" if isinstance(root, Sequence) else "text" if root.text else "nothing"
    raise HeaderFault(broken("not-a-mapping", root.place, found=found))


# --- what is no YAML, or not ours ------------------------------------------------------------------


def _forbid(stretch: Stretch) -> None:
    """Refuse characters that hide what a header says."""
    if found := HIDDEN.search(stretch.text):
        start = stretch.text.rfind("\n", 0, found.start()) + 1
        place = stretch.place(stretch.text.count("\n", 0, found.start()), found.start() - start)
        raise HeaderFault(broken("control-character", place, character=f"U+{ord(found.group()):04X}"))


# --- nodes ----------------------------------------------------------------------------------------


class Builder:
    """Builds located nodes from YAML's events, within bounds."""

    def __init__(self, stretch: Stretch, faults: list[Diagnostic]) -> None:
        self.stretch = stretch
        self.faults = faults
        self._left = NODE_LIMIT

    def document(self) -> Node:
        """Return the one document of the stretch."""
        events = yaml.parse(self.stretch.text, Loader=LOADER)
        root: Node | None = None
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None or event.tags or event.version:
                    self._refuse(event, "directives and further documents")
                continue
            root = self._node(event, events, 1)
        return root if root is not None else Scalar(self.stretch.place(0, 0), "")

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        place = self._place(event)
        self._left -= 1
        if self._left < 0:
            raise HeaderFault(broken("too-many-values", place, limit=NODE_LIMIT))
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "aliases")
        if event.anchor is not None:
            self._refuse(event, "anchors")
        if event.tag is not None:
            self._refuse(event, "tags")
        if isinstance(event, yaml.ScalarEvent):
            # In double quotes, an escape may spell what is refused as it stands.
            if event.style == '"' and (found := HIDDEN.search(event.value)):
                raise HeaderFault(broken("control-character", place, character=f"U+{ord(found.group()):04X}"))
            return Scalar(place, event.value, event.style in {"'", '"'})
        if depth > DEPTH_LIMIT:
            raise HeaderFault(broken("too-deep", place, limit=DEPTH_LIMIT))
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Sequence(place, tuple(items))
        return self._mapping(place, events, depth)

    def _mapping(self, place: Place, events: Iterator[Any], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        twice: list[str] = []
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = self._node(event, events, depth + 1)
            if not isinstance(name, Scalar):
                raise HeaderFault(broken("header-syntax", name.place, problem="a key must be a plain word"))
            if len(name.text) > KEY_LIMIT:
                problem = f"a key of {len(name.text)} characters"
                help_ = f"use at most {KEY_LIMIT}; a text stands after the colon"
                raise HeaderFault(broken("header-syntax", name.place, problem=problem, help=help_))
            if name.text == "<<" and not name.quoted:
                self._refuse(event, "merge keys")
            value = self._node(next(events), events, depth + 1)
            if name.text in entries:
                first = entries[name.text][0].place
                fault = broken("duplicate-key", name.place, related=(first,), key=name.text, line=first.line)
                self.faults.append(fault)
                twice.append(name.text)
                continue
            entries[name.text] = (name, value)
        return Mapping(place, tuple(entries.values()), tuple(twice))

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        # A block scalar ends on a later line; its first line is pointed at.
        stop = end.column + 1 if end.line == start.line and end.column > start.column else start.column + 2
        source = self.stretch.source
        return Place(source.root, source.path, start.line + self.stretch.line, start.column + 1, stop)

    def _refuse(self, event: Any, feature: str) -> None:
        raise HeaderFault(broken("yaml-feature", self._place(event), feature=feature))
