"""Reminders that are due, with their late fees; late invoices; expired quotes (R-SIDE-4, R-SIDE-9, R-STAT-20)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.balances import follow
from mockserver.behaviours.bills.ledger import late_fee_added
from mockserver.behaviours.bills.made_invoices import store_invoice
from mockserver.behaviours.bills.reminders import plan_reminder
from mockserver.behaviours.bills.saving import recomputed
from mockserver.behaviours.core.due import client_works, falls_due, send_hour
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.mail.emails import reachable
from mockserver.behaviours.mail.mailing import mail_bill
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.sales.sending import send
from mockserver.derive.dates import add_days
from mockserver.derive.late_fees import late_fee
from mockserver.derive.line_items import LATE_FEE, normalise
from mockserver.derive.moments import HOURLY, daily, first_run, unix
from mockserver.derive.money import number
from mockserver.derive.printed import printed_date
from mockserver.derive.recurring import send_moment
from mockserver.derive.reminders import REMINDERS, endless_day, reminder_day
from mockserver.derive.status import PARTIAL, SENT, is_locked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.derive.moments import Times
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

EXPIRED, LATE = daily(5, 10), daily(7, 0)
ENDLESS = "reminder_endless"
OPEN: Mapping[str, tuple[str, ...]] = {"invoice": (SENT, PARTIAL), "quote": (SENT,)}
"""Statuses in which a kind of bill is open."""


def owing(name: str, data: Data) -> bool:
    """Whether there is a reason to remind: an open quote, or an open invoice with a balance."""
    return data["status_id"] in OPEN[name] and (name == "quote" or data["balance"] > 0)


def reminder_moment(name: str, draft: Draft, data: Data, after: int) -> int | None:
    """The hour at which the next reminder of a bill goes out."""
    if not data["next_send_date"] or not owing(name, data) or not client_works(draft, data):
        return None
    return first_run(HOURLY, max(unix(data["next_send_date"]), after + 1))


@falls_due("reminder", "invoice", partial(reminder_moment, "invoice"))
@falls_due("quote_reminder", "quote", partial(reminder_moment, "quote"))
def remind(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Note the day, add the fee, e-mail it, and plan the next reminder.

    Settings that have changed since the plan was made may have no reminder for this moment any more: then the next
    one is planned and that is all.
    """
    settings = draft.context_of(data)["settings"]
    reminder = planned(draft, entity.name, data, settings)
    if not reminder:
        return {"reminder": "", **after_reminder(draft, entity, data)}
    noted = {"reminder_last_sent": draft.today, "last_sent_date": draft.today}
    if reminder != ENDLESS:
        noted[f"{reminder}_sent"] = draft.today
    data = draft.patch(entity.name, data["id"], noted)
    fee = late_fee(entity.name, reminder, data, settings)
    told: dict[str, Any] = {"reminder": reminder, "late_fee": number(fee)}
    if fee:
        told |= charge(draft, entity, data, fee)
    told["emailed"] = bool(settings.get("send_reminders")) and reachable(draft, entity.name, data)
    if told["emailed"]:
        mail_bill(draft, entity, data, {}, template_of(entity.name, reminder))
        draft.emit("reminded", entity.name, data["id"])
        draft.emit(reminder, entity.name, data["id"])
    return {**told, **after_reminder(draft, entity, data)}


def template_of(name: str, reminder: str) -> str:
    """Name of the words of a reminder: those of a quote are kept apart."""
    return f"email_template_{reminder}" if name == "invoice" else f"email_{name}_template_{reminder}"


def after_reminder(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Plan the next reminder; how the bill stands then."""
    plan_reminder(draft, entity, data["id"])
    now = draft.get(entity.name, data["id"]) or data
    return {name: now[name] for name in ("number", "amount", "balance", "next_send_date")}


def planned(draft: Draft, name: str, data: Data, settings: Mapping[str, Any]) -> str:
    """Name of the reminder that the stored moment is for; "" when none is."""
    hour, offset = send_hour(draft, draft.get("client", data["client_id"]))
    days = [(reminder_day(data, settings, each), f"reminder{n}") for n, each in enumerate(REMINDERS[name], 1)]
    if name == "invoice":
        days.append((endless_day(data, settings), ENDLESS))
    fitting = (each for day, each in days if day and send_moment(day, hour, offset) == data["next_send_date"])
    return next(fitting, "")


@operation("update_reminders")
def update_reminders(draft: Draft, request: Request) -> Answer:
    """Plan the reminders of all open invoices anew, by the settings of now; the answer only says so (R-EP-19)."""
    entity = draft.entity("invoice")
    for record in tuple(draft.table("invoice").records(draft.company_row)):
        plan_reminder(draft, entity, record.data["id"])
    return message("Updating reminders")


def charge(draft: Draft, entity: Entity, data: Data, fee: Decimal) -> dict[str, Any]:
    """Add a line with the fee; an invoice that is locked gets an invoice beside it instead."""
    client = draft.get("client", data["client_id"])
    pattern = draft.document.statics.row("date_formats", str(draft.setting("date_format_id", client) or ""))
    day = printed_date(draft.today, str(pattern.get("format") or "Y-m-d"))
    line = {"type_id": LATE_FEE, "product_key": "Fee", "quantity": 1, "cost": number(fee)}
    locks = entity.facts.get("locks")
    if locks and is_locked(data, str(draft.setting(locks["setting"], client) or "off"), draft.today):
        line["notes"] = f"Late fee for invoice {data['number']} added on {day}"
        assert client is not None
        made = send(draft, entity, store_invoice(draft, client, [line], draft.today, draft.today))
        return {"fee_invoice": made["id"]}
    line["notes"] = f"Late fee added on {day}"
    lines = [*data["line_items"], *normalise([line])]
    changes = {"line_items": lines, **recomputed(draft, entity, {**data, "line_items": lines}, data)}
    now = draft.patch(entity.name, data["id"], changes)
    follow(draft, entity, now, now["balance"] - data["balance"], late_fee_added)
    return {}


def morning_after(name: str, run: Times, draft: Draft, data: Data, after: int) -> int | None:
    """The morning after the due date of what nobody has paid or answered, when the `run` of the day comes."""
    if not data["due_date"] or not owing(name, data) or not client_works(draft, data):
        return None
    moment = first_run(run, unix(add_days(data["due_date"], 1)))
    return moment if moment > after else None


@falls_due("late_invoice", "invoice", partial(morning_after, "invoice", LATE))
def late(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Say that an invoice is late; nothing of it changes."""
    draft.emit("late", entity.name, data["id"])
    return {name: data[name] for name in ("number", "due_date", "balance")}


@falls_due("expired_quote", "quote", partial(morning_after, "quote", EXPIRED))
def expire(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Say that a quote has expired; its status stays sent."""
    draft.emit("expired", entity.name, data["id"])
    return {name: data[name] for name in ("number", "due_date", "status_id")}
