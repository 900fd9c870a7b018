"""The setting lock_invoices refuses updates, and only those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

REFUSAL = {"message": "", "errors": {"number": "This invoice is locked and unable to be modified"}}


@pytest.mark.parametrize(
    ("lock", "query", "status"),
    [
        ("off", "?paid=true", 200),
        ("when_sent", "", 200),
        ("when_sent", "?mark_sent=true", 422),
        ("when_sent", "?amount_paid=5", 422),
        ("when_sent", "?paid=true", 422),
        ("when_paid", "?mark_sent=true", 200),
        ("when_paid", "?amount_paid=5", 422),
        ("when_paid", "?paid=true", 422),
    ],
)
def test_a_locked_invoice_takes_no_update(shop: Shop, lock: str, query: str, status: int) -> None:
    """R-STAT-13; since 5.12 when_sent locks all states from sent on."""
    shop.settings(lock_invoices=lock)
    invoice = shop.invoice(shop.client(), query=query)
    answer = shop.put(f"invoices/{invoice['id']}", {"po_number": "7"})
    assert answer.status_code == status
    if status == 422:
        assert answer.json() == REFUSAL
        assert shop.show(f"invoices/{invoice['id']}")["po_number"] == ""


def test_the_end_of_the_month_locks_invoices_of_months_before(shop: Shop) -> None:
    """R-STAT-13."""
    shop.settings(lock_invoices="end_of_month")
    client = shop.client()
    old, new = shop.invoice(client, date="2025-12-31"), shop.invoice(client, date="2026-01-01")
    assert shop.put(f"invoices/{old['id']}", {"po_number": "7"}).json() == REFUSAL
    assert shop.put(f"invoices/{new['id']}", {"po_number": "7"}).status_code == 200


def test_a_lock_does_not_stop_bulk_actions(shop: Shop) -> None:
    """R-STAT-13."""
    shop.settings(lock_invoices="when_sent")
    invoice = shop.sent(shop.client())
    answer = shop.post("invoices/bulk", {"action": "mark_paid", "ids": [invoice["id"]]})
    assert answer.json()["data"][0]["status_id"] == "4"


def test_whether_it_is_locked_is_told_on_request(shop: Shop) -> None:
    """5.12: `is_locked=true` adds the property, and it is not there otherwise."""
    shop.settings(lock_invoices="when_sent")
    client = shop.client()
    draft, sent = shop.invoice(client), shop.sent(client)
    assert "is_locked" not in sent
    found = [shop.show(f"invoices/{each['id']}", is_locked="true")["is_locked"] for each in (draft, sent)]
    assert found == [False, True]


def test_the_state_of_a_cancelled_invoice_can_not_be_set(shop: Shop) -> None:
    """5.12: a posted status_id is refused once cancelled; R-VAL-3: cancelled can't be posted either."""
    client = shop.client()
    cancelled = shop.invoice(client, query="?mark_sent=true&cancel=true")
    locked = {"status_id": ["This invoice is locked and unable to be modified"]}
    for invoice, status in ((cancelled, "2"), (shop.sent(client), "5")):
        answer = shop.put(f"invoices/{invoice['id']}", {"status_id": status})
        assert (answer.status_code, answer.json()["errors"]) == (422, locked)
