"""Expected check-ins: when one was due, and what became of it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from generator.cadence import Cadence
from generator.ledger import owner_on
from generator.record import Checkin, Checkpoint, Delegation
from generator.words import Answer, CheckinKind, Status

GRACE = 3
"""Days after an expected day that still count as on time, unless the plan says otherwise."""
AHEAD = 60
"""Expected days that are listed after the day at most."""
BEHIND = 3700
"""Expected days that are looked back on at most: ten years of daily reports, or a slip in a year."""
_PUT_OFF = 366
"""Days that a check-in is put off at most for days off in a row."""

Works = Callable[[dt.date], bool]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected check-in."""

    due: dt.date
    state: Answer
    what: str = ""
    checkpoint: str = ""
    who: str = ""
    answered_by: str = ""
    """The id of the check-in that answers it."""
    answered_on: dt.date | None = None
    come: bool = True
    """Whether its day has come; one that is still to come may be answered already."""
    missed_on: dt.date | None = None
    """The day from which one by cadence counts as missed, where it does."""

    @property
    def reached(self) -> bool:
        """Return whether its day has come and it still counts."""
        return self.come and self.state not in {Answer.UPCOMING, Answer.PAUSED, Answer.WAIVED}


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over expected check-ins up to the day; waived and paused ones are not expected any more."""

    expected: int = 0
    actual: int = 0
    """Check-ins made, brief-backs not counted, whether they answer anything or not."""
    on_time: int = 0
    late: int = 0
    missed: int = 0
    overdue: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.expected + other.expected,
            self.actual + other.actual,
            self.on_time + other.on_time,
            self.late + other.late,
            self.missed + other.missed,
            self.overdue + other.overdue,
        )


def tally(expected: Sequence[Expectation], checkins: Sequence[Checkin]) -> Tally:
    """Count."""
    states = [e.state for e in expected if e.reached]
    return Tally(
        len(states),
        sum(c.kind is not CheckinKind.BRIEF_BACK for c in checkins),
        states.count(Answer.ON_TIME),
        states.count(Answer.LATE),
        states.count(Answer.MISSED),
        states.count(Answer.OVERDUE),
    )


def expectations(
    delegation: Delegation, checkins: Sequence[Checkin], works: Works, today: dt.date
) -> tuple[Expectation, ...]:
    """Return the expected check-ins of a delegation as it stands on ``today``, by date.

    Args:
        delegation: as of ``today``.
        checkins: its check-ins up to ``today``, oldest first.
        works: whether a check-in can be expected of the owner on a day.
        today: the day.
    """
    answers = [c for c in checkins if c.kind is not CheckinKind.BRIEF_BACK]
    if delegation.plan and delegation.plan.checkpoints:
        return _by_checkpoint(delegation, delegation.plan.checkpoints, answers, works, today)
    start = delegation.start
    if start is None or delegation.status in {Status.DRAFT, Status.NOT_STARTED}:
        return ()
    if not delegation.status.open and ending(delegation) is None:
        return ()
    return _by_cadence(delegation, start, answers, works, today)


def ending(delegation: Delegation) -> dt.date | None:
    """Return the day a delegation was completed, recalled or cancelled."""
    return delegation.completed or delegation.ended


def grace_of(delegation: Delegation, cadence: Cadence | None = None) -> dt.timedelta:
    """Return the grace: the plan's days or three, at most half the interval."""
    stated = delegation.plan.grace if delegation.plan else None
    days = GRACE if stated is None else stated
    return dt.timedelta(min(days, int(cadence.days / 2)) if cadence else days)


# --- by checkpoint ----------------------------------------------------------------------------------


def _by_checkpoint(
    delegation: Delegation,
    checkpoints: Sequence[Checkpoint],
    checkins: Sequence[Checkin],
    works: Works,
    today: dt.date,
) -> tuple[Expectation, ...]:
    last = ending(delegation) or dt.date.max
    planned = sorted((_put_off(c.extended_to or c.date, works), c.id, c) for c in checkpoints)
    answered: dict[str, Checkin] = {}
    for checkin in checkins:
        named = checkin.checkpoint
        if not named:
            waiting = (
                id_ for day, id_, c in planned if id_ not in answered and day <= checkin.date and not c.waived
            )
            named = next(waiting, "")
        if named:
            answered.setdefault(named, checkin)
    grace = grace_of(delegation)
    holds = _holds(delegation)
    out = []
    for day, id_, checkpoint in planned:
        checkin_ = answered.get(id_)
        if day > last and checkin_ is None:
            continue
        state = _checkpoint_state(checkpoint, day, checkin_, grace, today=today, held=_held(holds, day))
        out.append(
            Expectation(
                day,
                state,
                checkpoint.what or checkpoint.id,
                id_,
                checkpoint.who or delegation.owner,
                checkin_.id if checkin_ else "",
                checkin_.date if checkin_ else None,
                day <= today,
            )
        )
    return tuple(out)


def _checkpoint_state(
    checkpoint: Checkpoint,
    day: dt.date,
    checkin: Checkin | None,
    grace: dt.timedelta,
    *,
    today: dt.date,
    held: bool,
) -> Answer:
    if checkin:
        return Answer.ON_TIME if checkin.date - day <= grace else Answer.LATE
    if checkpoint.waived:
        return Answer.WAIVED
    if held:
        return Answer.PAUSED
    if today < day:
        return Answer.UPCOMING
    return Answer.DUE if today - day <= grace else Answer.OVERDUE


# --- by cadence -------------------------------------------------------------------------------------


