"""Health by rule, from the work and not from paperwork: dates, milestones, issues, dependencies, metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from generator.record import Delegation, Milestone
from generator.thresholds import Thresholds
from generator.tracking.issues import TrackedIssue
from generator.tracking.projection import MetricOutlook
from generator.words import Health, IssueSeverity


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a delegation's work looks at risk or off track."""

    health: Health
    code: str
    """``overdue``, ``milestone-overdue``, ``issue``, ``behind-plan``, ``dependency`` or ``metric``."""
    subject: str = ""
    """The milestone's, issue's, delegation's or metric's name."""
    evidence: str = ""
    """``type:id`` of the record that shows it."""


@dataclass(frozen=True, slots=True)
class Evidenced:
    """What the work shows: nothing where there is nothing to judge by."""

    health: Health | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class LateDependency:
    """Something waited for that is late."""

    id: str
    title: str
    since: dt.date


def evidenced_health(
    delegation: Delegation,
    undone: Sequence[Milestone],
    issues: Sequence[TrackedIssue],
    dependencies: Sequence[LateDependency],
    metrics: Sequence[MetricOutlook],
    limits: Thresholds,
    today: dt.date,
    *,
    grounds: bool = False,
) -> Evidenced:
    """Return the health that the work shows on ``today``.

    Where nothing is wrong, it is on track if there is something that could have shown otherwise: a dated
    milestone, an issue of a severity that counts, open or closed, a metric that has reached its target or has
    a trend, or other ``grounds``. A due date ahead and an issue of medium severity say nothing yet.

    Args:
        delegation: as of the day.
        undone: its milestones that are not done.
        issues: its issues, closed ones too.
        dependencies: what it waits for that is late.
        metrics: where its metrics are heading.
        limits: the thresholds in force for it.
        today: the day.
        grounds: whether it has milestones or dependencies that could have been late.
    """
    if not delegation.status.open:
        return Evidenced(None)
    itself = f"delegation:{delegation.id}"
    reasons: list[Reason] = []
    if delegation.due and delegation.due < today:
        reasons.append(Reason(Health.OFF_TRACK, "overdue", "", itself))
    for milestone in undone:
        if milestone.due and milestone.due < today:
            late = (today - milestone.due).days
            health = Health.OFF_TRACK if late > limits.milestone_days else Health.AT_RISK
            reasons.append(Reason(health, "milestone-overdue", milestone.title or milestone.id, itself))
    if weight_not_done(delegation, undone, today) >= limits.at_risk_points:
        reasons.append(Reason(Health.AT_RISK, "behind-plan", "", itself))
    for issue in issues:
        if issue.open:
            reasons += _of_issue(issue, limits, today)
    reasons += [Reason(Health.AT_RISK, "dependency", d.title, f"delegation:{d.id}") for d in dependencies]
    reasons += [
        Reason(Health.AT_RISK, "metric", m.metric.name or m.metric.id, itself) for m in metrics if m.misses
    ]
    if reasons:
        worst = Health.OFF_TRACK if any(r.health is Health.OFF_TRACK for r in reasons) else Health.AT_RISK
        return Evidenced(worst, tuple(sorted(reasons, key=lambda r: r.health is not Health.OFF_TRACK)))
    judged = (
        grounds
        or any(i.issue.severity in _COUNTING for i in issues)
        or any(m.metric.target is not None and (m.reached or m.expected is not None) for m in metrics)
    )
    return Evidenced(Health.ON_TRACK if judged else None)


_COUNTING = frozenset((IssueSeverity.CRITICAL, IssueSeverity.HIGH))


def _of_issue(issue: TrackedIssue, limits: Thresholds, today: dt.date) -> list[Reason]:
    evidence = f"checkin:{issue.raised_in}"
    if issue.issue.severity is IssueSeverity.CRITICAL:
        return [Reason(Health.OFF_TRACK, "issue", issue.issue.what, evidence)]
    old = (today - issue.opened).days > limits.high_issue_days
    if issue.issue.severity is IssueSeverity.HIGH and old:
        return [Reason(Health.AT_RISK, "issue", issue.issue.what, evidence)]
    return []


def weight_not_done(delegation: Delegation, undone: Sequence[Milestone], today: dt.date) -> float:
    """Return how much of the planned weight is not done, in points of 100.

    A milestone counts once its day is over: what is due today may still be done today.
    """
    all_ = delegation.milestones
    if not all_:
        return 0
    weighted = all(m.weight is not None for m in all_) and sum(m.weight or 0 for m in all_) > 0
    total = sum((m.weight or 0) if weighted else 1 for m in all_)
    late = sum((m.weight or 0) if weighted else 1 for m in undone if m.due and m.due < today)
    return 100 * late / total
