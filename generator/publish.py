"""Publish: put the files of a site into its folder, all or nothing, touching only what is ours.

A manifest inside the folder lists what was published. The next site is built beside the folder,
unchanged files as hard links, and the two folders change places in one step.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MANIFEST = ".remit.json"
KEPT = frozenset({".gitignore", ".gitkeep", ".nojekyll"})
"""Files of others that may be in the folder and stay there."""
_FORM = 1
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2
_AT_FDCWD = -100


class RefusedError(Exception):
    """A folder that nothing is published into; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did."""

    written: int
    unchanged: int
    removed: int


def publish(out: Path, files: Mapping[str, bytes], contents: Sequence[Path] = ()) -> Published:
    """Make ``out`` hold exactly ``files``, and what others may keep there.

    Args:
        out: the folder; made where it is missing.
        files: the bytes of each file, by path with ``/``.
        contents: the content folders, which must not be touched.

    Raises:
        RefusedError: where the folder is not ours to write.
        OSError: where the disk does not let us; the folder is then as it was.
        ValueError: where a path leads out of the folder.
    """
    if wrong := [path for path in files if not _stays_inside(path)]:
        raise ValueError(f"no path of a site: {wrong[0]!r}")
    out = Path(os.path.realpath(out))
    _refuse_unsafe(out, contents)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out.parent) as alone:
        if alone:
            _clear(out)
        before = _manifest(out)
        _refuse_foreign(out, before)
        now = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        same = {
            path
            for path, mark in now.items()
            if before.get(path) == mark and _is_plain(out / path, len(files[path]))
        }
        if len(same) == len(now) == len(before) and out.is_dir():
            return Published(0, len(same), 0)
        _replace(out, files, now, same)
        return Published(len(now) - len(same), len(same), len(before.keys() - now.keys()))


def check_folder(out: Path, contents: Sequence[Path] = ()) -> None:
    """Refuse what ``publish`` would refuse, before anything is done.

    Raises:
        RefusedError: where the folder is not ours to write.
    """
    out = Path(os.path.realpath(out))
    _refuse_unsafe(out, contents)
    _refuse_foreign(out, _manifest(out))


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and "/".join(parts) == path and ".." not in parts and path != MANIFEST


def _refuse_unsafe(out: Path, contents: Sequence[Path]) -> None:
    if out.exists() and not out.is_dir():
        raise RefusedError(f"{out} is a file; name a folder to build into")
    for content in contents:
        inside = Path(os.path.realpath(content))
        if out == inside or out in inside.parents or inside in out.parents:
            raise RefusedError(
                f"{out} holds the records, or is among them; build into a folder of its own with -o"
            )
    if out.parent == out or out == Path.home():
        raise RefusedError(f"{out} is no folder to replace; build into a folder of its own with -o")


def _refuse_foreign(out: Path, manifest: Mapping[str, str]) -> None:
    if not out.is_dir():
        return
    foreign = next((p for p in _files(out) if p not in manifest and p != MANIFEST and p not in KEPT), None)
    if foreign:
        remedy = "empty the folder, or build into another with -o"
        raise RefusedError(f"{out} holds {foreign}, which no build put there; {remedy}")


def _files(folder: Path) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        for name in names + [f for f in folders if (Path(root) / f).is_symlink()]:
            yield (Path(root) / name).relative_to(folder).as_posix()


def _manifest(out: Path) -> dict[str, str]:
    """Return what was published, by path. A manifest that cannot be read lists nothing."""
    try:
        read = json.loads((out / MANIFEST).read_bytes())
        files = read["files"] if read["form"] == _FORM else {}
        return {str(k): str(v) for k, v in files.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _is_plain(path: Path, size: int | None = None) -> bool:
    """Tell whether a path is a file and no link, of a size where one is given: a crash may leave it empty."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and size in {None, found.st_size}


def _replace(out: Path, files: Mapping[str, bytes], marks: Mapping[str, str], same: set[str]) -> None:
    """Build the next site beside the folder and let the two change places."""
    fresh = out.parent / f".{out.name}.next-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        if out.is_dir():
            # Before anything is in it: whoever may not read the site may not read the next one.
            fresh.chmod(stat.S_IMODE(out.stat().st_mode) | stat.S_IRWXU)
        _fill(fresh, out, files, same)
        body = {"form": _FORM, "files": dict(sorted(marks.items()))}
        (fresh / MANIFEST).write_text(json.dumps(body, indent=0) + "\n", encoding="utf-8")
        if out.is_dir():
            _exchange(fresh, out)
        else:
            fresh.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _clear(out: Path) -> None:
    """Take away what builds that were killed left beside the folder."""
    name = re.compile(rf"\.{re.escape(out.name)}\.next-\d+")
    for litter in out.parent.iterdir():
        if name.fullmatch(litter.name):
            shutil.rmtree(litter, ignore_errors=True)


def _fill(fresh: Path, out: Path, files: Mapping[str, bytes], same: set[str]) -> None:
    made: set[Path] = set()
    for path, data in files.items():
        target = fresh / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        if path not in same or not _linked(out / path, target):
            target.write_bytes(data)
    for name in KEPT:
        if _is_plain(out / name) and name not in files:
            shutil.copy2(out / name, fresh / name)


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _exchange(fresh: Path, out: Path) -> None:
    """Let two folders change places: in one step where the system can, else in two renames."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is not None:
        if rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(out), _EXCHANGE) == 0:
            return
        failure = ctypes.get_errno()
        if failure not in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
            raise OSError(failure, os.strerror(failure), str(out))
    old = fresh.with_name(f"{fresh.name}.old")
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    old.rename(fresh)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Let one build at a time publish into a folder, a second one wait; tell whether that is certain."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield True
    finally:
        os.close(handle)
