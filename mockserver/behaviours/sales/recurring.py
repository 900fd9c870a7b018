"""Recurring documents: their dates and cycles, starting and stopping, and what bulk actions write (R-STAT-29..33)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import client_of
from mockserver.behaviours.bills.saving import bill_input, bill_prepare, bill_revise, recomputed
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.due import send_hour
from mockserver.behaviours.core.registry import action, hook, rule
from mockserver.behaviours.core.rules import boolean, string
from mockserver.behaviours.core.writing import stored_value
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.records.lifecycle import restore
from mockserver.behaviours.sales.sending import allowed
from mockserver.derive.dates import add_days, advance, parse_date
from mockserver.derive.money import number, parse_number, round_half_up, to_decimal
from mockserver.derive.recurring import COMPLETED, send_moment
from mockserver.derive.text import is_true

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ACTIVE, PAUSED = "2", "3"
CHARGED = frozenset({"always", "optout"})
"""Values of auto_bill that switch charging on."""
QUEUED = "Update in progress."
RATE = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")


def timed(entity: Entity) -> bool:
    """Whether the template is ever sent: recurring invoices are, recurring quotes are only kept."""
    return "next_send_datetime" in entity.fields


@hook("recurring_input")
def recurring_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """As every bill; a send date, due days and the switch for charging are filled in (R-VAL-6)."""
    bill_input(draft, entity, before, request)
    body = request.body
    for name in ("frequency_id", "remaining_cycles", "exchange_rate", "auto_bill"):
        if body.get(name) is None and (before or name != "frequency_id"):
            body.pop(name, None)
    if "due_date_days" in body and body["due_date_days"] is None:
        body["due_date_days"] = "terms"
    if body.get("next_send_date") is None:
        body.pop("next_send_date", None)
        if timed(entity) and not before:
            body["next_send_date"] = draft.today
    if not before and "auto_bill" not in body:
        client = draft.get("client", str(body.get("client_id") or ""))
        body["auto_bill"] = str(draft.setting("auto_bill", client) or "off")
    if "auto_bill" in body:
        body["auto_bill_enabled"] = charged(body["auto_bill"])


def charged(auto_bill: Any) -> bool:
    """Whether a value of auto_bill switches charging on."""
    return str(auto_bill) in CHARGED


@hook("recurring_prepare")
def recurring_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new template: totals as of a bill, the design of what it makes, and its send time."""
    made = entity.name.removeprefix("recurring_")
    bill_prepare(draft, entity, data, request)
    data["auto_bill_enabled"] = charged(data["auto_bill"])
    client = client_of(draft, entity, data)
    data["design_id"] = data["design_id"] or str(draft.setting(f"{made}_design_id", client) or "")
    data.update(send_times(draft, entity, data))


@hook("recurring_revise")
def recurring_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An update moves the send time, and cycles complete a template or wake it up (R-STAT-29)."""
    bill_revise(draft, entity, data, request)
    data.update(send_times(draft, entity, data))
    if request.body.get("auto_bill_enabled") is not None:
        data["auto_bill_enabled"] = bool(request.body["auto_bill_enabled"])
    if "remaining_cycles" in request.body and timed(entity):
        if data["remaining_cycles"] == 0:
            data["status_id"] = COMPLETED
        elif data["status_id"] == COMPLETED:
            data["status_id"] = ACTIVE


def send_times(draft: Draft, entity: Entity, data: Data) -> dict[str, str]:
    """The date on which a template goes out next, without a time, and the server's moment for it."""
    if not timed(entity):
        return {}
    day = data["next_send_date"][:10]
    if not day:
        return {"next_send_datetime": ""}
    moment = send_moment(day, *send_hour(draft, client_of(draft, entity, data)))
    return {"next_send_date": f"{day} 00:00:00", "next_send_datetime": moment}


@rule("from_day")
def from_day(context: Context, day: str) -> str | None:
    """A date that is not before a day that is told by a word: today or yesterday."""
    sent, today = parse_date(str(context.value)), context.draft.today
    first = add_days(today, -1) if day == "yesterday" else today
    wrong = sent is not None and sent < first
    return f"The {context.name} must be a date after or equal to {day}." if wrong else None


