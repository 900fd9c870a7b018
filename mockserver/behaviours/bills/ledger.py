"""The ledger of a client: one row for each movement of its balance, and what the row says (R-SIDE-19, R-SIDE-20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

KINDS = {"invoice": 5, "payment": 11, "credit": 15, "client": 151}
"""Activity type that a row has, by what moved the balance."""


class Cause(NamedTuple):
    """What moves a balance: a record, and the words for it. `{change}` in the words stands for the movement."""

    kind: str
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why balances move: the kind of record that moves them, and words with its `{number}`."""

    kind: str
    words: str
    named: bool = True
    """Whether the row names the record; one that is gone can't be named."""

    def __call__(self, record: Data) -> Cause:
        """The reason, of one record."""
        words = self.words.replace("{number}", str(record["number"]))
        return Cause(self.kind, record["id"] if self.named else "", words)


invoice_sent = Reason("invoice", "Invoice {number} marked as sent.")
invoice_changed = Reason("invoice", "Update Adjustment Invoice # {number} => {change}")
late_fee_added = Reason("invoice", "Late Fee Adjustment for invoice {number}")
invoice_cancelled = Reason("invoice", "Invoice {number} cancellation")
invoice_deleted = Reason("invoice", "Invoice {number} deleted")
invoice_restored = Reason("invoice", "Invoice {number} restored")
invoice_reversed = Reason("credit", "Invoice reversed by credit {number}")
marked_paid = Reason("payment", "Marked Paid Activity")
payment_applied = Reason("payment", "ApplyPaymentInvoice")
payment_refunded = Reason("payment", "Refund of payment # {number}")
payment_deleted = Reason("payment", "Payment {number} deleted")
credit_used = Reason("credit", "Credit {number} applied")
client_merged = Reason("client", "Balance of merged client {number}", named=False)


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
