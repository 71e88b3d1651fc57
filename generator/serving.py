"""The preview: the site from memory on this machine, built anew when a record changes.

Only 127.0.0.1 is listened on unless told; a foreign ``Host`` or ``Origin`` is refused, so that no
other page can read the preview through a browser; GET and HEAD only. Nothing is read from the disk to
answer: only what was built is there.
"""

from __future__ import annotations

import html
import ipaddress
import mimetypes
import queue
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

EVENTS = "/-/events"
SCRIPT = "/-/reload.js"
QUIET = 0.15
"""Seconds without a further change before the site is built anew: an editor saves in several steps."""
_PULSE = 15.0
_OTHER = re.compile(r"[^\w.:\[\]-]")
"""What neither a host nor its port holds."""

_RELOAD = """\
"use strict";
(function () {
  var source = new EventSource("/-/events");
  var built = document.currentScript.dataset.built;
  source.addEventListener("now", function (event) { if (event.data !== built) reload(); });
  source.addEventListener("built", reload);
  function reload() {
    try { sessionStorage.setItem("remit-scroll", location.pathname + " " + scrollY); } catch (error) {}
    location.reload();
  }
  source.addEventListener("failed", function (event) { show(event.data); });
  addEventListener("pagehide", function () { source.close(); });
  try {
    var kept = (sessionStorage.getItem("remit-scroll") || "").split(" ");
    sessionStorage.removeItem("remit-scroll");
    if (kept[0] === location.pathname) scrollTo(0, Number(kept[1]));
  } catch (error) {}
  function show(text) {
    var old = document.getElementById("remit-problem");
    if (old) old.remove();
    var box = document.createElement("pre");
    box.id = "remit-problem";
    box.setAttribute("role", "alert");
    box.textContent = text;
    document.body.prepend(box);
  }
})();
"""

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
            self.problem = f"{type(error).__name__}: {error}"
            self.tell(self.problem)
            self._send("failed", self.problem)
            return
        self.files, self.problem = files, problem
        self.number += 1
        self._send("built", "")

    def _send(self, name: str, text: str) -> None:
        lines = "".join(f"data: {line}\n" for line in text.split("\n"))
        with self._lock:
            for listener in self._listeners:
                listener.put(f"event: {name}\n{lines}\n")

    def listen(self) -> queue.SimpleQueue[str]:
        """Return a queue of what happens from now on."""
        listener: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self._lock:
            self._listeners.append(listener)
        return listener

    def leave(self, listener: queue.SimpleQueue[str]) -> None:
        """Take a queue away."""
        with self._lock:
            self._listeners.remove(listener)


