"""Expected check-ins on a day: a delegation, its check-ins, a day, and the whole of what is expected."""

from __future__ import annotations

import datetime as dt

import pytest
from case import Case
from hypothesis import given
from hypothesis import strategies as st

from generator.cadence import read_cadence
from generator.tracking.expectations import Tally, grace_of
from generator.words import Answer, Freshness


@pytest.fixture
def case(case):
    return case.people()


def shown(tracked, until: str = "9999-12-31", id_: str = "api") -> list[str]:
    """Return the expected check-ins up to a day, and the first one to come."""
    out = []
    for e in tracked.states[id_].expected:
        if e.due.isoformat() <= until:
            answer = f" {e.answered_on}" if e.answered_on else ""
            out.append(f"{e.due} {e.state}{answer}")
    return out


WEEKLY = "start: 2026-01-05\nplan: {cadence: weekly}"


def test_a_weekly_report_week_by_week(case):
    """On time within three days, late after, missed once the next date is nearer."""
    case.delegation("api", f"{WEEKLY}\ndue: 2026-02-09")
    case.checkin("2026-01-12").checkin("2026-01-23").checkin("2026-02-03")
    tracked = case.track("2026-02-04")
    assert shown(tracked) == [
        "2026-01-12 on_time 2026-01-12",
        # The 23rd is nearer to the 26th: three days before it against four after the 19th.
        "2026-01-19 missed",
        "2026-01-26 on_time 2026-01-23",
        "2026-02-02 on_time 2026-02-03",
        "2026-02-09 upcoming",
    ]
    assert tracked.states["api"].tally == Tally(expected=4, actual=3, on_time=3, late=0, missed=1, overdue=0)


@pytest.mark.parametrize(
    ("day", "state", "freshness"),
    [
        ("2026-01-11", "upcoming", "current"),
        ("2026-01-12", "due", "due"),
        ("2026-01-15", "due", "due"),
        ("2026-01-16", "missed", "missing"),  # nearer to the 19th
    ],
)
def test_an_expected_day_comes_and_goes(case, day, state, freshness):
    case.delegation("api", WEEKLY)
    tracked = case.track(day)
    assert shown(tracked, "2026-01-12") == [f"2026-01-12 {state}"]
    assert tracked.states["api"].freshness is Freshness(freshness)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-02-28", "due"),
        ("2026-03-03", "due"),
        ("2026-03-04", "overdue"),
        ("2026-03-15", "overdue"),
        # 31 days from 28 February to 31 March: the 16th day is nearer to the later one.
        ("2026-03-16", "missed"),
    ],
)
def test_a_monthly_report_is_overdue_before_it_is_missed(case, day, state):
    case.delegation("api", "start: 2026-01-31\nplan: {cadence: monthly}")
    assert shown(case.track(day), "2026-02-28") == [f"2026-02-28 {state}"]


def test_month_ends(case):
    case.delegation("api", "start: 2026-01-31\ndue: 2026-06-30\nplan: {cadence: monthly}")
    assert [line.split()[0] for line in shown(case.track("2026-01-31"))] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]


def test_a_named_weekday(case):
    case.delegation("api", "start: 2026-01-07\ndue: 2026-01-31\nplan: {cadence: weekly on friday}")
    assert [line.split()[0] for line in shown(case.track("2026-01-07"))] == [
        "2026-01-09",
        "2026-01-16",
        "2026-01-23",
        "2026-01-30",
    ]


@pytest.mark.parametrize(
    ("made", "answers"),
    [
        ("2026-01-15", "2026-01-12"),  # three days after against four before
        ("2026-01-16", "2026-01-19"),
        ("2026-01-08", None),  # nearest to the start
        ("2026-01-01", None),  # before the start
        ("2026-01-09", "2026-01-12"),
        ("2026-01-26", "2026-01-26"),  # the last one expected: due on the 28th
        ("2026-01-30", None),  # nearer to 2 February, past the due date
    ],
)
def test_a_check_in_answers_the_nearest_date(case, made, answers):
    case.delegation("api", f"{WEEKLY}\ndue: 2026-01-28").checkin(made)
    state = case.track("2026-03-01").states["api"]
    assert [e.due.isoformat() for e in state.expected if e.answered_by] == ([answers] if answers else [])
    assert state.tally.actual == 1


def test_of_two_equally_near_dates_the_later_is_answered(case):
    case.delegation("api", "start: 2026-01-05\nplan: {cadence: every 10 days}").checkin("2026-01-20")
    assert shown(case.track("2026-01-20"), "2026-01-25") == [
        "2026-01-15 missed",
        "2026-01-25 on_time 2026-01-20",
    ]


