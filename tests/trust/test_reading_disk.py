"""What lies or happens in a content folder: links, pipes, devices, names, and files that change while they are read."""

# ruff: noqa: E501 - messages stand as they are printed

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import disk
from generator.audience import FULL
from generator.building import Content, read_content, site_files
from generator.check import check
from generator.cli import main
from generator.cli.shared import Day
from generator.diagnostic import ordered
from generator.disk import read_file, scan
from generator.report import as_text

SECRET = "root:x:0:0:secret"
DELEGATION = "---\ntitle: API\nowner: ada\ndelegator: ada\nmetrics: [{id: users, file: users.csv}]\n---\n[paper](paper.pdf)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with a record, a metric's file and an attachment, and a secret beside it."""
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "outside").mkdir()
    for name in ("api.md", "users.csv", "paper.pdf"):
        (tmp_path / "outside" / name).write_text(SECRET)
    inside = tmp_path / "content"
    (inside / "delegations").mkdir(parents=True)
    (inside / "people").mkdir()
    (inside / "people/ada.md").write_text("---\ntitle: Ada\n---\n")
    (inside / "delegations/api.md").write_text(DELEGATION)
    (inside / "delegations/users.csv").write_text("date,users\n2026-03-02,5\n")
    (inside / "delegations/paper.pdf").write_text("%PDF")
    return inside


def told(content: Content) -> list[str]:
    return [f"{d.place} {d.code}: {d.message()}" for d in content.diagnostics]


def site(content: Content) -> tuple[dict[str, bytes], list[str]]:
    files, faults = site_files(content, FULL, Day().convert("2026-03-16", None, None))
    return files, [f"{d.place} {d.code}: {d.message()}" for d in faults]


def report(content: Content) -> str:
    return as_text(ordered([*content.diagnostics, *check(content.ledger)]), content.where, content.line)


def holds_secret(files: dict[str, bytes]) -> list[str]:
    return [path for path, data in files.items() if SECRET.encode() in data]


def test_the_folder_is_in_order(folder):
    content = read_content([folder])
    files, faults = site(content)
    assert (told(content), files["files/delegations/paper.pdf"]) == ([], b"%PDF")
    assert [f for f in faults if "owner-is-delegator" not in f] == []


# --- what is no plain file ---------------------------------------------------------------------------------


def test_what_is_reported_for_being_a_link_or_a_pipe_is_not_opened_for_its_message_either(folder):
    (folder / "people/link.md").symlink_to("../../secret")
    os.mkfifo(folder / "people/pipe.md")
    (folder / "people/loop").symlink_to(".")
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert SECRET not in result.output
    assert [
        line.removeprefix(f"{folder}/") for line in result.output.split("\n") if "not-a-file" in line
    ] == [
        "people/link.md:1:1: error[not-a-file] a symbolic link, not a plain file: it was not opened",
        "people/loop:1:1: error[not-a-file] a symbolic link, not a plain file: it was not opened",
        "people/pipe.md:1:1: error[not-a-file] a pipe, not a plain file: it was not opened",
    ]


