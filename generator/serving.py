"""The preview over HTTP: the site from memory, on this machine.

Only 127.0.0.1 is listened on unless told; a foreign ``Host`` or ``Origin`` is refused, so that no
other page can read the preview through a browser; GET and HEAD only. Nothing is read from the disk to
answer: only what was built is there. Who sends slowly, or much, or nothing, stops nobody else.
"""

from __future__ import annotations

import html
import ipaddress
import mimetypes
import queue
import re
import socket
import sys
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from generator.policy import POLICY, header_for
from generator.preview import Preview

EVENTS = "/-/events"
SCRIPT = "/-/reload.js"
CONNECTIONS = 160
"""At most so many at the same time; one more, and whoever has been silent longest has to go."""
PATIENCE = 10.0
"""Seconds that a whole request may take to come, and that a connection may wait for the next one."""
_PULSE = 15.0
_OTHER = re.compile(r"[^\w.:\[\]-]")
"""What neither a host nor its port holds."""
_MISSING = b"<!doctype html><html><head></head><body><p>There is no such page.</p></body></html>\n"

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


class Server(ThreadingHTTPServer):
    """Serves a preview on one address."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)
        self.preview = preview
        self.stopping = threading.Event()
        self.names = {host.lower(), "127.0.0.1", "localhost", "::1"}
        self.everywhere = host in {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not listened on
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._silent: dict[socket.socket, float] = {}
        """Since when connections have been waited for, longest first."""

    def server_bind(self) -> None:
        """Take the address, without asking the network what its name is."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own, where there is room."""
        with self._lock:
            longest = next(iter(self._silent), None) if len(self._open) >= CONNECTIONS else None
            room = len(self._open) < CONNECTIONS or longest is not None
            if longest is not None:
                del self._silent[longest]
                _hang_up(longest)
            if room:
                self._open.add(request)
        if room:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        with self._lock:
            self._open.discard(request)
            self._silent.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Hang up on who has been silent for too long; called again and again."""
        now = time.monotonic()
        with self._lock:
            for connection in [c for c, since in self._silent.items() if now - since > PATIENCE]:
                del self._silent[connection]
                _hang_up(connection)

    def wait_for(self, connection: socket.socket) -> None:
        """Note that a connection is to send a request."""
        with self._lock:
            self._silent[connection] = time.monotonic()

    def heard(self, connection: socket.socket) -> None:
        """Note that it did."""
        with self._lock:
            self._silent.pop(connection, None)

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


def _hang_up(connection: socket.socket) -> None:
    """End a connection under the thread that reads from it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


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
    # Every answer has a head, and says what is wrong in plain words.
    default_request_version = "HTTP/1.0"
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(message)s\n"

    def do_GET(self) -> None:
        """Answer with the file, or the page that says there is none."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        self._answer(body=False)

    def _refuse(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"This preview is read only.\n", "text/plain", True)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815 - the base class's names

    def handle_one_request(self) -> None:
        """Wait for a request, but not for ever, and answer it."""
        self.server.wait_for(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read a request; tell whether there is one that can be answered."""
        if not super().parse_request():
            return False
        self.server.heard(self.connection)
        if self.headers.defects:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers or any(length.strip() != "0" for length in lengths):
            # Nobody reads what it carries: then that must not count as the next request.
            self.close_connection = True
        return True

    def _is_ours(self) -> bool:
        hosts, origins = (self.headers.get_all(name, []) for name in ("Host", "Origin"))
        ours = [*hosts, *(origin.partition("://")[2] for origin in origins)]
        return len(hosts) == 1 and all(self.server.answers_to(address) for address in ours)

    def _answer(self, *, body: bool) -> None:
        if not self._is_ours():
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
        data = found if found is not None else files.get("404.html", _MISSING)
        kind = "text/html" if found is None else mimetypes.guess_type(name)[0] or "application/octet-stream"
        policy = POLICY
        if kind == "text/html":
            if found is None:
                # A missing page may be at any depth: its links start at the root.
                policy = POLICY.replace("base-uri 'none'", "base-uri 'self'")
                data = data.replace(POLICY.encode(), policy.encode(), 1)
                data = data.replace(b"<head>", b'<head><base href="/">', 1)
            data = self._with_script(data)
        self._send(status, data, kind, body, policy)

    def _redirect(self, name: str) -> None:
        """Lead to a folder's own address, from which its links are right."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + quote(name))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _with_script(self, data: bytes) -> bytes:
        """Add the script that reloads, and what is wrong."""
        problem = self.server.preview.problem
        shown = f'<pre id="remit-problem" role="alert">{html.escape(problem)}</pre>' if problem else ""
        number = self.server.preview.number
        extra = f'{shown}<script src="{SCRIPT}" data-built="{number}" defer></script></body>'.encode()
        return data.replace(b"</body>", extra, 1)

    def _stream(self) -> None:
        listener = self.server.preview.listen()
        if listener is None:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"Too many pages are open.\n", "text/plain", True)
            return
        self.close_connection = True
        waited = 0.0
        try:
            self._head(HTTPStatus.OK, "text/event-stream")
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

    def _send(self, status: HTTPStatus, data: bytes, kind: str, body: bool, policy: str = POLICY) -> None:
        self._head(status, kind, policy, len(data))
        if body:
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, policy: str = POLICY, length: int | None = None) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind in {"application/json", "image/svg+xml"}
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", header_for(kind, policy))
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: requests are no news to whoever writes records."""


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
