"""Flags on create and update that make more happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import TODAY, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        ({}, {"status_id": "1", "balance": 0}),
        ({"mark_sent": "true"}, {"status_id": "2", "balance": 100}),
        ({"mark_sent": "1"}, {"status_id": "1"}),
        ({"mark_sent": "yes"}, {"status_id": "1"}),
        ({"paid": "true"}, {"status_id": "4", "paid_to_date": 100}),
        ({"paid": "false"}, {"status_id": "1"}),
        ({"amount_paid": "40.5"}, {"status_id": "3", "balance": 59.5}),
        ({"send_email": "true"}, {"status_id": "2", "last_sent_date": TODAY}),
        ({"auto_bill": "true"}, {"status_id": "2"}),
        ({"cancel": "true"}, {"status_id": "1"}),
        ({"mark_sent": "true", "cancel": "true"}, {"status_id": "5", "balance": 0}),
        ({"paid": "true", "cancel": "true"}, {"status_id": "4"}),
        ({"cancel": "true", "amount_paid": "100"}, {"status_id": "4"}),
        ({"retry_e_send": "true"}, {"status_id": "1"}),
        ({"redirect": "https://shop.example.com/ok"}, {"backup": {"redirect": "https://shop.example.com/ok"}}),
    ],
)
@pytest.mark.parametrize("place", ["query", "body"])
@pytest.mark.parametrize("verb", ["create", "update"])
def test_flags_act_in_their_own_order(
    shop: Shop, verb: str, place: str, flags: dict[str, str], wanted: dict[str, Any]
) -> None:
    """R-TRIG-1, R-TRIG-2: only the word true counts, from the query as from the body."""
    query = "?" + "&".join(f"{name}={value}" for name, value in flags.items()) if place == "query" and flags else ""
    body = flags if place == "body" else {}
    client = shop.client()
    if verb == "create":
        answer = shop.invoice(client, query=query, **body)
    else:
        answer = record(shop.put(f"invoices/{shop.invoice(client)['id']}{query}", body))
    assert part(wanted, answer) == wanted
    assert shop.show(f"invoices/{answer['id']}") == answer


def test_a_draft_gets_its_number_even_when_a_flag_does_nothing(shop: Shop) -> None:
    """R-SIDE-16."""
    assert shop.invoice(shop.client(), query="?cancel=true")["number"] == "0001"


def test_terms_and_footer_can_become_the_defaults(shop: Shop) -> None:
    """R-TRIG-2, R-VAL-9."""
    client = shop.client()
    shop.invoice(client, terms="30 days", footer="Thanks", query="?save_default_terms=true&save_default_footer=true")
    settings = shop.company()["settings"]
    assert (settings["invoice_terms"], settings["invoice_footer"]) == ("30 days", "Thanks")
    wanted: JSON = {"terms": "30 days", "footer": "Thanks"}
    assert part(wanted, shop.invoice(client)) == wanted
    own: JSON = {"terms": "Now", "footer": "Bye"}
    assert part(own, shop.invoice(client, **own)) == own


def test_stock_moves_only_when_asked(shop: Shop) -> None:
    """R-VAL-21, R-TRIG-7."""
    product = shop.product(in_stock_quantity=10)
    path = f"products/{product['id']}"
    assert product["in_stock_quantity"] == 10
    assert record(shop.put(path, {"in_stock_quantity": 3}))["in_stock_quantity"] == 10
    assert record(shop.put(f"{path}?update_in_stock_quantity=true", {"in_stock_quantity": 3}))["in_stock_quantity"] == 3
