"""How completely a delegation is planned."""

from __future__ import annotations

from generator.record import Delegation

TERMS = 5
"""How many terms make a delegation a planned one."""


def missing_terms(d: Delegation) -> tuple[str, ...]:
    """Return which of the terms that make a delegation a planned one are not stated."""
    planned = d.plan is not None and bool(d.plan.methods or d.plan.cadence or d.plan.checkpoints)
    stated = {
        "goal": bool(d.goal),
        "criteria": bool(d.criteria),
        "authority": d.level is not None,
        "reason": bool(d.reason),
        "plan": planned,
    }
    return tuple(term for term, there in stated.items() if not there)
