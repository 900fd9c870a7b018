"""Profit and loss: income, taxes and expenses of a period in the currency of the company (R-EP-49)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mockserver.behaviours.bills.billing import currency_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.records import asked_days, truth
from mockserver.behaviours.reports.sales import BILLED
from mockserver.behaviours.reports.tables import File, Row, Table, text
from mockserver.derive.money import MONEY, ZERO, round_half_up, to_decimal
from mockserver.derive.printed import printed_number
from mockserver.derive.report_values import csv_text, expense_amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked, Line
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

COUNTED = ("1", "4", "5")
"""Payments that are income: pending, completed, refunded in part."""
NO_CATEGORY = "No Category Defined"
RULE = ["-" * 20]
UP_TO_TODAY = frozenset({"this_month", "this_year"})
YEARS = 50
"""How far back a report over everything begins."""


class Entry(NamedTuple):
    """An amount without its taxes, and its taxes: in its own currency, and in that of the company."""

    name: str
    currency: str
    net: Decimal
    tax: Decimal
    converted: Decimal
    converted_tax: Decimal


@operation("report_profit_and_loss")
def profit_and_loss(draft: Draft, request: Request) -> Answer:
    """Sums and categories; below them the income by currency and each expense. Amounts are without taxes."""
    return begin(draft, request, profit_and_loss_table)


def days_of(asked: Asked) -> tuple[str, str]:
    """Days of the period: this month and this year end today, and everything begins fifty years ago."""
    today, days = asked.draft.today, asked_days(asked.draft, asked.request)
    if days is None:
        now = date.fromisoformat(today)
        return now.replace(year=now.year - YEARS, day=min(now.day, 28)).isoformat(), today
    word = str(asked.request.input("date_range"))
    return (days[0], today) if word in UP_TO_TODAY else days


def rate_of(data: Data) -> Decimal:
    return to_decimal(data["exchange_rate"]) or Decimal(1)


def invoiced(asked: Asked, first: str, last: str) -> Iterator[Entry]:
    """Sent invoices above zero that are dated in the period."""
    entity = asked.draft.entity("invoice")
    for invoice in asked.records("invoice", states=BILLED):
        amount, tax, rate = to_decimal(invoice["amount"]), to_decimal(invoice["total_taxes"]), rate_of(invoice)
        if amount > 0 and first <= invoice["date"] <= last:
            money = currency_of(asked.draft, entity, invoice)
            net = amount - tax
            yield Entry("", money, net, tax, MONEY.divide(net, rate), MONEY.divide(tax, rate))


def received(asked: Asked, first: str, last: str) -> Iterator[Entry]:
    """Shares of the period's payments in invoices, less refunds, with the same share of the taxes."""
    draft = asked.draft
    for payment in asked.records("payment", states=COUNTED):
        if not first <= payment["date"] <= last:
            continue
        for each in draft.find("paymentable", payment["id"], "payment_id"):
            invoice = draft.get("invoice", each.get("invoice_id") or "")
            if invoice is None:
                continue
            paid, amount = to_decimal(each["amount"]) - to_decimal(each["refunded"]), to_decimal(invoice["amount"])
            taxes = to_decimal(invoice["total_taxes"])
            tax = MONEY.divide(paid * taxes, amount) if amount > 0 else ZERO
            converted, converted_tax = paid * rate_of(payment), MONEY.divide(tax, rate_of(invoice))
            yield Entry("", payment["currency_id"], paid - tax, tax, converted - converted_tax, converted_tax)


def spent(asked: Asked, first: str, last: str) -> Iterator[Entry]:
    """Expenses of the period, archived ones too, by their category."""
    own = str(asked.draft.setting("currency_id") or "1")
    for expense in asked.records("expense"):
        if not first <= expense["date"] <= last:
            continue
        amount, tax = to_decimal(expense["amount"]), to_decimal(expense_amounts(expense)["tax_amount"])
        rate = rate_of(expense)
        converted, converted_tax = (round_half_up(MONEY.multiply(each, rate), 2) for each in (amount, tax))
        net = converted - converted_tax if expense["uses_inclusive_taxes"] else converted
        category = asked.draft.get("expense_category", expense["category_id"])
        name = str(category["name"]) if category is not None else NO_CATEGORY
        yield Entry(name, expense["currency_id"] or own, amount - tax, tax, net, converted_tax)


def profit_and_loss_table(asked: Asked) -> Table:
    first, last = days_of(asked)
    billed = truth(asked.request.input("is_income_billed"), default=True)
    income = [*(invoiced if billed else received)(asked, first, last)]
    expenses = [*spent(asked, first, last)]
    categories: dict[str, Decimal] = {}
    for each in expenses:
        categories[each.name] = categories.get(each.name, ZERO) + each.converted
    revenue, cost = (sum((each.converted for each in part), ZERO) for part in (income, expenses))
    taxes, paid_taxes = (sum((each.converted_tax for each in part), ZERO) for part in (income, expenses))
    blocks = (
        (("Total Revenue[Tax Exclusive]", revenue), ("Total Taxes", taxes)),
        tuple(categories.items()),
        (("Total Expenses[Tax Exclusive]", cost), ("Total Taxes", paid_taxes)),
        (("Total Profit", revenue - cost),),
    )
    rows = [
        Row("report", None, {"name": text(name), "amount": asked.amount(round_half_up(value, 2))})
        for block in blocks
        for name, value in block
    ]
    lines = [*title_lines(asked, first, last)]
    for block in blocks:
        lines += [RULE, *([name, asked.money(value)] for name, value in block)]
    lines += [RULE, [], [], *revenue_lines(asked, income if billed else []), *expense_lines(asked, expenses)]
    return Table(asked.columns, rows, made=File(csv_text(lines)))


def title_lines(asked: Asked, first: str, last: str) -> Iterator[Line]:
    yield [asked.facts["title"]]
    yield ["Company Name", str(asked.draft.setting("name") or "")]
    yield ["Date Range", asked.day(first), asked.day(last)]


def revenue_lines(asked: Asked, income: list[Entry]) -> Iterator[Line]:
    """What was invoiced, in each currency. On cash accounting nothing stands here."""
    yield from (RULE, ["Revenue"], RULE, ["Currency", "Amount", "Total Taxes"])
    for money in dict.fromkeys(each.currency for each in income):
        own = [each for each in income if each.currency == money]
        net, tax = sum((each.net for each in own), ZERO), sum((each.tax for each in own), ZERO)
        name = asked.draft.document.statics.row("currencies", money).get("name", "")
        yield [str(name), printed_number(net), printed_number(tax)]


def expense_lines(asked: Asked, expenses: list[Entry]) -> Iterator[Line]:
    """Each expense in its own currency."""
    yield from ([], [], RULE, ["Expenses"], RULE)
    for each in expenses:
        code = asked.draft.document.statics.row("currencies", each.currency).get("code", "")
        yield [str(code), printed_number(each.net), printed_number(each.tax)]
