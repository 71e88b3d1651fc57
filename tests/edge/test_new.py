"""``remit new``: what it writes, where, and what it refuses."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.cli.new import EXAMPLES, new
from generator.decode import decode
from generator.markdown import Markdown
from generator.record import TYPES
from generator.scaffold import starter
from generator.scaffold.words import slots
from generator.schema import keys_of
from generator.text import Source

DAY = "2026-11-24"
MADE = dt.date(2026, 11, 23)


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the content folder of a team that was begun the day before."""
    for path, text in starter("en", MADE).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def remit_new(line: str, **options: object) -> Result:
    return CliRunner().invoke(main, ["new", *shlex.split(line)], **options)


def written(line: str) -> tuple[str, str]:
    """Run the command and return the path that it prints and what stands there."""
    done = remit_new(line)
    assert done.exit_code == 0, done.output
    path = done.stdout.strip()
    return path, Path(path).read_text("utf-8")


def refusal(line: str, **options: object) -> str:
    done = remit_new(line, **options)
    assert done.exit_code == 2, done.output
    return done.stderr.partition("Error: ")[2].strip()


def test_a_checkin_in_one_line(team: Path) -> None:
    line = f'checkin launch --date {DAY} --health at_risk --progress 40 -m "The pictures are late."'
    assert written(line) == (
        "content/delegations/launch/checkins/2026-11-24.md",
        """\
---
date: 2026-11-24
health: at_risk
progress: 40
---

The pictures are late.
""",
    )


def test_a_second_one_on_a_day_has_a_number(team: Path) -> None:
    paths = [written(f"checkin launch --date {DAY} --progress {n}")[0] for n in (40, 50, 60)]
    assert [Path(p).name for p in paths] == ["2026-11-24.md", "2026-11-24-2.md", "2026-11-24-3.md"]


def test_a_file_that_is_no_record_is_left_alone(team: Path) -> None:
    there = team / "delegations/launch/checkins/2026-11-24.md"
    there.write_text("notes", "utf-8")
    assert written(f"checkin launch --date {DAY} --progress 40")[0].endswith("/2026-11-24-2.md")
    assert there.read_text("utf-8") == "notes"


def test_the_other_layout_is_followed(team: Path) -> None:
    """Where a delegation is a file and no folder, its events go to the folders of their types."""
    (team / "delegations/launch/index.md").rename(team / "delegations/launch2.md")
    path, text = written(f"checkin launch2 --date {DAY} --progress 40")
    assert (path, "delegation:" in text) == ("content/checkins/launch2/2026-11-24.md", False)
    assert written(f"feedback launch2 --date {DAY} --from ada --to lin")[0] == (
        "content/feedback/launch2/2026-11-24-ada.md"
    )


def test_a_brief_back_restates_the_terms(team: Path) -> None:
    line = (
        f"checkin newsletter --date {DAY} --kind brief_back"
        " --restated-goal 'One a month' --restated-due 2027-01-22"
    )
    assert (
        written(line)[1]
        == """\
---
date: 2026-11-24
kind: brief_back
restated:
  goal: One a month
  due: 2027-01-22
---
"""
    )


def test_tables_and_lists(team: Path) -> None:
    line = (
        f"checkin launch --date {DAY} --milestones draft=80 --milestones outline=2026-11-16"
        ' --asks "More time" --asks "A second pair of eyes: Sam\'s"'
    )
    assert (
        written(line)[1]
        == """\
---
date: 2026-11-24
milestones:
  draft: 80
  outline: 2026-11-16
asks:
- More time
- 'A second pair of eyes: Sam''s'
---
"""
    )


def test_a_delegation(team: Path) -> None:
    line = (
        "delegation shop-sign --owner lin --delegator ada --title 'A new shop sign' --authority-level 4"
        " --plan-cadence 'weekly on friday' --plan-methods checkin --due 2027-03-31 --informed sam,lin"
    )
    assert written(line) == (
        "content/delegations/shop-sign/index.md",
        """\
---
title: A new shop sign
delegator: ada
owner: lin
informed:
- sam
- lin
due: 2027-03-31
authority:
  level: 4
plan:
  methods:
  - checkin
  cadence: weekly on friday
---
""",
    )


