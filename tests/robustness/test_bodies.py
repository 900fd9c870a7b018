"""Bodies that can't be read, on every operation that may carry one: the service's own refusal, and nothing written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.robustness.conftest import DOCUMENT, address, check_diagnostics, documented

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.app import Mock
    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World
    from tests.robustness.conftest import Wire

WRITES = [operation for operation in DOCUMENT.operations.values() if operation.method not in ("GET", "HEAD")]
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MALFORMED = {"message": "Malformed JSON payload.", "error": "Invalid JSON data provided"}
UNREADABLE = {
    "cut": b'{"name": "x',
    "empty braces open": b"{",
    "single quotes": b"{'name': 'x'}",
    "trailing comma": b'{"name": "x",}',
    "two objects": b'{"name": "x"} {"name": "y"}',
    "comment": b'{"name": "x"} // why',
    "words": b"name=x",
    "blank": b"   ",
    "NaN": b'{"price": NaN}',
    "Infinity": b'{"price": Infinity}',
    "minus Infinity": b'{"price": -Infinity}',
    "1e999": b'{"price": 1e999}',
    "integer of 400 digits": b'{"price": ' + b"9" * 400 + b"}",
    "leading zero": b'{"price": 007}',
    "hexadecimal": b'{"price": 0xff}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"name": "x"}',
    "lone high surrogate": b'{"name": "\\ud800"}',
    "lone low surrogate": b'{"name": "\\udc00x"}',
    "control character": b'{"name": "a\x01b"}',
    "NUL byte": b'{"name": "a\x00b"}',
    "objects 10,000 deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "lists 10,000 deep": b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "brackets 10,000 deep, open": b"[" * 10_000,
    "200 deep": b'{"a":' * 200 + b"1" + b"}" * 200,
}
NO_OBJECT = {"list": b"[1, 2]", "number": b"5", "text": b'"x"', "null": b"null", "true": b"true"}


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
@pytest.mark.parametrize("case", ["cut", "NaN", "not UTF-8", "objects 10,000 deep"])
def test_every_operation_refuses_json_that_it_cannot_read(
    mock_app: Mock, mock_client: MockClient, mock_world: World, operation: Operation, case: str
) -> None:
    before = mock_world.state
    headers = {**JSON, "X-API-PASSWORD": "password"}
    url = address(operation, mock_world)
    answer = mock_client.request(operation.method, url, content=UNREADABLE[case], headers=headers)
    assert str(answer.status_code) in documented(operation)
    assert mock_world.state is before or answer.status_code == 200
    if operation.request and answer.status_code == 400 and operation.locate is False:
        assert answer.json() == MALFORMED
    assert mock_app.worlds.get(mock_world.name) is mock_world


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_json_gets_the_answer_of_the_service(refused: Callable[..., Response], case: str) -> None:
    answer = refused("POST", "/api/v1/products", status=400, content=UNREADABLE[case], headers=JSON)
    assert answer.json() == MALFORMED
    (found,) = check_diagnostics(answer.headers)
    assert found["where"] == "body"
    assert found["rule"] in ("json", "depth")


@pytest.mark.parametrize("case", NO_OBJECT)
def test_json_that_is_no_object_counts_as_no_input(mock_client: MockClient, case: str) -> None:
    answer = mock_client.post("/api/v1/products", content=NO_OBJECT[case], headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["data"]["product_key"] == ""


def test_100_levels_of_json_are_read(mock_client: MockClient) -> None:
    body = b'{"product_key": "deep", "other":' + b'{"a":' * 100 + b"1" + b"}" * 101
    assert mock_client.post("/api/v1/products", content=body, headers=JSON).status_code == 200


@pytest.mark.parametrize("steps", [129, 1000, 10_000])
def test_form_keys_that_nest_too_deeply_are_refused(refused: Callable[..., Response], steps: int) -> None:
    body = b"product_key" + b"[x]" * steps + b"=1"
    refused("POST", "/api/v1/products", status=400, content=body, headers=FORM)


def test_multipart_keys_that_nest_too_deeply_are_refused(refused: Callable[..., Response]) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="a' + b"[x]" * 1000 + b'"\r\n\r\n1\r\n--b--\r\n'
    refused(
        "POST",
        "/api/v1/products",
        status=400,
        content=body,
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )


@pytest.mark.parametrize(
    "body",
    [
        b"a[=1", b"[b]=2", b"c[d]e=4", b"=5", b"&&&", b"ids[]=x&ids[]=y", b"a=1&a[b]=2", b"a[b]=1&a=2",
        b"a[b]=1&a[b][c]=2",
        b"a[0]=1&a[]=2&a[0]=3", b"name=%", b"name=%zz", b"name=%00", b"name=%ff", b"%00=1", b"a[%00]=1",
        b"product_key[]=x",
    ],
    ids=str,
)  # fmt: skip
def test_odd_form_keys_are_read_or_refused(mock_client: MockClient, mock_world: World, body: bytes) -> None:
    before = mock_world.state
    answer = mock_client.post("/api/v1/products", content=body, headers=FORM)
    assert answer.status_code in (200, 422)
    assert answer.status_code == 200 or mock_world.state is before


def test_no_value_is_lost_when_numbered_and_open_brackets_mix(mock_client: MockClient) -> None:
    body = b"name=Form&contacts[1][first_name]=One&contacts[][first_name]=Two"
    contacts = mock_client.post("/api/v1/clients", content=body, headers=FORM).json()["data"]["contacts"]
    assert {contact["first_name"] for contact in contacts} == {"One", "Two"}


@pytest.mark.parametrize("count", [20_001, 1_000_000])
def test_more_form_fields_than_anybody_sends_are_refused(refused: Callable[..., Response], count: int) -> None:
    answer = refused("POST", "/api/v1/products", status=400, content=b"a=1&" * (count - 1) + b"a=1", headers=FORM)
    assert check_diagnostics(answer.headers)[0]["got"] == count


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/xml", "application/octet-stream", "image/png", "nonsense", ";", "x" * 1000]
)
def test_another_content_type_counts_as_no_input(mock_client: MockClient, kind: str) -> None:
    headers = {"Content-Type": kind or None}
    answer = mock_client.post("/api/v1/products", content=b'{"product_key": "typed"}', headers=headers)
    assert answer.status_code == 200
    assert answer.json()["data"]["product_key"] == ""


@pytest.mark.parametrize(
    "kind",
    ["application/json; charset=utf-8", "APPLICATION/JSON", " application/json ", "application/vnd.api+json"],
)
def test_json_content_types_are_known_however_they_are_written(mock_client: MockClient, kind: str) -> None:
    body = b'{"product_key": "typed"}'
    answer = mock_client.post("/api/v1/products", content=body, headers={"Content-Type": kind})
    assert answer.json()["data"]["product_key"] == "typed"


def test_json_sent_as_a_form_and_a_form_sent_as_json(refused: Callable[..., Response], mock_client: MockClient) -> None:
    answer = mock_client.post("/api/v1/products", content=b'{"product_key": "x"}', headers=FORM)
    assert answer.json()["data"]["product_key"] == ""
    refused("POST", "/api/v1/products", status=400, content=b"product_key=x", headers=JSON)


def test_unknown_fields_are_ignored(mock_client: MockClient) -> None:
    sent = {"product_key": "known", "nonsense": {"deep": [1]}, "id": "x", "user_id": "y", "is_deleted": True}
    data = mock_client.post("/api/v1/products", json={**sent, "created_at": 1, "__proto__": {}, "": 1}).json()["data"]
    assert data["product_key"] == "known"
    assert data["id"] != "x"
    assert data["user_id"] != "y"
    assert data["is_deleted"] is False
    assert data["created_at"] != 1
    assert {"nonsense", "__proto__", ""}.isdisjoint(data)


def test_of_a_key_that_comes_twice_the_last_one_counts(mock_client: MockClient) -> None:
    answers = [
        mock_client.post("/api/v1/products", content=b'{"product_key": "a", "product_key": "b"}', headers=JSON),
        mock_client.post("/api/v1/products", content=b"product_key=a&product_key=b", headers=FORM),
    ]
    assert [answer.json()["data"]["product_key"] for answer in answers] == ["b", "b"]


def test_a_list_of_5_mb_is_no_trouble(mock_client: MockClient) -> None:
    body = json.dumps({"product_key": "x", "other": [0] * 1_500_000}).encode()
    assert mock_client.post("/api/v1/products", content=body, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", 1e308),
        ("price", -1e308),
        ("price", 1e-320),
        ("price", 2**64 - 1),
        ("price", -(2**63)),
        ("cost", "1e300"),
    ],
)
def test_numbers_at_the_edge_of_what_json_holds_are_stored(mock_client: MockClient, field: str, value: Any) -> None:
    answer = mock_client.post("/api/v1/products", json={field: value})
    assert answer.status_code == 200
    assert isinstance(answer.json()["data"][field], (int, float))


@pytest.mark.parametrize("value", [2**63, 1e30, "9" * 30, -1e300])
def test_whole_numbers_beyond_64_bits_are_refused(refused: Callable[..., Response], value: Any) -> None:
    answer = refused("POST", "/api/v1/products", status=422, json={"max_quantity": value})
    assert list(answer.json()["errors"]) == ["max_quantity"]


def test_a_refused_body_leaves_the_running_server_as_it_was(wire: Wire) -> None:
    before = wire.state()
    for body in UNREADABLE.values():
        assert wire.call("POST", "/api/v1/products", body, JSON).status == 400
    assert wire.state() == before