@pytest.mark.parametrize("kind", [stat.S_IFCHR, stat.S_IFBLK])
@pytest.mark.parametrize("name", ["api.md", "users.csv", "paper.pdf", "remit.toml"])
def test_a_device_is_not_opened(folder, monkeypatch, kind, name):
    """Its mode is played: only root can make one."""
    path = folder / ("" if name == "remit.toml" else "delegations") / name
    path.touch()
    whole = Path.stat

    def played(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = whole(self, follow_symlinks=follow_symlinks)
        return os.stat_result((kind | 0o600, *found[1:])) if self == path else found

    opening = os.open

    def watched(opened, flags, **at):
        assert Path(opened).name != name
        return opening(opened, flags, **at)

    monkeypatch.setattr(Path, "stat", played)
    monkeypatch.setattr(os, "open", watched)
    content = read_content([folder])
    place = path.relative_to(folder).as_posix()
    assert f"{place}:1:1 not-a-file: a device, not a plain file: it was not opened" in told(content)


def test_a_remit_toml_that_is_a_link_is_not_followed(folder):
    (folder.parent / "settings").write_text('title = "Elsewhere"\n')
    (folder / "remit.toml").symlink_to("../settings")
    content = read_content([folder])
    assert content.ledger.site.title == "Remit"
    assert told(content) == [
        "remit.toml:1:1 not-a-file: a symbolic link, not a plain file: it was not opened"
    ]


# --- what changes while it is read -------------------------------------------------------------------------


def link_file(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[2] / "outside" / path.name)


def link_folder(path: Path) -> None:
    path.parent.rename(path.parents[1] / "gone")
    path.parent.symlink_to(path.parents[2] / "outside")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    path.unlink()


SWAPS: dict[Callable[[Path], None], str] = {
    link_file: os.strerror(errno.ELOOP),
    link_folder: os.strerror(errno.ENOTDIR),
    pipe: "not a plain file",
    make_folder: "not a plain file",
    remove: os.strerror(errno.ENOENT),
}


@pytest.mark.parametrize("swap", SWAPS)
def test_what_takes_a_records_place_between_finding_and_reading_is_not_read(folder, monkeypatch, swap):
    reading = disk.read_file

    def late(root: Path, path: str, *rest) -> bytes:
        if path == "delegations/api.md":
            swap(folder / path)
        return reading(root, path, *rest)

    monkeypatch.setattr(disk, "read_file", late)
    found = scan(folder, 0)
    assert [s.path for s in found.sources] == ["people/ada.md"]
    assert [
        f"{d.place.path}: {d.message()}" for d in found.diagnostics if d.place.path.endswith("api.md")
    ] == [f"delegations/api.md: cannot be read: {SWAPS[swap]}"]


@pytest.mark.parametrize("swap", SWAPS)
def test_what_takes_a_metrics_files_place_is_not_read(folder, monkeypatch, swap):
    from generator import building  # noqa: PLC0415 - what is patched

    whole = building.decode_all

    def late(*args, **kwargs):
        swap(folder / "delegations/users.csv")
        return whole(*args, **kwargs)

    monkeypatch.setattr(building, "decode_all", late)
    content = read_content([folder])
    assert told(content) == [
        "delegations/api.md:5:29 metric-file: there is no file “users.csv” beside the record",
        f"delegations/users.csv:1:1 unreadable: cannot be read: {SWAPS[swap]}",
    ]
    assert SECRET not in report(content)


QUICK = [pytest.param(s, marks=() if s is link_folder else pytest.mark.long) for s in SWAPS]
"""A site is built for each: one of them on every run."""


@pytest.mark.parametrize("swap", QUICK)
def test_what_takes_an_attachments_place_is_not_published(folder, swap):
    content = read_content([folder])
    swap(folder / "delegations/paper.pdf")
    files, faults = site(content)
    assert "files/delegations/paper.pdf" not in files
    assert holds_secret(files) == []
    assert f"delegations/paper.pdf:1:1 unreadable: cannot be read: {SWAPS[swap]}" in faults


@pytest.mark.parametrize("swap", SWAPS)
def test_what_takes_a_records_place_is_not_shown_in_a_message(folder, swap):
    (folder / "delegations/api.md").write_text("---\ntitle: @A\n---\n")
    content = read_content([folder])
    swap(folder / "delegations/api.md")
    assert SECRET not in report(content)
    assert "delegations/api.md:2:8: error[header-syntax]" in report(content)


def test_a_file_that_grows_while_it_is_read_is_read_as_large_as_it_was(folder, monkeypatch):
    whole = os.fstat

    def growing(handle: int) -> os.stat_result:
        found = whole(handle)
        with (folder / "delegations/paper.pdf").open("ab") as file:
            file.write(b"more and more")
        return found

    monkeypatch.setattr(os, "fstat", growing)
    assert read_file(folder, "delegations/paper.pdf") == b"%PDF"
    assert len(read_file(folder, "delegations/paper.pdf")) > 4


def test_a_file_that_shrinks_while_it_is_read_is_read_as_far_as_it_goes(folder, monkeypatch):
    whole = os.fstat

    def shrinking(handle: int) -> os.stat_result:
        found = whole(handle)
        os.truncate(folder / "delegations/paper.pdf", 2)
        return found

    monkeypatch.setattr(os, "fstat", shrinking)
    assert read_file(folder, "delegations/paper.pdf") == b"%P"


def handles() -> set[int]:
    """Return the numbers below 500 that stand for something open."""
    found = set()
    for number in range(500):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.add(number)
    return found


def test_no_handle_is_left_open(folder):
    before = handles()
    for path in (
        "delegations/api.md",
        "delegations/gone.md",
        "gone/api.md",
        "delegations",
        "people/ada.md/x",
    ):
        try:
            read_file(folder, path)
        except OSError:
            continue
    assert handles() == before


def test_where_the_system_cannot_open_step_by_step_the_last_link_is_refused(folder, monkeypatch):
    monkeypatch.setattr(disk, "_STEPWISE", False)
    assert read_file(folder, "people/ada.md") == b"---\ntitle: Ada\n---\n"
    link_file(folder / "delegations/api.md")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        read_file(folder, "delegations/api.md")


# --- names -------------------------------------------------------------------------------------------------

ODD = {
    "an escape sequence": ("a\x1b[31m.md", "a<U+001B>[31m.md"),
    "a line end": ("a\n::error::b.md", "a<U+000A>::error::b.md"),
    "turned about": ("a\u202egm.md", "a<U+202E>gm.md"),
    "a zero-width space": ("a\u200bb.md", "a<U+200B>b.md"),
    "markup": ("a<script>.md", "a<script>.md"),
    "not UTF-8": (os.fsdecode(b"a\xff.md"), "a�.md"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_told_as_it_can_be_shown(folder, name):
    written, shown = ODD[name]
    (folder / "people" / written).write_text("---\ntitle: X\n---\n")
    text = report(read_content([folder]))
    assert text.replace("\n", "").isprintable()
    assert f"{folder}/people/{shown}:1:1: error[" in text
    assert "::error::b" not in [line[:10] for line in text.split("\n")]


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n == "markup" else pytest.mark.long) for n in ODD]
)
def test_an_odd_name_of_an_attachment_leads_nowhere(folder, name):
    written = ODD[name][0].replace(".md", ".html")
    (folder / "delegations" / written).write_text("<script>alert(1)</script>")
    (folder / "delegations/api.md").write_bytes(
        DELEGATION.encode() + b"\n[x](<" + os.fsencode(written) + b">)\n"
    )
    files, _ = site(read_content([folder]))
    assert [path for path in files if path.startswith("files/")] in (
        [],
        ["files/delegations/paper.pdf", "files/delegations/users.csv"],
    )
    assert not any(b"<script>alert(1)" in data for data in files.values())


