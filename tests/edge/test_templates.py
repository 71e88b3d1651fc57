"""``remit new delegation --template``: the three that come with Remit, and a team's own."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.scaffold import starter
from generator.scaffold.templates import later
from generator.settings import LOCALES

MADE = dt.date(2026, 11, 23)
WHO = "--title Spring --owner sam --delegator ada --start 2026-11-30"


@pytest.fixture(autouse=True)
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the content folder of a team that was begun the day before."""
    return begin("en", tmp_path, monkeypatch)


def begin(locale: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in starter(locale, MADE).items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, "utf-8")
    monkeypatch.chdir(home)
    return home / "content"


def remit(line: str, **options: object) -> Result:
    return CliRunner().invoke(main, shlex.split(line), **options)


def written(line: str) -> list[Path]:
    """Run ``remit new delegation`` and return the files that it prints."""
    done = remit(f"new delegation {line}")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return [Path(path) for path in done.stdout.split()]


def refusal(line: str, **options: object) -> str:
    done = remit(f"new delegation {line}", **options)
    assert done.exit_code == 2, done.output
    return done.stderr.partition("Error: ")[2].strip()


def own(team: Path, name: str, text: str) -> None:
    """Write a template of the team's."""
    (team / "_templates").mkdir(exist_ok=True)
    (team / "_templates" / f"{name}.md").write_text(text, "utf-8")


# --- those that come with Remit -------------------------------------------------------------------------

SALES = """\
---
title: Spring
delegator: ada
owner: sam
status: active
start: 2026-11-30
due: 2027-02-28
# goal: the figure that is wanted, by when, and what it must not cost
# reason: why this person, for this region or these customers
authority:
  level: 6            # 1 tell, 2 sell, 3 consult, 4 agree, 5 advise, 6 inquire, 7 delegate
  decides: [How time is spent and whom to visit, Discounts up to a limit]
  must_ask: [Discounts beyond the limit, Promises about products that are not there yet]
# resources: [Budget for visits and samples]
criteria:            # say of each what counts as enough: measure, target
  - {id: figure, name: The figure is reached, weight: 60}
  - {id: customers, name: Customers stay, weight: 25, measure: Share that buys again}
  - {id: team, name: The team learns, weight: 15, measure: What others took over from it}
milestones:
  - {id: plan, title: Plan by customer and month, due: 2026-12-14, weight: 20}
  - {id: half, title: Half of the time gone; the strategy looked at again, due: 2027-01-11, weight: 40}
  - {id: end, title: The figures are in, due: 2027-02-28, weight: 40}
plan:
  methods: [checkin, one_on_one, metrics, feedback, evaluation]
  cadence: biweekly
  brief_back_within: 5
  escalate_when: [A month ends a fifth below its plan, A large customer leaves]
metrics:
  # Set the baseline and target; put a row with a date into the CSV for each month.
  - {id: sales, name: Sales in the month, unit: units, direction: up, file: sales.csv}
# Below the line: where the figure stands and why, and what would make us change the strategy.
---
"""


def test_sales_with_its_csv() -> None:
    record, series = written(f"spring --template sales {WHO}")
    assert (record.as_posix(), record.read_text("utf-8")) == ("content/delegations/spring/index.md", SALES)
    assert series.as_posix() == "content/delegations/spring/sales.csv"
    assert series.read_bytes() == b"date,sales\n"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["course", "product", "sales"])
