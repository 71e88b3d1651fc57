"""What is missing is told to those who would see it; thresholds; and earlier days."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import datetime as dt

import pytest
from told import agreed, event, office, tell, told, tracked

from generator.tracking.expectations import Tally
from generator.words import Freshness


@pytest.fixture
def case(case):
    return office(case)


# --- absence ----------------------------------------------------------------------------------------


def test_the_public_hears_nothing_of_check_ins_that_it_would_not_see(case):
    """The milestone was done in a check-in that only the organisation sees."""
    agreed(
        case,
        "visibility: public\nstart: 2026-01-05\nmilestones: [{id: a, due: 2026-01-30}, {id: b, due: 2026-01-31}]",
        plan="cadence: weekly, brief_back_within: 3",
    )
    case.checkin("2026-01-12", "milestones: {a: done}")
    tell(
        case,
        {
            "2026-02-06": [
                "act stale api → ada since 2026-01-27: last 2026-01-12",
                "watch brief-back-missing api → ada since 2026-01-09: wanted 2026-01-08",
                "watch behind-plan api → ada since 2026-02-01: points 50",
                "watch milestone-overdue api → ada since 2026-02-01: what b, due 2026-01-31",
                "watch check-in-missed api → ada since 2026-02-06: due 2026-02-02, what ",
            ]
        },
        "org",
    )
    tell(case, {"2026-02-06": []}, "public")
    state = tracked(case, "2026-02-06", "public").states["api"]
    assert (state.followed, state.expected, state.tally) == (False, (), Tally())
    assert (state.freshness, state.evidenced.health) == (Freshness.NOT_EXPECTED, None)
    assert [m.overdue for m in state.milestones] == [False, False]


def test_where_check_ins_are_public_the_public_hears_of_them(case):
    case.write("remit.toml", '[visibility]\ncheckin = "public"\n')
    agreed(case, "visibility: public\nstart: 2026-01-05", plan="cadence: weekly")
    tell(
        case,
        {"2026-01-12": ["note check-in-due api → ada since 2026-01-12: due 2026-01-12, what "]},
        "public",
    )


def test_an_answer_is_owed_before_those_who_would_see_it(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    event(
        case, "feedback/idea", "date: 2026-01-02\nfrom: ada\nto: cai\nkind: idea\nvisibility: org", "Dark.\n"
    )
    event(
        case,
        "feedback/help",
        "date: 2026-01-12\nfrom: ada\nto: cai\nkind: request\nvisibility: org",
        "Cable.\n",
    )
    asked = "watch awaiting-response api → ben since 2026-01-18: asker ada, matter question, what May I?, asked 2026-01-12"
    idea = "watch feedback-open feedback:idea → cai since 2026-01-17: what Dark., given 2026-01-02"
    help_ = "watch awaiting-response feedback:help → cai since 2026-01-18: asker ada, matter request, what Cable., asked 2026-01-12"
    told_ = {
        who: told(case, "2026-01-18", who)
        for who in ("full", "person:ada", "person:ben", "person:dana", "org")
    }
    assert told_ == {
        "full": [idea, help_, asked],
        "person:ada": [idea, help_, asked],
        "person:ben": [idea, help_, asked],
        "person:dana": [idea, help_, asked],
        "org": [],
    }
    case.write("remit.toml", '[visibility]\nfeedback = "org"\n')
    assert told(case, "2026-01-18", "org") == [idea, help_, asked]


def test_a_talk_is_missed_by_the_two_of_it(case):
    agreed(case, "start: 2026-01-05", plan="methods: [one_on_one]")
    line = "note one-on-one-overdue api → ben since 2026-02-05"
    told_ = {
        who: told(case, "2026-02-05", who)
        for who in ("full", "person:ada", "person:ben", "person:dana", "org")
    }
    assert told_ == {"full": [line], "person:ada": [line], "person:ben": [line], "person:dana": [], "org": []}


def test_an_evaluation_is_missed_by_the_line(case):
    agreed(case, "status: completed\ncompleted: 2026-03-01", plan="methods: [evaluation]")
    line = "note evaluation-missing api → ben since 2026-03-16: completed 2026-03-01"
    told_ = {who: told(case, "2026-03-16", who) for who in ("full", "person:dana", "person:cai", "org")}
    assert told_ == {"full": [line], "person:dana": [line], "person:cai": [], "org": []}


def test_a_retrospective_is_missed_by_those_who_would_see_it(case):
    event(
        case,
        "cycles/q1",
        "title: Q1\nstart: 2026-01-01\nend: 2026-03-31\nclosed: 2026-04-01\nvisibility: public",
    )
    agreed(case, "visibility: public\ncycle: q1\nstatus: completed\ncompleted: 2026-03-01")
    line = "watch retrospective-missing cycle:q1 →  since 2026-04-15: end 2026-03-31"
    assert (told(case, "2026-04-15", "org"), told(case, "2026-04-15", "public")) == ([line], [])


def test_a_signal_names_nothing_that_is_hidden(case):
    """What it waits for, and the team that could help, are there for those who see them."""
    event(case, "teams/secret", "title: Secret\nlead: cai\nvisibility: line")
    agreed(case, "depends_on: [board]")
    agreed(case, "visibility: line\nteam: secret\ndue: 2026-02-01", id_="board", owner="cai", by="dana")
    late = "watch dependency-late api → cai since 2026-02-02: what board"
    assert told(case, "2026-02-02", "person:dana", "dependency-late") == [late]
    tell(case, {"2026-02-02": []}, "org")


def test_what_hangs_on_nothing_is_about_nothing(case):
    event(
        case,
        "feedback/idea",
        "date: 2026-01-02\nfrom: ada\nto: ghost\nkind: idea\ndelegation: gone",
        "Dark.\n",
    )
    event(
        case,
        "meetings/m",
        "date: 2026-01-02\nattendees: [ada]\nactions: [{what: Call, owner: ghost, due: 2026-01-03, delegation: gone}]",
    )
    event(
        case,
        "evaluations/e",
        "date: 2026-01-02\nsubject: ghost\nevaluator: ben\ndelegation: gone\nscores: {quality: 4}",
    )
    tell(
        case,
        {
            "2026-02-01": [
                "watch action-overdue  → ghost since 2026-01-04: what Call, due 2026-01-03",
                "watch feedback-open feedback:idea → ghost since 2026-01-17: what Dark., given 2026-01-02",
                "note evaluation-thin  → ben since 2026-01-02: bare 1, scores 1",
            ]
        },
    )


# --- thresholds -------------------------------------------------------------------------------------


def test_thresholds_of_the_site_and_of_one_delegation(case):
    case.write("remit.toml", "[thresholds]\nresponse_days = 10\n")
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    agreed(case, id_="b", plan="methods: [checkin], thresholds: {response_days: 1}").checkin(
        "2026-01-12", "asks: [May I?]", on="b"
    )
    b = "watch awaiting-response b → ben since 2026-01-14: asker ada, matter question, what May I?, asked 2026-01-12"
    api = "watch awaiting-response api → ben since 2026-01-23: asker ada, matter question, what May I?, asked 2026-01-12"
    tell(case, {"2026-01-13": [], "2026-01-14": [b], "2026-01-22": [b], "2026-01-23": [b, api]})


STORIES = [
    ("due_soon_days: 2", "due: 2026-03-01", "due-soon", "2026-02-27"),
    (
        "behind_points: 5",
        "milestones: [{id: a, due: 2026-03-01, weight: 5}, {id: b, weight: 95}]",
        "behind-plan",
        "2026-03-02",
    ),
    ("high_issue_days: 0", "", "blocked", "2026-02-02"),
    ("stale_intervals: 1", "start: 2026-02-01", "stale", "2026-02-09"),
    ("recognition_days: 3", "milestones: [{id: a, done: 2026-02-03}]", "no-recognition", "2026-02-07"),
    ("confirm_days: 1", "", "brief-back-unconfirmed", "2026-02-03"),
    (
        "slip_moves: 1",
        "due: 2027-01-01\nchanges: [{date: 2026-02-03, by: ada, field: due, from: 2026-12-31, to: 2027-01-01}]",
        "slipping",
        "2026-02-03",
    ),
]


@pytest.mark.parametrize(("threshold", "lines", "code", "on"), STORIES, ids=[s[2] for s in STORIES])
def test_each_kind_of_threshold_can_be_the_delegations_own(case, threshold, lines, code, on):
    agreed(case, lines, plan=f"cadence: weekly, thresholds: {{{threshold}}}")
    case.checkin("2026-02-01", "kind: brief_back\nissues: [{id: x, what: X, severity: high}]")
    eve = str(dt.date.fromisoformat(on) - dt.timedelta(1))
    assert told(case, eve, only=code) == []
    (line,) = told(case, on, only=code)
    assert f" since {on}" in line


# --- earlier days -----------------------------------------------------------------------------------


def test_the_same_case_on_an_earlier_day(case):
    """Everything is dated: on the 10th of February nothing of March is known."""
    agreed(
        case,
        """
        start: 2026-01-05
        due: 2026-05-01
        status: completed
        completed: 2026-04-20
        milestones: [{id: a, due: 2026-02-01, weight: 10, done: 2026-03-05}, {id: b, due: 2026-04-15, weight: 90, done: 2026-04-14}]
        changes:
          - {date: 2026-03-01, by: ada, field: due, from: 2026-02-05, to: 2026-04-01}
          - {date: 2026-03-20, by: ada, field: due, from: 2026-04-01, to: 2026-05-01}
          - {date: 2026-03-25, by: ben, field: owner, from: cai, to: ada}
        """,
    )
    overdue = "act overdue api → cai since 2026-02-06: due 2026-02-05"
    milestone = "watch milestone-overdue api → cai since 2026-02-02: what a, due 2026-02-01"
    slipped = "watch slipping api → {} since 2026-03-01: moves {}, days {}, first 2026-02-05"
    tell(
        case,
        {
            "2026-02-10": [overdue, milestone],
            "2026-03-04": [milestone, slipped.format("cai", 1, 55)],
            "2026-03-05": [slipped.format("cai", 1, 55)],
            "2026-03-20": [slipped.format("cai", 2, 85)],
            "2026-03-25": [slipped.format("ada", 2, 85)],
            "2026-04-20": [],
        },
    )
