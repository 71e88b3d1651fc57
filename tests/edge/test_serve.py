"""The preview: real requests to a real server, and what happens while records are saved."""

from __future__ import annotations

import datetime as dt
import errno
import http.client
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import firm
import pytest
from click.testing import CliRunner

from generator import preview as module
from generator.audience import FULL
from generator.building import read_content, site_files
from generator.cli import main
from generator.policy import POLICY
from generator.preview import Preview, watching
from generator.serving import EVENTS, SCRIPT, Server, open_server

PAGES = {
    "index.html": b"<html><head><title>1</title></head><body><h1>One</h1></body></html>",
    "people/index.html": b"<html><head></head><body>People</body></html>",
    "people/\xe6\x9e\x97.html".encode("latin-1").decode(): "<body>林</body>".encode(),
    "404.html": f'<html><head><meta content="{POLICY}"></head><body>Nothing here</body></html>'.encode(),
    "assets/remit.css": b"body {}",
    "data/records.json": b"{}",
    "files/a.bin": b"\0\1",
}


@contextmanager
def serving(preview: Preview, host: str = "127.0.0.1") -> Iterator[Server]:
    with Server(host, 0, preview) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def preview() -> Preview:
    return Preview(lambda: (PAGES, ""), lambda _: None, PAGES)


@pytest.fixture
def server(preview: Preview) -> Iterator[Server]:
    with serving(preview) as running:
        yield running


class Answer:
    """What a server answers."""

    def __init__(self, server: Server, path: str, method: str = "GET", **headers: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                if value:
                    connection.putheader(name, value)
            connection.endheaders()
            found = connection.getresponse()
            self.status = found.status
            self.kind = found.headers["Content-Type"]
            self.headers = found.headers
            self.body = found.read()
        finally:
            connection.close()


class TestAnswers:
    def test_a_page(self, server: Server) -> None:
        for path in ("/", "/index.html", "/?q=1", "/index.html?v=2"):
            found = Answer(server, path)
            assert (found.status, found.kind) == (200, "text/html; charset=utf-8")
            assert b"<h1>One</h1>" in found.body
            assert f'<script src="{SCRIPT}" data-built="0" defer></script></body>'.encode() in found.body

    def test_a_folder(self, server: Server) -> None:
        assert b"People" in Answer(server, "/people/").body

    def test_a_name_in_chinese(self, server: Server) -> None:
        found = Answer(server, "/people/%E6%9E%97.html")
        assert (found.status, found.body.decode()[:8]) == (200, "<body>林<")

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/assets/remit.css", "text/css; charset=utf-8"),
            ("/data/records.json", "application/json; charset=utf-8"),
            ("/files/a.bin", "application/octet-stream"),
            (SCRIPT, "text/javascript; charset=utf-8"),
        ],
    )
    def test_other_files_are_as_they_were_built(self, server: Server, path: str, kind: str) -> None:
        found = Answer(server, path)
        assert (found.status, found.kind) == (200, kind)
        if path != SCRIPT:
            assert found.body == PAGES[path[1:]]

    def test_nothing_is_kept_by_a_browser_or_read_by_another_page(self, server: Server) -> None:
        found = Answer(server, "/")
        assert found.headers["Cache-Control"] == "no-store"
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert found.headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
        assert "Access-Control-Allow-Origin" not in found.headers
        assert found.headers["Server"].strip() == "remit"

    def test_a_picture_that_could_hold_a_script_does_nothing(self, server: Server, preview: Preview) -> None:
        preview.files = {"files/a.svg": b"<svg/>", "files/a.txt": b"a"}
        policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        assert Answer(server, "/files/a.svg").headers["Content-Security-Policy"] == policy
        policy = "default-src 'none'; frame-ancestors 'none'"
        assert Answer(server, "/files/a.txt").headers["Content-Security-Policy"] == policy

    def test_a_page_that_is_missing(self, server: Server) -> None:
        found = Answer(server, "/people/nobody.html")
        assert (found.status, found.kind) == (404, "text/html; charset=utf-8")
        assert b'<head><base href="/">' in found.body
        assert found.body.count(b"base-uri 'self'") == 1
        assert b"base-uri 'none'" not in found.body
        assert "base-uri 'self'" in found.headers["Content-Security-Policy"]
        assert b"Nothing here" in found.body

    def test_head(self, server: Server) -> None:
        found, whole = Answer(server, "/", "HEAD"), Answer(server, "/")
        assert (found.status, found.body) == (200, b"")
        assert found.headers["Content-Length"] == str(len(whole.body))
        assert Answer(server, "/nothing", "HEAD").status == 404
        assert Answer(server, EVENTS, "HEAD").status == 404

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    def test_other_methods(self, server: Server, method: str) -> None:
        assert Answer(server, "/", method).status == 405

    @pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
    def test_methods_that_are_not_known(self, server: Server, method: str) -> None:
        assert Answer(server, "/", method).status == 501

    def test_a_folder_leads_to_its_own_address(self, server: Server) -> None:
        found = Answer(server, "/people")
        assert (found.status, found.headers["Location"]) == (301, "/people/")

    def test_one_connection_carries_several_requests(self, server: Server) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        for _ in range(3):
            connection.request("GET", "/")
            assert connection.getresponse().read().startswith(b"<html>")
        connection.close()


