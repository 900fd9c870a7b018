"""Sums for dashboards, in each currency and, under 999, in that of the company (R-EP-48)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.answer import Plain
from mockserver.behaviours.core.access import caller_of, unauthorized
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.derive.dates import parse_date
from mockserver.derive.money import MONEY, ZERO, to_decimal
from mockserver.derive.periods import period, previous_period
from mockserver.derive.report_values import expense_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ALL = "999"
SENT = ("2", "3", "4")
OPEN = ("2", "3")
SETTLED = ("4", "5", "6")
RECEIVED = ("1", *SETTLED)


class Entry(NamedTuple):
    """An amount of a day in a currency, and the same in the currency of the company."""

    currency: str
    day: str
    amount: Decimal
    converted: Decimal


def asked_period(draft: Draft, request: Request) -> tuple[str, str]:
    """First and last day. Raises Refused for users who may not see the dashboard, and for an unusable period."""
    if not caller_of(draft).may("view", "dashboard"):
        raise unauthorized("R-EP-48", "an administrator, or the permission view_dashboard")
    check_form(draft, request)
    start, end = (parse_date(str(request.input(name) or "")) or "" for name in ("start_date", "end_date"))
    before = request.input("period") == "previous"
    word, first_month = str(request.input("date_range") or ""), draft.company["first_month_of_year"]
    return (previous_period if before else period)(word, start, end, draft.today, first_month)


def records(draft: Draft, name: str) -> Iterable[Data]:
    """Records that count: not deleted, not of a deleted client or vendor, and, without view_all, the caller's own."""
    caller = caller_of(draft)
    everything = caller.may("view", "all") or caller.may("edit", "all")
    for record in draft.table(name).records(draft.company_row):
        data = record.data
        if data["is_deleted"] or not (everything or data["user_id"] == caller.user_id):
            continue
        owners = (("client", data.get("client_id")), ("vendor", data.get("vendor_id")))
        if not any(hashed and (draft.get(kind, hashed) or {}).get("is_deleted") for kind, hashed in owners):
            yield data


def own_currency(draft: Draft) -> str:
    """Currency of the company."""
    return str(draft.company["settings"].get("currency_id") or "1")


def billed(draft: Draft, data: Data, amount: Decimal) -> Entry:
    """An amount in the currency of the client; its rate is how much of that the company's is worth."""
    client = draft.get("client", data["client_id"])
    currency = str(client["settings"].get("currency_id") or "") if client is not None else ""
    rate = to_decimal(data["exchange_rate"]) or Decimal(1)
    return Entry(currency or own_currency(draft), data["date"], amount, MONEY.divide(amount, rate))


def paid(draft: Draft, data: Data, amount: Decimal) -> Entry:
    """An amount in a currency of its own; its rate is how much of the company's that is worth."""
    own = own_currency(draft)
    currency = data["currency_id"] or own
    rate = to_decimal(data["exchange_rate"]) or Decimal(1)
    return Entry(currency, data["date"], amount, amount if currency == own else MONEY.multiply(amount, rate))


def invoiced(draft: Draft) -> list[Entry]:
    found = (data for data in records(draft, "invoice") if data["status_id"] in SENT)
    return [billed(draft, data, to_decimal(data["amount"])) for data in found]


def outstanding(draft: Draft) -> list[Entry]:
    found = (data for data in records(draft, "invoice") if data["status_id"] in OPEN)
    return [billed(draft, data, to_decimal(data["balance"])) for data in found]


def received(draft: Draft, states: tuple[str, ...] = RECEIVED) -> list[Entry]:
    found = (data for data in records(draft, "payment") if data["status_id"] in states)
    return [paid(draft, data, to_decimal(data["amount"]) - to_decimal(data["refunded"])) for data in found]


def settled(draft: Draft) -> list[Entry]:
    """Payments by day: those that are pending don't count there."""
    return received(draft, SETTLED)


def spent(draft: Draft) -> list[Entry]:
    """Expenses with their taxes."""
    return [paid(draft, data, with_taxes(data)) for data in records(draft, "expense")]


def with_taxes(expense: Data) -> Decimal:
    """What an expense comes to: taxes that are not inside its amount come on top."""
    tax = ZERO if expense["uses_inclusive_taxes"] else to_decimal(expense_amounts(expense)["tax_amount"])
    return to_decimal(expense["amount"]) + tax


PARTS: dict[str, tuple[Callable[[Draft], list[Entry]], str]] = {
    "invoices": (invoiced, "invoiced_amount"),
    "revenue": (received, "paid_to_date"),
    "outstanding": (outstanding, "amount"),
    "expenses": (spent, "amount"),
}
"""Part of the totals -> what it sums, and the name of the sum."""
DAILY = {"invoices": invoiced, "outstanding": outstanding, "payments": settled, "expenses": spent}


def currencies(draft: Draft) -> dict[str, str]:
    """Currencies of the company, its clients and its expenses that are not deleted: number to code."""
    found = {own_currency(draft)}
    for name in ("client", "expense"):
        for record in draft.table(name).records(draft.company_row):
            data = record.data
            if not data["is_deleted"]:
                found.add(str((data["settings"] if name == "client" else data).get("currency_id") or ""))
    rows = draft.document.statics
    return {each: rows.row("currencies", each)["code"] for each in sorted(found) if rows.has("currencies", each)}


def printed(amount: Decimal) -> str:
    """As the database writes a sum: six decimals."""
    return f"{amount:.6f}"


@operation("chart_totals")
def totals(draft: Draft, request: Request) -> Answer:
    """The sums of a period; a part without records is an empty object."""
    start, end = asked_period(draft, request)
    codes = currencies(draft)
    answer: dict[str, Any] = {"currencies": codes, "start_date": start, "end_date": end}
    for currency in (*codes, ALL):
        answer[currency] = {}
    for part, (entries, name) in PARTS.items():
        inside = [each for each in entries(draft) if start <= each.day <= end]
        for currency in (*codes, ALL):
            kept = [each for each in inside if currency in (each.currency, ALL)]
            total = sum(((each.converted if currency == ALL else each.amount) for each in kept), Decimal(0))
            facts: dict[str, Any] = {name: printed(total)}
            if part == "outstanding":
                facts["outstanding_count"] = len(kept)
            if currency != ALL:
                facts |= {"currency_id": currency, "code": codes[currency]}
            answer[currency][part] = facts if kept else {}
    return Plain(answer)


@operation("chart_summary")
def summary(draft: Draft, request: Request) -> Answer:
    """The same sums by day; days without records are left out."""
    start, end = asked_period(draft, request)
    codes = currencies(draft)
    answer: dict[str, Any] = {"start_date": start, "end_date": end, **{each: {} for each in (*codes, ALL)}}
    for part, entries in DAILY.items():
        inside = [each for each in entries(draft) if start <= each.day <= end]
        for currency in (*codes, ALL):
            days: dict[str, Decimal] = {}
            for each in sorted(inside, key=lambda each: each.day):
                if currency in (each.currency, ALL):
                    amount = each.converted if currency == ALL else each.amount
                    days[each.day] = days.get(each.day, Decimal(0)) + amount
            own = {} if currency == ALL else {"currency_id": currency}
            answer[currency][part] = [{"total": printed(total), "date": day, **own} for day, total in days.items()]
    return Plain(answer)
