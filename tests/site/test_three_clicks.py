"""A colleague's questions, answered from the built sample alone: three clicks from the first page at most.

Each question names the audience that asks, the pages that somebody would click through and the words of
the answer. A click is a link of the page itself, told by the words that it shows.
"""

# ruff: noqa: E501 - the answers stand in one line each

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from test_checklist import section, shown, words


@dataclass(frozen=True)
class Question:
    """What a colleague wants to know, and the way to it."""

    asked: str
    audience: str
    clicks: tuple[str, ...]
    """The words of the links that are followed, from the first page on."""
    where: str
    answer: str


QUESTIONS = (
    Question(
        "Who owes whom an answer?",
        "person:ada",
        (),
        section("owed", "li"),
        "赵敏 → Fatima Haddad 新合并的接口哪天可以冻结？ 28 Apr · 22 days · 手写笔记多端同步 · Handwriting sync",
    ),
    Question(
        "… and since when has each been waiting?",
        "person:ada",
        ("Feedback",),
        section("owed", "tr"),
        "Question Fatima Haddad Ada Okafor 12 May 2026 8 days Sync service",
    ),
    Question(
        "Which delegation is green and should not be?",
        "org",
        ("Insights",),
        section("green", "tr"),
        "Three weeks of standby Tom Becker On track Off track",
    ),
    Question(
        "… and what shows it?",
        "org",
        ("Insights", "Three weeks of standby"),
        ".//li[@data-code='watermelon']",
        "was reported on track, but the work was off track: the milestone “Second supplier's cells measured” was",
    ),
    Question(
        "What did the last retrospective change?",
        "org",
        ("Retrospectives",),
        section("latest", "li"),
        "Look after the community of people who think on paper 14 Apr 2026 Cadence every Monday → every month",
    ),
    Question(
        "Is Lin ready for more?",
        "person:jonas",
        ("People", "林晓 Lin Xiao"),
        section("evaluations"),
        "Manager's evaluation 林晓 Lin Xiao, by Jonas Lind Exceeding next level: 6 Inquire",
    ),
    Question(
        "… and what says so?",
        "person:jonas",
        ("People", "林晓 Lin Xiao", "Manager's evaluation, 1 Apr 2026 · 林晓 Lin Xiao"),
        ".//article",
        "I would hand over the next one at level 6 and read about it afterwards.",
    ),
)


def test_no_way_is_longer_than_three_clicks() -> None:
    assert max(len(q.clicks) for q in QUESTIONS) <= 3


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.asked)
def test_the_answer_is_there(sample, question: Question) -> None:
    files = sample.build(question.audience).files
    path = "index.html"
    for click in question.clicks:
        path = followed(files, path, click)
    root = read(files, path)
    told = [words(e)[:300] for e in root.findall(question.where)]
    assert shown(root, question.where, question.answer), f"{path}: {told}"


@pytest.mark.parametrize("audience", ["org", "person:omar"])
def test_whether_lin_is_ready_is_for_the_line_alone(sample, audience: str) -> None:
    page = read(sample.build(audience).files, "people/lin.html")
    assert page.findall(section("evaluations")) == []


def read(files: dict[str, bytes], path: str) -> Element:
    return html5lib.parse(files[path], namespaceHTMLElements=False)


def followed(files: dict[str, bytes], path: str, click: str) -> str:
    """Return the page that a link leads to; nothing that is folded away counts."""
    links = [a.get("href") for a in open_links(read(files, path)) if words(a) == click]
    assert links, f"{path} has no link “{click}”"
    target = unquote(str(links[0]).partition("#")[0])
    return normpath(join(dirname(path), target))


def open_links(element: Element) -> Iterator[Element]:
    """Yield the links that are seen without unfolding anything."""
    for inner in element:
        if inner.tag == "details":
            continue
        if inner.tag == "a":
            yield inner
        yield from open_links(inner)
