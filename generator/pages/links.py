"""Where each record's page is, and who links to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from generator.body import Body, Hole, HoleKind
from generator.ledger import Ledger, beside, delegations_of
from generator.markdown import PICTURES, PUBLISHED
from generator.pages.values import Filled, Link, Prose, lang_of
from generator.record import FOLDERS, Delegation, Evaluation, Event, Feedback, Record, Retrospective
from generator.schema import Target
from generator.words import N_, Choice

FOLDER: Mapping[Target, str] = {record.type: folder for folder, record in FOLDERS.items()}
"""The folder of the site that holds a type's pages; the same as in the content."""


class Linker:
    """Knows where every visible record's page is. What is hidden or missing is plain text, alike."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._urls: dict[int, str] = {}
        self._by_id: dict[tuple[Target, str], str] = {}
        taken: set[str] = set()
        for record in ledger.records:
            # Two records can have one id only where everything is shown. Of what others hang on the first
            # one counts, and has the page; events have a page each, the later ones numbered.
            first = ledger.get(record.type, record.id)
            if first and id(first) in self._urls and not isinstance(record, Event):
                self._urls[id(record)] = self._urls[id(first)]
                continue
            base, url, n = f"{FOLDER[record.type]}/{record.id}", "", 1
            while not url or url.casefold() in taken:
                url = f"{base}.html" if n == 1 else f"{base}~{n}.html"
                n += 1
            taken.add(url.casefold())
            self._urls[id(record)] = url
            self._by_id.setdefault((record.type, record.id), url)

    def url(self, record: Record) -> str:
        """Return the path of a record's page from the site's root."""
        # A record as it stood on another day is another value with the same page.
        return self._urls.get(id(record)) or self._by_id[record.type, record.id]

    def link(self, record: Record) -> Link:
        """Return a link to a record, named as it names itself."""
        return replace(name(record, self.ledger), href=self.url(record))

    def to(self, target: Target, id_: str) -> Link:
        """Return a link to the record of a type, or its id as plain text."""
        record = self.ledger.get(target, id_)
        return self.link(record) if record else Link(id_)

    def person(self, id_: str) -> Link:
        """Return a link to a person."""
        return self.to(Target.PERSON, id_)

    def people(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Return links to people, in the order given."""
        return tuple(self.person(id_) for id_ in ids)

    def party(self, reference: str) -> Link:
        """Return a link to a person or team, or the name of somebody outside."""
        if reference.startswith("team:"):
            return self.to(Target.TEAM, reference[5:])
        if reference.startswith("outside:"):
            return Link(reference[8:])
        return self.person(reference)

    def delegation(self, id_: str) -> Link:
        """Return a link to a delegation."""
        return self.to(Target.DELEGATION, id_)

    def reference(self, reference: str) -> Link:
        """Return a link to what ``type:id`` names, or its id as plain text."""
        record = self.ledger.resolve(reference)
        return self.link(record) if record else Link(reference.partition(":")[2] or reference)

    def file(self, record: Record, name: str) -> str:
        """Return the path of a file beside a record on the site, or nothing where it is not published."""
        path = beside(record, name.partition("#")[0].partition("?")[0])
        if path is None or (record.root, path) not in self.ledger.files:
            return ""
        if PurePosixPath(path).suffix.lower() not in PUBLISHED:
            return ""
        return f"files/{path}" if record.root == 0 else f"files/~{record.root}/{path}"

    # --- bodies -----------------------------------------------------------------------------------

    def prose(self, record: Record) -> Prose:
        """Return a record's body with its holes filled."""
        body = record.body
        if not body:
            return Prose()
        return Prose(tuple(self._filled(record, body)), lang_of(body.excerpt))

    def _filled(self, record: Record, body: Body) -> Iterable[str | Filled]:
        for part in body.parts:
            if isinstance(part, str):
                yield part
            elif part.kind is HoleKind.RECORD:
                yield self._record_hole(part)
            elif part.kind is HoleKind.HEADING:
                yield Filled(HoleKind.HEADING, part.target)
            else:
                yield self._file_hole(record, part)

    def _record_hole(self, hole: Hole) -> Filled:
        found = self.ledger.resolve(hole.target)
        if found is None:
            return Filled(HoleKind.RECORD, hole.text or hole.target.partition(":")[2] or hole.target)
        return Filled(HoleKind.RECORD, hole.text, self.url(found), self.link(found))

    def _file_hole(self, record: Record, hole: Hole) -> Filled:
        name = hole.target.partition("#")[0].partition("?")[0]
        if hole.kind is HoleKind.IMAGE:
            href = self.file(record, name) if name.lower().endswith(PICTURES) else ""
            return Filled(HoleKind.IMAGE, hole.text, href)
        if name.lower().endswith(".md"):
            path = beside(record, name)
            other = self._by_path.get((record.root, path)) if path else None
            return Filled(hole.kind, href=self.url(other) if other else "")
        return Filled(hole.kind, href=self.file(record, name))

    @cached_property
    def _by_path(self) -> Mapping[tuple[int, str], Record]:
        return {(r.root, r.path): r for r in self.ledger.records}

    def attachments(self) -> dict[str, tuple[int, str]]:
        """Return the files that visible records link to or show: path on the site → root and path."""
        wanted: dict[str, tuple[int, str]] = {}
        for record in self.ledger.records:
            names = [h.target for h in record.body.holes if h.kind in {HoleKind.FILE_OPEN, HoleKind.IMAGE}]
            if isinstance(record, Delegation):
                names += [m.file for m in record.metrics if m.file]
            for name in names:
                path = beside(record, name.partition("#")[0].partition("?")[0])
                if path and (href := self.file(record, name)):
                    wanted[href] = (record.root, path)
        return wanted

    # --- who links here ---------------------------------------------------------------------------

    @cached_property
    def _backlinks(self) -> Mapping[int, tuple[Record, ...]]:
        found: dict[int, dict[int, Record]] = {}
        for record in self.ledger.records:
            for hole in record.body.holes:
                if (
                    hole.kind is HoleKind.RECORD
                    and (to := self.ledger.resolve(hole.target))
                    and to is not record
                ):
                    found.setdefault(id(to), {})[id(record)] = record
        return {to: tuple(sorted(records.values(), key=_newest)) for to, records in found.items()}

    def linking(self, record: Record) -> tuple[Record, ...]:
        """Return the records whose bodies link here, newest first."""
        return self._backlinks.get(id(record), ())

    def linked_from(self, record: Record) -> tuple[Link, ...]:
        """Return links to the records whose bodies link here, newest first."""
        return tuple(self.link(r) for r in self.linking(record))


