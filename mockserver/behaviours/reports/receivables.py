"""What clients owe: invoice by invoice, and in sums by how long it has been due (R-EP-49)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.search import name_of
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.tables import Asked, Row, count, text
from mockserver.derive.money import ZERO, to_decimal
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Table
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

OPEN = (SENT, PARTIAL)
STATES = {SENT: "Sent", PARTIAL: "Partial"}
AGES = {"age_group_0": 30, "age_group_30": 60, "age_group_60": 90, "age_group_90": 120}
OLDEST, CURRENT = "age_group_120", "current"


def owed(asked: Asked) -> list[Data]:
    """Invoices with something open, archived ones too."""
    return [each for each in asked.records("invoice", states=OPEN) if each["balance"] > 0]


def age(due: str, today: str) -> int:
    """Days since the due date, below zero before it; none without a date."""
    return (date.fromisoformat(today) - date.fromisoformat(due)) // timedelta(days=1) if due else 0


@operation("report_receivables_detail")
def detail(draft: Draft, request: Request) -> Answer:
    """One row for each open invoice, by due date. The age counts days on both sides of it."""
    return begin(draft, request, detail_table)


def detail_table(asked: Asked) -> Table:
    draft = asked.draft

    def row(invoice: Data) -> Row:
        client = asked.client_of(invoice)
        cells = {
            "date": asked.dated(invoice["date"]),
            "due_date": asked.dated(invoice["due_date"]),
            "invoice_number": text(invoice["number"]),
            "status": (invoice["status_id"], STATES[invoice["status_id"]]),
            "client_name": text(name_of(draft, client)),
            "client_number": text(client["number"]),
            "id_number": text(client["id_number"]),
            "age": count(abs(age(invoice["due_date"], draft.today))),
            "amount": asked.amount(to_decimal(invoice["amount"]), client),
            "balance": asked.amount(to_decimal(invoice["balance"]), client),
        }
        return Row("invoice", invoice["id"], cells)

    return asked.table(map(row, sorted(owed(asked), key=lambda each: str(each["due_date"]))))


@operation("report_receivables_summary")
def summary(draft: Draft, request: Request) -> Answer:
    """One row for each client that is not archived, those who owe most first."""
    return begin(draft, request, summary_table)


def group(due: str, today: str) -> str:
    """The column of an invoice: not due yet, up to 30 days, up to 60 and so on."""
    if not due or due > today:
        return CURRENT
    days = age(due, today)
    return next((name for name, most in AGES.items() if days <= most), OLDEST)


def summary_table(asked: Asked) -> Table:
    sums: dict[str, dict[str, Decimal]] = {}
    for invoice in owed(asked):
        own = sums.setdefault(invoice["client_id"], dict.fromkeys((CURRENT, *AGES, OLDEST), ZERO))
        own[group(invoice["due_date"], asked.draft.today)] += to_decimal(invoice["balance"])

    def row(client: Data) -> Row:
        own = sums.get(client["id"]) or dict.fromkeys((CURRENT, *AGES, OLDEST), ZERO)
        cells = {
            "client_name": text(name_of(asked.draft, client)),
            "client_number": text(client["number"]),
            "id_number": text(client["id_number"]),
            **{name: asked.amount(value, client) for name, value in own.items()},
            "total": asked.amount(sum(own.values(), ZERO), client),
        }
        return Row("client", client["id"], cells)

    return asked.table(map(row, by_balance(asked)))


def by_balance(asked: Asked) -> list[Data]:
    """The clients of a report, those who owe most first."""
    found = asked.records("client", archived=False)
    return sorted(found, key=lambda each: to_decimal(each["balance"]), reverse=True)
