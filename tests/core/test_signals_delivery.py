"""Signals about the work, told as stories: events, days, and all the signals of each day."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import pytest
from told import agreed, event, office, tell, told

from generator.tracking.signals import signals
from generator.words import Freshness


@pytest.fixture
def case(case):
    return office(case)


# --- check-ins --------------------------------------------------------------------------------------


def test_a_weekly_check_in_is_due_then_missed_then_due_again(case):
    agreed(case, "start: 2026-01-05", plan="cadence: weekly")
    tell(
        case,
        {
            "2026-01-11": [],
            "2026-01-12": ["note check-in-due api → ada since 2026-01-12: due 2026-01-12, what "],
            "2026-01-15": ["note check-in-due api → ada since 2026-01-12: due 2026-01-12, what "],
            "2026-01-16": ["watch check-in-missed api → ada since 2026-01-16: due 2026-01-12, what "],
            "2026-01-18": ["watch check-in-missed api → ada since 2026-01-16: due 2026-01-12, what "],
            "2026-01-19": ["note check-in-due api → ada since 2026-01-19: due 2026-01-19, what "],
        },
    )


def test_a_monthly_check_in_is_overdue_for_a_while_before_it_is_missed(case):
    agreed(case, "start: 2026-01-01", plan="cadence: monthly")
    tell(
        case,
        {
            "2026-02-04": ["note check-in-due api → ada since 2026-02-01: due 2026-02-01, what "],
            "2026-02-05": [
                "note check-in-due api → ada since 2026-02-01: due 2026-02-01, what , state overdue"
            ],
            "2026-02-14": [
                "note check-in-due api → ada since 2026-02-01: due 2026-02-01, what , state overdue"
            ],
            "2026-02-15": ["watch check-in-missed api → ada since 2026-02-15: due 2026-02-01, what "],
        },
    )


def test_a_check_in_ends_the_waiting(case):
    agreed(case, "start: 2026-01-05", plan="cadence: weekly").checkin("2026-01-13")
    tell(
        case,
        {
            "2026-01-12": ["note check-in-due api → ada since 2026-01-12: due 2026-01-12, what "],
            "2026-01-13": [],
        },
    )


def test_one_that_comes_too_late_to_answer_is_no_silence(case):
    """The 17th is nearer to the 19th: the 12th stays missed, but nobody waits for it any more."""
    agreed(case, "start: 2026-01-05", plan="cadence: weekly").checkin("2026-01-17")
    tell(
        case,
        {
            "2026-01-16": ["watch check-in-missed api → ada since 2026-01-16: due 2026-01-12, what "],
            "2026-01-17": [],
        },
    )


def test_a_report_past_the_due_date_answers_nothing_but_is_heard(case):
    agreed(case, "start: 2026-01-05\ndue: 2026-01-14", plan="cadence: weekly").checkin("2026-01-16")
    overdue = "act overdue api → ada since 2026-01-15: due 2026-01-14"
    tell(case, {"2026-01-16": [overdue]})
    assert case.track("2026-01-16").states["api"].freshness is Freshness.CURRENT
    case.remove("checkins/api/2026-01-16.md")
    tell(
        case,
        {"2026-01-16": [overdue, "watch check-in-missed api → ada since 2026-01-16: due 2026-01-12, what "]},
    )


def test_a_checkpoint_stays_due_until_it_is_answered(case):
    agreed(
        case,
        "start: 2026-01-05",
        plan="checkpoints: [{id: design, date: 2026-01-20, what: Design review, who: cai}, {id: later, date: 2026-03-20}]",
    ).checkin("2026-03-01")
    line = "note check-in-due api → cai since 2026-01-20: due 2026-01-20, what Design review"
    late = f"{line}, state overdue"  # three days of grace
    days = {"2026-01-23": [line], "2026-01-24": [late], "2026-02-28": [late], "2026-03-01": []}
    tell(case, {"2026-01-19": [], "2026-01-20": [line], **days})


def test_nothing_is_expected_on_hold(case):
    agreed(
        case,
        "status: on_hold\nstart: 2026-01-05\nchanges: [{date: 2026-01-10, field: status, from: active, to: on_hold}]",
        plan="cadence: weekly",
    )
    tell(case, {"2026-01-12": [], "2026-02-12": []})


# --- due dates --------------------------------------------------------------------------------------


def test_a_due_date_comes_and_passes(case):
    agreed(case, "start: 2026-01-05\ndue: 2026-03-01\nstatus: completed\ncompleted: 2026-03-10")
    soon = "note due-soon api → ada since 2026-02-22: due 2026-03-01"
    late = "act overdue api → ada since 2026-03-02: due 2026-03-01"
    tell(
        case,
        {
            "2026-02-21": [],
            "2026-02-22": [soon],
            "2026-03-01": [soon],
            "2026-03-02": [late],
            "2026-03-09": [late],
            "2026-03-10": [],
        },
    )


def test_a_new_due_date_ends_it_and_the_old_one_is_still_told_of_earlier_days(case):
    agreed(
        case,
        """
        start: 2026-01-05
        due: 2026-04-01
        changes: [{date: 2026-03-05, by: ben, field: due, from: 2026-03-01, to: 2026-04-01}]
        """,
    )
    tell(case, {"2026-03-04": ["act overdue api → ada since 2026-03-02: due 2026-03-01"], "2026-03-05": []})


def test_a_due_date_set_for_next_week_is_near_since_it_was_set(case):
    agreed(
        case,
        "start: 2026-01-05\ndue: 2026-03-01\nchanges: [{date: 2026-02-26, by: ben, field: due, from: 2026-06-01, to: 2026-03-01}]",
    )
    tell(case, {"2026-02-25": [], "2026-02-26": ["note due-soon api → ada since 2026-02-26: due 2026-03-01"]})


def test_what_was_never_begun_is_overdue_too_but_a_draft_or_a_hold_is_not(case):
    agreed(case, "status: not_started\ndue: 2026-03-01")
    agreed(case, "status: draft\ndue: 2026-03-01", id_="plan")
    agreed(case, "status: on_hold\ndue: 2026-03-01", id_="wait")
    tell(case, {"2026-03-02": ["act overdue api → ada since 2026-03-02: due 2026-03-01"]})


# --- milestones and the plan ------------------------------------------------------------------------


def test_a_milestone_is_due_overdue_and_done(case):
    agreed(
        case,
        "milestones: [{id: a, title: Alpha, due: 2026-02-01, weight: 20}, {id: b, due: 2026-06-01, owner: cai, weight: 80}]",
    ).checkin("2026-02-10", "milestones: {a: done}")
    line = "watch milestone-overdue api → ada since 2026-02-02: what Alpha, due 2026-02-01"
    tell(case, {"2026-02-01": [], "2026-02-02": [line], "2026-02-09": [line], "2026-02-10": []})


def test_a_milestone_waits_on_its_own_owner_since_the_day_it_was_set(case):
    agreed(
        case,
        """
        milestones: [{id: a.b, due: 2026-02-01, owner: cai, weight: 10}, {id: c, weight: 90}]
        changes: [{date: 2026-02-05, field: milestones.a.b.due, from: 2026-03-01, to: 2026-02-01}]
        """,
    )
    tell(
        case,
        {
            "2026-02-04": [],
            "2026-02-06": ["watch milestone-overdue api → cai since 2026-02-05: what a.b, due 2026-02-01"],
        },
    )


def test_behind_the_plan_by_a_quarter(case):
    agreed(
        case,
        """
        milestones:
          - {id: a, due: 2026-02-01, weight: 20, done: 2026-02-20}
          - {id: b, due: 2026-02-10, weight: 5}
          - {id: c, due: 2026-05-01, weight: 75, done: 2026-05-01}
        """,
    )

    def behind(day: str) -> list[str]:
        return told(case, day, only="behind-plan")

    assert behind("2026-02-10") == []
    assert behind("2026-02-11") == ["watch behind-plan api → ada since 2026-02-11: points 25"]
    assert behind("2026-02-19") == ["watch behind-plan api → ada since 2026-02-11: points 25"]
    assert behind("2026-02-20") == []
    assert case.track("2026-02-25").states["api"].not_done == 5


def test_what_is_due_today_may_still_be_done_today(case):
    agreed(case, "milestones: [{id: a, due: 2026-02-01}]").checkin("2026-02-01", "health: on_track")
    tell(case, {"2026-02-01": []})
    assert case.track("2026-02-01").states["api"].not_done == 0
    assert [line.split()[1] for line in told(case, "2026-02-02")] == ["behind-plan", "milestone-overdue"]


# --- watermelon -------------------------------------------------------------------------------------


def test_green_outside_red_inside(case):
    agreed(case, "milestones: [{id: a, title: Alpha, due: 2026-02-01, weight: 5}, {id: b, weight: 95}]")
    case.checkin("2026-02-01", "health: on_track")
    case.checkin("2026-02-08", "health: on_track").checkin("2026-02-15", "health: on_track")
    case.checkin("2026-02-22", "health: off_track")
    overdue = "watch milestone-overdue api → ada since 2026-02-02: what Alpha, due 2026-02-01"

    def melon(since: str, evidenced: str) -> str:
        facts = f"reported On track, evidenced {evidenced}, reason milestone-overdue, what Alpha"
        return f"watch watermelon api → ben since {since}: {facts}"

    tell(
        case,
        {
            "2026-02-07": [overdue],  # the report of the 1st was right on its day
            "2026-02-08": [overdue, melon("2026-02-08", "At risk")],
            "2026-02-15": [overdue, melon("2026-02-08", "Off track")],
            "2026-02-22": [overdue],
        },
    )
    assert [s.evidence for s in signals(case.track("2026-02-15")) if s.code == "watermelon"] == [
        ("checkin:api.2026-02-15", "delegation:api")
    ]


def test_what_has_turned_green_inside_as_well_is_no_watermelon(case):
    agreed(case, "milestones: [{id: a, due: 2026-02-01, weight: 5, done: 2026-02-12}, {id: b, weight: 95}]")
    case.checkin("2026-02-08", "health: on_track")
    assert len(told(case, "2026-02-11", only="watermelon")) == 1
    tell(case, {"2026-02-12": []})


def test_at_risk_reported_while_off_track(case):
    agreed(case).checkin(
        "2026-02-08", "health: at_risk\nissues: [{id: fire, what: Fire, severity: critical}]"
    )
    facts = "reported At risk, evidenced Off track, reason issue, what Fire"
    assert told(case, "2026-02-08") == [f"watch watermelon api → ben since 2026-02-08: {facts}"]


# --- silence ----------------------------------------------------------------------------------------


def test_nothing_at_all_for_two_intervals(case):
    agreed(case, "start: 2026-01-05", plan="cadence: weekly").checkin("2026-01-12")
    event(case, "meetings/m", "date: 2026-01-14\nattendees: [ada, cai]\ndelegations: [api]")
    stale = "act stale api → ada since 2026-01-29: last 2026-01-14"
    tell(
        case,
        {
            "2026-01-28": ["note check-in-due api → ada since 2026-01-26: due 2026-01-26, what "],
            "2026-01-29": [stale, "note check-in-due api → ada since 2026-01-26: due 2026-01-26, what "],
            "2026-01-30": [stale, "watch check-in-missed api → ada since 2026-01-30: due 2026-01-26, what "],
        },
    )
    case.checkin("2026-01-30")
    tell(case, {"2026-01-30": []})


def test_days_off_are_no_silence(case):
    case.write("remit.toml", '[calendar]\nweekend = ["saturday", "sunday"]\n')
    agreed(case, "start: 2026-01-01", plan="cadence: daily").checkin("2026-01-09")  # a Friday
    assert told(case, "2026-01-13", only="stale") == []
    assert told(case, "2026-01-14", only="stale") == ["act stale api → ada since 2026-01-14: last 2026-01-09"]


def test_an_absence_is_no_silence(case):
    event(case, "people/ada", "title: Ada\naway: [{from: 2026-01-13, to: 2026-02-08}]")
    agreed(case, "start: 2026-01-05", plan="cadence: weekly").checkin("2026-01-12")
    # The 9th, which all the dates of the absence move to, and the 16th have to go by.
    assert told(case, "2026-02-16", only="stale") == []
    assert told(case, "2026-02-17", only="stale") == ["act stale api → ada since 2026-02-17: last 2026-01-12"]


def test_out_of_control_is_overdue_silent_and_blocked(case):
    agreed(case, "start: 2026-01-05\ndue: 2026-01-20", plan="cadence: weekly")
    case.checkin("2026-01-12", "issues: [{id: cells, what: No cells, severity: high}]")
    control = "act out-of-control api → ben since 2026-01-27: due 2026-01-20"
    assert told(case, "2026-01-26", only="out-of-control") == []
    tell(
        case,
        {
            "2026-01-27": [
                "act overdue api → ada since 2026-01-21: due 2026-01-20",
                control,
                "act stale api → ada since 2026-01-27: last 2026-01-12",
                "watch blocked api → ben since 2026-01-20: what No cells, severity High, opened 2026-01-12",
                "watch check-in-missed api → ada since 2026-01-23: due 2026-01-19, what ",
            ]
        },
    )
    case.checkin("2026-01-28", "issues: [{id: cells, closed: 2026-01-28}]")
    tell(case, {"2026-01-28": ["act overdue api → ada since 2026-01-21: due 2026-01-20"]})


# --- metrics ----------------------------------------------------------------------------------------


def test_a_metric_on_its_way_past_the_target(case):
    agreed(
        case,
        "start: 2026-01-01\ndue: 2026-02-10\nmetrics: [{id: users, name: Users, baseline: 0, target: 40}]",
    )
    for day, users in (("2026-01-01", 0), ("2026-01-11", 10), ("2026-01-21", 15), ("2026-01-31", 20)):
        case.checkin(day, f"metrics: {{users: {users}}}")
    assert told(case, "2026-01-20") == []  # two readings are no trend
    assert told(case, "2026-01-21", only="metric-off-target") == [
        # Slopes of 1, 0.75 and 0.5 a day: 15 and twenty days of 0.75.
        "watch metric-off-target api → ada since 2026-01-21: what Users, expected 30.0, target 40.0"
    ]
    # The median of six slopes is 7/12 a day, of four levels 20 5/12: ten days on, 26.25.
    off = "watch metric-off-target api → ada since 2026-01-21: what Users, expected 26.25, target 40.0"
    assert told(case, "2026-01-31", only="metric-off-target") == [off]
    case.checkin("2026-02-01", "metrics: {users: 41}")
    assert told(case, "2026-02-01", only="metric-off-target") == []


def test_a_metric_past_its_date_is_heading_nowhere_any_more(case):
    """What it stood at when it was last read is said instead, until a reading reaches the target."""
    agreed(case, "start: 2026-01-01\nmetrics: [{id: users, name: Users, target: 40, due: 2026-02-10}]")
    for day, users in (("2026-01-11", 10), ("2026-01-21", 15), ("2026-01-31", 20)):
        case.checkin(day, f"metrics: {{users: {users}}}")
    case.checkin("2026-02-20", "metrics: {users: 30}").checkin("2026-03-01", "metrics: {users: 41}")
    ahead = "watch metric-off-target api → ada since 2026-01-31: what Users, expected 25.0, target 40.0"
    stood = "watch metric-off-target api → ada since 2026-01-31: what Users, value %s, read %s, due 2026-02-10, target 40.0"
    days = ("2026-01-30", "2026-02-09", "2026-02-10", "2026-02-19", "2026-02-20", "2026-03-01")
    assert {day: told(case, day, only="metric-off-target") for day in days} == {
        "2026-01-30": [],
        "2026-02-09": [ahead],
        "2026-02-10": [stood % ("20.0", "2026-01-31")],
        "2026-02-19": [stood % ("20.0", "2026-01-31")],
        "2026-02-20": [stood % ("30.0", "2026-02-20")],
        "2026-03-01": [],
    }


@pytest.mark.parametrize(("values", "last"), [((40, 45), 45.0), ((50, 50), 50.0)])
def test_past_its_day_a_metric_has_missed_with_or_without_a_trend(case, values, last):
    agreed(case, "metrics: [{id: users, target: 80, due: 2026-02-01}]")
    for day, users in zip(("2026-01-05", "2026-01-12"), values, strict=True):
        case.checkin(day, f"metrics: {{users: {users}}}")
    line = (
        "watch metric-off-target api → ada since 2026-02-01: "
        f"what users, value {last}, read 2026-01-12, due 2026-02-01, target 80.0"
    )
    days = ("2026-01-31", "2026-02-01", "2026-03-02")
    assert {day: told(case, day, only="metric-off-target") for day in days} == {
        "2026-01-31": [],
        "2026-02-01": [line],
        "2026-03-02": [line],
    }


def test_a_metric_that_nobody_reads(case):
    agreed(case, "metrics: [{id: users, target: 40}]")
    for day, users in (("2026-01-01", 1), ("2026-01-11", 50), ("2026-02-03", 60)):
        case.checkin(day, f"metrics: {{users: {users}}}")
    line = "note metric-stale api → ada since 2026-02-01: what users, last 2026-01-11"
    tell(case, {"2026-01-31": [], "2026-02-01": [line], "2026-02-02": [line], "2026-02-03": []})


def test_a_metric_is_read_as_rarely_as_there_are_check_ins(case):
    agreed(
        case,
        "metrics: [{id: users, target: 40}]\nchanges: [{date: 2026-01-12, by: ben, field: plan.cadence, from: weekly}]",
        plan="methods: [checkin], cadence: monthly",
    )
    case.checkin("2026-01-04", "metrics: {users: 1}").checkin("2026-01-11", "metrics: {users: 50}")
    days = ("2026-02-10", "2026-03-13", "2026-03-14")
    line = "note metric-stale api → ada since 2026-03-14: what users, last 2026-01-11"
    assert {day: told(case, day, only="metric-stale") for day in days} == {
        "2026-02-10": [],
        "2026-03-13": [],
        "2026-03-14": [line],
    }


def test_a_metric_past_its_day_need_not_be_read(case):
    agreed(case, "metrics: [{id: users, target: 40, due: 2026-01-20}]")
    case.checkin("2026-01-01", "metrics: {users: 1}").checkin("2026-01-11", "metrics: {users: 50}")
    tell(case, {"2026-02-01": []})
