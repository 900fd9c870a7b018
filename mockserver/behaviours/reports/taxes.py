"""Taxes by name on both ways of accounting: what was invoiced, what was paid (R-EP-49)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mockserver.behaviours.bills.billing import currency_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.records import asked_days
from mockserver.behaviours.reports.sales import BILLED
from mockserver.behaviours.reports.tables import File, Row, Table, text
from mockserver.derive.money import MONEY, ZERO, round_half_up, to_decimal
from mockserver.derive.printed import printed_number
from mockserver.derive.report_values import csv_text
from mockserver.derive.status import PAID, SENT
from mockserver.derive.totals import document_taxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked, Line
    from mockserver.derive.totals import TaxDetail
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ACCRUAL, CASH = "Accrual accounting", "Cash accounting"
DETAILS = ("Date", "Amount", "Amount", "Tax Name", "Tax Rate", "Taxable Amount")


class Part(NamedTuple):
    """A tax of an invoice under one way of accounting."""

    invoice: Data
    tax: TaxDetail
    amount: Decimal


def taxes_of(asked: Asked, invoice: Data) -> list[TaxDetail]:
    money = currency_of(asked.draft, asked.draft.entity("invoice"), invoice)
    return document_taxes(invoice, precision=asked.draft.document.statics.precision(money))


def paid_share(invoice: Data) -> Decimal:
    """The part of an invoice that is paid, between 0 and 1."""
    amount, balance = to_decimal(invoice["amount"]), to_decimal(invoice["balance"])
    if invoice["status_id"] == PAID:
        return Decimal(1)
    return MONEY.divide(amount - balance, amount) if amount > 0 else ZERO


@operation("report_tax_summary")
def tax_summary(draft: Draft, request: Request) -> Answer:
    """One row for each tax with what was invoiced and what was paid of it; below them the invoices one by one."""
    return begin(draft, request, tax_summary_table)


def tax_summary_table(asked: Asked) -> Table:
    invoices = sorted(asked.records("invoice", states=BILLED), key=lambda each: -to_decimal(each["balance"]))
    accrual = [Part(each, tax, tax.amount) for each in invoices for tax in taxes_of(asked, each)]
    cash = [shared(part, paid_share(part.invoice)) for part in accrual if part.invoice["status_id"] != SENT]
    billed, paid = by_name(accrual), by_name(cash)
    rows = [
        Row(
            "tax",
            None,
            {"tax_name": text(name), "accrual": asked.amount(due), "cash": asked.amount(paid.get(name, ZERO))},
        )
        for name, due in billed.items()
    ]
    lines = [*heading_lines(asked)]
    for title, sums, worth in ((ACCRUAL, billed, whole), (CASH, paid, settled)):
        lines += [[], [title], [], *sales_lines(asked, invoices, worth), [], ["Tax Name", "Tax Amount"]]
        lines += [[name, asked.money(value), asked.plain(value)] for name, value in sums.items()]
    for title, parts in ((ACCRUAL, accrual), (CASH, cash)):
        lines += [[], [], [title, *DETAILS], *(part_line(asked, each) for each in parts)]
    return Table(asked.columns, rows, made=File(csv_text(lines)))


def shared(part: Part, share: Decimal) -> Part:
    """The part of a tax that falls on a share of the invoice, in cents."""
    return part._replace(amount=round_half_up(MONEY.multiply(part.amount, share), 2))


def by_name(parts: Iterable[Part]) -> dict[str, Decimal]:
    """Sums by name and rate of the tax."""
    found: dict[str, Decimal] = {}
    for part in parts:
        found[part.tax.label] = found.get(part.tax.label, ZERO) + part.amount
    return found


def whole(invoice: Data) -> Decimal:
    """What was invoiced."""
    return to_decimal(invoice["amount"])


def settled(invoice: Data) -> Decimal:
    """What was paid of it."""
    return MONEY.multiply(whole(invoice), paid_share(invoice))


def heading_lines(asked: Asked) -> Iterator[Line]:
    yield from asked.titled()
    days = asked_days(asked.draft, asked.request)
    if days is not None:
        yield ["Date Range", " ", asked.day(days[0]), " - ", asked.day(days[1])]


def sales_lines(asked: Asked, invoices: list[Data], worth: Callable[[Data], Decimal]) -> Iterator[Line]:
    """All sales, those with taxes, those without."""
    gross = sum((worth(each) for each in invoices), ZERO)
    taxed = sum((worth(each) for each in invoices if each["total_taxes"] > 0), ZERO)
    for label, value in (("Gross", gross), ("Taxable Amount", taxed), ("Tax Exempt", gross - taxed)):
        yield [label, asked.money(value), asked.plain(value)]


def part_line(asked: Asked, part: Part) -> Line:
    """The tax of an invoice, with what it is taken from."""
    name, day = f"Invoice {part.invoice['number']}", asked.day(part.invoice["date"])
    amounts = (asked.money(part.amount), asked.plain(part.amount))
    base = printed_number(round_half_up(part.tax.base, 2))
    return [name, day, *amounts, part.tax.label, printed_number(part.tax.rate), base]