def _newest(record: Record) -> tuple[int, str, str]:
    day = record.date.toordinal() if isinstance(record, Event) else 0
    return (-day, record.type, record.id)


def name(record: Record, ledger: Ledger) -> Link:
    """Return what a record is called, without where it leads.

    That is its title; feedback is called by its first words; other events by kind, day and delegation.
    """
    if record.title or not isinstance(record, Event):
        return Link(record.title or record.id)
    kind = KINDS.get(type(record)) or getattr(record, "kind", None)
    about = ""
    for id_ in delegations_of(record)[:1]:
        parent = ledger.delegations.get(id_)
        about = parent.title if parent else id_
    match record:
        case Feedback() if record.body.excerpt:
            return Link(first_sentence(record.body.excerpt), kind=kind, date=record.date)
        case Evaluation():
            subject = ledger.people.get(record.subject)
            about = subject.title if subject else record.subject
        case Retrospective():
            cycle = ledger.cycles.get(record.cycle)
            about = cycle.title if cycle else record.cycle
    return Link("", kind=kind, date=record.date, about=about)


class EventKind(Choice):
    """Names for events whose type has no kinds of its own."""

    RETROSPECTIVE = "retrospective", N_("Retrospective"), "复盘"


KINDS: Mapping[type[Record], Choice] = {Retrospective: EventKind.RETROSPECTIVE}


def first_sentence(text: str, limit: int = 70) -> str:
    """Return the first sentence of a text, cut where it is longer than ``limit``."""
    cut = min((at + 1 for mark in "。！？" if (at := text.find(mark)) >= 0), default=len(text))
    cut = min([cut, *((at + 1) for mark in (". ", "! ", "? ") if (at := text.find(mark)) >= 0)])
    text = text[:cut].rstrip(".。 ")
    if len(text) <= limit:
        return text
    short = text[:limit]
    space = short.rfind(" ")
    return (short[:space] if space > limit // 2 else short).rstrip(" ,，;；:：、") + "…"
