"""Checks of one record by itself: its dates, weights, changes, scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from generator.adjustments import changed_kind
from generator.audience import named
from generator.diagnostic import Diagnostic
from generator.ledger import Ledger
from generator.record import Change, Criterion, Cycle, Delegation, Meeting, Milestone, Person, Record
from generator.rules import broken, did_you_mean
from generator.schema import Block, Many, Table, keys_of
from generator.text import nearest
from generator.thresholds import NAMES
from generator.width import default_visibility
from generator.words import CycleStatus, Status, Visibility


def dates_are_in_order(ledger: Ledger) -> Iterator[Diagnostic]:
    """What ends does not end before it begins."""
    for record in ledger.records:
        match record:
            case Delegation():
                for late in ("due", "completed", "ended"):
                    yield from _reversed(record, record.start, "start", getattr(record, late), late)
            case Cycle():
                yield from _reversed(record, record.start, "start", record.end, "end")
            case Person():
                for n, away in enumerate(record.away):
                    if away.to < away.from_:
                        place = record.place("away", n, "to")
                        yield broken(
                            "dates-reversed",
                            place,
                            late="to",
                            late_day=away.to,
                            early="from",
                            early_day=away.from_,
                        )


def _reversed(
    record: Record, early: dt.date | None, early_key: str, late: dt.date | None, late_key: str
) -> Iterator[Diagnostic]:
    if early and late and late < early:
        yield broken(
            "dates-reversed",
            record.place(late_key),
            related=(record.place(early_key),),
            late=late_key,
            late_day=late,
            early=early_key,
            early_day=early,
        )


def weights_add_up(ledger: Ledger) -> Iterator[Diagnostic]:
    """Weights of criteria and of milestones add up to 100 where all are given; some alone are a fault too."""
    for delegation in ledger.delegations.values():
        for key in ("criteria", "milestones"):
            entries: Sequence[Criterion | Milestone] = getattr(delegation, key)
            weights = [e.weight for e in entries if e.weight is not None]
            total = sum(weights)
            if weights and abs(total - 100) > 0.5:
                yield broken("weights", delegation.place(key), what=key, sum=f"{total:g}")


def changes_lead_to_the_present(ledger: Ledger) -> Iterator[Diagnostic]:
    """The last change of a key says what the record says now."""
    for delegation in ledger.delegations.values():
        last: dict[str, tuple[int, Change]] = {}
        for n, change in enumerate(delegation.changes):
            kept = last.get(change.field)
            if kept is None or kept[1].date <= change.date:
                last[change.field] = (n, change)
        for field, (n, change) in sorted(last.items()):
            now = value_at(delegation, field)
            if now is not _UNKNOWN and now != change.to and not (now in (None, "", ()) and not change.to):
                yield broken(
                    "change-mismatch",
                    delegation.place("changes", n, "to"),
                    field=field,
                    to=shown(change.to),
                    now=shown(now),
                )
        if delegation.status is Status.ON_HOLD and "status" not in last:
            yield broken("on-hold-unrecorded", delegation.place("status"))


_UNKNOWN = object()


def value_at(delegation: Delegation, field: str) -> Any:
    """Return the value at a change's key path, or a marker where there is nothing to compare."""
    kind = changed_kind(field)
    if (
        kind is None
        or isinstance(kind, Block | Table)
        or (isinstance(kind, Many) and isinstance(kind.item, Block))
    ):
        return _UNKNOWN
    here: Any = delegation
    words = field.split(".")
    while words:
        if isinstance(here, tuple):
            key = words.pop()
            here = next((e for e in here if e.id == ".".join(words)), None)
            words = [key]
        if here is None:
            return _UNKNOWN
        here = getattr(here, keys_of(type(here))[words.pop(0)][0])
    return here


def shown(value: Any) -> str:
    """Return a value as it would be written."""
    if value in (None, "", ()):
        return "nothing"
    return f"`{', '.join(map(str, value)) if isinstance(value, tuple) else value}`"


def endings_are_dated(ledger: Ledger) -> Iterator[Diagnostic]:
    """A delegation or cycle that has ended says since when."""
    wanted = {Status.COMPLETED: "completed", Status.RECALLED: "ended", Status.CANCELLED: "ended"}
    for delegation in ledger.delegations.values():
        key = wanted.get(delegation.status)
        if key and getattr(delegation, key) is None:
            yield broken("undated-end", delegation.place("status"), status=delegation.status, key=key)
    for cycle in ledger.cycles.values():
        if cycle.status is CycleStatus.CLOSED and cycle.closed is None:
            yield broken("undated-end", cycle.place("status"), status="closed", key="closed")


def thresholds_are_known(ledger: Ledger) -> Iterator[Diagnostic]:
    """A plan sets only thresholds that there are."""
    for delegation in ledger.delegations.values():
        for name in delegation.plan.thresholds if delegation.plan else ():
            if name not in NAMES:
                place = delegation.place("plan", "thresholds", name)
                help_ = did_you_mean(nearest(name, list(NAMES)))
                yield broken("unknown-threshold", place, help=help_, name=name, known=", ".join(NAMES))


def owner_and_delegator_differ(ledger: Ledger) -> Iterator[Diagnostic]:
    """Nobody delegates to themselves."""
    for delegation in ledger.delegations.values():
        if delegation.owner == delegation.delegator:
            yield broken("owner-is-delegator", delegation.place("owner"))


def pairs_are_two(ledger: Ledger) -> Iterator[Diagnostic]:
    """A record for a pair names exactly two people."""
    for record in ledger.records:
        width = record.visibility or default_visibility(ledger, record)
        people = named(ledger, record) if width is Visibility.PAIR else ()
        if width is Visibility.PAIR and len(people) != 2:
            stated = (
                "visibility" if record.visibility else "attendees" if isinstance(record, Meeting) else "to"
            )
            yield broken("too-many-named", record.place(stated), count=len(people))


def scores_are_on_the_scale(ledger: Ledger) -> Iterator[Diagnostic]:
    """Scores are within the evaluation's scale, and the rating is one of the settings' words."""
    for evaluation in ledger.evaluations.values():
        low, high = evaluation.scale
        for criterion, score in evaluation.scores.items():
            if score.score is not None and not low <= score.score <= high:
                place = evaluation.place("scores", criterion, "score")
                yield broken("score-off-scale", place, score=f"{score.score:g}", scale=f"{low}-{high}")
        ratings = (*ledger.site.ratings, "待提升", "符合预期", "超出预期")
        if evaluation.rating and evaluation.rating not in ratings:
            help_ = did_you_mean(nearest(evaluation.rating, list(ledger.site.ratings)))
            yield broken(
                "unknown-rating",
                evaluation.place("rating"),
                help=help_,
                value=evaluation.rating,
                known=", ".join(ledger.site.ratings),
            )
