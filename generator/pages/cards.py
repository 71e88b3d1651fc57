"""Delegations as cards, their counts, and lanes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.pages.links import Linker
from generator.pages.values import Card, Count, Link
from generator.schema import Target
from generator.tracking.state import State, Tracked
from generator.words import LEVELS, N_, Freshness, Health, Status

UNKNOWN = "unknown"


class Cards:
    """Makes the card of each delegation once."""

    def __init__(self, tracked: Tracked, linker: Linker) -> None:
        self.linker = linker
        self.tracked = tracked
        self.all = {id_: self._card(state) for id_, state in tracked.states.items()}

    def of(self, wanted: Callable[[State], bool]) -> tuple[Card, ...]:
        """Return the cards of the delegations that ``wanted`` picks, as lists show them."""
        return listed(self.all[id_] for id_, state in self.tracked.states.items() if wanted(state))

    def _card(self, state: State) -> Card:
        d, to = state.delegation, self.linker
        waiting = state.waiting
        return Card(
            link=to.link(d),
            status=d.status,
            owner=to.person(d.owner),
            delegator=to.person(d.delegator),
            teams=tuple(to.to(Target.TEAM, t) for t in self.tracked.ledger.teams_of(d)),
            cycle=to.to(Target.CYCLE, d.cycle) if d.cycle else None,
            level=d.level,
            health=state.health,
            evidenced=state.evidenced.health,
            freshness=state.freshness,
            progress=state.progress,
            start=d.start,
            due=d.due,
            ended=d.completed or d.ended,
            days_left=state.days_left,
            overdue=state.overdue,
            waiting=waiting.due if waiting else None,
            waiting_state=waiting.state if waiting else None,
            tags=d.tags,
        )


_URGENCY = {Health.OFF_TRACK: 0, Health.AT_RISK: 1, None: 2, Health.ON_TRACK: 3}
_ORDER = (
    Status.ACTIVE,
    Status.ON_HOLD,
    Status.NOT_STARTED,
    Status.DRAFT,
    Status.COMPLETED,
    Status.RECALLED,
    Status.CANCELLED,
)
_LIFE = {status: n for n, status in enumerate(_ORDER)}


def listed(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return cards in the order of lists: what runs, overdue and unwell first, then by due date."""
    return tuple(
        sorted(
            cards,
            key=lambda c: (
                _LIFE[c.status],
                not c.overdue,
                _URGENCY[c.health] if c.status.open else 0,
                _day(c) if c.status.open else -_day(c),
                c.link.href,
            ),
        )
    )


def _day(card: Card) -> int:
    day = card.due if card.status.open else card.ended or card.due
    return day.toordinal() if day else 10**7


def counts(cards: Sequence[Card]) -> tuple[Count, ...]:
    """Return how many are in each status, and of the running ones in each health and freshness."""
    running = [c for c in cards if c.status is Status.ACTIVE]
    out = [Count(s.label, n, s.value, "status") for s in Status if (n := sum(c.status is s for c in cards))]
    out += [
        Count(h.label, n, h.value, "health") for h in Health if (n := sum(c.health is h for c in running))
    ]
    if unknown := sum(c.health is None for c in running):
        out.append(Count(N_("Not reported"), unknown, UNKNOWN, "health"))
    out += [
        Count(f.label, n, f.value, "freshness")
        for f in Freshness
        if (n := sum(c.freshness is f for c in running))
    ]
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Lane:
    """The cards of one status."""

    status: Status
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lanes of one group: a team, an owner, a cycle, a level."""

    name: Link
    lanes: tuple[Lane, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """Cards in lanes by status, in groups where the board is grouped."""

    by: str
    """``status`` for one undivided board, else what the groups are."""
    groups: tuple[Group, ...]
    views: tuple[tuple[str, str], ...]
    """The other groupings: what by, and the page's path."""
    counts: tuple[Count, ...]


BOARDS: tuple[tuple[str, str], ...] = (
    ("status", "board/index.html"),
    ("owner", "board/by-owner.html"),
    ("team", "board/by-team.html"),
    ("cycle", "board/by-cycle.html"),
    ("level", "board/by-level.html"),
)
"""The boards: how each is grouped, and where it is."""


TIMELINE = "board/timeline.html"
"""Where the delegations stand over time."""


def lanes(cards: Iterable[Card]) -> tuple[Lane, ...]:
    """Return cards by status, each lane in the order of lists; lanes without cards are left out."""
    by: dict[Status, list[Card]] = {}
    for card in listed(cards):
        by.setdefault(card.status, []).append(card)
    return tuple(Lane(status, tuple(by[status])) for status in Status if status in by)


def board(cards: Sequence[Card], by: str) -> Board:
    """Return the board grouped ``by`` owner, team, cycle or level, or whole."""
    groups: dict[Link, list[Card]] = {}
    for card in cards:
        for name in _groups(card, by):
            groups.setdefault(name, []).append(card)
    ordered = sorted(groups, key=lambda link: (link.text == "", link.href if by == "level" else link.text))
    return Board(
        by,
        tuple(Group(name, lanes(groups[name]), len(groups[name])) for name in ordered),
        BOARDS,
        counts(cards),
    )


def _groups(card: Card, by: str) -> tuple[Link, ...]:
    """Return the groups a card is in; an empty name where it is in none."""
    match by:
        case "owner":
            return (card.owner,)
        case "team":
            return card.teams or (Link(""),)
        case "cycle":
            return (card.cycle or Link(""),)
        case "level":
            return (Link(f"{card.level} {LEVELS[card.level - 1][1]}" if card.level else ""),)
    return (Link(""),)
