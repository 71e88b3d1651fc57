"""The pipeline as one: from content folders on the disk to the files of a site."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.audience import Audience, Circle
from generator.check import check, check_own
from generator.decode import decode
from generator.diagnostic import Diagnostic, ordered
from generator.disk import Found, read_file, scan, unreadable
from generator.frontmatter import FILE_LIMIT
from generator.ledger import Ledger, beside, build_ledger
from generator.markdown import Markdown
from generator.project import project
from generator.record import Delegation, Record
from generator.settings import Settings, folder_faults, read_settings
from generator.text import Place, Source

Tell = Callable[[str, int, int], None]
"""Told how far a long stage is: its name, how much is done, how much there is."""

_TOGETHER = 250
"""Files that one process reads at a time; fewer are not worth a process."""

Read = tuple[Record | None, tuple[Diagnostic, ...]]


@dataclass(frozen=True)
class Content:
    """What content folders hold, read and joined."""

    folders: tuple[Path, ...]
    found: tuple[Found, ...]
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    """What reading and joining found; what checks find is not among them."""
    _shown: dict[tuple[int, str], list[str]] = field(default_factory=dict, compare=False, repr=False)
    """The lines of the file that was shown last."""

    def where(self, place: Place) -> str:
        """Return a place's file as the reader would open it."""
        path = (self.folders[place.root] / place.path).as_posix()
        return os.fsencode(path).decode("utf-8", "replace")

    def line(self, place: Place) -> str | None:
        """Return the line a place stands on, or nothing where it cannot be shown."""
        # Diagnostics come file by file, and one file may have a thousand of them.
        key = (place.root, place.path)
        if key not in self._shown:
            self._shown.clear()
            self._shown[key] = _lines(self.folders[place.root], place.path)
        lines = self._shown[key]
        line = lines[place.line - 1] if place.line <= len(lines) else None
        return line if line is not None and len(line) < 2000 else None


def _lines(folder: Path, path: str) -> list[str]:
    # What is reported for being no plain file is not opened for its message either.
    try:
        data = read_file(folder, path, FILE_LIMIT)
    except OSError:
        return []
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_content(folders: Sequence[Path], jobs: int = 1, tell: Tell | None = None) -> Content:
    """Read content folders; the first is the main one, the others are laid over it.

    Raises:
        NotADirectoryError: where a folder is none.
    """
    found = tuple(scan(folder, n) for n, folder in enumerate(folders))
    diagnostics = [d for f in found for d in f.diagnostics]
    settings: list[Settings] = []
    for n, f in enumerate(found):
        read, faults = read_settings(f.settings, overlaid=n > 0)
        settings.append(replace(read, name=folders[n].resolve().name))
        diagnostics += faults
    names = [s.name for s in settings]
    for f, folder in zip(found, settings, strict=True):
        diagnostics += folder_faults(f.settings, folder, names)
    sources = [s for f in found for s in f.sources]
    records = []
    for record, faults in decode_all(sources, jobs, tell):
        diagnostics += faults
        if record is not None:
            records.append(record)
    files = {(n, path): Source(n, path, b"") for n, f in enumerate(found) for path in f.files}
    for key, read_or_fault in _metric_files(folders, records, files):
        if isinstance(read_or_fault, Source):
            files[key] = read_or_fault
        else:
            diagnostics.append(read_or_fault)
            del files[key]
    ledger, faults = build_ledger(records, tuple(settings), files)
    return Content(tuple(folders), found, ledger, ordered([*diagnostics, *faults]))


def decode_all(sources: Sequence[Source], jobs: int = 1, tell: Tell | None = None) -> list[Read]:
    """Read files into records, in several processes where there are many."""
    chunks = [sources[n : n + _TOGETHER] for n in range(0, len(sources), _TOGETHER)]
    out: list[Read] = []
    if jobs > 1 and len(chunks) > 1:
        with ProcessPoolExecutor(min(jobs, len(chunks))) as pool:
            for read in pool.map(_decode_chunk, chunks):
                out += read
                if tell:
                    tell("reading", len(out), len(sources))
        return out
    for chunk in chunks:
        out += _decode_chunk(chunk)
        if tell:
            tell("reading", len(out), len(sources))
    return out


