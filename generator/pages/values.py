"""The values that pages are made of: plain data, ready to arrange. No HTML but the bodies' own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from generator.body import HoleKind
from generator.tracking.progress import Progress
from generator.words import Answer, Choice, Freshness, Health, Status


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads: a path from the site's root, or nowhere.

    An event without a title of its own is named by its kind, its day and what it is about.
    """

    text: str
    href: str = ""
    kind: Choice | None = None
    date: dt.date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What came into a hole of a body."""

    kind: HoleKind
    text: str = ""
    href: str = ""
    link: Link | None = None
    """The record that is linked, where there is one to link."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A body, its holes filled."""

    parts: tuple[str | Filled, ...] = ()
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Card:
    """A delegation as boards and lists show it."""

    link: Link
    status: Status
    owner: Link
    delegator: Link
    teams: tuple[Link, ...]
    cycle: Link | None
    level: int | None
    health: Health | None
    """As last reported."""
    evidenced: Health | None
    """As the work shows."""
    freshness: Freshness
    progress: Progress
    start: dt.date | None
    due: dt.date | None
    ended: dt.date | None
    days_left: int | None
    overdue: bool
    waiting: dt.date | None
    """The day of the check-in that is due or overdue."""
    waiting_state: Answer | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something."""

    label: str
    number: int
    key: str = ""
    """The listed value that is counted, for its mark."""
    group: str = ""
    """What is counted: status, health, freshness."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    path: str
    """From the site's root."""
    template: str
    title: Link
    content: Any
    section: str = ""
    """The entry of the navigation that it belongs to."""
    crumbs: tuple[Link, ...] = ()
    """The pages above it, the outermost first."""
    translated: bool = False
    """Whether ``title`` is a text of the interface, to be translated."""
    lists: bool = True
    """Whether searches and the sitemap list it."""


CJK_LANG = "zh-CN"


def lang_of(text: str) -> str:
    """Return the language that a text is written in, as far as its script tells: ``zh-CN`` or ``en``."""
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    return CJK_LANG if han * 3 > sum(c.isalpha() for c in text) - han else "en"
