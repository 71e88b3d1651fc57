"""A net for words that must not be found: it looks for them in every form that a file could hold them in.

A canary is a stem with a number of four digits behind it (``kestrel-1007``), or a stem alone. What is
found is found in the plain bytes, gzip, UTF-16, HTML's entities, percent and ``\\u`` escapes, folded lines
of a calendar, and in base64 wherever the word begins in it.
"""

from __future__ import annotations

import base64
import gzip
import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

STEMS = ("kestrel", "红隼")
_CANARY = re.compile(rf"(?:{'|'.join(STEMS)})(?:-\d{{4}})?", re.IGNORECASE)
_ESCAPED = re.compile(r"\\+u\{?([0-9a-f]{4,5})\}?|\\+x([0-9a-f]{2})", re.IGNORECASE)
_FOLDED = re.compile(r"\r?\n[ \t]")


def _coded(stem: str) -> Iterator[bytes]:
    """Yield what base64 has of a word, wherever it begins: only the middle is the same each time."""
    for word in {stem, stem.capitalize(), stem.upper()}:
        for encoding in ("utf-8", "utf-16-le"):
            for n in range(3):
                plain = b"\0" * n + word.encode(encoding)
                coded = base64.b64encode(plain)[4 if n else 0 : len(plain) // 3 * 4]
                yield from {coded, coded.translate(bytes.maketrans(b"+/", b"-_"))}


_CODED = tuple(coded for stem in STEMS for coded in _coded(stem) if len(coded) > 3)


def _views(data: bytes) -> Iterator[str]:
    """Yield a file's text in every way it can be read."""
    if data[:2] == b"\x1f\x8b":
        yield from _views(gzip.decompress(data))
    for stem in STEMS:
        for encoding in ("utf-16-le", "utf-16-be"):
            if stem.encode(encoding) in data:
                yield data.decode(encoding, "replace")
                yield data[1:].decode(encoding, "replace")
    text = data.decode("utf-8", "replace")
    if text.startswith("BEGIN:VCALENDAR"):
        text = _FOLDED.sub("", text)
    yield text
    if "&" in text:
        yield html.unescape(html.unescape(text))
    if "%" in text:
        yield unquote_to_bytes(data).decode("utf-8", "replace")
    if "\\" in text:
        pairs = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
        yield pairs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def hits(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return the canaries that are found, each with the files that it is in; ``base64`` for what is coded."""
    found: dict[str, set[str]] = {}
    for path, data in files.items():
        words = {word.lower() for view in (path, *_views(data)) for word in _CANARY.findall(view)}
        if any(coded in data for coded in _CODED):
            words.add("base64")
        for word in words:
            found.setdefault(word, set()).add(path)
    return found
