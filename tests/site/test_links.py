"""Where the words of a record lead: to pages and files that are there for the reader, else nowhere."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from generator.audience import read_audience
from generator.building import read_content, site_files

BODY = """\
[page](b.md) [part](b.md#x) [gone](gone.md) [hidden](hidden.md) [above](../../../etc/passwd.md)
[plan](plan.pdf) [part of it](plan.pdf#page=2) [drawing](plan.svg) [program](tool.html) [none](none.pdf)
![picture](room.png) ![drawing](plan.svg) ![none](none.png)
[[b]] [[b|word]] [[person:ada]] [[hidden]] [[hidden|word]] [[gone]] [[person:gone]]
"""
FILES = {
    "people/ada.md": "---\ntitle: Ada & Co\n---\n",
    "people/lin.md": "---\ntitle: Lin\n---\n",
    "delegations/a.md": f"---\ntitle: A\nowner: lin\ndelegator: ada\n---\n{BODY}",
    "delegations/b.md": "---\ntitle: <B>\nowner: lin\ndelegator: ada\n---\n",
    "delegations/hidden.md": (
        "---\ntitle: C\nowner: lin\ndelegator: ada\nvisibility: pair\n---\n[p](secret.pdf)\n"
    ),
    **{
        f"delegations/{name}": name
        for name in ("plan.pdf", "secret.pdf", "plan.svg", "tool.html", "room.png")
    },
}


def written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def build(audience: str, *folders: Path) -> dict[str, bytes]:
    who = read_audience(audience)
    assert who is not None
    files, _ = site_files(read_content(folders), who, dt.date(2026, 3, 16))
    return files


def prose(files: dict[str, bytes], path: str) -> list[str]:
    """Return what stands between the spaces of a page's body, line by line."""
    text = files[path].decode()
    [body] = re.findall(r'<div class="prose"[^>]*><p>(.*?)</p>', text, re.DOTALL)
    return body.split("\n")


ORG = """\
<a href="../delegations/b.html">page</a> <a href="../delegations/b.html">part</a> \
<span>gone</span> <span>hidden</span> <span>above</span>
<a href="../files/delegations/plan.pdf">plan</a> <a href="../files/delegations/plan.pdf">part of it</a> \
<span>drawing</span> <span>program</span> <span>none</span>
<img src="../files/delegations/room.png" alt="picture" loading="lazy"> drawing none
<a href="../delegations/b.html">&lt;B&gt;</a> <a href="../delegations/b.html">word</a> \
<a href="../people/ada.html">Ada &amp; Co</a> hidden word gone gone\
"""


def test_what_is_hidden_reads_as_what_is_missing(tmp_path: Path) -> None:
    files = build("org", written(tmp_path, FILES))
    assert prose(files, "delegations/a.html") == ORG.split("\n")
    assert sorted(path for path in files if path.startswith("files/")) == [
        "files/delegations/plan.pdf",
        "files/delegations/room.png",
    ]


def test_whoever_sees_everything_is_led_to_it(tmp_path: Path) -> None:
    files = build("full", written(tmp_path, FILES))
    lines = prose(files, "delegations/a.html")
    there = '<a href="../delegations/hidden.html">'
    assert f"{there}hidden</a>" in lines[0]
    assert lines[3].endswith(f"{there}C</a> {there}word</a> gone gone")
    assert "files/delegations/secret.pdf" in files
    assert "files/delegations/tool.html" not in files


def test_files_of_a_folder_that_is_laid_over(tmp_path: Path) -> None:
    """Each folder's files have their own place, also where they have one name."""
    over = {
        "remit.toml": 'widest = "org"\n',
        "delegations/c.md": "---\ntitle: C\nowner: lin\ndelegator: ada\n---\n[plan](plan.pdf) [b](b.md)\n",
        "delegations/plan.pdf": "another",
    }
    files = build("org", written(tmp_path / "one", FILES), written(tmp_path / "two", over))
    assert prose(files, "delegations/c.html") == [
        '<a href="../files/~1/delegations/plan.pdf">plan</a> <span>b</span>'
    ]
    assert files["files/~1/delegations/plan.pdf"] == b"another"
    assert files["files/delegations/plan.pdf"] == b"plan.pdf"


@pytest.mark.parametrize(
    ("ids", "urls"),
    [
        (("x", "x"), ("meetings/x.html", "meetings/x~2.html")),
        (("X", "x"), ("meetings/X.html", "meetings/x~2.html")),
        (("x", "y"), ("meetings/x.html", "meetings/y.html")),
    ],
)
def test_events_of_one_id_have_a_page_each(
    tmp_path: Path, ids: tuple[str, str], urls: tuple[str, str]
) -> None:
    """Where everything is shown; a narrower audience sees neither."""
    meetings = {
        f"meetings/{n}.md": f"---\nid: {id_}\ndate: 2026-03-0{n}\nattendees: [ada, lin, b]\n---\nTalk {n}\n"
        for n, id_ in enumerate(ids, 1)
    }
    folder = written(tmp_path, FILES | meetings)
    files = build("full", folder)
    for n, url in enumerate(urls, 1):
        assert f"Talk {n}".encode() in files[url]
    seen = {path for path in build("org", folder) if re.match("meetings/[xyX]", path)}
    assert seen == (set(urls) if ids == ("x", "y") else set())


def test_two_delegations_of_one_id_share_the_first_one_s_page(tmp_path: Path) -> None:
    twice = {"delegations/again.md": "---\nid: b\ntitle: Again\nowner: lin\ndelegator: ada\n---\n[[a]]\n"}
    files = build("full", written(tmp_path, FILES | twice))
    assert not [path for path in files if "~" in path]
    assert b'<a href="../delegations/b.html">Again</a>' in files["delegations/a.html"]
