"""The page of a delegation: its terms, where it stands, and everything that happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.events import Events
from generator.pages.gathered import Gathered
from generator.pages.links import Linker
from generator.pages.registers import FULL_ENTRIES
from generator.pages.values import Card, Link, Prose
from generator.pages.views import ChangeView, CheckinView, EventView, IssueView, MilestoneView
from generator.record import (
    Authority,
    Checkin,
    Criterion,
    Delegation,
    Event,
    Metric,
    Plan,
    Reading,
)
from generator.tracking.expectations import Expectation, Tally
from generator.tracking.planning import missing_terms
from generator.tracking.state import State, Tracked
from generator.words import CheckinKind, Readiness


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone on its delegation's page."""

    id: str
    title: str
    stage: str
    owner: Link | None
    due: dt.date | None
    done: dt.date | None
    percent: int | None
    weight: float | None
    overdue: bool
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric with its readings, from check-ins and its file together."""

    metric: Metric
    readings: tuple[Reading, ...]
    latest: Reading | None
    file: Link | None
    reached: bool | None
    """Whether the latest reading is at the target or better."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed."""

    goal: str
    reason: str
    readiness: Readiness | None
    authority: Authority | None
    resources: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    plan: Plan | None
    missing: tuple[str, ...]
    """Which of goal, criteria, authority, reason and plan are not stated."""


@dataclass(frozen=True, slots=True)
class DelegationPage:
    """Everything about one delegation."""

    id: str
    card: Card
    terms: Terms
    supports: str
    contributors: tuple[Link, ...]
    informed: tuple[Link, ...]
    parent: Link | None
    parts: tuple[Card, ...]
    depends_on: tuple[Card | Link, ...]
    needed_by: tuple[Card, ...]
    continues: Link | None
    continued_by: tuple[Link, ...]
    prose: Prose
    brief_back: CheckinView | None
    checkpoints: tuple[Expectation, ...]
    tally: Tally
    milestones: tuple[MilestoneRow, ...]
    stages: tuple[str, ...]
    metrics: tuple[MetricRow, ...]
    open_issues: tuple[IssueView, ...]
    history: tuple[EventView | ChangeView | MilestoneView, ...]
    earlier: tuple[EventView | ChangeView | MilestoneView, ...]
    """What is too old to be shown whole."""
    last_checkin: CheckinView | None
    linked_from: tuple[Link, ...]
    extra: tuple[tuple[str, str], ...]
    path: str
    """The record's file."""

    def criterion(self, word: str) -> str:
        """Return the name of the criterion that ``word`` is the id of, else the word itself."""
        return next((c.name for c in self.terms.criteria if c.id == word and c.name), word)


def delegation_page(state: State, all_: Gathered) -> DelegationPage:
    """Return the page of one delegation."""
    d, tracked, cards, events = state.delegation, all_.tracked, all_.cards, all_.events
    to = cards.linker
    history = _history(state, tracked, events)
    reports = [c for c in state.checkins if c.kind is not CheckinKind.BRIEF_BACK]
    briefs = [c for c in state.checkins if c.kind is CheckinKind.BRIEF_BACK]
    return DelegationPage(
        id=d.id,
        card=cards.all[d.id],
        terms=_terms(d),
        supports=d.supports,
        contributors=to.people(d.contributors),
        informed=to.people(d.informed),
        parent=to.delegation(d.parent) if d.parent else None,
        parts=all_.parts.get(d.id, ()),
        depends_on=tuple(cards.all.get(id_) or to.delegation(id_) for id_ in d.depends_on),
        needed_by=all_.waiting_for.get(d.id, ()),
        continues=to.delegation(d.continues) if d.continues else None,
        continued_by=tuple(card.link for card in all_.carrying_on.get(d.id, ())),
        prose=to.prose(d),
        brief_back=events.checkin(briefs[-1]) if briefs else None,
        checkpoints=state.expected,
        tally=state.tally,
        milestones=_milestones(state, to),
        stages=tuple(dict.fromkeys(m.stage for m in d.milestones if m.stage)),
        metrics=tuple(_metric(m, state, to) for m in d.metrics),
        open_issues=_open_issues(state, events),
        history=history[:FULL_ENTRIES],
        earlier=history[FULL_ENTRIES:],
        last_checkin=events.checkin(reports[-1]) if reports else None,
        linked_from=to.linked_from(d),
        extra=tuple(sorted(d.extra.items())),
        path=d.path,
    )


