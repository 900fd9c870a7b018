"""Webhooks are called: what goes out, when it is tried again, what becomes of it, and what is never called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from mockserver.contract.wire.receiver import Receiver
    from tests.outgoing.conftest import Caller


def logs(caller: Caller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.call("GET", "/api/v1/system_logs")["data"]
    return found


def test_the_record_goes_out_bare_with_the_headers_of_the_webhook(caller: Caller, receiver: Receiver) -> None:
    """R-SIDE-7, R-SIDE-8."""
    caller.hook(f"{receiver.url}/", 1, headers={"X-Shop-Key": "s3cr3t", "Authorization": "Bearer w"})
    client = caller.post("clients", {"name": "Bright Harbour Ltd", "contacts": [{"first_name": "Ines"}]})
    (got,) = receiver.wait(1)
    assert got.method == "POST"
    assert got.body == client
    assert got.body["contacts"][0]["first_name"] == "Ines"
    assert (got.headers["x-shop-key"], got.headers["authorization"]) == ("s3cr3t", "Bearer w")
    assert (got.headers["content-type"], got.headers["accept"]) == ("application/json", "application/json")


@pytest.mark.parametrize(
    ("event", "noun", "more"), [(2, "invoices", "client"), (3, "quotes", "client"), (15, "expenses", "client")]
)
def test_a_bill_brings_its_client_along(caller: Caller, receiver: Receiver, event: int, noun: str, more: str) -> None:
    client = caller.post("clients", {"name": "Harbour"})
    caller.hook(f"{receiver.url}/", event, rest_method="put")
    made = caller.post(noun, {"client_id": client["id"]})
    (got,) = receiver.wait(1)
    assert got.method == "PUT"
    assert (got.body["id"], got.body[more]["id"]) == (made["id"], client["id"])


def test_only_webhooks_of_the_event_are_called(caller: Caller, receiver: Receiver) -> None:
    caller.hook(f"{receiver.url}/created/", 1)
    caller.hook(f"{receiver.url}/updated/", 10)
    client = caller.post("clients", {"name": "Harbour"})
    caller.call("PUT", f"/api/v1/clients/{client['id']}", {"name": "Haven"})
    got = receiver.wait(2)
    caller.ended()
    assert {each.path: each.body["name"] for each in got} == {"/created/": "Harbour", "/updated/": "Haven"}


def test_nothing_is_told_of_what_happened_before(caller: Caller, receiver: Receiver) -> None:
    caller.post("clients", {"name": "Before"})
    caller.hook(f"{receiver.url}/", 1)
    caller.post("clients", {"name": "After"})
    caller.ended()
    assert [each.body["name"] for each in receiver.calls] == ["After"]


def test_each_delivery_is_logged(caller: Caller, receiver: Receiver) -> None:
    """R-SIDE-12, R-SIDE-14."""
    caller.hook(f"{receiver.url}/", 1)
    caller.hook(f"{receiver.url}/500", 1)
    client = caller.post("clients", {"name": "Harbour"})
    caller.ended()
    found = logs(caller)
    assert sorted((each["event_id"], json.loads(each["log"])["status"]) for each in found) == [(41, 200), (42, 500)]
    assert {(each["category_id"], each["type_id"], each["client_id"]) for each in found} == {(3, 500, client["id"])}
    assert caller.call("GET", f"/api/v1/system_logs/{found[0]['id']}")["data"] == found[0]
    kinds = {"event_id": int, "category_id": int, "type_id": int, "log": str, "created_at": int, "updated_at": int}
    assert {name: type(found[0][name]) for name in kinds} == kinds
    assert found[0].keys() == {"id", "company_id", "user_id", "client_id", *kinds}


def test_a_failure_is_tried_again(caller: Caller, receiver: Receiver) -> None:
    """R-SIDE-11."""
    caller.hook(f"{receiver.url}/500,503,200", 1)
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert told["state"] == "delivered"
    assert [each["status"] for each in told["attempts"]] == [500, 503, 200]
    assert len({json.dumps(each.body) for each in receiver.calls}) == 1


@pytest.mark.parametrize("status", [404, 405, 410])
def test_a_receiver_that_is_gone_gets_its_webhook_archived(caller: Caller, receiver: Receiver, status: int) -> None:
    """R-SIDE-11."""
    hook = caller.hook(f"{receiver.url}/{status}", 1)
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert (told["state"], len(told["attempts"])) == ("failed", 3)
    assert caller.call("GET", f"/api/v1/webhooks/{hook['id']}")["data"]["archived_at"] > 0
    caller.post("clients", {"name": "Haven"})
    assert len(caller.ended()) == 1


def test_another_failure_leaves_the_webhook_alone(caller: Caller, receiver: Receiver) -> None:
    hook = caller.hook(f"{receiver.url}/422", 1)
    caller.post("clients", {"name": "Harbour"})
    caller.ended()
    assert caller.call("GET", f"/api/v1/webhooks/{hook['id']}")["data"]["archived_at"] == 0


def test_deleted_and_archived_webhooks_are_not_called(caller: Caller, receiver: Receiver) -> None:
    for action in ("archive", "delete"):
        hook = caller.hook(f"{receiver.url}/{action}", 1)
        caller.call("POST", "/api/v1/webhooks/bulk", {"action": action, "ids": [hook["id"]]})
    caller.hook(f"{receiver.url}/", 1)
    caller.post("clients", {"name": "Harbour"})
    assert [each["url"] for each in caller.ended()] == [f"{receiver.url}/"]


def test_a_company_that_is_switched_off_tells_nobody(caller: Caller, receiver: Receiver) -> None:
    """R-SIDE-7."""
    caller.hook(f"{receiver.url}/", 1)
    (company,) = caller.call("GET", "/api/v1/companies")["data"]
    caller.call("PUT", f"/api/v1/companies/{company['id']}", {"is_disabled": True})
    caller.post("clients", {"name": "Harbour"})
    assert caller.call("GET", "/__mock__/deliveries")["data"] == []


def test_a_redirect_is_not_followed(caller: Caller, receiver: Receiver) -> None:
    caller.hook(f"{receiver.url}/302", 1)
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert told["state"] == "failed"
    assert {each.path for each in receiver.calls} == {"/302"}


def test_another_host_is_not_called(caller: Caller) -> None:
    caller.hook("https://hooks.example.com/x", 1)
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert (told["state"], told["attempts"]) == ("refused", [])
    assert told["reason"].startswith("hooks.example.com is not this machine: start the server with --allow-webhooks")


def test_a_host_that_is_allowed_and_not_there_is_told(caller: Caller) -> None:
    caller.hook("http://not-there.invalid/x", 1)
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert told["state"] == "failed"
    assert {each["status"] for each in told["attempts"]} == {None}
    assert told["attempts"][0]["error"].startswith("ConnectError")


def test_secrets_are_not_in_the_journal(caller: Caller, receiver: Receiver) -> None:
    caller.hook(f"{receiver.url}/", 1, headers={"Authorization": "Bearer w", "X-Shop": "7"})
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert (told["headers"]["Authorization"], told["headers"]["X-Shop"]) == ("***", "7")


def test_headers_that_can_not_be_sent_are_left_out(caller: Caller, receiver: Receiver) -> None:
    wrong = {"Host": "example.com", "Content-Length": "1", "X Bad": "1", "X-Line": "a\nb", "X-Name": "ü", "X-Good": "1"}
    caller.hook(f"{receiver.url}/", 1, headers=wrong)
    caller.post("clients", {"name": "Harbour"})
    (got,) = receiver.wait(1)
    assert got.headers["x-good"] == "1"
    assert got.headers["host"] in receiver.url
    assert not {"x bad", "x-line", "x-name"} & got.headers.keys()


def test_a_retry_sends_a_record_to_that_webhook_alone(caller: Caller, receiver: Receiver) -> None:
    """R-EP-38."""
    client = caller.post("clients", {"name": "Harbour"})
    hook = caller.hook(f"{receiver.url}/wanted/", 2)
    caller.hook(f"{receiver.url}/other/", 2)
    caller.call("POST", f"/api/v1/webhooks/{hook['id']}/retry", {"entity": "client", "entity_id": client["id"]})
    (got,) = receiver.wait(1)
    assert (got.path, got.body["id"]) == ("/wanted/", client["id"])
    assert len(caller.ended()) == 1


@pytest.mark.parametrize("path", ["/__mock__/reset", "/api/v1/clients"])
def test_a_webhook_of_a_mock_can_not_call_a_mock(caller: Caller, path: str) -> None:
    """Neither its control API nor, which would never end, the API that makes events."""
    caller.hook(f"{caller.url}{path}", 1, headers={"X-API-TOKEN": "TOKEN"})
    caller.post("clients", {"name": "Harbour"})
    (told,) = caller.ended()
    assert {each["status"] for each in told["attempts"]} == {403}
    assert len(caller.call("GET", "/api/v1/clients")["data"]) == 1


def test_worlds_tell_apart_what_was_delivered(caller: Caller, receiver: Receiver) -> None:
    headers = {"X-Mock-World": "other"}
    hook = {"target_url": f"{receiver.url}/", "event_id": "1"}
    caller.call("POST", "/api/v1/webhooks", hook, **headers)
    caller.call("POST", "/api/v1/clients", {"name": "Harbour"}, **headers)
    receiver.wait(1)
    assert caller.call("GET", "/__mock__/deliveries")["data"] == []
    assert len(caller.call("GET", "/__mock__/deliveries?world=other")["data"]) == 1


def test_the_answer_does_not_wait_for_the_receiver(caller: Caller) -> None:
    """R-SIDE-13: nobody listens there, and the call is answered all the same."""
    caller.hook("http://127.0.0.1:9/", 1)
    assert httpx.get(f"{caller.url}/api/v1/clients", headers={"X-API-TOKEN": "TOKEN"}).status_code == 200
    assert caller.post("clients", {"name": "Harbour"})["name"] == "Harbour"
    (told,) = caller.ended()
    assert told["state"] == "failed"
