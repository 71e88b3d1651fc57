"""Content folders on a disk: what is read, what is passed over, what is never opened."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from generator.disk import scan
from generator.frontmatter import FILE_LIMIT


def put(folder: Path, *paths: str) -> None:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)


def told(folder: Path) -> list[str]:
    return [f"{d.place} {d.code}: {d.message()}" for d in scan(folder, 0).diagnostics]


def test_files_are_found_in_order(tmp_path):
    put(
        tmp_path,
        "people/b.md",
        "people/a.md",
        "a.md",
        "people/c.MD",
        "teams/x/y.md",
        "people/a/z.md",
        "remit.toml",
    )
    put(
        tmp_path,
        "people/photo.png",
        "people/remit.toml",
        ".git/x.md",
        "_drafts/x.md",
        "people/.x.md",
        "people/_x.md",
    )
    found = scan(tmp_path, 3)
    assert [s.path for s in found.sources] == [
        "a.md",
        "people/a/z.md",
        "people/a.md",
        "people/b.md",
        "people/c.MD",
        "teams/x/y.md",
    ]
    assert {s.root for s in found.sources} == {3}
    assert found.sources[0].data == b"a.md"
    assert found.settings.path == "remit.toml"
    assert found.files == {
        "people/photo.png": tmp_path / "people/photo.png",
        "people/remit.toml": tmp_path / "people/remit.toml",
    }
    assert found.diagnostics == ()


def test_an_empty_folder_holds_nothing(tmp_path):
    found = scan(tmp_path, 0)
    assert (found.settings, found.sources, found.files, found.diagnostics) == (None, (), {}, ())


@pytest.mark.parametrize("name", ["gone", "file"])
def test_what_is_no_folder_is_refused(tmp_path, name):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError):
        scan(tmp_path / name, 0)


def test_a_large_file_is_read_one_byte_past_the_limit(tmp_path):
    (tmp_path / "a.md").write_bytes(b"a" * (FILE_LIMIT + 5))
    assert len(scan(tmp_path, 0).sources[0].data) == FILE_LIMIT + 1


def test_links_pipes_and_sockets_are_never_opened(tmp_path):
    put(tmp_path, "people/ada.md")
    (tmp_path / "people/self.md").symlink_to("ada.md")
    (tmp_path / "people/gone.md").symlink_to("nowhere")
    (tmp_path / "up").symlink_to("..")
    os.mkfifo(tmp_path / "people/pipe.png")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "socket.md"))
    server.close()
    assert told(tmp_path) == [
        "people/gone.md:1:1 not-a-file: a symbolic link, not a plain file: it was not opened",
        "people/pipe.png:1:1 not-a-file: a pipe, not a plain file: it was not opened",
        "people/self.md:1:1 not-a-file: a symbolic link, not a plain file: it was not opened",
        "socket.md:1:1 not-a-file: a socket, not a plain file: it was not opened",
        "up:1:1 not-a-file: a symbolic link, not a plain file: it was not opened",
    ]


def test_what_may_not_be_read_is_told(tmp_path, monkeypatch):
    """The system's refusal is played: whoever runs the tests may be allowed to read everything."""
    put(tmp_path, "people/ada.md", "teams/web.md", "cycles/q.md")
    whole_open, whole_list = os.open, Path.iterdir

    def refuse_file(path, *args, **kwargs):
        if Path(path).name == "ada.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return whole_open(path, *args, **kwargs)

    def refuse_folder(folder: Path):
        if folder.name == "teams":
            raise PermissionError(errno.EACCES, "Permission denied")
        return whole_list(folder)

    monkeypatch.setattr(os, "open", refuse_file)
    monkeypatch.setattr(Path, "iterdir", refuse_folder)
    assert told(tmp_path) == [
        "people/ada.md:1:1 unreadable: cannot be read: Permission denied",
        "teams:1:1 unreadable: cannot be read: Permission denied",
    ]


def test_a_file_that_goes_while_it_is_looked_at_is_told(tmp_path, monkeypatch):
    put(tmp_path, "people/ada.md", "people/ben.md", "teams/web.md")
    whole = Path.iterdir

    def listing(folder: Path):
        names = sorted(whole(folder))
        if folder.name == "people":
            (folder / "ada.md").unlink()
        return iter(names)

    monkeypatch.setattr(Path, "iterdir", listing)
    assert told(tmp_path) == ["people/ada.md:1:1 unreadable: cannot be read: No such file or directory"]


def test_a_link_that_takes_a_files_place_is_not_followed(tmp_path, monkeypatch):
    put(tmp_path, "people/ada.md")
    (tmp_path / "secret").write_text("secret")
    opening = os.open

    def swapped(path, flags, **at):
        if path == "ada.md":
            (tmp_path / "people/ada.md").unlink()
            (tmp_path / "people/ada.md").symlink_to(tmp_path / "secret")
        return opening(path, flags, **at)

    monkeypatch.setattr(os, "open", swapped)
    assert scan(tmp_path / "people", 0).sources == ()
    assert told(tmp_path / "people") == [
        "ada.md:1:1 not-a-file: a symbolic link, not a plain file: it was not opened"
    ]


def test_folders_in_folders_without_end(tmp_path):
    deepest = str(tmp_path)
    for _ in range(1200):  # deeper than Python recurses
        deepest += "/d"
        os.mkdir(deepest)  # noqa: PTH102 - a Path of this depth is slow
    found = scan(tmp_path, 0)
    assert (found.sources, found.diagnostics) == ((), ())
    for _ in range(1200):
        os.rmdir(deepest)  # noqa: PTH106 - as above
        deepest = deepest[:-2]
