"""The preview against raw bytes: no target leads out of the site, no client stops another, it stays alive."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from generator import serving
from generator.audience import ORG
from generator.building import read_content, site_files
from generator.preview import STREAMS, Preview
from generator.publish import publish
from generator.serving import CONNECTIONS, EVENTS, SCRIPT, Server

CANARY = b"canary-4f1c"
DAY = dt.date(2026, 3, 16)


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build a site for the organisation, with a canary in all that is not of it; return its files.

    It is published as well, and the tests run in that folder, with links in it that lead out.
    """
    root = tmp_path_factory.mktemp("work")
    word = CANARY.decode()
    put(root / "secret.txt", word)
    put(root / ".git" / "config", word)
    put(root / "content" / "remit.toml", f'title = "Two"  # {word}\n')
    put(root / "content" / ".env", word)
    put(root / "content" / "people" / "ada.md", "---\ntitle: Ada\n---\n")
    put(
        root / "content" / "people" / "lin.md",
        f"---\ntitle: Lin\nmanager: ada\n# {word}\n---\n[a](map.txt) [b](out.txt)\n",
    )
    put(root / "content" / "people" / "map.txt", "a map")
    (root / "content" / "people" / "out.txt").symlink_to(root / "secret.txt")
    put(
        root / "content" / "meetings" / "talk.md",
        f"---\ndate: 2026-03-10\nkind: one_on_one\nattendees: [ada, lin]\n---\n{word}\n",
    )
    found, _ = site_files(read_content([root / "content"]), ORG, DAY)
    publish(root / "site", found)
    (root / "site" / "out").symlink_to(root)
    (root / "site" / "out.html").symlink_to(root / "secret.txt")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root / "site")
        yield found


@pytest.fixture
def preview(files: dict[str, bytes]) -> Preview:
    return Preview(lambda: (files, ""), lambda _: None, files)


@contextmanager
def running(preview: Preview, host: str = "127.0.0.1") -> Iterator[Server]:
    with Server(host, 0, preview) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
            assert status(ask(server, b"/")) == 200, "it is no longer alive"
        finally:
            server.shutdown()
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def server(preview: Preview) -> Iterator[Server]:
    with running(preview) as found:
        yield found


def connect(server: Server) -> socket.socket:
    return socket.create_connection(server.server_address[:2], timeout=20)


def exchange(server: Server, sent: bytes) -> bytes:
    """Send bytes and nothing more; return all that comes back until the server hangs up."""
    with connect(server) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return rest(connection)


def rest(connection: socket.socket) -> bytes:
    """Return what comes until the other side hangs up."""
    got = b""
    try:
        while data := connection.recv(1 << 16):
            got += data
    except ConnectionError:
        pass
    return got


def ask(
    server: Server, target: bytes, *headers: bytes, method: bytes = b"GET", host: bytes | None = None
) -> bytes:
    host = host if host is not None else b"127.0.0.1:%d" % server.server_port
    lines = [b"%s %s HTTP/1.1" % (method, target), b"Host: " + host, b"Connection: close", *headers]
    return exchange(server, b"\r\n".join(lines) + b"\r\n\r\n")


def status(answer: bytes) -> int:
    assert answer.startswith((b"HTTP/1.1 ", b"HTTP/1.0 ")), answer[:80]
    return int(answer[9:12])


