"""Publish: put the files of a site into its folder, all or nothing, touching only what is ours.

A manifest inside the folder lists what was published. The next site is built beside the folder,
unchanged files as hard links, and the two folders change places in one step.

A file counts as unchanged where the manifest has its hash, its size is right and nothing has touched it
since the manifest was settled; what was touched is compared byte by byte. So the folder is exactly the
site after every build, and a build that changes nothing reads no page.

Who may read: the folder keeps its mode and its group from build to build, and guards all that is in it;
new files and folders have the modes that the umask allows, as those of any other program.

Only the manifest is written through to the disk. When the machine itself goes down, pages that were just
written may come up empty; the next build sees their size and writes them again. To wait for each file
would make a large build many times as slow, for a site that its records can always make anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.exchange import beside, exchange, locked, recover

MANIFEST = ".remit.json"
KEPT = frozenset({".gitignore", ".gitkeep", ".nojekyll"})
"""Files of others that may be in the folder and stay there."""
_FORM = 1


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
    with locked(out.parent) as alone:
        if alone:
            recover(out)
        before, settled = _manifest(out)
        _refuse_foreign(out, before)
        now = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        found = {
            path: _look(out / path, files[path], settled) for path in now if before.get(path) == now[path]
        }
        same = {path for path, (unchanged, _) in found.items() if unchanged}
        if len(same) == len(now) == len(before) and out.is_dir():
            if any(touched for _, touched in found.values()):
                _settle(out)
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
    _refuse_foreign(out, _manifest(out)[0])


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and "/".join(parts) == path and ".." not in parts and path != MANIFEST


# --- what is refused ----------------------------------------------------------------------------------


def _refuse_unsafe(out: Path, contents: Sequence[Path]) -> None:
    if out.exists() and not out.is_dir():
        raise RefusedError(f"{out} is a file; name a folder to build into")
    for content in contents:
        inside = Path(os.path.realpath(content))
        if _lies_in(inside, out) or _lies_in(out, inside):
            raise RefusedError(
                f"{out} holds the records, or is among them; build into a folder of its own with -o"
            )
    if out.is_symlink():  # else it would be resolved by now
        raise RefusedError(f"{out} is a link that leads to no folder")
    if any(part.casefold() == ".git" for part in out.parts):
        raise RefusedError(f"{out} is among git's own files; build into a folder of its own with -o")
    if out.parent == out or _lies_in(_home(), out):
        raise RefusedError(f"{out} is no folder to replace; build into a folder of its own with -o")


def _lies_in(inner: Path, outer: Path) -> bool:
    """Tell whether a folder is another or below it, by whatever names the disk knows them."""
    return any(place == outer or _same_place(place, outer) for place in (inner, *inner.parents))


def _same_place(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _home() -> Path:
    try:
        return Path(os.path.realpath(Path.home()))
    except RuntimeError:  # a user whom the system does not know, as in a container
        return Path("/")


def _refuse_foreign(out: Path, manifest: Mapping[str, str]) -> None:
    if not out.is_dir():
        return
    folders = {str(folder) for path in manifest for folder in PurePosixPath(path).parents}
    ours = {MANIFEST, *manifest}
    for path, entry in _entries(out):
        marker = path in KEPT and (entry.is_symlink() or entry.is_file())
        if not marker and path not in (folders if entry.is_dir(follow_symlinks=False) else ours):
            remedy = "empty the folder, or build into another with -o"
            raise RefusedError(f"{out} holds {path}, which no build put there; {remedy}")


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what is below a folder, by path in it; a link is never followed.

    Raises:
        OSError: where a folder cannot be looked into: what is in it might not be ours.
    """
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, inside = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                yield inside + entry.name, entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{inside}{entry.name}/"))


# --- what is there ------------------------------------------------------------------------------------


def _manifest(out: Path) -> tuple[dict[str, str], int]:
    """Return the hashes of what was published, by path, and when that was settled.

    A manifest that says nothing that can be understood lists nothing.
    """
    file = out / MANIFEST
    try:
        found = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return {}, 0
    if not stat.S_ISREG(found.st_mode):
        return {}, 0
    try:
        read = json.loads(file.read_bytes())
        files = read["files"] if read["form"] == _FORM else {}
        return {str(k): str(v) for k, v in files.items()}, _touched(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, 0


def _touched(found: os.stat_result) -> int:
    """Return when a file was last written, renamed, linked or given other rights: no tool can set it back."""
    return max(found.st_ctime_ns, found.st_mtime_ns)


def _look(path: Path, data: bytes, settled: int) -> tuple[bool, bool]:
    """Tell whether a file, and no link, holds ``data``; and whether it was touched since all was settled."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False, True
        if _touched(found) < settled:
            return True, False
        return path.read_bytes() == data, True
    except OSError:
        return False, True


def _settle(out: Path) -> None:
    """Make the manifest the last thing that was touched: what is touched after it is looked into."""
    with suppress(OSError):  # then the next build looks into more than it need
        found = (out / MANIFEST).stat()
        os.utime(out / MANIFEST, ns=(found.st_atime_ns, found.st_mtime_ns))


# --- what is written ----------------------------------------------------------------------------------


def _replace(out: Path, files: Mapping[str, bytes], marks: Mapping[str, str], same: set[str]) -> None:
    """Build the next site beside the folder and let the two change places."""
    fresh = beside(out)
    fresh.mkdir()
    try:
        if out.is_dir():
            # Before anything is in it: whoever may not read the site may not read the next one.
            _admit_the_same(out.stat(), fresh)
        _fill(fresh, out, files, same)
        body = {"form": _FORM, "files": dict(sorted(marks.items()))}
        with (fresh / MANIFEST).open("wb") as file:
            file.write((json.dumps(body, indent=0) + "\n").encode())
            file.flush()
            # A manifest that a crash left empty would make all that was published foreign.
            os.fsync(file.fileno())
        if out.is_dir():
            exchange(fresh, out)
        else:
            fresh.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _settle(out)


def _admit_the_same(old: os.stat_result, fresh: Path) -> None:
    if os.name == "posix" and fresh.stat().st_gid != old.st_gid:
        os.chown(fresh, -1, old.st_gid)
    fresh.chmod(stat.S_IMODE(old.st_mode) | stat.S_IRWXU)


def _fill(fresh: Path, out: Path, files: Mapping[str, bytes], same: set[str]) -> None:
    made: set[Path] = set()
    for path, data in files.items():
        target = fresh / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        if path not in same or not _linked(out / path, target):
            target.write_bytes(data)
    for name in sorted(KEPT - files.keys()):
        with suppress(FileNotFoundError):
            shutil.copy2(out / name, fresh / name, follow_symlinks=False)


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:
        return False
    return True
