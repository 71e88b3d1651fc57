"""What needs attention by what it is about, answers owed, and what came of a retrospective."""

from __future__ import annotations

import datetime as dt
import shlex
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLE

from generator.cli import main
from generator.ledger import Ledger
from generator.pages.alerts import SignalView
from generator.pages.answers import OWED
from generator.pages.attention import MOST, attention
from generator.pages.cards import Cards
from generator.pages.commands import COMMANDS
from generator.pages.events import Events
from generator.pages.feedback import FeedbackRow, feedback_rows
from generator.pages.figures import LevelRow, LevelSpan
from generator.pages.gathered import Gathered
from generator.pages.lineage import Lineage
from generator.pages.links import Linker
from generator.pages.outcomes import latest_outcomes
from generator.pages.plots import level_plot
from generator.pages.registers import retrospective_register
from generator.pages.sentences import SENTENCES, Sentence
from generator.pages.values import Link
from generator.record import Change, Proposal, Retrospective
from generator.tracking.feedback import Course
from generator.tracking.signals import Signal, Weight
from generator.words import FeedbackKind

DAY = dt.date(2026, 5, 20)


@cache
def gathered(audience: str) -> Gathered:
    tracked = SAMPLE.tracked(audience)
    linker = Linker(tracked.ledger)
    return Gathered(tracked, Cards(tracked, linker), Events(linker, tracked.today))


# --- what needs attention -----------------------------------------------------------------------------


def view(code: str, who: str, delegation: str = "", about: str = "") -> SignalView:
    """Return a signal on something called by its id, as a page has it."""
    signal = Signal(code, Weight.WATCH, who, DAY, delegation, about)
    card = replace(next(iter(gathered("full").cards.all.values())), link=Link(delegation))
    named = Link(about.partition(":")[2]) if about else None
    return SignalView(
        signal, card if delegation else None, named, Link(who), (), 0, Sentence("…"), command=f"end {code}"
    )


def entries(*views: SignalView) -> list[tuple[str, str]]:
    """Return what each entry is about, and its signals."""
    made = attention(views).entries
    return [(e.about.text if e.about else "", " ".join(v.signal.code for v in e.signals)) for e in made]


def test_a_delegation_is_one_entry_where_its_most_pressing_stands() -> None:
    found = entries(view("a", "lin", "shop"), view("b", "ada", "app"), view("c", "ada", "shop"))
    assert found == [("shop", "a c"), ("app", "b")]


def test_a_cycle_and_a_retrospective_are_entries_and_all_else_is_the_person_s() -> None:
    found = entries(
        view("cycle-open", "ada", about="cycle:q1"),
        view("proposal-open", "ada", about="retrospective:q1"),
        view("retrospective-missing", "ada", about="cycle:q1"),
        view("action-overdue", "ada"),
        view("feedback-open", "ada", about="feedback:x"),
    )
    assert found == [
        ("q1", "cycle-open retrospective-missing"),
        ("q1", "proposal-open"),
        ("ada", "action-overdue feedback-open"),
    ]


def test_what_waits_on_a_person_and_what_is_about_them_is_one_entry() -> None:
    found = entries(view("action-overdue", "lin"), view("overloaded", "ada", about="person:lin"))
    assert found == [("lin", "action-overdue overloaded")]


def test_an_entry_shows_five_and_whom_these_wait_on() -> None:
    views = [view(f"s{n}", f"p{n}", "shop") for n in range(MOST + 3)]
    (entry,) = attention(views).entries
    assert ([v.signal.code for v in entry.signals], entry.more) == (["s0", "s1", "s2", "s3", "s4"], 3)
    assert [link.text for link in entry.waits_on] == ["p0", "p1", "p2", "p3", "p4"]


def test_what_is_typed_stands_once() -> None:
    (entry,) = attention([view("a", "x", "shop"), view("a", "y", "shop"), view("b", "x", "shop")]).entries
    assert [words for _, words in entry.commands] == ["end a", "end b"]


def test_ten_thousand_are_cut() -> None:
    found = attention([view("a", "lin", f"d{n}") for n in range(10_000)], 10, 60)
    assert (len(found.entries), len(found.lines), found.left) == (10, 60, 9930)


