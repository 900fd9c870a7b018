"""Receipts for payments and for money that was paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.money import to_decimal
from mockserver.derive.paper import Column, Look, Paper, Party, Sum, Table
from mockserver.derive.sheet import address, person, sender_lines
from mockserver.derive.variables import company_values, label_values, party_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.derive.wording import Printer

    Data = Mapping[str, Any]


class Receipt(NamedTuple):
    """What a receipt is printed from; `parts` are (number, date, amount) of the invoices that were paid."""

    payment: Data
    client: Data
    contact: Data | None
    settings: Data
    printer: Printer
    method: str = ""
    parts: Sequence[tuple[str, str, object]] = ()
    refund: bool = False
    logo: bytes = b""
    look: Look = Look()


def receipt_paper(receipt: Receipt) -> Paper:
    """The whole receipt."""
    word, printer, payment = receipt.printer.word, receipt.printer, receipt.payment
    title = word("payment_refund" if receipt.refund else "payment_receipt")
    client, contact = receipt.client, receipt.contact
    head = (str(client.get("name") or ""), person(contact), str((contact or {}).get("email") or ""))
    facts = (
        (word("payment_number"), str(payment.get("number") or "")),
        (word("payment_date"), printer.date(payment.get("date"))),
        (word("method"), receipt.method),
        (word("transaction_reference"), str(payment.get("transaction_reference") or "")),
    )
    columns = (Column(word("invoice_number"), 2, "L"), Column(word("date"), 2, "L"), Column(word("amount")))
    rows = tuple((number, printer.date(day), printer.money(amount)) for number, day, amount in receipt.parts)
    sums = [Sum(word("amount"), printer.money(payment["amount"]), strong=not receipt.refund)]
    if receipt.refund or to_decimal(payment.get("refunded") or 0):
        sums.append(Sum(word("refunded"), printer.money(payment.get("refunded") or 0), strong=receipt.refund))
    return Paper(
        title=title,
        sender=str(receipt.settings.get("name") or ""),
        sender_lines=sender_lines(receipt.settings, word),
        logo=receipt.logo,
        parties=(Party(word("bill_to"), (*head, *address(client))),),
        facts=tuple(pair for pair in facts if pair[1]),
        body=(Table(columns, rows),) if rows else (),
        sums=tuple(sums),
        name=f"{title} {payment.get('number') or ''}".strip(),
        page_of=word("page"),
        look=receipt.look,
    )


def payment_values(receipt: Receipt) -> dict[str, str]:
    """Every variable of one payment."""
    payment, printer = receipt.payment, receipt.printer
    own = {
        "number": str(payment.get("number") or ""),
        "date": printer.date(payment.get("date")),
        "amount": printer.money(payment["amount"]),
        "refunded": printer.money(payment.get("refunded") or 0),
        "applied": printer.money(payment.get("applied") or 0),
        "transaction_reference": str(payment.get("transaction_reference") or ""),
        "method": receipt.method,
        "balance": printer.money(to_decimal(payment["amount"]) - to_decimal(payment.get("applied") or 0)),
    }
    return {
        **label_values(printer),
        **company_values(receipt.settings),
        **party_values("client", receipt.client, receipt.contact, printer),
        **{f"${key}": value for key, value in own.items()},
        **{f"$payment.{key}": value for key, value in own.items()},
        "$invoices": ", ".join(number for number, _, _ in receipt.parts),
        "$invoice_references": ", ".join(number for number, _, _ in receipt.parts),
    }
