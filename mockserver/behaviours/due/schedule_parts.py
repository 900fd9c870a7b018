"""An instalment whose day has come: the invoice asks for it as its partial, and goes out or is charged (R-EP-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.reminders import plan_reminder
from mockserver.behaviours.core.due import job_request
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.behaviours.sales.recurring_sending import mail
from mockserver.behaviours.sales.sending import send
from mockserver.derive.dates import add_days
from mockserver.derive.money import number, round_half_up, to_decimal
from mockserver.derive.status import DRAFT, PARTIAL, SENT

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def ask_for_part(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """Ask for the part of this day; the schedule goes on to the next part, and is gone after the last."""
    entity = draft.entity("invoice")
    invoice = draft.get("invoice", str(data["parameters"].get("invoice_id") or ""))
    if invoice is None or invoice["is_deleted"] or invoice["status_id"] not in (DRAFT, SENT, PARTIAL):
        draft.remove("task_scheduler", data["id"])
        return {"invoice_id": "", "next_run": ""}
    parts = data["parameters"].get("schedule") or ()
    part = next((each for each in parts if each["date"] == data["next_run"]), None)
    if part is not None:
        if invoice["status_id"] == DRAFT:
            invoice = send(draft, entity, invoice)
        invoice = draft.patch("invoice", invoice["id"], asked(invoice, part))
        plan_reminder(draft, entity, invoice["id"])
        if data["parameters"].get("auto_bill"):
            ACTIONS["auto_bill"](draft, entity, invoice, job_request(draft, entity, "auto_bill", invoice["id"]))
        else:
            mail(draft, entity, invoice)
    told = {"invoice_id": invoice["id"], "number": invoice["number"], "partial": invoice["partial"]}
    return {**told, **next_part(draft, data, invoice)}


def asked(invoice: Data, part: Data) -> dict[str, Any]:
    """The partial with its due date; the invoice itself is due later than that."""
    share = to_decimal(part["amount"])
    if not part["is_amount"]:
        share = round_half_up(to_decimal(invoice["amount"]) * share / 100, 2)
    partial = min(to_decimal(invoice["partial"]) + share, to_decimal(invoice["balance"]))
    due = invoice["due_date"] if invoice["due_date"] > part["date"] else add_days(part["date"], 1)
    return {"partial": number(partial), "partial_due_date": part["date"], "due_date": due}


def next_part(draft: Draft, data: Data, invoice: Data) -> dict[str, Any]:
    """Go on to the part after this one; a schedule without any is gone, from the invoice too."""
    days = sorted(each["date"] for each in data["parameters"].get("schedule") or () if each["date"] > data["next_run"])
    if days:
        draft.patch("task_scheduler", data["id"], {"next_run": days[0], "remaining_cycles": len(days)})
        return {"next_run": days[0]}
    draft.patch("invoice", invoice["id"], {"payment_schedule": []}, touch=False)
    draft.remove("task_scheduler", data["id"])
    return {"next_run": ""}
