"""Health by rule, by hand: what the work shows on a day, and why."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import pytest
from told import agreed, event, office, told, tracked

from generator.words import Health


@pytest.fixture
def case(case):
    return office(case)


def shown(case, day: str) -> tuple[str | None, list[str]]:
    """Return the evidenced health and its reasons, ``health code subject``."""
    found = case.track(day).states["api"].evidenced
    reasons = [f"{r.health} {r.code} {r.subject}".rstrip() for r in found.reasons]
    return found.health and found.health.value, reasons


MILESTONE = "milestones: [{id: a, title: Alpha, due: 2026-02-01, weight: %s}, {id: b, weight: %s}]"


@pytest.mark.parametrize(
    ("lines", "checkin", "day", "expected"),
    [
        # Nothing to judge by.
        ("", "", "2026-02-01", (None, [])),
        ("milestones: [{id: a}]", "progress: 10", "2026-02-01", (None, [])),
        # A due date ahead says nothing of the work; one that is past does.
        ("due: 2026-02-01", "", "2026-02-01", (None, [])),
        ("due: 2026-02-01", "", "2026-02-02", ("off_track", ["off_track overdue"])),
        # A milestone: at risk on the first day, off track after more than seven.
        (MILESTONE % (5, 95), "", "2026-02-01", ("on_track", [])),
        (MILESTONE % (5, 95), "", "2026-02-02", ("at_risk", ["at_risk milestone-overdue Alpha"])),
        (MILESTONE % (5, 95), "", "2026-02-08", ("at_risk", ["at_risk milestone-overdue Alpha"])),
        (MILESTONE % (5, 95), "", "2026-02-09", ("off_track", ["off_track milestone-overdue Alpha"])),
        # Ten points of planned weight, and nine.
        (MILESTONE % (10, 90), "", "2026-02-02", ("at_risk", ["at_risk milestone-overdue Alpha", "at_risk behind-plan"])),
        (MILESTONE % (9, 91), "", "2026-02-02", ("at_risk", ["at_risk milestone-overdue Alpha"])),
        (MILESTONE % (10, 90), "milestones: {a: done}", "2026-02-02", ("on_track", [])),
        # Issues.
        ("", "issues: [{id: x, what: X, severity: critical}]", "2026-01-12", ("off_track", ["off_track issue X"])),
        ("", "issues: [{id: x, what: X, severity: high}]", "2026-01-19", ("on_track", [])),
        ("", "issues: [{id: x, what: X, severity: high}]", "2026-01-20", ("at_risk", ["at_risk issue X"])),
        ("", "issues: [{id: x, what: X, severity: medium}]", "2026-12-31", (None, [])),
        ("", "issues: [{id: x, what: X, severity: low}]", "2026-12-31", (None, [])),
        ("", "issues: [{id: x, what: X, severity: critical, closed: 2026-01-15}]", "2026-01-14", ("off_track", ["off_track issue X"])),
        ("", "issues: [{id: x, what: X, severity: critical, closed: 2026-01-15}]", "2026-01-15", ("on_track", [])),
        # The worst goes first; nothing is judged of what has ended.
        (
            "due: 2026-02-05\n" + MILESTONE % (5, 95),
            "",
            "2026-02-06",
            ("off_track", ["off_track overdue", "at_risk milestone-overdue Alpha"]),
        ),
        ("due: 2026-02-05\nstatus: completed\ncompleted: 2026-02-20", "", "2026-02-19", ("off_track", ["off_track overdue"])),
        ("due: 2026-02-05\nstatus: completed\ncompleted: 2026-02-20", "", "2026-02-20", (None, [])),
        ("status: recalled\nended: 2026-02-20\ndue: 2026-02-05", "", "2026-02-20", (None, [])),
    ],
)  # fmt: skip
def test_what_the_work_shows(case, lines, checkin, day, expected):
    agreed(case, lines)
    if checkin:
        case.checkin("2026-01-12", checkin)
    assert shown(case, day) == expected


def test_a_metric_that_is_projected_to_miss(case):
    agreed(case, "due: 2026-03-01\nmetrics: [{id: errors, name: Errors, target: 10, direction: down}]")
    for day, value in (("2026-01-01", 40), ("2026-01-11", 35), ("2026-01-21", 30)):
        case.checkin(day, f"metrics: {{errors: {value}}}")
    # Half an error a day less: 10.5 on the 1st of March.
    assert shown(case, "2026-01-20") == (None, [])  # two readings are no trend
    assert shown(case, "2026-01-21") == ("at_risk", ["at_risk metric Errors"])
    case.checkin("2026-01-31", "metrics: {errors: 24}")
    assert shown(case, "2026-01-31") == ("on_track", [])


@pytest.mark.parametrize(
    ("metric", "readings", "expected"),
    [
        ("{id: errors, target: 10, direction: down}", {"2026-01-01": 9}, "on_track"),  # reached
        ("{id: errors, target: 10, direction: down}", {"2026-01-01": 40}, None),
        ("{id: errors}", {"2026-01-01": 40, "2026-01-11": 20, "2026-01-21": 0}, None),  # no target
        ("{id: errors, target: 10, direction: down}", {}, None),
    ],
)
def test_a_metric_is_something_to_judge_by_once_it_can_be_held_against_its_target(
    case, metric, readings, expected
):
    agreed(case, f"due: 2026-03-01\nmetrics: [{metric}]")
    for day, value in readings.items():
        case.checkin(day, f"metrics: {{errors: {value}}}")
    assert shown(case, "2026-01-31") == (expected, [])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("due: 2026-02-20", ("on_track", [])),
        ("status: completed\ncompleted: 2026-01-20", ("on_track", [])),
        ("due: 2026-01-30", ("at_risk", ["at_risk dependency board"])),
        ("", (None, [])),  # it has no day that it could miss
    ],
)
def test_what_it_waits_for_is_something_to_judge_by(case, other, expected):
    agreed(case, "due: 2026-03-01\ndepends_on: [board]")
    case.delegation("board", other, owner="cai", by="dana")
    assert shown(case, "2026-01-31") == expected


def test_green_with_nothing_to_judge_by_is_no_watermelon(case):
    """A medium issue says nothing; on the day that it has become grave the next report is held against it."""
    agreed(case, "due: 2026-03-01")
    case.checkin("2026-01-12", "health: on_track\nissues: [{id: x, what: X, severity: medium}]")
    case.checkin("2026-02-12", "health: on_track\nissues: [{id: x, what: X, severity: critical}]")
    melon = (
        "watch watermelon api → ben since 2026-02-12: reported On track, evidenced Off track, reason issue,"
        " what X"
    )
    assert {day: (shown(case, day)[0], told(case, day, only="watermelon")) for day in MELON_DAYS} == {
        "2026-01-12": (None, []),
        "2026-02-11": (None, []),
        "2026-02-12": ("off_track", [melon]),
    }


MELON_DAYS = ("2026-01-12", "2026-02-11", "2026-02-12")


def test_thresholds_of_its_own(case):
    agreed(
        case,
        MILESTONE % (9, 91),
        plan="methods: [checkin], thresholds: {milestone_days: 0, at_risk_points: 5}",
    )
    assert shown(case, "2026-02-02") == (
        "off_track",
        ["off_track milestone-overdue Alpha", "at_risk behind-plan"],
    )


def test_reported_health_stands_beside_it_as_of_its_day(case):
    agreed(case, MILESTONE % (5, 95)).checkin("2026-02-03", "health: on_track").checkin(
        "2026-02-20", "progress: 30"
    )
    state = case.track("2026-02-20").states["api"]
    assert (state.health, state.health_from.id) == (Health.ON_TRACK, "api.2026-02-03")
    assert (state.evidenced_then.health, state.evidenced.health) == (Health.AT_RISK, Health.OFF_TRACK)


def test_milestones_that_may_have_been_done_unseen_are_not_held_against_it(case):
    agreed(case, "visibility: public\nmilestones: [{id: a, due: 2026-02-01}]")
    event(case, "checkins/api/c", "date: 2026-02-01\nmilestones: {a: done}")
    public = case.ledger(), case.project("public")
    assert [len(ledger.checkins) for ledger in public] == [1, 0]
    # Nor are they a ground to call it on track: the public has nothing to judge by.
    seen = {who: tracked(case, "2026-02-09", who).states["api"].evidenced.health for who in ("public", "org")}
    assert seen == {"public": None, "org": Health.ON_TRACK}