def test_words_that_yaml_would_change_are_kept(team: Path) -> None:
    text = written("team '2027' --title no --tags 1:30 --tags 0012")[1]
    assert text == "---\ntitle: 'no'\ntags:\n- '1:30'\n- '0012'\n---\n"


def test_chinese(team: Path) -> None:
    path, text = written(
        f"meeting launch --date {DAY} --title 周一例会：照片 --kind 例会 --attendees ada -m 好的"
    )
    assert path == "content/delegations/launch/meetings/2026-11-24-周一例会-照片.md"
    assert (
        text == "---\ntitle: 周一例会：照片\ndate: 2026-11-24\nkind: 例会\nattendees:\n- ada\n---\n\n好的\n"
    )


def test_a_meeting_about_several(team: Path) -> None:
    path, text = written(
        f"meeting launch --delegations newsletter --date {DAY} --attendees ada,lin --kind one_on_one"
    )
    assert path == "content/meetings/2026-11-24-ada-lin.md"
    assert "delegations:\n- launch\n- newsletter\n" in text


def test_a_retrospective_is_named_after_its_cycle(team: Path) -> None:
    assert written(f"retrospective first --date {DAY}") == (
        "content/retrospectives/first.md",
        "---\ndate: 2026-11-24\ncycle: first\n---\n",
    )
    assert (
        written(f"retrospective first --date {DAY} --team studio")[0]
        == "content/retrospectives/first-studio.md"
    )


def test_the_day_is_today_where_the_site_is(team: Path) -> None:
    before = dt.datetime.now(dt.UTC).date()
    path, _ = written("checkin launch --progress 40")
    assert before <= dt.date.fromisoformat(Path(path).stem) <= dt.datetime.now(dt.UTC).date()


LETTERS = "use letters, digits, `-`, `_` and `.`"
SOLO = "--title x --owner lin --delegator ada"

