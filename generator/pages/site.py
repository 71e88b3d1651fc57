"""All pages of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.diagnostic import Diagnostic
from generator.ledger import when
from generator.pages.cards import BOARDS, TIMELINE, Cards, board, listed
from generator.pages.cycle import CyclePage, cycle_page
from generator.pages.delegation import delegation_page
from generator.pages.events import Events
from generator.pages.facts import FactsView, facts_view
from generator.pages.figures import GapChart, TimelineChart
from generator.pages.gathered import Gathered
from generator.pages.insights import insights
from generator.pages.links import FOLDER, Linker
from generator.pages.organisation import PersonPage, TeamPage, person_page, team_page
from generator.pages.outcomes import Outcome, outcome
from generator.pages.overview import overview
from generator.pages.plots import gap_plot, timeline_plot
from generator.pages.reference import records_page, rules_page, type_page, type_path
from generator.pages.registers import (
    evaluation_register,
    feedback_register,
    meeting_register,
    retrospective_register,
)
from generator.pages.specimen import specimen
from generator.pages.values import Link, Page
from generator.pages.views import EventView
from generator.record import TYPES, Event, Retrospective
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
    ("insights", "insights/index.html", N_("Insights")),
    ("records", "records/index.html", N_("Records")),
)
"""The navigation: each section, its first page and its name."""

_NAMES = {section: (path, label) for section, path, label in SECTIONS}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The delegations over time."""

    chart: TimelineChart | None
    views: tuple[tuple[str, str], ...]


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
    facts: FactsView | None = None
    """What the cycle came to, beside a retrospective's words."""
    gap: GapChart | None = None
    """An evaluation beside the one from the other side."""
    outcome: Outcome | None = None
    """What came of a retrospective."""


def crumb(section: str) -> Link:
    """Return the link to a section's first page; its name is a text of the interface."""
    path, label = _NAMES[section]
    return Link(label, path)


def all_pages(tracked: Tracked, linker: Linker, diagnostics: Sequence[Diagnostic]) -> Iterator[Page]:
    """Yield every page of the site."""
    all_ = Gathered(tracked, Cards(tracked, linker), Events(linker, tracked.today))
    people = [person_page(p, all_) for p in tracked.ledger.people.values()]
    teams = [team_page(t, all_) for t in tracked.ledger.teams.values()]
    cycles = [cycle_page(c, all_) for c in tracked.ledger.cycles.values()]
    yield from _lists(all_, people, teams, cycles, diagnostics)
    yield from _organisation(people, teams, cycles)
    yield from _delegations(all_)
    yield from _events(all_)
    yield from _reference()
    yield Page("404.html", "404.html", Link(N_("Page not found")), None, translated=True, lists=False)
    yield Page(
        "specimen.html", "specimen.html", Link(N_("Specimen")), specimen(), translated=True, lists=False
    )


def _lists(
    all_: Gathered,
    people: Sequence[PersonPage],
    teams: Sequence[TeamPage],
    cycles: Sequence[CyclePage],
    diagnostics: Sequence[Diagnostic],
) -> Iterator[Page]:
    everything = listed(all_.cards.all.values())
    yield _section("overview", overview(all_))
    for by, path in BOARDS:
        above = (crumb("overview"),)
        value = board(everything, by)
        yield Page(path, "board.html", Link(N_("Board")), value, "board", above, translated=True)
    timeline = timeline_plot(all_.states(everything), all_.cards, all_.tracked.today)
    yield Page(
        TIMELINE,
        "timeline.html",
        Link(N_("Timeline")),
        Timeline(timeline, BOARDS),
        "board",
        (crumb("overview"), crumb("board")),
        translated=True,
    )
    yield _section("delegations", everything)
    yield _section("people", tuple(sorted(people, key=lambda p: (p.left is not None, p.name.text, p.id))))
    yield _section("teams", tuple(sorted(teams, key=lambda t: (t.name.text, t.id))))
    yield _section("feedback", feedback_register(all_))
    yield _section("meetings", meeting_register(all_))
    yield _section("cycles", tuple(sorted(cycles, key=lambda c: (c.start, c.id), reverse=True)))
    yield _section("retrospectives", retrospective_register(all_))
    yield _section("evaluations", evaluation_register(all_))
    yield _section("insights", insights(all_))
    yield _section("records", records_page(all_.tracked, all_.cards, diagnostics))


def _section(section: str, content: object) -> Page:
    path, label = _NAMES[section]
    above = () if section == "overview" else (crumb("overview"),)
    return Page(path, f"{section}.html", Link(label), content, section, above, translated=True)


def _organisation(
    people: Sequence[PersonPage], teams: Sequence[TeamPage], cycles: Sequence[CyclePage]
) -> Iterator[Page]:
    for section, template, pages in (
        ("people", "person.html", people),
        ("teams", "team.html", teams),
        ("cycles", "cycle.html", cycles),
    ):
        above = (crumb("overview"), crumb(section))
        for value in pages:
            yield Page(value.name.href, template, replace(value.name, href=""), value, section, above)


def _delegations(all_: Gathered) -> Iterator[Page]:
    above = (crumb("overview"), crumb("delegations"))
    for state in all_.tracked.states.values():
        value = delegation_page(state, all_)
        link = value.card.link
        yield Page(link.href, "delegation.html", replace(link, href=""), value, "delegations", above)


def _events(all_: Gathered) -> Iterator[Page]:
    """Yield the page of each event, with the ones of its type before and after it about the same."""
    linker = all_.cards.linker
    rows: dict[tuple[str, str], list[Event]] = {}
    for record in all_.ledger.records:
        if isinstance(record, Event):
            about = getattr(record, "delegation", "") or ""
            rows.setdefault((record.type, about), []).append(record)
    for row in rows.values():
        row.sort(key=when)
        for n, event in enumerate(row):
            view = all_.events.view(event)
            before = linker.link(row[n - 1]) if n else None
            after = linker.link(row[n + 1]) if n + 1 < len(row) else None
            value = EventPage(
                view,
                before,
                after,
                linker.linked_from(event),
                event.path,
                _facts_beside(event, all_),
                _gap_beside(event, all_),
                outcome(event, all_) if isinstance(event, Retrospective) else None,
            )
            section, above = _above(event, view)
            title = replace(view.link, href="")
            yield Page(view.link.href, "event.html", title, value, section, above)


def _facts_beside(event: Event, all_: Gathered) -> FactsView | None:
    """Return the facts of the whole cycle that a retrospective looks back on."""
    if not isinstance(event, Retrospective) or event.team or event.delegation:
        return None
    cycle = all_.ledger.cycles.get(event.cycle)
    if cycle is None:
        return None
    return facts_view(cycle, all_.around(cycle)[0], all_)


def _gap_beside(event: Event, all_: Gathered) -> GapChart | None:
    for own, other in all_.pairs:
        if event is own or event is other:
            d = all_.ledger.delegations.get(other.delegation)
            return gap_plot(own, other, d, all_.ledger.site.thresholds.evaluation_gap)
    return None


def _above(event: Event, view: EventView) -> tuple[str, tuple[Link, ...]]:
    section = FOLDER[event.type]
    if section == "checkins":
        parent = (view.delegation,) if view.delegation else ()
        return "delegations", (crumb("overview"), crumb("delegations"), *parent)
    return section, (crumb("overview"), crumb(section))


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
