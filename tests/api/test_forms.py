"""Bodies as forms mean the same as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_form_with_nested_lines_makes_an_invoice(shop: Shop) -> None:
    """R-VAL-25."""
    fields = {
        "client_id": shop.client()["id"],
        "is_amount_discount": "1",
        "discount": "2.5",
        "po_number": "",
        "line_items[0][cost]": "10",
        "line_items[0][quantity]": "2",
        "line_items[0][notes]": "Blue & white",
        "line_items[1][cost]": "5",
        "line_items[1][quantity]": "1",
    }
    invoice = record(shop.call("POST", "invoices?mark_sent=true", data=fields))
    wanted: JSON = {
        "amount": 22.5,
        "balance": 22.5,
        "is_amount_discount": True,
        "po_number": "",
        "line_items": [{"cost": 10, "quantity": 2, "notes": "Blue & white"}, {"cost": 5, "quantity": 1}],
    }
    assert part(wanted, invoice) == wanted


def test_lists_of_ids_come_with_empty_brackets(shop: Shop) -> None:
    """R-VAL-25."""
    ids = [shop.client()["id"] for _ in range(2)]
    answer = shop.call("POST", "clients/bulk", data=[("action", "archive"), *(("ids[]", each) for each in ids)])
    assert [each["archived_at"] > 0 for each in answer.json()["data"]] == [True, True]


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("way", ["form", "json", "query", "header"])
def test_a_post_can_stand_for_other_verbs(shop: Shop, verb: str, way: str) -> None:
    """R-VAL-25."""
    product = shop.product()
    path = f"products/{product['id']}"
    body = {"cost": 7}
    if way == "form":
        answer = shop.call("POST", path, data={"_method": verb, **body})
    elif way == "json":
        answer = shop.post(path, {"_method": verb.lower(), **body})
    elif way == "query":
        answer = shop.post(f"{path}?_method={verb}", body)
    else:
        answer = shop.post(path, body, headers={"X-HTTP-Method-Override": verb})
    changed = record(answer)
    assert (changed["cost"], changed["is_deleted"]) == ((0, True) if verb == "DELETE" else (7, False))


def test_a_form_may_be_put(shop: Shop) -> None:
    """R-VAL-25, R-EP-1: PATCH counts as PUT."""
    path = f"clients/{shop.client()['id']}"
    for verb, city in (("PUT", "Portland"), ("PATCH", "Astoria")):
        changed = record(shop.call(verb, path, data={"city": city, "settings[payment_terms]": "7"}))
        assert (changed["city"], changed["settings"]["payment_terms"], changed["name"]) == (city, "7", "Harbour")


def test_a_body_of_another_kind_counts_as_none(shop: Shop) -> None:
    answer = shop.call("POST", "clients", content=b"name=Harbour", headers={"Content-Type": "text/plain"})
    assert record(answer)["name"] == ""
