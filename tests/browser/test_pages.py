"""The sample's pages in a browser, from the disk: accessible, quiet, within their width, in every form.

One page of each template, and one of each kind of event; light and dark, wide and on a phone, in both
languages. What a page is found to be is gathered in the background, a browser for each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from generator.render.html import templates_folder
from generator.settings import LOCALES

pytestmark = pytest.mark.browser

PAGES = {
    "404": "404.html",
    "board": "board/by-team.html",
    "cycle": "cycles/2026q1.html",
    "insights": "insights/index.html",
    "timeline": "board/timeline.html",
    "cycles": "cycles/index.html",
    "delegation": "delegations/course-launch.html",
    "delegations": "delegations/index.html",
    "evaluations": "evaluations/index.html",
    "event": "retrospectives/2026q1.html",
    "feedback": "feedback/index.html",
    "meetings": "meetings/index.html",
    "messages": "records/messages.html",
    "overview": "index.html",
    "people": "people/index.html",
    "person": "people/omar.html",
    "records": "records/index.html",
    "retrospectives": "retrospectives/index.html",
    "specimen": "specimen.html",
    "team": "teams/academy.html",
    "teams": "teams/index.html",
    "type": "records/delegation.html",
}
"""A page of each template."""
MORE = {
    "one board": "board/index.html",
    "checkin": "checkins/course-launch.2026-05-08.html",
    "brief-back": "checkins/course-launch.2026-04-03.html",
    "praise": "feedback/course-launch.2026-05-13-praise.html",
    "minutes": "meetings/course-launch.2026-05-08-go.html",
    "evaluation": "evaluations/course-pilot.2026-04-16-xu-ning.html",
}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Start = Callable[[], AbstractContextManager[Browser]]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Tab:
    """A tab, and what it had to say since the last page was opened."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        self.said.clear()
        self.asked.clear()
        self.page.goto(file.as_uri(), wait_until="load")

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.type}: {message.text}")

    def saw(self, request: Request) -> None:
        self.asked.append(request.url)


def opened(browser: Browser) -> Tab:
    """Open a tab that listens."""
    found = Tab(browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page())
    found.page.on("console", found.heard)
    found.page.on("pageerror", lambda error: found.said.append(f"exception: {error}"))
    found.page.on("request", found.saw)
    return found


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Tab]:
    found = opened(chromium)
    yield found
    found.page.context.close()


CONTRAST = "color-contrast"


def findings(page: Page, only: str = "", but: str = "") -> list[str]:
    """Return what axe finds against WCAG 2.2 AA: by one rule ``only``, or by all ``but`` one."""
    wanted = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": AA}
    options = {
        "runOnly": wanted,
        "rules": {but: {"enabled": False}} if but else {},
        # Else axe asks for the style sheets again, which a page from the disk may not do.
        "preload": False,
        "resultTypes": ["violations"],
    }
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary'].partition(chr(10))[2].strip()}"
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"]
    ]