def test_the_first_check_in_decides(case):
    case.delegation("api", "start: 2026-01-01\nplan: {cadence: monthly}")
    case.checkin("2026-02-06").checkin("2026-02-07").checkin("2026-01-31")
    assert shown(case.track("2026-02-10"), "2026-02-01") == ["2026-02-01 on_time 2026-01-31"]
    case.remove("checkins/api/2026-01-31.md")
    assert shown(case.track("2026-02-10"), "2026-02-01") == ["2026-02-01 late 2026-02-06"]
    assert case.track("2026-02-10").states["api"].tally == Tally(expected=1, actual=2, late=1)


def test_a_brief_back_answers_nothing(case):
    case.delegation("api", WEEKLY).checkin("2026-01-12", "kind: brief_back")
    state = case.track("2026-01-14").states["api"]
    assert shown(case.track("2026-01-14"), "2026-01-12") == ["2026-01-12 due"]
    assert state.tally == Tally(expected=1, actual=0)


# --- grace --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "days"),
    [
        ("{cadence: monthly}", 3),
        ("{cadence: weekly}", 3),
        ("{cadence: weekly, grace: 5}", 3),  # half a week
        ("{cadence: daily}", 0),
        ("{cadence: every 5 days}", 2),
        ("{cadence: monthly, grace: 90}", 15),
        ("{cadence: monthly, grace: 0}", 0),
    ],
)
def test_grace_is_at_most_half_the_interval(case, plan, days):
    case.delegation("api", f"plan: {plan}")
    api = case.record("delegations/api.md")
    assert grace_of(api, api.cadence).days == days


def test_without_a_cadence_grace_is_as_stated(case):
    case.delegation("api", "plan: {grace: 90}").delegation("b")
    assert grace_of(case.record("delegations/api.md")).days == 90
    assert grace_of(case.record("delegations/b.md")).days == 3


# --- the calendar ------------------------------------------------------------------------------------------


def test_a_day_off_moves_the_expected_day(case):
    case.write(
        "remit.toml",
        """
        [calendar]
        weekend = ["saturday", "sunday"]
        holidays = ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-23"]
        workdays = ["2026-02-14"]
        """,
    )
    case.delegation("api", "start: 2026-01-31\ndue: 2026-03-08\nplan: {cadence: every 7 days}")
    assert [line.split()[0] for line in shown(case.track("2026-01-31"))] == [
        "2026-02-09",  # Saturday the 7th moves to Monday
        "2026-02-14",  # a Saturday that is worked (调休)
        "2026-02-24",  # the 21st: over the weekend and a holiday on Monday
        "2026-03-02",
        # Saturday the 7th would move to the 9th, which is past the due date.
    ]


def test_two_days_that_move_onto_one_are_one(case):
    case.write("remit.toml", '[calendar]\nweekend = ["saturday", "sunday"]\n')
    case.delegation("api", "start: 2026-01-07\ndue: 2026-01-13\nplan: {cadence: daily}")
    assert [line.split()[0] for line in shown(case.track("2026-01-07"))] == [
        "2026-01-08",
        "2026-01-09",
        "2026-01-12",  # for Saturday, Sunday and Monday
        "2026-01-13",
    ]
    case.checkin("2026-01-12")
    assert case.track("2026-01-13").states["api"].tally == Tally(expected=4, actual=1, on_time=1, missed=2)


def test_an_absence_moves_the_expected_day(case):
    case.write("people/ada.md", "---\ntitle: Ada\naway: [{from: 2026-01-10, to: 2026-01-13}]\n---\n")
    case.delegation("api", f"{WEEKLY}\ndue: 2026-01-19")
    assert shown(case.track("2026-01-05")) == ["2026-01-14 upcoming", "2026-01-19 upcoming"]


def test_a_change_of_owner_leaves_what_was_expected_of_the_one_before(case):
    """Ada was away in her time: the 12th moved to the 14th, and stays there once Cai holds it."""
    case.write("people/ada.md", "---\ntitle: Ada\naway: [{from: 2026-01-10, to: 2026-01-13}]\n---\n")
    case.write("people/cai.md", "---\ntitle: Cai\naway: [{from: 2026-01-26, to: 2026-01-26}]\n---\n")
    moved = "changes: [{date: 2026-01-24, by: ben, field: owner, from: ada, to: cai, why: She left}]"
    case.delegation("api", f"{WEEKLY}\ndue: 2026-02-02\n{moved}", owner="cai").checkin("2026-01-15")
    tracked = case.track("2026-01-26")
    assert [(str(e.due), str(e.state), e.who) for e in tracked.states["api"].expected] == [
        ("2026-01-14", "on_time", "ada"),
        ("2026-01-19", "missed", "ada"),
        ("2026-01-27", "upcoming", "cai"),
        ("2026-02-02", "upcoming", "cai"),
    ]


