"""Credits: reversal of an invoice, paying out, the client's sums on delete and restore (R-STAT-25..28, R-LIFE-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.balances import move_client, recompute_client_balance
from mockserver.behaviours.bills.ledger import invoice_reversed
from mockserver.behaviours.bills.saving import bill_save, sum_of
from mockserver.behaviours.core.registry import action, hook, rule
from mockserver.behaviours.records.lifecycle import live
from mockserver.behaviours.sales.sending import allowed, record_payment, send
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import DRAFT, PAID, REVERSED

if TYPE_CHECKING:
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

CREDIT_PAYMENT = "32"


@rule("reversible_invoice")
def reversible_invoice(context: Context, _: Any) -> str | None:
    """An invoice that is partly paid at least, and the credit is no more than what was paid (R-VAL-5, 5.12)."""
    draft = context.draft
    invoice = draft.get("invoice", context.value) if isinstance(context.value, str) else None
    if invoice is None or invoice["client_id"] != context.body.get("client_id"):
        return "Invoice not found."
    if invoice["status_id"] == REVERSED:
        return "Cannot reverse an invoice that has already been reversed."
    if invoice["is_deleted"]:
        return "Cannot reverse an invoice that has already been deleted."
    if invoice["balance"] >= invoice["amount"] or invoice["paid_to_date"] <= 0:
        return "Cannot reverse an invoice with no payment applied."
    paid = to_decimal(invoice["paid_to_date"])
    for credit in draft.find(context.entity.name, invoice["id"], "invoice_id"):
        paid -= to_decimal(credit["amount"])
    if to_decimal(sum_of(context.body.get("line_items"))) > paid:
        return "Credit cannot exceed the payment / credits already applied to invoice."
    return None


@hook("credit_save")
def credit_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """As every bill; a new credit against an invoice is sent at once and reverses it (R-STAT-11, 5.12)."""
    bill_save(draft, entity, data, request)
    if request.record is not None or not data["invoice_id"]:
        return
    saved = draft.get(entity.name, data["id"])
    assert saved is not None
    sent = send(draft, entity, saved)
    move_client(draft, data["client_id"], paid_to_date=-sent["balance"])
    reverse(draft, data["invoice_id"])
    recompute_client_balance(draft, data["client_id"], invoice_reversed(sent))


def reverse(draft: Draft, hashed: str) -> None:
    """Close an invoice as reversed: nothing is owed any more. What was paid stays with it, so no payment is free."""
    draft.patch("invoice", hashed, {"status_id": REVERSED, "balance": 0})
    draft.emit("reversed", "invoice", hashed)


@hook("credit_delete")
def credit_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """What is left leaves the client's credit_balance; of a reversal it counts as paid again."""
    move(draft, data, -data["balance"])


@hook("credit_restore")
def credit_restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The mirror of deleting; an archived credit only comes back."""
    draft.patch(entity.name, data["id"], live(entity))
    if data["is_deleted"]:
        move(draft, data, data["balance"])


def move(draft: Draft, data: Data, change: float) -> None:
    """Let the client's sums follow a credit that goes or comes back."""
    received = -change if data["invoice_id"] else 0
    move_client(draft, data["client_id"], paid_to_date=received, credit_balance=change)


@action("credit_pay_out")
def pay_out(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Close a credit whose balance is 0 or less with a payment of that balance; nothing otherwise (R-STAT-28)."""
    if data["balance"] > 0 or not allowed(entity, "mark_paid", data):
        return
    if data["status_id"] == DRAFT:
        data = send(draft, entity, data)
    owed = data["balance"]
    record_payment(draft, data, owed, owed, request, link="credit_id", type_id=CREDIT_PAYMENT)
    paid = number(to_decimal(data["paid_to_date"]) + to_decimal(owed))
    draft.patch(entity.name, data["id"], {"balance": 0, "paid_to_date": paid, "status_id": PAID})
    move_client(draft, data["client_id"], paid_to_date=owed, credit_balance=-owed)