PAPER = "getComputedStyle(document.documentElement).backgroundColor"
WIDER = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const end = element => Math.round(element.getBoundingClientRect().right);
  return [...document.body.querySelectorAll("*")]
    .filter(e => end(e) > width + 1 && !e.closest(".scroll, .lanes, .sections, pre"))
    .map(e => `${e.tagName}.${e.className} ends at ${end(e)} of ${width}`)
    .concat(`the document is ${document.documentElement.scrollWidth} wide`);
}
"""


def test_there_is_a_page_of_every_template(sites: dict[str, Path]) -> None:
    templates = {file.stem for file in templates_folder().glob("*.html")} - {"base"}
    assert PAGES.keys() == templates
    for name, path in PAGES.items():
        text = (sites["en"] / path).read_text(encoding="utf-8")
        assert re.findall('<body data-page="([^"]+)"', text) == [name]
    assert [path for path in MORE.values() if not (sites["en"] / path).is_file()] == []


def look_at(tab: Tab, file: Path, lang: str) -> list[str]:
    """Return what is wrong with a page in any of its forms."""
    page = tab.page
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    tab.open(file)
    wrong = [f"asks for {url}" for url in tab.asked if not url.startswith("file://")]
    if len(tab.asked) < 4:
        wrong.append(f"asks only for {tab.asked}: no style sheets, no scripts")
    if page.evaluate("document.documentElement.lang") != lang:
        wrong.append(f"is not in {lang}")
    wrong += [f"wide, light: {finding}" for finding in findings(page)]
    wrong += [f"wide: {element}" for element in page.evaluate(WIDER)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"wide, dark: {finding}" for finding in findings(page, only=CONTRAST)]
    page.set_viewport_size(PHONE)
    # To judge contrast takes as long as all the rest, and no colour hangs on the width.
    wrong += [f"phone, dark: {finding}" for finding in findings(page, but=CONTRAST)]
    wrong += [f"phone: {element}" for element in page.evaluate(WIDER)]
    return wrong + tab.said


Seen = dict[str, Future[dict[str, list[str]]]]


@pytest.fixture(scope="module")
def seen(request: pytest.FixtureRequest, sites: dict[str, Path], start: Start) -> Iterator[Seen]:
    """Look at the pages of both languages at the same time, those that are asked for."""
    wanted: dict[str, list[str]] = {locale: [] for locale in LOCALES}
    for item in request.session.items:
        if (
            isinstance(item, pytest.Function)
            and item.originalname == "test_page"
            and item.path == Path(__file__)
        ):
            wanted[item.callspec.params["locale"]].append(item.callspec.params["path"])

    def look_at_all(locale: str) -> dict[str, list[str]]:
        with start() as browser:
            tab, lang = opened(browser), locale.replace("_", "-")
            return {path: look_at(tab, sites[locale] / path, lang) for path in wanted[locale]}

    with ThreadPoolExecutor(len(LOCALES)) as pool:
        yield {locale: pool.submit(look_at_all, locale) for locale in LOCALES}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", [*PAGES.values(), *MORE.values()])
def test_page(seen: Seen, path: str, locale: str) -> None:
    wrong = seen[locale].result()[path]
    if wrong:
        pytest.fail(f"{path} in {locale}:\n" + "\n".join(wrong), pytrace=False)


def test_a_chosen_theme_wins_over_the_system_s(tab: Tab, sites: dict[str, Path]) -> None:
    """In either direction, and without a flash: the choice is made before the page is drawn."""
    page = tab.page
    tab.open(sites["en"] / "index.html")
    seen = {}
    for system in ("light", "dark"):
        page.emulate_media(color_scheme=system)
        seen[system] = page.evaluate(PAPER)
    assert seen["light"] != seen["dark"]
    for chosen, system in (("light", "dark"), ("dark", "light")):
        page.emulate_media(color_scheme=system)
        page.evaluate(f"document.documentElement.dataset.theme = '{chosen}'")
        assert page.evaluate(PAPER) == seen[chosen]
    page.emulate_media(color_scheme="light")


def test_the_keyboard_reaches_the_content_first(tab: Tab, sites: dict[str, Path]) -> None:
    page = tab.page
    page.set_viewport_size(WIDE)
    tab.open(sites["en"] / "delegations/course-launch.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_retrospective_on_paper(tab: Tab, sites: dict[str, Path]) -> None:
    """The words and tables are there, what leads elsewhere is not, and nothing is cut off."""
    page = tab.page
    page.set_viewport_size({"width": 680, "height": 960})  # A4 less its margins, at 96 dots an inch
    tab.open(sites["en"] / "retrospectives/2026q1.html")
    page.emulate_media(media="print", color_scheme="dark")
    try:
        shown = page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length",
            ".masthead, .crumbs, .skip, .around, .colophon, .source",
        )
        assert shown == 0
        assert page.locator("h1").is_visible()
        assert page.get_by_role("table", name="Proposals").is_visible()
        assert page.evaluate(WIDER) == []
        ink, paper = page.evaluate(f"[getComputedStyle(document.body).color, {PAPER}]")
        assert paper == "rgb(255, 255, 255)"
        assert ink == "rgb(28, 33, 40)"
        assert page.pdf(format="A4").startswith(b"%PDF-")
    finally:
        page.emulate_media(media="screen", color_scheme="light")


def test_without_scripts_the_pages_say_the_same(chromium: Browser, tab: Tab, sites: dict[str, Path]) -> None:
    plain = chromium.new_context(java_script_enabled=False, viewport=WIDE)
    try:
        bare = plain.new_page()
        for path in ("index.html", "board/index.html", "delegations/course-launch.html"):
            bare.goto((sites["en"] / path).as_uri())
            tab.page.set_viewport_size(WIDE)
            tab.open(sites["en"] / path)
            words = [set(p.locator("main").inner_text().split()) for p in (bare, tab.page)]
            assert words[0] - words[1] == set()
            assert words[0]
    finally:
        plain.close()


class TestTheLooking:
    """What looks must see each kind of fault."""

    def test_axe_finds(self, tab: Tab, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        file.write_text(
            '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>'
            '<p style="color:#999;background:#fff">pale</p><img src="x.png"></main></html>'
        )
        tab.open(file)
        found = {finding.partition(":")[0] for finding in findings(tab.page)}
        assert found == {CONTRAST, "image-alt"}
        assert {f.partition(":")[0] for f in findings(tab.page, but=CONTRAST)} == {"image-alt"}
        assert {f.partition(":")[0] for f in findings(tab.page, only=CONTRAST)} == {CONTRAST}
        assert any("ERR_FILE_NOT_FOUND" in line for line in tab.said)

    def test_what_is_too_wide(self, tab: Tab, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        file.write_text('<!doctype html><div style="width:5000px">x</div>')
        tab.open(file)
        assert tab.page.evaluate(WIDER)[0] == "DIV. ends at 5008 of 1280"

    def test_other_hosts(self, tab: Tab, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        file.write_text('<!doctype html><img alt="" src="http://127.0.0.1:9/x.png">')
        tab.open(file)
        assert {url.partition(":")[0] for url in tab.asked} == {"file", "http"}
