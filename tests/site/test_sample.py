"""The sample organisation, built for every kind of audience in both languages: all pages are sound."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from html_checks import CSP, all_faults, dead_ends, html_faults, id_faults, look, outline_faults

from generator.audience import FULL
from generator.building import read_content, site_files

AUDIENCES = ("full", "org", "public", "team:sales", "person:lin")
SITES = [(audience, locale) for audience in AUDIENCES for locale in ("en", "zh_CN")]


@pytest.fixture(params=SITES, ids="-".join, scope="module")
def site(request: pytest.FixtureRequest, sample):
    return sample.build(*request.param)


def test_nothing_is_wrong_with_the_records(site) -> None:
    assert [f"{d.place}: {d.message()}" for d in site.diagnostics] == []


def test_every_link_and_every_asset_is_there(site) -> None:
    pages = site.html()
    assert all_faults((path, dead_ends(path, look(text), site.files)) for path, text in pages.items()) == {}


def test_every_page_is_led_to(site) -> None:
    """From the first page on, by links alone; but for those that are kept out on purpose."""
    pages = site.html()
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        waiting += targets(path, pages[path])
    assert sorted(pages.keys() - seen) == ["404.html", "specimen.html"]


def targets(path: str, text: str) -> list[str]:
    found = []
    for tag, address in look(text).leads:
        target, _, _ = address.partition("#")
        if tag == "a" and target.endswith(".html") and "://" not in target:
            parts = [*path.split("/")[:-1], *target.split("/")]
            kept: list[str] = []
            for part in parts:
                kept = kept[:-1] if part == ".." else [*kept, part]
            found.append("/".join(kept))
    return found


def test_tags_ids_and_headings(site) -> None:
    pages = {path: look(text) for path, text in site.html().items()}
    assert all_faults((path, page.faults) for path, page in pages.items()) == {}
    assert all_faults((path, id_faults(page)) for path, page in pages.items()) == {}
    assert all_faults((path, outline_faults(page)) for path, page in pages.items()) == {}


def test_nothing_leads_to_another_host_but_what_records_say(site) -> None:
    pages = site.html()
    assert all_faults((path, look(text).outside) for path, text in pages.items()) == {}


def test_every_page_has_the_policy_and_its_language(site, request: pytest.FixtureRequest) -> None:
    locale = request.node.callspec.params["site"][1]
    for path, text in site.html().items():
        page = look(text)
        assert page.policy == [CSP], path
        assert page.langs[0] == ("html", locale.replace("_", "-")), path
        other = {"en": "zh-CN", "zh_CN": "en"}[locale]
        assert {lang for _, lang in page.langs[1:]} <= {other}, path


@pytest.mark.parametrize(("audience", "locale"), [("full", "en"), ("person:lin", "zh_CN")])
def test_the_standard_s_parser_finds_nothing(sample, audience: str, locale: str) -> None:
    pages = sample.build(audience, locale).html()
    assert all_faults((path, html_faults(text)) for path, text in pages.items()) == {}


def test_what_is_written_in_another_language_says_so(sample) -> None:
    """A Chinese title on an English page, and an English one on a Chinese page."""
    english = sample.build("org", "en").html()
    chinese = sample.build("org", "zh_CN").html()
    assert '<span lang="zh-CN">零售销售 · Retail sales</span>' in english["teams/sales.html"]
    assert "<h1>零售销售 · Retail sales</h1>" in chinese["teams/sales.html"]
    title = "Open Thinking on Paper to the public"
    assert f"<h1>{title}</h1>" in english["delegations/course-launch.html"]
    assert f'<h1><span lang="en">{title}</span></h1>' in chinese["delegations/course-launch.html"]


def test_no_page_is_large(site) -> None:
    assert {path: len(text) for path, text in site.html().items() if len(text.encode()) > 1_000_000} == {}


def test_the_sample_tells_what_the_issue_asks_of_it(sample) -> None:
    files = sample.build("full").files
    rows = json.loads(files["data/records.json"])["records"]
    counts = {of: sum(row["type"] == of for row in rows) for of in {row["type"] for row in rows}}
    assert len(counts) == 9
    assert counts["delegation"] >= 25
    assert counts["person"] >= 20
    assert counts["retrospective"] >= 2
    assert counts["checkin"] + counts["feedback"] + counts["meeting"] + counts["evaluation"] >= 150


def small(folder: Path, files: dict[str, str]) -> dict[str, bytes]:
    """Build records that a test writes."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    built, _ = site_files(read_content([folder]), FULL, dt.date(2026, 3, 16))
    return built


