"""Subscriptions: calendars (RFC 5545) of what is open, a feed (RFC 4287) of what happened.

Both are of the site's day and of nothing else, so the same records and day give the same bytes. Without
the site's address (``url`` in the settings) calendars name no page, and the feed links relative to itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any
from urllib.parse import quote, urlsplit

from feedgenerator import Atom1Feed
from icalendar import Calendar, Todo
from icalendar import Event as CalendarEvent
from markupsafe import escape

from generator.audience import author
from generator.ledger import Ledger, when
from generator.pages.agenda import ALL, FEED, Entry, Matter, agenda, calendar_path
from generator.pages.links import Linker, name
from generator.pages.values import lang_of
from generator.record import Checkin, Event
from generator.render.language import Language
from generator.text import one_line
from generator.tracking.state import Tracked
from generator.words import N_

LATEST = 100
"""Events that the feed holds."""

_SUMMARIES: Mapping[Matter, tuple[str, str]] = {
    Matter.CHECKIN: (N_("Check-in: {about} ({what})"), N_("Check-in: {about}")),
    Matter.DUE: (N_("Due: {about}"), N_("Due: {about}")),
    Matter.MILESTONE: (N_("Milestone: {what} ({about})"), N_("Milestone: {what} ({about})")),
    Matter.ACTION: (N_("To do: {what} ({about})"), N_("To do: {what}")),
    Matter.CYCLE: (N_("Cycle ends: {about}"), N_("Cycle ends: {about}")),
}
"""What a calendar calls an entry: where both are known, and where one is missing."""
_WHO = N_("Waits on {who}")


def feed_files(tracked: Tracked, linker: Linker, language: Language, site_title: str) -> dict[str, bytes]:
    """Return the calendars and the feed of a site, by path."""
    ledger, entries = tracked.ledger, agenda(tracked)
    writer = _Calendars(tracked, linker, language)
    files = {ALL: writer.calendar(site_title, entries)}
    for person in ledger.people.values():
        mine = [e for e in entries if person.id in e.people]
        title = f"{site_title} – {person.title or person.id}"
        files[calendar_path(person, linker)] = writer.calendar(title, mine)
    for team in ledger.teams.values():
        ours = [e for e in entries if team.id in e.teams]
        title = f"{site_title} – {team.title or team.id}"
        files[calendar_path(team, linker)] = writer.calendar(title, ours)
    files[FEED] = _feed(tracked, linker, language, site_title)
    return files


def _address(site: str, path: str) -> str:
    """Return the address of a page; relative to the site's root where nobody says where that is."""
    return site + quote(path, safe="/~.-_")


# --- calendars --------------------------------------------------------------------------------------


class _Calendars:
    """Writes calendars; each entry is made once, however many calendars it is in."""

    def __init__(self, tracked: Tracked, linker: Linker, language: Language) -> None:
        self._ledger = tracked.ledger
        self._linker = linker
        self._gettext = language.gettext
        # The day and not the moment of the build: the same input gives the same bytes.
        self._stamp = dt.datetime.combine(tracked.today, dt.time(), dt.UTC)
        self._made: dict[str, bytes] = {}

    def calendar(self, title: str, entries: Iterable[Entry]) -> bytes:
        """Return a calendar as a file."""
        calendar = Calendar()
        calendar.add("prodid", "-//Remit//Remit//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        for key in ("name", "x-wr-calname"):
            calendar.add(key, one_line(title))
        head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR\r\n")
        return b"".join((bytes(head), *map(self._component, entries), bytes(end)))

    def _component(self, entry: Entry) -> bytes:
        if entry.key not in self._made:
            self._made[entry.key] = self._make(entry)
        return self._made[entry.key]

    def _make(self, entry: Entry) -> bytes:
        component = Todo() if entry.matter.task else CalendarEvent()
        component.add("uid", f"{entry.key}@remit")
        component.add("dtstamp", self._stamp)
        component.add("summary", self._summary(entry))
        component.add("categories", [entry.matter.value])
        if entry.matter.task:
            component.add("status", "NEEDS-ACTION")
            if entry.day:
                component.add("due", entry.day)
        else:
            component.add("transp", "TRANSPARENT")
            component.add("dtstart", entry.day)
        if entry.who:
            person = self._ledger.people.get(entry.who)
            who = person.title if person else entry.who
            component.add("description", one_line(self._gettext(_WHO).format(who=who)))
        if site := self._ledger.site.url:
            component.add("url", _address(site, self._linker.url(entry.record)))
        return bytes(component.to_ical())

    def _summary(self, entry: Entry) -> str:
        fuller, shorter = _SUMMARIES[entry.matter]
        text = fuller if entry.what and entry.about else shorter
        return one_line(self._gettext(text).format(about=entry.about, what=entry.what))


# --- the feed ---------------------------------------------------------------------------------------


class _Feed(Atom1Feed):  # type: ignore[misc]  # feedgenerator carries no types
    """A feed that was last changed on its newest event's day, and with no events on the site's day."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the feed last changed."""
        days: list[dt.datetime] = [item["updateddate"] for item in self.items]
        return max(days, default=self.feed["day"])

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        """Return the language of an entry."""
        return {"xml:lang": item["lang"]}


def _feed(tracked: Tracked, linker: Linker, language: Language, site_title: str) -> bytes:
    ledger = tracked.ledger
    site = ledger.site.url
    title = one_line(site_title)
    feed = _Feed(
        title=title,
        link=_address(site, "index.html"),
        description="",
        language=language.tag,
        author_name=title,
        feed_url=_address(site, FEED) if site else None,
        feed_guid=_tag(site, "feed"),
        day=_midnight(tracked.today),
    )
    events = sorted((r for r in ledger.records if isinstance(r, Event)), key=when, reverse=True)
    seen: set[str] = set()
    for event in events:
        id_ = f"{event.type}:{event.id}"
        if id_ in seen or len(seen) == LATEST:
            continue
        seen.add(id_)
        called, says = _called(event, ledger, language), _says(event, language)
        feed.add_item(
            title=called,
            link=_address(site, linker.url(event)),
            description=str(escape(says)) if says else None,
            author_name=_author(event, ledger),
            unique_id=_tag(site, quote(id_, safe=":~.-_")),
            pubdate=_midnight(event.date),
            updateddate=_midnight(event.date),
            categories=(event.type.value,),
            lang=lang_of(f"{called} {says}"),
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _tag(site: str, what: str) -> str:
    """Return an id that lasts (RFC 4151): of the site's host, else of one that nobody can have."""
    return f"tag:{urlsplit(site).hostname or 'remit.invalid'},2026:{what}"


def _called(event: Event, ledger: Ledger, language: Language) -> str:
    """Return the title of an entry: the record's own, or kind, day and what it is about."""
    link = name(event, ledger)
    text = link.text
    if not text and link.kind:
        kind, day = language.gettext(link.kind.label), language.day(event.date)
        text = language.gettext("{kind}, {day}").format(kind=kind, day=day)
    return one_line(f"{text} · {link.about}" if link.about else text)


def _says(event: Event, language: Language) -> str:
    """Return what an entry says: how it stands, on a check-in, and the first words."""
    stands = []
    if isinstance(event, Checkin):
        stands = [language.gettext(event.health.label)] if event.health else []
        stands += [language.percent(event.progress)] if event.progress is not None else []
    return one_line(" · ".join((*stands, event.body.excerpt) if event.body.excerpt else stands))


def _author(event: Event, ledger: Ledger) -> str | None:
    id_ = author(event)
    person = ledger.people.get(id_) if id_ else None
    return one_line(person.title or person.id) if person else id_ or None
