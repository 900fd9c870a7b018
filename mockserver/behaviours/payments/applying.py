"""Payments: what create, update and delete do to invoices, credits and the client (R-PAY-1..22, R-STAT-8, 27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Unsaved
from mockserver.behaviours.bills.balances import move_balance, recompute_payment_balance
from mockserver.behaviours.bills.billing import currency, payment_rate
from mockserver.behaviours.bills.ledger import credit_used, payment_applied, payment_deleted
from mockserver.behaviours.bills.paid import paid_in_full
from mockserver.behaviours.bills.shares import moved, net, share_out, worth
from mockserver.behaviours.core.guards import refuse_repeat
from mockserver.behaviours.core.registry import action, hook, operation
from mockserver.behaviours.mail.mailing import mail_payment
from mockserver.behaviours.payments.payment_rules import listed, total
from mockserver.behaviours.records.crud import entity_of, record_of
from mockserver.behaviours.records.lifecycle import delete, restore
from mockserver.behaviours.sales.sending import COMPLETED, due_dates, send
from mockserver.derive.line_items import normalise
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import CANCELLED, DRAFT, PAID, PARTIAL, REVERSED, SENT, credit_status

if TYPE_CHECKING:
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Shares = list[tuple[str, Decimal]]
    """(id of an invoice or credit, amount)."""

VOIDED = "2"
KEY_LENGTH = 64


@hook("payment_input")
def payment_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Empty lists count as missing; a create without an amount takes what the invoices need (R-PAY-2)."""
    body = request.body
    for name in ("invoices", "credits"):
        if name in body and body[name] is None:
            del body[name]
    if before:
        return
    owed, credit = total(body.get("invoices"), "invoice_id"), total(body.get("credits"), "credit_id")
    if not body.get("amount"):
        body["amount"] = number(owed - credit)
    body["date"] = body.get("date") or draft.today
    ids = ",".join(hashed for hashed, _ in listed(body.get("invoices"), "invoice_id"))
    refuse_repeat(draft, entity, "create", (str(body.get("client_id")), ids or str(body["amount"]), request.remote))


@hook("payment_blank")
def payment_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form has today's date (R-EP-2)."""
    data["date"] = draft.today


@hook("payment_prepare")
def payment_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new payment is completed and made by hand, in the currency of the client (R-PAY-9)."""
    client = draft.get("client", data["client_id"])
    data |= {
        "status_id": COMPLETED,
        "is_manual": True,
        "applied": 0,
        "currency_id": currency(draft, client),
        "exchange_rate": payment_rate(draft, client),
        "idempotency_key": request.body.get("idempotency_key") or draft.text("payment", "idempotency_key", KEY_LENGTH),
        "category_id": request.body.get("category_id") or "",
    }


@hook("payment_revise")
def payment_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Each save completes the payment (R-STAT-39)."""
    data["status_id"] = COMPLETED


