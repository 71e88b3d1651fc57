"""Measures by hand: four delegations of one quarter, each figure with its numerator and denominator."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import pytest
from told import agreed, event, office, tracked

from generator.tracking.feedback import Course, course_of, feedback_counts
from generator.tracking.measures import Measure, led_to_something, measures, yields
from generator.tracking.signals.day import Day
from generator.words import FeedbackKind, Method, ResponseStatus

DAY = "2026-04-15"


@pytest.fixture
def quarter(case):
    """Two done (one of them late and moved), one recalled, one that carries on an earlier one."""
    office(case)
    agreed(
        case,
        """
        start: 2026-01-05
        due: 2026-02-02
        status: completed
        completed: 2026-02-02
        """,
        plan="methods: [checkin], cadence: weekly",
    )
    case.checkin(
        "2026-01-08",
        "kind: brief_back\nunderstanding: confirmed\nconfirmed_by: ben\nconfirmed_on: 2026-01-09",
    )
    case.checkin(
        "2026-01-12",
        """
        health: on_track
        issues: [{id: cells, what: No cells, severity: high, opened: 2026-01-10}]
        responses: [{by: ada, date: 2026-01-12}, {by: ben, date: 2026-01-14}]
        """,
    )
    case.checkin("2026-01-19", "health: on_track\nissues: [{id: cells, closed: 2026-01-18}]")
    case.checkin("2026-02-02", "health: off_track")
    event(
        case,
        "feedback/api-ok",
        "date: 2026-02-06\nfrom: ben\nto: ada\nanswers: checkin:api.2026-02-02\ndelegation: api",
    )
    agreed(
        case,
        """
        start: 2026-01-05
        due: 2026-03-01
        status: completed
        completed: 2026-03-06
        milestones: [{id: all, due: 2026-03-01}]
        changes: [{date: 2026-02-10, by: ada, field: due, from: 2026-02-15, to: 2026-03-01}]
        """,
        id_="late",
        owner="cai",
        by="dana",
    )
    event(
        case,
        "checkins/late/b",
        "date: 2026-01-09\nkind: brief_back\nunderstanding: partial\nconfirmed_on: 2026-01-10",
    )
    event(case, "checkins/late/c", "date: 2026-01-30\nhealth: at_risk")
    case.delegation("gone", "status: recalled\nended: 2026-02-20\ngoal: A goal", owner="cai", by="dana")
    agreed(
        case,
        "continues: api\ndue: 2026-06-30\nchanges: [{date: 2026-04-01, field: authority.level, from: 3, to: 4}]",
        id_="again",
    )
    event(
        case,
        "feedback/idea",
        "date: 2026-01-20\nfrom: ada\nto: ben\nkind: idea\ndelegation: api\nresponses: [{by: ben, date: 2026-01-22, status: tried}, {by: ben, date: 2026-02-22, status: declined}]",
    )
    event(case, "feedback/problem", "date: 2026-01-20\nfrom: dana\nto: ben\nkind: problem\ndelegation: late")
    event(
        case,
        "feedback/praise",
        "date: 2026-01-20\nfrom: ben\nto: cai\nkind: praise\ndelegation: api\nresponses: [{by: cai, date: 2026-01-21}]",
    )
    return case


def figures(case, audience: str = "full", id_: str = "") -> dict[str, str]:
    """Return the measures as ``value of numerator/denominator``."""
    found = measures(tracked(case, DAY, audience), lambda d: id_ in {"", d.id})
    return {m.code: f"{_number(m)} {m.unit} {m.numerator}/{m.denominator}" for m in found}


def _number(measure: Measure) -> str:
    return "–" if measure.value is None else f"{measure.value:g}"


ALL = {
    # Four weeks of the API are expected: the 12th, 19th, 26th of January, the 2nd of February.
    "check-ins-on-time": "75 share 3/4",
    # Two of six check-ins have an answer of somebody else's, after two and four days.
    "check-ins-answered": f"{200 / 6:g} share 2/6",
    "time-to-answer": "3 days 2/6",
    # The issue arose on the 10th, was spoken of on the 14th, and was solved on the 18th.
    "issue-to-response": "4 days 1/1",
    "issue-to-resolution": "8 days 1/1",
    "done-by-first-date": "50 share 1/2",
    "done-on-time": "50 share 1/2",
    "done-late": "50 share 1/2",
    "carried-on": "25 share 1/4",
    "recalled": "25 share 1/4",
    "dropped": "0 share 0/4",
    # One of the three that have a due date moved, by fourteen days.
    "slip": "14 days 1/3",
    # Three state all five terms, the recalled one states one.
    "plan-completeness": "80 share 16/20",
    "brief-backs-confirmed": "50 share 1/2",
    "levels-raised": "100 share 1/1",
    # The idea has an answer, the problem has none; praise and answers want none.
    "feedback-answered": "50 share 1/2",
    "ideas-tried": "100 share 1/1",
    "ideas-adopted": "0 share 0/1",
    # Green was right twice, while a grave issue was young and closed; at risk, while the milestone was still
    # ahead, once. On the day that it ends nothing is shown.
    "health-agrees": f"{200 / 3:g} share 2/3",
}


def test_every_measure_with_what_it_counts(quarter):
    assert figures(quarter) == ALL


def test_of_some_delegations_only(quarter):
    found = figures(quarter, id_="late")
    assert {
        code: found[code] for code in ("check-ins-on-time", "done-late", "slip", "brief-backs-confirmed")
    } == {
        "check-ins-on-time": "– share 0/0",
        "done-late": "100 share 1/1",
        "slip": "14 days 1/1",
        "brief-backs-confirmed": "0 share 0/1",
    }


def test_the_evidence_is_what_was_counted(quarter):
    found = {m.code: m.evidence for m in measures(tracked(quarter, DAY), lambda _: True)}
    assert found["check-ins-on-time"] == (
        "checkin:api.2026-01-12",
        "checkin:api.2026-01-19",
        "checkin:api.2026-02-02",
    )
    assert found["check-ins-answered"] == ("checkin:api.2026-01-12", "checkin:api.2026-02-02")
    assert found["slip"] == ("delegation:late",)
    assert found["health-agrees"] == ("checkin:late.c",)  # what does not agree is worth a look


UNSEEN = {"check-ins-answered", "time-to-answer", "issue-to-response", "issue-to-resolution"}


def test_answers_are_counted_for_those_who_would_see_them(quarter):
    """The organisation sees no answers; Ada sees those to her."""
    assert set(ALL) - set(figures(quarter, "org")) == UNSEEN
    ada = figures(quarter, "person:ada")
    assert (ada["check-ins-answered"], ada["check-ins-on-time"]) == ("50 share 2/4", "75 share 3/4")


def test_without_delegations_nothing_is_divided(case):
    office(case)
    assert set(figures(case).values()) == {"– share 0/0", "– days 0/0"}


# --- yields -----------------------------------------------------------------------------------------


def led(case, audience: str = "full") -> list[str]:
    return [
        f"{y.method} {y.yielded}/{y.uses} words {y.words} answers {y.answers}"
        for y in yields(tracked(case, DAY, audience), lambda _: True)
    ]


def test_what_each_method_led_to(case):
    """Four check-ins: one answered, one before a decision, one before a change, one in vain.

    What the meeting of February decided is its own words: nothing came of it in two weeks.
    """
    office(case)
    agreed(
        case, "due: 2026-07-01\nchanges: [{date: 2026-03-15, field: due, from: 2026-06-01, to: 2026-07-01}]"
    )
    event(
        case,
        "checkins/api/1",
        "date: 2026-01-01\nresponses: [{by: ben, date: 2026-01-15}]",
        "Three words here.\n",
    )
    event(case, "checkins/api/2", "date: 2026-01-20")
    event(
        case,
        "meetings/m",
        "date: 2026-02-03\nattendees: [ada, cai]\ndelegations: [api]\ndecisions: [{what: Go}]",
    )
    event(
        case, "checkins/api/3", "date: 2026-02-28\nresponses: [{by: ben, date: 2026-03-20}]"
    )  # on the 15th day
    event(case, "checkins/api/4", "date: 2026-03-01", "Two words.\n")
    event(case, "meetings/n", "date: 2026-03-20\nkind: one_on_one\nattendees: [ada, ben]\ndelegations: [api]")
    assert led(case) == [
        "checkin 3/4 words 5 answers 2",
        "one_on_one 0/1 words 0 answers 0",
        "meeting 0/1 words 0 answers 0",
    ]


ANSWER = "date: %s\nfrom: ada\nto: ben\nanswers: meeting:m\ndelegation: api"
SECOND = "date: %s\nattendees: [ada, cai]\ndelegations: [%s]\n%s: [{what: Again}]"


@pytest.mark.parametrize(
    ("actions", "lines", "more", "yielded"),
    [
        # Its own decision and its own actions are words, until an action is done in time.
        ("", "", {}, False),
        ("{what: Call}", "", {}, False),
        ("{what: Call, done: 2026-02-17}", "", {}, True),
        ("{what: Call, done: 2026-02-18}", "", {}, False),
        ("{what: Call, done: 2026-02-10, delegation: b}", "", {}, False),
        # A change of terms, from its day on.
        ("", "changes: [{date: 2026-02-02, field: tags, to: x}]\ntags: [x]", {}, False),
        ("", "changes: [{date: 2026-02-03, field: tags, to: x}]\ntags: [x]", {}, True),
        ("", "changes: [{date: 2026-02-18, field: tags, to: x}]\ntags: [x]", {}, False),
        # Feedback that answers it; what answers something else is a yield of that.
        ("", "", {"feedback/f": ANSWER % "2026-02-10"}, True),
        ("", "", {"feedback/f": ANSWER % "2026-02-18"}, False),
        ("", "", {"checkins/api/c": "date: 2026-02-05\nresponses: [{by: ben, date: 2026-02-06}]"}, False),
        # A decision or an action of a later meeting on the same delegation.
        ("", "", {"meetings/n": SECOND % ("2026-02-03", "api", "decisions")}, False),
        ("", "", {"meetings/n": SECOND % ("2026-02-04", "api", "decisions")}, True),
        ("", "", {"meetings/n": SECOND % ("2026-02-17", "api", "actions")}, True),
        ("", "", {"meetings/n": SECOND % ("2026-02-18", "api", "actions")}, False),
        ("", "", {"meetings/n": SECOND % ("2026-02-10", "b", "actions")}, False),
    ],
)
def test_what_a_meeting_of_the_third_of_february_was_followed_by(case, actions, lines, more, yielded):
    office(case)
    agreed(case, lines).delegation("b")
    event(
        case,
        "meetings/m",
        "date: 2026-02-03\nattendees: [ada, cai]\ndelegations: [api]\n"
        f"decisions: [{{what: Go}}]\nactions: [{actions}]",
    )
    for path, text in more.items():
        event(case, path, text)
    now = tracked(case, DAY)
    assert led_to_something(Day(now), now.states["api"], now.ledger.meetings["m"]) == yielded


def test_a_meeting_is_one_use_however_many_delegations_it_was_about(case):
    office(case)
    agreed(case).delegation("b", "changes: [{date: 2026-02-05, field: tags, to: x}]\ntags: [x]")
    event(case, "meetings/m", "date: 2026-02-03\nattendees: [ada, cai]\ndelegations: [api, b]")
    assert led(case) == [
        "checkin 0/0 words 0 answers 0",
        "one_on_one 0/0 words 0 answers 0",
        "meeting 1/1 words 0 answers 0",
    ]


def test_a_decision_about_another_delegation_is_no_yield_of_this_one(case):
    office(case)
    agreed(case).delegation("b").checkin("2026-02-01")
    event(
        case,
        "meetings/m",
        "date: 2026-02-03\nattendees: [ada, cai]\ndelegations: [api, b]\ndecisions: [{what: Go, delegation: b}]",
    )
    assert led(case)[0] == "checkin 0/1 words 0 answers 0"


def test_a_yield_is_for_those_who_would_see_what_it_counts(case):
    office(case)
    agreed(case).checkin("2026-02-01", "responses: [{by: ben, date: 2026-02-02}]")
    both = [
        "checkin 1/1 words 0 answers 1",
        "one_on_one 0/0 words 0 answers 0",
        "meeting 0/0 words 0 answers 0",
    ]
    assert [led(case, who) for who in ("full", "person:ada", "person:ben", "person:dana", "org")] == [
        both,
        both,
        both,
        [],
        [],
    ]


# --- feedback ---------------------------------------------------------------------------------------


def test_feedback_by_kind_direction_and_state(quarter):
    counted = feedback_counts(tracked(quarter, DAY), lambda _: True)
    assert [(c.kind, c.course, c.state, c.evidence) for c in counted] == [
        (FeedbackKind.PRAISE, Course.SIDEWAYS, ResponseStatus.ACKNOWLEDGED, ("feedback:praise",)),
        (FeedbackKind.PROBLEM, Course.DOWN, None, ("feedback:problem",)),
        (FeedbackKind.IDEA, Course.UP, ResponseStatus.DECLINED, ("feedback:idea",)),
    ]
    before = feedback_counts(tracked(quarter, "2026-02-21"), lambda f: f.kind is FeedbackKind.IDEA)
    assert [(c.state, c.count) for c in before] == [(ResponseStatus.TRIED, 1)]


def test_feedback_is_taken_note_of_by_an_answer_of_its_own(case):
    office(case)
    event(case, "feedback/late", "date: 2026-02-01\nfrom: ada\nto: ben\nkind: problem")
    event(case, "feedback/more", "date: 2026-02-02\nfrom: ada\nto: ben\nkind: note\nanswers: feedback:late")
    counts = [(c.state, c.evidence) for c in feedback_counts(tracked(case, DAY), lambda _: True)]
    assert counts == [(None, ("feedback:late",))]
    event(case, "feedback/reply", "date: 2026-02-03\nfrom: ben\nto: ada\nkind: note\nanswers: feedback:late")
    counts = [(c.state, c.evidence) for c in feedback_counts(tracked(case, DAY), lambda _: True)]
    assert counts == [(ResponseStatus.ACKNOWLEDGED, ("feedback:late",))]


@pytest.mark.parametrize(
    ("from_", "to", "course"),
    [
        ("ada", "ben", Course.UP),
        ("ada", "dana", Course.UP),
        ("dana", "ada", Course.DOWN),
        ("ben", "cai", Course.SIDEWAYS),
        ("dana", "team:app", Course.DOWN),
        ("ada", "team:app", Course.UP),
        ("ada", "outside:Acme", Course.SIDEWAYS),
        ("ada", "ada", Course.SIDEWAYS),
    ],
)
def test_the_direction_of_feedback(case, from_, to, course):
    office(case)
    event(case, "teams/app", "title: App")
    event(case, "people/ben", "title: Ben\nmanager: dana\nteam: app")
    event(case, "feedback/f", f"date: 2026-01-20\nfrom: {from_}\nto: {to}")
    assert course_of(case.ledger(), case.ledger().feedback["f"]) is course


def test_the_yield_of_a_method_in_percent(case):
    office(case)
    agreed(case).checkin("2026-02-01", "responses: [{by: ben, date: 2026-02-02}]").checkin("2026-03-01")
    found = {y.method: y.share for y in yields(tracked(case, DAY), lambda _: True)}
    assert found == {Method.CHECKIN: 50, Method.ONE_ON_ONE: None, Method.MEETING: None}
