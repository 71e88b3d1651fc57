"""Signals about what was agreed, told as stories."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import datetime as dt

import pytest
from told import agreed, event, office, tell, told


@pytest.fixture
def case(case):
    return office(case)


# --- terms ------------------------------------------------------------------------------------------


def test_terms_that_are_missing_are_named_until_they_are_stated(case):
    case.delegation(
        "api", "start: 2026-01-05\ngoal: A goal\nchanges: [{date: 2026-02-01, field: goal, to: A goal}]"
    )
    tell(
        case,
        {
            "2026-01-20": [
                "note unplanned api → ben since 2026-01-05: missing goal criteria authority reason plan, stated 0"
            ],
            "2026-02-01": [
                "note unplanned api → ben since 2026-01-05: missing criteria authority reason plan, stated 1"
            ],
        },
    )
    agreed(case)
    tell(case, {"2026-02-01": []})


@pytest.mark.parametrize(
    ("lines", "since"),
    [
        ("start: 2026-01-05", "2026-01-05"),
        ("", "2026-02-01"),
        ("cycle: q1", "2026-01-01"),
        ("changes: [{date: 2026-01-20, field: tags, to: x}]\ntags: [x]", "2026-01-20"),
    ],
)
def test_since_the_first_that_is_known_of_it_and_never_after_today(case, lines, since):
    event(case, "cycles/q1", "title: Q1\nstart: 2026-01-01\nend: 2026-03-31")
    case.delegation("api", lines)
    assert told(case, "2026-02-01") == [
        f"note unplanned api → ben since {since}: missing goal criteria authority reason plan, stated 0"
    ]


def test_before_its_start_it_may_still_be_planned(case):
    case.delegation("api", "start: 2026-02-10").delegation("b", "status: not_started")
    line = "note unplanned api → ben since 2026-02-10: missing goal criteria authority reason plan, stated 0"
    tell(case, {"2026-02-01": [], "2026-02-09": [], "2026-02-10": [line], "2026-03-01": [line]})


def test_one_that_should_have_started_is_no_plan_any_more(case):
    case.delegation("api", "start: 2026-02-10\nstatus: not_started")
    line = "note unplanned api → ben since 2026-02-10: missing goal criteria authority reason plan, stated 0"
    tell(case, {"2026-02-09": [], "2026-02-10": [line]})


def test_terms_are_missing_since_they_were_taken_out_or_the_work_became_real(case):
    """The goal went on the 1st of March; before that all five were stated."""
    agreed(case, "start: 2026-01-05\nchanges: [{date: 2026-03-01, field: reason, from: Reason}]")
    case.write("delegations/api.md", case.files[0, "delegations/api.md"].replace(b"reason: A reason\n", b""))
    gone = "note unplanned api → ben since 2026-03-01: missing reason, stated 4"
    tell(case, {"2026-02-28": [], "2026-03-01": [gone], "2026-03-20": [gone]})
    case.delegation(
        "api", "start: 2026-01-05\nchanges: [{date: 2026-02-01, field: status, from: draft, to: active}]"
    )
    line = "note unplanned api → ben since 2026-02-01: missing goal criteria authority reason plan, stated 0"
    tell(case, {"2026-01-31": [], "2026-02-01": [line]})


def test_a_draft_and_what_has_ended_need_no_terms(case):
    case.delegation("api", "status: draft").delegation("b", "status: completed\ncompleted: 2026-01-20")
    tell(case, {"2026-02-01": []})


# --- the brief-back ---------------------------------------------------------------------------------

WITHIN = "methods: [checkin], brief_back_within: 5"


def test_a_brief_back_is_wanted_missing_unconfirmed_and_confirmed(case):
    agreed(case, "start: 2026-01-05\ndue: 2026-06-30", plan=WITHIN)
    case.checkin(
        "2026-01-13",
        """
        kind: brief_back
        restated: {due: 2026-06-30, criteria: [quality, Speed]}
        understanding: confirmed
        confirmed_by: ben
        confirmed_on: 2026-01-21
        """,
    )
    missing = "watch brief-back-missing api → ada since 2026-01-11: wanted 2026-01-10"
    tell(
        case,
        {
            "2026-01-10": [],
            "2026-01-11": [missing],
            "2026-01-12": [missing],
            "2026-01-18": [],
            "2026-01-19": [
                "watch awaiting-response api → ben since 2026-01-19: asker ada, matter brief-back, what , asked 2026-01-13",
                "watch brief-back-unconfirmed api → ben since 2026-01-19: given 2026-01-13",
            ],
            "2026-01-21": [],
        },
    )


def test_a_brief_back_is_wanted_only_where_the_plan_says_so(case):
    agreed(case, "start: 2026-01-05")
    tell(case, {"2026-03-01": []})


def test_an_answer_in_words_is_no_confirmation(case):
    agreed(case).checkin(
        "2026-01-13", "kind: brief_back\nresponses: [{by: ben, date: 2026-01-14, text: Let us talk}]"
    )
    tell(case, {"2026-01-19": ["watch brief-back-unconfirmed api → ben since 2026-01-19: given 2026-01-13"]})


def differs(since: str, words: str) -> str:
    return f"watch brief-back-differs api → ben since {since}: differences {words}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("restated: {due: 2026-06-30, criteria: [QUALITY, speed]}", []),
        ("restated: {goal: Other words}", []),
        ("restated: {due: 2026-06-29}", [differs("2026-01-13", "due")]),
        ("restated: {criteria: [speed]}", [differs("2026-01-13", "criteria")]),
        # Nobody can tell by rule which criterion these words stand for.
        ("restated: {criteria: [that it is good, speed]}", []),
        ("restated: {criteria: [that it is good]}", [differs("2026-01-13", "criteria")]),
        ("understanding: partial\nconfirmed_on: 2026-01-15", [differs("2026-01-15", "understanding")]),
        ("restated: {due: 2026-07-01}\nunderstanding: unclear", [differs("2026-01-13", "due understanding")]),
    ],
)
def test_a_brief_back_differs(case, lines, expected):
    agreed(case, "due: 2026-06-30").checkin("2026-01-13", f"kind: brief_back\n{lines}")
    assert told(case, "2026-01-15") == expected


def test_another_brief_back_or_other_terms_settle_the_difference(case):
    agreed(
        case,
        "due: 2026-07-15\nchanges: [{date: 2026-02-01, by: ben, field: due, from: 2026-06-30, to: 2026-07-15}]",
    )
    case.checkin("2026-01-13", "kind: brief_back\nrestated: {due: 2026-07-15}\nconfirmed_by: ben")
    tell(
        case,
        {
            "2026-01-13": [differs("2026-01-13", "due")],
            "2026-01-31": [differs("2026-01-13", "due")],
            "2026-02-01": [],
        },
    )
    case.checkin("2026-01-20", "kind: brief_back\nrestated: {due: 2026-06-30}\nconfirmed_by: ben")
    # And what was right on its day is not made wrong by a later change.
    tell(case, {"2026-01-20": [], "2026-02-01": []})


# --- slips ------------------------------------------------------------------------------------------


def moved(*changes: str) -> str:
    rows = "".join(f"  - {{{c}}}\n" for c in changes)
    return f"start: 2026-01-01\ndue: 2026-12-31\nchanges:\n{rows}"


def test_a_due_date_that_moved_twice(case):
    agreed(
        case,
        moved(
            "date: 2026-02-01, by: ada, field: due, from: 2026-12-01, to: 2026-12-08",
            "date: 2026-03-01, field: due, from: 2026-12-08, to: 2026-12-31",
        ),
    )
    line = "watch slipping api → ada since 2026-03-01: moves 2, days 30, first 2026-12-01"
    tell(case, {"2026-02-28": [], "2026-03-01": [line]})


def test_or_by_a_quarter_of_the_span(case):
    """A hundred days are agreed; a quarter is twenty-five."""
    slip = "start: 2026-01-01\ndue: {to}\nchanges: [{{date: 2026-02-01, by: ada, field: due, from: 2026-04-11, to: {to}}}]"
    agreed(case, slip.format(to="2026-05-05"))
    tell(case, {"2026-02-01": []})
    agreed(case, slip.format(to="2026-05-06"))
    tell(
        case,
        {"2026-02-01": ["watch slipping api → ada since 2026-02-01: moves 1, days 25, first 2026-04-11"]},
    )


def test_moves_that_the_delegator_asked_for_do_not_count_nor_does_a_date_brought_forward(case):
    agreed(
        case,
        moved(
            "date: 2026-02-01, by: ben, field: due, from: 2026-06-01, to: 2026-11-01",
            "date: 2026-03-01, by: ben, field: due, from: 2026-11-01, to: 2026-12-31",
        ),
    )
    agreed(
        case,
        moved("date: 2026-02-01, by: cai, field: due, from: 2027-06-30, to: 2026-12-31"),
        id_="b",
        owner="cai",
        by="dana",
    )
    tell(case, {"2026-04-01": []})


def test_there_and_back_again_is_no_slip(case):
    agreed(
        case,
        moved(
            "date: 2026-02-01, by: ada, field: due, from: 2026-12-31, to: 2027-12-31",
            "date: 2026-03-01, by: ada, field: due, from: 2027-12-31, to: 2026-12-31",
        ),
    )
    line = "watch slipping api → ada since 2026-02-01: moves 1, days 365, first 2026-12-31"
    tell(case, {"2026-02-28": [line], "2026-03-01": []})


# --- authority --------------------------------------------------------------------------------------


def test_authority_taken_back_waits_on_the_delegator_until_the_work_ends(case):
    agreed(case, "status: completed\ncompleted: 2026-02-01")
    event(
        case,
        "meetings/m",
        """
        date: 2026-01-12
        attendees: [ada, ben, dana]
        delegations: [api]
        decisions: [{what: No Rust, by: dana, takes_back: true}, {what: Go on, by: ada}]
        """,
    )
    line = "watch authority-taken-back api → ben since 2026-01-12: what No Rust"
    tell(case, {"2026-01-11": [], "2026-01-12": [line], "2026-01-31": [line], "2026-02-01": []})


def test_work_handed_up_until_it_is_done(case):
    agreed(case)
    event(
        case,
        "meetings/m",
        "date: 2026-01-12\nattendees: [ada, ben]\ndelegations: [api]\nactions: [{what: Call them, owner: ben, done: 2026-01-20, handed_up: true}]",
    )
    line = "watch handed-up api → ada since 2026-01-12: what Call them"
    tell(case, {"2026-01-11": [], "2026-01-12": [line], "2026-01-19": [line], "2026-01-20": []})


@pytest.mark.parametrize(
    ("terms", "last"),
    [
        ("", "2026-03-09"),
        ("changes: [{date: 2026-02-02, by: ben, field: authority.decides, from: Names}]", "2026-02-01"),
        ("changes: [{date: 2026-02-02, by: ben, field: due, from: 2026-03-01}]", "2026-03-09"),
    ],
)
def test_authority_taken_back_is_history_after_eight_weeks_or_new_terms(case, terms, last):
    agreed(case, terms)
    event(
        case,
        "meetings/m",
        "date: 2026-01-12\nattendees: [ada, ben]\ndelegations: [api]\ndecisions: [{what: No Rust, takes_back: true}]",
    )
    line = "watch authority-taken-back api → ben since 2026-01-12: what No Rust"
    after = (dt.date.fromisoformat(last) + dt.timedelta(1)).isoformat()
    seen = {day: told(case, day, only="authority-taken-back") for day in ("2026-01-12", last, after)}
    assert seen == {"2026-01-12": [line], last: [line], after: []}


def test_in_a_meeting_on_several_delegations_each_decision_is_about_the_one_it_names(case):
    agreed(case).delegation("b", "status: draft")
    event(
        case,
        "meetings/m",
        """
        date: 2026-01-12
        attendees: [ada, ben]
        delegations: [api, b]
        decisions: [{what: Of one, takes_back: true, delegation: api}, {what: Of none, takes_back: true}]
        """,
    )
    tell(case, {"2026-01-12": ["watch authority-taken-back api → ben since 2026-01-12: what Of one"]})
