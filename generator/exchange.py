"""Two folders change places, one process at a time, and what a killed process left is put right.

In one step where the system can (Linux, macOS); elsewhere in two, and a process that is killed between
the two leaves no folder in place until `recover` puts the old one back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SWAP = 2  # RENAME_EXCHANGE of Linux's renameat2, RENAME_SWAP of macOS's renamex_np
_AT_FDCWD = -100
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EBADF})


def beside(folder: Path) -> Path:
    """Return where what is to take a folder's place is made: a name that no other process takes."""
    return folder.parent / f".{folder.name}.next-{os.getpid()}"


def recover(folder: Path) -> None:
    """Put right what killed processes left beside a folder; only while no other is at work there.

    An old folder that was moved away and not yet replaced comes back; all else goes.
    """
    ours = re.compile(rf"\.{re.escape(folder.name)}\.next-\d+(\.old)?")
    found = sorted(place for place in folder.parent.iterdir() if ours.fullmatch(place.name))
    for place in found:
        if place.suffix == ".old" and not os.path.lexists(folder):
            place.rename(folder)
        else:
            shutil.rmtree(place, ignore_errors=True)


def exchange(fresh: Path, folder: Path) -> None:
    """Let two folders change places.

    Raises:
        OSError: where they cannot; the folder is then where it was, or `recover` will find it.
    """
    if _exchanged(fresh, folder):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        if not os.path.lexists(folder):
            old.rename(folder)
        raise
    with suppress(OSError):  # all is in place; what is left lying is cleared away later
        old.rename(fresh)


def _exchanged(fresh: Path, folder: Path) -> bool:
    """Exchange in one step; tell whether system and file system know how."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(fresh), os.fsencode(folder)
    if rename := getattr(library, "renameat2", None):
        done = rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _SWAP)
    elif rename := getattr(library, "renamex_np", None):
        done = rename(*names, _SWAP)
    else:
        return False
    failure = ctypes.get_errno()
    if done != 0 and failure not in _NO_EXCHANGE:
        raise OSError(failure, os.strerror(failure), str(folder))
    return bool(done == 0)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Let one process at a time work in a folder, a second one wait; tell whether that is certain.

    It is not where the system or the file system knows no locks.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        alone = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            alone = False
        yield alone
    finally:
        os.close(handle)
