"""What an audience would see if it were there: the ground on which something is said to be missing.

A signal or figure that says so is given only to those who would see the missing record, at its type's
default visibility. To the others it is not shown at all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from generator.audience import Audience, within
from generator.ledger import Ledger
from generator.record import Checkin, Delegation, Evaluation, Event, Feedback, Meeting, Retrospective
from generator.words import EvaluationKind, FeedbackKind, MeetingKind


@dataclass(frozen=True, slots=True)
class Eyes:
    """An audience's, on the ledger that was projected for it."""

    ledger: Ledger
    audience: Audience
    today: dt.date

    def checkin(self, d: Delegation) -> bool:
        """Return whether a check-in of the owner's would be seen."""
        return self._see(Checkin, d, delegation=d.id, author=d.owner)

    def answer(self, d: Delegation | None, asker: str, asked: str) -> bool:
        """Return whether an answer from one to the other would be seen; it is feedback.

        A team answers through any of its people: each one's answer would have to be seen.
        """
        people = self.ledger.organisation.members(asked[5:]) if asked.startswith("team:") else (asked,)
        id_ = d.id if d else ""
        return all(self._see(Feedback, d, from_=by, to=asker, delegation=id_) for by in people or ("",))

    def talk(self, d: Delegation) -> bool:
        """Return whether a one-to-one of owner and delegator would be seen."""
        both = (d.delegator, d.owner)
        return self._see(Meeting, d, kind=MeetingKind.ONE_ON_ONE, attendees=both, delegations=(d.id,))

    def evaluation(self, d: Delegation) -> bool:
        """Return whether the delegator's evaluation of the owner would be seen."""
        kind, by = EvaluationKind.MANAGER, d.delegator
        return self._see(Evaluation, d, subject=d.owner, evaluator=by, kind=kind, delegation=d.id)

    def praise(self, d: Delegation) -> bool:
        """Return whether praise of the owner by the delegator would be seen."""
        kind = FeedbackKind.PRAISE
        return self._see(Feedback, d, from_=d.delegator, to=d.owner, kind=kind, delegation=d.id)

    def retrospective(self, cycle: str) -> bool:
        """Return whether a retrospective of a cycle would be seen."""
        return self._see(Retrospective, None, cycle=cycle)

    def _see(self, of: type[Event], d: Delegation | None, **values: Any) -> bool:
        root = d.root if d else 0
        return within(self.ledger, self.audience, of(id="-", path="-", root=root, date=self.today, **values))
