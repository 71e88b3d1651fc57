"""Signals about answers owed, told as stories."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import pytest
from told import agreed, event, office, tell, told


@pytest.fixture
def case(case):
    return office(case)


ASKED = "watch awaiting-response api → ben since 2026-01-18: asker ada, matter question, what May I?, asked 2026-01-12"


def test_a_question_waits_for_the_delegator_until_it_is_answered(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?, And this?]\nresponses: [{by: ben, date: 2026-01-20}]")
    tell(case, {"2026-01-17": [], "2026-01-18": [ASKED], "2026-01-19": [ASKED], "2026-01-20": []})


def test_what_the_asker_adds_is_no_answer(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]\nresponses: [{by: ada, date: 2026-01-13}]")
    tell(case, {"2026-01-18": [ASKED]})


def test_feedback_that_answers_is_an_answer(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    event(
        case,
        "feedback/yes",
        "date: 2026-01-19\nfrom: ben\nto: ada\nanswers: checkin:api.2026-01-12\ndelegation: api",
    )
    tell(case, {"2026-01-18": [ASKED], "2026-01-19": []})


def test_an_answer_to_a_later_check_in_is_one_too(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    case.checkin("2026-01-19", "responses: [{by: ben, date: 2026-01-20}]")
    tell(case, {"2026-01-19": [ASKED], "2026-01-20": []})


def test_so_is_a_talk_with_the_one_asked(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    event(case, "meetings/m", "date: 2026-01-19\nattendees: [ada, cai]\ndelegations: [api]")
    event(case, "meetings/n", "date: 2026-01-20\nattendees: [ada, ben]\ndelegations: [api]")
    tell(case, {"2026-01-19": [ASKED], "2026-01-20": []})


def test_an_issue_is_asked_about_once(case):
    agreed(case)
    issue = "issues: [{id: cells, what: No cells, severity: low, needs: cai}]"
    case.checkin("2026-01-12", issue).checkin("2026-01-19", issue).checkin("2026-01-26", issue)
    asked = "watch awaiting-response api → cai since 2026-01-18: asker ada, matter issue, what No cells, asked 2026-01-12"
    tell(case, {"2026-01-17": [], "2026-01-18": [asked], "2026-02-12": [asked]})
    case.checkin("2026-02-12", "issues: [{id: cells, closed: 2026-02-12}]")
    tell(case, {"2026-02-12": []})


def test_an_issue_waits_for_whom_it_needs_and_not_for_just_any_word(case):
    agreed(case).checkin(
        "2026-01-12",
        "issues: [{id: keys, what: No keys, severity: low, needs: cai}]\nresponses: [{by: ben, date: 2026-01-13}]",
    )
    case.checkin("2026-01-26", "responses: [{by: cai, date: 2026-01-27}]")
    line = "watch awaiting-response api → cai since 2026-01-18: asker ada, matter issue, what No keys, asked 2026-01-12"
    days = ("2026-01-17", "2026-01-18", "2026-01-26", "2026-01-27")
    assert {day: told(case, day, only="awaiting-response") for day in days} == {
        "2026-01-17": [],
        "2026-01-18": [line],
        "2026-01-26": [line],
        "2026-01-27": [],
    }


def test_nobody_outside_and_nobody_unnamed_is_waited_for_and_nobody_waits_for_themselves(case):
    agreed(case).checkin(
        "2026-01-12",
        "issues: [{id: a, severity: low, needs: 'outside:Acme'}, {id: b, severity: low}, {id: c, severity: low, needs: ada}]",
    )
    tell(case, {"2026-02-12": []})


def test_a_team_answers_through_any_of_its_people(case):
    event(case, "teams/hardware", "title: Hardware\nlead: dana")
    event(case, "people/cai", "title: Cai\nteam: hardware")
    agreed(case).checkin("2026-01-12", "issues: [{id: x, what: X, severity: low, needs: 'team:hardware'}]")
    event(case, "meetings/m", "date: 2026-01-20\nattendees: [ada, cai]\ndelegations: [api]")
    asked = "watch awaiting-response api → team:hardware since 2026-01-18: asker ada, matter issue, what X, asked 2026-01-12"
    tell(case, {"2026-01-19": [asked], "2026-01-20": []})


def test_one_signal_where_question_and_issue_go_to_the_same_person(case):
    agreed(case).checkin(
        "2026-01-12", "asks: [May I?]\nissues: [{id: x, what: X, severity: low, needs: ben}]"
    )
    tell(case, {"2026-01-18": [ASKED]})


def test_what_has_ended_asks_no_more(case):
    agreed(case, "status: completed\ncompleted: 2026-01-20").checkin("2026-01-12", "asks: [May I?]")
    tell(case, {"2026-01-19": [ASKED], "2026-01-20": []})


# --- requests and feedback --------------------------------------------------------------------------


def test_a_request_for_help(case):
    event(
        case,
        "feedback/help",
        "date: 2026-01-12\nfrom: ada\nto: cai\nkind: request\nresponses: [{by: cai, date: 2026-01-19}]",
        "A cable.\n",
    )
    line = "watch awaiting-response feedback:help → cai since 2026-01-18: asker ada, matter request, what A cable., asked 2026-01-12"
    tell(case, {"2026-01-17": [], "2026-01-18": [line], "2026-01-19": []})


def test_a_request_with_a_day_of_its_own(case):
    event(
        case,
        "feedback/help",
        "date: 2026-01-12\nfrom: ada\nto: cai\nkind: request\ndue: 2026-01-30",
        "A cable.\n",
    )
    line = "watch awaiting-response feedback:help → cai since 2026-01-31: asker ada, matter request, what A cable., asked 2026-01-12"
    tell(case, {"2026-01-30": [], "2026-01-31": [line]})


def test_a_request_about_what_has_ended_is_past(case):
    agreed(case, "status: completed\ncompleted: 2026-01-20")
    event(
        case,
        "feedback/help",
        "date: 2026-01-12\nfrom: ada\nto: cai\nkind: request\ndelegation: api",
        "A cable.\n",
    )
    line = "watch awaiting-response api → cai since 2026-01-18: asker ada, matter request, what A cable., asked 2026-01-12"
    tell(case, {"2026-01-19": [line], "2026-01-20": []})


def test_feedback_stays_open(case):
    event(
        case,
        "feedback/idea",
        "date: 2026-01-12\nfrom: ada\nto: ben\nkind: idea\nresponses: [{by: ben, date: 2026-02-01, status: declined}]",
        "Dark mode.\n",
    )
    line = "watch feedback-open feedback:idea → ben since 2026-01-27: what Dark mode., given 2026-01-12"
    tell(case, {"2026-01-26": [], "2026-01-27": [line], "2026-01-31": [line], "2026-02-01": []})


def test_praise_answers_and_what_goes_outside_want_nothing(case):
    agreed(case).checkin("2026-01-12")
    event(case, "feedback/praise", "date: 2026-01-12\nfrom: ben\nto: ada\nkind: praise", "Well done.\n")
    event(
        case,
        "feedback/answer",
        "date: 2026-01-12\nfrom: ben\nto: ada\nanswers: checkin:api.2026-01-12",
        "Seen.\n",
    )
    event(case, "feedback/out", "date: 2026-01-12\nfrom: ben\nto: outside:Acme\nkind: problem", "Late.\n")
    tell(case, {"2026-03-12": []})


# --- actions ----------------------------------------------------------------------------------------


def test_an_action_is_past_its_day(case):
    agreed(case)
    event(
        case,
        "meetings/m",
        """
        date: 2026-01-12
        attendees: [ada, ben]
        delegations: [api]
        actions:
          - {what: Call, owner: cai, due: 2026-01-20, done: 2026-01-25}
          - {what: Whenever, owner: cai}
          - {what: Nobody, due: 2026-01-20}
        """,
    )
    nobody = "watch action-overdue api →  since 2026-01-21: what Nobody, due 2026-01-20"
    call = "watch action-overdue api → cai since 2026-01-21: what Call, due 2026-01-20"
    tell(case, {"2026-01-20": [], "2026-01-21": [call, nobody], "2026-01-25": [nobody]})


def test_an_action_for_what_was_given_up_is_given_up(case):
    agreed(case, "status: cancelled\nended: 2026-02-01")
    event(
        case,
        "meetings/m",
        "date: 2026-01-12\nattendees: [ada]\ndelegations: [api]\nactions: [{what: Call, owner: cai, due: 2026-01-20}]",
    )
    tell(
        case,
        {
            "2026-01-31": ["watch action-overdue api → cai since 2026-01-21: what Call, due 2026-01-20"],
            "2026-02-01": [],
        },
    )


def test_a_step_of_development_is_past_its_day(case):
    agreed(case)
    event(
        case,
        "evaluations/e",
        "date: 2026-01-12\nsubject: ada\nevaluator: ben\ndelegation: api\ndevelopment: [{what: Course, due: 2026-02-01}, {what: Talk, owner: ben, due: 2026-02-01, done: 2026-01-20}]",
    )
    tell(
        case,
        {
            "2026-02-01": [],
            "2026-02-02": ["watch action-overdue api → ada since 2026-02-02: what Course, due 2026-02-01"],
        },
    )


def test_help_asked_twice_in_vain_is_support_wanted(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]").checkin("2026-01-14", "asks: [And now?]")
    again = "watch awaiting-response api → ben since 2026-01-20: asker ada, matter question, what And now?, asked 2026-01-14"
    support = "note needs-support api → ben since 2026-01-20: person ada, times 2"
    tell(case, {"2026-01-19": [ASKED], "2026-01-20": [ASKED, again, support]})
    assert told(case, "2026-01-20", "person:ada", "needs-support") == [support]
    assert told(case, "2026-01-20", "org") == []  # an answer, and with it its want, is for the line