class TestWhoMayAsk:
    def ask(self, server: Server, **headers: str) -> int:
        found = Answer(server, "/", **{k: v.format(port=server.server_port) for k, v in headers.items()})
        if found.status == 403:
            assert found.body == b"This preview answers to its own address only.\n"
            assert Answer(server, EVENTS, **headers).status == 403
        return found.status

    @pytest.mark.parametrize(
        "host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "LOCALHOST:{port}"]
    )
    def test_our_own_names(self, server: Server, host: str) -> None:
        assert self.ask(server, Host=host) == 200
        assert self.ask(server, Host=host, Origin="http://127.0.0.1:{port}") == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:{port}",
            "127.0.0.1",
            "127.0.0.1:1",
            "127.0.0.1.evil.example:{port}",
            "evil.example@127.0.0.1:{port}",
            "127.0.0.1:{port}/x",
            "127.0.0.1:x",
            "[::1:{port}",
            "192.168.1.7:{port}",
            "",
        ],
    )
    def test_foreign_hosts(self, server: Server, host: str) -> None:
        assert self.ask(server, Host=host) == 403

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://[", "x"])
    def test_foreign_origins(self, server: Server, origin: str) -> None:
        assert self.ask(server, Origin=origin) == 403

    def test_on_a_network_by_number_only(self, preview: Preview) -> None:
        """A name of somebody else's that leads to this machine is not ours."""
        with serving(preview, "0.0.0.0") as server:
            assert self.ask(server, Host="192.168.1.7:{port}") == 200
            assert self.ask(server, Host="192.168.1.7:1") == 403
            assert self.ask(server, Host="evil.example:{port}") == 403
            assert self.ask(server, Host="localhost:{port}") == 200


class Stream:
    """An open stream of what happens."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
        self.connection.request("GET", EVENTS)
        self.answer = self.connection.getresponse()
        assert self.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"

    def next(self) -> tuple[str, str]:
        """Return the next event's name and text."""
        name, text = "", []
        while line := self.answer.readline().decode().rstrip("\n"):
            key, _, value = line.partition(": ")
            if key == "event":
                name = value
            elif key == "data":
                text.append(value)
        return name, "\n".join(text)

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


@contextmanager
def streaming(server: Server) -> Iterator[Stream]:
    stream = Stream(server)
    deadline = time.monotonic() + 5
    while not server.preview._listeners and time.monotonic() < deadline:
        time.sleep(0.005)
    assert stream.next() == ("now", str(server.preview.number))
    try:
        yield stream
    finally:
        stream.close()


class TestEvents:
    def test_built_and_failed(self, server: Server, preview: Preview) -> None:
        with streaming(server) as stream:
            preview.rebuild()
            assert stream.next() == ("built", "")
            good = preview.files

            def fail() -> tuple[dict[str, bytes], str]:
                raise ValueError("half\na file")

            preview.build = fail
            preview.rebuild()
            assert stream.next() == ("failed", "ValueError: half\na file")
            assert preview.files is good
            page = Answer(server, "/").body
            assert b"<h1>One</h1>" in page
            assert b'<pre id="remit-problem" role="alert">ValueError: half\na file</pre>' in page

    def test_what_is_wrong_is_text(self, server: Server, preview: Preview) -> None:
        preview.problem = "</pre><script>alert(1)</script>"
        page = Answer(server, "/").body
        assert b"&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</pre>" in page

    def test_every_open_page_is_told_and_who_left_is_forgotten(
        self, server: Server, preview: Preview
    ) -> None:
        with streaming(server) as first:
            with streaming(server) as second:
                until(lambda: len(preview._listeners) == 2)
                preview.rebuild()
                assert first.next() == second.next() == ("built", "")
            # Closed connections are noticed at the next event that is sent to them.
            for _ in range(3):
                preview.rebuild()
            until(lambda: len(preview._listeners) == 1)
        for _ in range(3):
            preview.rebuild()
        until(lambda: preview._listeners == [])

    def test_stopping_ends_open_streams(self, preview: Preview) -> None:
        with serving(preview) as server, streaming(server) as stream:
            server.shutdown()
            assert stream.answer.read() == b""
            until(lambda: preview._listeners == [])


