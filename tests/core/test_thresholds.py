"""Thresholds: their names, how they are set, and what is wrong with one that is not there."""

from __future__ import annotations

import pytest

from generator.settings import read_settings
from generator.text import Source
from generator.thresholds import NAMES, Thresholds, adjusted


def read(text: str) -> tuple[Thresholds, list[str]]:
    settings, faults = read_settings(Source(0, "remit.toml", text.encode()))
    return settings.thresholds, [f"{d.place.line}:{d.place.column} {d.message()}" for d in faults]


def test_defaults_are_those_of_the_practice():
    assert {name: getattr(Thresholds(), name) for name in NAMES} == {
        "confirm_days": 5,
        "response_days": 5,
        "due_soon_days": 7,
        "milestone_days": 7,
        "critical_issue_days": 1,
        "high_issue_days": 7,
        "medium_issue_days": 14,
        "one_on_one_days": 30,
        "recognition_days": 56,
        "taken_back_days": 56,
        "evaluation_days": 14,
        "feedback_days": 14,
        "retrospective_days": 14,
        "yield_days": 14,
        "stale_intervals": 2,
        "at_risk_points": 10,
        "behind_points": 25,
        "slip_moves": 2,
        "slip_share": 25,
        "confidence_drop": 2,
        "confidence_low": 2,
        "held": 5,
        "evaluation_gap": 2,
        "ready_after": 2,
    }


def test_a_site_sets_some():
    assert read("[thresholds]\nheld = 3\nresponse_days = 0\n") == (Thresholds(held=3, response_days=0), [])
    assert read("") == (Thresholds(), [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("thresholds = 3", "1:1 `thresholds` wants a table: [thresholds]"),
        ("[thresholds]\nholds = 3", "2:1 no threshold `holds`; did you mean `held`?"),
        ("[thresholds]\nxyzzy = 3", "2:1 no threshold `xyzzy`"),
        ("[thresholds]\nheld = '3'", "2:1 `held` wants a whole number from 0 to 3650"),
        ("[thresholds]\nheld = true", "2:1 `held` wants a whole number from 0 to 3650"),
        ("[thresholds]\nheld = -1", "2:1 `held` wants a whole number from 0 to 3650"),
        ("[thresholds]\nheld = 3651", "2:1 `held` wants a whole number from 0 to 3650"),
    ],
)
def test_a_threshold_that_cannot_be(text, fault):
    assert read(text) == (Thresholds(), [fault])


def test_a_delegation_adjusts_the_sites():
    site = Thresholds(held=3, response_days=10)
    assert adjusted(site, {}) is site
    assert adjusted(site, {"response_days": 2.0, "no_such": 1.0}) == Thresholds(held=3, response_days=2)


def test_an_unknown_one_in_a_plan_is_reported_and_passed_over(case):
    case.people().delegation("api", "plan: {thresholds: {respons_days: 2, held: 9}}")
    assert [f"{d.place} {d.message()}; {d.remedy()}" for d in case.diagnostics()] == [
        "delegations/api.md:5:21 no threshold `respons_days`; did you mean `response_days`?"
    ]
    assert case.track("2026-01-01").states["api"].limits == Thresholds(held=9)
