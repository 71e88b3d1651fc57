"""The page of a delegation: its terms, where it stands, and everything that happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.alerts import SignalView
from generator.pages.events import Events
from generator.pages.figures import (
    CalendarChart,
    LevelChart,
    MetricChart,
    ProgressChart,
    SlipChart,
    TimelineChart,
)
from generator.pages.gathered import Gathered
from generator.pages.links import Linker
from generator.pages.plots import (
    calendar_plot,
    level_plot,
    metric_plot,
    progress_plot,
    slip_plot,
    timeline_plot,
)
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
from generator.tracking.health import Evidenced
from generator.tracking.planning import missing_terms
from generator.tracking.projection import Finish, MetricOutlook
from generator.tracking.signals.terms import differences, left_out_criteria
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
    outlook: MetricOutlook
    chart: MetricChart | None


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
    signals: tuple[SignalView, ...]
    evidenced: Evidenced
    reported: Link | None
    """The check-in that last reported health."""
    finish: Finish | None
    """Where the trend of reported progress points to."""
    lineage: tuple[Link, ...]
    """The delegations that this one carries on, the latest first."""
    brief_back: CheckinView | None
    differences: tuple[str, ...]
    """How the brief-back differs from the terms of its day: ``due``, ``criteria``, ``understanding``."""
    left_out: tuple[str, ...]
    """Names of the criteria that it does not restate."""
    progress: ProgressChart | None
    calendar: CalendarChart | None
    timeline: TimelineChart | None
    """Itself with its parts and what it waits for, where there are any."""
    slips: SlipChart | None
    authority: LevelChart | None
    """Its level over time, where it changed."""
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
        signals=all_.signals_on.get(d.id, ()),
        evidenced=state.evidenced,
        reported=to.link(state.health_from) if state.health_from else None,
        finish=state.finish,
        lineage=_lineage(d, all_),
        brief_back=events.checkin(briefs[-1]) if briefs else None,
        differences=differences(d, briefs[-1]) if briefs else (),
        left_out=tuple(
            c.name or c.id for c in d.criteria if briefs and c.id in left_out_criteria(d, briefs[-1])
        ),
        progress=progress_plot(state, tracked.today),
        calendar=calendar_plot(
            ((cards.all[d.id].link, e) for e in state.expected), tracked.today, named=False
        ),
        timeline=_timeline(state, all_),
        slips=slip_plot([state], cards, tracked.today),
        authority=level_plot([state], cards, tracked.today) if _moved(d) else None,
        checkpoints=state.expected,
        tally=state.tally,
        milestones=_milestones(state, to),
        stages=tuple(dict.fromkeys(m.stage for m in d.milestones if m.stage)),
        metrics=tuple(_metric(m, state, to, tracked.today) for m in state.metrics),
        open_issues=_open_issues(state, to),
        history=history[:FULL_ENTRIES],
        earlier=history[FULL_ENTRIES:],
        last_checkin=events.checkin(reports[-1]) if reports else None,
        linked_from=to.linked_from(d),
        extra=tuple(sorted(d.extra.items())),
        path=d.path,
    )


def _moved(d: Delegation) -> bool:
    return any(c.field == "authority.level" for c in d.changes)


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


def _metric(outlook: MetricOutlook, state: State, to: Linker, today: dt.date) -> MetricRow:
    metric = outlook.metric
    href = to.file(state.delegation, metric.file) if metric.file else ""
    return MetricRow(
        metric,
        outlook.readings,
        outlook.readings[-1] if outlook.readings else None,
        Link(metric.file, href) if metric.file else None,
        outlook.reached,
        outlook,
        metric_plot(outlook, today),
    )


def _lineage(d: Delegation, all_: Gathered) -> tuple[Link, ...]:
    trail: list[Link] = []
    before, seen = d.continues, {d.id}
    while before and before not in seen:
        seen.add(before)
        trail.append(all_.cards.linker.delegation(before))
        earlier = all_.ledger.delegations.get(before)
        before = earlier.continues if earlier else None
    return tuple(trail)


def _timeline(state: State, all_: Gathered) -> TimelineChart | None:
    """Return a delegation over time with its parts and what it waits for; nothing where it stands alone."""
    d = state.delegation
    parts = all_.states(all_.parts.get(d.id, ()))
    before = [all_.tracked.states[x] for x in d.depends_on if x in all_.tracked.states]
    if not parts and not before and len(state.milestones) < 2:
        return None
    return timeline_plot([state, *before, *parts], all_.cards, all_.tracked.today)


def _open_issues(state: State, to: Linker) -> tuple[IssueView, ...]:
    """Return the issues that are still in the way, the most severe first."""
    return tuple(
        IssueView(i.issue, to.party(i.issue.needs) if i.issue.needs else None, i.opened)
        for i in state.issues
        if i.open
    )


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