def until(true: object, seconds: float = 10) -> None:
    assert callable(true)
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert true()


def test_a_browser_that_hangs_up_is_no_news(
    server: Server, preview: Preview, capfd: pytest.CaptureFixture[str]
) -> None:
    preview.files = PAGES | {"large.bin": b"x" * 30_000_000}
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            # Closing then resets the connection instead of ending it.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(
                f"GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode()
            )
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert Answer(server, "/").status == 200
    time.sleep(0.1)
    assert capfd.readouterr() == ("", "")


class TestPorts:
    def test_the_next_free_port_is_taken(self, preview: Preview) -> None:
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = busy.getsockname()[1]
            with open_server("127.0.0.1", port, preview) as server:
                assert port < server.server_port <= port + 20

    def test_none_is_free(self, preview: Preview) -> None:
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            with pytest.raises(OSError, match="in use"):
                open_server("127.0.0.1", busy.getsockname()[1], preview, tries=1)

    def test_an_address_that_is_not_ours(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(firm.write(tmp_path))
        done = CliRunner().invoke(main, ["serve", "--host", "192.0.2.1", "--port", "0"])
        assert done.exit_code == 2
        assert "Error: cannot listen on 192.0.2.1:0: " in done.stderr


class TestSaving:
    """Records are saved while the preview is open."""

    def test_a_saved_record_is_on_the_page(self, tmp_path: Path) -> None:
        content = firm.write(tmp_path) / "content"

        def build() -> tuple[dict[str, bytes], str]:
            files, _ = site_files(read_content([content]), FULL, dt.date(2026, 3, 16))
            return files, ""

        preview = Preview(build, lambda _: None)
        page = "/delegations/launch.html"
        with serving(preview) as server, watching([content], preview), streaming(server) as stream:
            preview.rebuild()
            assert stream.next() == ("built", "")
            assert b"<h1>Open the shop</h1>" in Answer(server, page).body
            text = firm.RECORDS["content/delegations/launch.md"]
            firm.put(content / "delegations/launch.md", text.replace("Open the shop", "Open the other shop"))
            assert stream.next() == ("built", "")
            assert b"<h1>Open the other shop</h1>" in Answer(server, page).body

            (content / "delegations/launch.md").rename(content / "delegations/second.md")
            assert stream.next() == ("built", "")
            assert Answer(server, page).status == 404
            assert Answer(server, "/delegations/second.html").status == 200

            (content / "delegations/second.md").unlink()
            assert stream.next() == ("built", "")
            assert Answer(server, "/delegations/second.html").status == 404

    def test_a_folder_that_is_renamed_and_one_that_takes_its_name(self, tmp_path: Path) -> None:
        """As by a checkout that replaces it; meanwhile the last good site stays, and says what is wrong."""
        content, aside = tmp_path / "content", tmp_path / "aside"

        def build() -> tuple[dict[str, bytes], str]:
            if not content.is_dir():
                raise NotADirectoryError("no records")
            return {"index.html": b"".join(sorted(f.read_bytes() for f in content.iterdir()))}, ""

        def shows(text: str, problem: str = "") -> bool:
            return (preview.files.get("index.html"), preview.problem) == (text.encode(), problem)

        firm.put(content / "a.md", "one")
        preview = Preview(build, lambda _: None)
        preview.rebuild()
        with watching([content], preview):
            content.rename(aside)
            until(lambda: shows("one", "NotADirectoryError: no records"))
            aside.rename(content)
            until(lambda: shows("one"))
            firm.put(content / "a.md", "two")
            until(lambda: shows("two"))
            shutil.rmtree(content)
            firm.put(content / "a.md", "three")
            until(lambda: shows("three"))
            time.sleep(0.5)
            firm.put(content / "b.md", " and four")
            until(lambda: shows(" and fourthree"))
            other = tmp_path / "other"
            firm.put(other / "a.md", "five")
            content.rename(aside)
            other.rename(content)
            until(lambda: shows("five"))
            time.sleep(0.5)
            firm.put(content / "a.md", "six")
            until(lambda: shows("six"))

    def test_where_the_system_watches_no_more_folders(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Full(module.PollingObserver):
            def start(self) -> None:
                raise OSError(errno.ENOSPC, "inotify watch limit reached")

        monkeypatch.setattr(module, "Observer", Full)
        builds = []
        with watching([tmp_path], Preview(lambda: (builds.append(1) or PAGES, ""), lambda _: None)):
            time.sleep(0.5)  # until it has looked through for the first time
            firm.put(tmp_path / "a.md", "x")
            until(lambda: builds)

    def test_a_terminal_that_is_gone_is_no_end(self) -> None:
        def fail() -> tuple[dict[str, bytes], str]:
            raise ValueError("half a file")

        def gone(_: str) -> None:
            raise BrokenPipeError

        preview = Preview(fail, gone, PAGES)
        preview.rebuild()
        assert (preview.files, preview.problem) == (PAGES, "ValueError: half a file")

    def test_several_saves_at_once_are_one_build(self, tmp_path: Path) -> None:
        builds = []

        def build() -> tuple[dict[str, bytes], str]:
            builds.append(time.monotonic())
            return PAGES, ""

        preview = Preview(build, lambda _: None)
        with watching([tmp_path], preview):
            for n in range(20):
                firm.put(tmp_path / f"{n}.md", "x")
            until(lambda: builds)
            time.sleep(0.4)
        assert len(builds) == 1
        firm.put(tmp_path / "after.md", "x")
        time.sleep(0.3)
        assert len(builds) == 1

    def test_reading_is_no_change(self, tmp_path: Path) -> None:
        builds = []
        file = tmp_path / "a.md"
        file.write_text("x")
        with watching([tmp_path], Preview(lambda: (builds.append(1) or PAGES, ""), lambda _: None)):
            for _ in range(3):
                file.read_text()
                list(tmp_path.iterdir())
                time.sleep(0.1)
            time.sleep(0.3)
        assert builds == []


@contextmanager
def command(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``remit serve`` as on a terminal; yield it with its address once it says so."""
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "generator", "serve", "--as-of", firm.DAY, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert running.stdout is not None
    lines = []
    try:
        for line in running.stdout:
            lines.append(line)
            if found := re.match(r"http://127\.0\.0\.1:(\d+)/ shows content; stop with Ctrl\+C\n", line):
                yield running, found[1]
                break
        else:
            pytest.fail("".join(lines))
    finally:
        running.kill()
        running.stdout.close()
        running.wait(10)


def get(port: str, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def test_the_command_from_start_to_stop(tmp_path: Path) -> None:
    firm.write(tmp_path)
    page, file = "/delegations/launch.html", tmp_path / "content/delegations/launch.md"
    with command(tmp_path, "--port", "0") as (running, port):
        assert "Open the shop" in get(port, page)
        assert "remit-problem" not in get(port, page)
        # It is for those who write: everything is shown.
        assert "Tired." in get(port, "/meetings/talk.html")

        firm.put(file, firm.broken())
        until(lambda: "no person “linn”" in get(port, page))
        assert '<pre id="remit-problem" role="alert">content/delegations/launch.md:4:8: error' in get(
            port, page
        )

        # Half a header: the page stays as it last was, below what is wrong.
        firm.put(file, "---\ntitle: [Open the\n---\n")
        until(lambda: "launch.md:2:" in get(port, page))
        assert "<h1>Open the shop</h1>" in get(port, page)

        firm.write(tmp_path)
        until(lambda: "remit-problem" not in get(port, page))
        assert "<h1>Open the shop</h1>" in get(port, page)

        running.send_signal(signal.SIGINT)
        assert running.stdout is not None
        rest = running.stdout.read()
        assert running.wait(10) == 0
    assert rest.endswith("stopped\n")
    assert "Traceback" not in rest
    assert "Warning" not in rest
    assert "error[unknown-reference]" in rest


def test_the_command_moves_on_where_the_port_is_busy(tmp_path: Path) -> None:
    firm.write(tmp_path)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with command(tmp_path, "--port", str(busy.getsockname()[1])) as (running, port):
            assert int(port) > busy.getsockname()[1]
            running.send_signal(signal.SIGTERM)
            assert running.wait(10) == -signal.SIGTERM


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")])
def test_the_command_comes_up_whatever_the_first_build_meets(
    host: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a file is saved between being listed and being read."""
    monkeypatch.chdir(firm.write(tmp_path))
    shown = []

    def fail(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "map.pdf")

    def look_once(server: Server, poll_interval: float) -> None:
        shown.append((server.server_address[0], server.preview.problem))
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("generator.cli.serve"), "site_files", fail)
    monkeypatch.setattr(Server, "serve_forever", look_once)
    done = CliRunner().invoke(main, ["serve", "--port", "0", "--host", host])
    if host == "::1" and "cannot listen" in done.stderr:
        pytest.skip("this machine has no ::1")
    assert done.exit_code == 0
    assert shown == [(host, "FileNotFoundError: [Errno 2] No such file or directory: 'map.pdf'")]
    assert address in done.stdout
