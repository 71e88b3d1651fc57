"""``remit build``: what it says, what it writes, and how it ends."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path

import firm
import pytest
from click.testing import CliRunner, Result

from generator import publish
from generator.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the firm's records, where the commands run."""
    monkeypatch.chdir(firm.write(tmp_path))
    return tmp_path


def build(*words: str) -> Result:
    return CliRunner().invoke(main, ["build", "--as-of", firm.DAY, *words])


def said(done: Result) -> str:
    """Return what is said, without the time that it took."""
    return re.sub(r" in \d+\.\d s\n", "\n", done.stdout)


def delegations(out: str = "site") -> dict[str, str]:
    read = json.loads(Path(out, "data/delegations.json").read_text(encoding="utf-8"))
    return {row["id"]: row["title"] for row in read["delegations"]}


def test_the_first_build_and_the_second() -> None:
    first, second = build("--audience", "full"), build("--audience", "full")
    assert (first.exit_code, first.stderr) == (0, "")
    assert (second.exit_code, second.stderr) == (0, "")
    found = re.fullmatch(
        r"site: (\d+) pages as of 2026-03-16 for full \((\d+) files written, 0 unchanged, 0 removed\)\n",
        said(first),
    )
    assert found, first.stdout
    assert said(second) == (
        f"site: {found[1]} pages as of 2026-03-16 for full "
        f"(0 files written, {found[2]} unchanged, 0 removed)\n"
    )
    pages = [p for p in Path("site").rglob("*.html") if p.is_file()]
    assert len(pages) == int(found[1])
    assert delegations() == {"launch": "Open the shop"}


def test_what_a_wider_audience_had_is_not_counted_to_a_narrower_one() -> None:
    build()
    alone = said(build())
    assert re.fullmatch(r"site: \d+ pages as of 2026-03-16 for org\n", alone), alone
    build("--audience", "full")
    assert said(build()) == alone


def test_into_another_folder_in_another_language_for_another_audience() -> None:
    done = build("-o", "out/zh", "--locale", "zh_CN", "--audience", "person:lin")
    assert (done.exit_code, done.stderr) == (0, "")
    assert said(done).startswith("out/zh: ")
    assert said(done).endswith(" pages as of 2026-03-16 for person:lin\n")
    assert '<html lang="zh-CN">' in Path("out/zh/index.html").read_text(encoding="utf-8")
    assert Path("out/zh/meetings/talk.html").is_file()
    assert not Path("site").exists()


def test_the_audience_is_the_organisation_unless_it_is_said() -> None:
    build()
    assert not Path("site/meetings/talk.html").exists()
    build("--audience", "full")
    assert Path("site/meetings/talk.html").is_file()
    build()
    assert not Path("site/meetings/talk.html").exists()