@rule("fits_column")
def fits_column(context: Context, _: Any) -> str | None:
    """The value of a bulk update suits its column: a flag for uses_inclusive_taxes, else text or a number."""
    if context.body.get("action") != "bulk_update":
        return None
    return boolean(context, None) if context.body.get("column") == "uses_inclusive_taxes" else string(context, None)


@action("start_recurring")
def start(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Make the template active, restored when it was archived; nothing when it is deleted or has no cycle left."""
    if data["is_deleted"] or data["remaining_cycles"] == 0:
        return
    if data["archived_at"]:
        restore(draft, entity, data, request)
    draft.patch(entity.name, data["id"], {"status_id": ACTIVE})


@action("stop_recurring")
def stop(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Pause a draft or an active one."""
    if allowed(entity, "stop", data):
        draft.patch(entity.name, data["id"], {"status_id": PAUSED})


def reprice(draft: Draft, entity: Entity, data: Data, lines: list[Data]) -> None:
    """Store other lines and the totals that follow."""
    changed = {**data, "line_items": lines}
    draft.patch(entity.name, data["id"], {"line_items": lines, **recomputed(draft, entity, changed, data)})


@action("increase_prices")
def increase_prices(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """Bulk: raise the cost of every line by a percentage. Only administrators do; everybody gets the message."""
    if caller_of(draft).admin:
        share = round_half_up(to_decimal(request.input("percentage_increase")) / 100, 2)
        lines = [
            {**line, "cost": number(to_decimal(line["cost"]) * (Decimal(1) + share))} for line in data["line_items"]
        ]
        reprice(draft, entity, data, lines)
    return message(QUEUED)


@action("update_prices")
def update_prices(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """Bulk: give lines the current price of their product. Only administrators do; everybody gets the message."""
    if caller_of(draft).admin:
        reprice(draft, entity, data, [{**line, "cost": price_of(draft, line)} for line in data["line_items"]])
    return message(QUEUED)


def price_of(draft: Draft, line: Data) -> Any:
    """Price of the product that a line names; the line's own cost when there is none that is not deleted."""
    table = draft.table("product")
    for row in table.find(line["product_key"], "product_key", company=draft.company_row) if line["product_key"] else ():
        record = table.get(row)
        if record is not None and not record.data["is_deleted"]:
            return record.data["price"]
    return line["cost"]


@action("recurring_invoice_bulk_update")
def bulk_update(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: write one value into one of the columns that allow it, and work the totals out again."""
    column, value = str(request.input("column")), request.input("new_value")
    if column in ("tax1", "tax2", "tax3"):
        changes = tax_changes(column[-1], str(value or ""))
    elif column == "remaining_cycles":
        changes = cycle_changes(draft, data, int(parse_number(value)))
    elif column == "uses_inclusive_taxes":
        changes = {column: is_true(value)}
    else:
        changes = {column: stored_value(entity.fields[column], "" if value is None else str(value))}
    changed = {**data, **changes}
    changes |= send_times(draft, entity, changed)
    draft.patch(entity.name, data["id"], {**changes, **recomputed(draft, entity, changed, data)})


def tax_changes(which: str, text: str) -> dict[str, Any]:
    """Name and rate from `name||rate`; a text without bars clears the tax, a rate that is none changes nothing."""
    name, bars, rate = text.partition("||")
    if not bars:
        return {f"tax_name{which}": "", f"tax_rate{which}": 0}
    if not RATE.fullmatch(rate.strip()):
        return {}
    return {f"tax_name{which}": name, f"tax_rate{which}": number(Decimal(rate.strip()))}


def cycle_changes(draft: Draft, data: Data, cycles: int) -> dict[str, Any]:
    """No cycle completes the template; another number pauses a completed one and finds its next date."""
    changes: dict[str, Any] = {"remaining_cycles": cycles}
    if cycles == 0:
        changes["status_id"] = COMPLETED
    elif data["status_id"] == COMPLETED:
        day = advance(data["next_send_date"][:10] or draft.today, data["frequency_id"])
        changes |= {"status_id": PAUSED, "next_send_date": f"{day} 00:00:00"}
    return changes
