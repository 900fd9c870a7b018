"""The ledger of a client: one row for each movement of its balance, and what the row says (R-SIDE-19, R-SIDE-20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

KINDS = {"invoice": 5, "payment": 11, "credit": 15, "client": 151}
"""Activity type that a row has, by what moved the balance."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What moves a balance: a record, and the words for it. `{change}` in the words stands for the movement."""

    kind: str
    id: str
    words: str


def invoice_sent(invoice: Data) -> Cause:
    return Cause("invoice", invoice["id"], f"Invoice {invoice['number']} marked as sent.")


def invoice_changed(invoice: Data) -> Cause:
    return Cause("invoice", invoice["id"], f"Update Adjustment Invoice # {invoice['number']} => {{change}}")


def invoice_cancelled(invoice: Data) -> Cause:
    return Cause("invoice", invoice["id"], f"Invoice {invoice['number']} cancellation")


def invoice_deleted(invoice: Data) -> Cause:
    return Cause("invoice", invoice["id"], f"Invoice {invoice['number']} deleted")


def invoice_restored(invoice: Data) -> Cause:
    return Cause("invoice", invoice["id"], f"Invoice {invoice['number']} restored")


def invoice_reversed(credit: Data) -> Cause:
    return Cause("credit", credit["id"], f"Invoice reversed by credit {credit['number']}")


def marked_paid(payment: Data) -> Cause:
    return Cause("payment", payment["id"], "Marked Paid Activity")


def payment_applied(payment: Data) -> Cause:
    return Cause("payment", payment["id"], "ApplyPaymentInvoice")


def payment_refunded(payment: Data) -> Cause:
    return Cause("payment", payment["id"], f"Refund of payment # {payment['number']}")


def payment_deleted(payment: Data) -> Cause:
    return Cause("payment", payment["id"], f"Payment {payment['number']} deleted")


def credit_used(credit: Data) -> Cause:
    return Cause("credit", credit["id"], f"Credit {credit['number']} applied")


def client_merged(source: Data) -> Cause:
    """The row names no record: the client that was merged is gone."""
    return Cause("client", "", f"Balance of merged client {source['number']}")


def book(draft: Draft, client_id: str, cause: Cause, change: float, balance: float) -> None:
    """Write the row of a movement that brought the client's balance to `balance`."""
    row = draft.blank("company_ledger")
    if cause.id:
        row[f"{cause.kind}_id"] = cause.id
    row |= {
        "client_id": client_id,
        "notes": cause.words.replace("{change}", str(change)),
        "adjustment": change,
        "balance": balance,
        "activity_id": KINDS[cause.kind],
    }
    draft.put("company_ledger", row)
