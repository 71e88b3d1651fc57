"""A new record from words: where the file goes, and its text.

Everything about keys comes from the schema. A word is kept as it was written; reading the draft back
is what judges it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import PurePosixPath

import frontmatter

from generator.frontmatter import HeaderHandler
from generator.layout import id_of_path
from generator.ledger import Ledger, fold
from generator.record import FOLDERS, Checkin, Delegation, Event, Record
from generator.scaffold.filling import filled
from generator.scaffold.templates import Template
from generator.scaffold.words import Words, header_of
from generator.scalars import id_fault
from generator.schema import (
    Kind,
    Many,
    Ref,
    Target,
    keys_of,
)

_FOLDER = {record: folder for folder, record in FOLDERS.items()}
_SLUG = 40
"""Letters of a title that a file's name takes up."""


def subject(of: type[Record]) -> str | None:
    """Return the key that says what an event is about, or nothing for a record that is named itself.

    That is the required reference to a cycle or delegation, else the first one to a delegation.
    """
    if not issubclass(of, Event):
        return None
    keys = {word: key for word, (_, key) in keys_of(of).items()}
    required = (
        w for w, k in keys.items() if k.required and _leads_to(k.kind, Target.CYCLE, Target.DELEGATION)
    )
    return next(required, None) or next(w for w, k in keys.items() if _leads_to(k.kind, Target.DELEGATION))


def _leads_to(kind: Kind, *targets: Target) -> bool:
    if isinstance(kind, Many):
        kind = kind.item
    return isinstance(kind, Ref) and kind.to in targets


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written."""

    path: str
    """Inside the content folder."""
    text: str
    files: tuple[tuple[str, str], ...] = ()
    """Other files that it names, by path inside the content folder."""


def draft(
    of: type[Record],
    name: str,
    words: Words,
    body: str,
    ledger: Ledger,
    *,
    paths: Set[str] = frozenset(),
    template: Template | None = None,
    start: dt.date = dt.date.min,
) -> Draft:
    """Return a record's file.

    Args:
        of: its type.
        name: its id where it is named itself, else the id of what it is about, or nothing.
        words: its keys; a date among them where the type has one.
        body: Markdown.
        ledger: the records that are there: they say where this one goes, and which names are taken.
        paths: files of the content folder that must be left alone.
        template: what stands in it where ``words`` say nothing; for what is named itself.
        start: the day that the template's days are counted from.

    Raises:
        OverflowError: where a day of the template is beyond the calendar.
    """
    words = dict(words)
    about = subject(of)
    home = ""
    if about is None:
        path = _named_path(of, name, ledger, folder=bool(template and template.series()))
    else:
        target = keys_of(of)[about][1].kind
        if isinstance(target, Many):
            several = tuple(dict.fromkeys((*((name,) if name else ()), *words.get((about,), ()))))
            words[about,] = several
            name = several[0] if len(several) == 1 else ""
        elif name:
            words[about,] = name
        if name and _leads_to(target, Target.DELEGATION):
            home = _home(of, name, ledger)
        path = _free(of, home or _FOLDER[of], _stem(of, about, words), ledger, paths)
    if home:
        # The folder says it already.
        words.pop((str(about),), None)
    if template is None:
        return Draft(path, _text(of, words, body))
    beside = PurePosixPath(path).parent
    series = template.series().items()
    return Draft(
        path,
        filled(of, template, words, body, start),
        tuple((f"{beside}/{file}", text) for file, text in series if PurePosixPath(file).name == file),
    )


def taken(of: type[Record], name: str, ledger: Ledger) -> Record | None:
    """Return the record of a type that has this id already, however it is capitalised."""
    return next((r for r in ledger.records if isinstance(r, of) and fold(r.id) == fold(name)), None)


def _named_path(of: type[Record], name: str, ledger: Ledger, *, folder: bool) -> str:
    """Return where a record with an id of its own goes; a delegation has a folder where others have."""
    others = [PurePosixPath(d.path).name for d in ledger.delegations.values()]
    folder = of is Delegation and (folder or "index.md" in others or not others)
    return f"{_FOLDER[of]}/{name}/index.md" if folder else f"{_FOLDER[of]}/{name}.md"


def _home(of: type[Record], delegation: str, ledger: Ledger) -> str:
    """Return the folder for a delegation's events of a type, in the layout that the delegation has."""
    found = ledger.delegations.get(delegation)
    if found and PurePosixPath(found.path).name == "index.md":
        return f"{PurePosixPath(found.path).parent}/{_FOLDER[of]}"
    return f"{_FOLDER[of]}/{delegation}"


def _stem(of: type[Record], about: str, words: Words) -> str:
    """Return a file's name that others are unlikely to choose on the same day."""
    given = {w: words.get((w,), ()) for w in keys_of(of)}
    if keys_of(of)[about][1].required:
        # There is one a cycle, or one a team.
        team = next((w for w, (_, k) in keys_of(of).items() if _leads_to(k.kind, Target.TEAM)), about)
        return "-".join(dict.fromkeys(str(given[w]) for w in (about, team) if given[w]))
    parts = [str(given["date"])]
    if title := _slug(str(given["title"] or "")):
        return "-".join((*parts, title))
    for word, (_, key) in keys_of(of).items():
        if key.required and _leads_to(key.kind, Target.PERSON):
            people = given[word] if isinstance(given[word], tuple) else (str(given[word]),)
            return "-".join((*parts, *(p for p in people[:2] if not id_fault(p))))
    return parts[0]


def _slug(title: str) -> str:
    words = re.findall(r"[^\W_]+", title.casefold())
    slug = "-".join(words)
    return slug if len(slug) <= _SLUG else slug[:_SLUG].rpartition("-")[0] or slug[:_SLUG]


def _free(of: type[Record], folder: str, stem: str, ledger: Ledger, paths: Set[str]) -> str:
    """Return a path that no record has, nor its id: the next is `-2`."""
    folded = {path.casefold() for path in paths}
    number = 1
    while True:
        path = f"{folder}/{stem}.md" if number == 1 else f"{folder}/{stem}-{number}.md"
        if path.casefold() not in folded and taken(of, id_of_path(path), ledger) is None:
            return path
        number += 1


# --- the text -----------------------------------------------------------------------------------------


def _text(of: type[Record], words: Words, body: str) -> str:
    header = header_of(of, words)
    post = frontmatter.Post(body.strip(), handler=HeaderHandler())
    post.metadata = header
    text: str = frontmatter.dumps(post)
    return text.rstrip() + "\n"


def wants_delegation(of: type[Record]) -> bool:
    """Return whether a record of this type is nothing without a delegation."""
    return of is Checkin