TARGETS = {
    # Up and out, in every spelling.
    b"/../secret.txt": 404,
    b"/../../../../../../../../etc/passwd": 404,
    b"/./../secret.txt": 404,
    b"/people/../../secret.txt": 404,
    b"/people/../index.html": 404,
    b"/%2e%2e/secret.txt": 404,
    b"/%2E%2E/secret.txt": 404,
    b"/.%2e/secret.txt": 404,
    b"/%2e%2e%2fsecret.txt": 404,
    b"/..%2fsecret.txt": 404,
    b"/..%5csecret.txt": 404,
    b"/..\\secret.txt": 404,
    b"/people\\..\\..\\secret.txt": 404,
    b"/..;/secret.txt": 404,
    b"/....//secret.txt": 404,
    # Decoded once, and only as UTF-8.
    b"/%252e%252e/secret.txt": 404,
    b"/%25252e%25252e%25252fsecret.txt": 404,
    b"/people/l%2569n.html": 404,
    b"/%c0%ae%c0%ae/secret.txt": 404,
    b"/%c0%ae%c0%ae%c0%afsecret.txt": 404,
    b"/%e0%80%ae%e0%80%ae/secret.txt": 404,
    b"/%uff0e%uff0e/secret.txt": 404,
    b"/\xef\xbc\x8e\xef\xbc\x8e/secret.txt": 404,
    b"/\xff\xfe": 404,
    b"/%": 404,
    b"/%zz%2": 404,
    # Ends that are cut off elsewhere.
    b"/index.html%00": 404,
    b"/%00/../secret.txt": 404,
    b"/index.html\x00.css": 404,
    b"/index.html%0d%0aX-Injected:%20yes": 404,
    b"/index.html/": 404,
    b"/index.html.": 404,
    b"/INDEX.HTML": 404,
    b"/index.html::$DATA": 404,
    # What lies beside the pages on the disk, and links that lead out.
    b"/out/secret.txt": 404,
    b"/out.html": 404,
    b"/files/people/out.txt": 404,
    b"/.remit.json": 404,
    b"/.git/config": 404,
    b"/../.git/config": 404,
    b"/.env": 404,
    b"/remit.toml": 404,
    b"/content/remit.toml": 404,
    b"/people/lin.md": 404,
    b"/meetings/talk.html": 404,
    # Other forms of a target.
    b"//secret.txt": 404,
    b"//evil.example/%2e%2e": 404,
    b"///etc/passwd": 404,
    b"http://evil.example/": 404,
    b"http://127.0.0.1/../secret.txt": 404,
    b"file:///etc/passwd": 404,
    b"evil.example:443": 404,
    b"*": 404,
    b"secret.txt": 404,
    b"..": 404,
    b"/" + b"a" * 60_000: 404,
    b"/" + b"%2e" * 20_000: 404,
    b"/" + b"a" * 70_000: 414,
    # These are no requests; without a target, the version is taken for it.
    b"": 404,
    b"/ /": 400,
    b"/\xa0/": 400,
    # And these are.
    b"/": 200,
    b"/?../../secret.txt": 200,
    b"/people/lin.html": 200,
    b"/people/l%69n.html": 200,
    b"/files/people/map.txt": 200,
}


def shown(target: bytes) -> str:
    return ascii(target)[2:42] or "nothing"


@pytest.mark.parametrize("target", TARGETS, ids=shown)
def test_no_target_leads_out(server: Server, target: bytes) -> None:
    answer = ask(server, target)
    assert CANARY not in answer
    assert b"root:" not in answer
    assert b"X-Injected: yes" not in answer
    assert status(answer) == TARGETS[target]


def test_the_canary_is_where_a_target_could_lead(files: dict[str, bytes]) -> None:
    """Else its absence would say nothing."""
    assert Path("out/secret.txt").read_bytes() == Path("out.html").read_bytes() == CANARY
    assert CANARY in Path("../content/meetings/talk.md").read_bytes()
    assert [path for path, data in files.items() if CANARY in data] == []


@pytest.mark.parametrize("name", [b"/people", b"/people/%2e", b"//people", b"/%2fpeople", b"/\\people"])
def test_where_a_folder_leads_is_here(server: Server, name: bytes) -> None:
    head, *_ = ask(server, name).partition(b"\r\n\r\n")
    found = [line for line in head.split(b"\r\n") if line.startswith(b"Location:")]
    assert found == ([b"Location: /people/"] if name in {b"/people", b"//people"} else [])


def hosts(server: Server, *lines: bytes) -> bytes:
    sent = b"GET / HTTP/1.1\r\nConnection: close\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\n"
    return exchange(server, sent.replace(b"PORT", b"%d" % server.server_port))


