"""What was sent in vain is said beside the answer, which is that of the service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop


def remarks(answer: Response) -> list[dict[str, Any]]:
    return list(json.loads(answer.headers.get("x-mock-diagnostics", "[]")))


def places(answer: Response) -> list[tuple[str, str]]:
    """(where, hint) of each remark."""
    return [(each["where"], each.get("hint", "")) for each in remarks(answer)]


def test_a_mistyped_field_is_told_and_the_right_one_named(shop: Shop) -> None:
    """R-VAL-26: it is not read, and that is no error."""
    answer = shop.post("clients", {"name": "Harbour", "websiet": "a.example", "contacts": [{"emial": "a@b.co"}]})
    assert answer.status_code == 200
    assert places(answer) == [
        ("/websiet", "did you mean `website`?"),
        ("/contacts/0/emial", "did you mean `email`?"),
    ]
    first = remarks(answer)[0]
    assert first["got"] == "a.example"
    assert first["wanted"] == "a field that createClient reads"


def test_a_refusal_tells_of_it_too(shop: Shop) -> None:
    answer = shop.post("invoices", {"clientid": shop.client()["id"]})
    assert answer.status_code == 422
    assert ("/clientid", "did you mean `client_id`?") in places(answer)
    assert "/client_id" in [each["where"] for each in remarks(answer)]


@pytest.mark.parametrize("path", ["clients", "products", "vendors", "projects", "expenses", "tasks", "tax_rates"])
def test_a_record_may_be_sent_back_as_it_was_read(shop: Shop, path: str) -> None:
    needed = {"clients": {"name": "A"}, "vendors": {"name": "A"}, "tax_rates": {"name": "A", "rate": 1}}
    made = record(shop.post(path, needed.get(path, {"name": "A", "client_id": shop.client()["id"]})))
    assert remarks(shop.put(f"{path}/{made['id']}", made)) == []


def test_a_bill_may_be_sent_back_as_it_was_read(shop: Shop) -> None:
    made = shop.invoice(shop.client())
    assert remarks(shop.put(f"invoices/{made['id']}", made)) == []


def test_what_is_open_takes_any_name(shop: Shop) -> None:
    """R-CALC-19: what a line does not know is kept."""
    lines: list[JSON] = [{"cost": 1, "quantity": 1, "weight": 7}]
    assert remarks(shop.post("invoices", {"client_id": shop.client()["id"], "line_items": lines})) == []
    hook = {"target_url": "http://localhost:1/", "event_id": "1", "rest_method": "post", "headers": {"X-Key": "k"}}
    assert remarks(shop.post("webhooks", hook)) == []


def test_the_service_reads_a_value_of_the_body_from_the_query_string_too(shop: Shop) -> None:
    client = shop.client()["id"]
    assert remarks(shop.post(f"invoices?mark_sent=true&client_id={client}", {"client_id": client})) == []
    assert remarks(shop.post("invoices", {"client_id": client, "mark_sent": True})) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"page": "abc"}, [("query page", "")]),
        ({"page": "2x"}, [("query page", "")]),
        ({"per_page": "-1"}, [("query per_page", "")]),
        ({"per_page": "0"}, [("query per_page", "")]),
        ({"sort": "nmae|asc"}, [("query sort", "did you mean `name`?")]),
        ({"sort": "name"}, [("query sort", "`name|asc`")]),
        ({"emial": "a"}, [("query emial", "did you mean `email`?")]),
        ({"page": "1", "per_page": "5", "sort": "name|desc", "status": "active", "include": "documents"}, []),
        ({"index": "rows", "serializer": "json", "sort": ""}, []),
    ],
)
def test_a_list_is_answered_and_says_what_it_did_not_read(
    shop: Shop, asked: dict[str, str], found: list[tuple[str, str]]
) -> None:
    """R-WIRE-8, R-WIRE-9, R-WIRE-22."""
    answer = shop.get("clients", **asked)
    assert answer.status_code == 200
    assert places(answer) == found


def test_an_unknown_include_says_which_there_are(shop: Shop) -> None:
    """R-WIRE-34."""
    shop.client()
    answer = shop.get("clients", include="contcats")
    assert answer.status_code == 400
    assert places(answer) == [("query include", "did you mean `contacts`?")]


def test_a_call_that_sends_much_in_vain_hears_of_some_of_it(shop: Shop) -> None:
    answer = shop.post("products", {f"odd_{number}": number for number in range(500)})
    assert answer.status_code == 200
    assert remarks(answer)[0]["where"] == "/odd_0"
    assert len(remarks(answer)) <= 10


@pytest.mark.parametrize("kind", ["text/csv", "application/xml", ""])
def test_a_body_of_a_type_that_is_not_read(shop: Shop, kind: str) -> None:
    """R-VAL-25: it counts as empty, which is no error here."""
    headers = {"Content-Type": kind or None}
    answer = shop.call("POST", "clients", content=b'{"name": "Harbour"}', headers=headers)
    assert (answer.status_code, record(answer)["name"]) == (200, "")
    (found,) = remarks(answer)
    assert (found["where"], found.get("got", ""), found["hint"]) == (
        "header Content-Type",
        kind,
        "the body was not read",
    )
    refused = shop.call("POST", "invoices", content=b"client_id", headers=headers)
    assert ["header Content-Type" in each["where"] for each in remarks(refused)] == [False, True]


@pytest.mark.parametrize(
    ("kind", "content"), [("application/json", b"{}"), ("application/vnd.api+json", b"{}"), ("text/csv", b"")]
)
def test_an_empty_body_was_read(shop: Shop, kind: str, content: bytes) -> None:
    assert remarks(shop.call("POST", "clients", content=content, headers={"Content-Type": kind})) == []
