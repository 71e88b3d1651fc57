"""``remit check``: the gate. Whole outputs in each format, and how it ends."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import firm
import pytest
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli import main
from generator.report import FORMATS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the firm's records, one of them broken, where the command runs."""
    monkeypatch.chdir(firm.write(tmp_path, launch=firm.broken()))
    return tmp_path


def check(*words: str) -> Result:
    done = CliRunner().invoke(main, ["check", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def mend() -> None:
    firm.write(Path())


def test_all_is_well() -> None:
    mend()
    done = check()
    assert (done.exit_code, done.output) == (0, "4 records: 0 errors, 0 warnings\n")


def test_text() -> None:
    done = check()
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout == f"{firm.UNKNOWN}\n4 records: 1 error, 0 warnings\n"


def test_an_empty_folder(folder: Path) -> None:
    (folder / "empty").mkdir()
    done = check("empty")
    assert (done.exit_code, done.output) == (0, "0 records: 0 errors, 0 warnings\n")


def test_one_record(folder: Path) -> None:
    firm.put(folder / "one/people/ada.md", "---\ntitle: Ada\n---\n")
    assert check("one").output == "1 record: 0 errors, 0 warnings\n"


def test_it_sees_what_no_audience_does(folder: Path) -> None:
    mend()
    firm.put(
        folder / "content/meetings/talk.md",
        "---\ndate: 2026-03-10\nattendees: [ada]\nvisibilty: private\n---\n",
    )
    done = check()
    assert done.exit_code == 1
    assert "content/meetings/talk.md:4:1: error[unknown-key]" in done.stdout


def test_several_folders_each_named_as_it_was_typed(folder: Path) -> None:
    firm.put(folder / "private/delegations/secret.md", firm.broken())
    done = check("content", "./private")
    assert [line.partition(":")[0] for line in done.stdout.split("\n") if "error[" in line] == [
        "content/delegations/launch.md",
        "private/delegations/secret.md",
    ]


class TestFormats:
    def test_every_format_is_one_that_can_be_asked_for(self) -> None:
        assert list(FORMATS) == ["text", "json", "github", "gitlab", "sarif"]
        for form in FORMATS:
            assert check("--format", form).exit_code == 1

    def test_json(self) -> None:
        assert json.loads(check("--format", "json").stdout) == [
            {
                "path": "content/delegations/launch.md",
                "line": 4,
                "column": 8,
                "end_column": 12,
                "severity": "error",
                "code": "unknown-reference",
                "message": "no person “linn”",
                "help": 'did you mean "lin"?',
                "related": [],
            }
        ]

    def test_github(self) -> None:
        assert check("--format", "github").stdout == (
            "::error file=content/delegations/launch.md,line=4,col=8,endColumn=12,title=unknown-reference"
            '::no person “linn”; did you mean "lin"?\n'
        )

    def test_gitlab(self) -> None:
        [found] = json.loads(check("--format", "gitlab").stdout)
        mark = found.pop("fingerprint")
        assert len(mark) == 64
        assert found == {
            "description": 'no person “linn”; did you mean "lin"?',
            "check_name": "unknown-reference",
            "severity": "major",
            "location": {"path": "content/delegations/launch.md", "lines": {"begin": 4}},
        }

    def test_sarif(self) -> None:
        told = json.loads(check("--format", "sarif").stdout)
        [run] = told["runs"]
        driver = run["tool"]["driver"]
        assert (told["version"], driver["name"], driver["version"]) == ("2.1.0", "remit", __version__)
        assert [rule["id"] for rule in driver["rules"]] == ["unknown-reference"]
        region = {"startLine": 4, "startColumn": 8, "endColumn": 12}
        where = {"artifactLocation": {"uri": "content/delegations/launch.md"}, "region": region}
        assert run["results"] == [
            {
                "ruleId": "unknown-reference",
                "level": "error",
                "message": {"text": 'no person “linn”; did you mean "lin"?'},
                "locations": [{"physicalLocation": where}],
                "relatedLocations": [],
            }
        ]

    @pytest.mark.parametrize("form", ["json", "gitlab"])
    def test_nothing_wrong_is_an_empty_list(self, form: str) -> None:
        mend()
        done = check("--format", form)
        assert (done.exit_code, json.loads(done.stdout)) == (0, [])

    def test_nothing_wrong_is_nothing_beside_a_change(self) -> None:
        mend()
        done = check("--format", "github")
        assert (done.exit_code, done.stdout.strip()) == (0, "")

    def test_an_unknown_format(self) -> None:
        done = check("--format", "junit")
        assert done.exit_code == 2
        assert "'junit' is not one of" in done.stderr


class TestSkipAndStrict:
    def test_a_code_that_is_skipped_does_not_fail(self) -> None:
        done = check("--skip", "unknown-reference")
        assert (done.exit_code, done.output) == (0, "4 records: 0 errors, 0 warnings\n")
        assert json.loads(check("--skip", "unknown-reference", "--format", "json").stdout) == []

    def test_others_still_do(self) -> None:
        done = check("--skip", "raw-html", "--skip", "dangling-link")
        assert done.exit_code == 1
        assert firm.UNKNOWN in done.stdout

    def test_a_code_that_there_is_not(self) -> None:
        done = check("--skip", "unknown-referenc")
        assert done.exit_code == 2
        assert done.stderr.endswith(
            "Error: Invalid value for --skip: no code “unknown-referenc”; did you mean unknown-reference?\n"
        )
        done = check("--skip", "zzz")
        assert done.stderr.endswith("Error: Invalid value for --skip: no code “zzz”\n")

    def test_warnings_fail_only_under_strict(self) -> None:
        mend()
        text = firm.RECORDS["content/delegations/launch.md"]
        firm.put(Path("content/delegations/launch.md"), f"{text}[[nowhere]]\n")
        done = check()
        assert done.exit_code == 0
        assert done.stdout.endswith("\n4 records: 0 errors, 1 warning\n")
        assert check("--strict").exit_code == 1
        assert check("--strict", "--skip", "dangling-link").exit_code == 0


def test_the_day_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged folder does not fail tomorrow: nothing asks for the date."""

    def asked(*_: object) -> None:
        raise AssertionError("check asked for the date")

    mend()
    # A command that is imported by now has the function by its own name.
    modules = [importlib.import_module(name) for name in ("generator.building", "generator.cli.status")]
    for module in modules:
        monkeypatch.setattr(module, "today_in", asked)
    assert check().exit_code == 0
    with pytest.raises(AssertionError, match="asked for the date"):
        CliRunner().invoke(main, ["status"], catch_exceptions=False)