def _terms(d: Delegation) -> Terms:
    return Terms(
        d.goal, d.reason, d.readiness, d.authority, d.resources, d.criteria, d.plan, missing_terms(d)
    )


def _milestones(state: State, to: Linker) -> tuple[MilestoneRow, ...]:
    rows = [
        MilestoneRow(
            s.milestone.id,
            s.milestone.title or s.milestone.id,
            s.milestone.stage,
            to.person(s.milestone.owner) if s.milestone.owner else None,
            s.milestone.due,
            s.done,
            s.percent,
            s.milestone.weight,
            s.overdue,
            s.milestone.criteria,
        )
        for s in state.milestones
    ]
    # Stages stand in the order they are first named; inside one, milestones keep theirs.
    order = {stage: n for n, stage in enumerate(dict.fromkeys(r.stage for r in rows))}
    return tuple(sorted(rows, key=lambda r: order[r.stage]))


def _metric(metric: Metric, state: State, to: Linker) -> MetricRow:
    d = state.delegation
    readings = {r.date: r for r in d.readings.get(metric.id, ())}
    for checkin in state.checkins:
        if metric.id in checkin.metrics:
            readings.setdefault(checkin.date, Reading(checkin.date, checkin.metrics[metric.id]))
    series = tuple(readings[day] for day in sorted(readings))
    latest = series[-1] if series else None
    reached = None
    if latest and metric.target is not None:
        better = latest.value >= metric.target if metric.direction == "up" else latest.value <= metric.target
        reached = better
    href = to.file(d, metric.file) if metric.file else ""
    return MetricRow(metric, series, latest, Link(metric.file, href) if metric.file else None, reached)


def _open_issues(state: State, events: Events) -> tuple[IssueView, ...]:
    """Return the issues that no later check-in closes, the most severe first."""
    latest: dict[str, IssueView] = {}
    for checkin in state.checkins:
        for view in events.checkin(checkin).issues:
            first = latest.get(view.issue.id)
            opened = min(first.opened, view.opened) if first else view.opened
            latest[view.issue.id] = IssueView(view.issue, view.needs, opened)
    severity = {s: n for n, s in enumerate(("critical", "high", "medium", "low"))}
    still = [v for v in latest.values() if v.issue.closed is None]
    return tuple(sorted(still, key=lambda v: (severity[v.issue.severity], v.opened)))


def _history(
    state: State, tracked: Tracked, events: Events
) -> tuple[EventView | ChangeView | MilestoneView, ...]:
    d = state.delegation
    entries: list[EventView | ChangeView | MilestoneView] = []
    answered = {f.id for e in tracked.ledger.events_on(d.id, Checkin) for f in tracked.ledger.answers_to(e)}
    # An answer is shown with what it answers, not a second time by itself.
    entries += [
        events.view(event)
        for event in tracked.ledger.events_on(d.id, Event)
        if not (event.type == "feedback" and event.id in answered)
    ]
    entries += [ChangeView(c, c.date, events.linker.person(c.by) if c.by else None) for c in d.changes]
    entries += [
        MilestoneView(
            s.milestone.title or s.milestone.id,
            s.done,
            s.milestone.due,
            max(0, (s.done - s.milestone.due).days) if s.milestone.due else 0,
        )
        for s in state.milestones
        if s.done
    ]
    order = {"milestone": 0, "change": 1}
    return tuple(sorted(entries, key=lambda e: (-e.date.toordinal(), order.get(e.type, 2))))
