"""A check-in that some do not see who see its delegation: to them it reads as missed."""

from __future__ import annotations

import pytest

from generator.check import check_own

WEEKLY = "start: 2026-01-01\nplan: {cadence: weekly}\n"
PLANNED = "plan: {checkpoints: [{id: demo, date: 2026-01-12}]}\n"
TOLD = "`{}` sees the delegation but not this check-in, which reads as missed there"
STOPPED = (
    "start: 2026-01-01\nplan: {cadence: none}\n"
    "changes: [{date: 2026-02-01, field: plan.cadence, from: weekly, to: none}]\n"
)


def hidden(case) -> list[str]:
    return [f"{d.place} {d.message()}" for d in case.diagnostics() if d.code == "hidden-checkin"]


def office(case, *, manager: bool = True):
    """Ada owns and Ben delegates; Ada reports to Dana, in the team that Dana leads."""
    line = "manager: dana\n" if manager else ""
    case.people("ben", "cai", "dana")
    case.write("people/ada.md", f"---\ntitle: Ada\nteam: web\n{line}---\n")
    return case.write("teams/web.md", "---\ntitle: Web\n---\n")


@pytest.mark.parametrize(
    ("delegation", "checkin", "audience"),
    [
        (WEEKLY, "visibility: line", "org"),
        (WEEKLY, "visibility: team", "org"),
        (PLANNED, "visibility: pair", "org"),
        (STOPPED, "visibility: private", "org"),
        (WEEKLY, "visibility: line\nkind: closing", "org"),
        (f"visibility: public\n{WEEKLY}", "visibility: team", "org"),
        (f"visibility: team\n{WEEKLY}", "visibility: line", "team:web"),
        (f"visibility: line\n{WEEKLY}", "visibility: pair", "person:dana"),
        (f"visibility: line\n{WEEKLY}", "visibility: managers", "person:ada"),
        # Everybody who sees the delegation sees the check-in, or what hides it is an error of its own.
        (WEEKLY, "", ""),
        (WEEKLY, "visibility: public", ""),
        (f"visibility: line\n{WEEKLY}", "visibility: line", ""),
        (f"visibility: pair\n{WEEKLY}", "visibility: pair", ""),
        (WEEKLY, "visibility: lien", ""),
        (f"visibility: orgg\n{WEEKLY}", "visibility: line", ""),
        # Nothing is expected that it could answer.
        (WEEKLY, "visibility: line\nkind: brief_back", ""),
        ("start: 2026-01-01\nplan: {cadence: none}\n", "visibility: line", ""),
        ("plan: {cadence: weekly}\n", "visibility: line", ""),
        ("start: 2026-01-01\n", "visibility: line", ""),
    ],
)
def test_a_checkin_hidden_from_who_sees_its_delegation_is_told(case, delegation, checkin, audience):
    office(case).delegation("api", delegation).checkin("2026-01-08", checkin)
    told = f"checkins/api/2026-01-08.md:3:13 {TOLD.format(audience)}"
    assert hidden(case) == ([told] if audience else [])


def test_one_that_hides_it_from_nobody_is_no_matter(case):
    """Without a manager, the line is the pair."""
    office(case, manager=False)
    case.delegation("api", f"visibility: line\n{WEEKLY}").checkin("2026-01-08", "visibility: pair")
    assert hidden(case) == []


def test_a_folder_that_narrows_its_records_hides_them_too(case):
    office(case).delegation("api", WEEKLY)
    case.write("remit.toml", 'people_from = ["content"]\n', root=1)
    case.write("checkins/api/2026-01-08.md", "---\ndate: 2026-01-08\n---\n", root=1)
    assert hidden(case) == [f"checkins/api/2026-01-08.md:1:1 {TOLD.format('org')}"]


def test_a_default_that_is_narrow_for_all_hides_nothing(case):
    """Nobody is told of a missing check-in who would not see it at its default."""
    office(case).delegation("api", WEEKLY).checkin("2026-01-08")
    case.write("remit.toml", '[visibility]\ncheckin = "line"\n')
    assert hidden(case) == []


def test_a_narrower_audience_is_not_told(case):
    office(case).delegation("api", WEEKLY).checkin("2026-01-08", "visibility: pair")
    assert [d.code for d in check_own(case.project("org"))] == []
    assert [d.code for d in check_own(case.project("person:ada"))] == []
    assert len(hidden(case)) == 1