class Server(ThreadingHTTPServer):
    """Serves a preview on one address."""

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        super().__init__((host, port), Handler)
        self.preview = preview
        self.stopping = threading.Event()
        self.names = {host, "127.0.0.1", "localhost", "::1"}
        self.everywhere = host in {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not listened on

    def answers_to(self, address: str | None) -> bool:
        """Tell whether ``address``, a host with its port, is this preview's own.

        Where it listens on every address of the machine, those are known by being numbers: a name that
        somebody else lets lead here is not ours.
        """
        if not address or _OTHER.search(address):
            return False
        try:
            found = urlsplit(f"//{address}")
            name, port = found.hostname or "", found.port or 80
        except ValueError:
            return False
        if port != self.server_port:
            return False
        return name in self.names or (self.everywhere and _is_number(name))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that hung up."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)

    def shutdown(self) -> None:
        """Stop, and let open event streams end."""
        self.stopping.set()
        super().shutdown()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Handler(BaseHTTPRequestHandler):
    """Answers from the preview's files and nothing else."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "remit"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer with the file, or the page that says there is none."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        self._answer(body=False)

    def _refuse(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"This preview is read only.\n", "text/plain", True)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815 - the base class's names

    def _answer(self, *, body: bool) -> None:
        origin = self.headers.get("Origin")
        foreign = origin is not None and not self.server.answers_to(origin.partition("://")[2])
        if foreign or not self.server.answers_to(self.headers.get("Host")):
            self._send(
                HTTPStatus.FORBIDDEN, b"This preview answers to its own address only.\n", "text/plain", body
            )
            return
        path = unquote(self.path.partition("?")[0], errors="replace")
        if path == EVENTS and body:
            self._stream()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, _RELOAD.encode(), "text/javascript", body)
        else:
            self._file(path, body)

    def _file(self, path: str, body: bool) -> None:
        files = self.server.preview.files
        name = path.removeprefix("/")
        if not name or name.endswith("/"):
            name += "index.html"
        if name not in files and f"{name}/index.html" in files:
            self._redirect(f"{name}/")
            return
        found = files.get(name)
        status = HTTPStatus.OK if found is not None else HTTPStatus.NOT_FOUND
        data = found if found is not None else files.get("404.html", b"There is no such page.\n")
        kind = "text/html" if found is None else mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            data = self._with_script(data, name if found is not None else path)
        self._send(status, data, kind, body)

    def _redirect(self, name: str) -> None:
        """Lead to a folder's own address, from which its links are right."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + quote(name))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _with_script(self, data: bytes, name: str) -> bytes:
        """Add the script that reloads, and what is wrong; a missing page's links start at the root."""
        problem = self.server.preview.problem
        shown = f'<pre id="remit-problem" role="alert">{html.escape(problem)}</pre>' if problem else ""
        if name.startswith("/"):
            data = data.replace(b"<head>", b'<head><base href="/">', 1).replace(
                b"base-uri 'none'", b"base-uri 'self'"
            )
        number = self.server.preview.number
        extra = f'{shown}<script src="{SCRIPT}" data-built="{number}" defer></script></body>'.encode()
        return data.replace(b"</body>", extra, 1)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        listener = self.server.preview.listen()
        waited = 0.0
        try:
            # A build may have ended between the page and its stream: the page compares.
            self.wfile.write(f"event: now\ndata: {self.server.preview.number}\n\n".encode())
            self.wfile.flush()
            while not self.server.stopping.is_set():
                try:
                    self.wfile.write(listener.get(timeout=0.25).encode())
                    waited = 0.0
                except queue.Empty:
                    waited += 0.25
                    if waited < _PULSE:
                        continue
                    self.wfile.write(b": still here\n\n")
                    waited = 0.0
                self.wfile.flush()
        except OSError:
            pass
        finally:
            self.server.preview.leave(listener)

    def _send(self, status: HTTPStatus, data: bytes, kind: str, body: bool) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind in {"application/json", "image/svg+xml"}
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: requests are no news to whoever writes records."""


class _Changes(FileSystemEventHandler):
    """Sets an event on every change that can matter."""

    def __init__(self) -> None:
        self.changed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; reading is none."""
        if event.event_type in {"created", "modified", "moved", "deleted"}:
            self.changed.set()


@contextmanager
def watching(folders: Sequence[Path], preview: Preview) -> Iterator[None]:
    """Rebuild when something below ``folders`` changes, for as long as the context lasts.

    What changes from now on is seen, also while something else still builds.
    """
    changes, stop = _Changes(), threading.Event()
    observer = Observer()
    for folder in folders:
        observer.schedule(changes, str(folder), recursive=True)
    follower = threading.Thread(target=_follow, args=(changes.changed, preview, stop), daemon=True)
    observer.start()
    follower.start()
    try:
        yield
    finally:
        stop.set()
        observer.stop()
        observer.join(2)
        follower.join(2)


def _follow(changed: threading.Event, preview: Preview, stop: threading.Event) -> None:
    """Rebuild after each change, once it has been quiet for a moment."""
    while not stop.is_set():
        if not changed.wait(0.2):
            continue
        while changed.is_set() and not stop.is_set():
            changed.clear()
            stop.wait(QUIET)
        if not stop.is_set():
            preview.rebuild()


def open_server(host: str, port: int, preview: Preview, tries: int = 20) -> Server:
    """Return a server on ``port`` or the first free one after it.

    Raises:
        OSError: where none of them is free, or the address is not ours.
    """
    for n in range(tries):
        try:
            return Server(host, port + n if port else 0, preview)
        except OSError as error:
            if n == tries - 1 or error.errno not in {98, 48, 10048}:
                raise
    raise OSError(f"no free port from {port} on")
