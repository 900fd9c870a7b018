"""Records inside records: those that always come, those on request, and unknown ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_some_records_always_come_along(shop: Shop) -> None:
    """R-WIRE-35, R-WIRE-37; locations of a client since 5.12."""
    client = shop.client()
    assert [client[name] for name in ("documents", "gateway_tokens", "locations")] == [[], [], []]
    assert len(client["contacts"]) == 1
    invoice = shop.invoice(client)
    assert (len(invoice["invitations"]), invoice["documents"]) == (1, [])
    assert {"payments", "client", "activities"}.isdisjoint(invoice)
    assert shop.product()["documents"] == []
    assert shop.company()["documents"] == []
    assert {"company_user", "companies"}.isdisjoint(rows(shop.get("users"))[0])


def test_others_come_on_request_and_nest(shop: Shop) -> None:
    """R-WIRE-34, R-WIRE-36."""
    client = shop.client()
    invoice = shop.invoice(client, query="?paid=true")
    found = shop.show(f"invoices/{invoice['id']}", include="client.group_settings,payments.client")
    assert found["client"]["id"] == found["payments"][0]["client"]["id"] == client["id"]
    assert found["payments"][0]["paymentables"][0]["amount"] == 100
    assert "client" not in shop.show(f"invoices/{invoice['id']}")
    product = shop.product()
    found = shop.show(f"products/{product['id']}", include="user,company")
    assert found["user"]["email"] == "user@example.com"
    assert found["company"]["id"] == shop.company()["id"]
    user = rows(shop.get("users", include="company_user"))[0]
    assert user["company_user"]["is_owner"] is True


def test_nothing_is_an_empty_list_or_is_left_out(shop: Shop) -> None:
    """R-WIRE-37."""
    client = shop.client()
    found = shop.show(f"invoices/{shop.invoice(client)['id']}", include="payments,location")
    assert found["payments"] == []
    assert "location" not in found


def test_a_location_of_the_invoice_can_be_included(shop: Shop) -> None:
    """5.12."""
    client = shop.client()
    location = shop.location(client)
    invoice = shop.invoice(client, location_id=location["id"])
    assert shop.show(f"invoices/{invoice['id']}", include="location")["location"] == location


@pytest.mark.parametrize("name", ["nope", "client,nope"])
def test_an_unknown_include_is_refused_on_lists_with_rows_only(shop: Shop, name: str) -> None:
    """R-WIRE-34."""
    assert shop.get("invoices", include=name).status_code == 200
    invoice = shop.invoice(shop.client())
    answer = shop.get("invoices", include=name)
    assert answer.status_code == 400
    assert answer.content == b'{"message":"Relation `nope` is not a valid include."}'
    assert "client" not in shop.show(f"invoices/{invoice['id']}", include="nope")


@pytest.mark.parametrize("method", ["post", "put"])
def test_answers_to_writes_take_includes_too(shop: Shop, method: str) -> None:
    client = shop.client()
    if method == "post":
        answer = shop.post("invoices?include=client", {"client_id": client["id"]})
    else:
        answer = shop.put(f"invoices/{shop.invoice(client)['id']}?include=client", {"po_number": "1"})
    assert record(answer)["client"]["id"] == client["id"]


def test_a_change_shows_inside_other_records_at_once(shop: Shop) -> None:
    """R-SIDE-17."""
    client = shop.client()
    invoice = shop.sent(client)
    record(shop.put(f"clients/{client['id']}", {"name": "Renamed"}))
    shown = shop.show(f"invoices/{invoice['id']}", include="client")["client"]
    assert (shown["name"], shown["balance"]) == ("Renamed", 100)
    contact = shop.show(f"clients/{client['id']}")["contacts"][0]
    record(shop.put(f"clients/{client['id']}", {"contacts": [{"id": contact["id"], "first_name": "Ines"}]}))
    listed = rows(shop.get("clients"))[0]["contacts"]
    assert [each["first_name"] for each in listed] == ["Ines"]
