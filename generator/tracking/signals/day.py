"""What every signal is worked out from: a tracked ledger, and what its audience would see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from generator.audience import sees_line_values
from generator.ledger import Ledger
from generator.record import Delegation, Feedback, Meeting, Person, Record
from generator.thresholds import Thresholds
from generator.tracking.absence import Eyes
from generator.tracking.state import State, Tracked
from generator.words import FeedbackKind, MeetingKind, Status

DAY = dt.timedelta(1)


class Day:
    """A tracked day, asked what signals want to know."""

    def __init__(self, tracked: Tracked) -> None:
        self.tracked = tracked
        self.ledger: Ledger = tracked.ledger
        self.today = tracked.today
        self.limits: Thresholds = tracked.ledger.site.thresholds
        self.eyes = Eyes(tracked.ledger, tracked.audience, tracked.today)

    @property
    def states(self) -> tuple[State, ...]:
        """Return the states of all delegations."""
        return tuple(self.tracked.states.values())

    @property
    def running(self) -> tuple[State, ...]:
        """Return the states of active delegations."""
        return tuple(s for s in self.states if s.delegation.status is Status.ACTIVE)

    @property
    def agreed(self) -> tuple[State, ...]:
        """Return the states of delegations whose dates hold: active ones, and those that should be."""
        return tuple(s for s in self.states if s.delegation.status in {Status.ACTIVE, Status.NOT_STARTED})

    @cached_property
    def by_owner(self) -> Mapping[str, tuple[State, ...]]:
        """Return states by owner."""
        found: dict[str, list[State]] = {}
        for state in self.states:
            found.setdefault(state.delegation.owner, []).append(state)
        return {owner: tuple(some) for owner, some in found.items()}

    @cached_property
    def praise(self) -> Mapping[str, tuple[dt.date, ...]]:
        """Return the days on which each person was praised, alone or with a team."""
        found: dict[str, list[dt.date]] = {}
        for f in self.ledger.feedback.values():
            if f.kind is FeedbackKind.PRAISE:
                for who in self.people_of(f.to):
                    found.setdefault(who, []).append(f.date)
        return {who: tuple(sorted(days)) for who, days in found.items()}

    @cached_property
    def talks(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Return the one-to-ones that each person was at."""
        found: dict[str, list[Meeting]] = {}
        for meeting in self.ledger.meetings.values():
            if meeting.kind is MeetingKind.ONE_ON_ONE:
                for who in dict.fromkeys(meeting.attendees):
                    found.setdefault(who, []).append(meeting)
        return {who: tuple(some) for who, some in found.items()}

    def people_of(self, party: str) -> tuple[str, ...]:
        """Return the people that a party is: a team's, or the one person."""
        return self.ledger.organisation.members(party[5:]) if party.startswith("team:") else (party,)

    def past(self, day: dt.date, days: int) -> bool:
        """Return whether more than ``days`` days have gone since ``day``."""
        return (self.today - day).days > days

    def delegation_of(self, feedback: Feedback) -> Delegation | None:
        """Return what feedback is about, where that is there."""
        return self.ledger.delegations.get(feedback.delegation)

    def person(self, id_: str) -> Person | None:
        """Return somebody who is there."""
        return self.ledger.people.get(id_)

    def is_line(self, record: Record) -> bool:
        """Return whether the audience is one that sees what is for the line only."""
        return sees_line_values(self.ledger, self.tracked.audience, record)


def limit(day: dt.date, days: int) -> dt.date:
    """Return the first day on which more than ``days`` days have gone since ``day``."""
    return day + dt.timedelta(days) + DAY