def test_every_signal_of_the_sample_is_in_an_entry() -> None:
    views = gathered("full").signals
    made = attention(views, 1000)
    assert sum(len(e.signals) + e.more for e in made.entries) == len(views)
    assert [e.weight for e in made.entries] == sorted(
        (e.weight for e in made.entries), key=list(Weight).index
    )


# --- what to type -------------------------------------------------------------------------------------


def test_commands_are_for_signals_that_there_are() -> None:
    assert set(COMMANDS) <= {code.partition("/")[0] for code in SENTENCES}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("sample") / "content"))


def test_what_the_pages_say_to_type_can_be_typed(copy: Path) -> None:
    """Each command, with the words that only a person has, writes a record."""
    views = [v for v in gathered("full").signals if v.command]
    assert len({v.signal.code for v in views}) >= 6
    own = {"evaluation": " --rating performing", "feedback": " --kind constructive"}
    for view_ in views:
        line = view_.command.removeprefix("remit ")
        more = own.get(line.split()[1], "") if "--kind praise" not in line else ""
        done = CliRunner().invoke(
            main, [*shlex.split(line + more), "--date", "2026-05-20", "-m", "Words.", "--content", str(copy)]
        )
        assert done.exit_code == 0, f"{view_.command}: {done.output}"


# --- answers owed -------------------------------------------------------------------------------------


def test_who_owes_whom_an_answer() -> None:
    owed = gathered("full").owed
    assert [(*o.between, o.matter, o.day.isoformat(), o.days) for o in owed] == [
        ("sun-wei", "marco", "question", "2026-04-22", 28),
        ("zhao-min", "fatima", "question", "2026-04-28", 22),
        ("he-jing", "wang-lei", "feedback", "2026-04-29", 21),
        ("tom", "priya", "question", "2026-04-29", 21),
        ("zhao-min", "fatima", "request", "2026-04-30", 20),
        ("fatima", "ada", "question", "2026-05-12", 8),
        ("fatima", "ada", "question", "2026-05-12", 8),
        ("zhao-min", "fatima", "question", "2026-05-12", 8),
    ]
    assert [o.source.href for o in owed][2] == "feedback/2026-04-29-new-hires.html"
    assert [o.delegation.text for o in owed if o.delegation][-3:-1] == [
        "On call for the first fortnight",
        "Sync service",
    ]


@pytest.mark.parametrize("audience", ["full", "org", "public", "person:fatima", "person:zhao-min"])
def test_an_answer_owed_has_its_signal(audience: str) -> None:
    all_ = gathered(audience)
    assert len(all_.owed) == sum(v.signal.code in OWED for v in all_.signals)
    assert bool(all_.owed) == (audience not in {"org", "public"})


def test_each_side_has_its_own() -> None:
    all_ = gathered("full")
    assert {o.asker.text for o in all_.owed_by["fatima"]} == {"赵敏"}
    assert [o.asked.text for o in all_.owed_to["fatima"]] == ["Ada Okafor", "Ada Okafor"]


# --- what came of a retrospective ---------------------------------------------------------------------


def test_what_the_last_retrospectives_changed() -> None:
    told = [
        (o.link.href, o.done, o.open, o.dropped, o.carried, [c.change.field for c in o.changes])
        for o in latest_outcomes(gathered("org"))
    ]
    terms = ["plan.cadence", "authority.level", "plan.cadence", "criteria.returns.target"]
    assert told == [
        ("retrospectives/course-launch.html", 1, 3, 1, 0, []),
        ("retrospectives/2026q1.html", 1, 3, 0, 1, terms),
        ("retrospectives/2026q1-sales.html", 1, 1, 0, 0, terms[:2]),
    ]


def test_a_proposal_that_is_carried_on_stands_once_where_it_is_newest() -> None:
    register = retrospective_register(gathered("org"))
    listed = [
        (p.source.href, p.id) for p in (*register.open_proposals, *register.closed_proposals) if p.source
    ]
    assert len(listed) == len(set(listed)) == 14
    assert ("retrospectives/2025q4.html", "p2") not in listed
    (carried,) = (p for p in register.open_proposals if "three working days" in p.what)
    assert [link.href for link in carried.before] == ["retrospectives/2025q4.html"]


