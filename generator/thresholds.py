"""The thresholds of tracking: their defaults, and how a site or one delegation sets others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When something becomes a signal. All but the last few are days.

    So many days are given in full: what was asked for on the 2nd with five days has passed on the 8th.
    """

    confirm_days: int = 5
    """A brief-back that is not confirmed."""
    response_days: int = 5
    """A question, an issue or a request without an answer."""
    due_soon_days: int = 7
    """A due date ahead."""
    milestone_days: int = 7
    """An overdue milestone that puts the delegation off track."""
    critical_issue_days: int = 1
    """A critical issue that blocks."""
    high_issue_days: int = 7
    """An issue of high severity that blocks."""
    medium_issue_days: int = 14
    """An issue of medium severity that blocks."""
    one_on_one_days: int = 30
    """No one-to-one although the plan lists them."""
    recognition_days: int = 56
    """Delivered, and no praise."""
    taken_back_days: int = 56
    """Within which a decision that was taken back asks to be spoken of."""
    evaluation_days: int = 14
    """Completed, and no evaluation although the plan lists it."""
    feedback_days: int = 14
    """Feedback that is open."""
    retrospective_days: int = 14
    """A cycle that ended without a retrospective."""
    yield_days: int = 14
    """Within which a check leads to something."""
    stale_intervals: int = 2
    """Intervals of the cadence without anything."""
    at_risk_points: int = 10
    """Points of planned weight not done that put the delegation at risk."""
    behind_points: int = 25
    """Points of planned weight not done that are a signal."""
    slip_moves: int = 2
    """Moves of the due date."""
    slip_share: int = 25
    """Percent of the span that the due date moved by."""
    confidence_drop: int = 2
    """Fall of confidence within three check-ins."""
    confidence_low: int = 2
    """Confidence at or below which support is offered."""
    held: int = 5
    """Active delegations that one person can well hold."""
    evaluation_gap: int = 2
    """Points between self and manager."""
    ready_after: int = 2
    """Delegations done by their date that ask for a talk about the next level."""


NAMES: tuple[str, ...] = tuple(f.name for f in fields(Thresholds))
"""The names that ``[thresholds]`` and ``plan.thresholds`` may set."""


def adjusted(limits: Thresholds, own: Mapping[str, float]) -> Thresholds:
    """Return thresholds with some set anew; unknown names are passed over, checks report them."""
    return replace(limits, **{k: int(v) for k, v in own.items() if k in NAMES}) if own else limits
