"""The rows of one record, by kind: plain ones, bills with their lines, payments, tasks, movements of an account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.behaviours.transfer.import_values import BadRow, date_in, number_in, truth_in
from mockserver.behaviours.transfer.importing import place, reader
from mockserver.derive.dates import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.behaviours.transfer.importing import Importer, Kind, Row
    from mockserver.draft import Draft
    from mockserver.store.table import Data

DURATION = re.compile(r"(\d{1,5}):([0-5]?\d)(?::([0-5]?\d))?")
INCOME = frozenset({"income", "credit", "deposit"})
WITHDRAWAL = frozenset({"debit", "withdrawal", "expense"})


@reader("plain")
def plain(importer: Importer, kind: Kind, rows: Sequence[Row]) -> str:
    """A record of one row. A vendor gets the currency of the company when the row names none."""
    body = importer.body(kind, rows[0])
    entity = importer.draft.entity(kind.entity)
    if any(field.path == "currency_id" and field.implicit for field in entity.rules.get("create", ())):
        body.setdefault("currency_id", importer.currency())
    return str(importer.store(kind, body)["id"])


@reader("bill")
def bill(importer: Importer, kind: Kind, rows: Sequence[Row]) -> str:
    """A bill of its rows, one line each, for a client that is made when it is new; paid as the rows say."""
    first = rows[0]
    body = importer.body(kind, first)
    name, email = first.get("client.name", ""), first.get("client.email", "")
    if name or email:
        client = importer.client(name, email)
        made: dict[str, Any] = {"name": name}
        if email:
            place(made, "contacts.0.email", email)
        body["client_id"] = client or importer.names.make("client", name or email, made)
    prefix = kind.group.partition(".")[0]
    lines = [line for row in rows if (line := importer.body(kind, row, lines=True).get("line_items"))]
    body["line_items"] = [entry for line in lines for entry in line]
    amount = first.get(f"{prefix}.amount", "")
    if not lines and amount:
        body["line_items"] = [{"quantity": 1, "cost": number_in(importer.draft, amount)}]
    for line in body["line_items"]:
        line.setdefault("quantity", 1)
    if "frequency_id" in importer.draft.entity(kind.entity).fields:
        body.setdefault("frequency_id", "5")
    states = kind.states or {}
    state = first.get(f"{prefix}.status", "").casefold()
    if state not in states:
        state = "sent" if truth_in(first.get(f"{prefix}.is_sent", "")) else kind.state
    data = importer.store(kind, body, **states[state])
    if "paid" in states and not importer.payments:
        pay(importer, data, first, paid=state == "paid")
    return str(data["id"])


def pay(importer: Importer, invoice: Data, row: Row, *, paid: bool) -> None:
    """Store the payment that a row of an invoice tells of; `paid` without an amount pays all of it."""
    text = row.get("payment.amount", "")
    amount = number_in(importer.draft, text) if text else invoice["amount"] if paid else 0
    if amount <= 0 or invoice["amount"] <= 0:
        return
    day = row.get("payment.date", "")
    body = {
        "client_id": invoice["client_id"],
        "amount": amount,
        "date": date_in(importer.draft, "payment.date", day) if day else importer.draft.today,
        "transaction_reference": row.get("payment.transaction_reference", ""),
        "invoices": [{"invoice_id": invoice["id"], "amount": min(amount, invoice["amount"])}],
    }
    importer.calls.create("payment", body)


@reader("payment")
def payment(importer: Importer, kind: Kind, rows: Sequence[Row]) -> str:
    """A payment of one row, put on the invoice that it names as far as that is open."""
    row = rows[0]
    named = row.get("payment.client_id", "")
    number = row.get("payment.invoice_number", "")
    invoice = importer.draft.get("invoice", importer.names.find("invoice", number)) if number else None
    client = importer.names.find("client", named) or (str(invoice["client_id"]) if invoice and not named else "")
    if not client:
        raise BadRow("Could not find client.")
    body = {**importer.body(kind, row), "client_id": client}
    if invoice is not None:
        open_part = invoice["balance"] if invoice["balance"] > 0 else invoice["amount"]
        body["invoices"] = [{"invoice_id": invoice["id"], "amount": min(body.get("amount", 0), open_part)}]
    return str(importer.store(kind, body)["id"])


@reader("task")
def task(importer: Importer, kind: Kind, rows: Sequence[Row]) -> str:
    """A task of its rows, one entry of the log each."""
    first = rows[0]
    body = importer.body(kind, first)
    client = importer.client(first.get("client.name", ""), first.get("client.email", ""))
    if client:
        body["client_id"] = client
    now = importer.draft.now
    log = []
    for row in rows:
        entry = span(importer.draft, row, now)
        if entry:
            log.append(entry)
            now = entry[1]
    if log:
        body["time_log"] = orjson.dumps(log).decode()
    return str(importer.store(kind, body)["id"])


def span(draft: Draft, row: Row, now: int) -> list[Any]:
    """The entry of a log that a row tells: from start to end, or as long as it says from `now` on; none without."""
    notes, billable = row.get("task.notes", ""), truth_in(row.get("task.billable", ""))
    start, end = instant(draft, row, "start"), instant(draft, row, "end")
    if start is not None and end is not None:
        return [start, end, notes, billable]
    found = DURATION.fullmatch(row.get("task.duration", ""))
    if found is None:
        return []
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    began = now if start is None else start
    return [began, began + seconds, notes, billable]


def instant(draft: Draft, row: Row, which: str) -> int | None:
    """Unix seconds of the start or end of a row, in the time zone of the company; None when it tells none."""
    column = f"task.{which}_date"
    day = row.get(column, "")
    if not day:
        return None
    text = f"{date_in(draft, column, day)} {row.get(f'task.{which}_time', '') or '00:00'}"
    found = moment(text, now=draft.now, zone=draft.zone)
    if found is None:
        raise BadRow(f"The task.{which}_time is not a valid time: {text[11:51]}")
    return found


@reader("movement")
def movement(importer: Importer, kind: Kind, rows: Sequence[Row]) -> str:
    """A movement of the bank account that the import names; its direction is told, or that of the sign."""
    row, draft = rows[0], importer.draft
    credit, debit = row.get("transaction.payment_type_Credit", ""), row.get("transaction.payment_type_Debit", "")
    amount = number_in(draft, row.get("transaction.amount", "") or credit or debit or "0")
    told = row.get("transaction.base_type", "").casefold()
    category = row.get("transaction.category_type", "").casefold()
    if credit or debit:
        incoming = bool(credit)
    elif told in INCOME or told in WITHDRAWAL:
        incoming = told in INCOME
    else:
        incoming = category in INCOME if category in INCOME or category in WITHDRAWAL else amount > 0
    body = {
        "currency_id": importer.currency(),
        "account_type": "bank",
        "date": draft.today,
        **importer.body(kind, row),
        "bank_integration_id": importer.bank,
        "amount": abs(amount),
        "base_type": "CREDIT" if incoming else "DEBIT",
    }
    return str(importer.store(kind, body)["id"])
