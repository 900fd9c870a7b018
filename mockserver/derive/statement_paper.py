"""Statements of account: what a client owed, was billed and paid in a period (R-EP-16)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.money import ZERO, to_decimal
from mockserver.derive.paper import Column, Look, Paper, Party, Sum, Table
from mockserver.derive.sheet import address, person, sender_lines
from mockserver.derive.variables import company_values, label_values, party_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from mockserver.derive.wording import Printer

    Data = Mapping[str, Any]

AGES = (30, 60, 90, 120)
"""Days where one column of ages ends and the next begins."""


class Statement(NamedTuple):
    """What one statement is printed from: the client's records of the period, oldest first.

    `bills` and `shares` are all invoices and parts of payments up to the last day, as (day, amount), whatever the
    tables show: opening and closing balance come from them. `payments` and `credits` are None when their table is
    not wanted.
    """

    client: Data
    contact: Data | None
    settings: Data
    printer: Printer
    start: str
    end: str
    today: str
    bills: Sequence[tuple[str, Decimal]]
    shares: Sequence[tuple[str, Decimal]]
    invoices: Sequence[Data]
    payments: Sequence[Data] | None = None
    credits: Sequence[Data] | None = None
    open: Sequence[Data] | None = None
    """Invoices that something is owed for; None when their ages are not wanted."""
    logo: bytes = b""
    look: Look = Look()


def opening(statement: Statement) -> Decimal:
    """What was owed when the first day began."""
    return _before(statement.bills, statement.start) - _before(statement.shares, statement.start)


def billed(statement: Statement) -> Decimal:
    """What was billed in the period."""
    return _all(statement.bills) - _before(statement.bills, statement.start)


def paid(statement: Statement) -> Decimal:
    """What payments and credits took off invoices in the period."""
    return _all(statement.shares) - _before(statement.shares, statement.start)


def closing(statement: Statement) -> Decimal:
    """What was owed when the last day ended."""
    return opening(statement) + billed(statement) - paid(statement)


def _before(entries: Iterable[tuple[str, Decimal]], day: str) -> Decimal:
    return sum((amount for when, amount in entries if when < day), ZERO)


def _all(entries: Iterable[tuple[str, Decimal]]) -> Decimal:
    return sum((amount for _, amount in entries), ZERO)


def aging(invoices: Iterable[Data], today: str) -> list[Decimal]:
    """What is owed by age in days: 0-30, 31-60, 61-90, 91-120 and more, counted from the due date, else the date."""
    sums = [ZERO] * (len(AGES) + 1)
    for invoice in invoices:
        start = invoice["due_date"] or invoice["date"] or today
        age = (date.fromisoformat(today) - date.fromisoformat(start[:10])).days
        sums[sum(age > limit for limit in AGES)] += to_decimal(invoice["balance"])
    return sums


def age_headings() -> list[str]:
    """`0 - 30`, `31 - 60` ... `120+`."""
    starts = [0, *(limit + 1 for limit in AGES[:-1])]
    return [*(f"{start} - {end}" for start, end in zip(starts, AGES, strict=True)), f"{AGES[-1]}+"]


def statement_paper(statement: Statement) -> Paper:
    """The whole statement."""
    word, money, settings = statement.printer.word, statement.printer.money, statement.settings
    client, contact = statement.client, statement.contact
    lines = [str(client.get("name") or ""), person(contact), str((contact or {}).get("email") or "")]
    number = ((word("number"), str(client["number"])),) if client.get("number") else ()
    dates = f"{statement.printer.date(statement.start)} - {statement.printer.date(statement.end)}"
    return Paper(
        title=word("statement"),
        sender=str(settings.get("name") or ""),
        sender_lines=sender_lines(settings, word),
        logo=statement.logo,
        parties=(Party(word("bill_to"), (*lines, *address(client))),),
        facts=(
            (word("statement_date"), dates),
            *number,
            (word("opening_balance"), money(opening(statement))),
            (word("closing_balance"), money(closing(statement))),
        ),
        body=tuple(tables(statement)),
        sums=(
            Sum(word("opening_balance"), money(opening(statement))),
            Sum(word("invoiced"), money(billed(statement))),
            Sum(word("paid"), money(-paid(statement))),
            Sum(word("closing_balance"), money(closing(statement)), strong=True),
        ),
        name=f"{word('statement')} {client.get('name') or ''}".strip(),
        page_of=word("page"),
        look=statement.look,
    )


def statement_values(statement: Statement) -> dict[str, str]:
    """Every variable of one statement."""
    printer = statement.printer
    return {
        **label_values(printer),
        **company_values(statement.settings),
        **party_values("client", statement.client, statement.contact, printer),
        "$start_date": printer.date(statement.start),
        "$end_date": printer.date(statement.end),
        "$opening_balance": printer.money(opening(statement)),
        "$closing_balance": printer.money(closing(statement)),
    }


def tables(statement: Statement) -> Iterator[Table]:
    """Invoices, and what else is wanted of payments, credits and ages."""
    word, money, day = statement.printer.word, statement.printer.money, statement.printer.date
    rows: list[tuple[str, ...]] = [
        (each["number"], day(each["date"]), day(each["due_date"]), money(each["amount"]), money(each["balance"]))
        for each in statement.invoices
    ]
    owed = sum((to_decimal(each["balance"]) for each in statement.invoices), ZERO)
    amount = sum((to_decimal(each["amount"]) for each in statement.invoices), ZERO)
    heads: tuple[str, ...] = ("invoice_number", "invoice_date", "due_date", "total", "balance")
    yield _table(statement, "invoice", heads, rows, (word("balance_due"), "", "", money(amount), money(owed)))
    if statement.payments is not None:
        heads = ("payment_number", "payment_date", "method", "invoice", "amount")
        rows = [
            (each["number"], day(each["date"]), each["method"], each["invoices"], money(each["amount"]))
            for each in statement.payments
        ]
        got = sum((to_decimal(each["amount"]) for each in statement.payments), ZERO)
        yield _table(statement, "payment", heads, rows, (word("paid"), "", "", "", money(got)))
    if statement.credits is not None:
        heads = ("credit_number", "credit_date", "total", "balance")
        rows = [
            (each["number"], day(each["date"]), money(each["amount"]), money(each["balance"]))
            for each in statement.credits
        ]
        whole = sum((to_decimal(each["amount"]) for each in statement.credits), ZERO)
        left = sum((to_decimal(each["balance"]) for each in statement.credits), ZERO)
        yield _table(statement, "credit", heads, rows, (word("total"), "", money(whole), money(left)))
    if statement.open is not None:
        ages = aging(statement.open, statement.today)
        columns = tuple(Column(heading) for heading in age_headings())
        yield Table(columns, (tuple(map(money, ages)),), word("aging"))


def _table(
    statement: Statement, title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], total: tuple[str, ...]
) -> Table:
    """A table whose sums stand in the last row, which is left out while there are no rows."""
    word = statement.printer.word
    sides = ("total", "balance", "amount")
    columns = tuple(Column(word(head), 1, "R" if head in sides else "L") for head in heads)
    return Table(columns, tuple(rows), word(f"{title}s"), total if rows else ())
