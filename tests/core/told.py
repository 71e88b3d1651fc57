"""Stories for signals: an office of four, a delegation with all its terms, and the signals as lines."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent

from case import Case

from generator.audience import read_audience
from generator.tracking.signals import signals
from generator.tracking.state import Tracked, track

MANAGERS = {"ada": "ben", "ben": "dana", "cai": "dana", "dana": ""}
"""Ada reports to Ben; he and Cai report to Dana."""


def office(case: Case) -> Case:
    """Add the four people with their managers."""
    for id_, manager in MANAGERS.items():
        line = f"manager: {manager}\n" if manager else ""
        case.write(f"people/{id_}.md", f"---\ntitle: {id_.title()}\n{line}---\n")
    return case


def agreed(
    case: Case,
    lines: str = "",
    *,
    id_: str = "api",
    plan: str = "methods: [checkin]",
    level: int = 4,
    owner: str = "ada",
    by: str = "ben",
) -> Case:
    """Add a delegation that states all its terms; ``lines`` are further lines of its header."""
    terms = (
        f"goal: A goal\nreason: A reason\nauthority: {{level: {level}}}\n"
        f"criteria: [{{id: quality}}, {{id: speed}}]\nplan: {{{plan}}}\n"
    )
    return case.delegation(id_, terms + dedent(lines), owner=owner, by=by)


def event(case: Case, path: str, lines: str, body: str = "") -> Case:
    """Add a record."""
    return case.write(f"{path}.md", f"---\n{dedent(lines).strip()}\n---\n{body}")


def tracked(case: Case, day: str, audience: str = "full") -> Tracked:
    """Return where everything stands on a day, as an audience is told it."""
    who = read_audience(audience)
    assert who is not None, audience
    return track(case.project(audience), dt.date.fromisoformat(day), who)


def told(case: Case, day: str, audience: str = "full", only: str = "") -> list[str]:
    """Return the signals of a day, one line each: weight, code, whose, whom it waits on, since, facts."""
    lines = []
    for s in signals(tracked(case, day, audience)):
        facts = ", ".join(f"{name} {fact}" for name, fact in s.facts)
        line = f"{s.weight} {s.code} {s.delegation or s.about} → {s.waits_on} since {s.since}"
        if only in {"", s.code}:
            lines.append(f"{line}: {facts}" if facts else line)
    return lines


def tell(case: Case, days: dict[str, list[str]], audience: str = "full") -> None:
    """Hold the whole set of signals of some days against what is expected."""
    assert {day: told(case, day, audience) for day in days} == days
