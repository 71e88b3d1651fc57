"""Signals about evaluations, retrospectives, proposals and cycles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Cycle, Evaluation, Event, Retrospective
from generator.tracking.signals.day import DAY, Day
from generator.tracking.signals.signal import Signal, Weight
from generator.words import EvaluationKind, Method, Status

_BEFORE = (EvaluationKind.MANAGER, EvaluationKind.CALIBRATED)


def evaluation_missing(day: Day) -> Iterator[Signal]:
    """The plan lists an evaluation, the work is completed, and there is none."""
    for state in day.states:
        d = state.delegation
        if d.status is not Status.COMPLETED or d.completed is None or d.plan is None:
            continue
        if Method.EVALUATION not in d.plan.methods or not day.past(d.completed, state.limits.evaluation_days):
            continue
        if any(
            e.kind in _BEFORE for e in day.ledger.events_on(d.id, Evaluation)
        ) or not day.would_see_evaluation(d):
            continue
        since = d.completed + dt.timedelta(state.limits.evaluation_days) + DAY
        facts, evidence = (("completed", d.completed),), (f"delegation:{d.id}",)
        yield Signal("evaluation-missing", Weight.NOTE, d.delegator, since, d.id, "", facts, evidence)


def gaps(own: Evaluation, other: Evaluation) -> tuple[tuple[str, float, float], ...]:
    """Return the criteria that two evaluations both score: criterion, self, other."""
    return tuple(
        (id_, score.score, other.scores[id_].score or 0)
        for id_, score in own.scores.items()
        if id_ in other.scores and score.score is not None and other.scores[id_].score is not None
    )


def pairs(day: Day) -> Iterator[tuple[Evaluation, Evaluation]]:
    """Yield each manager's evaluation with the self-evaluation beside it: same subject, same matter."""
    own: dict[tuple[str, str, str], Evaluation] = {}
    for e in sorted(day.ledger.evaluations.values(), key=lambda e: (e.date, e.id)):
        if e.kind is EvaluationKind.SELF:
            own[e.subject, e.delegation, e.cycle] = e
    for e in day.ledger.evaluations.values():
        beside = own.get((e.subject, e.delegation, e.cycle))
        if e.kind in _BEFORE and beside:
            yield beside, e


def evaluation_gap(day: Day) -> Iterator[Signal]:
    """Self and manager are two points apart on a criterion."""
    for own, other in pairs(day):
        wide = [g for g in gaps(own, other) if abs(g[1] - g[2]) >= day.limits.evaluation_gap]
        if wide:
            id_, mine, theirs = max(wide, key=lambda g: abs(g[1] - g[2]))
            facts = (("criterion", _criterion(day, other, id_)), ("self", mine), ("manager", theirs))
            since, evidence = max(own.date, other.date), (f"evaluation:{own.id}", f"evaluation:{other.id}")
            about = f"person:{other.subject}"
            code = "evaluation-gap"
            yield Signal(code, Weight.NOTE, other.evaluator, since, other.delegation, about, facts, evidence)


def _criterion(day: Day, evaluation: Evaluation, id_: str) -> str:
    d = day.ledger.delegations.get(evaluation.delegation)
    return next((c.name for c in d.criteria if c.id == id_ and c.name), id_) if d else id_


def evaluation_thin(day: Day) -> Iterator[Signal]:
    """Scores stand without evidence, or all of it is from the last fifth of the time."""
    for e in day.ledger.evaluations.values():
        if not e.scores or e.kind is EvaluationKind.SELF:
            continue
        bare = [id_ for id_, s in e.scores.items() if not s.evidence]
        late = not bare and _all_late(day, e)
        if bare or late:
            facts = (("bare", len(bare)), ("scores", len(e.scores)))
            about, evidence = f"person:{e.subject}", (f"evaluation:{e.id}",)
            yield Signal(
                "evaluation-thin", Weight.NOTE, e.evaluator, e.date, e.delegation, about, facts, evidence
            )


def _all_late(day: Day, evaluation: Evaluation) -> bool:
    d = day.ledger.delegations.get(evaluation.delegation)
    if d is None or d.start is None or (evaluation.date - d.start).days < 10:
        return False
    records = [day.ledger.resolve(word) for s in evaluation.scores.values() for word in s.evidence]
    days = [r.date for r in records if isinstance(r, Event)]
    fifth = evaluation.date - dt.timedelta((evaluation.date - d.start).days // 5)
    return bool(days) and all(x >= fifth for x in days)


def cycles(day: Day) -> Iterator[Signal]:
    """A cycle is past its end and not closed, or has no retrospective two weeks after it."""
    for cycle in day.ledger.cycles.values():
        if cycle.end >= day.today:
            continue
        who, about = _responsible(day, cycle), f"cycle:{cycle.id}"
        if cycle.closed is None and cycle.status is None:
            facts = (("end", cycle.end),)
            yield Signal("cycle-open", Weight.WATCH, who, cycle.end + DAY, "", about, facts, (about,))
        looked = [r for r in day.ledger.retrospectives.values() if r.cycle == cycle.id]
        limit = dt.timedelta(day.limits.retrospective_days)
        planned = any(d.cycle == cycle.id for d in day.ledger.delegations.values())
        if not looked and planned and day.today > cycle.end + limit and day.would_see_retrospective(cycle.id):
            facts = (("end", cycle.end),)
            since = cycle.end + limit + DAY
            yield Signal("retrospective-missing", Weight.WATCH, who, since, "", about, facts, (about,))


def _responsible(day: Day, cycle: Cycle) -> str:
    """Return who answers for a cycle: its team's lead, else who led the last retrospective, else a lead at the top."""
    team = day.ledger.teams.get(cycle.team or "")
    if team and team.lead:
        return team.lead
    last = max(day.ledger.retrospectives.values(), key=lambda r: (r.date, r.id), default=None)
    if last and last.facilitator:
        return last.facilitator
    return next((t.lead for t in day.ledger.teams.values() if t.parent is None and t.lead), "")


def proposals(day: Day) -> Iterator[Signal]:
    """A proposal of an earlier cycle is neither done nor dropped, nor carried on; a review has no verdicts."""
    carried = {p.continues for r in day.ledger.retrospectives.values() for p in r.proposals if p.continues}
    for r in sorted(day.ledger.retrospectives.values(), key=lambda r: (r.date, r.id)):
        about, evidence = f"retrospective:{r.id}", (f"retrospective:{r.id}",)
        for p in r.proposals:
            over = (p.due is not None and p.due < day.today) or (p.due is None and _cycle_over(day, r))
            if over and not p.done and not p.dropped and f"{r.id}.{p.id}" not in carried:
                facts = (("what", p.what), ("agreed", r.date))
                since = (p.due or r.date) + DAY
                who = p.owner or r.facilitator or ""
                yield Signal("proposal-open", Weight.WATCH, who, since, "", about, facts, evidence)
        if not r.tool_review:
            who = r.facilitator or ""
            yield Signal("tool-review-missing", Weight.WATCH, who, r.date, "", about, (), evidence)


def _cycle_over(day: Day, retrospective: Retrospective) -> bool:
    """Return whether the cycle that followed a retrospective is over as well."""
    cycle = day.ledger.cycles.get(retrospective.cycle)
    if cycle is None:
        return False
    following = [c for c in day.ledger.cycles.values() if c.start > cycle.start and c.team == cycle.team]
    return any(c.end < day.today for c in following)
