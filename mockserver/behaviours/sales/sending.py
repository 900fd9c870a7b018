"""Sending a bill, and the moves of an invoice from sent to paid and cancelled (R-STAT-2..10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.balances import (
    follow,
    move_balance,
    recompute_client_balance,
    recompute_payment_balance,
)
from mockserver.behaviours.bills.billing import bill_of, client_of, currency, payment_rate, stamp
from mockserver.behaviours.bills.invitations import mark_invitations_sent
from mockserver.behaviours.bills.ledger import (
    invoice_cancelled,
    invoice_changed,
    invoice_sent,
    marked_paid,
    payment_applied,
)
from mockserver.behaviours.bills.paid import paid_in_full
from mockserver.behaviours.bills.reminders import plan_reminder
from mockserver.behaviours.bills.saving import due_days, recomputed
from mockserver.behaviours.bills.shares import share_out
from mockserver.behaviours.core.registry import action
from mockserver.behaviours.core.writing import stored_value
from mockserver.behaviours.mail.mailing import mail_bill
from mockserver.behaviours.records.numbering import assign_number
from mockserver.derive.dates import add_days
from mockserver.derive.line_items import UNPAID_FEE
from mockserver.derive.money import number, parse_number, to_decimal
from mockserver.derive.status import CANCELLED, DRAFT, PAID, SENT, invoice_status
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.behaviours.bills.ledger import Cause
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

COMPLETED = "4"


def allowed(entity: Entity, move: str, data: Data) -> bool:
    """Whether the facts let the record make the move now."""
    return data["status_id"] in entity.moves[move]["from"] and not data["is_deleted"]


@action("mark_sent")
def mark_sent(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Draft to sent: number and due date are filled and the amount becomes due; silently nothing otherwise."""
    if allowed(entity, "mark_sent", data):
        send(draft, entity, data)


def send(draft: Draft, entity: Entity, data: Data) -> Data:
    """Make a draft a sent bill; gives its new data."""
    sent = {**data, "status_id": SENT}
    assign_number(draft, entity, sent)
    changes = {"status_id": SENT, "number": sent["number"]}
    if bill_of(entity).opens == "sent":
        changes["balance"] = number(to_decimal(data["balance"]) + to_decimal(data["amount"]))
    changes |= due_dates(draft, entity, data)
    before = data["balance"]
    data = draft.patch(entity.name, data["id"], changes)
    mark_invitations_sent(draft, entity, data)
    follow(draft, entity, data, data["balance"] - before, invoice_sent)
    draft.emit("sent", entity.name, data["id"])
    return plan_reminder(draft, entity, data["id"]) or data


def due_dates(draft: Draft, entity: Entity, data: Data) -> dict[str, str]:
    """The due date that the settings give, when none is set: payment terms, or how long a quote holds (R-STAT-2)."""
    days, client = bill_of(entity).days, client_of(draft, entity, data)
    if not days or data["due_date"] or not str(draft.setting(days, client) or ""):
        return {}
    date = add_days(data["date"] or draft.today, due_days(draft, entity, client))
    if days == "payment_terms" and data["partial"] > 0 and not data["partial_due_date"]:
        return {"partial_due_date": date}
    return {"due_date": date}