def test_the_settings_name_the_language() -> None:
    firm.put(Path("content/remit.toml"), 'title = "两个人"\nlocale = "zh_CN"\n')
    build()
    page = Path("site/index.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert "<h1>两个人</h1>" in page


def test_another_day() -> None:
    CliRunner().invoke(main, ["build", "--as-of", "2026-04-20"])
    late = json.loads(Path("site/data/delegations.json").read_text(encoding="utf-8"))
    assert late["as_of"] == "2026-04-20"
    assert late["delegations"][0]["checkins"]["expected"] == 3


def test_several_folders_are_laid_over_each_other() -> None:
    firm.put(Path("private/delegations/secret.md"), firm.broken().replace("linn", "lin"))
    assert build("content", "private", "--audience", "full").exit_code == 0
    assert sorted(delegations()) == ["launch", "secret"]
    assert build("content", "private").exit_code == 0
    assert sorted(delegations()) == ["launch"]


def tree(folder: str) -> dict[str, bytes]:
    """Return every file below a folder, what was published and the list of it."""
    root = Path(folder)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


class TestSeveralAudiences:
    JOINT = ("--audience", "full", "-o", "all", "--audience", "org", "-o", "site")

    def test_a_line_for_each(self) -> None:
        done = build(*self.JOINT, "--audience", "person:lin", "-o", "out/lin")
        assert (done.exit_code, done.stderr) == (0, "")
        assert re.fullmatch(
            r"all: \d+ pages as of 2026-03-16 for full \(\d+ files written, 0 unchanged, 0 removed\)\n"
            r"site: \d+ pages as of 2026-03-16 for org\n"
            r"out/lin: \d+ pages as of 2026-03-16 for person:lin\n",
            said(done),
        ), said(done)
        talks = [Path(out, "meetings/talk.html").is_file() for out in ("all", "site", "out/lin")]
        assert talks == [True, False, True]

    def test_folders_and_audiences_go_together_in_their_order(self) -> None:
        build("-o", "one", "-o", "two", "--audience", "person:lin", "--audience", "public")
        assert Path("one/meetings/talk.html").is_file()
        assert not Path("two/delegations/launch.html").exists()

    def test_each_is_byte_for_byte_what_it_is_alone(self) -> None:
        """What a wider audience gets leaves no trace in a narrower one's, whichever is built first."""
        firm.put(Path("content/canary.txt"), "canary")
        text = firm.RECORDS["content/meetings/talk.md"]
        firm.put(Path("content/meetings/talk.md"), text + "[[launch]] and [the list](../canary.txt).\n")
        firm.put(Path("content/people/secret.md"), "---\nvisibility: private\ncanary: 1\n---\n")
        who = ("person:lin", "full", "org")
        joint = [word for a in who for word in ("--audience", a, "-o", f"joint/{a}")]
        assert build(*joint).exit_code == 1
        for audience in ("person:lin", "org"):
            build("--audience", audience, "-o", f"alone/{audience}")
            assert tree(f"joint/{audience}") == tree(f"alone/{audience}"), audience
        assert len(tree("joint/org")) > 20
        held = {a: sorted(p for p, data in tree(f"joint/{a}").items() if b"canary" in data) for a in who}
        assert held["org"] == []
        assert {"files/canary.txt", "meetings/talk.html"} <= set(held["person:lin"])
        assert len(held["full"]) > len(held["person:lin"])

    def test_what_is_wrong_is_told_once(self) -> None:
        text = firm.RECORDS["content/delegations/launch.md"]
        firm.put(Path("content/delegations/launch.md"), text + "<b>raw</b>\n")
        bad = firm.RECORDS["content/meetings/talk.md"].replace("Tired.", "<i>Tired.</i>")
        firm.put(Path("content/meetings/talk.md"), bad)
        alone = build("--audience", "org")
        assert alone.stderr.count("launch.md:") == 2
        done = build(*self.JOINT)
        assert done.exit_code == 0
        assert done.stderr.count("launch.md:") == 2
        assert done.stderr.count("talk.md:") == 2
        assert done.stderr.endswith("\n\n0 errors, 4 warnings; `remit check` says more\n")

    def test_an_error_that_one_of_them_may_know_of(self) -> None:
        firm.put(Path("content/meetings/talk.md"), "---\ndate: 2026-13-10\nkind: one_on_one\n---\n")
        assert build("--audience", "org", "-o", "site", "--audience", "public", "-o", "p").exit_code == 0
        done = build(*self.JOINT)
        assert done.exit_code == 1
        assert done.stderr.count("content/meetings/talk.md:2:7: error[") == 1
        assert Path("site/index.html").is_file()

    def test_strict_publishes_none_of_them(self) -> None:
        bad = firm.RECORDS["content/meetings/talk.md"].replace("Tired.", "<i>Tired.</i>")
        firm.put(Path("content/meetings/talk.md"), bad)
        assert build("--strict", "--audience", "org").exit_code == 0
        done = build("--strict", *("--audience", "org", "-o", "other"), *("--audience", "full", "-o", "all"))
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.endswith("0 errors, 2 warnings: nothing was published\n")
        assert not Path("other").exists()
        assert not Path("all").exists()

    def test_the_records_are_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from generator.cli import shared  # noqa: PLC0415 - its name is taken by the test alone

        calls = []
        real = shared.read_content
        monkeypatch.setattr(shared, "read_content", lambda *given: calls.append(given) or real(*given))
        assert build(*self.JOINT).exit_code == 0
        assert len(calls) == 1

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (
                ("--audience", "org", "--audience", "full"),
                "2 audiences and 1 folder; give one -o for each --audience, in the same order",
            ),
            (
                ("-o", "a", "-o", "b"),
                "1 audience and 2 folders; give one -o for each --audience, in the same order",
            ),
            (
                ("--audience", "org", "--audience", "full", "-o", "a", "-o", "b", "-o", "c"),
                "2 audiences and 3 folders; give one -o for each --audience, in the same order",
            ),
            (
                ("--audience", "org", "-o", "a", "--audience", "full", "-o", "b/../a/"),
                "b/../a is named for org and for full; build each into a folder of its own",
            ),
            (
                ("--audience", "org", "-o", "a", "--audience", "full", "-o", "a/b/c"),
                "a/b/c, for full, lies in a, for org; build them beside each other",
            ),
            (
                ("--audience", "org", "-o", "a/b/c", "--audience", "full", "-o", "a"),
                "a/b/c, for org, lies in a, for full; build them beside each other",
            ),
            (
                ("--audience", "org", "-o", "a", "--audience", "person:linn", "-o", "b"),
                "Invalid value for --audience: no person “linn”",
            ),
        ],
        ids=str,
    )
    def test_what_does_not_go_together_is_refused(self, words: tuple[str, ...], told: str) -> None:
        done = build(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.endswith(f"\nError: {told}\n")
        assert [p.name for p in Path().iterdir()] == ["content"]

    def test_a_link_to_the_other_folder_is_seen_through(self) -> None:
        Path("a").mkdir()
        Path("b").symlink_to("a")
        done = build("--audience", "org", "-o", "a", "--audience", "full", "-o", "b")
        assert done.exit_code == 2
        assert done.stderr.endswith(
            "Error: b is named for org and for full; build each into a folder of its own\n"
        )

    @pytest.mark.parametrize(
        ("unsafe", "why"),
        [
            ("content/site", "holds the records, or is among them"),
            ("held", "holds a.jpg, which no build put there"),
        ],
    )
    def test_one_that_is_unsafe_refuses_all(self, folder: Path, unsafe: str, why: str) -> None:
        firm.put(Path("held/a.jpg"), "")
        done = build("--audience", "org", "-o", "site", "--audience", "full", "-o", unsafe)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"Error: {folder}/{unsafe} {why}" in done.stderr
        assert not Path("site").exists()


class TestWhatIsWrong:
    def test_an_error_that_the_audience_may_know_of(self) -> None:
        bad = firm.RECORDS["content/delegations/launch.md"].replace("due: 2026-03-27", "due: 2026-02-01")
        firm.put(Path("content/delegations/launch.md"), bad)
        done = build()
        assert done.exit_code == 1
        assert done.stderr == (
            "content/delegations/launch.md:6:6: error[dates-reversed] "
            "due (2026-02-01) is before start (2026-03-02)\n"
            "  |\n"
            "6 | due: 2026-02-01\n"
            "  |      ^^^^^^^^^^\n"
            "  = help: correct one of the two dates\n"
            "\n"
            "1 error, 0 warnings; `remit check` says more\n"
        )
        assert delegations() == {"launch": "Open the shop"}
        assert "dates-reversed" in Path("site/records/index.html").read_text(encoding="utf-8")

    def test_an_error_that_it_may_not_know_of(self) -> None:
        """A name that leads nowhere may be one that is hidden: nothing is said, and the status is 0."""
        firm.put(Path("content/meetings/talk.md"), "---\ndate: 2026-13-10\nkind: one_on_one\n---\n")
        firm.put(Path("content/people/secret.md"), "---\nvisibility: private\nwrong: 1\n---\n")
        done = build()
        assert (done.exit_code, done.stderr) == (0, "")
        done = build("--audience", "full")
        assert done.exit_code == 1
        assert "content/meetings/talk.md:2:7: error[" in done.stderr

    def test_strict_publishes_nothing(self) -> None:
        build()
        before = Path("site/delegations/launch.html").read_bytes()
        text = firm.RECORDS["content/delegations/launch.md"]
        firm.put(Path("content/delegations/launch.md"), text + "<b>raw</b>\n")
        done = build("--strict")
        assert done.exit_code == 1
        assert done.stdout == ""
        assert "warning[raw-html]" in done.stderr
        assert done.stderr.endswith("\n\n0 errors, 2 warnings: nothing was published\n")
        assert Path("site/delegations/launch.html").read_bytes() == before

    def test_warnings_alone_are_published(self) -> None:
        text = firm.RECORDS["content/delegations/launch.md"]
        firm.put(Path("content/delegations/launch.md"), text + "<b>raw</b>\n")
        done = build()
        assert done.exit_code == 0
        assert done.stderr.endswith("\n\n0 errors, 2 warnings; `remit check` says more\n")
        assert "&lt;b&gt;raw" in Path("site/delegations/launch.html").read_text(encoding="utf-8")

    def test_strict_without_faults(self) -> None:
        assert build("--strict").exit_code == 0


class TestMisuse:
    def refused(self, *words: str) -> str:
        done = build(*words)
        assert done.exit_code == 2, done.output
        assert done.stdout == ""
        return done.stderr.partition("Error: ")[2]

    def test_among_the_records(self, folder: Path) -> None:
        remedy = "holds the records, or is among them; build into a folder of its own with -o\n"
        assert self.refused("-o", "content/site") == f"{folder}/content/site {remedy}"
        assert self.refused("-o", "content") == f"{folder}/content {remedy}"
        assert self.refused("-o", ".") == f"{folder} {remedy}"
        firm.put(folder / "more" / "people" / "bo.md", "---\ntitle: Bo\n---\n")
        assert self.refused("content", "more", "-o", "content/../more/site") == f"{folder}/more/site {remedy}"

    def test_a_file(self, folder: Path) -> None:
        assert self.refused("-o", "content/remit.toml") == (
            f"{folder}/content/remit.toml is a file; name a folder to build into\n"
        )

    def test_what_others_put_there(self, folder: Path) -> None:
        firm.put(Path("site/holiday.jpg"), "")
        assert self.refused() == (
            f"{folder}/site holds holiday.jpg, which no build put there; "
            "empty the folder, or build into another with -o\n"
        )

    @pytest.mark.parametrize(
        "words", [("--locale", "fr"), ("--jobs", "0"), ("--jobs", "two"), ("--strict=1",)]
    )
    def test_options(self, words: tuple[str, ...]) -> None:
        assert self.refused(*words) != ""

    def test_a_disk_that_is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device", "site/index.html")

        monkeypatch.setattr(publish, "_fill", full)
        assert self.refused() == "cannot write site/index.html: No space left on device\n"
        assert not Path("site").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_jobs(jobs: str) -> None:
    done = build("--jobs", jobs)
    assert done.exit_code == 0
    assert delegations() == {"launch": "Open the shop"}