def test_an_absence_without_an_end_moves_nothing_for_ever(case):
    case.write("people/ada.md", "---\ntitle: Ada\naway: [{from: 2026-01-10, to: 9999-12-31}]\n---\n")
    case.delegation("api", f"{WEEKLY}\ndue: 2026-01-19")
    assert shown(case.track("2026-01-05")) == ["2026-01-12 upcoming", "2026-01-19 upcoming"]


# --- when nothing is expected -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        "plan: {cadence: weekly}",
        "start: 2026-01-05",
        "start: 2026-01-05\nplan: {cadence: none}",
        f"{WEEKLY}\nstatus: draft",
        f"{WEEKLY}\nstatus: not_started",
        f"{WEEKLY}\nstatus: completed",  # without a day, it counts for every day
        f"{WEEKLY}\nstatus: cancelled",
        f"{WEEKLY}\ndue: 2026-01-04",
    ],
)
def test_nothing_is_expected(case, lines):
    case.delegation("api", lines)
    state = case.track("2026-03-01").states["api"]
    assert (state.expected, state.freshness, state.tally) == ((), Freshness.NOT_EXPECTED, Tally())


def test_nothing_is_expected_after_the_end(case):
    case.delegation("api", f"{WEEKLY}\nstatus: completed\ncompleted: 2026-01-20")
    tracked = case.track("2026-03-01")
    assert shown(tracked) == ["2026-01-12 missed", "2026-01-19 missed"]
    assert tracked.states["api"].freshness is Freshness.NOT_EXPECTED
    # Before it ended, it went on as planned.
    assert shown(case.track("2026-01-19"), "2026-01-26") == [
        "2026-01-12 missed",
        "2026-01-19 due",
        "2026-01-26 upcoming",
    ]


def test_a_delegation_that_starts_later_has_not_started(case):
    case.delegation("api", WEEKLY)
    assert case.track("2026-01-04").states["api"].expected == ()


# --- on hold and with another cadence -------------------------------------------------------------------


def test_days_on_hold_are_paused(case):
    case.delegation(
        "api",
        f"""
        {WEEKLY.splitlines()[0]}
        {WEEKLY.splitlines()[1]}
        due: 2026-02-09
        changes:
          - {{date: 2026-01-06, field: status, from: draft, to: active}}
          - {{date: 2026-01-15, field: status, from: active, to: on_hold}}
          - {{date: 2026-02-02, field: status, from: on_hold, to: active}}
        """,
    ).checkin("2026-01-20")
    assert shown(case.track("2026-02-05")) == [
        "2026-01-12 missed",
        "2026-01-19 on_time 2026-01-20",  # what was answered all the same
        "2026-01-26 paused",
        "2026-02-02 due",  # the day it goes on counts
        "2026-02-09 upcoming",
    ]
    assert case.track("2026-02-05").states["api"].tally == Tally(expected=3, actual=1, on_time=1, missed=1)
    # In the middle of the hold nothing to come is expected.
    held = case.track("2026-01-23")
    assert shown(held, "2026-02-02")[1:] == [
        "2026-01-19 on_time 2026-01-20",
        "2026-01-26 paused",
        "2026-02-02 paused",
    ]
    assert held.states["api"].freshness is Freshness.NOT_EXPECTED


def test_on_hold_without_a_change_is_on_hold_throughout(case):
    case.delegation("api", f"{WEEKLY}\ndue: 2026-01-20\nstatus: on_hold")
    assert shown(case.track("2026-01-20")) == ["2026-01-12 paused", "2026-01-19 paused"]


def test_another_cadence_from_a_day_on(case):
    case.delegation(
        "api",
        """
        start: 2026-01-05
        due: 2026-03-20
        plan: {cadence: monthly}
        changes:
          - {date: 2026-01-21, field: plan.cadence, from: weekly, to: monthly}
        """,
    )
    assert [line.split()[0] for line in shown(case.track("2026-01-22"))] == [
        "2026-01-12",
        "2026-01-19",
        "2026-02-05",  # counted from the start
        "2026-03-05",
    ]
    # The day before the change it was all weekly.
    assert [line.split()[0] for line in shown(case.track("2026-01-20"), "2026-02-02")][-2:] == [
        "2026-01-26",
        "2026-02-02",
    ]


