"""Where a delegation stands on a day: progress, health, milestones, the due date."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt

import pytest

from generator.tracking.expectations import Tally
from generator.tracking.progress import Progress
from generator.words import Freshness, Health


@pytest.fixture
def case(case):
    return case.people()


def progress(case, day: str) -> Progress:
    return case.track(day).states["api"].progress


def test_reported_progress_is_the_last_one_that_says_any(case):
    case.delegation("api").checkin("2026-01-12", "progress: 20").checkin("2026-01-19", "progress: 10")
    case.checkin("2026-01-26")
    assert progress(case, "2026-01-11") == Progress(guided=True)
    assert progress(case, "2026-01-12") == Progress(reported=20, guided=True)
    assert progress(case, "2026-01-31") == Progress(reported=10, guided=True)


def test_progress_of_nought_is_said(case):
    case.delegation("api").checkin("2026-01-12", "progress: 20").checkin("2026-01-19", "progress: 0")
    assert progress(case, "2026-01-31").reported == 0


@pytest.mark.parametrize(
    ("milestones", "day", "evidenced", "planned"),
    [
        # Weights: 20 of 100 planned by the first of February; 50 done.
        ("[{id: a, due: 2026-02-01, weight: 20}, {id: b, weight: 50, done: 2026-01-20}, {id: c, weight: 30}]", "2026-02-01", 50, 20),
        ("[{id: a, due: 2026-02-01, weight: 20}, {id: b, weight: 50, done: 2026-01-20}, {id: c, weight: 30}]", "2026-01-19", 0, 0),
        # Equal weights where one is missing.
        ("[{id: a, due: 2026-02-01, weight: 98, done: 2026-01-20}, {id: b, weight: 1}, {id: c}]", "2026-02-01", 33, 33),
        # Weights of nothing are none.
        ("[{id: a, due: 2026-02-01, weight: 0, done: 2026-02-01}, {id: b, weight: 0}]", "2026-02-01", 50, 50),
    ],
)  # fmt: skip
def test_progress_by_milestones(case, milestones, day, evidenced, planned):
    case.delegation("api", f"milestones: {milestones}")
    assert progress(case, day) == Progress(None, evidenced, planned)


@pytest.mark.parametrize(
    ("day", "share"),
    [("2025-12-01", 0), ("2026-01-01", 0), ("2026-01-26", 25), ("2026-04-11", 100), ("2027-01-01", 100)],
)
def test_without_dated_milestones_the_share_of_time_is_a_guide(case, day, share):
    case.delegation("api", "start: 2026-01-01\ndue: 2026-04-11\nmilestones: [{id: a}]")
    assert progress(case, day) == Progress(None, 0, share, guided=True)


@pytest.mark.parametrize(
    "lines", ["", "start: 2026-01-01", "due: 2026-01-01", "start: 2026-01-01\ndue: 2026-01-01"]
)
def test_without_a_span_nothing_is_planned(case, lines):
    case.delegation("api", lines)
    assert progress(case, "2026-02-01") == Progress(guided=True)


def test_a_milestone_is_done_when_the_delegation_or_a_check_in_says_so(case):
    case.delegation(
        "api",
        "milestones: [{id: a, done: 2026-01-10, due: 2026-01-10}, {id: b}, {id: c, due: 2026-01-15}, {id: d}]",
    )
    case.checkin("2026-01-12", "milestones: {a: 2026-01-11, b: done, c: 40, d: 2026-02-20}")
    case.checkin("2026-01-19", "milestones: {b: 2026-01-01, c: 60}")
    states = case.track("2026-01-20").states["api"].milestones
    assert [(m.milestone.id, m.done and m.done.isoformat(), m.percent, m.overdue) for m in states] == [
        ("a", "2026-01-10", None, False),  # the delegation's word goes first
        ("b", "2026-01-12", None, False),  # and the first check-in's
        ("c", None, 60, True),
        ("d", None, None, False),  # a day that is still to come
    ]


def test_health_is_the_last_reported_one(case):
    case.delegation("api").checkin("2026-01-12", "health: at_risk").checkin("2026-01-19")
    state = case.track("2026-01-20").states["api"]
    assert (state.health, state.health_from.id) == (Health.AT_RISK, "api.2026-01-12")
    assert case.track("2026-01-01").states["api"].health is None


@pytest.mark.parametrize(
    ("lines", "day", "overdue", "left"),
    [
        ("due: 2026-02-01", "2026-02-01", False, 0),
        ("due: 2026-02-01", "2026-02-02", True, -1),
        ("due: 2026-02-01", "2026-01-30", False, 2),
        ("", "2026-01-30", False, None),
        ("due: 2026-02-01\nstatus: completed\ncompleted: 2026-03-01", "2026-03-02", False, None),
        ("due: 2026-02-01\nstatus: completed\ncompleted: 2026-03-01", "2026-02-28", True, -27),
        ("due: 9999-12-31", "0001-01-01", False, 3652058),
        # The due date as it was on the day.
        ("due: 2026-03-01\nchanges: [{date: 2026-02-10, field: due, from: 2026-02-01, to: 2026-03-01}]", "2026-02-05", True, -4),
    ],
)  # fmt: skip
def test_the_due_date(case, lines, day, overdue, left):
    case.delegation("api", lines)
    state = case.track(day).states["api"]
    assert (state.overdue, state.days_left) == (overdue, left)


def test_freshness_by_cadence_looks_at_the_last_day_reached(case):
    case.delegation("api", "start: 2026-01-05\nplan: {cadence: weekly}").checkin("2026-01-19")
    assert [case.track(f"2026-01-{day}").states["api"].freshness for day in (11, 12, 16, 19, 25, 26, 30)] == [
        Freshness.CURRENT,
        Freshness.DUE,
        Freshness.MISSING,
        Freshness.CURRENT,  # the 12th was missed; the 19th is there
        Freshness.CURRENT,
        Freshness.DUE,
        Freshness.MISSING,
    ]


def test_tallies_add_up():
    assert Tally(1, 2, 3, 4, 5, 6) + Tally(10, 20, 30, 40, 50, 60) == Tally(11, 22, 33, 44, 55, 66)


def test_a_delegation_whose_owner_is_unknown_is_followed_all_the_same(case):
    case.delegation("api", "start: 2026-01-05\nplan: {cadence: weekly}", owner="nobody")
    tracked = case.track("2026-01-13")
    assert [e.due for e in tracked.states["api"].expected][:1] == [dt.date(2026, 1, 12)]
    assert tracked.today == dt.date(2026, 1, 13)