def test_each_is_valid_as_it_stands(
    locale: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = begin(locale, tmp_path / locale, monkeypatch)
    owner, delegator = sorted(p.stem for p in (content / "people").glob("*.md"))[:2]
    [record, *_] = written(f"spring --template {name} --title Spring --owner {owner} --delegator {delegator}")
    assert "x-template" not in record.read_text("utf-8")
    checked = remit("check --strict")
    assert checked.exit_code == 0, checked.output
    told = json.loads(remit("status --code unplanned --format json").stdout)["signals"]
    [mine] = [s for s in told if s["delegation"] == "spring"]
    assert mine["facts"]["missing"] == ["goal", "reason"], "what nobody can know beforehand"


def test_the_templates_of_both_languages_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = []
    for locale in LOCALES:
        begin(locale, tmp_path / locale, monkeypatch)
        listed = remit("new delegation --list-templates").stdout
        names.append([line.split()[0] for line in listed.splitlines()])
    assert names == [["course", "product", "sales"]] * 2


def test_in_a_folder_of_single_files_a_csv_gets_a_folder(team: Path) -> None:
    for name in ("launch", "newsletter"):
        (team / f"delegations/{name}/index.md").rename(team / f"delegations/{name}.md")
    assert written(f"plain --template product {WHO}") == [Path("content/delegations/plain.md")]
    assert written(f"spring --template sales {WHO}")[0] == Path("content/delegations/spring/index.md")


# --- options override -----------------------------------------------------------------------------------


CHANGED = (
    (
        "due: 2027-02-28\n# goal: the figure that is wanted, by when, and what it must not cost\n",
        "due: 2027-01-29\ngoal: 'Forty: by May'\n",
    ),
    (
        """\
  level: 6            # 1 tell, 2 sell, 3 consult, 4 agree, 5 advise, 6 inquire, 7 delegate
  decides: [How time is spent and whom to visit, Discounts up to a limit]
  must_ask: [Discounts beyond the limit, Promises about products that are not there yet]
""",
        """\
  level: 3
  decides:
  - How time is spent and whom to visit
  - Discounts up to a limit
  must_ask:
  - Discounts beyond the limit
  - Promises about products that are not there yet
""",
    ),
    (
        """\
  methods: [checkin, one_on_one, metrics, feedback, evaluation]
  cadence: biweekly
  brief_back_within: 5
  escalate_when: [A month ends a fifth below its plan, A large customer leaves]
""",
        """\
  methods:
  - checkin
  - one_on_one
  - metrics
  - feedback
  - evaluation
  cadence: weekly
  brief_back_within: 5
  escalate_when:
  - A month ends a fifth below its plan
  - A large customer leaves
""",
    ),
)


def test_options_override_and_the_rest_stays() -> None:
    options = (
        '--goal "Forty: by May" --authority-level 3 --plan-cadence weekly --due 2027-01-29 -m "We begin."'
    )
    [record, _] = written(f'spring --template sales {WHO} {options} -m "We begin."')
    expected = SALES
    for before, after in CHANGED:
        assert before in expected
        expected = expected.replace(before, after)
    assert record.read_text("utf-8") == f"{expected}\nWe begin.\n"


def test_days_count_from_today_without_a_start() -> None:
    [record] = written("spring --template product --title Spring --owner sam --delegator ada")
    text = record.read_text("utf-8")
    start = dt.date.fromisoformat(text.partition("start: ")[2][:10])
    assert abs((start - dt.datetime.now(dt.UTC).date()).days) <= 1
    assert f"due: {start + dt.timedelta(84)}\n" in text


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("+0d", dt.date(2026, 1, 31)),
        ("+30d", dt.date(2026, 3, 2)),
        ("-1d", dt.date(2026, 1, 30)),
        ("+6w", dt.date(2026, 3, 14)),
        ("+1m", dt.date(2026, 2, 28)),
        ("+12m", dt.date(2027, 1, 31)),
        ("-1m", dt.date(2025, 12, 31)),
    ],
)
def test_relative_days(word: str, day: dt.date) -> None:
    assert later(word, dt.date(2026, 1, 31)) == day


# --- a team's own ---------------------------------------------------------------------------------------

SHOP = """\
---
# Made after the Harbour shop.
x-template: opening a shop
delegator: ada
team: studio
due: +1m                 # as the landlord wants it

# Two words will do.
reason: Knows "+30d" of it
x-budget: +30d
supports: "+30d"
milestones: [{id: lease, title: Lease, due: +2w}, {id: open, due: +30d}]
---

Ask before you sign.
"""


