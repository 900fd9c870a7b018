"""Checks of the invoices and credits that a payment lists, in the service's words (R-PAY-3..6, R-PAY-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import rule
from mockserver.derive.money import parse_number, round_half_up, to_decimal
from mockserver.derive.status import DRAFT, PARTIAL, SENT

if TYPE_CHECKING:
    from decimal import Decimal

    from mockserver.behaviours.core.rules import Context
    from mockserver.store.table import Data

PENDING = "1"
NO_INVOICE = "You must have an invoice set when using a credit in a payment"


def listed(rows: Any, key: str) -> list[tuple[str, Decimal]]:
    """(id, amount) of the well-formed rows of a list that was sent."""
    if not isinstance(rows, list):
        return []
    return [
        (str(row[key]), to_decimal(parse_number(row.get("amount") or 0)))
        for row in rows
        if isinstance(row, dict) and row.get(key)
    ]


def total(rows: Any, key: str) -> Decimal:
    """Sum of the amounts of a list that was sent."""
    return sum((amount for _, amount in listed(rows, key)), to_decimal(0))


def own(context: Context, kind: str, hashed: str) -> Data | None:
    """The listed record, when it exists."""
    return context.draft.get(kind, hashed)


def client_of(context: Context) -> str:
    """The client that pays: of the stored payment, else the posted one."""
    return str(context.stored["client_id"] if context.stored else context.body.get("client_id") or "")


def amount_of(context: Context, field: str) -> Decimal:
    """Amount of the row that holds the value under validation."""
    head, place, _ = context.path.split(".")
    row = context.body[head][int(place)]
    return to_decimal(parse_number(row.get("amount") or 0)) if row.get(field) == context.value else to_decimal(0)


@rule("payable_invoices")
def payable_invoices(context: Context, _: Any) -> str | None:
    """Each invoice is a draft, or sent or partial with something to pay."""
    for hashed, _amount in listed(context.value, "invoice_id"):
        invoice = own(context, "invoice", hashed)
        if invoice is None or invoice["client_id"] != context.body.get("client_id"):
            continue  # the rules of the row say what is wrong with it
        open_one = invoice["status_id"] in (SENT, PARTIAL) and invoice["balance"] > 0
        if invoice["is_deleted"] or not (invoice["status_id"] == DRAFT or open_one):
            return "One or more of these invoices have been paid"
    return None


@rule("invoice_amounts")
def invoice_amounts(context: Context, _: Any) -> str | None:
    """The invoice is the client's, and the amount is at most its balance, or its total while it is a draft."""
    invoice = own(context, "invoice", str(context.value))
    if invoice is None:
        return "Invoice does not exist."
    if invoice["client_id"] != context.body.get("client_id"):
        return "Selected invoices are not from a single client"
    amount = amount_of(context, "invoice_id")
    if invoice["status_id"] == DRAFT:
        return "Amount cannot be greater than invoice balance" if amount > to_decimal(invoice["amount"]) else None
    if amount > to_decimal(invoice["balance"]):
        return "The amount is greater than the invoice balance. You cannot overpay an invoice."
    return None


@rule("usable_credits")
def usable_credits(context: Context, _: Any) -> str | None:
    """The credit is the client's and holds the amount; credits need an invoice and a sum above zero."""
    if not listed(context.body.get("invoices"), "invoice_id"):
        return NO_INVOICE
    if total(context.body.get("credits"), "credit_id") <= 0:
        return "Total of credits must be more than zero."
    credit = own(context, "credit", str(context.value))
    if credit is None:
        return "Credit does not exist."
    if credit["client_id"] != client_of(context):
        return "Selected credits are not from a single client"
    held = credit["amount"] if credit["status_id"] == DRAFT else credit["balance"]
    return "Insufficient balance on credit." if amount_of(context, "credit_id") > to_decimal(held) else None


@rule("credits_within_invoices")
def credits_within_invoices(context: Context, _: Any) -> str | None:
    """Credits pay at most what the invoices ask for."""
    invoices, used = context.body.get("invoices"), context.body.get("credits")
    if not listed(invoices, "invoice_id"):
        return NO_INVOICE
    if total(used, "credit_id") > total(invoices, "invoice_id"):
        return "Total credits applied cannot be MORE than total of invoices"
    return None


@rule("amounts_balance")
def amounts_balance(context: Context, _: Any) -> str | None:
    """Money and credits cover the invoices; without an amount the service works it out."""
    amount = to_decimal(parse_number(context.value or 0))
    if not amount:
        return None
    have = amount + total(context.body.get("credits"), "credit_id")
    owed = total(context.body.get("invoices"), "invoice_id")
    return "Amounts do not balance correctly." if round_half_up(have, 2) < round_half_up(owed, 2) else None


@rule("unapplied_covers")
def unapplied_covers(context: Context, _: Any) -> str | None:
    """On an update: what is not applied, and credits, cover the further rows, each within its invoice's balance."""
    rows, stored = listed(context.value, "invoice_id"), context.stored
    if not rows or stored is None:
        return None
    if stored["status_id"] == PENDING:
        return "Cannot apply a payment until the status is completed."
    free = to_decimal(stored["amount"]) - to_decimal(stored["applied"])
    have = free + total(context.body.get("credits"), "credit_id")
    if round_half_up(have, 2) < round_half_up(sum((amount for _, amount in rows), to_decimal(0)), 2):
        return "Insufficient applied amount remaining to cover payment."
    for hashed, amount in rows:
        invoice = own(context, "invoice", hashed)
        if invoice is not None and amount > to_decimal(
            invoice["amount"] if invoice["status_id"] == DRAFT else invoice["balance"]
        ):
            return "Amount cannot be greater than invoice balance"
    return None
