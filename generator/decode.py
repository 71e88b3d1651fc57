"""Decode: front matter becomes a typed record, or diagnostics. Same bytes and path, same result."""

from __future__ import annotations

import re

from generator.diagnostic import Diagnostic
from generator.fields import MOST, Fields
from generator.frontmatter import decoded, has_header, parse
from generator.layout import folder_of, folder_type, id_of_path
from generator.markdown import Markdown
from generator.nodes import Mapping, Node, Parsed, Scalar
from generator.record import FOLDERS, TYPES, Record
from generator.rules import broken, did_you_mean
from generator.salvage import salvage
from generator.scalars import id_fault, scalar
from generator.schema import Id, keys_of
from generator.secrecy import reasons
from generator.slips import misshapen
from generator.text import Source, nearest

_CLOSE = 50
"""Lines of a body in which a key may stand that was meant for the header."""
_KEY_LINE = re.compile(r"""\s*(["']?visibility["']?)\s{0,9}[:：]\s{0,9}[^\s]{1,20}\s*""", re.IGNORECASE)
_BY_NAME = {of.type.value: of for of in TYPES}


def decode(source: Source, markdown: Markdown) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    """Read one file.

    Returns:
        The record, or nothing where the file is none or cannot be typed, and what is wrong with it.
    """
    folder = folder_type(source.path)
    if _is_no_record(source, folder):
        return None, ()
    parsed, faults = parse(source)
    if parsed is None:
        return None, (*faults, *_further(source, folder, faults, markdown))
    of, fault = _type(parsed.header, folder, source)
    if of is None:
        return None, (*faults, *fault)
    start = source.place(1, 1, 4)
    fields = Fields(start, source.place(parsed.closing_line, 1, 4))
    values = fields.block(parsed.header, of, ())
    id_ = _id(parsed.header, source, fields)
    if below := _below(parsed, source):
        fields.slip(("visibility",), below)
    body, body_faults = markdown.render(parsed.body, source, parsed.body_line)
    told = (*faults, *(s.diagnostic for s in fields.slips if s.diagnostic), *body_faults)
    if values is None or id_ is None or len(fields.slips) >= MOST:
        return None, told
    record = of(
        id=id_,
        root=source.root,
        path=source.path,
        folder=folder_of(source.path),
        body=body,
        guarded=bool(reasons(of, fields.slips)),
        places=fields.places,
        extra=fields.extra,
        **values,
    )
    return record, told


def _further(
    source: Source, folder: type[Record] | None, faults: tuple[Diagnostic, ...], markdown: Markdown
) -> tuple[Diagnostic, ...]:
    """Return what else is wrong with a file whose header cannot be read as a whole."""
    rest = salvage(source, faults[-1])
    if rest is None:
        return ()
    told = [*rest.faults]
    parsed = rest.parsed
    if "type" not in rest.lost:
        of, fault = _type(parsed.header, folder, source)
        told += fault
        if of is not None:
            fields = Fields(source.place(1, 1, 4), source.place(parsed.closing_line, 1, 4))
            near = (nearest(word, list(keys_of(of))) for word in rest.lost)
            fields.unread(word for word in near if word)
            fields.block(parsed.header, of, ())
            if "id" not in rest.lost:
                _id(parsed.header, source, fields)
            told += [s.diagnostic for s in fields.slips if s.diagnostic]
    told += markdown.render(parsed.body, source, parsed.body_line)[1]
    return tuple(d for d in dict.fromkeys(told) if d not in faults)


def _is_no_record(source: Source, folder: type[Record] | None) -> bool:
    """Tell apart what explains a folder: a README, or Markdown without header outside the type folders."""
    if folder is not None and source.path.rpartition("/")[2].lower() != "readme.md":
        return False
    text, fault = decoded(source)
    return fault is None and not has_header(text)


def _entry(header: Mapping, word: str) -> Node | None:
    return next((value for name, value in header.entries if name.text == word), None)


def _type(
    header: Mapping, folder: type[Record] | None, source: Source
) -> tuple[type[Record] | None, tuple[Diagnostic, ...]]:
    """Return the type that the header or else the folder names, or what is wrong with it."""
    value = _entry(header, "type")
    if value is not None:
        word = value.text.strip() if isinstance(value, Scalar) else ""
        if word in _BY_NAME:
            return _BY_NAME[word], ()
        help_ = did_you_mean(nearest(word, list(_BY_NAME)))
        types = ", ".join(_BY_NAME)
        return None, (broken("unknown-type", value.place, value=word, types=types, help=help_),)
    if folder is None:
        return None, (broken("no-type", source.place(1, 1, 4), folders=", ".join(FOLDERS)),)
    return folder, ()


def _id(header: Mapping, source: Source, fields: Fields) -> str | None:
    """Return the id that the header or else the path gives, or nothing after noting what is wrong."""
    value = _entry(header, "id")
    if value is None:
        word = id_of_path(source.path)
        if why := id_fault(word) or _reserved(word):
            place = source.place(1, 1, 4)
            help_ = "rename the file, or add an `id:` of letters, digits, `-`, `_` and `.`"
            fields.slip(("id",), broken("bad-id", place, value=word, why=why, help=help_))
            return None
        return word
    fields.places["id",] = value.place
    if not isinstance(value, Scalar):
        fields.slip(("id",), misshapen("id", Id(), value))
        return None
    word, fault = scalar(value, Id(), "id")
    if fault is None and (why := _reserved(word)):
        fault = broken("bad-id", value.place, value=word, why=why)
    if fault:
        fields.slip(("id",), fault)
        return None
    return str(word)


def _below(parsed: Parsed, source: Source) -> Diagnostic | None:
    """Return the fault of a header that a stray ``---`` closes before it says who may see the record."""
    if _entry(parsed.header, "visibility") is not None:
        return None
    for n, line in enumerate(parsed.body.split("\n", _CLOSE)[:_CLOSE]):
        if found := _KEY_LINE.fullmatch(line):
            place = source.place(parsed.body_line + n, found.start(1) + 1, found.end(1) + 1)
            problem = "`visibility` below the line that closes the front matter"
            return broken(
                "header-syntax", place, problem=problem, help="move it above the first closing `---`"
            )
    return None


def _reserved(word: str) -> str | None:
    return "`index` is the name of a list's page" if word.casefold() == "index" else None
