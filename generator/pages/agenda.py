"""What is open and has its day: check-ins, due dates, milestones, things to do, ends of cycles.

The entries of calendars, in no language yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.ledger import Ledger
from generator.pages.links import Linker
from generator.record import Cycle, Evaluation, Meeting, Person, Record, Retrospective, Team
from generator.tracking.state import State, Tracked
from generator.words import Answer, CycleStatus


class Matter(StrEnum):
    """What there is to a day."""

    CHECKIN = "check-in"
    DUE = "due"
    MILESTONE = "milestone"
    ACTION = "action"
    CYCLE = "cycle"

    @property
    def task(self) -> bool:
        """Return whether somebody is to do something, rather than that a day comes."""
        return self in {Matter.CHECKIN, Matter.ACTION}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day, or to be done without one."""

    matter: Matter
    key: str
    """Names it for ever among everything of the site: ``type:id:part``."""
    day: dt.date | None
    record: Record
    """What it stands in: a delegation, a meeting, an evaluation, a retrospective, a cycle."""
    about: str
    """What the record is called, where it is called anything."""
    what: str
    who: str
    """The id of the person it waits on; empty where that is nobody in particular."""
    people: frozenset[str]
    """The ids of the people whose calendar it is in."""
    teams: frozenset[str]
    """The ids of the teams whose calendar it is in."""


AHEAD = dt.timedelta(42)
"""How far ahead check-ins are listed: whoever subscribes to a calendar is brought up to date long before."""
ALL = "calendar/all.ics"
"""Where the calendar of everything is."""
FEED = "feed.atom"
"""Where the feed of what happened is."""


def calendar_path(whose: Person | Team, linker: Linker) -> str:
    """Return where the calendar of a person or team is; it is called as their page is."""
    stem = linker.url(whose).rpartition("/")[2].removesuffix(".html")
    return f"calendar/{whose.type}/{stem}.ics"


def agenda(tracked: Tracked) -> tuple[Entry, ...]:
    """Return what is open, by day; what has no day comes last."""
    found = [e for state in tracked.states.values() for e in _of_delegation(state, tracked)]
    for record in tracked.ledger.records:
        match record:
            case Meeting():
                found += _of_meeting(record, tracked.ledger)
            case Evaluation():
                found += _of_evaluation(record, tracked.ledger)
            case Retrospective():
                found += _of_retrospective(record, tracked)
            case Cycle():
                found += _of_cycle(record, tracked)
    unique = {e.key: e for e in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda e: (e.day or dt.date.max, e.key)))


def _of_delegation(state: State, tracked: Tracked) -> Iterator[Entry]:
    d, until = state.delegation, tracked.today + AHEAD
    if not d.status.open:
        return
    teams = frozenset(tracked.ledger.teams_of(d))

    def entry(matter: Matter, part: str, day: dt.date, what: str, who: str, *people: str) -> Entry:
        key = f"delegation:{d.id}:{part}"
        return Entry(matter, key, day, d, d.title, what, who, frozenset((who, *people)), teams)

    for e in state.expected:
        if e.state in {Answer.UPCOMING, Answer.DUE, Answer.OVERDUE} and e.due <= until:
            part = f"checkpoint.{e.checkpoint}" if e.checkpoint else f"check-in.{e.due}"
            yield entry(Matter.CHECKIN, part, e.due, e.what, e.who)
    for m in state.milestones:
        if m.done is None and m.milestone.due:
            what, who = m.milestone.title or m.milestone.id, m.milestone.owner or d.owner
            yield entry(Matter.MILESTONE, f"milestone.{m.milestone.id}", m.milestone.due, what, who)
    if d.due:
        yield entry(Matter.DUE, "due", d.due, "", d.owner, d.delegator)


def _action(
    record: Record, part: str, day: dt.date | None, what: str, who: str, delegation: str, ledger: Ledger
) -> Entry:
    """Return something to do, in the calendars of who is to do it and of the team whose work it is."""
    d = ledger.delegations.get(delegation)
    person = ledger.people.get(who)
    teams = ledger.teams_of(d) if d else (person.team,) if person and person.team else ()
    about = d.title if d else record.title
    key = f"{record.type}:{record.id}:{part}"
    return Entry(Matter.ACTION, key, day, record, about, what, who, frozenset((who,)), frozenset(teams))


def _of_meeting(meeting: Meeting, ledger: Ledger) -> Iterator[Entry]:
    only = meeting.delegations[0] if len(meeting.delegations) == 1 else ""
    for n, a in enumerate(meeting.actions, 1):
        if a.done is None:
            part = f"action.{a.id or n}"
            yield _action(meeting, part, a.due, a.what, a.owner or "", a.delegation or only, ledger)


def _of_evaluation(evaluation: Evaluation, ledger: Ledger) -> Iterator[Entry]:
    for n, step in enumerate(evaluation.development, 1):
        if step.done is None:
            who = step.owner or evaluation.subject
            yield _action(
                evaluation, f"development.{n}", step.due, step.what, who, evaluation.delegation, ledger
            )


def _of_retrospective(retrospective: Retrospective, tracked: Tracked) -> Iterator[Entry]:
    ledger = tracked.ledger
    carried = {p.continues for r in ledger.retrospectives.values() for p in r.proposals}
    for p in retrospective.proposals:
        if p.done or p.dropped or f"{retrospective.id}.{p.id}" in carried:
            continue
        yield _action(retrospective, f"proposal.{p.id}", p.due, p.what, p.owner or "", "", ledger)


def _of_cycle(cycle: Cycle, tracked: Tracked) -> Iterator[Entry]:
    """Yield the end of a cycle that is not closed: in everybody's calendar, or in its team's."""
    if cycle.closed or cycle.status is CycleStatus.CLOSED:
        return
    ledger = tracked.ledger
    teams = frozenset((cycle.team,) if cycle.team else ledger.teams)
    people = frozenset(ledger.organisation.members(cycle.team) if cycle.team else ledger.people)
    key = f"cycle:{cycle.id}:end"
    yield Entry(Matter.CYCLE, key, cycle.end, cycle, cycle.title or cycle.id, "", "", people, teams)