FOREIGN = {
    "no host": (),
    "an empty host": (b"Host:",),
    "two hosts": (b"Host: 127.0.0.1:PORT", b"Host: evil.example"),
    "the same host twice": (b"Host: 127.0.0.1:PORT", b"Host: 127.0.0.1:PORT"),
    "rebound": (b"Host: evil.example:PORT",),
    "rebound to a number in disguise": (b"Host: 127.0.0.1.nip.io:PORT",),
    "a number in other notation": (b"Host: 2130706433:PORT",),
    "a short number": (b"Host: 127.1:PORT",),
    "every address": (b"Host: 0.0.0.0:PORT",),
    "another number of six": (b"Host: [::2]:PORT",),
    "a number of six with a zone": (b"Host: [::1%25lo]:PORT",),
    "a user": (b"Host: 127.0.0.1:PORT@evil.example:PORT",),
    "a port of other digits": ("Host: 127.0.0.1:٣".encode(),),
    "a foreign origin": (b"Host: 127.0.0.1:PORT", b"Origin: http://evil.example"),
    "a foreign origin on our port": (b"Host: 127.0.0.1:PORT", b"Origin: http://evil.example:PORT"),
    "two origins": (b"Host: 127.0.0.1:PORT", b"Origin: http://127.0.0.1:PORT", b"Origin: null"),
    "an origin of files": (b"Host: 127.0.0.1:PORT", b"Origin: null"),
    "an origin that is empty": (b"Host: 127.0.0.1:PORT", b"Origin:"),
    "an absolute target for us": (b"Host: evil.example",),
}


@pytest.mark.parametrize("lines", FOREIGN.values(), ids=FOREIGN)
def test_who_asks_as_a_stranger_reads_nothing(server: Server, lines: tuple[bytes, ...]) -> None:
    head, _, body = hosts(server, *lines).partition(b"\r\n\r\n")
    assert status(head) == 403
    assert body == b"This preview answers to its own address only.\n"


def test_an_address_of_six(preview: Preview) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no ::1")
    with Server("::1", 0, preview) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        assert status(ask(server, b"/", host=b"[::1]:%d" % server.server_port)) == 200
        assert status(ask(server, b"/", host=b"[::2]:%d" % server.server_port)) == 403
        server.shutdown()


def test_only_this_machine_is_listened_to_unless_told(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


SECOND = b"GET /people/lin.html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
GET, LENGTH = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n", b"Content-Length: LENGTH\r\n"
POST = GET.replace(b"GET", b"POST")
CHUNKED, NO_CHUNK = b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"
SMUGGLED = {
    "a length": GET + LENGTH + b"\r\n",
    "a length that is too small": GET + b"Content-Length: 1\r\n\r\n",
    "two lengths": GET + b"Content-Length: 0\r\n" + LENGTH + b"\r\n",
    "chunks": GET + CHUNKED + b"\r\n" + NO_CHUNK,
    "chunks and a length": GET + CHUNKED + b"Content-Length: 0\r\n\r\n",
    "chunks in disguise": GET + b"Transfer-Encoding : chunked\r\n\r\n" + NO_CHUNK,
    "a folded header": GET + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + NO_CHUNK,
    "a post": POST + LENGTH + b"\r\n",
    "a post from elsewhere": POST + b"Origin: http://evil.example\r\n" + LENGTH + b"\r\n",
    "a method that is not known": GET.replace(b"GET", b"BREW") + LENGTH + b"\r\n",
    "no version": GET.replace(b" HTTP/1.1", b"") + b"\r\n",
    "a header without a colon": GET + b"nonsense\r\n\r\n",
}


@pytest.mark.parametrize("first", SMUGGLED.values(), ids=SMUGGLED)
def test_what_a_request_carries_is_no_request(server: Server, first: bytes) -> None:
    sent = (first + SECOND).replace(b"PORT", b"%d" % server.server_port)
    answer = exchange(server, sent.replace(b"LENGTH", b"%d" % len(SECOND)))
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert b"<h1>Lin</h1>" not in answer


def test_two_requests_on_one_connection_are_two(server: Server) -> None:
    """The test above can see a second answer."""
    first = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 0\r\n\r\n"
    answer = exchange(server, (first + SECOND).replace(b"PORT", b"%d" % server.server_port))
    assert answer.count(b"HTTP/1.1 200") == 2
    assert b"<h1>Lin</h1>" in answer


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        (b"", None),
        (b"\r\n\r\n", None),
        (b"\x00" * 1000, None),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 500, None),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET / HTTP/1.1.1\r\n\r\n", 400),
        (b"GET / HTTX\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: x\r\n" % n for n in range(1000)) + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 5_000_000, 431),
        (b"G" * 5_000_000, 414),
        (b"GET / HTTP/1.1\r\n: :\r\n\x00\r\n\r\n", None),
    ],
    ids=[
        *("nothing", "empty lines", "zeros", "tls", "version 9.9", "a version of three", "no version"),
        *("a thousand headers", "a long header", "an endless header", "an endless line", "odd headers"),
    ],
)
def test_bytes_that_are_no_request(server: Server, sent: bytes, wanted: int | None) -> None:
    with connect(server) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:  # it hung up before it had all
            pass
        answer = rest(connection)
    assert CANARY not in answer
    assert b"<h1>" not in answer
    if wanted and answer:
        assert status(answer) == wanted


