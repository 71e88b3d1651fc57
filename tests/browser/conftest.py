"""A browser for the tests that look at the built site, and the sample's site on the disk."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.audience import FULL
from generator.building import read_content, site_files
from generator.publish import publish
from generator.settings import LOCALES

CONTENT = Path(__file__).parents[2] / "content"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""What keeps the browser from asking the network for anything of its own."""


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Start a browser; each thread needs one of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def program() -> str:
    """Return where Chromium is; skip where it is not, unless REMIT_BROWSER says that it must be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and os.environ.get("REMIT_BROWSER") == "required":
        pytest.fail("there is no chromium, and REMIT_BROWSER=required")
    return path or pytest.skip("there is no chromium; with REMIT_BROWSER=required this fails")


@pytest.fixture(scope="session")
def start(program: str) -> Callable[[], AbstractContextManager[Browser]]:
    """Return what starts a browser."""
    return lambda: started(program)


@pytest.fixture(scope="session")
def chromium(program: str) -> Iterator[Browser]:
    """Start the browser that most tests share."""
    with started(program) as browser:
        yield browser


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the sample for maintainers, who see everything, as of its day; return the folder per language."""
    content, folders = read_content([CONTENT]), {}
    for locale in LOCALES:
        folders[locale] = tmp_path_factory.mktemp("site") / locale
        files, _ = site_files(content, FULL, dt.date(2026, 5, 20), locale)
        publish(folders[locale], files)
    return folders
