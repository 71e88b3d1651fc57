"""Publishing at its edges: what is said word for word, what is written byte for byte, what is let be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from generator.publish import KEPT, MANIFEST, Published, RefusedError, publish


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "work" / "site"


def test_what_is_said_of_a_file_in_place_of_the_folder(out: Path) -> None:
    out.parent.mkdir()
    out.write_text("x")
    with pytest.raises(RefusedError) as refusal:
        publish(out, {})
    assert str(refusal.value) == f"{out} is a file; name a folder to build into"


def test_what_is_said_of_the_records(out: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        publish(out, {}, (out / "content",))
    told = f"{out} holds the records, or is among them; build into a folder of its own with -o"
    assert str(refusal.value) == told


def test_what_is_said_of_a_file_that_no_build_put_there(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "thesis.txt").write_text("three years")
    with pytest.raises(RefusedError) as refusal:
        publish(out, {})
    told = "holds thesis.txt, which no build put there; empty the folder, or build into another with -o"
    assert str(refusal.value) == f"{out} {told}"


def test_what_is_said_of_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(RefusedError) as refusal:
        publish(tmp_path, {})
    told = f"{tmp_path} is no folder to replace; build into a folder of its own with -o"
    assert str(refusal.value) == told


def test_what_is_said_of_a_path_that_leads_out(out: Path) -> None:
    with pytest.raises(ValueError, match=r"\Ano path of a site: '\.\./x'\Z"):
        publish(out, {"index.html": b"", "../x": b""})


def test_the_names_that_are_ours_and_those_that_are_not() -> None:
    """Sites that were published list themselves under this name, and hosts look for those."""
    assert MANIFEST == ".remit.json"
    assert sorted(KEPT) == [".gitignore", ".gitkeep", ".nojekyll"]


def test_the_manifest_byte_for_byte(out: Path) -> None:
    """A line for each file, in order, so that git shows what changed."""
    publish(out, {"b.html": b"", "a/中.html": b""})
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (out / MANIFEST).read_bytes().decode() == (
        f'{{\n"form": 1,\n"files": {{\n"a/\\u4e2d.html": "{empty}",\n"b.html": "{empty}"\n}}\n}}\n'
    )


def test_folders_are_made_as_deep_as_they_are_named(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "site"
    publish(out, {"c/d/e/index.html": b"deep"})
    assert (out / "c" / "d" / "e" / "index.html").read_bytes() == b"deep"


def test_a_site_without_files_is_a_folder_with_a_manifest(out: Path) -> None:
    assert publish(out, {}) == Published(0, 0, 0)
    assert [p.name for p in out.iterdir()] == [MANIFEST]
    assert json.loads((out / MANIFEST).read_bytes()) == {"form": 1, "files": {}}


def test_a_link_of_as_many_bytes_as_the_file_it_replaced_is_written_anew(out: Path) -> None:
    publish(out, {"index.html": b"<h1>one</h1>"})
    (out.parent / "my-secret").write_text("secret")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("../my-secret")
    assert (out / "index.html").lstat().st_size == len(b"<h1>one</h1>")
    assert publish(out, {"index.html": b"<h1>one</h1>"}) == Published(1, 0, 0)
    assert not (out / "index.html").is_symlink()


def test_a_marker_of_the_site_itself_is_the_site_s(out: Path) -> None:
    publish(out, {".nojekyll": b"old"})
    assert publish(out, {".nojekyll": b"new"}) == Published(1, 0, 0)
    assert (out / ".nojekyll").read_bytes() == b"new"


def test_what_only_looks_like_the_litter_of_a_killed_build_stays(out: Path) -> None:
    out.parent.mkdir()
    (out.parent / ".site.next-1.html").mkdir()
    (out.parent / ".site.next-2").write_text("a file, where a build makes folders")
    (out.parent / ".site.next-3").mkdir()
    publish(out, {})
    assert sorted(p.name for p in out.parent.iterdir()) == [".site.next-1.html", ".site.next-2", "site"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may need two steps")
def test_the_folders_change_places_in_one_step(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(out, {"index.html": b"one"})

    def refuse(path: Path, target: Path) -> Path:
        raise AssertionError((path, target))

    monkeypatch.setattr(Path, "rename", refuse)
    publish(out, {"index.html": b"two"})
    assert (out / "index.html").read_bytes() == b"two"