def test_a_teams_own(team: Path) -> None:
    own(team, "shop", SHOP)
    [record] = written("harbour --template shop --title Harbour --owner sam --start 2026-12-31")
    assert (
        record.read_text("utf-8")
        == """\
---
title: Harbour
delegator: ada
owner: sam
team: studio
supports: "+30d"
start: 2026-12-31
due: 2027-01-31                 # as the landlord wants it

# Two words will do.
reason: Knows "+30d" of it
milestones: [{id: lease, title: Lease, due: 2027-01-14}, {id: open, due: 2027-01-30}]
x-budget: 2027-01-30
---

Ask before you sign.
"""
    )
    assert remit("check").exit_code == 0


def test_templates_are_listed(team: Path) -> None:
    own(team, "shop", SHOP)
    own(team, "sales", "---\nstatus: active\n---\n")
    own(team, "broken", "no header")
    (team / "_templates" / "notes.txt").write_text("no template", "utf-8")
    assert remit("new delegation --list-templates").stdout == (
        "broken   (it cannot be read)  (content/_templates/broken.md)\n"
        "course   something made by a small team, looked at on fixed days, with room for ideas\n"
        "product  a product or part of one, in stages, with other teams\n"
        "sales    (content/_templates/sales.md)\n"
        "shop     opening a shop  (content/_templates/shop.md)\n"
    )


def test_a_template_is_no_record(team: Path) -> None:
    before = remit("check").output
    own(team, "shop", SHOP)
    assert remit("check").output == before


def test_a_template_of_the_folder_beneath_serves_too(team: Path, tmp_path: Path) -> None:
    own(team, "shop", SHOP)
    (tmp_path / "private").mkdir()
    line = "harbour --template shop --title Harbour --owner sam --content private --over content"
    assert written(line) == [Path("private/delegations/harbour/index.md")]


def test_required_keys_are_asked_for_unless_the_template_states_them(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(team, "shop", SHOP)
    monkeypatch.setattr("generator.cli.new._asks", lambda: True)
    done = remit("new delegation --template shop", input="harbour\nHarbour\nsam\n")
    assert done.exit_code == 0, done.output
    asked = [line.partition(":")[0] for line in done.stdout.splitlines()[:3]]
    assert asked == ["id", "title", "owner"]


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"spring --template produt {WHO}", "--template: no template “produt”; did you mean “product”?"),
        (f"spring --template x {WHO}", "--template: no template “x”; one of course, product, sales"),
        (
            "spring --template sales --title S",
            "missing: --delegator, --owner. See `remit new delegation --help`.",
        ),
        (
            "spring --template sales --title S --owner samm --delegator ada",
            '--owner: no person “samm”; did you mean "sam"?',
        ),
        (
            "spring --template sales --title S --owner sam --delegator ada --start 9999-12-01",
            "the template “sales”: a day is beyond the calendar; begin on another day",
        ),
        (
            "spring --template sales --title S --owner sam --delegator ada --start soon",
            "--start: “soon” is no date; write it as YYYY-MM-DD, as in `2026-03-02`",
        ),
    ],
    ids=str,
)
def test_what_is_refused(team: Path, line: str, told: str) -> None:
    assert refusal(line) == told
    assert not (team / "delegations/spring").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("owner sam", "content/_templates/shop.md:1:1: no front matter"),
        ("---\nowner: [\n---\n", "content/_templates/shop.md:3:1: not YAML: "),
        ("---\ndue: +1d\ndue: +2d\n---\n", "content/_templates/shop.md:3:1: key `due` stands twice"),
        (
            "---\n{due: +1d, start: +0d}\n---\n",
            "content/_templates/shop.md:2:1: not YAML: each key wants a line of its own",
        ),
        ("---\nduee: +1d\n---\n", "the template “shop”, `duee`: no key `duee` in a delegation"),
        ("---\nteam: shops\n---\n", "the template “shop”, `team`: no team “shops”"),
        ("---\ndue: -1d\n---\n", "the template “shop”, `due`: "),
        ("---\nmilestones: [{id: a, due: +1d}, {id: a}]\n---\n", "the template “shop”, `milestones`: "),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_template_is_told(team: Path, text: str, told: str) -> None:
    own(team, "shop", text)
    done = remit(f"new delegation spring --template shop {WHO}")
    assert done.exit_code == 2, done.output
    assert done.stderr.partition("Error: ")[2].startswith(told), done.stderr
    assert not (team / "delegations/spring").exists()