@action("mark_paid")
def mark_paid(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Pay the whole balance with a manual payment; a draft is sent first (R-STAT-4)."""
    if not allowed(entity, "mark_paid", data):
        if request.body.get("action") == "mark_paid" and request.method == "GET":
            wanted = "an invoice that is neither cancelled, reversed nor deleted and has a balance"
            diagnosis = Diagnosis("path id", "R-STAT-4", f"status_id {data['status_id']}", wanted)
            body = {"error": {"message": "Invoice cannot be marked as paid"}}
            raise Refused("bad_request", body=body, diagnoses=(diagnosis,))
        return
    if any(line["type_id"] == UNPAID_FEE for line in data["line_items"]):
        data = drop_unpaid_fees(draft, entity, data)
    if data["status_id"] == DRAFT:
        data = send(draft, entity, data)
    owed = data["balance"]
    payment = record_payment(draft, data, owed, owed, request)
    paid = number(to_decimal(data["paid_to_date"]) + to_decimal(owed))
    changes = {
        "balance": 0,
        "paid_to_date": paid,
        "partial": 0,
        "partial_due_date": "",
        "status_id": PAID,
        "next_send_date": "",
    }
    draft.patch(entity.name, data["id"], changes)
    settle(draft, entity, data, owed, marked_paid(payment))


def drop_unpaid_fees(draft: Draft, entity: Entity, data: Data) -> Data:
    """Take gateway fees that nobody paid out of the lines, and work the totals out again."""
    lines = [line for line in data["line_items"] if line["type_id"] != UNPAID_FEE]
    changes = recomputed(draft, entity, {**data, "line_items": lines}, data)
    data = draft.patch(entity.name, data["id"], changes)
    if data["status_id"] != DRAFT:
        recompute_client_balance(draft, data["client_id"], invoice_changed(data))
    return data


@action("amount_paid")
def amount_paid(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Record a payment of the given amount; it may exceed the balance (R-STAT-5)."""
    amount = number(parse_number(request.input("amount_paid")))
    if data["status_id"] == PAID or not amount or data["is_deleted"]:
        return
    if data["status_id"] == DRAFT:
        data = send(draft, entity, data)
    applied = min(amount, data["balance"])
    payment = record_payment(draft, data, amount, applied, request)  # the invoice takes all of it
    balance = number(to_decimal(data["balance"]) - to_decimal(amount))
    changes = {
        "balance": balance,
        "paid_to_date": number(to_decimal(data["paid_to_date"]) + to_decimal(amount)),
        "partial": max(0, number(to_decimal(data["partial"]) - to_decimal(amount))),
        "status_id": invoice_status(balance, data["amount"]),
    }
    draft.patch(entity.name, data["id"], changes)
    settle(draft, entity, data, amount, payment_applied(payment))


def record_payment(
    draft: Draft,
    bill: Data,
    amount: float,
    applied: float,
    request: Request,
    *,
    link: str = "invoice_id",
    type_id: str = "",
) -> Data:
    """Store a completed manual payment with its share of the invoice, or of another kind of bill by its link."""
    data = new_payment(draft, bill, amount, applied, request, type_id)
    share_out(draft, data, amount, is_paid_out=link == "credit_id", **{link: bill["id"]})
    return data


def new_payment(draft: Draft, bill: Data, amount: float, applied: float, request: Request, type_id: str) -> Data:
    """Store a completed manual payment by the client of a bill."""
    entity = draft.entity("payment")
    client = draft.get("client", bill["client_id"])
    data = draft.blank("payment")
    data |= {
        "user_id": draft.caller.user_id if draft.caller is not None else bill["user_id"],
        "client_id": bill["client_id"],
        "amount": number(amount),
        "applied": number(applied),
        "status_id": COMPLETED,
        "is_manual": True,
        "date": draft.today,
        "transaction_reference": str(request.input("reference") or "Manual entry"),
        "type_id": type_id or str(draft.setting("payment_type_id", client) or ""),
        "currency_id": currency(draft, client),
        "exchange_rate": payment_rate(draft, client),
        "idempotency_key": draft.text("payment", "idempotency_key", 64),
    }
    assign_number(draft, entity, data)
    data = draft.put("payment", data)
    draft.emit("created", "payment", data["id"])
    return data


def settle(draft: Draft, entity: Entity, invoice: Data, amount: float, cause: Cause) -> None:
    """Move the client's sums by a payment, and archive the invoice where the settings say so (R-STAT-12)."""
    move_balance(draft, invoice["client_id"], cause, -amount, paid_to_date=amount)
    recompute_payment_balance(draft, invoice["client_id"])
    now = draft.get(entity.name, invoice["id"])
    if now is not None and now["status_id"] == PAID:
        paid_in_full(draft, now)


@action("cancel")
def cancel(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Sent or partial to cancelled: nothing is owed any more, what was paid stays (R-STAT-10)."""
    if not allowed(entity, "cancel", data) or data["archived_at"]:
        return
    backup = {**data["backup"], "cancellation": {"adjustment": data["balance"], "status_id": data["status_id"]}}
    draft.patch(entity.name, data["id"], {"balance": 0, "status_id": CANCELLED, "backup": backup})
    follow(draft, entity, data, -data["balance"], invoice_cancelled)
    client = draft.get("client", data["client_id"])
    if draft.setting("auto_archive_invoice_cancelled", client):
        draft.patch(entity.name, data["id"], {"archived_at": draft.now})
    draft.emit("cancelled", entity.name, data["id"])


@action("email")
def email(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Mark as sent what can be, note the day, and put the e-mails into the outbox (R-TRIG-3)."""
    if data["is_deleted"]:
        return
    if "mark_sent" in entity.moves:
        mark_sent(draft, entity, data, request)
    when = stamp(draft) if entity.fields["last_sent_date"].kind == "datetime" else draft.today
    data = draft.patch(entity.name, data["id"], {"last_sent_date": when})
    mail_bill(
        draft, entity, data, request.body if request.operation.behaviour == "send_email" else {}, kind_asked(request)
    )
    draft.emit("emailed", entity.name, data["id"])


def kind_asked(request: Request) -> str:
    """The template that `email_type` names: `reminder1`, or in full `email_template_reminder1`."""
    kind = str(request.input("email_type") or "")
    return kind if not kind or kind.startswith("email_") else f"email_template_{kind}"


@action("save_default_terms")
def save_default_terms(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Copy the terms into the company's settings."""
    keep_default(draft, f"{bill_of(entity).settings}_terms", data["terms"])


@action("save_default_footer")
def save_default_footer(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Copy the footer into the company's settings."""
    keep_default(draft, f"{bill_of(entity).settings}_footer", data["footer"])


def keep_default(draft: Draft, key: str, text: str) -> None:
    """Write one setting of the company."""
    company = draft.company
    draft.patch("company", company["id"], {"settings": {**company["settings"], key: text}})


@action("keep_redirect")
def keep_redirect(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Keep the address to send the payer to after an online payment."""
    address = str(request.input("redirect") or "")
    if address.startswith(("http://", "https://")):
        draft.patch(entity.name, data["id"], {"backup": {**data["backup"], "redirect": address}})


@action("set_payment_link")
def set_payment_link(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: store the payment link on the invoice."""
    link = stored_value(entity.fields["subscription_id"], request.input("subscription_id"))
    draft.patch(entity.name, data["id"], {"subscription_id": link})
