"""What every signal is worked out from: a tracked ledger, and what its audience would see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from generator.audience import sees_line_values, within
from generator.ledger import Ledger
from generator.record import Checkin, Delegation, Evaluation, Feedback, Meeting, Record, Retrospective
from generator.thresholds import Thresholds
from generator.tracking.state import State, Tracked
from generator.words import EvaluationKind, FeedbackKind, MeetingKind, Status

DAY = dt.timedelta(1)


class Day:
    """A tracked day, asked what signals want to know."""

    def __init__(self, tracked: Tracked) -> None:
        self.tracked = tracked
        self.ledger: Ledger = tracked.ledger
        self.today = tracked.today
        self.limits: Thresholds = tracked.ledger.site.thresholds

    @property
    def states(self) -> tuple[State, ...]:
        """Return the states of all delegations."""
        return tuple(self.tracked.states.values())

    @property
    def running(self) -> tuple[State, ...]:
        """Return the states of active delegations."""
        return tuple(s for s in self.states if s.delegation.status is Status.ACTIVE)

    @cached_property
    def by_owner(self) -> Mapping[str, tuple[State, ...]]:
        """Return states by owner."""
        found: dict[str, list[State]] = {}
        for state in self.states:
            found.setdefault(state.delegation.owner, []).append(state)
        return {owner: tuple(some) for owner, some in found.items()}

    @cached_property
    def praise(self) -> Mapping[str, tuple[dt.date, ...]]:
        """Return the days on which each person was praised."""
        found: dict[str, list[dt.date]] = {}
        for f in self.ledger.feedback.values():
            if f.kind is FeedbackKind.PRAISE:
                found.setdefault(f.to, []).append(f.date)
        return {who: tuple(sorted(days)) for who, days in found.items()}

    def past(self, day: dt.date, days: int) -> bool:
        """Return whether more than ``days`` days have gone since ``day``."""
        return (self.today - day).days > days

    # --- what is missing is told to those only who would see it ------------------------------------

    def would_see_checkin(self, d: Delegation) -> bool:
        """Return whether the audience would see a check-in that is not there."""
        return self._would_see(Checkin(id="-", path="-", date=self.today, delegation=d.id, author=d.owner))

    def would_see_answer(self, d: Delegation, asker: str, asked: str) -> bool:
        """Return whether the audience would see an answer, which is feedback, from one to the other."""
        by = asked if not asked.startswith(("team:", "outside:")) else d.delegator
        answer = Feedback(id="-", path="-", date=self.today, from_=by, to=asker, delegation=d.id)
        return self._would_see(answer)

    def would_see_talk(self, d: Delegation) -> bool:
        """Return whether the audience would see a one-to-one of owner and delegator."""
        kind, both = MeetingKind.ONE_ON_ONE, (d.delegator, d.owner)
        talk = Meeting(id="-", path="-", date=self.today, kind=kind, attendees=both, delegations=(d.id,))
        return self._would_see(talk)

    def would_see_evaluation(self, d: Delegation) -> bool:
        """Return whether the audience would see the delegator's evaluation of the owner."""
        kind = EvaluationKind.MANAGER
        evaluation = Evaluation(
            id="-",
            path="-",
            date=self.today,
            subject=d.owner,
            evaluator=d.delegator,
            kind=kind,
            delegation=d.id,
        )
        return self._would_see(evaluation)

    def would_see_praise(self, d: Delegation) -> bool:
        """Return whether the audience would see praise of the owner."""
        kind = FeedbackKind.PRAISE
        praise = Feedback(id="-", path="-", date=self.today, from_=d.delegator, to=d.owner, kind=kind)
        return self._would_see(praise)

    def would_see_retrospective(self, cycle: str) -> bool:
        """Return whether the audience would see a retrospective of a cycle."""
        return self._would_see(Retrospective(id="-", path="-", date=self.today, cycle=cycle))

    def _would_see(self, missing: Record) -> bool:
        return within(self.ledger, self.tracked.audience, missing)

    def is_line(self, record: Record) -> bool:
        """Return whether the audience is one that sees what is for the line only."""
        return sees_line_values(self.ledger, self.tracked.audience, record)
