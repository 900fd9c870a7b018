"""Connections that break off, lie or speak something else: no half write, no traceback, and the next one is served."""

from __future__ import annotations

import json
import socket
import struct
from typing import TYPE_CHECKING

import pytest

from tests.robustness.conftest import read_from

if TYPE_CHECKING:
    from tests.robustness.conftest import Wire

BODY = json.dumps({"name": "Half", "contacts": [{"email": "half@example.com"}]}).encode()
JSON = "Content-Type: application/json"


def alive(wire: Wire) -> bool:
    return wire.call("GET", "/api/v1/ping").status == 200


def abort(line: socket.socket) -> None:
    """Close with a reset, as a process that dies does."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


@pytest.mark.parametrize("how", ["close", "reset", "half-close"])
@pytest.mark.parametrize("at", [0, 1, len(BODY) // 2, len(BODY) - 1])
def test_a_connection_that_ends_half_way_through_a_body_writes_nothing(wire: Wire, at: int, how: str) -> None:
    before = wire.state()
    line = wire.connect()
    line.sendall(wire.head("POST", "/api/v1/clients", JSON, f"Content-Length: {len(BODY)}") + BODY[:at])
    if how == "half-close":
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1) == b""
    abort(line) if how == "reset" else line.close()
    assert alive(wire)
    assert wire.state() == before


@pytest.mark.parametrize("at", [1, 30, 200])
def test_a_connection_that_ends_half_way_through_the_headers_does_nothing(wire: Wire, at: int) -> None:
    before = wire.state()
    head = wire.head("DELETE", "/api/v1/clients/VolejRejNm")
    with wire.connect() as line:
        line.sendall(head[: min(at, len(head) - 2)])
    assert alive(wire)
    assert wire.state() == before


def test_a_chunked_body_that_breaks_off_writes_nothing(wire: Wire) -> None:
    before = wire.state()
    head = wire.head("POST", "/api/v1/clients", JSON, "Transfer-Encoding: chunked")
    with wire.connect() as line:
        line.sendall(head + b"%x\r\n%s\r\n" % (len(BODY), BODY))  # all of the text, but not the last chunk
    assert alive(wire)
    assert wire.state() == before


def test_an_upload_that_breaks_off_writes_nothing(wire: Wire) -> None:
    before = wire.state()
    part = b'--b\r\nContent-Disposition: form-data; name="documents[]"; filename="a.txt"\r\n\r\n' + b"x" * 5000
    kind = "Content-Type: multipart/form-data; boundary=b"
    head = wire.head("POST", "/api/v1/clients/VolejRejNm/upload?_method=PUT", kind, "Content-Length: 9000")
    with wire.connect() as line:
        line.sendall(head + part)
    assert alive(wire)
    assert wire.state() == before


def test_a_body_in_single_bytes_is_a_body(wire: Wire) -> None:
    with wire.connect() as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(wire.head("POST", "/api/v1/clients", JSON, f"Content-Length: {len(BODY)}"))
        for number in range(len(BODY)):
            line.sendall(BODY[number : number + 1])
        answer = read_from(line)
    assert answer.status == 200
    assert answer.json()["data"]["name"] == "Half"


def test_a_client_that_leaves_before_the_answer_is_no_trouble(wire: Wire) -> None:
    for _ in range(20):
        line = wire.connect()
        line.sendall(wire.head("GET", "/api/v1/invoices?per_page=5000"))
        abort(line)
    assert alive(wire)


def test_pipelined_calls_are_answered_in_order(wire: Wire) -> None:
    with wire.connect() as line:
        line.sendall(wire.head("GET", "/api/v1/ping") + wire.head("GET", "/api/v1/nowhere"))
        found = b""
        while found.count(b"HTTP/1.1 ") < 2 or not found.endswith(b"}"):
            found += line.recv(65536)
    assert found.index(b"HTTP/1.1 200") < found.index(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    "bytes_sent",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50,
        b"NONSENSE\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET \xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v1/clients HTTP/1.1\r\nHost: x\r\nBroken header\r\n\r\n",
        b"GET /api/v1/clients HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    ],
    ids=[
        "zeros", "TLS", "one word", "no path", "version", "bytes in the path", "no colon", "bare CR", "negative length",
        "length in words", "length beyond 64 bits", "two lengths", "length and chunks", "chunk size",
    ],
)  # fmt: skip
def test_what_is_not_http_is_refused_and_the_connection_closed(wire: Wire, bytes_sent: bytes) -> None:
    with wire.connect() as line:
        line.sendall(bytes_sent)
        assert line.recv(65536).startswith(b"HTTP/1.1 400 ")
        assert line.recv(1) == b""
    assert alive(wire)


@pytest.mark.parametrize(
    "target", ["*", "?x=1", "http://elsewhere/api/v1/ping", "//api//v1//ping", "/%00", "/%ff%fe", "/%"]
)
def test_odd_request_targets_get_an_answer(wire: Wire, target: str) -> None:
    assert wire.raw(wire.head("GET", target)).status in (200, 400, 404)
    assert alive(wire)


@pytest.mark.parametrize("verb", ["TRACE", "CONNECT", "PROPFIND", "PURGE", "SUBSCRIBE"])
def test_other_verbs_are_not_found(wire: Wire, verb: str) -> None:
    target = "localhost:80" if verb == "CONNECT" else "/api/v1/clients"
    assert wire.raw(wire.head(verb, target)).status in (400, 404)
    assert alive(wire)


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_an_upgrade_is_passed_over(wire: Wire, protocol: str) -> None:
    head = wire.head("GET", "/api/v1/ping", "Connection: Upgrade", f"Upgrade: {protocol}", "Sec-WebSocket-Key: eA==")
    assert wire.raw(head).status == 200


def test_http_1_0_is_answered_and_closed(wire: Wire) -> None:
    head = wire.head("GET", "/api/v1/ping").replace(b"HTTP/1.1", b"HTTP/1.0")
    with wire.connect() as line:
        line.sendall(head)
        assert read_from(line).status == 200
        assert line.recv(1) == b""


def test_a_call_without_a_host_is_answered(wire: Wire) -> None:
    head = (
        b"GET /api/v1/clients?per_page=1 HTTP/1.1\r\nX-API-TOKEN: TOKEN\r\nX-Mock-World: %s\r\n\r\n"
        % wire.world.encode()
    )
    answer = wire.raw(head)
    assert answer.status == 200
    assert answer.json()["meta"]["pagination"]["links"]["next"].endswith("/api/v1/clients?page=2")


def test_a_hundred_idle_connections_do_not_stop_the_next(wire: Wire) -> None:
    lines = [wire.connect() for _ in range(100)]
    assert alive(wire)
    for line in lines:
        line.close()


def test_trailers_after_a_chunked_body_change_nothing(wire: Wire) -> None:
    head = wire.head("POST", "/api/v1/clients", JSON, "Transfer-Encoding: chunked")
    answer = wire.raw(head + b"%x\r\n%s\r\n0\r\nX-API-TOKEN: other\r\n\r\n" % (len(BODY), BODY))
    assert answer.status == 200
