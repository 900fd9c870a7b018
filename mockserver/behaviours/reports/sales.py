"""What was sold: by client, by user, by product; and what clients have open on either side (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.search import name_of
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.receivables import OPEN, by_balance
from mockserver.behaviours.reports.tables import Row, count, text
from mockserver.derive.money import ZERO, number, to_decimal
from mockserver.derive.status import PAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked, Table
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Cells = dict[str, tuple[Any, str]]

BILLED = (*OPEN, PAID)


def total(records: Iterable[Data], field: str) -> Decimal:
    """Sum of a field."""
    return sum((to_decimal(each[field]) for each in records), ZERO)


def by(field: str, records: Iterable[Data]) -> dict[str, list[Data]]:
    """Records by the id that a field holds."""
    found: dict[str, list[Data]] = {}
    for each in records:
        found.setdefault(each[field], []).append(each)
    return found


def client_rows(asked: Asked, states: tuple[str, ...], cells: Callable[[Data, list[Data]], Cells]) -> Table:
    """A row for each client: who it is, how many invoices of the states count, and the cells made of both."""
    invoices = by("client_id", asked.records("invoice", states=states, archived=False))

    def row(client: Data) -> Row:
        own = invoices.get(client["id"], [])
        who = {
            "client_name": text(name_of(asked.draft, client)),
            "client_number": text(client["number"]),
            "id_number": text(client["id_number"]),
            "invoices": count(len(own)),
        }
        return Row("client", client["id"], {**who, **cells(client, own)})

    return asked.table(map(row, by_balance(asked)))


@operation("report_client_balance")
def client_balance(draft: Draft, request: Request) -> Answer:
    """One row for each client: what is open on invoices, credits and payments. Archived ones don't count."""
    return begin(draft, request, client_balance_table)


def client_balance_table(asked: Asked) -> Table:
    def cells(client: Data, invoices: list[Data]) -> Cells:
        return {
            "invoice_balance": count(number(total(invoices, "balance"))),
            "credit_balance": asked.amount(to_decimal(client["credit_balance"]), client),
            "payment_balance": asked.amount(to_decimal(client["payment_balance"]), client),
        }

    return client_rows(asked, OPEN, cells)


@operation("report_client_sales")
def client_sales(draft: Draft, request: Request) -> Answer:
    """One row for each client: what was invoiced, what is open, the taxes, what was paid. Archived ones don't count."""
    return begin(draft, request, client_sales_table)


def client_sales_table(asked: Asked) -> Table:
    def cells(client: Data, invoices: list[Data]) -> Cells:
        amount, balance = total(invoices, "amount"), total(invoices, "balance")
        return {
            "amount": asked.amount(amount, client),
            "balance": asked.amount(balance, client),
            "total_taxes": asked.amount(total(invoices, "total_taxes"), client),
            "amount_paid": asked.amount(amount - balance, client),
        }

    return client_rows(asked, BILLED, cells)


@operation("report_user_sales")
def user_sales(draft: Draft, request: Request) -> Answer:
    """One row for each user of the company, those with most invoices first; amounts as they stand on the invoices."""
    return begin(draft, request, user_sales_table)


def user_sales_table(asked: Asked) -> Table:
    draft = asked.draft
    invoices = by("user_id", asked.records("invoice", states=BILLED))

    def row(user: Data) -> Row:
        own = invoices.get(user["id"], [])
        cells = {
            "name": text(f"{user['first_name']} {user['last_name']}".strip() or user["email"]),
            "invoices": count(len(own)),
            "invoice_amount": asked.amount(total(own, "amount")),
            "total_taxes": asked.amount(total(own, "total_taxes")),
        }
        return Row("user", user["id"], cells)

    links = draft.table("company_user").records(draft.company_row)
    users = [user for link in links if (user := draft.record("user", link.data["user_id"])) is not None]
    rows = [row(user.data) for user in users if not user.data["is_deleted"]]
    rows.sort(key=lambda each: each.cells["invoices"][0], reverse=True)
    first, last = asked.days()
    title = asked.facts["title"].format(clients=asked.clients(), first=first, last=last)
    return asked.table(rows)._replace(before=[[title]])
