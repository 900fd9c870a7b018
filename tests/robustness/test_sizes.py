"""Too much of everything, over a real socket: bodies, headers, query strings. The server answers and lives on."""

from __future__ import annotations

import json
import tracemalloc
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.robustness.conftest import read, read_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockserver.server import BackgroundServer
    from tests.robustness.conftest import Wire

MB = 1024 * 1024
PIECE = b"x" * MB


def pieces(count: int) -> Iterator[bytes]:
    """`count` megabytes."""
    return (PIECE for _ in range(count))


def test_a_body_of_100_mb_is_refused_with_413_after_all_of_it_was_sent(wire: Wire) -> None:
    before = wire.state()
    answer = wire.call("POST", "/api/v1/clients", PIECE * 100, {"Content-Type": "application/json"})
    assert answer.status == 413
    assert answer.json() == {"message": "The POST data is too large."}
    assert json.loads(answer.headers["x-mock-diagnostics"])[0]["got"] == 100 * MB
    assert wire.state() == before


def test_a_declared_body_of_100_mb_is_refused_before_it_comes(wire: Wire) -> None:
    answer = wire.raw(
        wire.head("POST", "/api/v1/clients", f"Content-Length: {100 * MB}", "Content-Type: application/json")
    )
    assert answer.status == 413


def test_a_client_that_waits_for_100_continue_is_told_413_at_once(wire: Wire) -> None:
    answer = wire.raw(wire.head("POST", "/api/v1/clients", f"Content-Length: {100 * MB}", "Expect: 100-continue"))
    assert answer.status == 413


def test_a_chunked_body_of_100_mb_is_refused_with_413(wire: Wire) -> None:
    before = wire.state()
    answer = wire.call(
        "POST", "/api/v1/clients", pieces(100), {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    )
    assert answer.status == 413
    assert wire.state() == before


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/clients?_method=PUT", "/__mock__/reset"])
def test_a_body_of_100_mb_does_no_harm_elsewhere(wire: Wire, path: str) -> None:
    assert wire.call("POST", path, pieces(100), {"Transfer-Encoding": "chunked"}).status in (404, 413)


def test_a_body_of_100_mb_without_a_token_is_refused(wire: Wire) -> None:
    answer = wire.call("POST", "/api/v1/clients", PIECE * 100, {"X-API-TOKEN": "wrong"})
    assert answer.status in (403, 413)


def test_the_connection_still_works_after_a_refused_body(wire: Wire) -> None:
    connection = HTTPConnection(wire.host, wire.port, timeout=30)
    connection.request("POST", "/api/v1/clients", PIECE * 40, {**wire.headers, "Content-Type": "application/json"})
    assert read(connection.getresponse()).status == 413
    connection.request("GET", "/api/v1/ping", headers=wire.headers)
    assert read(connection.getresponse()).status == 200
    connection.close()


def test_a_browser_gets_413_as_a_page(wire: Wire) -> None:
    answer = wire.call("POST", "/api/v1/clients", PIECE * 30, {"Accept": "text/html", "X-Requested-With": ""})
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("way", ["declared", "chunked"])
def test_memory_stays_bounded_while_100_mb_come_in(mock_process: BackgroundServer, way: str) -> None:
    chunked = way == "chunked"
    host, port = mock_process.url.removeprefix("http://").split(":")
    headers = {"X-API-TOKEN": "TOKEN", "Content-Type": "application/json"}
    headers |= {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": str(100 * MB)}
    connection = HTTPConnection(host, int(port), timeout=30)
    tracemalloc.start()
    try:
        connection.request("POST", "/api/v1/clients", pieces(100), headers, encode_chunked=chunked)
        assert read(connection.getresponse()).status == 413
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        connection.close()
    assert peak < 60 * MB, f"{peak / MB:.0f} MB"


@pytest.mark.parametrize(
    "lines",
    [
        lambda: [f"X-Big: {'x' * (10 * MB)}"],
        lambda: [f"X-{number}: {'x' * 1000}" for number in range(10_000)],
        lambda: ["x" * (10 * MB) + ": 1"],
    ],
    ids=["one value", "many headers", "one name"],
)
def test_headers_of_10_mb_are_refused_with_431(wire: Wire, lines: Callable[[], list[str]]) -> None:
    answer = wire.raw(wire.head("GET", "/api/v1/clients", *lines()))
    assert answer.status == 431
    assert answer.json() == {"message": "Request Header Fields Too Large"}


def test_a_query_of_10_mb_is_refused_with_431(wire: Wire) -> None:
    assert wire.raw(wire.head("GET", f"/api/v1/clients?filter={'x' * (10 * MB)}")).status == 431


def test_headers_that_never_end_are_refused_without_their_end(wire: Wire) -> None:
    with wire.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\nX-Big: " + b"x" * (300 * 1024))
        assert read_from(line).status == 431


@pytest.mark.parametrize("kind", ["header", "query"])
def test_100_kb_of_headers_or_query_get_the_reason_too(wire: Wire, kind: str) -> None:
    long = "x" * 100_000
    extra = {"X-Big": long} if kind == "header" else {}
    answer = wire.call("GET", "/api/v1/clients" + (f"?filter={long}" if kind == "query" else ""), headers=extra)
    assert answer.status == 431
    (found,) = json.loads(answer.headers["x-mock-diagnostics"])
    assert found["rule"] == "size"


def test_60_kb_of_query_are_fine(wire: Wire) -> None:
    answer = wire.call("GET", f"/api/v1/clients?filter={'x' * 60_000}")
    assert answer.status == 200
    assert answer.json()["data"] == []


def test_a_path_of_100_kb_is_unknown_or_too_long(wire: Wire) -> None:
    assert wire.raw(wire.head("GET", f"/api/v1/{'x' * 100_000}")).status in (404, 431)


def test_a_path_of_50_000_slashes_is_unknown(wire: Wire) -> None:
    assert wire.raw(wire.head("GET", "/" * 50_000)).status == 404


def test_a_text_of_1_mb_is_a_value_like_any_other(wire: Wire) -> None:
    made = wire.call("POST", "/api/v1/clients", {"name": "Long", "public_notes": "n" * MB}).json()["data"]
    assert len(made["public_notes"]) == MB


def test_a_list_of_100_000_ids_is_answered(wire: Wire) -> None:
    answer = wire.call("POST", "/api/v1/clients/bulk", {"action": "archive", "ids": ["zzzzzzzzzz"] * 100_000})
    assert answer.status in (200, 422)
