"""A bill of any kind keeps its lines when it is sent at once, with what older forms send beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

LINE: JSON = {"quantity": 1, "cost": 10}
FORM: JSON = {
    "status_id": 1,
    "number": "",
    "discount": 0,
    "is_amount_discount": 1,
    "po_number": "3434343",
    "public_notes": "notes",
    "is_deleted": 0,
    **{f"custom_value{number}": 0 for number in range(1, 5)},
}


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits", "recurring_invoices", "purchase_orders"])
def test_both_lines_are_there(shop: Shop, client: JSON, vendor: JSON, kind: str) -> None:
    """testCloneItemSanityInvoice."""
    body = {**FORM, "client_id": client["id"], "vendor_id": vendor["id"], "frequency_id": 1, "line_items": [LINE, LINE]}
    made = record(shop.post(f"{kind}?mark_sent=true", body))
    assert len(made["line_items"]) == 2
    assert (made["amount"], made["po_number"], made["is_deleted"]) == (20, "3434343", False)
