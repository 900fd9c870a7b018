"""The taxes of a period by invoice and by tax, as a workbook (R-EP-49). Taxes by address have no columns here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.records import asked_days, truth
from mockserver.behaviours.reports.sales import BILLED
from mockserver.behaviours.reports.tables import File, Row, Table, text
from mockserver.behaviours.reports.taxes import ACCRUAL, CASH, taxes_of
from mockserver.derive.money import MONEY, ZERO, number, round_half_up, to_decimal
from mockserver.derive.periods import whole
from mockserver.derive.status import CANCELLED
from mockserver.derive.workbook import XLSX, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MONTHS = frozenset({"last7", "last30", "this_month", "last_month"})
"""Periods that stand for the last whole month."""
RECEIVED = frozenset({"1", "4", "5", "6"})
"""Payments that count as received."""
ITEMS = (
    *("Invoice Number", "Invoice Date", "Tax Name", "Tax Rate"),
    *("Tax Amount", "Taxable Amount", "Status", "Postal Code"),
)
SUMS = ("Tax Name", "Tax Amount", "Taxable Amount")
AMOUNT = "#,##0.00"


class Tax(NamedTuple):
    """What counts of one tax of an invoice, in cents."""

    label: str
    rate: Decimal
    amount: Decimal
    base: Decimal


class Counted(NamedTuple):
    """What counts of an invoice: its total, what was paid, its taxes, and what is said of it."""

    invoice: Data
    total: Decimal
    paid: Decimal
    taxes: Sequence[Tax]
    note: str


@operation("report_tax_period")
def tax_period(draft: Draft, request: Request) -> Answer:
    """One row for each invoice of the period, or, on cash accounting, for each that was paid in it."""
    return begin(draft, request, tax_period_table)


def days_of(asked: Asked) -> tuple[str, str]:
    """Days of the period. Weeks and months stand for the last whole month; no period is this year up to today."""
    today, word = asked.draft.today, str(asked.request.input("date_range") or "all")
    if word in MONTHS:
        return whole(date.fromisoformat(today), 1, 1)
    return asked_days(asked.draft, asked.request) or (f"{today[:4]}-01-01", today)


def part_of(asked: Asked, invoice: Data, share: Decimal) -> list[Tax]:
    """The taxes on a share of an invoice."""

    def cents(value: Decimal) -> Decimal:
        return round_half_up(MONEY.multiply(value, share), 2)

    return [Tax(each.label, each.rate, cents(each.amount), cents(each.base)) for each in taxes_of(asked, invoice)]


def share(paid: Decimal, amount: Decimal) -> Decimal:
    return MONEY.divide(paid, amount) if amount else ZERO


def accrued(asked: Asked, first: str, last: str) -> Iterator[Counted]:
    """Invoices dated in the period; of a cancelled one only what was paid counts."""
    for invoice in asked.records("invoice", states=(*BILLED, CANCELLED)):
        if not first <= invoice["date"] <= last:
            continue
        paid, amount = to_decimal(invoice["paid_to_date"]), to_decimal(invoice["amount"])
        if invoice["status_id"] == CANCELLED:
            yield Counted(invoice, paid, paid, part_of(asked, invoice, share(paid, amount)), "cancelled")
        else:
            yield Counted(invoice, amount, paid, part_of(asked, invoice, Decimal(1)), "payable")


def collected(asked: Asked, first: str, last: str) -> Iterator[Counted]:
    """Invoices that were paid in the period, by that part of them."""
    draft = asked.draft
    for invoice in asked.records("invoice", states=(*BILLED, CANCELLED)):
        amount, paid = to_decimal(invoice["amount"]), ZERO
        for each in draft.find("paymentable", invoice["id"], "invoice_id"):
            payment = draft.get("payment", each["payment_id"])
            if payment is not None and payment["status_id"] in RECEIVED and first <= payment["date"] <= last:
                paid += to_decimal(each["amount"]) - to_decimal(each["refunded"])
        if paid:
            yield Counted(invoice, amount, paid, part_of(asked, invoice, share(paid, amount)), "payable")


def tax_period_table(asked: Asked) -> Table:
    billed = truth(asked.request.input("is_income_billed"), default=True)
    found = [*(accrued if billed else collected)(asked, *days_of(asked))]
    rows = [row(asked, each) for each in found]
    invoices = [[*asked.columns.values()], *([each.cells[name][0] for name in asked.columns] for each in rows)]
    way = ACCRUAL if billed else CASH
    sheets = (
        Sheet("Tax Summary", [SUMS, *sums(found)], {1: AMOUNT, 2: AMOUNT}),
        Sheet(f"Invoice {way}", invoices, dict.fromkeys(range(2, 6), AMOUNT)),
        Sheet(f"Invoice Item {way}", [ITEMS, *items(asked, found)], {4: AMOUNT, 5: AMOUNT}),
    )
    return Table(asked.columns, rows, made=File(workbook(sheets, now=asked.draft.now), XLSX, "xlsx"))


def row(asked: Asked, counted: Counted) -> Row:
    """An invoice in the preview and on the second sheet."""
    invoice = counted.invoice
    amounts = {
        "invoice_total": counted.total,
        "paid": counted.paid,
        "tax_amount": sum((each.amount for each in counted.taxes), ZERO),
        "taxable_amount": sum((each.base for each in counted.taxes), ZERO),
    }
    cells = {
        "invoice_number": text(invoice["number"]),
        "invoice_date": asked.dated(invoice["date"]),
        **{name: asked.amount(value) for name, value in amounts.items()},
        "notes": text(counted.note),
    }
    return Row("invoice", invoice["id"], cells)


def items(asked: Asked, found: Sequence[Counted]) -> Iterator[list[Any]]:
    """A row for each tax of each invoice."""
    for each in found:
        invoice, client = each.invoice, asked.client_of(each.invoice)
        for tax in each.taxes:
            numbers = (number(tax.rate), number(tax.amount), number(tax.base))
            yield [invoice["number"], invoice["date"], tax.label, *numbers, each.note, client["postal_code"]]


def sums(found: Sequence[Counted]) -> list[list[Any]]:
    """A row for each tax of the period."""
    added: dict[str, tuple[Decimal, Decimal]] = {}
    for tax in (tax for each in found for tax in each.taxes):
        amount, base = added.get(tax.label, (ZERO, ZERO))
        added[tax.label] = (amount + tax.amount, base + tax.base)
    return [[label, number(amount), number(base)] for label, (amount, base) in added.items()]
