"""Invoices, quotes, credits, purchase orders and recurring invoices on paper, and as delivery notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.derive.bill_lines import tables
from mockserver.derive.money import ZERO, round_half_up, to_decimal
from mockserver.derive.paper import Paper, Party, Sum
from mockserver.derive.sheet import address, person, sender_lines
from mockserver.derive.status import DRAFT, PAID
from mockserver.derive.totals import tax_breakdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mockserver.derive.sheet import Sheet


def bill_paper(sheet: Sheet) -> Paper:
    """The whole document."""
    bill, settings, word = sheet.bill, sheet.settings, sheet.word
    stamped = settings.get("show_paid_stamp") and sheet.kind == "invoice" and bill["status_id"] == PAID
    notes = (("notes", "public_notes"), *((("terms", "terms"),) if sheet.prices else ()))
    return Paper(
        title=word(sheet.title),
        sender=str(settings.get("name") or ""),
        sender_lines=sender_lines(settings, word),
        logo=sheet.logo,
        parties=_parties(sheet),
        facts=tuple(_facts(sheet)),
        body=tuple(tables(sheet)),
        sums=tuple(sums(sheet)) if sheet.prices else (),
        notes=tuple((word(key), str(bill.get(name) or "")) for key, name in notes if bill.get(name)),
        footer=str(bill.get("footer") or "") if sheet.prices else "",
        stamp=word("paid") if stamped and sheet.prices else "",
        name=f"{word(sheet.title)} {bill['number']}".strip(),
        page_of=word("page"),
        look=sheet.look,
    )


def _parties(sheet: Sheet) -> tuple[Party, ...]:
    """Who it goes to, and where the goods go when that is somewhere else."""
    party = sheet.party
    head = [str(party.get("name") or ""), person(sheet.contact), str((sheet.contact or {}).get("email") or "")]
    tax = [f"{sheet.word('vat_number')}: {party['vat_number']}"] if party.get("vat_number") else []
    shipping = address(party, "shipping_")
    if not sheet.prices:
        return (Party(sheet.word("deliver_to"), (*head, *(shipping or address(party)))),)
    label = "vendor" if sheet.kind == "purchase_order" else "bill_to"
    main = Party(sheet.word(label), (*head, *address(party), *tax))
    if shipping and (sheet.settings.get("show_shipping_address") or party.get("ships")):
        return main, Party(sheet.word("ship_to"), (head[0], *shipping))
    return (main,)


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Number, dates and what the company wants to know besides."""
    bill, printer = sheet.bill, sheet.printer
    kind = "invoice" if sheet.kind == "recurring_invoice" else sheet.kind
    rows = [
        (sheet.word(f"{kind}_number"), bill.get("number") or ""),
        (sheet.word("po_number"), bill.get("po_number") or ""),
        (sheet.word(f"{kind}_date"), printer.date(bill.get("date"))),
        (sheet.word(sheet.days), printer.date(bill.get("due_date"))),
    ]
    named = [n for n in (1, 2, 3, 4) if sheet.labels.get(f"{kind}{n}")]  # one without a name is none of the company's
    rows += [(sheet.label(f"{kind}{n}", "item"), str(bill.get(f"custom_value{n}") or "")) for n in named]
    if sheet.prices and sheet.balance and bill.get("partial"):
        rows.append((sheet.word("partial_due"), printer.money(bill["partial"])))
        rows.append((sheet.word("partial_due_date"), printer.date(bill.get("partial_due_date"))))
    return ((label, str(value)) for label, value in rows if value)


def sums(sheet: Sheet) -> Iterator[Sum]:
    """The rows below the lines; what is zero is left out, except subtotal, total and balance."""
    money = sheet.printer.money
    for label, amount, strong in amounts(sheet):
        yield Sum(label, money(amount), strong)


def amounts(sheet: Sheet) -> Iterator[tuple[str, Decimal, bool]]:
    """Label and amount of each sum, and whether it is printed bold."""
    bill, word = sheet.bill, sheet.word
    subtotal = sum((to_decimal(line["line_total"]) for line in bill["line_items"]), ZERO)
    yield word("subtotal"), subtotal, False
    discount = to_decimal(bill["discount"])
    if discount and bill["is_amount_discount"]:
        yield word("discount"), -discount, False
    elif discount:
        label = f"{word('discount')} ({sheet.printer.number(discount)}%)"
        yield label, -round_half_up(subtotal * discount / 100, 2), False
    for n in (1, 2, 3, 4):
        if surcharge := to_decimal(bill[f"custom_surcharge{n}"]):
            yield sheet.label(f"surcharge{n}", "surcharge"), surcharge, False
    for label, tax in _taxes(sheet):
        yield label, tax, False
    total, paid = to_decimal(bill["amount"]), to_decimal(bill.get("paid_to_date", 0))
    yield word("total"), total, True
    if not sheet.balance:
        return
    if paid or (sheet.kind == "invoice" and not sheet.settings.get("hide_paid_to_date", True)):
        yield word("paid_to_date"), paid, False
    label = word("credit_remaining" if sheet.kind == "credit" else "balance_due")
    yield label, total - paid if bill["status_id"] == DRAFT else to_decimal(bill["balance"]), True


def _taxes(sheet: Sheet) -> Iterator[tuple[str, Decimal]]:
    """One row a tax; a single one where the parts don't add up to what is stored, as after an older calculation."""
    bill = sheet.bill
    total = to_decimal(bill["total_taxes"])
    parts = tax_breakdown(bill, precision=sheet.precision)
    if sum(parts.values(), ZERO) == total:
        for (name, rate), amount in parts.items():
            if amount:
                yield f"{name} {sheet.printer.number(rate)}%".strip(), amount
    elif total:
        yield sheet.word("taxes_included" if bill["uses_inclusive_taxes"] else "taxes"), total