def test_a_cadence_that_was_none_and_then_weekly(case):
    case.delegation(
        "api",
        """
        start: 2026-01-05
        due: 2026-02-01
        plan: {cadence: weekly}
        changes:
          - {date: 2026-01-14, field: plan.cadence, from: none, to: weekly}
        """,
    )
    assert [line.split()[0] for line in shown(case.track("2026-01-31"))] == ["2026-01-19", "2026-01-26"]
    case.delegation(
        "api",
        "start: 2026-01-05\ndue: 2026-02-01\nplan: {cadence: weekly}\nchanges: "
        "[{date: 2026-01-14, field: plan.cadence, to: weekly}]",
    )
    assert [line.split()[0] for line in shown(case.track("2026-01-31"))] == ["2026-01-19", "2026-01-26"]


# --- checkpoints -------------------------------------------------------------------------------------------

POINTS = """
start: 2026-01-05
plan:
  cadence: weekly
  checkpoints:
    - {id: demo, date: 2026-01-20, what: Demo, who: cai}
    - {id: draft, date: 2026-01-12}
    - {id: final, date: 2026-02-10%s}
"""


def test_checkpoints_replace_the_cadence(case):
    case.delegation("api", POINTS % "")
    tracked = case.track("2026-01-16")
    assert shown(tracked) == ["2026-01-12 overdue", "2026-01-20 upcoming", "2026-02-10 upcoming"]
    assert [(e.what, e.who, e.checkpoint) for e in tracked.states["api"].expected] == [
        ("draft", "ada", "draft"),
        ("Demo", "cai", "demo"),
        ("final", "ada", "final"),
    ]


def test_an_unnamed_check_in_answers_the_earliest_one_reached(case):
    case.delegation("api", POINTS % "").checkin("2026-01-21").checkin("2026-01-22").checkin("2026-01-23")
    assert shown(case.track("2026-01-23")) == [
        "2026-01-12 late 2026-01-21",
        "2026-01-20 on_time 2026-01-22",
        "2026-02-10 upcoming",  # not reached by the 23rd
    ]


def test_a_named_check_in_answers_that_one_even_before_its_day(case):
    case.delegation("api", POINTS % "").checkin("2026-01-13", "checkpoint: final").checkin("2026-01-14")
    assert shown(case.track("2026-01-14")) == [
        "2026-01-12 on_time 2026-01-14",
        "2026-01-20 upcoming",
        "2026-02-10 on_time 2026-01-13",
    ]


def test_an_unanswered_checkpoint_stays_overdue_and_the_report_missing(case):
    case.delegation("api", POINTS % "").checkin("2026-02-10", "checkpoint: final")
    tracked = case.track("2026-12-31")
    assert shown(tracked)[:2] == ["2026-01-12 overdue", "2026-01-20 overdue"]
    assert tracked.states["api"].freshness is Freshness.MISSING
    assert tracked.states["api"].waiting.checkpoint == "draft"
    assert tracked.states["api"].next_expected is None


def test_a_checkpoint_that_was_put_off(case):
    case.delegation("api", POINTS % ", extended_to: 2026-02-20")
    assert shown(case.track("2026-02-15"))[-1] == "2026-02-20 upcoming"
    assert case.track("2026-02-15").states["api"].next_expected.checkpoint == "final"


def test_a_checkpoint_that_was_let_go_counts_from_its_day(case):
    case.delegation("api", POINTS % ", waived: 2026-02-15")
    assert shown(case.track("2026-02-14"))[-1] == "2026-02-10 overdue"
    assert shown(case.track("2026-02-15"))[-1] == "2026-02-10 waived"
    assert case.track("2026-02-15").states["api"].tally.expected == 2
    # One that was let go is answered by its name alone.
    case.checkin("2026-02-16")
    assert shown(case.track("2026-02-16"))[-1] == "2026-02-10 waived"
    case.checkin("2026-02-17", "checkpoint: final")
    assert shown(case.track("2026-02-17"))[-1] == "2026-02-10 late 2026-02-17"


def test_checkpoints_past_the_end_are_not_expected(case):
    case.delegation("api", (POINTS % "") + "status: completed\ncompleted: 2026-01-25\n")
    assert shown(case.track("2026-03-01")) == ["2026-01-12 overdue", "2026-01-20 overdue"]


def test_checkpoints_on_hold_are_paused(case):
    case.delegation(
        "api",
        (POINTS % "")
        + "status: on_hold\nchanges: [{date: 2026-01-15, field: status, from: active, to: on_hold}]\n",
    )
    assert shown(case.track("2026-02-11")) == ["2026-01-12 overdue", "2026-01-20 paused", "2026-02-10 paused"]


