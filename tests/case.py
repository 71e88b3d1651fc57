"""A case: a content folder held in memory, written by a test and looked at through the stages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import PurePosixPath
from textwrap import dedent

from generator.audience import FULL, read_audience, unknown_audience
from generator.check import check
from generator.decode import decode
from generator.diagnostic import Diagnostic, ordered
from generator.ledger import Ledger, build_ledger
from generator.markdown import Markdown
from generator.project import project
from generator.record import Record
from generator.report import as_text
from generator.settings import FILE, read_settings
from generator.text import Place, Source
from generator.tracking.state import Tracked, track

MARKDOWN = Markdown()

PEOPLE = {"ada": "Ada", "ben": "Ben", "cai": "蔡文", "dana": "Dana"}


class Case:
    """A content folder, or several laid over each other, in memory."""

    def __init__(self) -> None:
        self.files: dict[tuple[int, str], bytes] = {}

    def write(self, path: str, text: str | bytes, *, root: int = 0) -> Case:
        """Put a file there; text is dedented, bytes are taken as they are."""
        self.files[root, path] = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
        return self

    def remove(self, path: str, *, root: int = 0) -> Case:
        """Take a file away."""
        del self.files[root, path]
        return self

    def people(self, *ids: str) -> Case:
        """Add people without more than a name; the usual four unless some are named."""
        for id_ in ids or PEOPLE:
            self.write(f"people/{id_}.md", f"---\ntitle: {PEOPLE.get(id_, id_.title())}\n---\n")
        return self

    def delegation(self, id_: str = "api", lines: str = "", *, owner: str = "ada", by: str = "ben") -> Case:
        """Add a delegation; ``lines`` are further lines of its header."""
        more = dedent(lines).strip("\n")
        head = f"title: {id_}\nowner: {owner}\ndelegator: {by}\n{more}".rstrip("\n")
        return self.write(f"delegations/{id_}.md", f"---\n{head}\n---\n")

    def checkin(self, day: str, lines: str = "", *, on: str = "api") -> Case:
        """Add a check-in of a day; ``lines`` are further lines of its header."""
        more = dedent(lines).strip("\n")
        return self.write(f"checkins/{on}/{day}.md", f"---\ndate: {day}\n{more}".rstrip("\n") + "\n---\n")

    # --- the stages -------------------------------------------------------------------------------

    def source(self, path: str, root: int = 0) -> Source:
        return Source(root, path, self.files[root, path])

    def read(self, path: str, root: int = 0) -> tuple[Record | None, tuple[Diagnostic, ...]]:
        """Decode one file."""
        return decode(self.source(path, root), MARKDOWN)

    def record(self, path: str, root: int = 0) -> Record:
        """Decode one file that must be a record."""
        found, faults = self.read(path, root)
        assert found is not None, faults
        return found

    def joined(self) -> tuple[Ledger, tuple[Diagnostic, ...]]:
        """Read and join everything; return the full ledger with what is wrong so far."""
        faults: list[Diagnostic] = []
        all_settings = []
        for root in range(max((r for r, _ in self.files), default=0) + 1):
            source = self.source(FILE, root) if (root, FILE) in self.files else None
            folder, wrong = read_settings(source, overlaid=root > 0)
            all_settings.append(replace(folder, name=("content", "private")[min(root, 1)]))
            faults.extend(wrong)
        records = []
        for root, path in sorted(self.files):
            if PurePosixPath(path).suffix == ".md":
                found, wrong = self.read(path, root)
                faults.extend(wrong)
                if found is not None:
                    records.append(found)
        others = {
            key: self.source(key[1], key[0]) for key in self.files if not key[1].endswith((".md", FILE))
        }
        ledger, wrong = build_ledger(records, tuple(all_settings), others)
        return ledger, (*faults, *wrong)

    def ledger(self) -> Ledger:
        return self.joined()[0]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong, by place."""
        ledger, faults = self.joined()
        return ordered((*faults, *check(ledger)))

    def codes(self) -> list[str]:
        """Return what is wrong as ``path:line:column code``."""
        return [f"{d.place} {d.code}" for d in self.diagnostics()]

    def check(self) -> str:
        """Return the whole report, as ``remit check`` prints it."""
        return as_text(self.diagnostics(), lambda place: place.path, self.line)

    def line(self, place: Place) -> str | None:
        text = self.files[place.root, place.path].decode("utf-8", "replace").removeprefix("\ufeff")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines[place.line - 1] if place.line <= len(lines) else None

    def project(self, audience: str) -> Ledger:
        """Return what an audience may see."""
        ledger = self.ledger()
        who = read_audience(audience)
        assert who is not None, audience
        assert unknown_audience(ledger, who) is None, unknown_audience(ledger, who)
        return project(ledger, who)

    def track(self, day: str, audience: str = str(FULL)) -> Tracked:
        """Return where everything stands on a day."""
        who = read_audience(audience)
        assert who is not None, audience
        return track(self.project(audience), dt.date.fromisoformat(day), who)
