"""Whatever is written, all stages go through: read, join, check, project, track."""

from __future__ import annotations

import pytest
from case import Case
from hypothesis import given
from hypothesis import strategies as st

from generator.examples import example
from generator.record import FOLDERS
from generator.schema import keys_of

WORDS = ["a", "b", "ada", "ben", "team:a", "delegation:a", "feedback:a", "a.p", "weekly", "daily", "done"]
MARKS = ["4", "100", "0", "-1", "private", "pair", "line"]
DAYS = ["0001-01-01", "2026-01-05", "2026-02-30", "9999-12-31"]
MORE = ["", "[]", "{}", "[a, b]", "[{id: a}]", "completed", "on_hold", "自评", "one_on_one", "praise"]
VALUES = st.sampled_from([*WORDS, *MARKS, *DAYS, *MORE])
CHANGE = st.tuples(
    st.sampled_from(DAYS),
    st.sampled_from(
        ["due", "status", "owner", "plan.cadence", "milestones.a.due", "milestones", "changes", "plan"]
    ),
    VALUES,
    VALUES,
).map(lambda c: f"[{{date: {c[0]}, field: {c[1]}, from: {c[2]}, to: {c[3]}}}]")
POINTS = st.tuples(st.sampled_from(DAYS), VALUES, VALUES).map(
    lambda p: f"{{cadence: {p[1]}, grace: {p[2]}, checkpoints: [{{id: a, date: {p[0]}, waived: {p[0]}}}]}}"
)


@st.composite
def record(draw, folder: str) -> str:
    keys = keys_of(FOLDERS[folder])
    lines = {word: example(key.kind) for word, (_, key) in keys.items() if key.required}
    for word in draw(st.lists(st.sampled_from(sorted(keys)), max_size=6, unique=True)):
        own = {"changes": CHANGE, "plan": POINTS}.get(word, VALUES)
        lines[word] = draw(st.one_of(own, st.just(example(keys[word][1].kind))))
    head = "\n".join(f"{word}: {value}" for word, value in lines.items())
    return f"---\n{head}\n---\n[[a]] <b> [c](d.pdf)\n"


@st.composite
def contents(draw) -> Case:
    case = Case().people("ada", "ben").delegation("a", "start: 2026-01-05\nplan: {cadence: monthly}")
    for n in range(draw(st.integers(1, 6))):
        folder = draw(st.sampled_from(sorted(FOLDERS)))
        case.write(
            f"{folder}/{draw(st.sampled_from(['a', 'b', 'ada']))}{n % 2 or ''}.md", draw(record(folder))
        )
    return case


def all_stages_go_through(case: Case) -> None:
    report = case.check()
    assert report.count("\n\n") <= len(case.diagnostics())
    for audience in ("public", "org", "person:ada", "full"):
        if audience == "person:ada" and "ada" not in case.ledger().people:
            continue
        for day in ("0001-01-01", "2026-02-01", "9999-12-31"):
            tracked = case.track(day, audience)
            assert set(tracked.states) == set(tracked.ledger.delegations)


@given(contents())
def test_all_stages_go_through(case):
    all_stages_go_through(case)


@pytest.mark.long
@given(contents())
def test_all_stages_go_through_at_length(case):
    all_stages_go_through(case)
