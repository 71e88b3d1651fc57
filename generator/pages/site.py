"""All pages of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.diagnostic import Diagnostic
from generator.pages.cards import BOARDS, Cards, board, listed
from generator.pages.delegation import delegation_page
from generator.pages.events import Events, EventView
from generator.pages.links import FOLDER, Linker, name
from generator.pages.organisation import cycle_page, person_page, team_page
from generator.pages.overview import overview
from generator.pages.reference import records_page, rules_page, type_page, type_path
from generator.pages.registers import (
    evaluation_register,
    feedback_register,
    meeting_register,
    retrospective_register,
)
from generator.pages.specimen import specimen
from generator.pages.values import Card, Link, Page
from generator.record import TYPES, Event, Record
from generator.schema import Target
from generator.tracking.state import Tracked
from generator.words import N_, TYPE_LABELS

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("overview", "index.html", N_("Overview")),
    ("board", "board/index.html", N_("Board")),
    ("delegations", "delegations/index.html", N_("Delegations")),
    ("people", "people/index.html", N_("People")),
    ("teams", "teams/index.html", N_("Teams")),
    ("feedback", "feedback/index.html", N_("Feedback")),
    ("meetings", "meetings/index.html", N_("Meetings")),
    ("cycles", "cycles/index.html", N_("Cycles")),
    ("retrospectives", "retrospectives/index.html", N_("Retrospectives")),
    ("evaluations", "evaluations/index.html", N_("Evaluations")),
    ("records", "records/index.html", N_("Records")),
)
"""The navigation: each section, its first page and its name."""

_NAMES = {section: (path, label) for section, path, label in SECTIONS}


@dataclass(frozen=True, slots=True)
class EventPage:
    """The page of one event."""

    view: EventView
    previous: Link | None
    """The event of its type before it, about the same."""
    next: Link | None
    linked_from: tuple[Link, ...]
    path: str
    """The record's file."""


def crumb(section: str) -> Link:
    """Return the link to a section's first page; its name is a text of the interface."""
    path, label = _NAMES[section]
    return Link(label, path)


def all_pages(tracked: Tracked, linker: Linker, diagnostics: Sequence[Diagnostic]) -> Iterator[Page]:
    """Yield every page of the site."""
    cards, events = Cards(tracked, linker), Events(linker, tracked.today)
    yield from _lists(tracked, cards, events, diagnostics)
    yield from _records(tracked, cards, events)
    yield from _reference()
    yield Page("404.html", "404.html", Link(N_("Page not found")), None, translated=True, lists=False)
    yield Page(
        "specimen.html", "specimen.html", Link(N_("Specimen")), specimen(), translated=True, lists=False
    )


def _lists(
    tracked: Tracked, cards: Cards, events: Events, diagnostics: Sequence[Diagnostic]
) -> Iterator[Page]:
    everything = listed(cards.all.values())
    yield _section("overview", overview(tracked, cards, events))
    for by, path in BOARDS:
        above = (crumb("overview"),)
        value = board(everything, by)
        yield Page(path, "board.html", Link(N_("Board")), value, "board", above, translated=True)
    yield _section("delegations", everything)
    yield _section("people", _people(tracked, cards))
    yield _section("teams", _teams(tracked, cards, events))
    yield _section("feedback", feedback_register(tracked, events))
    yield _section("meetings", meeting_register(tracked, events))
    yield _section("cycles", _cycles(tracked, cards, events))
    yield _section("retrospectives", retrospective_register(tracked, events))
    yield _section("evaluations", evaluation_register(tracked, events))
    yield _section("records", records_page(tracked, cards, diagnostics))


def _section(section: str, content: object) -> Page:
    path, label = _NAMES[section]
    above = () if section == "overview" else (crumb("overview"),)
    return Page(path, f"{section}.html", Link(label), content, section, above, translated=True)


