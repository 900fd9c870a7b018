"""Sums that a client carries: what is owed, what was paid, what is left of credits (R-STAT-3, R-STAT-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.billing import bill_of
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def follow(draft: Draft, entity: Entity, data: Data, change: float) -> None:
    """Let the sum of the client that depends on this kind of bill follow a change of the bill's balance."""
    sums = bill_of(entity).sums
    if sums == "owed":
        recompute_client_balance(draft, data["client_id"])
    elif sums == "credit" and change:
        move_client(draft, data["client_id"], credit=change)


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


def move_client(draft: Draft, client_id: str, *, balance: float = 0, paid: float = 0, credit: float = 0) -> None:
    """Add to the client's balance, paid_to_date and credit_balance; payments and refunds move them by the amount."""
    client = draft.get("client", client_id)
    if client is None:
        return
    moves = {"balance": balance, "paid_to_date": paid, "credit_balance": credit}
    changes = {
        field: number(to_decimal(client[field]) + to_decimal(amount)) for field, amount in moves.items() if amount
    }
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
