"""Which invoices can be cancelled, and what becomes of their debt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def owed(shop: Shop, client: JSON) -> tuple[float, float]:
    """What the client owes and has paid."""
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"]


def test_cancelling_takes_the_debt_away(shop: Shop) -> None:
    """X-052, R-STAT-10."""
    client = shop.client()
    kept, gone = shop.sent(client), shop.sent(client, {"quantity": 1, "cost": 40})
    record(shop.put(f"invoices/{gone['id']}?amount_paid=15", {}))
    answer = shop.post("invoices/bulk", {"action": "cancel", "ids": [gone["id"]]}).json()["data"][0]
    wanted = {"balance": 0, "status_id": "5", "paid_to_date": 15, "amount": 40}
    assert part(wanted, answer) == wanted
    assert owed(shop, client) == (kept["balance"], 15)


@pytest.mark.parametrize("query", ["", "?paid=true"])
def test_drafts_and_paid_invoices_are_not_cancelled(shop: Shop, query: str) -> None:
    """R-STAT-10."""
    invoice = shop.invoice(shop.client(), query=query)
    after = shop.post("invoices/bulk", {"action": "cancel", "ids": [invoice["id"]]}).json()["data"][0]
    assert (after["status_id"], after["balance"]) == (invoice["status_id"], invoice["balance"])


def test_an_archived_invoice_is_not_cancelled(shop: Shop) -> None:
    """R-STAT-10."""
    invoice = shop.sent(shop.client())
    for action in ("archive", "cancel"):
        after = shop.post("invoices/bulk", {"action": action, "ids": [invoice["id"]]}).json()["data"][0]
    assert (after["status_id"], after["balance"]) == ("2", 100)
