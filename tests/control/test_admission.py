"""Who may use the control API: this machine, or who knows the secret; never a page of another origin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.control.conftest import SECRET

if TYPE_CHECKING:
    from tests.control.conftest import Control

ELSEWHERE = [
    "192.168.1.20",
    "10.0.0.5",
    "8.8.8.8",
    "0.0.0.0",
    "fe80::1",
    "2001:db8::1",
    "::ffff:8.8.8.8",
    "",
    "nonsense",
]
HERE = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]
CALLS = [
    ("GET", "/health"), ("GET", "/worlds"), ("POST", "/worlds"), ("DELETE", "/worlds/default"), ("POST", "/reset"),
    ("GET", "/state/users"), ("GET", "/events"), ("GET", "/deliveries"), ("GET", "/outbox"), ("GET", "/outbox/1/1"),
    ("GET", "/clock"), ("PUT", "/clock"), ("GET", "/rate-limit"), ("POST", "/rate-limit"),
    ("GET", "/openapi.json"), ("GET", "/docs"), ("GET", "/docs/swagger-ui.css"), ("GET", "/nonsense"),
]  # fmt: skip


@pytest.mark.parametrize("address", HERE)
@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "127.1.2.3"]
)
def test_this_machine_is_let_in(shared: Control, address: str, host: str) -> None:
    assert shared("GET", "/health", client=address, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_other_machines_are_refused(shared: Control, address: str, method: str, path: str) -> None:
    before = shared.mock.worlds.default
    answer = shared(method, path, client=address)
    assert answer.status_code == 403
    assert "this machine" in answer.json()["message"]
    assert "--control-secret" in json.loads(answer.headers["x-mock-diagnostics"])[0]["wanted"]
    assert shared.mock.worlds.default is before


def test_a_caller_without_an_address_is_refused(shared: Control) -> None:
    assert shared("GET", "/health", client=None).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
        "evil.example#localhost", "user@evil.example",
        "localhost@evil.example", "192.168.1.20:8080", "0.0.0.0:8080", "", "[", "[::1", "[::1]]", "::1", "a b", "\x00",
        "localhost:99999:1", "127.1",
        "2130706433", "0x7f000001", "localhost.",
    ],
    ids=ascii,
)  # fmt: skip
def test_another_name_in_the_host_header_is_refused(shared: Control, host: str) -> None:
    """A page of evil.example whose name was pointed at 127.0.0.1 still sends its own name."""
    answer = shared("POST", "/reset", headers={"Host": host})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:3000",
        "http://localhost",
        "file://",
        "x",
        "http://[",
        "//localhost:8080",
        "localhost:8080",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/reset"), ("GET", "/state/users"), ("DELETE", "/worlds/default")]
)
def test_a_page_of_another_origin_is_refused(shared: Control, origin: str, method: str, path: str) -> None:
    before = shared.mock.worlds.default
    answer = shared(method, path, headers={"Origin": origin})
    assert answer.status_code == 403
    assert shared.mock.worlds.default is before


def test_our_own_page_is_let_in(control: Control) -> None:
    assert control("POST", "/reset", headers={"Origin": "http://localhost:8080"}).status_code == 200


@pytest.mark.parametrize("address", [*ELSEWHERE, *HERE])
def test_the_secret_opens_from_everywhere(guarded: Control, address: str) -> None:
    headers = {"Host": "mock.internal:8080", "Origin": "https://tests.internal", "X-Mock-Secret": SECRET}
    assert guarded("POST", "/reset", client=address, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "secret", ["", " ", "open", SECRET.upper(), SECRET + "x", SECRET[:-1], "\u00fc", "x" * 10_000, "*"]
)
def test_a_wrong_secret_opens_nothing(guarded: Control, secret: str) -> None:
    headers = {"Host": "mock.internal", "X-Mock-Secret": secret}
    assert guarded("GET", "/health", client="10.0.0.5", headers=headers).status_code == 403


def test_this_machine_needs_no_secret(guarded: Control) -> None:
    assert guarded("GET", "/health").status_code == 200


@pytest.mark.parametrize("secret", ["", "x"])
def test_without_a_secret_of_the_server_no_secret_opens(shared: Control, secret: str) -> None:
    assert shared("GET", "/health", client="10.0.0.5", headers={"X-Mock-Secret": secret}).status_code == 403


def test_the_api_itself_is_open_to_every_machine_and_origin(shared: Control) -> None:
    headers = {"X-API-TOKEN": "TOKEN", "Origin": "https://app.example", "Host": "mock.internal"}
    answer = shared("GET", "/api/v1/ping", client="10.0.0.5", headers=headers, prefix="")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


def test_preflights_are_answered_for_control_paths_and_change_nothing(shared: Control) -> None:
    answer = shared("OPTIONS", "/reset", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 200
    assert "x-mock-secret" not in answer.headers["access-control-allow-headers"].lower()