@pytest.mark.parametrize(
    "method", [b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT", b"get", b"PROPFIND"]
)
def test_nothing_is_changed_by_any_method(server: Server, method: bytes) -> None:
    before = dict(server.preview.files)
    assert status(ask(server, b"/index.html", b"Content-Length: 3", method=method)) in {405, 501}
    assert server.preview.files == before


class TestOthersAreNotStopped:
    def test_by_who_sends_slowly(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """More clients than there is room for, each with half a request: the others are answered at once."""
        with ExitStack() as stack:
            slow = [stack.enter_context(connect(server)) for _ in range(CONNECTIONS + 40)]
            for n, connection in enumerate(slow):
                connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
                if n % 20 == 0:
                    began = time.monotonic()
                    assert status(ask(server, b"/")) == 200
                    assert time.monotonic() - began < 5
            assert len(server._open) <= CONNECTIONS + 1
            # One byte at a time keeps nobody connected: the whole request has to come in time.
            monkeypatch.setattr(serving, "PATIENCE", 0.2)
            until(lambda: server._open == set(), lambda: drip(slow))

    def test_by_who_does_not_read(self, server: Server, preview: Preview) -> None:
        preview.files = {**preview.files, "large.bin": b"x" * 30_000_000}
        with ExitStack() as stack:
            for _ in range(20):
                connection = stack.enter_context(connect(server))
                connection.sendall(
                    b"GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.server_port
                )
            assert status(ask(server, b"/")) == 200

    def test_there_is_room_again_when_somebody_leaves(
        self, server: Server, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who is being answered is not sent away for who comes later."""
        monkeypatch.setattr(serving, "CONNECTIONS", 2)
        request = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (EVENTS.encode(), server.server_port)
        with connect(server) as first, connect(server) as second:
            for connection in (first, second):
                connection.sendall(request)
                assert status(connection.recv(1000)) == 200
            with connect(server) as third:
                with suppress(OSError):
                    third.sendall(request.replace(EVENTS.encode(), b"/"))
                assert rest(third) == b""
            assert len(preview._listeners) == 2
        for _ in range(3):
            preview.rebuild()
        until(lambda: server._open == set())

    def test_by_a_thousand_pages_that_listen(self, server: Server, preview: Preview) -> None:
        request = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (EVENTS.encode(), server.server_port)
        with ExitStack() as stack:
            told = []
            for _ in range(1000):
                connection = stack.enter_context(connect(server))
                connection.sendall(request)
                answer = connection.recv(1000)
                if status(answer) == 200:
                    told.append(connection)
                else:
                    assert status(answer) == 503
                    connection.close()
            assert len(told) == len(preview._listeners) == STREAMS
            assert status(ask(server, b"/")) == 200
            assert status(ask(server, SCRIPT.encode())) == 200
            preview.rebuild()
            for connection in told:
                got = b""
                while b"event: built" not in got:
                    got += connection.recv(1000)
        for _ in range(3):
            preview.rebuild()
        until(lambda: preview._listeners == [])
        assert status(ask(server, EVENTS.encode(), method=b"HEAD")) == 404


def drip(connections: list[socket.socket]) -> None:
    for connection in connections:
        with suppress(OSError):
            connection.send(b"x")


def until(true: object, meanwhile: object = lambda: None) -> None:
    deadline = time.monotonic() + 10
    while not true() and time.monotonic() < deadline:
        meanwhile()
        time.sleep(0.02)
    assert true()
