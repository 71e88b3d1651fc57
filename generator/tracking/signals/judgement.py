"""Signals about evaluations, retrospectives, proposals and cycles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.record import Cycle, Evaluation, Event, Proposal, Retrospective
from generator.tracking.signals.day import DAY, Day, limit
from generator.tracking.signals.signal import NOTE, WATCH, Signal, signal
from generator.words import CycleStatus, EvaluationKind, Method, Status

FROM_ABOVE = (EvaluationKind.MANAGER, EvaluationKind.CALIBRATED)
"""The evaluations that the plan's method asks for."""


def evaluation_missing(day: Day) -> Iterator[Signal]:
    """The plan lists an evaluation, the work is completed, and there is none."""
    for state in day.states:
        d, days = state.delegation, state.limits.evaluation_days
        if d.status is not Status.COMPLETED or d.completed is None or d.plan is None:
            continue
        given = any(e.kind in FROM_ABOVE for e in day.ledger.events_on(d.id, Evaluation))
        listed = Method.EVALUATION in d.plan.methods
        if listed and not given and day.past(d.completed, days) and day.eyes.evaluation(d):
            since = limit(d.completed, days)
            yield signal("evaluation-missing", NOTE, d.delegator, since, d, on=d, completed=d.completed)


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
        if e.kind in FROM_ABOVE and beside:
            yield beside, e


def evaluation_gap(day: Day) -> Iterator[Signal]:
    """Self and manager are two points apart on a criterion. Scores on two scales are not compared."""
    for own, other in pairs(day):
        wide = [g for g in gaps(own, other) if abs(g[1] - g[2]) >= day.limits.evaluation_gap]
        if wide and own.scale == other.scale:
            id_, mine, theirs = max(wide, key=lambda g: abs(g[1] - g[2]))
            yield signal(
                "evaluation-gap",
                NOTE,
                other.evaluator,
                max(own.date, other.date),
                own,
                other,
                on=day.ledger.delegations.get(other.delegation),
                about=day.person(other.subject),
                criterion=_criterion(day, other, id_),
                self=mine,
                manager=theirs,
            )


def _criterion(day: Day, evaluation: Evaluation, id_: str) -> str:
    d = day.ledger.delegations.get(evaluation.delegation)
    return next((c.name for c in d.criteria if c.id == id_ and c.name), id_) if d else id_


def evaluation_thin(day: Day) -> Iterator[Signal]:
    """Scores stand without evidence, or all of it is from the last fifth of the time."""
    for e in day.ledger.evaluations.values():
        if not e.scores or e.kind is EvaluationKind.SELF:
            continue
        bare = sum(not s.evidence for s in e.scores.values())
        if bare or _all_late(day, e):
            on, about = day.ledger.delegations.get(e.delegation), day.person(e.subject)
            who, scores = e.evaluator, len(e.scores)
            yield signal(
                "evaluation-thin", NOTE, who, e.date, e, on=on, about=about, bare=bare, scores=scores
            )


