"""Totals that do not come from the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


GST: JSON = {"tax_name1": "GST", "tax_rate1": 10}


def line(cost: float, quantity: float = 1, **fields: Any) -> JSON:
    return {"quantity": quantity, "cost": cost, **fields}


def test_posted_totals_are_ignored(shop: Shop) -> None:
    """R-CALC-1."""
    client = shop.client()
    invoice = shop.invoice(client, line(10, line_total=99, gross_line_total=99), amount=99, balance=99, total_taxes=9)
    wanted = {"amount": 10, "balance": 0, "total_taxes": 0, "line_items": [{"line_total": 10, "gross_line_total": 10}]}
    assert part(wanted, invoice) == wanted


def test_whether_surcharges_are_taxed_is_up_to_the_company(shop: Shop) -> None:
    """R-CALC-13."""
    invoice = shop.invoice(shop.client(), line(10), custom_surcharge1=10, custom_surcharge_tax1=True, **GST)
    wanted = {"custom_surcharge_tax1": False, "amount": 21, "total_taxes": 1}
    assert part(wanted, invoice) == wanted


def test_rappen_rounding_goes_to_five_cents_on_every_save(shop: Shop) -> None:
    """X-047, R-CALC-15."""
    client = shop.client(settings={"enable_rappen_rounding": True})
    invoice = shop.sent(client, line(10.09))
    assert (invoice["amount"], shop.show(f"clients/{client['id']}")["balance"]) == (10.1, 10.1)
    invoice = record(shop.put(f"invoices/{invoice['id']}", {"line_items": [line(10.09, 2)]}))
    assert (invoice["amount"], invoice["balance"]) == (20.2, 20.2)
    assert shop.show(f"clients/{client['id']}")["balance"] == 20.2
