"""The last good site, in memory, and what follows the records: each change of theirs builds it anew."""

from __future__ import annotations

import os
import queue
import re
import stat
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.15
"""Seconds without a further change before the site is built anew: an editor saves in several steps."""
STREAMS = 64
"""Pages that are told of builds at the same time."""
_LOOK = 0.2
"""Seconds between two looks at whether a folder is still the one that is watched."""
_LINE_END = re.compile(r"\r\n|\r|\n")

Built = tuple[Mapping[str, bytes], str]
"""The files of a site, and what is wrong with the records, in words."""


@dataclass
class Preview:
    """The last good site, and who waits for the next."""

    build: Callable[[], Built]
    """Builds the site; an exception leaves the last good one in place."""
    tell: Callable[[str], None]
    """Told what happened, for the terminal."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""
    number: int = 0
    """How many times it was built anew."""
    _listeners: list[queue.SimpleQueue[str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rebuild(self) -> None:
        """Build anew; tell the pages that are open."""
        try:
            files, problem = self.build()
        except Exception as error:  # noqa: BLE001 - whatever a half-written file does, the preview stays up
            self.fail(error)
            return
        self.files, self.problem = files, problem
        self.number += 1
        self._send("built", "")

    def fail(self, error: Exception) -> None:
        """Keep the last good site, and say why above each page and in the terminal."""
        self.problem = f"{type(error).__name__}: {error}"
        self._send("failed", self.problem)
        with suppress(OSError, ValueError):  # a terminal that is gone, or knows no such letters
            self.tell(self.problem)

    def _send(self, name: str, text: str) -> None:
        lines = "".join(f"data: {line}\n" for line in _LINE_END.split(text))
        with self._lock:
            for listener in self._listeners:
                listener.put(f"event: {name}\n{lines}\n")

    def listen(self) -> queue.SimpleQueue[str] | None:
        """Return a queue of what happens from now on; nothing where enough are listening."""
        listener: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self._lock:
            if len(self._listeners) >= STREAMS:
                return None
            self._listeners.append(listener)
        return listener

    def leave(self, listener: queue.SimpleQueue[str]) -> None:
        """Take a queue away."""
        with self._lock:
            self._listeners.remove(listener)


class _Changes(FileSystemEventHandler):
    """Sets an event on every change that can matter."""

    def __init__(self) -> None:
        self.changed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; reading is none."""
        if event.event_type in {"created", "modified", "moved", "deleted"}:
            self.changed.set()


class _Watch:
    """Watches the folder that has a name, also when another takes that name."""

    def __init__(self, folder: Path, changes: _Changes) -> None:
        self._folder, self._changes = folder, changes
        self._found: tuple[int, int] | None = None
        self._observer: BaseObserver | None = None

    def follow(self) -> bool:
        """Look whether the name leads to another folder now, or to none, and watch that."""
        found = self._look()
        if found == self._found and self._lives() == (found is not None):
            return False
        self.end()
        self._found = found if found and self._start() else None
        return True

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._folder.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None

    def _lives(self) -> bool:
        """Tell whether there is watching; it ends by itself when the folder is removed."""
        return self._observer is not None and all(e.is_alive() for e in self._observer.emitters)

    def _start(self) -> bool:
        place = os.path.realpath(self._folder)
        # Where the system watches no more folders, or none on such a disk, they are looked through.
        for observer in (Observer(), PollingObserver(timeout=1)):
            observer.schedule(self._changes, place, recursive=True)
            with suppress(OSError):
                observer.start()
                self._observer = observer
                return True
        return False

    def end(self) -> None:
        """Watch no longer."""
        if self._observer:
            self._observer.stop()
            self._observer.join(2)
        self._observer = None


@contextmanager
def watching(folders: Sequence[Path], preview: Preview) -> Iterator[None]:
    """Rebuild when something below ``folders`` changes, for as long as the context lasts.

    What changes from now on is seen, also while something else still builds; so is a folder that is
    renamed or removed, and another that takes its name.
    """
    changes, stop = _Changes(), threading.Event()
    watches = [_Watch(folder, changes) for folder in folders]
    for watch in watches:
        watch.follow()
    follower = threading.Thread(target=_follow, args=(changes.changed, watches, preview, stop), daemon=True)
    follower.start()
    try:
        yield
    finally:
        stop.set()
        follower.join(2)
        for watch in watches:
            watch.end()


def _follow(
    changed: threading.Event, watches: Sequence[_Watch], preview: Preview, stop: threading.Event
) -> None:
    """Rebuild after each change, once it has been quiet for a moment."""
    while not stop.is_set():
        others = [watch.follow() for watch in watches]
        if any(others):
            changed.set()
        if not changed.wait(_LOOK):
            continue
        while changed.is_set() and not stop.is_set():
            changed.clear()
            stop.wait(QUIET)
        if not stop.is_set():
            preview.rebuild()