def _all_late(day: Day, evaluation: Evaluation) -> bool:
    """Return whether all the evidence is from the last fifth of what is judged; no where some is not seen."""
    span = _span(day, evaluation)
    records = [day.ledger.resolve(word) for s in evaluation.scores.values() for word in s.evidence]
    days = [r.date for r in records if isinstance(r, Event)]
    if span is None or (span[1] - span[0]).days < 10 or len(days) < len(records):
        return False
    fifth = span[1] - dt.timedelta((span[1] - span[0]).days // 5)
    return all(x >= fifth for x in days)


def _span(day: Day, evaluation: Evaluation) -> tuple[dt.date, dt.date] | None:
    """Return the time that an evaluation looks back on."""
    if d := day.ledger.delegations.get(evaluation.delegation):
        end = d.completed or d.ended or evaluation.date
        return (d.start, min(end, evaluation.date)) if d.start else None
    cycle = day.ledger.cycles.get(evaluation.cycle)
    return (cycle.start, min(cycle.end, evaluation.date)) if cycle else None


# --- cycles -----------------------------------------------------------------------------------------


def cycles(day: Day) -> Iterator[Signal]:
    """A cycle is past its end and not closed, or has no retrospective two weeks after it."""
    for cycle in day.ledger.cycles.values():
        if cycle.end >= day.today:
            continue
        who, end = _responsible(day, cycle), cycle.end
        if cycle.closed is None and cycle.status is not CycleStatus.CLOSED:
            yield signal("cycle-open", WATCH, who, end + DAY, cycle, about=cycle, end=end)
        days = day.limits.retrospective_days
        looked = any(r.cycle == cycle.id for r in day.ledger.retrospectives.values())
        planned = any(d.cycle == cycle.id for d in day.ledger.delegations.values())
        if planned and not looked and day.past(end, days) and day.eyes.retrospective(cycle.id):
            since = limit(end, days)
            yield signal("retrospective-missing", WATCH, who, since, cycle, about=cycle, end=end)


def _responsible(day: Day, cycle: Cycle) -> str:
    """Return who answers for a cycle.

    Who led its retrospective, else its team's lead, else who led the last retrospective, else a lead at
    the top.
    """
    led = sorted((r for r in day.ledger.retrospectives.values() if r.facilitator), key=_when)
    own = [r.facilitator for r in led if r.cycle == cycle.id]
    team = day.ledger.teams.get(cycle.team or "")
    others = [r.facilitator for r in led]
    top = [t.lead for t in day.ledger.teams.values() if t.parent is None and t.lead]
    leads = [team.lead] if team else []
    return next((who for who in (*own[-1:], *leads, *others[-1:], *top) if who), "")


def _when(retrospective: Retrospective) -> tuple[dt.date, str]:
    return (retrospective.date, retrospective.id)


def proposals(day: Day) -> Iterator[Signal]:
    """A proposal of an earlier cycle is neither done nor dropped, nor carried on.

    It has until its own due date and the end of the cycle that was looked back on; one without a due date
    has until the end of the cycle that followed.
    """
    every = sorted(day.ledger.retrospectives.values(), key=_when)
    carried = {p.continues for r in every for p in r.proposals if p.continues}
    for r in every:
        for p in r.proposals:
            until = _until(day, r, p)
            if p.done or p.dropped or f"{r.id}.{p.id}" in carried or until is None or until >= day.today:
                continue
            who, since = _proposer(day, r, p), max(until + DAY, r.date)
            yield signal("proposal-open", WATCH, who, since, r, about=r, what=p.what, agreed=r.date)


def _proposer(day: Day, retrospective: Retrospective, proposal: Proposal) -> str:
    team = day.ledger.teams.get(retrospective.team or "")
    return proposal.owner or retrospective.facilitator or (team.lead if team else None) or ""


def _until(day: Day, retrospective: Retrospective, proposal: Proposal) -> dt.date | None:
    """Return the last day that a proposal may be open without a word; nothing where no day can be told."""
    cycle = day.ledger.cycles.get(retrospective.cycle)
    if proposal.due is None:
        return _following_end(day, retrospective)
    return max(proposal.due, cycle.end) if cycle else proposal.due


def _following_end(day: Day, retrospective: Retrospective) -> dt.date | None:
    """Return the end of the cycle that followed the one a retrospective looked back on."""
    cycle = day.ledger.cycles.get(retrospective.cycle)
    if cycle is None:
        return None
    following = (c for c in day.ledger.cycles.values() if c.start > cycle.start and c.team == cycle.team)
    return min((c.end for c in following), default=None)


def tools_unreviewed(day: Day) -> Iterator[Signal]:
    """The last retrospective of a team, or of all, gives no verdict on the tools."""
    last: dict[tuple[str, str], Retrospective] = {}
    for r in sorted(day.ledger.retrospectives.values(), key=_when):
        last[r.team or "", r.delegation] = r
    for r in last.values():
        team = day.ledger.teams.get(r.team or "")
        if not r.tool_review:
            who = r.facilitator or (team.lead if team else "")
            yield signal("tool-review-missing", WATCH, who, r.date, r, about=r)
