"""Issues over their life: raised in one check-in, spoken of in later ones, closed in one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.record import Checkin, Issue
from generator.words import IssueSeverity

_WEIGHT = {s: n for n, s in enumerate(reversed(IssueSeverity))}


@dataclass(frozen=True, slots=True)
class TrackedIssue:
    """An issue as the check-ins up to a day have it."""

    issue: Issue
    """As last spoken of; what a later check-in leaves out stands as it was said before."""
    delegation: str
    opened: dt.date
    """The day it arose, as first said; the day it came back, where it had been closed."""
    raised_in: str
    """The id of the check-in that raised it."""
    last_in: str
    """The id of the check-in that last spoke of it."""
    closed: dt.date | None

    @property
    def open(self) -> bool:
        """Return whether it is still in the way."""
        return self.closed is None


def tracked_issues(checkins: Sequence[Checkin]) -> tuple[TrackedIssue, ...]:
    """Return the issues of a delegation's check-ins (oldest first), the most severe and oldest first."""
    found: dict[str, TrackedIssue] = {}
    for checkin in checkins:
        for issue in checkin.issues:
            found[issue.id] = _spoken_of(found.get(issue.id), issue, checkin)
    return tuple(sorted(found.values(), key=lambda i: (_WEIGHT[i.issue.severity], i.opened, i.issue.id)))


def _spoken_of(before: TrackedIssue | None, issue: Issue, checkin: Checkin) -> TrackedIssue:
    opened = issue.opened or checkin.date
    if before is None:
        return TrackedIssue(issue, checkin.delegation, opened, checkin.id, checkin.id, issue.closed)
    full = _filled(issue, before.issue)
    if before.closed and issue.closed is None and checkin.date > before.closed:
        again = opened if opened > before.closed else checkin.date
        return TrackedIssue(full, checkin.delegation, again, checkin.id, checkin.id, None)
    first, closed = min(before.opened, opened), issue.closed or before.closed
    return TrackedIssue(full, checkin.delegation, first, before.raised_in, checkin.id, closed)


def _filled(issue: Issue, before: Issue) -> Issue:
    """Return an issue with what was said of it before and is left out now."""
    # `- {id: cells}` says no more than that it is still there: it does not make it less severe.
    bare = not issue.what and issue.severity is IssueSeverity.MEDIUM
    what, needs = issue.what or before.what, issue.needs or before.needs
    severity = before.severity if bare else issue.severity
    if (what, needs, severity) == (issue.what, issue.needs, issue.severity):
        return issue
    return replace(issue, what=what, needs=needs, severity=severity)
