"""One page of each template, from the preview and from the disk: all is allowed, and nothing leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from test_pages import MORE, PAGES

from generator.policy import POLICY
from generator.preview import Preview
from generator.serving import Server

pytestmark = pytest.mark.browser

LISTENED = """
addEventListener("securitypolicyviolation", e => console.error("policy: " + e.violatedDirective));
"""


class Guarded:
    """A tab in which nothing but one origin can be reached, and that notes what was said and asked."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.wrong: list[str] = []
        self.asked: list[str] = []
        page.add_init_script(LISTENED)
        page.on("console", lambda m: self.wrong.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.wrong.append(f"exception: {error}"))
        page.route("**/*", self._guard)

    def _guard(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        if url.startswith(self.origin):
            route.continue_()
        else:
            self.wrong.append(f"asks for {url}")
            route.abort()

    def look_at(self, url: str) -> list[str]:
        """Open a page, and all that can be folded open in it; return what was wrong."""
        self.wrong.clear()
        self.asked.clear()
        self.page.goto(url, wait_until="load")
        self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        self.page.wait_for_timeout(30)
        if len(self.asked) < 4:
            self.wrong.append(f"asks only for {self.asked}")
        return self.wrong.copy()


@pytest.fixture(scope="module")
def preview(sites: dict[str, Path]) -> Iterator[str]:
    """Serve the sample as the preview does; return the address."""
    folder = sites["en"]
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with Server("127.0.0.1", 0, Preview(lambda: (files, ""), lambda _: None, files)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join(10)


@pytest.fixture(scope="module", params=["preview", "disk"])
def base(request: pytest.FixtureRequest, sites: dict[str, Path]) -> str:
    return request.getfixturevalue("preview") if request.param == "preview" else sites["en"].as_uri() + "/"


@pytest.fixture(scope="module")
def tab(chromium: Browser, base: str) -> Iterator[Guarded]:
    context = chromium.new_context(reduced_motion="reduce")
    yield Guarded(context.new_page(), base)
    context.close()


@pytest.mark.parametrize("path", [*PAGES.values(), *MORE.values()])
def test_page(tab: Guarded, base: str, path: str) -> None:
    assert tab.look_at(base + path) == []


def test_a_missing_page_of_the_preview(chromium: Browser, preview: str) -> None:
    """It is at another depth than the one it was made for, and its style sheets come all the same."""
    context = chromium.new_context()
    tab = Guarded(context.new_page(), preview)
    wrong = tab.look_at(preview + "people/no/such/page.html")
    assert [line for line in wrong if "404 (Not Found)" not in line] == []
    assert tab.page.evaluate("document.styleSheets.length") == 2
    context.close()


def test_the_preview_reloads_by_its_script(chromium: Browser) -> None:
    """The policy lets it ask the preview, and nobody else."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    sites = [
        {"index.html": f"<html><head>{meta}</head><body><h1>{word}</h1></body></html>".encode()}
        for word in ("one", "two")
    ]
    preview = Preview(lambda: (sites[1], ""), lambda _: None, sites[0])
    with Server("127.0.0.1", 0, preview) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        context = chromium.new_context()
        tab = context.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/")
        tab.locator("h1", has_text="one").wait_for()
        preview.rebuild()
        tab.locator("h1", has_text="two").wait_for()
        context.close()
        server.shutdown()
        thread.join(10)


ATTACKS = {
    "a script inside": '<script>document.title = "ran"</script>',
    "a handler": '<img alt="" src="assets/nothing.png" onerror="document.title = \'ran\'">',
    "a style": '<p style="color: red">x</p>',
    "a style sheet inside": "<style>p { color: red }</style>",
    "a script of another host": '<script src="http://127.0.0.1:9/x.js"></script>',
    "a picture of another host": '<img alt="" src="http://127.0.0.1:9/x.png">',
    "a frame": '<iframe src="index.html"></iframe>',
    "an object": '<object data="assets/icon.svg"></object>',
    "another base": '<base href="http://127.0.0.1:9/">',
    "a form that is sent": '<form action="http://127.0.0.1:9/"><button>x</button></form>',
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_the_policy_refuses(chromium: Browser, tmp_path: Path, attack: str) -> None:
    """Even where it were to become markup; and what looks must see each of these."""
    page = tmp_path / "page.html"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page.write_text(f"<!doctype html>{meta}<title>calm</title>{attack}")
    context = chromium.new_context()
    tab = Guarded(context.new_page(), tmp_path.as_uri() + "/")
    tab.page.goto(page.as_uri())
    if "<button>" in attack:
        tab.page.evaluate("document.querySelector('button').click()")
    tab.page.wait_for_timeout(50)
    assert tab.page.evaluate("[document.title, location.href]") == ["calm", page.as_uri()]
    assert any(line.startswith("policy: ") for line in tab.wrong)
    assert not any(line.startswith("asks for") for line in tab.wrong)
    context.close()