# --- at the ends of the calendar, and in any case --------------------------------------------------------

DAYS = ["0001-01-01", "0001-01-08", "2026-01-05", "9999-12-24", "9999-12-30", "9999-12-31"]


@pytest.mark.parametrize("cadence", ["daily", "weekly on sunday", "monthly", "every 999 months on monday"])
@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-24", "9999-12-31"])
@pytest.mark.parametrize("today", DAYS[1:])
def test_the_ends_of_the_calendar_do_not_overflow(case, cadence, start, today):
    case.write("remit.toml", '[calendar]\nweekend = ["friday", "saturday"]\n')
    point = f"checkpoints: [{{id: a, date: {start}}}, {{id: b, date: 9999-12-31}}], grace: 90"
    case.delegation("api", f"start: {start}\ndue: 9999-12-31\nplan: {{cadence: {cadence}, grace: 90}}")
    case.delegation("points", f"start: {start}\nplan: {{{point}}}")
    for on in ("api", "points"):
        for day in DAYS:
            case.checkin(day, on=on)
    for state in case.track(today).states.values():
        assert state.tally.expected <= len(state.expected)


def test_a_slip_in_the_year_of_a_start_expects_no_more_than_ten_years(case):
    case.delegation("api", "start: 0206-01-05\nplan: {cadence: daily}").checkin("2026-01-09")
    state = case.track("2026-01-10").states["api"]
    assert (state.tally.expected, state.tally.on_time) == (3701, 1)
    assert [e.due for e in state.expected if e.answered_by] == [dt.date(2026, 1, 9)]


def test_long_past_its_due_date_all_that_was_expected_still_counts(case):
    case.delegation("api", "start: 2026-01-05\ndue: 2026-01-08\nplan: {cadence: daily}").checkin("9999-12-30")
    assert shown(case.track("9999-12-31")) == ["2026-01-06 missed", "2026-01-07 missed", "2026-01-08 missed"]


DATES = st.dates(dt.date(2025, 12, 1), dt.date(2026, 6, 30))
CADENCES = st.sampled_from(["daily", "weekly", "weekly on friday", "biweekly", "monthly", "every 5 days"])


@given(CADENCES, DATES, DATES, st.lists(DATES, max_size=8), st.sets(st.integers(0, 6), max_size=6))
def test_what_holds_for_any_plan(cadence, start, today, made, weekend):
    case = Case().people()
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    off = ", ".join(f'"{names[n]}"' for n in sorted(weekend))
    case.write("remit.toml", f"[calendar]\nweekend = [{off}]\n")
    case.delegation("api", f"start: {start}\ndue: 2026-05-31\nplan: {{cadence: {cadence}}}")
    for day in made:
        case.checkin(day.isoformat())
    state = case.track(today.isoformat()).states["api"]
    days = [e.due for e in state.expected]
    assert days == sorted(set(days))
    assert all(start < day <= dt.date(2026, 5, 31) for day in days)
    assert all(day.weekday() not in weekend for day in days)
    known = {c.id for c in state.checkins}
    answering = [e.answered_by for e in state.expected if e.answered_by]
    assert set(answering) <= known
    assert len(answering) == len(set(answering))
    for e in state.expected:
        assert (e.state is Answer.UPCOMING) <= (e.due > today)
        assert (e.state in {Answer.DUE, Answer.OVERDUE, Answer.MISSED}) <= (e.due <= today)
        assert bool(e.answered_by) == (e.state in {Answer.ON_TIME, Answer.LATE})
    tally = state.tally
    assert tally.on_time + tally.late + tally.missed + tally.overdue <= tally.expected
    # A cadence's grid reaches past its due date for ever: the last day is missed as any other is.
    assert read_cadence(cadence).expects


@pytest.mark.parametrize(
    ("plan", "answer"),
    [("cadence: monthly", ""), ("checkpoints: [{id: a, date: 2026-02-01}]", "checkpoint: a")],
)
def test_an_early_answer_counts_once_its_day_has_come(case, plan, answer):
    case.people().delegation("api", f"start: 2026-01-01\ndue: 2026-06-30\nplan:\n  {plan}")
    case.checkin("2026-01-28", answer)
    early, then = (case.track(day).states["api"] for day in ("2026-01-31", "2026-02-01"))
    assert (early.tally.expected, early.tally.actual, early.tally.on_time) == (0, 1, 0)
    assert (then.tally.expected, then.tally.actual, then.tally.on_time) == (1, 1, 1)
    assert early.expected[0].answered_by == "api.2026-01-28"
