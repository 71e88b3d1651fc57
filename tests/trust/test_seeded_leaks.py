"""The check of non-interference finds what it is there to find: leaks put in on purpose, one at a time.

Each takes something from the full ledger to where only the projected one should have a say, or takes one
of the filters out. The check then runs over its pairs until it finds a difference; it must find one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from interference import group, leaks

from generator import audience, building, project, width
from generator.audience import FULL
from generator.building import Content
from generator.check import check
from generator.cli import build as build_command
from generator.diagnostic import Diagnostic
from generator.ledger import Ledger, when
from generator.pages import gathered, links, site
from generator.pages.agenda import ALL
from generator.pages.links import Linker, name
from generator.pages.values import Link
from generator.record import Event, Person
from generator.render import data, feeds
from generator.tracking.state import Tracked, track
from generator.words import Visibility

Patch = pytest.MonkeyPatch


@dataclass
class Wide:
    """What a leak takes from: the full ledger of the content that is built."""

    ledger: Ledger
    faults: tuple[Diagnostic, ...] = ()
    """What reading found."""

    def tracked(self, tracked: Tracked) -> Tracked:
        return track(self.ledger, tracked.today, FULL)


@pytest.fixture
def wide(monkeypatch: Patch) -> Wide:
    """Return the full ledger of whichever build is running."""
    kept = Wide(Ledger((), ()))
    honest, told = building.project, building.audience_diagnostics

    def remembering(ledger: Ledger, whom: Any) -> Ledger:
        kept.ledger = ledger
        return honest(ledger, whom)

    def hearing(content: Content, projected: Ledger, whom: Any) -> tuple[Diagnostic, ...]:
        kept.faults = content.diagnostics
        return told(content, projected, whom)

    monkeypatch.setattr(building, "project", remembering)
    monkeypatch.setattr(building, "audience_diagnostics", hearing)
    return kept


def around(monkeypatch: Patch, where: Any, name_: str, leak: Callable[..., Any]) -> None:
    """Put a leak around a function; it is given the function as it was, then what that is given."""
    honest = getattr(where, name_)
    monkeypatch.setattr(where, name_, lambda *args, **more: leak(honest, *args, **more))


# --- 20 leaks --------------------------------------------------------------------------------------------


def search_data(m: Patch, wide: Wide) -> None:
    """What searching reads is nearest to: the list of all records."""

    def leak(honest, tracked, linker, language):
        full = wide.tracked(tracked)
        return honest(full, Linker(full.ledger), language)

    around(m, data, "record_rows", leak)


def atom(m: Patch, wide: Wide) -> None:
    def leak(honest, tracked, linker, language, title):
        full = wide.tracked(tracked)
        return honest(full, Linker(full.ledger), language, title)

    around(m, feeds, "_feed", leak)


def ics(m: Patch, wide: Wide) -> None:
    def leak(honest, tracked, linker, *rest):
        full = wide.tracked(tracked)
        return honest(tracked, linker, *rest) | {ALL: honest(full, Linker(full.ledger), *rest)[ALL]}

    around(m, feeds, "feed_files", leak)


def _data(m: Patch, wide: Wide, path: str) -> None:
    def leak(honest, tracked, linker, *rest):
        full = wide.tracked(tracked)
        return honest(tracked, linker, *rest) | {path: honest(full, Linker(full.ledger), *rest)[path]}

    around(m, data, "data_files", leak)


def json_data(m: Patch, wide: Wide) -> None:
    _data(m, wide, "data/delegations.json")


def csv_data(m: Patch, wide: Wide) -> None:
    _data(m, wide, "data/delegations.csv")


def overview_count(m: Patch, wide: Wide) -> None:
    around(m, site, "overview", lambda honest, all_: replace(honest(all_), waiting=len(wide.ledger.records)))


def team_count(m: Patch, wide: Wide) -> None:
    def leak(honest, team, all_):
        page = honest(team, all_)
        held = sum(team.id in wide.ledger.teams_of(d) for d in wide.ledger.delegations.values())
        return replace(page, members=tuple((who, role, held) for who, role, _ in page.members))

    around(m, site, "team_page", leak)


def backlink(m: Patch, wide: Wide) -> None:
    def leak(honest, self, record):
        full = Linker(wide.ledger)
        whole = wide.ledger.get(record.type, record.id)
        from_ = full.linking(whole) if whole else ()
        there = {r.path for r in self.ledger.records}
        return (*honest(self, record), *(Link(r.id) for r in from_ if r.path not in there))

    around(m, Linker, "linked_from", leak)


def neighbours(m: Patch, wide: Wide) -> None:
    """The event before is the one before among all, hidden ones included."""

    def leak(honest, view, previous, *rest):
        events = [e for e in wide.ledger.records if isinstance(e, Event)]
        by_page = {f"{links.FOLDER[e.type]}/{e.id}.html": e for e in events}
        this = by_page.get(view.link.href)
        row = sorted((e for e in events if this and e.type is this.type), key=when)
        at = next((n for n, e in enumerate(row) if e is this), 0)
        return honest(view, Link(row[at - 1].id) if at else previous, *rest)

    around(m, site, "EventPage", leak)


def tag(m: Patch, wide: Wide) -> None:
    """A delegation has the tags of all that happened to it."""

    def leak(honest, state, all_):
        page = honest(state, all_)
        events = wide.ledger.events_on(state.delegation.id, Event)
        tags = dict.fromkeys((*page.card.tags, *(t for e in events for t in e.tags)))
        return replace(page, card=replace(page.card, tags=tuple(tags)))

    around(m, site, "delegation_page", leak)


def attachment(m: Patch, wide: Wide) -> None:
    def leak(honest, self):
        others = honest(Linker(wide.ledger))
        return honest(self) | {p: file for p, file in others.items() if not p.endswith(".csv")}

    around(m, Linker, "attachments", leak)


def metric_csv(m: Patch, wide: Wide) -> None:
    def leak(honest, self):
        full = Linker(wide.ledger)
        named = [(d, x.file) for d in wide.ledger.delegations.values() for x in d.metrics if x.file]
        found = {full.file(d, file) for d, file in named}
        return honest(self) | {p: file for p, file in honest(full).items() if p in found}

    around(m, Linker, "attachments", leak)


def person_in_hidden_records(m: Patch, wide: Wide) -> None:
    """Whoever is named by any record has a page."""

    def leak(honest, ledger, whom):
        shown = honest(ledger, whom)
        ids = {r.id for r in shown.records if isinstance(r, Person)}
        names = {p for r in ledger.records for p in audience.named(ledger, r)} - ids
        strangers = tuple(Person(id=id_, path=f"people/{id_}.md") for id_ in sorted(names))
        return replace(shown, records=(*shown.records, *strangers))

    around(m, building, "project", leak)


def diagnostic_in_the_log(m: Patch, wide: Wide) -> None:
    def leak(honest, content, diagnostics):
        honest(content, (*diagnostics, *check(wide.ledger)))

    around(m, build_command, "tell_diagnostics", leak)


def exit_code(m: Patch, wide: Wide) -> None:
    def leak(honest, diagnostics, *, strict):
        return honest((*diagnostics, *wide.faults), strict=strict)

    around(m, build_command, "failing", leak)


def cached_body(m: Patch, wide: Wide) -> None:
    """There is no cache of bodies: this is one, by path, that all audiences share."""
    kept: dict[tuple[Path, str], Any] = {}

    def leak(honest, self, record):
        return kept.setdefault((Path.cwd(), record.path), honest(self, record))

    around(m, Linker, "prose", leak)


def id_of_a_hidden_double(m: Patch, wide: Wide) -> None:
    """A second record with an id takes it away although it is hidden."""

    def leak(honest, records):
        alone = {id(r) for r in honest(list(wide.ledger.records))}
        return [r for r in honest(records) if id(r) in alone]

    around(m, project, "_alone", leak)


def text_of_a_link(m: Patch, wide: Wide) -> None:
    """A link to what is hidden is called by its title."""

    def leak(honest, self, hole):
        found = wide.ledger.resolve(hole.target)
        hidden = found is not None and self.ledger.resolve(hole.target) is None
        called = name(found, wide.ledger).text if hidden and found else ""
        return honest(self, replace(hole, text=called) if called else hole)

    around(m, Linker, "_record_hole", leak)


def signal_of_absence(m: Patch, wide: Wide) -> None:
    """What is missing is not missed where a hidden record is what was awaited."""

    def leak(honest, tracked):
        everywhere = {(s.code, s.delegation, s.about) for s in honest(wide.tracked(tracked))}
        return tuple(s for s in honest(tracked) if (s.code, s.delegation, s.about) in everywhere)

    around(m, data, "signals", leak)
    around(m, gathered, "signals", leak)


def order_by_a_hidden_date(m: Patch, wide: Wide) -> None:
    """Delegations stand in the order of what last happened to them."""

    def last(card: Any) -> tuple[dt.date, str]:
        id_ = card.link.href.removeprefix("delegations/").removesuffix(".html")
        days = [e.date for e in wide.ledger.events_on(id_, Event)]
        return max(days, default=dt.date.min), card.link.href

    around(m, site, "listed", lambda honest, cards: tuple(sorted(honest(cards), key=last)))


LEAKS: tuple[tuple[Callable[[Patch, Wide], None], int, str], ...] = (
    (search_data, 0, "data/records.json"),
    (atom, 0, "feed.atom"),
    (ics, 0, "calendar/all.ics"),
    (json_data, 0, "data/delegations.json"),
    (csv_data, 0, "data/delegations.csv"),
    (overview_count, 0, "index.html"),
    (team_count, 3, "teams/web.html"),
    (backlink, 0, "people/ada.html"),
    (neighbours, 2, "feedback/shop.2026-04-17-lusina154.html"),
    (tag, 1, "delegations/hall.html"),
    (attachment, 0, "files/meetings/tepaba83.pdf"),
    (metric_csv, 0, "files/delegations/kakuba39.csv"),
    (person_in_hidden_records, 0, "calendar/person/zoe.ics"),
    (diagnostic_in_the_log, 0, "log"),
    (exit_code, 5, "exit code"),
    (cached_body, 6, "delegations/shop.html"),
    (id_of_a_hidden_double, 3, "data/delegations.json"),
    (text_of_a_link, 1, "delegations/hall.html"),
    (signal_of_absence, 10, "data/signals.json"),
    (order_by_a_hidden_date, 1, "delegations/index.html"),
)
"""Each with the seed of a pair that shows it, and where it is seen."""

# --- the filters, each taken out -----------------------------------------------------------------------


def no_within(m: Patch) -> None:
    m.setattr(project, "within", lambda *_: True)


def no_hanging(m: Patch) -> None:
    m.setattr(project, "_hangs_on_seen", lambda *_: True)


def no_delegations_hung_on(m: Patch) -> None:
    m.setattr(project, "delegations_of", lambda _: ())


def no_guard(m: Patch) -> None:
    def leak(honest, ledger, whom, record, seen):
        return honest(ledger, whom, replace(record, guarded=False), seen)

    around(m, project, "_may_see", leak)


def no_seal(m: Patch) -> None:
    m.setattr(Ledger, "sealed", lambda *_: False)


def no_line_values(m: Patch) -> None:
    m.setattr(project, "sees_line_values", lambda *_: True)


def no_line_places(m: Patch) -> None:
    """Values of the line are taken out, and what is wrong with them is told."""

    def leak(honest, content, projected, whom):
        whole = {(r.root, r.path): r.places for r in content.ledger.records}
        told = tuple(replace(r, places=whole[r.root, r.path]) for r in projected.records)
        return honest(content, replace(projected, records=told), whom)

    around(m, building, "audience_diagnostics", leak)


def no_lost_answers(m: Patch) -> None:
    m.setattr(project, "_without_lost_answers", lambda records, _: records)


def no_doubles(m: Patch) -> None:
    m.setattr(project, "_alone", lambda records: records)


def no_judging_by_seen_delegations(m: Patch) -> None:
    m.setattr(project, "with_seen_delegations", lambda ledger, _: ledger)


def no_ceiling(m: Patch) -> None:
    honest = building.read_settings
    m.setattr(building, "read_settings", lambda s, *, overlaid: _open(honest(s, overlaid=overlaid)))


def _open(read: Any) -> Any:
    return replace(read[0], widest=None), read[1]


def no_trust(m: Patch) -> None:
    m.setattr(Ledger, "trusts", lambda self, _: frozenset(range(len(self.settings))))


def _default(m: Patch, origin: width.Origin) -> None:
    """Let a default of the format count for nothing."""

    def leak(honest, ledger, record):
        found = honest(ledger, record)
        return width.Width(Visibility.ORG, origin) if found.origin is origin else found

    around(m, width, "_of_the_format", leak)


def no_upwards(m: Patch) -> None:
    _default(m, width.Origin.UPWARDS)


def no_one_on_one(m: Patch) -> None:
    _default(m, width.Origin.ONE_ON_ONE)


def no_unsigned(m: Patch) -> None:
    _default(m, width.Origin.UNSIGNED)


def no_usual_line(m: Patch) -> None:
    _default(m, width.Origin.TYPE)


def no_own_diagnostics(m: Patch) -> None:
    """What is wrong anywhere is told to everybody."""
    around(m, building, "audience_diagnostics", lambda honest, content, shown, whom: content.diagnostics)


def no_silence_on_counts(m: Patch) -> None:
    """How many files were there before is told to everybody."""

    class Anybody:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]  # nobody asks

    m.setattr(build_command, "FULL", Anybody())


def _reach(m: Patch, wanted: Visibility, as_: Visibility) -> None:
    """Take one width for another."""
    around(m, audience, "visibility", lambda honest, *of: as_ if honest(*of) is wanted else honest(*of))


def public_for_org(m: Patch) -> None:
    _reach(m, Visibility.ORG, Visibility.PUBLIC)


def org_for_team(m: Patch) -> None:
    _reach(m, Visibility.TEAM, Visibility.ORG)


def team_for_line(m: Patch) -> None:
    _reach(m, Visibility.LINE, Visibility.TEAM)


def line_for_pair(m: Patch) -> None:
    _reach(m, Visibility.PAIR, Visibility.LINE)


def line_for_managers(m: Patch) -> None:
    _reach(m, Visibility.MANAGERS, Visibility.LINE)


def pair_for_private(m: Patch) -> None:
    _reach(m, Visibility.PRIVATE, Visibility.PAIR)


def any_team(m: Patch) -> None:
    """Every team is concerned by what is for teams."""
    m.setattr(audience, "concerned_teams", lambda ledger, _: frozenset(ledger.teams))


FILTERS: tuple[tuple[Callable[[Patch], None], int], ...] = (
    (no_within, 0),
    (no_hanging, 0),
    (no_delegations_hung_on, 0),
    (no_guard, 19),
    (no_seal, 153),
    (no_line_values, 1),
    (no_line_places, 1),
    (no_lost_answers, 9),
    (no_doubles, 14),
    (no_judging_by_seen_delegations, 206),
    (no_ceiling, 2),
    (no_trust, 1),
    (no_upwards, 19),
    (no_one_on_one, 59),
    (no_unsigned, 105),
    (no_usual_line, 1),
    (no_own_diagnostics, 0),
    (no_silence_on_counts, 0),
    (public_for_org, 0),
    (org_for_team, 3),
    (team_for_line, 2),
    (line_for_pair, 11),
    (line_for_managers, 7),
    (pair_for_private, 27),
    (any_team, 3),
)
"""Each with the seed of a pair that cannot do without it."""

IN_PAGES = (
    *(overview_count, team_count, backlink, neighbours, tag),
    *(cached_body, text_of_a_link, order_by_a_hidden_date),
)
"""What is seen nowhere but in pages; for the others none are made, which is quicker."""
WIDER_BEFORE = (cached_body, no_silence_on_counts)
"""What comes from the build for a wider audience before."""


def caught(leak: Callable[..., None], seed: int, folder: Path) -> list[str]:
    """Return what the check finds wrong with the pair of a seed."""
    (pair,) = group(seed, 1)
    return leaks(pair, folder, after="full" if leak in WIDER_BEFORE else "", pages=leak in IN_PAGES)


@pytest.mark.parametrize(("leak", "seed", "where"), LEAKS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_leak_is_caught(leak, seed: int, where: str, tmp_path: Path, monkeypatch, wide: Wide) -> None:
    leak(monkeypatch, wide)
    assert where in caught(leak, seed, tmp_path)


@pytest.mark.parametrize(("filter_", "seed"), FILTERS, ids=lambda value: getattr(value, "__name__", ""))
def test_no_filter_can_be_taken_out(filter_, seed: int, tmp_path: Path, monkeypatch) -> None:
    filter_(monkeypatch)
    assert caught(filter_, seed, tmp_path) != []


@pytest.mark.long
@pytest.mark.parametrize("seed", sorted({seed for _, seed, *_ in (*LEAKS, *FILTERS)}))
def test_without_a_leak_the_same_pairs_are_alike(seed: int, tmp_path: Path) -> None:
    (pair,) = group(seed, 1)
    assert leaks(pair, tmp_path, after="full") == []


def test_there_are_twenty() -> None:
    assert len(LEAKS) == len({leak for leak, *_ in LEAKS}) == 20
