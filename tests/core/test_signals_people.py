"""Signals about people, told as stories: talks, confidence, recognition, support, load, readiness."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import pytest
from told import agreed, event, office, tell, told, tracked

from generator.tracking.signals import signals


@pytest.fixture
def case(case):
    return office(case)


# --- talks ------------------------------------------------------------------------------------------


def talk(case, day: str, who: str = "ada, ben", kind: str = "one_on_one"):
    event(case, f"meetings/{day}", f"date: {day}\nkind: {kind}\nattendees: [{who}]")


def test_a_one_to_one_is_wanted_every_month(case):
    agreed(case, "start: 2026-01-05", plan="methods: [one_on_one]")
    talk(case, "2026-01-20")
    talk(case, "2026-01-25", "ada, cai")
    talk(case, "2026-01-26", "ada, ben", "team")
    talk(case, "2026-02-25")
    line = "note one-on-one-overdue api → ben since 2026-02-20: last 2026-01-20"
    tell(case, {"2026-02-19": [], "2026-02-20": [line], "2026-02-24": [line], "2026-02-25": []})


def test_the_first_one_to_one_is_counted_from_the_start(case):
    agreed(case, "start: 2026-01-05", plan="methods: [one_on_one]")
    tell(case, {"2026-02-04": [], "2026-02-05": ["note one-on-one-overdue api → ben since 2026-02-05"]})
    agreed(case, "start: 2026-01-05")
    tell(case, {"2026-02-05": []})


# --- confidence and support -------------------------------------------------------------------------


def test_confidence_falls_within_three_check_ins(case):
    agreed(case)
    for day, confidence in (("01", 5), ("08", 4), ("15", 3), ("22", 3), ("29", 3)):
        case.checkin(f"2026-01-{day}", f"confidence: {confidence}")
    fell = "watch confidence-falling api → ben since 2026-01-15: before 5, now 3, person ada"
    tell(case, {"2026-01-14": [], "2026-01-15": [fell], "2026-01-21": [fell], "2026-01-22": []})


def test_confidence_that_keeps_falling_has_fallen_since_the_first_fall(case):
    agreed(case)
    for day, confidence in (("01", 5), ("08", 3), ("15", 2)):
        case.checkin(f"2026-01-{day}", f"confidence: {confidence}")
    tell(
        case,
        {
            "2026-01-07": [],
            "2026-01-15": [
                "watch confidence-falling api → ben since 2026-01-08: before 5, now 2, person ada",
                "note needs-support api → ben since 2026-01-15: person ada, now 2",
            ],
        },
    )


def test_low_confidence_until_it_rises(case):
    agreed(case).checkin("2026-01-05", "confidence: 2").checkin("2026-01-12", "confidence: 1")
    case.checkin("2026-01-19", "confidence: 3")
    tell(
        case,
        {
            "2026-01-04": [],
            "2026-01-05": ["note needs-support api → ben since 2026-01-05: person ada, now 2"],
            "2026-01-12": ["note needs-support api → ben since 2026-01-05: person ada, now 1"],
            "2026-01-19": [],
        },
    )


def evidence(case, day: str) -> list[tuple[str, ...]]:
    return [s.evidence for s in signals(tracked(case, day)) if s.code == "needs-support"]


def test_the_check_ins_that_gave_little_confidence_are_the_evidence(case):
    agreed(case)
    for day, confidence in (("01", 2), ("08", 4), ("15", 2), ("22", 1)):
        case.checkin(f"2026-01-{day}", f"confidence: {confidence}")
    case.checkin("2026-01-18", "progress: 10")
    shown = {day: evidence(case, day) for day in ("2026-01-01", "2026-01-08", "2026-01-22")}
    assert shown == {
        "2026-01-01": [("checkin:api.2026-01-01",)],
        "2026-01-08": [],
        "2026-01-22": [("checkin:api.2026-01-15", "checkin:api.2026-01-22")],
    }


def test_help_that_the_owner_asked_for_is_the_evidence(case):
    agreed(case).checkin("2026-01-12", "asks: [May I?]")
    request = "date: 2026-01-13\nfrom: %s\nto: ben\nkind: request\ndelegation: api"
    event(case, "feedback/other", request % "cai", "A cable.\n")
    assert evidence(case, "2026-01-20") == []  # it was somebody else who asked for a cable
    event(case, "feedback/own", request % "ada", "A cable.\n")
    assert evidence(case, "2026-01-18") == []
    assert evidence(case, "2026-01-19") == [("checkin:api.2026-01-12", "feedback:own")]


def test_a_brief_back_that_waits_is_no_cry_for_help(case):
    agreed(case).checkin("2026-01-12", "kind: brief_back").checkin("2026-01-13", "asks: [May I?]")
    assert told(case, "2026-01-30", only="awaiting-response") == [
        "watch awaiting-response api → ben since 2026-01-18: asker ada, matter brief-back, what , asked 2026-01-12",
        "watch awaiting-response api → ben since 2026-01-19: asker ada, matter question, what May I?, asked 2026-01-13",
    ]
    assert evidence(case, "2026-01-30") == []


# --- recognition ------------------------------------------------------------------------------------


def test_eight_weeks_after_a_milestone_nobody_has_praised(case):
    agreed(case, "milestones: [{id: a, title: Alpha, done: 2026-01-05}, {id: b}]")
    event(case, "feedback/well", "date: 2026-03-10\nfrom: dana\nto: ada\nkind: praise")
    line = "note no-recognition api → ben since 2026-03-03: what Alpha, done 2026-01-05, person ada"
    tell(case, {"2026-03-02": [], "2026-03-03": [line], "2026-03-09": [line], "2026-03-10": []})


@pytest.mark.parametrize(
    ("praise", "silent"),
    [
        ("date: 2025-12-22\nfrom: ben\nto: ada\nkind: praise", False),  # two weeks before
        ("date: 2025-12-21\nfrom: ben\nto: ada\nkind: praise", True),
        ("date: 2026-01-10\nfrom: ben\nto: team:app\nkind: praise", False),
        ("date: 2026-01-10\nfrom: ben\nto: cai\nkind: praise", True),
        ("date: 2026-01-10\nfrom: ben\nto: ada\nkind: idea\nresponses: [{by: ada, date: 2026-01-11}]", True),
    ],
)
def test_what_counts_as_recognition(case, praise, silent):
    event(case, "teams/app", "title: App")
    event(case, "people/ada", "title: Ada\nmanager: ben\nteam: app")
    agreed(case, "milestones: [{id: a, done: 2026-01-05}]")
    event(case, "feedback/f", praise)
    assert bool(told(case, "2026-03-03")) is silent


def test_somebody_elses_milestone_and_what_is_long_past_ask_for_none(case):
    agreed(case, "milestones: [{id: a, done: 2026-01-05, owner: cai}]")
    agreed(case, "milestones: [{id: a, done: 2025-06-01}]", id_="old", owner="cai", by="dana")
    tell(case, {"2026-03-03": []})


def test_whoever_delivers_month_after_month_does_not_wait_longer_for_it(case):
    done = ("2026-01-05", "2026-02-09", "2026-03-16", "2026-04-20", "2026-05-25")
    milestones = ", ".join(f"{{id: m{n}, done: {day}}}" for n, day in enumerate(done))
    agreed(case, f"milestones: [{milestones}]")
    first = "note no-recognition api → ben since 2026-03-03: what m0, done 2026-01-05, person ada"
    tell(case, {"2026-03-02": [], "2026-03-03": [first], "2026-05-30": [first], "2026-11-23": [first]})
    event(case, "feedback/well", "date: 2026-04-06\nfrom: ben\nto: ada\nkind: praise")
    later = "note no-recognition api → ben since 2026-07-21: what m4, done 2026-05-25, person ada"
    tell(case, {"2026-04-05": [first], "2026-04-06": [], "2026-07-20": [], "2026-07-21": [later]})


def test_what_waited_before_a_long_pause_is_another_matter(case):
    agreed(case, "milestones: [{id: a, done: 2026-01-05}, {id: b, done: 2026-09-01}]")
    line = "note no-recognition api → ben since {}: what {}, done {}, person ada"
    tell(
        case,
        {
            "2026-07-06": [line.format("2026-03-03", "a", "2026-01-05")],
            "2026-07-07": [],
            "2026-10-28": [line.format("2026-10-28", "b", "2026-09-01")],
        },
    )


# --- another owner ----------------------------------------------------------------------------------


def test_a_new_owner_has_neither_the_deeds_nor_the_doubts_of_the_one_before(case):
    """Ada was sure and did the milestone; Cai is less sure from the first day. Neither of them fell."""
    moved = "changes: [{date: 2026-02-01, by: ben, field: owner, from: ada, to: cai, why: She left}]"
    agreed(case, f"milestones: [{{id: a, done: 2026-01-05}}]\n{moved}", owner="cai")
    case.checkin("2026-01-20", "confidence: 5").checkin("2026-02-10", "confidence: 3")
    tell(case, {"2026-03-03": []})
    case.checkin("2026-03-02", "confidence: 1")
    tell(
        case,
        {
            "2026-03-03": [
                "watch confidence-falling api → ben since 2026-03-02: before 3, now 1, person cai",
                "note needs-support api → ben since 2026-03-02: person cai, now 1",
            ]
        },
    )


# --- load -------------------------------------------------------------------------------------------


def test_more_than_five_at_once(case):
    for n in range(1, 7):
        agreed(case, f"start: 2026-01-0{n}", id_=f"job-{n}")
    line = (
        "note overloaded person:ada → ben since 2026-01-06: count 6, person ada, "
        "held job-1, job-2, job-3, job-4, job-5, job-6"
    )
    tell(case, {"2026-01-05": [], "2026-01-06": [line]})
    agreed(case, "start: 2026-01-01\nstatus: completed\ncompleted: 2026-01-20", id_="job-1")
    tell(case, {"2026-01-19": [line], "2026-01-20": []})


# --- readiness --------------------------------------------------------------------------------------


def done(case, id_: str, day: str, *, level: int = 4, due: str = "", more: str = "", score: str = "4"):
    agreed(case, f"due: {due or day}\nstatus: completed\ncompleted: {day}\n{more}", id_=id_, level=level)
    if score:
        event(
            case,
            f"evaluations/{id_}",
            f"date: {day}\nsubject: ada\nevaluator: ben\ndelegation: {id_}\n"
            f"scores: {{quality: {{score: {score}, evidence: [delegation:{id_}]}}}}",
        )


READY = "note ready-for-more b → ben since 2026-03-01: person ada, finished 2, level 4, next 5"


def ready(case, day: str = "2026-03-02", audience: str = "full") -> list[str]:
    return told(case, day, audience, "ready-for-more")


def test_two_in_a_row_done_well_and_in_time(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    assert ready(case, "2026-02-28") == []
    assert ready(case, "2026-03-01") == [READY]
    assert ready(case, "2026-08-30") == [READY]
    assert ready(case, "2026-08-31") == []  # half a year later it says nothing of today


def test_since_the_evaluation_where_that_came_later(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01", score="")
    event(
        case,
        "evaluations/b",
        "date: 2026-03-10\nsubject: ada\nevaluator: ben\ndelegation: b\nrating: performing",
    )
    assert ready(case, "2026-03-09") == []
    assert ready(case, "2026-03-10") == [
        "note ready-for-more b → ben since 2026-03-10: person ada, finished 2, level 4, next 5"
    ]


@pytest.mark.parametrize(
    "second",
    [
        {"due": "2026-02-28"},  # late
        {"score": "3"},  # a mean of 3 of 5
        {"score": ""},  # nobody has judged it
        {"level": 7},  # nothing is above it
    ],
)
def test_what_is_not_done_well_enough(case, second):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01", **second)
    assert ready(case) == []


@pytest.mark.parametrize(
    ("first", "second", "facts"),
    [
        (4, 4, "finished 2, level 4, next 5"),
        (3, 5, None),  # one at 5 is no row, and at 3 there is nothing more to propose
        (4, 5, None),
        (5, 4, "finished 2, level 4, highest 5, next 5"),  # both reached 4, and nothing higher is held now
        (6, 6, "finished 2, level 6, next 7"),
        (7, 7, None),  # nothing is above it
        (7, 6, "finished 2, level 6, highest 7, next 7"),
    ],
)
def test_the_level_is_one_that_both_reached(case, first, second, facts):
    done(case, "a", "2026-02-01", level=first)
    done(case, "b", "2026-03-01", level=second)
    expected = [f"note ready-for-more b → ben since 2026-03-01: person ada, {facts}"] if facts else []
    assert ready(case) == expected


def test_the_level_is_the_one_at_completion(case):
    """Raised on the way it counts; raised or lowered afterwards it says nothing of the work."""
    raised = "changes: [{date: 2026-01-20, field: authority.level, from: 3, to: 4}]"
    done(case, "a", "2026-02-01", level=4, more=raised)
    after = "changes: [{date: 2026-03-02, field: authority.level, from: 4, to: 5}]"
    done(case, "b", "2026-03-01", level=5, more=after)
    assert ready(case, "2026-03-03") == [READY]


def test_one_that_states_no_level_breaks_the_row(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    text = case.files[0, "delegations/a.md"]
    case.write("delegations/a.md", text.replace(b"authority: {level: 4}\n", b""))
    assert ready(case) == []


def test_three_in_a_row_where_the_settings_ask_for_three(case):
    case.write("remit.toml", "[thresholds]\nready_after = 3\n")
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    assert ready(case) == []
    done(case, "c", "2026-03-20")
    assert ready(case, "2026-03-20") == [
        "note ready-for-more c → ben since 2026-03-20: person ada, finished 3, level 4, next 5"
    ]


def test_readiness_is_for_the_line(case):
    done(case, "a", "2026-02-01", more="visibility: public")
    done(case, "b", "2026-03-01", more="visibility: public")
    for id_ in "ab":
        text = case.files[0, f"evaluations/{id_}.md"].replace(b"\n---", b"\nvisibility: public\n---", 1)
        case.write(f"evaluations/{id_}.md", text)
    told_ = {who: ready(case, audience=who) for who in ("org", "person:cai", "person:ben", "person:dana")}
    assert told_ == {"org": [], "person:cai": [], "person:ben": [READY], "person:dana": []}


def test_the_lowest_rating_is_not_well_whatever_the_scores(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01", score="")
    event(
        case,
        "evaluations/b",
        "date: 2026-03-01\nsubject: ada\nevaluator: ben\ndelegation: b\nscores: {quality: 5}\nrating: 待提升",
    )
    assert ready(case) == []


def test_one_recalled_in_between_breaks_the_row(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    agreed(case, "status: recalled\nended: 2026-02-15", id_="c")
    assert ready(case) == []


def test_authority_taken_back_breaks_it_too(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    event(
        case,
        "meetings/m",
        "date: 2026-02-10\nattendees: [ada, ben]\ndelegations: [b]\ndecisions: [{what: X, takes_back: true}]",
    )
    assert ready(case) == []


def test_that_nothing_was_taken_back_is_told_to_those_who_would_see_it(case):
    """In a talk of two it may have been: Dana, who manages Ben, would not see that."""
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    readers = ("person:ada", "person:ben", "person:dana")
    assert {who: ready(case, audience=who) for who in readers} == {
        "person:ada": [READY],
        "person:ben": [READY],
        "person:dana": [],
    }
    event(
        case,
        "meetings/m",
        "date: 2026-02-10\nkind: one_on_one\nattendees: [ada, ben]\ndelegations: [b]\n"
        "decisions: [{what: X, takes_back: true}]",
    )
    assert {who: ready(case, audience=who) for who in readers} == {who: [] for who in readers}


def test_once_the_next_level_is_given_there_is_nothing_to_propose(case):
    done(case, "a", "2026-02-01")
    done(case, "b", "2026-03-01")
    agreed(case, "start: 2026-03-05", id_="c", level=5)
    assert ready(case, "2026-03-20") == []
    agreed(case, "start: 2026-03-05", id_="c", level=4)
    assert ready(case, "2026-03-20") == [READY]


# --- for the line only ------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["full", "person:ada", "person:ben", "person:dana"])
def test_the_line_is_told(case, audience):
    case = people_story(case)
    assert [line.split()[1] for line in told(case, "2026-03-03", audience)] == [
        "confidence-falling",
        "needs-support",
        "no-recognition",
    ]


@pytest.mark.parametrize("audience", ["public", "org", "team:app", "person:cai"])
def test_nobody_else_is(case, audience):
    case = people_story(case)
    assert told(case, "2026-03-03", audience) == []


def people_story(case):
    event(case, "teams/app", "title: App\nlead: cai")
    event(case, "people/ada", "title: Ada\nteam: app\nmanager: ben")
    agreed(case, "visibility: public\nmilestones: [{id: a, done: 2026-01-05}]")
    return case.checkin("2026-01-05", "confidence: 5").checkin("2026-03-01", "confidence: 1")
