"""GET /{resource}/create: an unsaved record with the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, TODAY, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

FORMS: dict[str, JSON] = {
    "clients": {"id": "", "name": "", "number": "", "balance": 0, "contacts": [], "documents": [], "created_at": 0},
    "products": {"id": "", "product_key": "", "quantity": 1, "tax_id": "1", "cost": 0, "documents": []},
    "invoices": {
        "id": "",
        "status_id": "1",
        "number": "",
        "discount": 0,
        "is_amount_discount": True,
        "date": TODAY,
        "due_date": "",
        "line_items": [],
        "amount": 0,
        "balance": 0,
        "paid_to_date": 0,
        "partial": 0,
        "exchange_rate": 1,
        "invitations": [],
        "documents": [],
        "entity_type": "invoice",
    },
    "locations": {"id": "", "name": "", "client_id": "", "is_shipping_location": False},
    "tokens": {"id": "", "name": "", "token": "", "is_system": False},
    "users": {"id": "", "first_name": "", "email": "", "is_deleted": False},
    "companies": {"id": "", "size_id": "", "documents": []},
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_blank_and_nothing_is_stored(shop: Shop, kind: str) -> None:
    """R-EP-2."""
    before = shop.stored(kind)
    answer = shop.call("GET", f"{kind}/create", headers=PASSWORD)
    assert part(FORMS[kind], record(answer)) == FORMS[kind]
    assert shop.stored(kind) == before


def test_the_form_of_a_client_has_a_hash_and_settings(shop: Shop) -> None:
    """R-EP-2, R-VAL-12."""
    form = shop.show("clients/create")
    assert len(form["client_hash"]) == 40
    assert list(form["settings"])[:4] == ["entity", "industry_id", "size_id", "currency_id"]


def test_the_form_of_an_invoice_has_the_flags_of_the_company(shop: Shop) -> None:
    """5.12."""
    record(shop.put(f"companies/{shop.company()['id']}", {"custom_surcharge_taxes2": True}))
    form = shop.show("invoices/create")
    assert [form[f"custom_surcharge_tax{n}"] for n in (1, 2, 3, 4)] == [False, True, False, False]


@pytest.mark.parametrize("kind", ["clients", "products", "invoices"])
def test_a_filled_form_can_be_posted_back(shop: Shop, kind: str) -> None:
    """R-EP-2: what the form holds is good input."""
    client = shop.client()
    form = {**shop.show(f"{kind}/create"), **({"client_id": client["id"]} if kind == "invoices" else {})}
    assert record(shop.post(kind, form))["id"] != ""
