"""Signals about what is in the way, told as stories: issues, other teams, what the work waits for."""

# ruff: noqa: E501 - one line per signal

from __future__ import annotations

import pytest
from told import agreed, event, office, tell, told

from generator.words import Health, IssueSeverity


@pytest.fixture
def case(case):
    return office(case)


@pytest.mark.parametrize(
    ("severity", "before", "on", "weight"),
    [
        ("critical", "2026-01-13", "2026-01-14", "act"),
        ("high", "2026-01-19", "2026-01-20", "watch"),
        ("medium", "2026-01-26", "2026-01-27", "watch"),
    ],
)
def test_an_issue_blocks_once_its_severity_bears_it_no_longer(case, severity, before, on, weight):
    agreed(case).checkin("2026-01-12", f"issues: [{{id: cells, what: No cells, severity: {severity}}}]")
    label = IssueSeverity(severity).label
    line = f"{weight} blocked api → ben since {on}: what No cells, severity {label}, opened 2026-01-12"
    tell(case, {before: [], on: [line]})


def test_a_low_issue_never_blocks(case):
    agreed(case).checkin("2026-01-12", "issues: [{id: cells, what: No cells, severity: low}]")
    tell(case, {"2027-01-12": []})


def test_an_issue_through_its_life(case):
    """Raised, spoken of, closed, and back again: it counts from the day that it came back."""
    agreed(case)
    case.checkin("2026-01-12", "issues: [{id: cells, what: No cells, severity: high, opened: 2026-01-10}]")
    case.checkin("2026-01-19", "issues: [{id: cells}]")
    case.checkin("2026-01-26", "issues: [{id: cells, closed: 2026-01-24}]")
    case.checkin("2026-02-02", "issues: [{id: cells, what: Gone again, severity: high}]")
    blocked = "watch blocked api → ben since 2026-01-18: what No cells, severity High, opened 2026-01-10"
    again = "watch blocked api → ben since 2026-02-10: what Gone again, severity High, opened 2026-02-02"
    tell(
        case,
        {
            "2026-01-17": [],
            "2026-01-18": [blocked],
            "2026-01-25": [blocked],  # that it was solved on the 24th is said on the 26th
            "2026-01-26": [],
            "2026-02-09": [],
            "2026-02-10": [again],
        },
    )
    issue = case.track("2026-01-20").states["api"].issues[0]
    assert (issue.issue.severity, issue.raised_in, issue.last_in) == (
        IssueSeverity.HIGH,  # a bare mention makes it no less severe
        "api.2026-01-12",
        "api.2026-01-19",
    )


def test_a_closing_written_into_the_first_file_counts_from_its_day(case):
    agreed(case)
    case.checkin("2026-01-12", "issues: [{id: cells, what: No cells, severity: high, closed: 2026-01-25}]")
    case.checkin("2026-01-19", "issues: [{id: cells, severity: high}]")
    blocked = "watch blocked api → ben since 2026-01-20: what No cells, severity High, opened 2026-01-12"
    tell(case, {"2026-01-24": [blocked], "2026-01-25": []})


def test_it_waits_on_whom_it_needs(case):
    agreed(case)
    needs = "issues: [{id: x, what: X, severity: high, needs: 'outside:the supplier'}]"
    case.checkin("2026-01-12", needs)
    tell(
        case,
        {
            "2026-01-20": [
                "watch blocked api → outside:the supplier since 2026-01-20: what X, severity High, opened 2026-01-12"
            ]
        },
    )


def test_what_blocks_is_another_teams(case):
    event(case, "teams/app", "title: App")
    event(case, "teams/hardware", "title: Hardware\nlead: dana")
    event(case, "people/cai", "title: Cai\nteam: hardware")
    event(case, "people/ben", "title: Ben\nteam: app")
    agreed(case, "team: app").checkin(
        "2026-01-12",
        """
        issues:
          - {id: own, what: Own, severity: high, needs: ben}
          - {id: person, what: Person, severity: high, needs: cai}
          - {id: team, what: Team, severity: high, needs: 'team:hardware'}
        responses: [{by: ben, date: 2026-01-13}]
        """,
    )
    assert told(case, "2026-01-19", only="cross-team") == []
    assert told(case, "2026-01-20", only="cross-team") == [
        "watch cross-team api → team:hardware since 2026-01-20: what Person",
        "watch cross-team api → team:hardware since 2026-01-20: what Team",
    ]
    assert told(case, "2026-01-20", only="blocked") == [
        "watch blocked api → ben since 2026-01-20: what Own, severity High, opened 2026-01-12",
        "watch blocked api → cai since 2026-01-20: what Person, severity High, opened 2026-01-12",
        "watch blocked api → team:hardware since 2026-01-20: what Team, severity High, opened 2026-01-12",
    ]


