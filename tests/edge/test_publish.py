"""Publishing: all or nothing, only what is ours, and nothing touched that did not change."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import sys
from pathlib import Path

import pytest

from generator import exchange
from generator import publish as module
from generator.publish import KEPT, MANIFEST, Published, RefusedError, publish


def tick(folder: Path) -> None:
    """Wait until the disk's clock has moved on."""
    clock = folder / "clock"
    clock.touch()
    began = clock.stat().st_mtime_ns
    while clock.stat().st_mtime_ns == began:
        clock.touch()
    clock.unlink()


SITE = {"index.html": b"<h1>one</h1>", "people/lin.html": b"<h1>Lin</h1>", "assets/a.css": b""}


def held(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder but for the manifest."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    files.pop(MANIFEST, None)
    return files


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what tells whether a file was touched: its inode and the day it was written."""
    found = {p: p.stat() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {p.relative_to(folder).as_posix(): (s.st_ino, s.st_mtime_ns) for p, s in found.items()}


def left_over(folder: Path) -> list[str]:
    """Return what stands beside a site after all is done."""
    return sorted(p.name for p in folder.parent.iterdir() if p != folder)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "work" / "site"


class TestWhatIsWritten:
    def test_the_first_time(self, out: Path) -> None:
        assert publish(out, SITE) == Published(3, 0, 0)
        assert held(out) == SITE
        assert left_over(out) == []

    def test_the_manifest_lists_every_file_and_nothing_else(self, out: Path) -> None:
        publish(out, SITE)
        manifest = json.loads((out / MANIFEST).read_text())
        assert manifest["form"] == 1
        assert sorted(manifest["files"]) == sorted(SITE)
        # `printf '' | sha256sum`
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert manifest["files"]["assets/a.css"] == empty

    def test_nothing_changed(self, out: Path) -> None:
        publish(out, SITE)
        before, folder = marks(out), out.stat().st_ino
        assert publish(out, SITE) == Published(0, 3, 0)
        assert marks(out) == before
        assert out.stat().st_ino == folder

    def test_one_changed(self, out: Path) -> None:
        publish(out, SITE)
        before = marks(out)
        after = SITE | {"index.html": b"<h1>two</h1>"}
        assert publish(out, after) == Published(1, 2, 0)
        assert held(out) == after
        now = marks(out)
        assert {p for p in SITE if now[p] != before[p]} == {"index.html"}

    def test_one_added_and_one_removed_with_its_folder(self, out: Path) -> None:
        publish(out, SITE)
        after = {"index.html": SITE["index.html"], "assets/a.css": b"", "teams/sales.html": b"new"}
        assert publish(out, after) == Published(1, 2, 1)
        assert held(out) == after
        assert not (out / "people").exists()

    def test_nothing_left(self, out: Path) -> None:
        publish(out, SITE)
        assert publish(out, {}) == Published(0, 0, 3)
        assert held(out) == {}
        assert publish(out, {}) == Published(0, 0, 0)

    def test_a_file_becomes_a_folder_and_back(self, out: Path) -> None:
        publish(out, {"a": b"1"})
        publish(out, {"a/b": b"2"})
        assert held(out) == {"a/b": b"2"}
        publish(out, {"a": b"1"})
        assert held(out) == {"a": b"1"}

    def test_what_somebody_deleted_or_changed_is_mended(self, out: Path) -> None:
        publish(out, SITE)
        (out / "index.html").unlink()
        assert publish(out, SITE) == Published(1, 2, 0)
        assert held(out) == SITE

    def test_what_a_crash_left_empty_is_mended(self, out: Path) -> None:
        publish(out, SITE)
        (out / "index.html").write_bytes(b"")
        assert publish(out, SITE) == Published(1, 2, 0)
        assert held(out) == SITE

    def test_what_somebody_changed_to_as_many_bytes_is_mended(self, out: Path) -> None:
        """Also with the times set back, or by another file with an old time that took its place."""
        publish(out, SITE)
        page = out / "index.html"
        was = page.stat()
        page.write_bytes(b"<h1>six</h1>")
        os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
        other = out.parent / "other"
        other.write_bytes(b"<h1>Lan</h1>")
        os.utime(other, (1_000_000_000, 1_000_000_000))
        other.rename(out / "people" / "lin.html")
        assert publish(out, SITE) == Published(2, 1, 0)
        assert held(out) == SITE

    def test_what_was_only_touched_stays_and_is_read_once(
        self, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = []
        read_bytes = Path.read_bytes

        def counted(path: Path) -> bytes:
            read.append(path.relative_to(out).as_posix())
            return read_bytes(path)

        publish(out, SITE)
        tick(out.parent)
        # Within one tick of the disk's clock nobody can tell what came first: then all is read.
        publish(out, SITE)
        tick(out.parent)
        (out / "people" / "lin.html").touch()
        (out / "index.html").chmod(0o640)
        before = marks(out)
        monkeypatch.setattr(Path, "read_bytes", counted)
        assert publish(out, SITE) == Published(0, 3, 0)
        assert sorted(read) == [MANIFEST, "index.html", "people/lin.html"]
        assert marks(out) == before
        read.clear()
        tick(out.parent)
        assert publish(out, SITE) == Published(0, 3, 0)
        assert set(read) <= {MANIFEST, "index.html", "people/lin.html"}
        read.clear()
        tick(out.parent)
        assert publish(out, SITE) == Published(0, 3, 0)
        assert read == [MANIFEST]
        assert publish(out, SITE | {"new.html": b""}) == Published(1, 3, 0)
        assert held(out) == SITE | {"new.html": b""}

    def test_new_files_have_the_modes_that_the_umask_allows(self, out: Path) -> None:
        def modes() -> dict[str, str]:
            return {
                p.relative_to(out).as_posix(): f"{p.stat().st_mode & 0o777:o}" for p in sorted(out.rglob("*"))
            }

        before = os.umask(0o027)
        try:
            publish(out, {"a/b.html": b"1"})
            assert modes() == {MANIFEST: "640", "a": "750", "a/b.html": "640"}
            os.umask(0o077)
            publish(out, {"a/b.html": b"1", "c.html": b"2"})
            assert modes() == {MANIFEST: "600", "a": "700", "a/b.html": "640", "c.html": "600"}
            assert out.stat().st_mode & 0o777 == 0o750
        finally:
            os.umask(before)

    def test_the_group_of_the_folder_stays(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Played, as only a member of two groups could show it: the folder seems to be another group's."""
        publish(out, SITE)
        given = []
        stat = Path.stat

        def other_group(path: Path, **words: bool) -> object:
            found = stat(path, **words)
            if path != out:
                return found
            return os.stat_result([*found[:5], 4711, *found[6:]])

        monkeypatch.setattr(Path, "stat", other_group)
        monkeypatch.setattr(os, "chown", lambda path, *owner: given.append((path.name, *owner)))
        publish(out, SITE | {"index.html": b"two"})
        assert given == [(f".site.next-{os.getpid()}", -1, 4711)]

    def test_who_may_read_the_folder_stays_so(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        publish(out, SITE)
        out.chmod(0o750)
        seen = []
        fill = module._fill

        def look(fresh: Path, *rest: object) -> None:
            seen.append(fresh.stat().st_mode & 0o777)
            fill(fresh, *rest)

        monkeypatch.setattr(module, "_fill", look)
        publish(out, SITE | {"index.html": b"two"})
        assert out.stat().st_mode & 0o777 == 0o750
        assert seen == [0o750]

    def test_a_file_replaced_by_a_link_is_written_anew(self, out: Path, tmp_path: Path) -> None:
        publish(out, SITE)
        secret = tmp_path / "secret"
        secret.write_text("secret")
        (out / "index.html").unlink()
        (out / "index.html").symlink_to(secret)
        publish(out, SITE)
        assert not (out / "index.html").is_symlink()
        assert held(out) == SITE
        assert secret.read_text() == "secret"

    def test_the_markers_of_others_stay(self, out: Path) -> None:
        publish(out, SITE)
        for name in KEPT:
            (out / name).write_text(f"# {name}\n")
        publish(out, SITE | {"index.html": b"two"})
        assert {name: (out / name).read_text() for name in KEPT} == {name: f"# {name}\n" for name in KEPT}
        publish(out, {})
        assert sorted(held(out)) == sorted(KEPT)

    def test_a_marker_that_is_a_link_stays_one(self, out: Path) -> None:
        publish(out, SITE)
        (out.parent / "ignored").write_text("*\n")
        (out / ".gitignore").symlink_to("../ignored")
        publish(out, SITE | {"index.html": b"two"})
        assert (out / ".gitignore").readlink() == Path("../ignored")
        assert (out.parent / "ignored").read_text() == "*\n"

    def test_a_marker_is_there_before_the_first_time(self, out: Path) -> None:
        out.mkdir(parents=True)
        (out / ".gitignore").write_text("*\n!.gitignore\n")
        publish(out, SITE)
        assert held(out) == SITE | {".gitignore": b"*\n!.gitignore\n"}

    def test_a_relative_folder(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        out.parent.mkdir()
        monkeypatch.chdir(out.parent)
        publish(Path("site"), SITE)
        publish(Path("./site/../site"), SITE | {"index.html": b"two"})
        assert held(out)["index.html"] == b"two"

    def test_a_link_to_the_folder_is_followed_and_stays(self, out: Path, tmp_path: Path) -> None:
        publish(out, SITE)
        link = tmp_path / "link"
        link.symlink_to(out)
        assert publish(link, SITE | {"index.html": b"two"}) == Published(1, 2, 0)
        assert link.is_symlink()
        assert held(out)["index.html"] == b"two"

    def test_names_of_any_script(self, out: Path) -> None:
        files = {"delegations/发布 ü~2.html": "发布".encode(), "a%20b.html": b"x"}
        publish(out, files)
        assert held(out) == files
        assert publish(out, files) == Published(0, 2, 0)


UNREADABLE = (
    *("", "[]", "null", "[" * 100_000, '{"form": 1}', '{"form":1,"files":[1]}'),
    '{"form": 2, "files": {"index.html": "x"}}',
)


class TestWhatIsRefused:
    """Each leaves everything as it was."""

    def refused(self, out: Path, why: str, contents: tuple[Path, ...] = ()) -> None:
        with pytest.raises(RefusedError, match=why):
            publish(out, {"new.html": b""}, contents)

    def test_a_file_that_no_build_put_there(self, out: Path) -> None:
        out.mkdir(parents=True)
        (out / "thesis.txt").write_text("three years")
        self.refused(out, "holds thesis.txt, which no build put there")
        assert held(out) == {"thesis.txt": b"three years"}

    def test_a_file_that_somebody_put_into_a_site(self, out: Path) -> None:
        publish(out, SITE)
        (out / "people" / "mine.txt").write_text("mine")
        self.refused(out, "holds people/mine.txt")
        assert held(out) == SITE | {"people/mine.txt": b"mine"}

    def test_a_link_that_somebody_put_into_a_site(self, out: Path, tmp_path: Path) -> None:
        publish(out, SITE)
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "a.jpg").write_text("")
        (out / "photos").symlink_to(tmp_path / "photos")
        self.refused(out, "holds photos")
        assert (tmp_path / "photos" / "a.jpg").exists()

    def test_a_folder_that_somebody_put_into_a_site(self, out: Path) -> None:
        """Even if it is empty; one whose pages were taken away is still ours."""
        publish(out, SITE)
        (out / "people" / "lin.html").unlink()
        publish(out, SITE)
        (out / "people" / "photos").mkdir()
        self.refused(out, "holds people/photos")
        assert (out / "people" / "photos").is_dir()

    @pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
    def test_a_marker_that_is_no_file(self, out: Path, make) -> None:
        publish(out, SITE)
        make(out / ".nojekyll")
        self.refused(out, r"holds \.nojekyll")

    def test_what_cannot_be_looked_into(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """There might be anything in it."""
        publish(out, SITE)
        (out / "people" / "thesis.txt").write_text("three years")
        scandir = os.scandir

        def broken(path: str) -> object:
            if str(path).endswith("people"):
                raise OSError(errno.EIO, "Input/output error", path)
            return scandir(path)

        with monkeypatch.context() as patched:
            patched.setattr(os, "scandir", broken)
            with pytest.raises(OSError, match="Input/output"):
                publish(out, {"new.html": b""})
        assert held(out) == SITE | {"people/thesis.txt": b"three years"}

    @pytest.mark.parametrize("kind", ["link", "pipe"])
    def test_a_manifest_that_is_no_file(self, out: Path, kind: str) -> None:
        publish(out, SITE)
        (out / MANIFEST).rename(out.parent / "manifest")
        if kind == "link":
            (out / MANIFEST).symlink_to(out.parent / "manifest")
        else:
            os.mkfifo(out / MANIFEST)
        self.refused(out, "which no build put there")

    def test_a_manifest_that_cannot_be_read_is_said(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """That the pages were no build's would be wrong."""
        publish(out, SITE)

        def broken(path: Path) -> bytes:
            raise OSError(errno.EIO, "Input/output error", str(path))

        with monkeypatch.context() as patched:
            patched.setattr(Path, "read_bytes", broken)
            with pytest.raises(OSError, match="Input/output"):
                publish(out, {"new.html": b""})
        assert held(out) == SITE

    @pytest.mark.parametrize("manifest", UNREADABLE)
    def test_a_manifest_that_cannot_be_read_lists_nothing(self, out: Path, manifest: str) -> None:
        publish(out, SITE)
        (out / MANIFEST).write_text(manifest)
        self.refused(out, "which no build put there")
        assert held(out) == SITE

    def test_a_file_in_place_of_the_folder(self, out: Path) -> None:
        out.parent.mkdir()
        out.write_text("x")
        self.refused(out, "is a file")
        assert out.read_text() == "x"

    def test_the_records_themselves(self, out: Path) -> None:
        out.mkdir(parents=True)
        self.refused(out, "holds the records", (out,))

    def test_records_inside(self, out: Path) -> None:
        (out / "content").mkdir(parents=True)
        self.refused(out, "holds the records", (out / "content",))

    def test_among_the_records(self, out: Path, tmp_path: Path) -> None:
        self.refused(out, "or is among them", (tmp_path / "work",))
        assert not out.exists()

    def test_any_of_several_folders_of_records(self, out: Path, tmp_path: Path) -> None:
        self.refused(out, "holds the records", (tmp_path / "content", out / "private"))

    def test_the_records_by_another_name(self, out: Path, tmp_path: Path) -> None:
        content = tmp_path / "content"
        content.mkdir()
        out.parent.mkdir()
        out.symlink_to(content)
        self.refused(out, "holds the records", (content,))
        self.refused(content / "site", "or is among them", (out,))

    def test_a_folder_beside_the_records_with_a_like_name(self, tmp_path: Path) -> None:
        (tmp_path / "content").mkdir()
        publish(tmp_path / "content-site", SITE, (tmp_path / "content",))
        assert held(tmp_path / "content-site") == SITE

    def test_the_root_and_the_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        self.refused(Path("/"), "is no folder to replace")
        self.refused(tmp_path, "is no folder to replace")

    def test_what_holds_the_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "homes").mkdir()
        monkeypatch.setenv("HOME", str(tmp_path / "homes" / "lin"))
        self.refused(tmp_path / "homes", "is no folder to replace")
        (tmp_path / "link").symlink_to(tmp_path / "homes")
        self.refused(tmp_path / "link", "is no folder to replace")
        self.refused(tmp_path / "homes" / "ada" / ".." / "lin", "is no folder to replace")

    def test_a_link_that_leads_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "site").symlink_to("again")
        (tmp_path / "again").symlink_to("site")
        self.refused(tmp_path / "site", "is a link that leads to no folder")
        assert sorted(p.name for p in tmp_path.iterdir() if p.is_symlink()) == ["again", "site"]

    def test_a_user_without_a_home(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown() -> Path:
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.setattr(Path, "home", unknown)
        self.refused(Path("/"), "is no folder to replace")
        publish(out, SITE)
        assert held(out) == SITE

    @pytest.mark.parametrize("place", [".git", ".git/site", ".GIT/hooks", "link"])
    def test_among_git_s_own_files(self, tmp_path: Path, place: str) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / ".git" / "refs")
        self.refused(tmp_path / place, "is among git's own files")
        assert list((tmp_path / ".git").iterdir()) == []

    def test_the_records_under_a_name_that_no_link_explains(
        self, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As by a mount, or on a disk that takes `Content` for `content`: here links are not resolved."""
        content = tmp_path / "content"
        (content / "people").mkdir(parents=True)
        out.parent.mkdir()
        out.symlink_to(content)
        monkeypatch.setattr(os.path, "realpath", lambda path: path)
        self.refused(out, "holds the records", (content,))
        self.refused(out / "people", "or is among them", (content,))
        self.refused(out, "holds the records", (content / "people",))

    @pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", MANIFEST, ""])
    def test_a_path_that_leads_out(self, out: Path, path: str) -> None:
        with pytest.raises(ValueError, match="path"):
            publish(out, {"fine.html": b"", path: b""})
        assert not out.parent.exists()


class TestFailure:
    """The folder is then the old site, whole, and nothing lies beside it."""

    def fails(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        publish(out, SITE)
        (out / ".gitignore").write_text("*\n")
        before = marks(out)
        with monkeypatch.context() as patched:
            self.patch(patched)
            with pytest.raises(OSError, match=r"(?i)full|not permitted"):
                publish(out, {"index.html": b"two", "b.html": b"2", "c.html": b"3"})
        assert marks(out) == before
        assert held(out) == SITE | {".gitignore": b"*\n"}
        assert left_over(out) == []
        publish(out, {"index.html": b"two"})
        assert held(out) == {"index.html": b"two", ".gitignore": b"*\n"}

    def test_full_disk_in_the_middle(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written = []
        write = Path.write_bytes

        def full(path: Path, data: bytes) -> int:
            written.append(path)
            if len(written) == 2:
                raise OSError(errno.ENOSPC, "the disk is full", str(path))
            return write(path, data)

        self.patch = lambda patched: patched.setattr(Path, "write_bytes", full)
        self.fails(out, monkeypatch)
        assert len(written) == 2

    def test_full_disk_at_the_manifest(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, "the disk is full")

        self.patch = lambda patched: patched.setattr(os, "fsync", full)
        self.fails(out, monkeypatch)

    def test_the_folders_cannot_change_places(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Library:
            def renameat2(self, *_: object) -> int:
                return -1

        def patch(patched: pytest.MonkeyPatch) -> None:
            patched.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library())
            patched.setattr(exchange.ctypes, "get_errno", lambda: errno.EPERM)

        self.patch = patch
        self.fails(out, monkeypatch)

    def test_the_second_of_two_renames(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a system cannot exchange in one step, the old site is put back."""
        rename = Path.rename

        def refuse(path: Path, target: Path) -> Path:
            if path.name.removeprefix(".site.next-").isdigit() and target == out:
                raise OSError(errno.EPERM, "not permitted", str(target))
            return rename(path, target)

        def patch(patched: pytest.MonkeyPatch) -> None:
            patched.setattr(exchange.ctypes, "CDLL", without_exchange)
            patched.setattr(Path, "rename", refuse)

        self.patch = patch
        self.fails(out, monkeypatch)

    def test_the_first_time(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(path: Path, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "the disk is full", str(path))

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="full"):
            publish(out, SITE)
        assert not out.exists()
        assert left_over(out) == []

    def test_a_parent_that_cannot_be_written(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The system's refusal is played: to whoever runs the tests nothing may be forbidden."""
        publish(out, SITE)

        def refuse(path: Path, *_: object, **__: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(Path, "mkdir", refuse)
        with pytest.raises(PermissionError):
            publish(out, {"index.html": b"two"})
        assert held(out) == SITE

    def test_a_parent_that_is_a_file(self, out: Path) -> None:
        out.parent.write_text("x")
        with pytest.raises(OSError, match=r"exists|Not a directory"):
            publish(out, SITE)
        assert out.parent.read_text() == "x"


def without_exchange(*_: object, **__: object) -> object:
    """Stand in for a C library without renameat2."""
    return object()


class TestOtherSystems:
    """What Linux does in one step, others do in two."""

    def test_a_mac(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its library has another name for it, and takes no folders to start from."""
        asked = []

        class Library:
            def renamex_np(self, fresh: bytes, old: bytes, flag: int) -> int:
                first, second = Path(os.fsdecode(fresh)), Path(os.fsdecode(old))
                asked.append((first.name, second.name, flag))
                aside = first.rename(first.with_name("aside"))
                second.rename(first)
                aside.rename(second)
                return 0

        monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library())
        self.twice(out)
        assert asked == [(f".site.next-{os.getpid()}", "site", 2)]

    @pytest.mark.parametrize("failure", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
    def test_a_file_system_that_cannot_exchange(
        self, out: Path, failure: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Library:
            def renameat2(self, *_: object) -> int:
                return -1

        monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library())
        monkeypatch.setattr(exchange.ctypes, "get_errno", lambda: failure)
        self.twice(out)

    def test_a_library_that_knows_no_exchange(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exchange.ctypes, "CDLL", without_exchange)
        self.twice(out)

    def test_a_file_system_without_links(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "not permitted")

        monkeypatch.setattr(os, "link", refuse)
        self.twice(out)

    def test_a_file_system_without_locks(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        out.parent.mkdir()
        (out.parent / ".site.next-1").mkdir()
        monkeypatch.setattr(fcntl, "flock", refuse)
        publish(out, SITE)
        assert held(out) == SITE
        assert left_over(out) == [".site.next-1"]

    def test_a_system_without_locks(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What another build left, or still works on, is then let be."""
        out.parent.mkdir()
        (out.parent / ".site.next-1").mkdir()
        monkeypatch.setitem(sys.modules, "fcntl", None)
        publish(out, SITE)
        assert held(out) == SITE
        assert left_over(out) == [".site.next-1"]

    def twice(self, out: Path) -> None:
        publish(out, SITE)
        assert publish(out, SITE | {"index.html": b"two"}) == Published(1, 2, 0)
        assert held(out) == SITE | {"index.html": b"two"}
        assert left_over(out) == []


def test_what_a_killed_build_left_is_cleared_away(out: Path) -> None:
    publish(out, SITE)
    litter = out.parent / ".site.next-1"
    litter.mkdir()
    (litter / "index.html").write_text("half")
    other = out.parent / ".other.next-1"
    other.mkdir()
    publish(out, SITE | {"index.html": b"two"})
    assert left_over(out) == [".other.next-1"]


@pytest.mark.parametrize("site_is_there", [True, False])
def test_what_was_killed_between_two_renames_is_put_right(out: Path, site_is_there: bool) -> None:
    """The old site comes back where none took its place, even if the next build publishes nothing."""
    publish(out, SITE)
    out.rename(out.parent / ".site.next-1.old")
    (out.parent / ".site.next-1").mkdir()
    if site_is_there:
        publish(out, {"index.html": b"two"})
        (out.parent / ".site.next-2.old").mkdir()
    else:
        assert publish(out, SITE) == Published(0, 3, 0)
    assert publish(out, {"index.html": b"two"}).unchanged == site_is_there
    assert held(out) == {"index.html": b"two"}
    assert left_over(out) == []
