"""Parse: a file's bytes become located front matter and a body, or diagnostics; never an exception.

python-frontmatter is given our own handler, because its own takes a header after a byte order mark,
an unclosed one or one closed by ``...`` for no header at all, and so shows what stands in it; it also
forgets positions and lets the last of two equal keys win. The handler reads YAML's events and builds
texts with their places: nothing is constructed, no alias is followed, and nesting is bounded before
anything recursive runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from generator.diagnostic import Diagnostic
from generator.nodes import Mapping, Node, Parsed, Scalar, Sequence
from generator.rules import broken
from generator.text import Place, Source

FILE_LIMIT = 1 << 20
"""Bytes that a record may have."""
HEADER_LIMIT = 256 << 10
"""Bytes that front matter may have."""
DEPTH_LIMIT = 20
"""Levels of nesting in front matter."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Invisible or direction-changing characters, line ends that only some programs see, and controls.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]*")
_WIDE_COLON = re.compile(r"^(\s*(?:-\s+)?[^\W\d][\w.-]*)\s*：\s*(.*)$")
_UNQUOTED = re.compile(r"^\s*((?:- )?[^\W\d][\w.-]*: )([^\"\[{&*!|>]+)$")
_ASCII_OF = str.maketrans("：，【】｛｝“”＃－", ':,[]{}""#-')


_OPENED = re.compile("simple key|quoted scalar|flow")


class HeaderFault(ValueError):  # noqa: N818 - what is wrong with content is a fault everywhere here
    """A header that cannot be split off or read. python-frontmatter expects a ``ValueError``."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message())
        self.diagnostic = diagnostic


class HeaderHandler(BaseHandler):
    """Splits and reads front matter of one source, and writes it for new records."""

    def __init__(self, source: Source | None = None) -> None:
        super().__init__(fm_boundary=re.compile("^---$"), start_delimiter="---", end_delimiter="---")
        self.source = source or Source(0, "", b"")
        self.faults: list[Diagnostic] = []

    def detect(self, text: str) -> bool:
        """Return whether the text begins with front matter."""
        return text.startswith("---") and text[3:].partition("\n")[0].strip() == ""

    def split(self, text: str) -> tuple[str, str]:
        """Return header and body.

        Raises:
            HeaderFault: where there is no header that opens and closes as it must.
        """
        if not self.detect(text):
            raise HeaderFault(_missing_header(self.source, text))
        at = text.find("\n") + 1
        while at:
            end = text.find("\n", at)
            line = text[at:] if end < 0 else text[at:end]
            if line.rstrip() == "---":
                return text[text.find("\n") + 1 : at], "" if end < 0 else text[end + 1 :]
            if line.rstrip() == "...":
                number = text.count("\n", 0, at) + 1
                raise HeaderFault(broken("header-closed-by-dots", self.source.place(number, 1, 4)))
            at = end + 1 if end >= 0 else 0
        raise HeaderFault(broken("header-unclosed", self.source.place(1, 1, 4)))

    def load(self, fm: str, **_: object) -> Any:
        """Return the header as a located mapping.

        Raises:
            HeaderFault: where it is not YAML, or uses what is not read.
        """
        _forbid(self.source, fm)
        try:
            root = _Builder(self).document(fm)
        except yaml.YAMLError as error:
            raise HeaderFault(_syntax_fault(self.source, fm, error)) from None
        if isinstance(root, Mapping):
            return root
        if wide := _wide_line(self.source, fm, 0):
            raise HeaderFault(wide)
        found = "nothing" if isinstance(root, Scalar) and not root.text else _shape(root)
        raise HeaderFault(broken("not-a-mapping", root.place, found=found))

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """Return a header for a new record, its keys in the order given."""
        text: str = yaml.safe_dump(
            metadata, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
        )
        return text.strip()


def parse(source: Source) -> tuple[Parsed | None, tuple[Diagnostic, ...]]:
    """Cut a source into header and body.

    Returns:
        The parsed file or nothing, and what is wrong with it.
    """
    text, fault = decoded(source)
    if fault:
        return None, (fault,)
    handler = HeaderHandler(source)
    try:
        header, body = handler.split(text)
        if (size := len(header.encode())) > HEADER_LIMIT:
            return None, (broken("header-too-large", source.place(), size=size, limit=HEADER_LIMIT),)
        closing = header.count("\n") + 2
        root = handler.load(header)
    except HeaderFault as found:
        return None, (*handler.faults, found.diagnostic)
    return Parsed(root, body, closing + 1, closing), tuple(handler.faults)


def has_header(text: str) -> bool:
    """Return whether a text begins with front matter, were it not for what is invisible before it."""
    lead = _INVISIBLE.match(text)
    return text.startswith("---", lead.end() if lead else 0)


def decoded(source: Source) -> tuple[str, Diagnostic | None]:
    """Return a file's text with line ends as ``\\n`` and without its byte order mark, or what forbids it."""
    data = source.data
    if len(data) > FILE_LIMIT:
        return "", broken("file-too-large", source.place(), size=len(data), limit=FILE_LIMIT)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", broken("not-utf8", source.place(), offset=0, byte="a UTF-16 mark")
    if (at := data.find(b"\0")) >= 0:
        return "", _byte_fault(source, at)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        mark = len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))
        return "", _byte_fault(source, error.start + mark)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, None


def _byte_fault(source: Source, at: int) -> Diagnostic:
    before = source.data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return broken("not-utf8", source.place(line, column), offset=at, byte=f"0x{source.data[at]:02x}")