def test_of_somebody_without_a_team_no_other_team_is_said(case):
    event(case, "teams/hardware", "title: Hardware\nlead: dana")
    agreed(case).checkin(
        "2026-01-12",
        "issues: [{id: x, what: X, severity: high, needs: 'team:hardware'}]\nresponses: [{by: dana, date: 2026-01-13}]",
    )
    assert told(case, "2026-01-20", only="cross-team") == []


# --- dependencies -----------------------------------------------------------------------------------


def test_what_it_waits_for_is_overdue(case):
    event(case, "teams/app", "title: App")
    event(case, "teams/hardware", "title: Hardware")
    agreed(case, "team: app\ndepends_on: [board]")
    agreed(
        case,
        "team: hardware\ndue: 2026-02-01\nstatus: completed\ncompleted: 2026-02-10",
        id_="board",
        owner="cai",
        by="dana",
    )
    late = [
        "act overdue board → cai since 2026-02-02: due 2026-02-01",
        "watch cross-team api → team:hardware since 2026-02-02: what board",
        "watch dependency-late api → cai since 2026-02-02: what board",
    ]
    tell(
        case,
        {
            "2026-02-01": ["note due-soon board → cai since 2026-01-25: due 2026-02-01"],
            "2026-02-02": late,
            "2026-02-09": late,
            "2026-02-10": [],
        },
    )
    evidenced = case.track("2026-02-02").states["api"].evidenced
    assert (evidenced.health, [(r.code, r.subject, r.evidence) for r in evidenced.reasons]) == (
        Health.AT_RISK,
        [("dependency", "board", "delegation:board")],
    )


def test_what_it_waits_for_is_heading_past_its_start(case):
    """10 points a week: 100 on the 23rd of March, after the start on the 16th."""
    agreed(case, "start: 2026-03-16\ndue: 2026-06-01\ndepends_on: [board]")
    agreed(case, "due: 2026-04-30", id_="board", owner="cai", by="dana")
    for day, progress in (("2026-01-12", 0), ("2026-01-19", 10), ("2026-01-26", 20)):
        case.checkin(day, f"progress: {progress}", on="board")
    tell(
        case,
        {"2026-01-25": [], "2026-01-26": ["watch dependency-late api → cai since 2026-01-26: what board"]},
    )
    finish = case.track("2026-01-26").states["board"].finish
    assert (finish.day.isoformat(), finish.trend.readings) == ("2026-03-23", 3)
    case.checkin("2026-01-27", "progress: 60", on="board")
    tell(case, {"2026-01-27": []})


def test_or_past_the_next_milestone(case):
    agreed(
        case,
        "start: 2026-01-05\ndepends_on: [board]\nmilestones: [{id: a, due: 2026-03-20, done: 2026-02-01}, {id: b, due: 2026-03-24}]",
    )
    agreed(case, id_="board", owner="cai", by="dana")
    for day, progress in (("2026-01-12", 0), ("2026-01-19", 10), ("2026-01-26", 20)):
        case.checkin(day, f"progress: {progress}", on="board")
    late = ["watch dependency-late api → cai since 2026-01-26: what board"]
    tell(case, {"2026-01-31": late, "2026-02-01": []})


def test_on_an_earlier_day_it_was_late_as_well(case):
    """The report of the 26th says green while what it waits for heads past its start: seen on that day and after."""
    agreed(case, "start: 2026-01-05\ndepends_on: [board]\nmilestones: [{id: b, due: 2026-03-20}]")
    agreed(case, id_="board", owner="cai", by="dana")
    for day, progress in (("2026-01-12", 0), ("2026-01-19", 10), ("2026-01-26", 20)):
        case.checkin(day, f"progress: {progress}", on="board")
    case.checkin("2026-01-26", "health: on_track")
    melon = "watch watermelon api → ben since 2026-01-26: reported On track, evidenced At risk, reason dependency, what board"
    assert [told(case, day, only="watermelon") for day in ("2026-01-26", "2026-01-27")] == [[melon], [melon]]
