"""Files of an invoice that the client sees once everything is paid (5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def private_file(shop: Shop, invoice: JSON) -> None:
    files = [("documents[]", ("plan.pdf", b"x"))]
    record(shop.call("PUT", f"invoices/{invoice['id']}/upload", data={"is_public": "false"}, files=files))


def public(shop: Shop, invoice: JSON) -> list[bool]:
    return [each["is_public"] for each in shop.show(f"invoices/{invoice['id']}")["documents"]]


def pay(shop: Shop, invoice: JSON, amount: float) -> None:
    rows = [{"invoice_id": invoice["id"], "amount": amount}]
    body = {"client_id": invoice["client_id"], "amount": amount, "date": "2026-01-15", "invoices": rows}
    record(shop.post("payments", body))


@pytest.mark.parametrize("unlock", [True, False])
def test_the_last_payment_opens_them(shop: Shop, unlock: bool) -> None:
    shop.settings(unlock_invoice_documents_after_payment=unlock)
    invoice = shop.sent(shop.client())
    private_file(shop, invoice)
    pay(shop, invoice, 60)
    assert public(shop, invoice) == [False]
    pay(shop, invoice, 40)
    assert public(shop, invoice) == [unlock]


def test_marking_as_paid_opens_them(shop: Shop) -> None:
    shop.settings(unlock_invoice_documents_after_payment=True)
    invoice, other = shop.sent(shop.client()), shop.sent(shop.client())
    for each in (invoice, other):
        private_file(shop, each)
    shop.get(f"invoices/{invoice['id']}/mark_paid")
    assert (public(shop, invoice), public(shop, other)) == ([True], [False])


def test_a_matched_bank_movement_opens_them(shop: Shop) -> None:
    """It archives the invoice, too, where the settings say so (R-STAT-12)."""
    shop.settings(unlock_invoice_documents_after_payment=True, auto_archive_invoice=True)
    invoice = shop.sent(shop.client())
    private_file(shop, invoice)
    bank = record(shop.post("bank_integrations", {"bank_account_name": "Bank"}))
    body = {"bank_integration_id": bank["id"], "base_type": "CREDIT", "amount": 100, "date": "2026-01-15"}
    movement = record(shop.post("bank_transactions", body))
    match = {"id": movement["id"], "invoice_ids": invoice["id"]}
    shop.post("bank_transactions/match", {"transactions": [match]})
    assert public(shop, invoice) == [True]
    assert shop.show(f"invoices/{invoice['id']}")["archived_at"] > 0
