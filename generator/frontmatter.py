"""Parse: a file's bytes become located front matter and a body, or diagnostics; never an exception.

python-frontmatter is given our own handler, because its own takes a header after a byte order mark,
an unclosed one or one closed by ``...`` for no header at all, and so shows what stands in it; it also
forgets positions and lets the last of two equal keys win. What stands in a header is read by
``generator.header``.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from generator.diagnostic import Diagnostic
from generator.header import read_header
from generator.nodes import Parsed
from generator.rules import broken
from generator.syntax import HeaderFault, Stretch
from generator.text import Source

FILE_LIMIT = 1 << 20
"""Bytes that a record may have."""
HEADER_LIMIT = 256 << 10
"""Bytes that front matter may have."""
_INVISIBLE = re.compile(
    "\\A[\\s\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]+"
)


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
        return read_header(Stretch(self.source, fm), self.faults)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """Return a header for a new record, its keys in the order given."""
        text: str = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False, width=100)
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
    return _INVISIBLE.sub("", text).startswith("---")


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
    rest = _INVISIBLE.sub("", text)
    lead = text.removesuffix(rest)
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
