"""The records as they stood on a day: what came later is undone or not there."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt

import pytest
from case import Case
from hypothesis import given
from hypothesis import strategies as st

from generator.tracking.as_of import as_of
from generator.words import Direction, Health, Status


@pytest.fixture
def case(case):
    return case.people()


def then(case, day: str, id_: str = "api"):
    return as_of(case.ledger(), dt.date.fromisoformat(day)).delegations[id_]


NOW = """
start: 2026-01-01
due: 2026-06-30
authority: {level: 5}
tags: [now]
milestones:
  - {id: v1.2, due: 2026-05-01, owner: cai}
plan:
  cadence: monthly
  checkpoints: [{id: c1, date: 2026-04-01}]
metrics: [{id: users, target: 20, direction: down}]
changes:
  - {date: 2026-02-01, %s}
"""

# One change, and what was there before it.
UNDONE = [
    ("field: due, from: 2026-03-31, to: 2026-06-30", lambda d: d.due, dt.date(2026, 3, 31)),
    ("field: due, to: 2026-06-30", lambda d: d.due, None),
    ("field: owner, from: ben, to: ada", lambda d: d.owner, "ben"),
    ("field: owner, to: ada", lambda d: d.owner, "ada"),  # nobody wrote whose it was
    ("field: title, to: api", lambda d: d.title, "api"),
    ("field: status, from: draft, to: active", lambda d: d.status, Status.DRAFT),
    ("field: status, to: active", lambda d: d.status, Status.ACTIVE),
    ("field: status, from: nonsense, to: active", lambda d: d.status, Status.ACTIVE),
    ("field: authority.level, from: tell, to: 5", lambda d: d.level, 1),
    ("field: authority.level, to: 5", lambda d: d.level, None),
    ("field: plan.cadence, from: weekly, to: monthly", lambda d: d.cadence.written, "weekly"),
    ("field: plan.cadence, to: monthly", lambda d: d.cadence, None),
    ("field: plan.checkpoints.c1.date, to: 2026-04-01", lambda d: d.plan.checkpoints[0].date, dt.date(2026, 4, 1)),
    ("field: milestones.v1.2.due, from: 2026-03-01, to: 2026-05-01", lambda d: d.milestones[0].due, dt.date(2026, 3, 1)),
    ("field: milestones.v1.2.owner, to: cai", lambda d: d.milestones[0].owner, None),
    ("field: milestones.gone.due, from: 2026-03-01, to: 2026-05-01", lambda d: d.milestones[0].due, dt.date(2026, 5, 1)),
    ("field: milestones, from: [alpha], to: v1.2", lambda d: [m.id for m in d.milestones], ["v1.2"]),
    ("field: resources, from: [one, two]", lambda d: d.resources, ("one", "two")),
    ("field: tags, to: now", lambda d: d.tags, ()),
    ("field: depends_on, from: auth", lambda d: d.depends_on, ("auth",)),
    ("field: goal, from: Less", lambda d: d.goal, "Less"),
    ("field: metrics.users.direction, to: down", lambda d: d.metrics[0].direction, Direction.UP),
    ("field: metrics.users.target, from: 9.5, to: 20", lambda d: d.metrics[0].target, 9.5),
    ("field: plan, from: weekly, to: monthly", lambda d: d.cadence.written, "monthly"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "value", "before"), UNDONE, ids=[u[0][:50] for u in UNDONE])
def test_a_later_change_is_undone(case, change, value, before):
    case.delegation("api", NOW % change)
    now = case.record("delegations/api.md")
    assert value(then(case, "2026-02-01")) == value(now)
    assert value(then(case, "2026-01-31")) == before
    assert len(then(case, "2026-01-31").changes) == 0
    # Whatever it was, the rest can be worked out from it.
    case.track("2026-01-31")


def test_changes_of_one_day_are_undone_last_first(case):
    case.delegation(
        "api",
        """
        due: 2026-06-30
        changes:
          - {date: 2026-02-01, field: due, from: 2026-03-31, to: 2026-04-30}
          - {date: 2026-02-01, field: due, from: 2026-04-30, to: 2026-05-31}
          - {date: 2026-03-01, field: due, from: 2026-05-31, to: 2026-06-30}
        """,
    )
    assert [then(case, day).due.isoformat() for day in ("2026-03-01", "2026-02-28", "2026-01-31")] == [
        "2026-06-30",
        "2026-05-31",
        "2026-03-31",
    ]


def test_a_path_through_what_is_gone_changes_nothing(case):
    case.delegation("api", "changes: [{date: 2026-02-01, field: authority.level, from: 3}]")
    assert then(case, "2026-01-01").authority is None


@pytest.mark.parametrize(
    ("lines", "day", "status"),
    [
        ("status: completed\ncompleted: 2026-03-01", "2026-03-01", "completed"),
        ("status: completed\ncompleted: 2026-03-01", "2026-02-28", "active"),
        ("status: completed\ncompleted: 2026-03-01\nstart: 2026-02-01", "2026-01-31", "not_started"),
        ("status: completed", "2026-01-01", "completed"),
        ("status: recalled\nended: 2026-03-01", "2026-02-28", "active"),
        ("status: cancelled\nended: 2026-03-01", "2026-03-02", "cancelled"),
        ("start: 2026-02-01", "2026-01-31", "not_started"),
        ("start: 2026-02-01", "2026-02-01", "active"),
        ("status: draft\nstart: 2026-02-01", "2026-01-31", "draft"),
    ],
)
def test_the_status_on_a_day(case, lines, day, status):
    case.delegation("api", lines)
    assert then(case, day).status == status


def test_what_is_dated_later_is_not_there(case):
    case.write("people/eve.md", "---\ntitle: Eve\nleft: 2026-02-10\n---\n")
    case.write(
        "cycles/q1.md", "---\ntitle: Q1\nstart: 2026-01-01\nend: 2026-03-31\nclosed: 2026-02-10\n---\n"
    )
    case.delegation(
        "api",
        """
        milestones: [{id: a, done: 2026-02-10}]
        plan: {checkpoints: [{id: c, date: 2026-02-01, waived: 2026-02-10}]}
        metrics: [{id: users, file: users.csv}]
        """,
    ).write("delegations/users.csv", "date,users\n2026-02-09,1\n2026-02-10,2\n")
    case.checkin(
        "2026-02-09",
        """
        kind: brief_back
        issues: [{id: i, closed: 2026-02-10}, {id: j}]
        responses: [{by: ben, date: 2026-02-10}, {by: ben, date: 2026-02-09}]
        understanding: confirmed
        confirmed_by: ben
        confirmed_on: 2026-02-10
        """,
    ).checkin("2026-02-10")
    case.write(
        "feedback/f.md",
        "---\ndate: 2026-02-09\nfrom: ada\nto: ben\nresponses: [{by: ben, date: 2026-02-10}]\n---\n",
    )
    case.write("feedback/g.md", "---\ndate: 2026-02-10\nfrom: ada\nto: ben\n---\n")
    case.write(
        "meetings/m.md",
        "---\ndate: 2026-02-09\nattendees: [ada]\nactions: [{what: a, done: 2026-02-10}, {what: b}]\n---\n",
    )
    case.write(
        "evaluations/e.md",
        "---\ndate: 2026-02-09\nsubject: ada\nevaluator: ben\ncycle: q1\nsigned: 2026-02-10\n"
        "development: [{what: a, done: 2026-02-10}]\n---\n",
    )
    case.write(
        "retrospectives/r.md",
        "---\ndate: 2026-02-09\ncycle: q1\nproposals: [{id: a, what: a, done: 2026-02-10}, "
        "{id: b, what: b, dropped: 2026-02-10}]\n---\n",
    )
    assert case.check() == ""
    ledger = case.ledger()
    assert as_of(ledger, dt.date(2026, 2, 10)) == ledger
    day = as_of(ledger, dt.date(2026, 2, 9))
    api, checkin = day.delegations["api"], day.checkins["api.2026-02-09"]
    assert (api.milestones[0].done, api.plan.checkpoints[0].waived) == (None, None)
    assert [r.value for r in api.readings["users"]] == [1]
    assert [i.closed for i in checkin.issues] == [None, None]
    assert [r.date.day for r in checkin.responses] == [9]
    assert (checkin.understanding, checkin.confirmed_by, checkin.confirmed_on) == (None, None, None)
    assert (list(day.checkins), list(day.feedback)) == (["api.2026-02-09"], ["f"])
    assert day.feedback["f"].responses == ()
    assert [a.done for a in day.meetings["m"].actions] == [None, None]
    assert (day.evaluations["e"].signed, day.evaluations["e"].development[0].done) == (None, None)
    assert [(p.done, p.dropped) for p in day.retrospectives["r"].proposals] == [(None, None), (None, None)]
    assert (day.cycles["q1"].closed, day.people["eve"].left) == (None, None)


# --- properties --------------------------------------------------------------------------------------------

FIELDS = {
    "due": [f"2026-0{n}-15" for n in range(3, 9)],
    "owner": ["ada", "ben", "cai", "dana"],
    "status": ["draft", "active", "on_hold"],
    "authority.level": ["1", "3", "agree", "7"],
    "plan.cadence": ["weekly", "monthly", "every 10 days", "none"],
    "milestones.a.b.due": [f"2026-0{n}-01" for n in range(3, 9)],
}
STEPS = st.lists(
    st.sampled_from(sorted(FIELDS)).flatmap(
        lambda field: st.tuples(st.just(field), st.sampled_from(FIELDS[field]), st.integers(0, 40))
    ),
    max_size=10,
)


def header(terms: dict[str, str], changes: list[str]) -> str:
    return (
        f"title: api\nowner: {terms['owner']}\ndelegator: eve\nstatus: {terms['status']}\ndue: {terms['due']}\n"
        f"authority: {{level: {terms['authority.level']}}}\nplan: {{cadence: {terms['plan.cadence']}}}\n"
        f"milestones: [{{id: a.b, due: {terms['milestones.a.b.due']}}}]\nchanges:\n" + "".join(changes)
    )


@given(STEPS)
def test_undoing_all_changes_gives_the_first_terms(steps):
    first = {field: values[0] for field, values in FIELDS.items()}
    now, changes = dict(first), []
    for field, to, day in sorted(steps, key=lambda step: step[2]):
        date = dt.date(2026, 2, 1) + dt.timedelta(day)
        changes.append(f"  - {{date: {date}, field: {field}, from: {now[field]}, to: {to}}}\n")
        now[field] = to
    case = Case().people("ada", "ben", "cai", "dana", "eve")
    case.write("delegations/api.md", f"---\n{header(now, changes)}---\n")
    assert {d.code for d in case.diagnostics()} <= {"on-hold-unrecorded"}
    before = then(case, "2026-01-31")
    assert before.due.isoformat() == first["due"]
    assert (before.owner, before.status, before.level) == ("ada", Status.DRAFT, 1)
    assert before.cadence.written == first["plan.cadence"]
    assert before.milestones[0].due.isoformat() == first["milestones.a.b.due"]
    assert before.changes == ()


LATER = st.lists(
    st.sampled_from(
        [
            (
                "checkins/api/late.md",
                "date: 2026-03-02\nhealth: off_track\nprogress: 90\nmilestones: {a: done}",
            ),
            ("checkins/api/later.md", "date: 2026-03-30\nkind: brief_back"),
            ("feedback/late.md", "date: 2026-03-02\nfrom: ada\nto: ben\ndelegation: api"),
            ("meetings/late.md", "date: 2026-03-02\nattendees: [ada]\ndelegations: [api]"),
            ("evaluations/late.md", "date: 2026-03-02\nsubject: ada\nevaluator: ben\ndelegation: api"),
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(LATER)
def test_an_event_after_the_day_changes_nothing(later):
    case = Case().people()
    case.delegation(
        "api", "start: 2026-01-05\nplan: {cadence: weekly}\nmilestones: [{id: a, due: 2026-02-01}]"
    )
    case.checkin("2026-01-12", "health: on_track\nprogress: 20").checkin("2026-02-24", "health: at_risk")
    before = case.track("2026-03-01")
    for path, lines in later:
        case.write(path, f"---\n{lines}\n---\n")
    assert case.track("2026-03-01") == before
    assert before.states["api"].health is Health.AT_RISK
