"""What each line of the sent invoices brought, and sums for each product (R-EP-49)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import currency_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.search import name_of
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.records import listed
from mockserver.behaviours.reports.sales import BILLED
from mockserver.behaviours.reports.tables import Row, Table
from mockserver.derive.money import MONEY, ZERO, number, round_half_up, to_decimal
from mockserver.derive.report_values import readable
from mockserver.derive.totals import line_taxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked, Line
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

HUNDRED = Decimal(100)
STATES = dict(zip(BILLED, ("Sent", "Partial", "Paid"), strict=True))


@operation("report_product_sales")
def product_sales(draft: Draft, request: Request) -> Answer:
    """One row for each line, invoices of archived clients too; the sums of the products stand below the rows."""
    return begin(draft, request, product_sales_table)


def product_sales_table(asked: Asked) -> Table:
    keys = listed(asked.request.input("product_key"))
    sold = [
        line
        for invoice in asked.records("invoice", states=BILLED)
        for line in lines_of(asked, invoice)
        if not keys or line["product_key"] in keys
    ]
    usual = asked.columns
    columns = {each: usual.get(each, each) for each in listed(asked.request.input("report_keys") or []) or usual}
    rows = [Row("invoice", each["id"], {name: cell(each.get(name, "")) for name in columns}) for each in sold]
    return Table(columns, rows, after=[*period_lines(asked), *product_lines(asked, sold)])


def cell(value: Any) -> tuple[Any, str]:
    return value, readable(value)


def lines_of(asked: Asked, invoice: Data) -> Iterator[dict[str, Any]]:
    """All that the report knows of each line. Markup, profit and net total are those of one piece."""
    draft, statics = asked.draft, asked.draft.document.statics
    money = currency_of(draft, draft.entity("invoice"), invoice)
    rate = to_decimal(invoice["exchange_rate"]) or Decimal(1)
    shared = {
        "id": invoice["id"],
        "date": asked.day(invoice["date"]),
        "client": name_of(draft, asked.client_of(invoice)),
        "currency": statics.row("currencies", money).get("code", ""),
        "status": STATES[invoice["status_id"]],
        "is_amount_discount": bool(invoice["is_amount_discount"]),
    }
    taxes = line_taxes(invoice, precision=statics.precision(money))
    for line, own in zip(invoice["line_items"], taxes, strict=True):
        price, off = to_decimal(line["cost"]), discount(line, by_amount=invoice["is_amount_discount"])
        cost = MONEY.multiply(to_decimal(line["product_cost"]), rate)
        profit = price - off - cost
        yield {
            **line,
            **shared,
            "cost": number(cost),
            "price": number(price),
            "discount": number(off),
            "markup": number(round_half_up(MONEY.divide(profit * HUNDRED, cost or Decimal(1)), 2)),
            "net_total": number(price - off),
            "profit": number(profit),
            **{f"tax_amount{n}": number(own.get(f"tax_rate{n}", ZERO)) for n in (1, 2, 3)},
            **{f"tax_name{n}": tax_name(line, n) for n in (1, 2, 3)},
        }


def discount(line: Mapping[str, Any], *, by_amount: bool) -> Decimal:
    """The discount of a line: as it is, or its share of the line's total."""
    off = to_decimal(line["discount"])
    return off if by_amount else round_half_up(to_decimal(line["line_total"]) * off / HUNDRED, 2)


def tax_name(line: Mapping[str, Any], n: int) -> str:
    """`VAT [20%]`; a tax without a name has none here either."""
    name = str(line[f"tax_name{n}"])
    return f"{name} [{readable(line[f'tax_rate{n}'])}%]" if len(name) > 1 else name


def period_lines(asked: Asked) -> Iterator[Line]:
    """Whose invoices of which days were counted."""
    yield from ([], [], [], [])
    yield ["Clients", "Type", "Start Date", "End Date"]
    yield [asked.clients(), asked.facts["title"], *asked.days()]
    yield []


def product_lines(asked: Asked, sold: list[dict[str, Any]]) -> Iterator[Line]:
    """A line for each product: its first tax names, and the sums of everything else."""
    products: dict[str, list[dict[str, Any]]] = {}
    for each in sold:
        products.setdefault(each["product_key"], []).append(each)
    columns: Mapping[str, str] = asked.facts["products"]
    if products:
        yield list(columns.values())
    for product, lines in products.items():
        yield [product if name == "product" else summed(name, lines) for name in columns]


def summed(name: str, lines: list[dict[str, Any]]) -> str:
    """The first name, or the sum, of a column."""
    if name.startswith("tax_name"):
        return next((str(each[name]) for each in lines if each[name]), "")
    return readable(number(sum((to_decimal(each[name]) for each in lines), ZERO)))