def _by_cadence(
    delegation: Delegation, start: dt.date, checkins: Sequence[Checkin], works: Works, today: dt.date
) -> tuple[Expectation, ...]:
    last = min(delegation.due or dt.date.max, ending(delegation) or dt.date.max)
    farthest = max([today, *(c.date for c in checkins)])
    grid = _grid(_cadences(delegation), start, works, min(last, farthest))
    if not grid:
        return ()
    days = [start, *(day for day, _ in grid)]
    answered: dict[dt.date, Checkin] = {}
    for checkin in checkins:
        near = _nearest(days, checkin.date)
        if near != start and near <= last:
            answered.setdefault(near, checkin)
    holds = _holds(delegation)
    out = []
    ahead = 0
    for n, (day, cadence) in enumerate(grid):
        following = grid[n + 1][0] if n + 1 < len(grid) else None
        if day > last or ahead >= AHEAD:
            break
        ahead += day > today
        checkin_ = answered.get(day)
        grace = grace_of(delegation, cadence)
        state = _cadence_state(day, following, checkin_, grace, today=today, held=_held(holds, day))
        out.append(
            Expectation(
                day,
                state,
                who=_responsible(delegation, day, state),
                answered_by=checkin_.id if checkin_ else "",
                answered_on=checkin_.date if checkin_ else None,
                come=day <= today,
                missed_on=_missed_on(day, following, grace) if state is Answer.MISSED else None,
            )
        )
    return tuple(out)


def _responsible(delegation: Delegation, day: dt.date, state: Answer) -> str:
    """Return whom an expected day waits on, or waited on: what is over was the owner's of that day."""
    waits = state in {Answer.DUE, Answer.OVERDUE, Answer.UPCOMING}
    return delegation.owner if waits else owner_on(delegation, day)


def _cadence_state(
    day: dt.date,
    following: dt.date | None,
    checkin: Checkin | None,
    grace: dt.timedelta,
    *,
    today: dt.date,
    held: bool,
) -> Answer:
    if checkin:
        return Answer.ON_TIME if checkin.date - day <= grace else Answer.LATE
    if held:
        return Answer.PAUSED
    if today < day:
        return Answer.UPCOMING
    if today - day <= grace:
        return Answer.DUE
    missed = _missed_on(day, following, grace)
    return Answer.MISSED if missed and missed <= today else Answer.OVERDUE


def _missed_on(day: dt.date, following: dt.date | None, grace: dt.timedelta) -> dt.date | None:
    """Return the first day past the grace that is as near to the following date, or nearer."""
    if following is None:
        return None
    halfway = day + dt.timedelta(((following - day).days + 1) // 2)
    return max(halfway, day + grace + dt.timedelta(1))


def _nearest(days: Sequence[dt.date], day: dt.date) -> dt.date:
    """Return the nearest of some days in order; of two equally near the later one."""
    at = bisect_left(days, day)
    if at == 0:
        return days[0]
    if at == len(days):
        return days[-1]
    return days[at - 1] if day - days[at - 1] < days[at] - day else days[at]


def _grid(
    cadences: Iterable[tuple[dt.date, Cadence]], start: dt.date, works: Works, until: dt.date
) -> list[tuple[dt.date, Cadence]]:
    """Return the days of the grid, from the first after the start to some beyond ``until``.

    Where the cadence changed, each day follows the cadence in force on it, counted from the start.
    """
    grid: dict[dt.date, Cadence] = {}
    segments = list(cadences)
    for n, (since, cadence) in enumerate(segments):
        replaced = segments[n + 1][0] if n + 1 < len(segments) else None
        beyond = 0
        passed = int((until - start).days / cadence.days) if cadence.expects else 0
        for k in count(max(1, passed - BEHIND)):
            nominal = _day_on(cadence, start, k)
            if nominal is None or beyond > AHEAD or (replaced and nominal >= replaced):
                break
            day = _put_off(nominal, works)
            beyond += day > until
            if nominal >= since and nominal > start:
                grid.setdefault(day, cadence)
    return sorted(grid.items(), key=lambda entry: entry[0])


def _day_on(cadence: Cadence, start: dt.date, k: int) -> dt.date | None:
    """Return the ``k``-th day, or nothing where none is expected or the calendar ends."""
    try:
        return cadence.on(start, k) if cadence.expects else None
    except OverflowError:
        return None


def _cadences(delegation: Delegation) -> Iterator[tuple[dt.date, Cadence]]:
    """Yield the cadences that were in force, each with its first day."""
    moves = sorted((c for c in delegation.changes if c.field == "plan.cadence"), key=lambda c: c.date)
    since, now = dt.date.min, delegation.cadence
    if moves:
        now = moves[0].from_
    for move in moves:
        if isinstance(now, Cadence):
            yield since, now
        since, now = move.date, move.to
    if isinstance(now, Cadence):
        yield since, now


def _put_off(day: dt.date, works: Works) -> dt.date:
    """Return ``day``, or the next working day where it is none."""
    for n in range(min(_PUT_OFF, (dt.date.max - day).days + 1)):
        if works(day + dt.timedelta(n)):
            return day + dt.timedelta(n)
    return day


def _holds(delegation: Delegation) -> list[tuple[dt.date, dt.date]]:
    """Return the stretches on hold, the day of the change included, the day it ended not."""
    moves = sorted((c for c in delegation.changes if c.field == "status"), key=lambda c: c.date)
    holds = []
    since: dt.date | None = None
    for move in moves:
        if move.to is Status.ON_HOLD:
            since = since or move.date
        elif since:
            holds.append((since, move.date))
            since = None
    if since or (delegation.status is Status.ON_HOLD and not moves):
        holds.append((since or dt.date.min, dt.date.max))
    return holds


def _held(holds: list[tuple[dt.date, dt.date]], day: dt.date) -> bool:
    """Tell whether ``day`` falls into a hold; one without an end holds what is still to come as well."""
    return any(since <= day < until for since, until in holds)
