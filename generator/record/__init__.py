"""The nine records, frozen and typed: the one place where a key of the format is named."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.record.base import PEOPLE, PERSON, TEXTS, Event, Path, Record
from generator.record.checkin import Checkin, Issue, Restated
from generator.record.delegation import (
    Authority,
    Change,
    Checkpoint,
    Criterion,
    Delegation,
    Metric,
    Milestone,
    Plan,
    Reading,
)
from generator.record.evaluation import Development, Evaluation, Score
from generator.record.feedback import Feedback, Response
from generator.record.meeting import Action, Decision, Meeting
from generator.record.organisation import Away, Cycle, Person, Team
from generator.record.retrospective import Proposal, Retrospective, ToolReview

__all__ = [
    "FOLDERS",
    "PEOPLE",
    "PERSON",
    "TEXTS",
    "TYPES",
    "Action",
    "Authority",
    "Away",
    "Change",
    "Checkin",
    "Checkpoint",
    "Criterion",
    "Cycle",
    "Decision",
    "Delegation",
    "Development",
    "Evaluation",
    "Event",
    "Feedback",
    "Issue",
    "Meeting",
    "Metric",
    "Milestone",
    "Path",
    "Person",
    "Plan",
    "Proposal",
    "Reading",
    "Record",
    "Response",
    "Restated",
    "Retrospective",
    "Score",
    "Team",
    "ToolReview",
]

TYPES: tuple[type[Record], ...] = (
    Delegation,
    Checkin,
    Feedback,
    Meeting,
    Evaluation,
    Retrospective,
    Cycle,
    Team,
    Person,
)
"""The nine types, in the order they are listed everywhere."""

FOLDERS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "delegations": Delegation,
        "checkins": Checkin,
        "feedback": Feedback,
        "meetings": Meeting,
        "evaluations": Evaluation,
        "retrospectives": Retrospective,
        "cycles": Cycle,
        "teams": Team,
        "people": Person,
    }
)
"""The folder whose files are of a type."""
