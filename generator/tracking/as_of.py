"""The records as they stood on a day: later events are not there, later changes are undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from generator.ledger import Ledger
from generator.record import (
    Checkin,
    Cycle,
    Delegation,
    Evaluation,
    Event,
    Feedback,
    Meeting,
    Person,
    Record,
    Response,
    Retrospective,
)
from generator.schema import Block, Key, Many, Table, keys_of
from generator.words import Status

B = TypeVar("B")


def as_of(ledger: Ledger, today: dt.date) -> Ledger:
    """Return the ledger as it stood at the end of ``today``.

    Events dated later are left out. On a delegation the changes dated later are undone, newest first,
    and ``completed``, ``ended`` and milestones' ``done`` count from their dates; so do answers, closed
    issues, actions done, signatures and proposals' fates.
    """
    kept = (r for r in ledger.records if not (isinstance(r, Event) and r.date > today))
    return Ledger(ledger.settings, tuple(_then(r, today) for r in kept), ledger.files)


def _then(record: Record, today: dt.date) -> Record:
    match record:
        case Delegation():
            return delegation_as_of(record, today)
        case Checkin():
            return checkin_as_of(record, today)
        case Feedback() if record.responses:
            return replace(record, responses=_until(record.responses, today))
        case Meeting() if record.actions:
            return replace(record, actions=_not_yet(record.actions, today, "done"))
        case Evaluation():
            return replace(
                record,
                signed=_by(record.signed, today),
                development=_not_yet(record.development, today, "done"),
            )
        case Retrospective() if record.proposals:
            return replace(record, proposals=_not_yet(record.proposals, today, "done", "dropped"))
        case Cycle():
            return replace(record, closed=_by(record.closed, today))
        case Person():
            return replace(record, left=_by(record.left, today))
    return record


def _by(day: dt.date | None, today: dt.date) -> dt.date | None:
    return day if day is None or day <= today else None


def _until(responses: tuple[Response, ...], today: dt.date) -> tuple[Response, ...]:
    return tuple(r for r in responses if r.date <= today)


def _not_yet(blocks: Iterable[B], today: dt.date, *fields: str) -> tuple[B, ...]:
    """Return the blocks with dates later than ``today`` taken out of ``fields``."""
    out = []
    for block in blocks:
        later = {f: None for f in fields if (day := getattr(block, f)) and day > today}
        out.append(replace(block, **later) if later else block)  # type: ignore[type-var]  # all are dataclasses
    return tuple(out)


def checkin_as_of(checkin: Checkin, today: dt.date) -> Checkin:
    """Return a check-in as it stood on a day: later answers, closings and confirmations undone."""
    values: dict[str, Any] = {}
    # Health is looked at on many days, and nearly always there is nothing to undo.
    if any(r.date > today for r in checkin.responses):
        values["responses"] = _until(checkin.responses, today)
    if any(i.closed and i.closed > today for i in checkin.issues):
        values["issues"] = _not_yet(checkin.issues, today, "closed")
    if checkin.confirmed_on and checkin.confirmed_on > today:
        values |= {"confirmed_on": None, "confirmed_by": None, "understanding": None}
    return replace(checkin, **values) if values else checkin


def delegation_as_of(delegation: Delegation, today: dt.date) -> Delegation:
    """Return a delegation as it stood on a day: later changes undone, newest first."""
    # Of several on one day the last written is the newest, so the order is turned, not the sorting.
    later = sorted((c for c in delegation.changes if c.date > today), key=lambda c: c.date)
    for change in reversed(later):
        delegation = _set(delegation, change.field, change.from_)
    values: dict[str, Any] = {
        "changes": tuple(c for c in delegation.changes if c.date <= today),
        "completed": _by(delegation.completed, today),
        "ended": _by(delegation.ended, today),
        "milestones": _not_yet(delegation.milestones, today, "done"),
        "status": _status(delegation, today),
    }
    if delegation.readings:
        values["readings"] = {
            id_: tuple(r for r in series if r.date <= today) for id_, series in delegation.readings.items()
        }
    if delegation.plan and delegation.plan.checkpoints:
        checkpoints = _not_yet(delegation.plan.checkpoints, today, "waived")
        values["plan"] = replace(delegation.plan, checkpoints=checkpoints)
    return replace(delegation, **values)


def _status(delegation: Delegation, today: dt.date) -> Status:
    """Return the status on a day; an ending dated later has not come, one without a date always has."""
    status = delegation.status
    ending = {
        Status.COMPLETED: delegation.completed,
        Status.RECALLED: delegation.ended,
        Status.CANCELLED: delegation.ended,
    }.get(status)
    if ending and ending > today:
        status = Status.ACTIVE
    if status is Status.ACTIVE and delegation.start and delegation.start > today:
        return Status.NOT_STARTED
    return status


def _set(delegation: Delegation, path: str, value: Any) -> Delegation:
    """Return the delegation with another value at a change's key path; as it is where the path is gone."""
    changed = _replaced(delegation, path.split("."), value)
    return changed if isinstance(changed, Delegation) else delegation


def _replaced(block: Any, words: list[str], value: Any) -> Any:
    field, key = keys_of(type(block))[words[0]]
    inner = getattr(block, field)
    if len(words) == 1:
        return replace(block, **{field: _fitting(block, field, key, value)})
    if isinstance(inner, tuple):
        id_, last = ".".join(words[1:-1]), words[-1]
        entries = tuple(_replaced(e, [last], value) if getattr(e, "id", None) == id_ else e for e in inner)
        return replace(block, **{field: entries})
    return replace(block, **{field: _replaced(inner, words[1:], value)}) if inner is not None else block


def _fitting(block: Any, field: str, key: Key, value: Any) -> Any:
    """Return ``value`` as the field can hold it.

    Entries cannot be told from the words of a change and stay as they are; so does what must be there
    when nobody wrote what it was before.
    """
    now = getattr(block, field)
    if isinstance(key.kind, Block | Table) or (
        isinstance(key.kind, Many) and isinstance(key.kind.item, Block)
    ):
        return now
    if value is not None:
        return value
    return now if key.required else next(f.default for f in fields(block) if f.name == field)