def _decode_chunk(sources: Sequence[Source]) -> list[Read]:
    markdown = Markdown()
    return [decode(source, markdown) for source in sources]


def _metric_files(
    folders: Sequence[Path], records: Sequence[Record], files: Map[tuple[int, str], Source]
) -> Iterator[tuple[tuple[int, str], Source | Diagnostic]]:
    """Read the CSV files that the metrics of delegations name."""
    named = {
        (record.root, path)
        for record in records
        if isinstance(record, Delegation)
        for metric in record.metrics
        if metric.file and (path := beside(record, metric.file))
    }
    for root, path in sorted(named & files.keys()):
        try:
            yield (root, path), Source(root, path, read_file(folders[root], path, FILE_LIMIT + 1))
        except OSError as error:
            yield (root, path), unreadable(root, path, error)


def audience_diagnostics(content: Content, projected: Ledger, audience: Audience) -> tuple[Diagnostic, ...]:
    """Return what is wrong, as far as an audience may know: with what it sees, by itself."""
    if audience.circle is Circle.FULL:
        return ordered([*content.diagnostics, *check(content.ledger)])
    seen = {(r.root, r.path): set(r.places.values()) for r in projected.records}
    hidden: set[Place] = set()
    for whole in content.ledger.records:
        if (file := (whole.root, whole.path)) in seen:
            hidden |= set(whole.places.values()) - seen[file]
    own = [d for d in content.diagnostics if (d.place.root, d.place.path) in seen and d.place not in hidden]
    return ordered([*own, *check_own(projected)])


@dataclass(frozen=True)
class Shown:
    """What is shown to an audience, before it is rendered."""

    audience: Audience
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, as far as the audience may know."""


def shown_to(content: Content, audience: Audience) -> Shown:
    """Return what is shown of some content to an audience."""
    projected = project(content.ledger, audience)
    return Shown(audience, projected, audience_diagnostics(content, projected, audience))


def site_files(
    content: Content,
    audience: Audience,
    today: dt.date,
    locale: str | None = None,
    tell: Tell | None = None,
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the files of the site for an audience, by path, and what is wrong as far as it may know."""
    shown = shown_to(content, audience)
    files, lost = rendered(content, shown, today, locale, tell)
    return files, ordered([*shown.diagnostics, *lost])


def rendered(
    content: Content, shown: Shown, today: dt.date, locale: str | None = None, tell: Tell | None = None
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the files of the site that shows what is shown to an audience, by path, and what cannot be read.

    That is an attachment: it is known only by who links to it.
    """
    # The heavy imports wait until there is something to render.
    from generator.pages.links import Linker  # noqa: PLC0415
    from generator.pages.site import all_pages  # noqa: PLC0415
    from generator.render.data import data_files  # noqa: PLC0415
    from generator.render.feeds import feed_files  # noqa: PLC0415
    from generator.render.html import Renderer, SiteFacts  # noqa: PLC0415
    from generator.tracking.state import track  # noqa: PLC0415

    tracked = track(shown.ledger, today, shown.audience)
    linker = Linker(tracked.ledger)
    site = shown.ledger.site
    renderer = Renderer(SiteFacts(site.title, today, locale or site.locale, str(shown.audience)))
    files = renderer.assets() | data_files(tracked, linker, renderer.language)
    files |= feed_files(tracked, linker, renderer.language, site.title)
    pages = list(all_pages(tracked, linker, shown.diagnostics))
    for n, page in enumerate(pages, 1):
        files[page.path] = renderer.page(page).encode()
        if tell and (n % 50 == 0 or n == len(pages)):
            tell("rendering", n, len(pages))
    lost: list[Diagnostic] = []
    for path, (root, name) in linker.attachments().items():
        try:
            files[path] = read_file(content.folders[root], name)
        except OSError as error:
            lost.append(unreadable(root, name, error))
    return files, ordered(lost)


def today_in(settings: Settings) -> dt.date:
    """Return today's date in the site's time zone."""
    return dt.datetime.now(ZoneInfo(settings.timezone)).date()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
