"""Sums that a client carries: what is owed, what was paid, what is left of credits (R-STAT-3, R-STAT-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.bills.ledger import book
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from mockserver.behaviours.bills.ledger import Cause
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

    Amount = Decimal | float


def follow(draft: Draft, entity: Entity, data: Data, change: float, why: Callable[[Data], Cause]) -> None:
    """Let the sum of the client that depends on this kind of bill follow a change of the bill's balance."""
    sums = bill_of(entity).sums
    if sums == "owed":
        recompute_client_balance(draft, data["client_id"], why(data))
    elif sums == "credit" and change:
        move_client(draft, data["client_id"], credit_balance=change)


def recompute_client_balance(draft: Draft, client_id: str, cause: Cause) -> None:
    """Bring the client's balance to the sum of its open invoices: not deleted, sent or partial."""
    client = draft.get("client", client_id)
    if client is None:
        return
    owed = to_decimal(0)
    for status in (SENT, PARTIAL):
        for invoice in draft.find("invoice", (client_id, status), "client_id", "status_id"):
            if not invoice["is_deleted"]:
                owed += to_decimal(invoice["balance"])
    move_balance(draft, client_id, cause, owed - to_decimal(client["balance"]))


def move_balance(
    draft: Draft,
    client_id: str,
    cause: Cause,
    change: Amount,
    *,
    paid_to_date: Amount = 0,
    credit_balance: Amount = 0,
) -> None:
    """Add to the client's balance, with a row in its ledger, and to other sums (payments and refunds: R-STAT-3).

    Every change of a balance comes through here, so that the ledger adds up to it.
    """
    client = draft.get("client", client_id)
    if client is None:
        return
    sums = {"balance": change, "paid_to_date": paid_to_date, "credit_balance": credit_balance}
    balance = _add(draft, client, sums)["balance"]
    if balance != client["balance"]:
        moved = number(to_decimal(balance) - to_decimal(client["balance"]))
        book(draft, client_id, cause, moved, balance)


def move_client(draft: Draft, client_id: str, *, paid_to_date: Amount = 0, credit_balance: Amount = 0) -> None:
    """Add to the sums of the client that leave its balance alone."""
    client = draft.get("client", client_id)
    if client is not None:
        _add(draft, client, {"paid_to_date": paid_to_date, "credit_balance": credit_balance})


def _add(draft: Draft, client: Data, moves: Mapping[str, Amount]) -> Data:
    changes = {
        field: number(to_decimal(client[field]) + to_decimal(amount)) for field, amount in moves.items() if amount
    }
    return draft.patch("client", client["id"], changes) if changes else client


def recompute_payment_balance(draft: Draft, client_id: str) -> None:
    """Set the client's payment_balance: what its live payments hold that is not applied (R-PAY-11, 5.12)."""
    client = draft.get("client", client_id)
    if client is None:
        return
    free = to_decimal(0)
    for payment in draft.find("payment", client_id, "client_id"):
        if payment["amount"] == payment["applied"]:
            continue  # as with nearly all, and there may be thousands
        if not payment["is_deleted"] and payment["status_id"] in ("1", "4", "5", "6"):
            free += to_decimal(payment["amount"]) - to_decimal(payment["applied"])
    if number(free) != client["payment_balance"]:
        draft.patch("client", client_id, {"payment_balance": number(free)})
