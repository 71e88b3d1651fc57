"""Issues over their life: raised in one check-in, spoken of in later ones, closed in one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from generator.record import Checkin, Issue
from generator.words import IssueSeverity

_WEIGHT = {s: n for n, s in enumerate(reversed(IssueSeverity))}


@dataclass(frozen=True, slots=True)
class TrackedIssue:
    """An issue as the latest check-in that speaks of it has it."""

    issue: Issue
    delegation: str
    opened: dt.date
    """The day it arose, as first said."""
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
            before = found.get(issue.id)
            opened = issue.opened or checkin.date
            found[issue.id] = TrackedIssue(
                issue,
                checkin.delegation,
                min(before.opened, opened) if before else opened,
                before.raised_in if before else checkin.id,
                checkin.id,
                issue.closed,
            )
    return tuple(sorted(found.values(), key=lambda i: (_WEIGHT[i.issue.severity], i.opened, i.issue.id)))