def test_a_content_folder_whose_name_is_no_utf8_is_shown_all_the_same(tmp_path):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    (folder / "people").mkdir(parents=True)
    (folder / "people/a.md").write_text("---\ntitel: X\n---\n")
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert "caf�/people/a.md:2:1: error[unknown-key]" in result.output


# --- ids ---------------------------------------------------------------------------------------------------

BAD_IDS = {
    "../x": "it holds “/”", "a/b": "it holds “/”", "..": "it begins or ends with a dot", "a.": "it begins or ends with a dot",
    ".a": "it begins or ends with a dot", "CON": "some systems cannot have a file of that name",
    "nul.txt": "some systems cannot have a file of that name", "Com1": "some systems cannot have a file of that name",
    "a" * 300: "it has 300 characters", "a\\b": "it holds “\\”", "a:b": "it holds “:”", "a b": "it holds “ ”",
    "a%2e": "it holds “%”", "ada\u3164": "it holds “\u3164”", "a\ufe0fb": "it holds “\ufe0f”", "index": "`index` is the name of a list's page",
    "<b>": "it holds “<”", "中" * 81: "it has 81 characters", "a\u00adb": "it holds the character U+00AD",
}  # fmt: skip


@pytest.mark.parametrize("id_", BAD_IDS)
def test_an_id_that_cannot_be_one_is_told(case, id_):
    case.people().write("people/x.md", f"---\nid: '{id_}'\ntitle: X\n---\n".encode())
    (fault,) = case.diagnostics()
    assert (str(fault.place), fault.code) == ("people/x.md:2:5", "bad-id")
    assert fault.message().endswith(f"cannot be an id: {BAD_IDS[id_]}")


@pytest.mark.parametrize("path", ["con", "AUX", "a ", "a b", "x.", "中" * 81, "%2e%2e", "index"])
def test_a_name_that_cannot_be_an_id_is_told(case, path):
    case.people().write(f"people/{path}.md", "---\ntitle: X\n---\n")
    assert case.codes() == [f"people/{path}.md:1:1 bad-id"]


SAME = [
    ("ada", "ADA"),
    ("straße", "STRASSE"),
    ("café", "cafe\u0301"),
    ("Σίσυφος", "σίσυφοσ"),
    ("ﬁn", "fin"),
    ("İ", "i̇"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ids_that_are_the_same_are_told_with_both_files_and_neither_is_published(case, one, other):
    case.write("people/x.md", f"---\nid: {one}\ntitle: X\n---\n")
    case.write("people/y.md", f"---\nid: {other}\ntitle: Y\n---\n")
    (fault,) = case.diagnostics()
    assert fault.code == "duplicate-id"
    assert {fault.place.path, *(p.path for p in fault.related)} == {"people/x.md", "people/y.md"}
    assert case.project("org").records == ()
    case.write("people/y.md", f"---\nid: {other}\ntitle: Y\nvisibility: private\n---\n")
    assert [r.path for r in case.project("org").records] == ["people/x.md"]


def test_file_names_that_are_the_same_composed_and_not(folder):
    for form in ("NFC", "NFD"):
        (folder / "people" / unicodedata.normalize(form, "café.md")).write_text("---\ntitle: X\n---\n")
    content = read_content([folder])
    found = [d for d in check(content.ledger) if d.code == "duplicate-id"]
    assert [len({d.place.path, *(p.path for p in d.related)}) for d in found] == [2]