def _missing_header(source: Source, text: str) -> Diagnostic:
    blank = _INVISIBLE.match(text)
    lead = blank.group() if blank else ""
    rest = text[len(lead) :]
    if rest.startswith("---") and lead:
        odd = next((c for c in lead if c not in "\n "), None)
        what = f"the invisible character U+{ord(odd):04X}" if odd and odd != "\t" else "blank space"
        return broken("text-before-header", source.place(1), what=what)
    if rest.startswith("+++"):
        return broken("foreign-header", source.place(1, 1, 4), what="TOML")
    if rest.startswith("{"):
        return broken("foreign-header", source.place(1), what="JSON")
    first = text.partition("\n")[0]
    return broken("no-header", source.place(1, 1, max(2, min(len(first), 40) + 1)))


def _forbid(source: Source, header: str) -> None:
    """Refuse characters that hide what a header says."""
    if found := _FORBIDDEN.search(header):
        start = header.rfind("\n", 0, found.start()) + 1
        line = header.count("\n", 0, found.start()) + 2
        place = source.place(line, found.start() - start + 1)
        raise HeaderFault(broken("control-character", place, character=f"U+{ord(found.group()):04X}"))


def _wide_line(source: Source, header: str, index: int) -> Diagnostic | None:
    """Return a fault for a full-width colon at or just before line ``index`` (from 0) of the header."""
    lines = header.split("\n")
    for n in (index, index - 1, index + 1):
        if 0 <= n < len(lines) and (found := _WIDE_COLON.match(lines[n])):
            at = lines[n].index("：") + 1
            return broken(
                "full-width",
                source.place(n + 2, at),
                mark="“：”",
                ascii="“: ”",
                line=f"{found[1].strip()}: {found[2]}".rstrip(),
            )
    return None


def _stop(error: yaml.YAMLError) -> tuple[int, int]:
    """Return the line and column, from 0, that an error is best shown at.

    YAML notices a bracket or quote left open, or a line without a colon, only lines later; what was
    being read then stands where it began.
    """
    problem, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    context = str(getattr(error, "context", ""))
    if began and problem and began.line != problem.line and _OPENED.search(context):
        return began.line, began.column
    mark = problem or began
    return (mark.line, mark.column) if mark else (0, 0)


def _syntax_fault(source: Source, header: str, error: yaml.YAMLError) -> Diagnostic:
    line, column = _stop(error)
    if wide := _wide_line(source, header, line):
        return wide
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    lines = header.split("\n")
    line = min(line, len(lines) - 1)
    typed = lines[line].translate(_ASCII_OF)
    if typed != lines[line] and _is_mapping(typed):
        at = next(n for n, c in enumerate(typed) if c != lines[line][n])
        wide_mark, mark = f"“{lines[line][at]}”", f"“{typed[at]}”"
        place = source.place(line + 2, at + 1)
        return broken("full-width", place, mark=wide_mark, ascii=mark, line=typed.strip())
    place = source.place(line + 2, column + 1)
    help_ = None
    if str(problem).startswith("mapping values") and (found := _UNQUOTED.match(lines[line])):
        help_ = f'put the text into quotes: `{found[1]}"{found[2].strip()}"`'
    elif str(problem).startswith("found character that cannot start") and "\t" in lines[line]:
        problem, help_ = "a tab where YAML wants spaces", "indent with spaces"
    elif "unexpected end of stream" in str(problem) and "quot" in str(getattr(error, "context", "")):
        problem, help_ = "a quote that is not closed", "close the quote on the same line"
    return broken("header-syntax", place, problem=str(problem).replace("'", "`"), help=help_)


def _is_mapping(line: str) -> bool:
    """Tell whether a line alone would be read as keys with values."""
    try:
        events = list(yaml.parse(line, Loader=_LOADER))
    except yaml.YAMLError:
        return False
    return any(isinstance(event, yaml.MappingStartEvent) for event in events)


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return "text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


class _Builder:
    """Builds located nodes from YAML's events, within bounds."""

    def __init__(self, handler: HeaderHandler) -> None:
        self.handler = handler
        self.source = handler.source

    def document(self, header: str) -> Node:
        """Return the header's one document."""
        events = yaml.parse(header, Loader=_LOADER)
        root: Node | None = None
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None or event.tags or event.version:
                    self._refuse(event, "directives and further documents")
                continue
            root = self._node(event, events, 1)
        return root if root is not None else Scalar(self.source.place(2), "")

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "aliases")
        if event.anchor is not None:
            self._refuse(event, "anchors")
        if event.tag is not None:
            self._refuse(event, "tags")
        if isinstance(event, yaml.ScalarEvent):
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
            if name.text == "<<" and not name.quoted:
                self._refuse(event, "merge keys")
            value = self._node(next(events), events, depth + 1)
            if name.text in entries:
                first = entries[name.text][0].place
                fault = broken("duplicate-key", name.place, related=(first,), key=name.text, line=first.line)
                self.handler.faults.append(fault)
                twice.append(name.text)
                continue
            entries[name.text] = (name, value)
        return Mapping(place, tuple(entries.values()), tuple(twice))

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        # A block scalar ends on a later line; its first line is pointed at.
        stop = end.column + 1 if end.line == start.line and end.column > start.column else start.column + 2
        return Place(self.source.root, self.source.path, start.line + 2, start.column + 1, stop)

    def _refuse(self, event: Any, feature: str) -> None:
        raise HeaderFault(broken("yaml-feature", self._place(event), feature=feature))
