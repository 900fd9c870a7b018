"""Refunds: money goes back, invoices are open again, credits come first (R-PAY-14..19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Item
from mockserver.behaviours.balances import move_balance
from mockserver.behaviours.crud import entity_of
from mockserver.behaviours.ledger import payment_refunded
from mockserver.behaviours.payment_rules import listed
from mockserver.behaviours.payments import moved
from mockserver.behaviours.registry import operation
from mockserver.behaviours.validation import invalid
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
    amount = sum((each for _, each in rows), to_decimal(0)) if rows else to_decimal(parse_number(body.get("amount")))
    money = amount - from_credits(draft, shares, amount)
    refunded = to_decimal(payment["refunded"]) + money
    whole = to_decimal(payment["amount"]) in (amount, refunded)
    draft.patch("payment", payment["id"], {"refunded": number(refunded), "status_id": WHOLE if whole else PARTLY})
    owed, from_reversals = to_decimal(0), to_decimal(0)
    for hashed, part in rows:
        if use_reversal(draft, hashed, part):
            from_reversals += part
        else:
            open_again(draft, shares, hashed, part)
            owed += part
    back = from_reversals - amount  # a reversal has lowered what was paid already
    cause = payment_refunded(payment)
    move_balance(draft, payment["client_id"], cause, owed, paid_to_date=back, credit_balance=-from_reversals)
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
            paid[share["invoice_id"]] += to_decimal(share["amount"]) - to_decimal(share["refunded"])
    if paid and not rows:
        return LISTED
    for hashed, amount in rows:
        if hashed not in paid:
            return f"Invoice id {hashed} is not related to this payment"
        invoice = draft.get("invoice", hashed)
        reversed_ = invoice is not None and invoice["status_id"] == REVERSED
        if invoice is None or invoice["is_deleted"] or not (invoice["paid_to_date"] or reversed_):
            return f"Invoice id {hashed} cannot be refunded"
        most = min(unapplied(payment), left_of_credits(draft, hashed)) if reversed_ else paid[hashed]
        if amount > most:
            return (
                f"Attempting to refund more than allowed for invoice id {hashed}, "
                f"maximum refundable amount is {number(most)}"
            )
    amount = to_decimal(parse_number(body.get("amount") or 0))
    left = to_decimal(payment["amount"]) - to_decimal(payment["refunded"])
    if not rows and amount > left:
        return f"Attempting to refund {number(amount)} only {number(left)} available for refund"
    return ""


def unapplied(payment: Data) -> Decimal:
    """What a payment holds that is neither applied nor given back."""
    return to_decimal(payment["amount"]) - to_decimal(payment["applied"]) - to_decimal(payment["refunded"])


def credits_of(draft: Draft, hashed: str) -> list[Data]:
    """The credits that reversed an invoice and have something left."""
    found = draft.find("credit", hashed, "invoice_id")
    return [each for each in found if not each["is_deleted"] and each["balance"] > 0]


def left_of_credits(draft: Draft, hashed: str) -> Decimal:
    """What is left of the credits that reversed an invoice."""
    return sum((to_decimal(each["balance"]) for each in credits_of(draft, hashed)), to_decimal(0))


def use_reversal(draft: Draft, hashed: str, amount: Decimal) -> bool:
    """Whether the invoice is a reversed one, whose credits the refund uses up; it stays reversed (5.12)."""
    invoice = draft.get("invoice", hashed)
    if invoice is None or invoice["status_id"] != REVERSED:
        return False
    left = amount
    for credit in credits_of(draft, hashed):
        part = min(left, to_decimal(credit["balance"]))
        if part > 0:
            changes = moved(credit, balance=-part, paid_to_date=part)
            draft.patch("credit", credit["id"], {**changes, "status_id": credit_status(changes["balance"])})
            left -= part
    return True


def from_credits(draft: Draft, shares: list[Data], amount: Decimal) -> Decimal:
    """Fill the credits that the payment used up again; gives how much of the amount went there (R-PAY-16)."""
    left = amount
    for share in shares:
        credit = draft.get("credit", share["credit_id"]) if share["credit_id"] else None
        part = min(left, to_decimal(share["amount"]) - to_decimal(share["refunded"]))
        if credit is None or part <= 0:
            continue
        draft.patch("paymentable", share["id"], moved(share, refunded=part))
        draft.patch("credit", credit["id"], {**moved(credit, balance=part, paid_to_date=-part), "status_id": SENT})
        left -= part
    return amount - left


def open_again(draft: Draft, shares: list[Data], hashed: str, amount: Decimal) -> None:
    """Take a refunded part off an invoice's shares and put it on its balance; auto billing ends (R-PAY-18)."""
    left = amount
    for share in shares:
        part = min(left, to_decimal(share["amount"]) - to_decimal(share["refunded"]))
        if share["invoice_id"] == hashed and part > 0:
            draft.patch("paymentable", share["id"], moved(share, refunded=part))
            left -= part
    invoice = draft.get("invoice", hashed)
    assert invoice is not None
    changes = moved(invoice, balance=amount, paid_to_date=-amount)
    status = SENT if changes["balance"] == invoice["amount"] else PARTIAL
    draft.patch("invoice", hashed, {**changes, "status_id": status, "auto_bill_enabled": False})