LONELY = {
    "people/ada.md": "---\ntitle: ''\n---\n",
    "delegations/a-b.md": "---\ntitle: <i>&amp;\nowner: zed\ndelegator: ada\n---\n# One\n\n### Three\n",
    "delegations/über ü.md": "---\nid: 发布\ntitle: 发布\nowner: ada\ndelegator: ada\n---\n[[a-b]] [x](#y)\n",
    "delegations/twice/1.md": "---\nid: twice\ntitle: One\nowner: ada\ndelegator: ada\n---\n",
    "delegations/twice/2.md": "---\nid: twice\ntitle: Two\nowner: ada\ndelegator: ada\n---\n[[twice]]\n",
    "feedback/f.md": "---\ndate: 2026-03-01\nfrom: ada\nto: outside:Zed\n---\n",
    "cycles/c.md": "---\ntitle: C\nstart: 2026-01-01\nend: 2026-03-31\n---\n\n## Two\n",
    "retrospectives/c.md": "---\ndate: 2026-03-02\ncycle: c\n---\n# A\n\n#### B\n\n- [ ] c[^1]\n\n[^1]: d\n",
    "meetings/m.md": "---\ndate: 2026-03-03\nattendees: [ada]\n---\n[[meeting:m]] a[^1]\n\n[^1]: b\n",
}


@pytest.mark.parametrize("files", [{}, LONELY], ids=["nothing", "odd"])
def test_pages_of_few_and_odd_records_are_sound(files: dict[str, str], tmp_path: Path) -> None:
    built = small(tmp_path, files)
    pages = {path: data.decode() for path, data in built.items() if path.endswith(".html")}
    assert len(pages) > 20
    sound(pages, built)


@pytest.mark.parametrize("audience", ["full", "org", "public"])
def test_pages_of_the_golden_records_are_sound(golden, audience: str) -> None:
    for locale in ("en", "zh_CN"):
        built = golden.build(audience, locale)
        sound(built.html(), built.files)


def sound(pages: dict[str, str], files: dict[str, bytes]) -> None:
    looks = {path: look(text) for path, text in pages.items()}
    faults = {
        path: [*p.faults, *id_faults(p), *outline_faults(p), *p.outside, *dead_ends(path, p, files)]
        for path, p in looks.items()
    }
    assert all_faults(faults.items()) == {}
    assert all_faults((path, html_faults(text)) for path, text in pages.items()) == {}


class TestTheLooking:
    """What looks at pages must see each kind of fault."""

    def test_tags(self) -> None:
        assert look("<p><b>x</p></b>").faults == ["</p> closes <b>", "<p> is never closed"]
        assert look("<div/>").faults == ["<div/> closes itself"]
        assert look('<p style="a" onclick="b">x</p>').faults == ["<p style>: inline", "<p onclick>: inline"]
        assert look("<script>1</script><img>").faults == ["a script inside the page", "an image without alt"]
        assert look("<video src=x></video>").faults == ["<video src> is not looked at"]

    def test_ids(self) -> None:
        page = look('<p id="a"></p><p id="a" aria-labelledby="a b"></p>')
        assert id_faults(page) == ["id a stands 2 times", "no id b"]

    def test_headings(self) -> None:
        assert outline_faults(look("<h2>a</h2>")) == ["not one h1, in front: [(2, 'a')]"]
        assert outline_faults(look("<h1>a</h1><h3>b</h3><h2></h2>")) == [
            "h1 is followed by h3 “b”",
            "h2 is empty",
        ]

    def test_links(self) -> None:
        files = {"a/b.html": b'<p id="x"></p>', "c.html": b""}
        text = '<a href="../c.html">1</a><a href="b.html#x">2</a><a href="#y">3</a><a href="/c.html">4</a>'
        more = '<img alt="" src="../../c.html"><link href="c.html"><a href="b.html#z">5</a>'
        assert dead_ends("a/b.html", look(text + more), files) == [
            "<a> #y: no such id",
            "<a> /c.html",
            "<img> ../../c.html",
            "<link> c.html",
            "<a> b.html#z: no such id",
        ]

    def test_other_hosts(self) -> None:
        text = '<a href="https://a.example/">1</a><div class="prose"><a href="https://b.example/">2</a></div>'
        assert look(text).outside == ["https://a.example/"]
        assert look('<div class="prose"><img alt="" src="//c.example/x"></div>').outside == ["//c.example/x"]

    def test_the_standard_s_parser(self) -> None:
        assert html_faults("<!doctype html><title>x</title><p>x</p>") == []
        assert html_faults("<!doctype html><title>x</title><table><p>x</p></table>") != []
