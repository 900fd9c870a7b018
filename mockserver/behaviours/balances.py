"""Sums that a client carries: what is owed and what was paid (R-STAT-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from mockserver.draft import Draft


def recompute_client_balance(draft: Draft, client_id: str) -> None:
    """Set the client's balance to the sum of its open invoices: not deleted, sent or partial."""
    client = draft.get("client", client_id)
    if client is None:
        return
    owed = to_decimal(0)
    for invoice in draft.find("invoice", client_id, "client_id"):
        if not invoice["is_deleted"] and invoice["status_id"] in (SENT, PARTIAL):
            owed += to_decimal(invoice["balance"])
    balance = number(owed)
    if balance != client["balance"]:
        draft.patch("client", client_id, {"balance": balance})


def move_client(draft: Draft, client_id: str, *, balance: float = 0, paid: float = 0) -> None:
    """Add to the client's balance and paid_to_date; payments and refunds move them by the amount."""
    client = draft.get("client", client_id)
    if client is None:
        return
    changes = {}
    if balance:
        changes["balance"] = number(to_decimal(client["balance"]) + to_decimal(balance))
    if paid:
        changes["paid_to_date"] = number(to_decimal(client["paid_to_date"]) + to_decimal(paid))
    if changes:
        draft.patch("client", client_id, changes)


def recompute_payment_balance(draft: Draft, client_id: str) -> None:
    """Set the client's payment_balance: what its live payments hold that is not applied (R-PAY-11, 5.12)."""
    client = draft.get("client", client_id)
    if client is None:
        return
    free = to_decimal(0)
    for payment in draft.find("payment", client_id, "client_id"):
        if not payment["is_deleted"] and payment["status_id"] in ("1", "4", "5", "6"):
            free += to_decimal(payment["amount"]) - to_decimal(payment["applied"])
    if number(free) != client["payment_balance"]:
        draft.patch("client", client_id, {"payment_balance": number(free)})
