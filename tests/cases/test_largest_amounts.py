"""A bill above the largest amount that the service keeps is refused, when it is made and when it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TOO_MUCH = [{"quantity": 1, "cost": 1e15}]


@pytest.mark.parametrize("kind", ["credits", "quotes", "purchase_orders", "recurring_invoices"])
def test_the_sum_of_the_lines_has_a_limit(shop: Shop, client: JSON, vendor: JSON, kind: str) -> None:
    """testCreditMaxAmount, testQuoteMaxAmount, testPurchaseOrderMaxAmount, testRecurringInvoiceMaxAmount."""
    owner = {"vendor_id": vendor["id"]} if kind == "purchase_orders" else {"client_id": client["id"]}
    body = {**owner, "frequency_id": "5"}
    assert list(errors(shop.post(kind, {**body, "line_items": TOO_MUCH}))) == ["amount"]
    made = record(shop.post(kind, {**body, "line_items": [{"quantity": 1, "cost": 10}]}))
    assert list(errors(shop.put(f"{kind}/{made['id']}", {**body, "line_items": TOO_MUCH}))) == ["amount"]
    assert shop.show(f"{kind}/{made['id']}") == made