@hook("payment_apply")
def payment_apply(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Spread the payment over the listed invoices and credits, and move the sums of the client (R-PAY-10)."""
    rows, sources = (listed(request.body.get(name), key) for name, key in LISTS)
    spread(draft, data, rows, sources, to_decimal(data["amount"] if request.record is None else 0))


def spread(draft: Draft, data: Data, rows: Shares, sources: Shares, money: Decimal) -> None:
    """Apply a payment and credits to invoices; `money` is what the client paid with it just now.

    What credits give counts as paid now, money did so when it came (R-PAY-10, R-PAY-12).
    """
    for hashed, amount in rows:  # before any money moves: sending sums up what the client owes
        sent_first(draft, hashed, amount)
    paid = sum((pay_invoice(draft, data, hashed, amount) for hashed, amount in rows), to_decimal(0))
    used = sum((use_credit(draft, data, hashed, amount) for hashed, amount in sources), to_decimal(0))
    if paid or used:
        draft.patch("payment", data["id"], moved(data, applied=paid - used))
    move_balance(draft, data["client_id"], payment_applied(data), used - paid, paid_to_date=used + money)
    recompute_payment_balance(draft, data["client_id"])


LISTS = (("invoices", "invoice_id"), ("credits", "credit_id"))


def sent_first(draft: Draft, hashed: str, amount: Decimal) -> Data | None:
    """The invoice that money goes to, sent when it is a draft; None when there is none, or no money for it."""
    invoice = draft.get("invoice", hashed) if amount else None
    if invoice is not None and invoice["status_id"] == DRAFT:
        return send(draft, draft.entity("invoice"), invoice)
    return invoice


def pay_invoice(draft: Draft, payment: Data, hashed: str, amount: Decimal) -> Decimal:
    """Apply money to an invoice, which is sent first; gives what it took (R-STAT-8, R-STAT-9)."""
    entity, invoice = draft.entity("invoice"), sent_first(draft, hashed, amount)
    if invoice is None:
        return to_decimal(0)
    balance, partial = to_decimal(invoice["balance"]), to_decimal(invoice["partial"])
    taken = min(amount, balance)
    changes = moved(invoice, balance=-taken, paid_to_date=taken)
    if partial > 0:
        changes["partial"] = number(max(partial - taken, to_decimal(0)))
        if taken >= partial:
            changes |= {"partial_due_date": "", "status_id": PARTIAL}
    elif taken < balance:
        changes["status_id"] = PARTIAL
    if taken == balance:
        changes |= {"status_id": PAID, "next_send_date": ""}
    else:
        changes |= due_dates(draft, entity, {**invoice, **changes})
    invoice = draft.patch("invoice", hashed, changes)
    share_out(draft, payment, taken, invoice_id=hashed)
    if invoice["status_id"] == PAID:
        paid_in_full(draft, invoice)
    return taken


def use_credit(draft: Draft, payment: Data, hashed: str, amount: Decimal) -> Decimal:
    """Take money from a credit, which is sent first; gives what it gave (R-STAT-27)."""
    credit = draft.get("credit", hashed)
    if credit is None or not amount:
        return to_decimal(0)
    if credit["status_id"] == DRAFT:
        credit = send(draft, draft.entity("credit"), credit)
    taken = min(amount, to_decimal(credit["balance"]))
    changes = moved(credit, balance=-taken, paid_to_date=taken)
    changes["line_items"] = [*(credit["line_items"] or ()), *used_line(draft, payment, taken)]
    draft.patch("credit", hashed, {**changes, "status_id": credit_status(changes["balance"])})
    share_out(draft, payment, taken, credit_id=hashed)
    move_balance(draft, payment["client_id"], credit_used(credit), -taken, credit_balance=-taken)
    return taken


def used_line(draft: Draft, payment: Data, amount: Decimal) -> list[dict[str, Any]]:
    """The line of a credit that tells of its use; it has no quantity, so the amount of the credit stays."""
    shares = draft.find("paymentable", payment["id"], "payment_id")
    paid = [draft.get("invoice", share["invoice_id"]) for share in shares if share["invoice_id"]]
    numbers = ", ".join(invoice["number"] for invoice in paid if invoice is not None)
    notes = f"{payment['date']} {numbers} {number(amount)}"
    return normalise([{"quantity": 0, "cost": number(-amount), "notes": notes}])


@operation("payment_delete")
def payment_delete(draft: Draft, request: Request) -> Answer:
    """Delete, and answer the payment as it was before (R-LIFE-10)."""
    entity, before = entity_of(request), record_of(request)
    delete(draft, entity, before, request)
    return Unsaved(entity.name, before)


@hook("payment_undo")
def payment_undo(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Give invoices, credits and the client back what was not refunded; the shares go (R-PAY-20)."""
    received = worth(draft, data)
    owed = returned = to_decimal(0)
    for share in draft.find("paymentable", data["id"], "payment_id"):
        gone = {"payment_id": "", "former_payment_id": data["id"], "archived_at": draft.now}
        if share["invoice_id"]:
            opened, settled = reopen_invoice(draft, share["invoice_id"], net(share))
            owed, gone = owed + opened, {**gone, "is_settled": settled}
        else:
            returned += refill(draft, share["credit_id"], net(share))
        draft.patch("paymentable", share["id"], gone)
    draft.patch("payment", data["id"], {"status_id": VOIDED, "is_deleted": True})
    cause = payment_deleted(data)
    move_balance(draft, data["client_id"], cause, owed, paid_to_date=-received, credit_balance=returned)
    recompute_payment_balance(draft, data["client_id"])


def refill(draft: Draft, hashed: str, amount: Decimal) -> Decimal:
    """Give a credit back what a payment took; gives what the client can use again, nothing of a deleted credit."""
    credit = draft.get("credit", hashed)
    if credit is None:
        return to_decimal(0)
    draft.patch("credit", hashed, {**moved(credit, balance=amount, paid_to_date=-amount), "status_id": SENT})
    return to_decimal(0) if credit["is_deleted"] else amount


def reopen_invoice(draft: Draft, hashed: str, amount: Decimal) -> tuple[Decimal, bool]:
    """(what the client owes again, whether the invoice has its money back) after a share is taken back.

    Deleted invoices gave theirs back before, cancelled and reversed ones stay as they are and owe nothing (5.12).
    """
    invoice = draft.get("invoice", hashed)
    if invoice is None or invoice["is_deleted"]:
        return to_decimal(0), False
    if invoice["status_id"] in (CANCELLED, REVERSED):
        draft.patch("invoice", hashed, moved(invoice, paid_to_date=-amount))
        return to_decimal(0), True
    changes = moved(invoice, balance=amount, paid_to_date=-amount)
    balance = changes["balance"]
    status = SENT if balance == invoice["amount"] else PARTIAL if balance else PAID
    draft.patch("invoice", hashed, {**changes, "status_id": status})
    return amount, True


@action("payment_restore")
def payment_restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An archived payment comes back, a deleted one does not (R-LIFE-19)."""
    if not data["is_deleted"]:
        restore(draft, entity, data, request)


@action("payment_email")
def payment_email(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Put the receipt into the outbox."""
    if not data["is_deleted"]:
        mail_payment(draft, data, request.body if request.operation.behaviour == "send_email" else {})
        draft.emit("emailed", entity.name, data["id"])