REFUSED = {
    "checkin lunch": "no delegation “lunch”; did you mean “launch”?",
    "checkin ../x": f"“../x”: it holds “/”; {LETTERS}",
    "checkin": "missing: the delegation. See `remit new checkin --help`.",
    "checkin launch --progress 140": (
        "--progress: 140 is not between 0 and 100; write a number from 0 to 100"
    ),
    "checkin launch --date 2026-02-30": (
        "--date: 2026-02-30 is no day of the calendar; the last day of that month is 2026-02-28"
    ),
    "checkin launch --milestones drafts=done": (
        "--milestones: the delegation has no milestone “drafts”; did you mean `draft`?"
    ),
    "checkin launch --milestones draft": "--milestones wants MILESTONE=VALUE, not “draft”",
    "checkin launch --author linn": '--author: no person “linn”; did you mean "lin"?',
    "feedback --from ada": "missing: --to. See `remit new feedback --help`.",
    "feedback --from ada --to team:studios": '--to: no team “studios”; did you mean "studio"?',
    "delegation": "missing: the id, --title, --delegator, --owner. See `remit new delegation --help`.",
    f"delegation Launch {SOLO}": "there is a delegation “launch” already: delegations/launch/index.md",
    f"delegation checkins {SOLO}": f"“checkins”: it has a meaning in paths; {LETTERS}",
    f"delegation x {SOLO} --plan-grace 91": (
        "--plan-grace: 91 is not between 0 and 90; write a number from 0 to 90"
    ),
    "evaluation --subject lin --evaluator ada": (
        "neither `delegation` nor `cycle` says what is evaluated; add `delegation: …` or `cycle: …`"
    ),
    "person index --title x": f"“index”: it has a meaning in paths; {LETTERS}",
    "team x --content elsewhere": (
        "there is no folder elsewhere; begin with `remit init`, or name the records' folder with --content."
    ),
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_wrong_is_not_written(team: Path, line: str) -> None:
    before = sorted(team.rglob("*"))
    assert refusal(line) == REFUSED[line]
    assert sorted(team.rglob("*")) == before


def test_a_folder_laid_over_another(team: Path) -> None:
    """What few may read is kept apart, and speaks of what the others read."""
    Path("private").mkdir()
    line = f"evaluation launch --date {DAY} --subject lin --evaluator ada --scores found=4 --content private"
    assert refusal(line) == "no delegation “launch”; begin with `remit new delegation launch`"
    assert written(f"{line} --over content") == (
        "private/delegations/launch/evaluations/2026-11-24-lin.md",
        "---\ndate: 2026-11-24\nsubject: lin\nevaluator: ada\nscores:\n  found: 4\n---\n",
    )
    assert refusal(f"{line} --over content --scores fond=4").startswith("--scores: ")
    assert "no folder elsewhere;" in refusal(f"{line} --over elsewhere")


def test_a_warning_is_told_and_the_record_written(team: Path) -> None:
    done = remit_new("delegation solo --title Solo --owner ada --delegator ada")
    assert done.exit_code == 0
    assert (
        done.stderr
        == "Warning: owner and delegator are the same person; name who hands it over as `delegator`\n"
    )
    assert done.stdout == "content/delegations/solo/index.md\n"


def test_faults_elsewhere_are_no_hindrance(team: Path) -> None:
    (team / "people/broken.md").write_text("---\ntitle: [\n---\n", "utf-8")
    (team / "delegations/newsletter/index.md").write_text("---\ntitle: No owner\n---\n", "utf-8")
    assert written(f"checkin launch --date {DAY} --progress 40")[0].endswith("2026-11-24.md")


def test_a_terminal_is_asked(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.new._asks", lambda: True)
    done = remit_new("feedback --to lin", input="an na\nada\n")
    assert done.exit_code == 0, done.output
    assert "from: who gives it" in done.stdout
    assert "no reference to a person" in done.stderr
    path = done.stdout.split()[-1]
    assert Path(path).read_text("utf-8").endswith("from: ada\nto: lin\n---\n")
    done = remit_new("meeting launch", input="ada, lin\n")
    path = done.stdout.split()[-1]
    assert Path(path).read_text("utf-8").endswith("attendees:\n- ada\n- lin\n---\n")


def test_the_editor_is_opened(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def edit(filename: str) -> None:
        opened.append(filename)

    monkeypatch.setattr(click, "edit", edit)
    path, _ = written("person kim --title Kim --edit")
    assert opened == [path] == ["content/people/kim.md"]


LINES = [line.removeprefix("remit new ") for lines in EXAMPLES.values() for line in lines]


@pytest.mark.parametrize("line", LINES)
def test_the_examples_of_the_help_work(team: Path, line: str) -> None:
    path, text = written(line)
    inside = path.removeprefix("content/")
    assert decode(Source(0, inside, text.encode()), Markdown())[1] == ()


@pytest.mark.parametrize("of", TYPES, ids=lambda t: t.type)
def test_each_type_has_its_options_from_the_schema(of: type) -> None:
    command = new.commands[of.type]
    flags = [flag for p in command.params if isinstance(p, click.Option) for flag in p.opts]
    assert len(flags) == len(set(flags))
    plain = [word for word, (_, key) in keys_of(of).items() if (word,) in {s.path for s in slots(of)}]
    named = {flag.removeprefix("--").replace("-", "_") for flag in flags}
    argument = next(p.metavar for p in command.params if isinstance(p, click.Argument)).strip("[]").lower()
    assert set(plain) - named <= {argument}
    shown = CliRunner().invoke(main, ["new", of.type, "--help"]).output
    assert f"remit new {of.type} " in shown