def looked_back(id_: str, day: str, *proposals: Proposal) -> Retrospective:
    return Retrospective(
        id=id_, path=f"{id_}.md", date=dt.date.fromisoformat(day), cycle="q", proposals=proposals
    )


def ledger_of(*records: Retrospective) -> Ledger:
    return replace(gathered("org").ledger, records=records)


def test_lineage() -> None:
    first = Proposal(id="a", what="x")
    second = Proposal(id="b", what="x", continues="q1.a")
    third = Proposal(id="c", what="x", continues="q2.b")
    one, two, three = (
        looked_back("q1", "2026-01-05", first),
        looked_back("q2", "2026-04-05", second),
        looked_back("q3", "2026-07-05", third),
    )
    lineage = Lineage(ledger_of(one, two, three), dt.date(2026, 5, 1))
    assert lineage.before(third) == (two, one)
    assert (lineage.after(one, first), lineage.after(two, second)) == (two, None)
    circle = (
        looked_back("q1", "2026-01-05", Proposal(id="a", what="x", continues="q2.b")),
        looked_back("q2", "2026-04-05", second),
    )
    assert len(Lineage(ledger_of(*circle), DAY).before(second)) == 2


# --- levels and feedback ------------------------------------------------------------------------------


def test_levels_over_time() -> None:
    all_ = gathered("org")
    state = all_.tracked.states["nanjing-stores"]
    chart = level_plot([state], all_.cards, DAY)
    assert chart
    assert chart.rows == (
        LevelRow(
            all_.cards.all["nanjing-stores"].link,
            (
                LevelSpan(dt.date(2026, 1, 5), 3, dt.date(2026, 2, 11)),
                LevelSpan(dt.date(2026, 2, 11), 2, dt.date(2026, 4, 16)),
                LevelSpan(dt.date(2026, 4, 16), 3),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "spans"),
    [
        ((), [("2026-01-05", 4, None)]),
        ((("2026-02-02", 2, 4),), [("2026-01-05", 2, "2026-02-02"), ("2026-02-02", 4, None)]),
        # A change on the first day, or before it, is what it began with.
        ((("2026-01-05", 2, 4),), [("2026-01-05", 4, None)]),
        ((("2025-12-01", 2, 4),), [("2026-01-05", 4, None)]),
        # A level that was taken away leaves a gap.
        (
            (("2026-02-02", 2, None), ("2026-03-02", None, 4)),
            [("2026-01-05", 2, "2026-02-02"), ("2026-03-02", 4, None)],
        ),
    ],
)
def test_levels_from_changes(
    changes: tuple[tuple[str, int | None, int | None], ...], spans: list[tuple[str, int, str | None]]
) -> None:
    all_ = gathered("org")
    state = all_.tracked.states["sync-service"]
    authority = replace(state.delegation.authority, level=4)  # type: ignore[type-var]  # it states one
    made = tuple(
        Change(date=dt.date.fromisoformat(day), field="authority.level", from_=before, to=after)
        for day, before, after in changes
    )
    d = replace(state.delegation, start=dt.date(2026, 1, 5), authority=authority, changes=made)
    chart = level_plot([replace(state, delegation=d)], all_.cards, DAY)
    assert chart
    found = [(s.first.isoformat(), s.level, s.last and s.last.isoformat()) for s in chart.rows[0].spans]
    assert found == spans


def test_feedback_by_kind_direction_and_state() -> None:
    tracked = SAMPLE.tracked("org")
    rows = feedback_rows(tracked, lambda f: f.kind is FeedbackKind.IDEA)
    # Counted by hand: open, acknowledged, actioned, tried, adopted, declined.
    assert rows == (
        FeedbackRow(FeedbackKind.IDEA, Course.UP, 2, 7, (0, 0, 0, 0, 2, 0)),
        FeedbackRow(FeedbackKind.IDEA, Course.SIDEWAYS, 5, 7, (1, 1, 0, 0, 3, 0)),
    )
