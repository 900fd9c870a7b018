"""Refunds: money goes back, invoices are open again, credits come first (R-PAY-14..19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Item
from mockserver.behaviours.bills.balances import move_balance
from mockserver.behaviours.bills.ledger import payment_refunded
from mockserver.behaviours.bills.shares import moved, net, worth
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.payments.applying import refill
from mockserver.behaviours.payments.payment_rules import listed
from mockserver.behaviours.records.crud import entity_of
from mockserver.behaviours.sales.invoice_lifecycle import live_target
from mockserver.derive.dates import parse_date
from mockserver.derive.money import number, parse_number, to_decimal
from mockserver.derive.status import PARTIAL, REVERSED, SENT, credit_status

if TYPE_CHECKING:
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

PARTLY, WHOLE = "5", "6"
LISTED = "Attempting to refund a payment with invoices attached, please specify valid invoice/s to be refunded."


@operation("payment_refund")
def payment_refund(draft: Draft, request: Request) -> Answer:
    """Give money back, from the credits of the payment first; answer the payment."""
    body = request.body
    payment = draft.get("payment", str(body.get("id") or ""))
    shares = draft.find("paymentable", payment["id"], "payment_id") if payment is not None else []
    errors = problems(draft, body, payment, shares)
    if errors:
        raise invalid(errors)
    assert payment is not None
    rows = listed(body.get("invoices"), "invoice_id")
    amount = asked(body)
    money = amount - from_credits(draft, shares, amount)
    refunded = to_decimal(payment["refunded"]) + money
    whole = to_decimal(payment["amount"]) in (amount, refunded)
    draft.patch("payment", payment["id"], {"refunded": number(refunded), "status_id": WHOLE if whole else PARTLY})
    owed = reversed_ = to_decimal(0)
    for hashed, part in rows:
        opened = open_again(draft, shares, hashed, part)
        owed += opened
        reversed_ += use_up(draft, hashed, part - opened)
    cause = payment_refunded(payment)
    move_balance(draft, payment["client_id"], cause, owed, paid_to_date=reversed_ - amount, credit_balance=-reversed_)
    for _ in rows or (None,):
        draft.emit("refunded", entity_of(request).name, payment["id"])
    return Item("payment", payment["id"])


def problems(draft: Draft, body: dict[str, Any], payment: Data | None, shares: list[Data]) -> dict[str, list[str]]:
    """Messages by field; empty when the refund is possible."""
    found: dict[str, list[str]] = {}
    if not body.get("id"):
        found["id"] = ["The id field is required."]
    elif payment is None or payment["is_deleted"]:
        found["id"] = ["Unable to retrieve specified payment"]
    if not body.get("date"):
        found["date"] = ["The date field is required."]
    elif not parse_date(str(body["date"])):
        found["date"] = ["The date is not a valid date."]
    found |= row_problems(body)
    if not found and payment is not None:
        message = not_refundable(draft, body, payment, shares)
        if message:
            found["id"] = [message]
        elif asked(body) <= 0:
            found["amount"] = ["The amount must be greater than 0."]
    return found


def row_problems(body: dict[str, Any]) -> dict[str, list[str]]:
    """Messages about the rows of the invoices, by field."""
    found: dict[str, list[str]] = {}
    rows = body.get("invoices")
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict) or not row.get("invoice_id"):
            found[f"invoices.{place}.invoice_id"] = [f"The invoices.{place}.invoice id field is required."]
        elif row.get("amount") is None:
            found[f"invoices.{place}.amount"] = [f"The invoices.{place}.amount field is required."]
        elif parse_number(row["amount"]) <= 0:
            found[f"invoices.{place}.amount"] = [f"The invoices.{place}.amount must be greater than 0."]
    return found


def not_refundable(draft: Draft, body: dict[str, Any], payment: Data, shares: list[Data]) -> str:
    """Why the payment can't give back what is asked for, or empty text (R-PAY-14, R-PAY-15)."""
    rows = listed(body.get("invoices"), "invoice_id")
    paid = {share["invoice_id"]: to_decimal(0) for share in shares if share["invoice_id"]}
    for share in shares:
        if share["invoice_id"]:
            paid[share["invoice_id"]] += net(share)
    if not rows and any(live_target(draft, share, "") for share in shares):
        return LISTED
    for hashed, amount in rows:
        if hashed not in paid:
            return f"Invoice id {hashed} is not related to this payment"
        invoice = draft.get("invoice", hashed)
        if invoice is None or invoice["is_deleted"] or not invoice["paid_to_date"]:
            return f"Invoice id {hashed} cannot be refunded"
        if amount > paid[hashed]:
            return (
                f"Attempting to refund more than allowed for invoice id {hashed}, "
                f"maximum refundable amount is {number(paid[hashed])}"
            )
        paid[hashed] -= amount  # the same invoice may be listed twice
    amount, left = asked(body), worth(draft, payment)
    return f"Attempting to refund {number(amount)} only {number(left)} available for refund" if amount > left else ""


def asked(body: dict[str, Any]) -> Decimal:
    """What is asked back: the rows when there are some, else the amount (R-PAY-16)."""
    rows = listed(body.get("invoices"), "invoice_id")
    return sum((each for _, each in rows), to_decimal(0)) if rows else to_decimal(parse_number(body.get("amount") or 0))


def from_credits(draft: Draft, shares: list[Data], amount: Decimal) -> Decimal:
    """Fill the credits that the payment used up again; gives how much of the amount went there (R-PAY-16).

    The client's credit_balance does not rise with them (R-PAY-17).
    """
    left = amount
    for share in shares:
        part = min(left, net(share))
        if share["credit_id"] and part > 0:
            draft.patch("paymentable", share["id"], moved(share, refunded=part))
            refill(draft, share["credit_id"], part)
            left -= part
    return amount - left


def open_again(draft: Draft, shares: list[Data], hashed: str, amount: Decimal) -> Decimal:
    """Take a refunded part off an invoice's shares and put it on its balance; auto billing ends (R-PAY-18).

    Gives what is owed again: nothing on a reversed invoice, which stays closed (5.12).
    """
    left = amount
    for each in shares:
        share = draft.get("paymentable", each["id"]) or each
        part = min(left, net(share))
        if share["invoice_id"] == hashed and part > 0:
            draft.patch("paymentable", share["id"], moved(share, refunded=part))
            left -= part
    invoice = draft.get("invoice", hashed)
    assert invoice is not None
    if invoice["status_id"] == REVERSED:
        draft.patch("invoice", hashed, moved(invoice, paid_to_date=-amount))
        return to_decimal(0)
    changes = moved(invoice, balance=amount, paid_to_date=-amount)
    status = SENT if changes["balance"] == invoice["amount"] else PARTIAL
    draft.patch("invoice", hashed, {**changes, "status_id": status, "auto_bill_enabled": False})
    return amount


def use_up(draft: Draft, hashed: str, amount: Decimal) -> Decimal:
    """Take a refund of a reversed invoice from the credits that stand for its money; gives what they gave (5.12)."""
    left = amount
    for credit in draft.find("credit", hashed, "invoice_id"):
        part = min(left, to_decimal(credit["balance"]))
        if not credit["is_deleted"] and part > 0:
            changes = moved(credit, balance=-part, paid_to_date=part)
            draft.patch("credit", credit["id"], {**changes, "status_id": credit_status(changes["balance"])})
            left -= part
    return amount - left
