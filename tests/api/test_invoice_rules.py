"""What an invoice must be like, and what it is given when it is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


TOO_MUCH = 99999999999999 + 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": None}, "client_id"),
        ({"client_id": "zzz"}, "client_id"),
        ({"client_id": 1}, "client_id"),
        ({"discount": "much"}, "discount"),
        ({"discount": TOO_MUCH}, "discount"),
        ({"exchange_rate": "x"}, "exchange_rate"),
        ({"tax_rate1": "x"}, "tax_rate1"),
        ({"tax_name1": ["x"]}, "tax_name1"),
        ({"is_amount_discount": "perhaps"}, "is_amount_discount"),
        ({"documents": "x"}, "documents"),
        ({"invitations": "x"}, "invitations"),
        ({"invitations": [{}]}, "invitations.0.client_contact_id"),
        ({"partial": -1}, "partial"),
        ({"partial": "x"}, "partial"),
        ({"date": "not a day"}, "date"),
        ({"custom_surcharge1": "x"}, "custom_surcharge1"),
        ({"custom_surcharge4": TOO_MUCH}, "custom_surcharge4"),
        ({"location_id": "zzz"}, "location_id"),
        ({"line_items": [{"quantity": 1, "cost": TOO_MUCH}]}, "amount"),
        ({"line_items": [{"quantity": 10, "cost": 10**13}]}, "amount"),
    ],
)
def test_a_wrong_property_is_refused_on_create(shop: Shop, body: JSON, field: str) -> None:
    """R-VAL-1, testInvoiceMaxAmount: the sum of cost times quantity counts as the amount."""
    answer = shop.post("invoices", {"client_id": shop.client()["id"], **body})
    assert field in errors(answer)
    assert shop.stored("invoices") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": "Opnel5aKBz"}, "client_id"),
        ({"discount": "much"}, "discount"),
        ({"tax_rate2": "x"}, "tax_rate2"),
        ({"partial": "x"}, "partial"),
        ({"line_items": "x"}, "line_items"),
        ({"line_items": [{"quantity": 1, "cost": TOO_MUCH}]}, "amount"),
        ({"date": "2026-02-01", "due_date": "2026-01-01"}, "due_date"),
        ({"location_id": "zzz"}, "location_id"),
    ],
)
def test_a_wrong_property_is_refused_on_update(shop: Shop, body: JSON, field: str) -> None:
    """R-VAL-3, testInvoiceMaxAmount."""
    client = shop.client()
    invoice = shop.invoice(client)
    assert field in errors(shop.put(f"invoices/{invoice['id']}", body))
    assert shop.show(f"invoices/{invoice['id']}") == invoice
