"""Signals about evaluations, cycles, retrospectives and proposals, told as stories."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import pytest
from told import agreed, event, office, tell, told


@pytest.fixture
def case(case):
    return office(case)


# --- evaluations ------------------------------------------------------------------------------------


def test_an_evaluation_is_wanted_two_weeks_after_the_end(case):
    agreed(case, "status: completed\ncompleted: 2026-03-01", plan="methods: [evaluation]")
    event(
        case,
        "evaluations/self",
        "date: 2026-03-05\nsubject: ada\nevaluator: ada\nkind: self\ndelegation: api",
    )
    event(case, "evaluations/e", "date: 2026-03-20\nsubject: ada\nevaluator: ben\ndelegation: api")
    line = "note evaluation-missing api → ben since 2026-03-16: completed 2026-03-01"
    tell(case, {"2026-03-15": [], "2026-03-16": [line], "2026-03-19": [line], "2026-03-20": []})


def test_only_where_the_plan_lists_it(case):
    agreed(case, "status: completed\ncompleted: 2026-03-01")
    tell(case, {"2026-03-16": []})


def scored(case, id_: str, day: str, scores: str, *, by: str = "ben", kind: str = "manager", more: str = ""):
    event(
        case,
        f"evaluations/{id_}",
        f"date: {day}\nsubject: ada\nevaluator: {by}\nkind: {kind}\ndelegation: api\nscores: {scores}\n{more}",
    )


@pytest.mark.parametrize(
    ("own", "other", "more", "facts"),
    [
        ("{quality: 5, speed: 4}", "{quality: 3, speed: 1}", "", "criterion Speed, self 4.0, manager 1.0"),
        ("{quality: 2}", "{quality: 4}", "", "criterion quality, self 2.0, manager 4.0"),
        ("{quality: 4}", "{quality: 3}", "", None),
        ("{quality: 5}", "{speed: 1}", "", None),
        ("{quality: 5}", "{quality: 8}", "scale: 1-10", None),
    ],
)
def test_self_and_manager_are_two_points_apart(case, own, other, more, facts):
    agreed(case).delegation("api", "criteria: [{id: quality}, {id: speed, name: Speed}]\nstatus: draft")
    scored(case, "self", "2026-03-01", own, by="ada", kind="self")
    scored(case, "boss", "2026-03-05", other, more=more)
    assert told(case, "2026-03-04", only="evaluation-gap") == []
    line = f"note evaluation-gap api → ben since 2026-03-05: {facts}"
    assert told(case, "2026-03-05", only="evaluation-gap") == ([line] if facts else [])


def test_a_self_evaluation_counts_for_those_who_see_it(case):
    """Until it is signed only she and the maintainers do."""
    agreed(case, "status: draft")
    scored(case, "self", "2026-03-01", "{quality: 5}", by="ada", kind="self", more="signed: 2026-03-10")
    scored(case, "boss", "2026-03-05", "{quality: {score: 1, evidence: [delegation:api]}}")
    line = ["note evaluation-gap api → ben since 2026-03-05: criterion quality, self 5.0, manager 1.0"]
    tell(case, {"2026-03-10": line}, "person:ben")
    tell(case, {"2026-03-10": line}, "full")
    tell(case, {"2026-03-10": []}, "org")


def test_scores_without_evidence(case):
    agreed(case, "status: draft")
    scored(case, "boss", "2026-03-05", "{quality: 5, speed: {score: 4, evidence: [delegation:api]}}")
    scored(case, "self", "2026-03-01", "{quality: 5}", by="ada", kind="self")
    tell(
        case,
        {
            "2026-03-04": [],
            "2026-03-05": ["note evaluation-thin api → ben since 2026-03-05: bare 1, scores 2"],
        },
    )


@pytest.mark.parametrize(
    ("days", "thin"),
    [
        (("03-22",), True),  # the last fifth of 1 January to 11 April begins on 22 March
        (("03-21", "04-01"), False),
        (("03-22", "04-05"), True),
    ],
)
def test_evidence_all_from_the_last_fifth(case, days, thin):
    agreed(case, "start: 2026-01-01\nstatus: completed\ncompleted: 2026-04-11")
    for day in days:
        case.checkin(f"2026-{day}")
    refs = ", ".join(f"checkin:api.2026-{day}" for day in days)
    scored(case, "boss", "2026-04-20", f"{{quality: {{score: 4, evidence: [{refs}]}}}}")
    line = "note evaluation-thin api → ben since 2026-04-20: bare 0, scores 1"
    tell(case, {"2026-04-20": [line] if thin else []})


def test_evidence_that_is_not_seen_may_be_of_any_day(case):
    agreed(case, "start: 2026-01-01\nstatus: completed\ncompleted: 2026-04-11")
    case.checkin("2026-04-01").checkin("2026-01-10", "visibility: private\nauthor: ben")
    scored(
        case,
        "boss",
        "2026-04-20",
        "{quality: {score: 4, evidence: [checkin:api.2026-04-01, checkin:api.2026-01-10]}}",
    )
    tell(case, {"2026-04-20": []})
    tell(case, {"2026-04-20": []}, "person:ada")


# --- cycles -----------------------------------------------------------------------------------------

Q1 = "title: Q1\nstart: 2026-01-01\nend: 2026-03-31"


def test_a_cycle_is_over_closed_and_looked_back_on(case):
    event(case, "teams/app", "title: App\nlead: dana")
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-10")
    agreed(case, "cycle: q1\nstatus: completed\ncompleted: 2026-03-01")
    event(
        case,
        "retrospectives/r",
        "date: 2026-04-20\ncycle: q1\nfacilitator: cai\ntool_review: [{tool: checkin, verdict: keep}]",
    )
    open_ = "watch cycle-open cycle:q1 → dana since 2026-04-01: end 2026-03-31"
    missing = "watch retrospective-missing cycle:q1 → dana since 2026-04-15: end 2026-03-31"
    tell(
        case,
        {
            "2026-03-31": [],
            "2026-04-01": [open_],
            "2026-04-09": [open_],
            "2026-04-10": [],
            "2026-04-14": [],
            "2026-04-15": [missing],
            "2026-04-19": [missing],
            "2026-04-20": [],
        },
    )


@pytest.mark.parametrize(("status", "told_"), [("open", 1), ("closed", 0)])
def test_the_older_way_to_close_a_cycle(case, status, told_):
    event(case, "cycles/q1", f"{Q1}\nstatus: {status}")
    assert len(told(case, "2026-04-01", only="cycle-open")) == told_


def test_a_cycle_that_nothing_was_planned_for_needs_no_retrospective(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    tell(case, {"2026-05-01": []})


def test_whom_an_open_cycle_waits_on(case):
    event(case, "cycles/q1", f"{Q1}\nteam: app")
    assert told(case, "2026-04-01") == ["watch cycle-open cycle:q1 →  since 2026-04-01: end 2026-03-31"]
    event(case, "teams/top", "title: Top\nlead: dana")
    event(
        case,
        "retrospectives/old",
        "date: 2026-01-02\ncycle: q4\nfacilitator: ada\ntool_review: [{tool: a, verdict: keep}]",
    )
    event(case, "cycles/q4", "title: Q4\nstart: 2025-10-01\nend: 2025-12-31\nclosed: 2026-01-02")
    assert told(case, "2026-04-01") == ["watch cycle-open cycle:q1 → ada since 2026-04-01: end 2026-03-31"]
    event(case, "teams/app", "title: App\nlead: cai")
    assert told(case, "2026-04-01") == ["watch cycle-open cycle:q1 → cai since 2026-04-01: end 2026-03-31"]
    event(
        case,
        "retrospectives/new",
        "date: 2026-04-01\ncycle: q1\nfacilitator: ben\ntool_review: [{tool: a, verdict: keep}]",
    )
    assert told(case, "2026-04-01") == ["watch cycle-open cycle:q1 → ben since 2026-04-01: end 2026-03-31"]


# --- proposals --------------------------------------------------------------------------------------


def retrospective(case, id_: str, day: str, cycle: str, proposals: str, *, reviewed: bool = True):
    review = "tool_review: [{tool: checkin, verdict: keep}]\n" if reviewed else ""
    event(
        case,
        f"retrospectives/{id_}",
        f"date: {day}\ncycle: {cycle}\nfacilitator: cai\n{review}proposals: [{proposals}]",
    )


def test_a_proposal_with_a_day(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    retrospective(
        case, "r", "2026-04-02", "q1", "{id: a, what: Less, owner: ben, due: 2026-05-01, done: 2026-05-20}"
    )
    line = "watch proposal-open retrospective:r → ben since 2026-05-02: what Less, agreed 2026-04-02"
    tell(case, {"2026-05-01": [], "2026-05-02": [line], "2026-05-19": [line], "2026-05-20": []})


def test_a_day_within_the_cycle_that_is_looked_back_on_waits_for_its_end(case):
    """It was looked back on before it was over: until then the proposal is none of an earlier cycle."""
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    retrospective(case, "r", "2026-02-02", "q1", "{id: a, what: Less, owner: ben, due: 2026-03-01}")
    line = "watch proposal-open retrospective:r → ben since 2026-04-01: what Less, agreed 2026-02-02"
    assert {
        day: told(case, day, only="proposal-open") for day in ("2026-03-02", "2026-03-31", "2026-04-01")
    } == {
        "2026-03-02": [],
        "2026-03-31": [],
        "2026-04-01": [line],
    }


def test_a_day_after_the_following_cycle_is_waited_for(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30\nclosed: 2026-06-30")
    retrospective(case, "r", "2026-04-02", "q1", "{id: a, what: Less, due: 2026-07-15}")
    line = "watch proposal-open retrospective:r → cai since 2026-07-16: what Less, agreed 2026-04-02"
    tell(case, {"2026-07-01": [], "2026-07-15": [], "2026-07-16": [line]})


def test_one_without_a_day_has_until_the_following_cycle_ends(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30\nclosed: 2026-06-30")
    retrospective(case, "r", "2026-04-02", "q1", "{id: a, what: Less, dropped: 2026-07-20}")
    line = "watch proposal-open retrospective:r → cai since 2026-07-01: what Less, agreed 2026-04-02"
    tell(case, {"2026-06-30": [], "2026-07-01": [line], "2026-07-19": [line], "2026-07-20": []})


def test_one_that_a_later_retrospective_carries_on_is_not_open_any_more(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30\nclosed: 2026-06-30")
    retrospective(case, "r", "2026-04-02", "q1", "{id: a, what: Less}")
    retrospective(case, "s", "2026-07-05", "q2", "{id: b, what: Still less, continues: r.a}")
    line = "watch proposal-open retrospective:r → cai since 2026-07-01: what Less, agreed 2026-04-02"
    tell(case, {"2026-07-04": [line], "2026-07-05": []})


def test_the_last_retrospective_has_no_verdicts(case):
    event(case, "cycles/q1", f"{Q1}\nclosed: 2026-04-01")
    event(case, "cycles/q2", "title: Q2\nstart: 2026-04-01\nend: 2026-06-30\nclosed: 2026-06-30")
    retrospective(case, "r", "2026-04-02", "q1", "", reviewed=False)
    retrospective(case, "s", "2026-07-05", "q2", "")
    line = "watch tool-review-missing retrospective:r → cai since 2026-04-02"
    tell(case, {"2026-04-01": [], "2026-04-02": [line], "2026-07-04": [line], "2026-07-05": []})