def _people(
    tracked: Tracked, cards: Cards
) -> tuple[tuple[Link, str, Link | None, tuple[Card, ...], bool], ...]:
    rows = []
    for person in tracked.ledger.people.values():
        holds = cards.of(lambda s, id_=person.id: s.delegation.owner == id_ and s.delegation.status.open)  # type: ignore[misc]  # the default binds the loop's value
        team = cards.linker.to(Target.TEAM, person.team) if person.team else None
        rows.append((cards.linker.link(person), person.role, team, holds, person.left is not None))
    return tuple(sorted(rows, key=lambda r: (r[4], r[0].text, r[0].href)))


def _teams(tracked: Tracked, cards: Cards, events: Events) -> tuple[object, ...]:
    pages = [team_page(t, tracked, cards, events) for t in tracked.ledger.teams.values()]
    return tuple(sorted(pages, key=lambda p: (p.name.text, p.id)))


def _cycles(tracked: Tracked, cards: Cards, events: Events) -> tuple[object, ...]:
    pages = [cycle_page(c, tracked, cards, events) for c in tracked.ledger.cycles.values()]
    return tuple(sorted(pages, key=lambda p: (p.start, p.id), reverse=True))


def _records(tracked: Tracked, cards: Cards, events: Events) -> Iterator[Page]:
    ledger, linker = tracked.ledger, cards.linker
    for state in tracked.states.values():
        value = delegation_page(state, tracked, cards, events)
        above = (crumb("overview"), crumb("delegations"))
        yield _page(state.delegation, linker, "delegation.html", value, "delegations", above)
    for person in ledger.people.values():
        above = (crumb("overview"), crumb("people"))
        yield _page(
            person, linker, "person.html", person_page(person, tracked, cards, events), "people", above
        )
    for team in ledger.teams.values():
        above = (crumb("overview"), crumb("teams"))
        yield _page(team, linker, "team.html", team_page(team, tracked, cards, events), "teams", above)
    for cycle in ledger.cycles.values():
        above = (crumb("overview"), crumb("cycles"))
        yield _page(cycle, linker, "cycle.html", cycle_page(cycle, tracked, cards, events), "cycles", above)
    yield from _events(tracked, cards, events)


def _events(tracked: Tracked, cards: Cards, events: Events) -> Iterator[Page]:
    """Yield the page of each event, with the ones of its type before and after it about the same."""
    linker = cards.linker
    rows: dict[tuple[str, str], list[Event]] = {}
    for record in tracked.ledger.records:
        if isinstance(record, Event):
            about = getattr(record, "delegation", "") or ""
            rows.setdefault((record.type, about), []).append(record)
    for row in rows.values():
        row.sort(key=lambda e: (e.date, e.id))
        for n, event in enumerate(row):
            view = events.view(event)
            value = EventPage(
                view,
                linker.link(row[n - 1]) if n else None,
                linker.link(row[n + 1]) if n + 1 < len(row) else None,
                linker.linked_from(event),
                event.path,
            )
            yield _page(event, linker, "event.html", value, *_above(event, view))


def _above(event: Event, view: EventView) -> tuple[str, tuple[Link, ...]]:
    section = FOLDER[event.type]
    if section == "checkins":
        parent = (view.delegation,) if view.delegation else ()
        return "delegations", (crumb("overview"), crumb("delegations"), *parent)
    return section, (crumb("overview"), crumb(section))


def _page(
    record: Record, linker: Linker, template: str, value: object, section: str, above: tuple[Link, ...]
) -> Page:
    return Page(linker.url(record), template, name(record, linker.ledger), value, section, above)


def _reference() -> Iterator[Page]:
    above = (crumb("overview"), crumb("records"))
    for of in TYPES:
        title = Link(TYPE_LABELS[of.type])
        yield Page(type_path(of), "type.html", title, type_page(of), "records", above, translated=True)
    yield Page(
        "records/messages.html",
        "messages.html",
        Link(N_("Messages")),
        rules_page(),
        "records",
        above,
        translated=True,
    )
