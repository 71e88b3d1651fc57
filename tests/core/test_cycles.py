"""A small firm over two cycles: what became of everything, and the same a year later."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt

import pytest
from told import agreed, event, office

from generator.audience import read_audience
from generator.tracking.cycles import CycleFacts, cycle_facts

Q1_CLOSED = "2026-04-10"


@pytest.fixture
def firm(case):
    """Five delegations of Q1: done, done late, recalled, dropped, carried on into Q2; one was added."""
    office(case)
    event(case, "cycles/q4", "title: Q4\nstart: 2025-10-01\nend: 2025-12-31\nclosed: 2026-01-05")
    event(case, "cycles/q1", f"title: Q1\nstart: 2026-01-01\nend: 2026-03-31\nclosed: {Q1_CLOSED}")
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30")
    agreed(case, "cycle: q4\nstart: 2025-10-01\nstatus: cancelled\nended: 2025-12-20", id_="ages")
    agreed(
        case,
        "cycle: q1\nstart: 2026-01-05\ndue: 2026-03-01\nstatus: completed\ncompleted: 2026-02-27",
        id_="done",
    )
    agreed(
        case,
        """
        cycle: q1
        start: 2026-01-15
        due: 2026-03-20
        status: completed
        completed: 2026-03-25
        changes:
          - {date: 2026-03-01, by: ada, field: due, from: 2026-03-01, to: 2026-03-20, why: The supplier}
          - {date: 2026-03-02, by: ben, field: authority.level, from: 3, to: 4, why: It went well}
        """,
        id_="late",
    )
    agreed(
        case,
        """
        cycle: q1
        start: 2026-01-16
        status: recalled
        ended: 2026-02-01
        changes: [{date: 2026-02-01, by: ben, field: status, from: active, to: recalled, why: Too big}]
        """,
        id_="back",
    )
    agreed(case, "cycle: q1\nstatus: cancelled\nended: 2026-02-01", id_="dropped")
    agreed(
        case,
        "cycle: q1\nstart: 2026-01-05\ndue: 2026-03-31\ncontinues: ages",
        id_="long",
        plan="methods: [checkin], cadence: weekly",
    )
    agreed(case, "cycle: q2\nstart: 2026-04-01\ndue: 2026-06-30\ncontinues: long", id_="longer")
    for day in ("01-12", "01-19", "01-26", "02-02"):
        case.checkin(f"2026-{day}", on="long")
    event(
        case,
        "retrospectives/q4",
        """
        date: 2026-01-04
        cycle: q4
        proposals:
          - {id: less, what: Less}
          - {id: more, what: More, done: 2026-03-01}
          - {id: other, what: Other, dropped: 2026-04-11}
          - {id: never, what: Never}
        """,
    )
    event(
        case,
        "retrospectives/q1",
        "date: 2026-04-09\ncycle: q1\nproposals: [{id: still, what: Still less, continues: q4.less}]",
    )
    return case


def facts(case, day: str, cycle: str = "q1", audience: str = "full") -> CycleFacts:
    who = read_audience(audience)
    return cycle_facts(case.project(audience), dt.date.fromisoformat(day), who)[cycle]


def fates(found: CycleFacts) -> list[str]:
    out = []
    for f in found.fates:
        words = [f.delegation.id, "planned" if f.planned else "added", f.fate]
        words += ["late"] * f.late + [f"slip {f.slip}"] * bool(f.slip)
        words += [f"time {f.times}"] * bool(f.times) + [f"({f.reason})"] * bool(f.reason)
        out.append(" ".join(words))
    return out


def test_what_became_of_everything(firm):
    found = facts(firm, "2026-04-30")
    assert found.as_of.isoformat() == Q1_CLOSED
    assert fates(found) == [
        "back added recalled (Too big)",
        "done planned completed",
        "dropped planned dropped",
        "late planned completed late slip 19 (The supplier)",
        "long planned carried late time 1",
    ]
    assert fates(facts(firm, "2026-04-30", "q2")) == ["longer planned open time 2"]
    assert [(d.id, c.field, c.to) for d, c in found.level_changes] == [("late", "authority.level", 4)]
    assert [(d.id, c.field, str(c.to)) for d, c in found.term_changes] == [("late", "due", "2026-03-20")]


def test_it_reads_the_same_a_year_later(firm):
    before = facts(firm, Q1_CLOSED)
    firm.remove("delegations/done.md")
    agreed(
        firm,
        """
        cycle: q1
        start: 2026-01-05
        due: 2026-03-01
        status: completed
        completed: 2026-02-27
        changes: [{date: 2026-07-01, field: tags, to: reviewed}]
        tags: [reviewed]
        """,
        id_="done",
    )
    event(
        firm,
        "delegations/long",
        firm.files[0, "delegations/long.md"].decode().strip("-\n")
        + "\nstatus: completed\ncompleted: 2026-06-01",
    )
    event(firm, "checkins/long/later", "date: 2026-06-01\nmilestones: {}")
    event(
        firm,
        "feedback/later",
        "date: 2026-07-01\nfrom: ben\nto: ada\nanswers: checkin:long.2026-01-12\ndelegation: long",
    )
    event(
        firm,
        "retrospectives/q2",
        "date: 2026-07-05\ncycle: q2\nproposals: [{id: at-last, what: At last, continues: q4.never}]",
    )
    assert facts(firm, "2027-04-10") == before
    assert "longer planned carried late time 2" in fates(facts(firm, "2027-04-10", "q2"))


def test_before_it_is_closed_it_is_as_of_today(firm):
    assert fates(facts(firm, "2026-02-15")) == [
        "back added recalled (Too big)",
        "done planned open",
        "dropped planned dropped",
        "late planned open",
        # Q2's delegation may be on record already, but it has not begun: this one still runs.
        "long planned open time 1",
    ]
    assert facts(firm, "2026-02-15").cycle.closed is None
    assert "q2" not in cycle_facts(firm.ledger(), dt.date(2026, 3, 31), read_audience("full"))


def proposals(found: CycleFacts) -> list[str]:
    return [f"{p.retrospective.id}.{p.proposal.id} {p.fate} {p.times}" for p in found.proposals]


def test_the_proposals_before_and_what_became_of_them(firm):
    # The third was dropped the day after the cycle was closed.
    closed = ["q4.less carried 1", "q4.more done 1", "q4.other open 1", "q4.never open 1"]
    assert proposals(facts(firm, "2026-04-30")) == closed
    assert proposals(facts(firm, "2026-04-30", "q2")) == [
        "q4.less carried 1",
        "q4.more done 1",
        "q4.other dropped 1",
        "q4.never open 1",
        "q1.still open 2",
    ]
    assert proposals(facts(firm, "2026-02-28")) == [
        "q4.less open 1",
        "q4.more open 1",
        "q4.other open 1",
        "q4.never open 1",
    ]
    assert proposals(facts(firm, "2026-04-30", "q4")) == []


def test_checks_that_led_to_nothing_ask_for_a_thinner_cadence(firm):
    assert [d.id for d in facts(firm, "2026-04-30").thin] == ["long"]
    # Two weeks are given to the last of the four.
    assert [d.id for d in facts(firm, "2026-02-15").thin] == []
    assert [d.id for d in facts(firm, "2026-02-16").thin] == ["long"]
    # One answer is a yield; and whether there was one is said to those who would see it.
    assert [d.id for d in facts(firm, "2026-04-30", audience="org").thin] == []
    firm.checkin("2026-01-19", "responses: [{by: ben, date: 2026-02-02}]", on="long")
    assert [d.id for d in facts(firm, "2026-04-30").thin] == []


def test_a_carrying_on_that_goes_in_a_circle_ends(case):
    office(case)
    event(case, "cycles/q1", "title: Q1\nstart: 2026-01-01\nend: 2026-03-31")
    agreed(case, "cycle: q1\ncontinues: b", id_="a").delegation("b", "continues: a")
    event(
        case,
        "retrospectives/r",
        "date: 2026-01-09\ncycle: q1\nproposals: [{id: x, what: X, continues: r.y}, {id: y, what: Y, continues: r.x}]",
    )
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30")
    assert [f.times for f in facts(case, "2026-02-01").fates] == [1]
    assert proposals(facts(case, "2026-04-01", "q2")) == ["r.x carried 2", "r.y carried 2"]


def test_the_measures_are_those_of_the_cycle(firm):
    found = {m.code: (m.numerator, m.denominator) for m in facts(firm, "2026-04-30").measures}
    assert {code: found[code] for code in ("done-on-time", "recalled", "dropped", "carried-on", "slip")} == {
        "done-on-time": (1, 2),
        "recalled": (1, 5),
        "dropped": (1, 5),
        "carried-on": (1, 5),
        "slip": (1, 3),
    }
