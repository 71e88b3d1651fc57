"""Sites built once for many tests: the golden organisation and the sample, for any audience."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from generator.audience import read_audience
from generator.building import Content, read_content, site_files
from generator.diagnostic import Diagnostic
from generator.pages.links import Linker
from generator.pages.site import all_pages
from generator.pages.values import Page
from generator.project import project
from generator.tracking.state import Tracked, track

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Built:
    """A site."""

    files: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]

    def html(self) -> dict[str, str]:
        """Return the pages, by path."""
        return {path: data.decode() for path, data in self.files.items() if path.endswith(".html")}


@dataclass(frozen=True)
class Organisation:
    """Records that are read, and the day that they are looked at."""

    folder: Path
    day: dt.date

    def read(self) -> Content:
        return _read(self.folder)

    def build(self, audience: str, locale: str = "en") -> Built:
        return _build(self.folder, self.day, audience, locale)

    def tracked(self, audience: str) -> Tracked:
        """Return where everything stands, as far as an audience sees it."""
        who = read_audience(audience)
        assert who is not None
        return track(project(self.read().ledger, who), self.day, who)

    def pages(self, audience: str) -> tuple[Page, ...]:
        """Return the values of all pages for an audience."""
        who = read_audience(audience)
        assert who is not None
        tracked = self.tracked(audience)
        _, diagnostics = site_files(self.read(), who, self.day)
        return tuple(all_pages(tracked, Linker(tracked.ledger), diagnostics))


@cache
def _read(folder: Path) -> Content:
    return read_content([folder])


@cache
def _build(folder: Path, day: dt.date, audience: str, locale: str) -> Built:
    who = read_audience(audience)
    assert who is not None
    return Built(*site_files(_read(folder), who, day, locale))


GOLDEN = Organisation(ROOT / "tests" / "golden" / "content", dt.date(2026, 3, 16))
SAMPLE = Organisation(ROOT / "content", dt.date(2026, 5, 20))


@pytest.fixture(scope="session")
def golden() -> Organisation:
    """Return the organisation of tests/golden/content: every type, every key, both languages."""
    return GOLDEN


@pytest.fixture(scope="session")
def sample() -> Organisation:
    """Return the sample organisation, content/."""
    return SAMPLE
