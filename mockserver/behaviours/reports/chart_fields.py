"""One number of the dashboard: a sum, an average or a count over the records of a period (R-EP-48, 5.12)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mockserver.answer import Plain
from mockserver.behaviours.bills.billing import currency
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.reports.charts import (
    ALL,
    OPEN,
    SENT,
    Entry,
    asked_period,
    billed,
    own_currency,
    paid,
    records,
)
from mockserver.behaviours.work.tasks import HOUR
from mockserver.derive import time_log
from mockserver.derive.money import MONEY, ZERO, number, round_half_up, to_decimal
from mockserver.derive.status import PAID

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

TIME = "time"
COMPLETED, REFUNDED = ("4",), ("5", "6")


class Field(NamedTuple):
    """Which records count, and what of them. Of a task that is its time or what it is worth."""

    entity: str
    value: str
    counts: Callable[[Draft, Data], bool]


def in_states(*states: str) -> Callable[[Draft, Data], bool]:
    return lambda _, data: data["status_id"] in states


def active(draft: Draft, quote: Data) -> bool:
    """Sent or approved, and not past its day."""
    return quote["status_id"] in OPEN and (not quote["due_date"] or quote["due_date"] >= draft.today)


def invoice_of(draft: Draft, data: Data) -> Data:
    """The invoice of a task, an empty one when it is gone."""
    invoice = draft.get("invoice", data["invoice_id"])
    return {} if invoice is None or invoice["is_deleted"] else invoice


FIELDS = {
    "active_invoices": Field("invoice", "amount", in_states(*SENT)),
    "outstanding_invoices": Field("invoice", "balance", in_states(*OPEN)),
    "completed_payments": Field("payment", "amount", in_states(*COMPLETED)),
    "refunded_payments": Field("payment", "refunded", in_states(*REFUNDED)),
    "active_quotes": Field("quote", "amount", active),
    "invoiced_tasks": Field("task", "", lambda draft, data: bool(invoice_of(draft, data))),
    "paid_tasks": Field("task", "", lambda draft, data: invoice_of(draft, data).get("status_id") == PAID),
    "logged_expenses": Field("expense", "amount", lambda _, __: True),
    "pending_expenses": Field(
        "expense", "amount", lambda _, data: data["should_be_invoiced"] and not data["invoice_id"]
    ),
    "invoiced_expenses": Field("expense", "amount", lambda _, data: bool(data["invoice_id"])),
    "invoice_paid_expenses": Field(
        "expense", "amount", lambda _, data: bool(data["invoice_id"] and data["payment_date"])
    ),
}


@operation("chart_calculated_field")
def calculated_field(draft: Draft, request: Request) -> Answer:
    """The number, without anything around it; an average of nothing is 0."""
    start, end = asked_period(draft, request)
    field = FIELDS[str(request.input("field"))]
    money = str(request.input("currency_id") or ALL)
    always = request.input("period") == "total"
    values = [
        each.converted if money == ALL else each.amount
        for data in records(draft, field.entity)
        if field.counts(draft, data) and (always or start <= data["date"] <= end)
        for each in (entry(draft, field, data, request),)
        if money in (ALL, each.currency)
    ]
    return Plain(number(result(str(request.input("calculation")), values)))


def result(calculation: str, values: list[Decimal]) -> Decimal:
    if calculation == "count":
        return Decimal(len(values))
    total = sum(values, ZERO)
    return total if calculation == "sum" else MONEY.divide(total, Decimal(len(values) or 1))


def entry(draft: Draft, field: Field, data: Data, request: Request) -> Entry:
    """What a record brings, in its currency and in that of the company."""
    if field.entity == "task":
        return worked(draft, data, as_time=request.input("format") == TIME)
    amount = to_decimal(data[field.value])
    return paid(draft, data, amount) if "currency_id" in data else billed(draft, data, amount)


def worked(draft: Draft, task: Data, *, as_time: bool) -> Entry:
    """Seconds of a task, or the billed ones at its rate, in the currency of the client."""
    rows = time_log.entries(task["time_log"])
    money = currency(draft, draft.get("client", task["client_id"] or ""))
    if as_time:
        spent = Decimal(time_log.seconds(rows, draft.now))
        return Entry(money, task["date"], spent, spent)
    hours = MONEY.divide(Decimal(time_log.seconds(rows, draft.now, only_billed=True)), Decimal(HOUR))
    worth = round_half_up(MONEY.multiply(hours, to_decimal(task["rate"])), 2)
    rate = to_decimal(draft.document.statics.exchange_rate(own_currency(draft), money))
    return Entry(money, task["date"], worth, MONEY.multiply(worth, rate))
