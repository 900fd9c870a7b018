"""The wire of the contracts against servers that answer byte by byte what a test wants."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.client import PATIENCE, Client
from mockserver.contract.wire.connection import Connection, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Script = Callable[..., str]

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n"


@pytest.fixture
def script() -> Iterator[Script]:
    """Serves connections one after the other: each answers each request with the next of its parts, then ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads = []

    def serve(*connections: tuple[bytes, ...], context: ssl.SSLContext | None = None) -> str:
        def run() -> None:
            for answers in connections:
                accepted, _ = listener.accept()
                with accepted if context is None else context.wrap_socket(accepted, server_side=True) as sock:
                    for answer in answers:
                        sock.recv(65536)
                        sock.sendall(answer)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        threads.append(thread)
        return f"http{'s' if context else ''}://localhost:{listener.getsockname()[1]}"

    yield serve
    listener.close()
    for thread in threads:
        thread.join(5)


def ask(url: str, method: str = "GET", content: bytes = b"") -> tuple[int, bytes]:
    """One call on a connection of its own."""
    connection = Connection(url, timeout=5)
    try:
        answer = connection.exchange(method, "/x", {"X-A": "1"}, content)
    finally:
        connection.close()
    return answer.status, answer.body


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (OK, 200, b"ok"),
        (CHUNKED, 200, b"abcde"),
        (b"HTTP/1.1 200 OK\r\n\r\nup to the end", 200, b"up to the end"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (b"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n", 302, b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK, 200, b"ok"),
        (b"HTTP/1.0 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", 404, b"no"),
    ],
)
def test_an_answer_is_read_however_it_is_framed(script: Script, answer: bytes, status: int, body: bytes) -> None:
    assert ask(script((answer,))) == (status, body)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"packed", mtime=0)),
        ("deflate", zlib.compress(b"packed")),
        ("deflate", zlib.compress(b"packed", wbits=-15)),
    ],
)
def test_a_packed_body_is_unpacked(script: Script, coding: str, packed: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    assert ask(script((head + packed,))) == (200, b"packed")


def test_an_answer_to_head_has_no_body(script: Script) -> None:
    url = script((b"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n", OK))
    connection = Connection(url, timeout=5)
    assert connection.exchange("HEAD", "/x", {}, b"").status == 200
    assert connection.exchange("GET", "/x", {}, b"").body == b"ok"
    connection.close()


def test_one_connection_serves_many_calls(script: Script) -> None:
    connection = Connection(script((OK, CHUNKED, OK)), timeout=5)
    bodies = [connection.exchange("GET", "/x", {}, b"").body for _ in range(3)]
    connection.close()
    assert bodies == [b"ok", b"abcde", b"ok"]


def test_a_dropped_connection_is_opened_anew(script: Script) -> None:
    connection = Connection(script((OK,), (OK,)), timeout=5)
    assert [connection.exchange("POST", "/x", {}, b"{}").body for _ in range(2)] == [b"ok", b"ok"]
    connection.close()


def test_connection_close_is_obeyed(script: Script) -> None:
    last = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
    connection = Connection(script((last, OK), (OK,)), timeout=5)
    assert [connection.exchange("GET", "/x", {}, b"").body for _ in range(2)] == [b"ok", b"ok"]
    connection.close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "cut off: 4 of 9 bytes"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "cut off"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "not HTTP"),
        (b"", "closed the connection without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok", "not gzip"),
    ],
)
def test_what_went_wrong_is_told(script: Script, answer: bytes, words: str) -> None:
    with pytest.raises(WireError, match=f"{words}") as caught:
        ask(script((answer,)))
    assert "GET /x" in str(caught.value)


def test_silence_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = Connection(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=0.05)
        with pytest.raises(WireError, match=r"GET /x: no whole answer within 0\.05 s"):
            connection.exchange("GET", "/x", {}, b"")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(WireError, match="no connection to 127"):
        ask("http://127.0.0.1:9")


@pytest.mark.parametrize("url", ["ftp://example.com", "example.com", "http://"])
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"wanted one such as https://"):
        Connection(url)


def test_a_header_cannot_end_the_request() -> None:
    with pytest.raises(ValueError, match="line break"):
        Connection("http://127.0.0.1:9").exchange("GET", "/", {"X-A": "1\r\nX-B: 2"}, b"")


def test_https_is_spoken_and_certificates_are_looked_at(script: Script, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    openssl = shutil.which("openssl")
    assert openssl, "openssl makes the certificate of this test"
    words = f"req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=localhost"
    command = [openssl, *words.split(), "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    url = script((OK,), context=context)
    connection = Connection(url, timeout=5)
    assert connection._tls is not None
    connection._tls.load_verify_locations(certificate)
    assert connection.exchange("GET", "/x", {}, b"").body == b"ok"
    connection.close()


def test_a_client_waits_as_long_as_it_is_told(script: Script) -> None:
    busy = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
    client = Client(script((busy, busy, OK)), {})
    assert client.send("GET", "/x").body == b"ok"
    client.close()


def test_a_client_does_not_wait_again_for_what_is_refused_for_good(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr("time.sleep", naps.append)
    busy = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"
    client = Client(script((*[busy] * (1 + PATIENCE), busy, OK)), {})
    assert client.send("POST", "/reset", body={}).status == 429
    assert naps == [1.0] * PATIENCE
    assert client.send("POST", "/reset", body={}).status == 429
    assert client.send("GET", "/other").body == b"ok"
    assert len(naps) == PATIENCE
    client.close()
