"""The work of a delegation on any day, as its records show it: milestones, issues, metrics, health."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.record import Checkin, Delegation, Milestone, Reading
from generator.thresholds import Thresholds
from generator.tracking.as_of import checkin_as_of, delegation_as_of
from generator.tracking.health import Evidenced, LateDependency, evidenced_health
from generator.tracking.issues import TrackedIssue, tracked_issues
from generator.tracking.progress import done_dates
from generator.tracking.projection import Finish, MetricOutlook, metric_outlook, projected_finish


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to judge a delegation by on a day."""

    day: dt.date
    delegation: Delegation
    """As of the day."""
    checkins: tuple[Checkin, ...]
    """Up to the day, oldest first, as they stood on it."""
    done: Mapping[str, dt.date]
    """The day each milestone was done."""
    issues: tuple[TrackedIssue, ...]
    metrics: tuple[MetricOutlook, ...]
    followed: bool = True
    """Whether its check-ins would be seen: a milestone may be done in one that is not."""

    @property
    def undone(self) -> tuple[Milestone, ...]:
        """Return the milestones that are known not to be done."""
        if not self.followed:
            return ()
        return tuple(m for m in self.delegation.milestones if m.id not in self.done)

    @property
    def dated(self) -> bool:
        """Return whether it has milestones that could be known to be late."""
        return self.followed and any(m.due for m in self.delegation.milestones)

    @property
    def finish(self) -> Finish | None:
        """Return the day that the trend of reported progress points to, while it runs."""
        if not self.delegation.status.open:
            return None
        reported = [Reading(c.date, c.progress) for c in self.checkins if c.progress is not None]
        return projected_finish(reported, self.day)

    @property
    def needed(self) -> dt.date | None:
        """Return the day it needs what it waits for: its start, else its next milestone, else its end."""
        d = self.delegation
        if d.start and d.start > self.day:
            return d.start
        ahead = (m.due for m in d.milestones if m.id not in self.done and m.due and m.due >= self.day)
        return min(ahead, default=d.due)


def work_on(
    delegation: Delegation, checkins: Sequence[Checkin], day: dt.date, *, followed: bool = True
) -> Work:
    """Return the work of a delegation as it stood on a day, from later records of it."""
    d = delegation_as_of(delegation, day)
    then = tuple(checkin_as_of(c, day) for c in checkins if c.date <= day)
    return Work(
        day,
        d,
        then,
        done_dates(d, then, day),
        tracked_issues(then),
        tuple(metric_outlook(m, readings(d, then, m.id), m.due or d.due, day) for m in d.metrics),
        followed,
    )


def readings(delegation: Delegation, checkins: Sequence[Checkin], metric: str) -> tuple[Reading, ...]:
    """Return a metric's readings by day, from its file and from check-ins; the file decides between them."""
    found = {c.date: Reading(c.date, c.metrics[metric]) for c in checkins if metric in c.metrics}
    found |= {r.date: r for r in delegation.readings.get(metric, ())}
    return tuple(found[day] for day in sorted(found))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What running work waits for, on a day."""

    late: tuple[LateDependency, ...] = ()
    known: bool = False
    """Whether any of it has a date, an end or a trend, so that it could be told to be late."""


def evidence(work: Work, waiting: Waiting, limits: Thresholds, day: dt.date) -> Evidenced:
    """Return the health that the work shows on a day."""
    d, grounds = work.delegation, work.dated or waiting.known
    return evidenced_health(
        d, work.undone, work.issues, waiting.late, work.metrics, limits, day, grounds=grounds
    )


def overdue_on(delegation: Delegation, day: dt.date) -> bool:
    """Return whether a delegation, as of a day, is past its due date and not ended."""
    return bool(delegation.status.open and delegation.due and delegation.due < day)
