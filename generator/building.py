"""The pipeline as one: from content folders on the disk to the files of a site."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.audience import Audience, Circle
from generator.check import check, check_own
from generator.decode import decode
from generator.diagnostic import Diagnostic, ordered
from generator.disk import Found, scan
from generator.frontmatter import FILE_LIMIT
from generator.ledger import Ledger, build_ledger
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

    def where(self, place: Place) -> str:
        """Return a place's file as the reader would open it."""
        return (self.folders[place.root] / place.path).as_posix()

    def line(self, place: Place) -> str | None:
        """Return the line a place stands on, or nothing where it cannot be shown."""
        try:
            data = (self.folders[place.root] / place.path).read_bytes()
        except OSError:
            return None
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return (
            lines[place.line - 1] if place.line <= len(lines) and len(lines[place.line - 1]) < 2000 else None
        )


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
    files |= _metric_files(records, found)
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


def _metric_files(records: Sequence[Record], found: Sequence[Found]) -> dict[tuple[int, str], Source]:
    """Read the CSV files that metrics may name: those beside delegations that have metrics."""
    wanted = {r.root for r in records if isinstance(r, Delegation) and any(m.file for m in r.metrics)}
    read = {}
    for root in wanted:
        for path, file in found[root].files.items():
            if not path.lower().endswith(".csv"):
                continue
            # One that cannot be read may be nobody's: it is told of where a metric names it.
            with suppress(OSError):
                if file.stat().st_size <= FILE_LIMIT:
                    read[root, path] = Source(root, path, file.read_bytes())
    return read


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
    return rendered(content, shown, today, locale, tell), shown.diagnostics


def rendered(
    content: Content, shown: Shown, today: dt.date, locale: str | None = None, tell: Tell | None = None
) -> dict[str, bytes]:
    """Return the files of the site that shows what is shown to an audience, by path."""
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
    for path, (root, name) in linker.attachments().items():
        files[path] = content.found[root].files[name].read_bytes()
    return files


def today_in(settings: Settings) -> dt.date:
    """Return today's date in the site's time zone."""
    return dt.datetime.now(ZoneInfo(settings.timezone)).date()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
