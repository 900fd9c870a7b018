"""Planned jobs: what each job keeps of its parameters, names and cycles (R-VAL-24, R-EP-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import hook, operation, rule
from mockserver.behaviours.records.bulk import bulk
from mockserver.behaviours.records.lifecycle import live
from mockserver.derive.dates import parse_date
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

FORMS: Mapping[str, str] = {
    "email_statement": "StatementSchedule",
    "email_record": "RecordSchedule",
    "email_report": "ReportSchedule",
    "invoice_outstanding_tasks": "OutstandingTasksSchedule",
    "payment_schedule": "PaymentScheduleParameters",
}
"""Job -> schema of its parameters; other words keep what statements know."""
PAYMENTS = "payment_schedule"


@rule("no_schedule_yet")
def no_schedule_yet(context: Context, _: Any) -> str | None:
    """An invoice that has no payment schedule so far."""
    invoice = context.draft.get("invoice", context.value)
    planned = invoice is not None and invoice["payment_schedule"]
    return "The invoice already has a payment schedule." if planned else None


@hook("task_scheduler_input")
def scheduler_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """No frequency means once, no clients means all; the invoice of a payment schedule stays what it was."""
    body = request.body
    if body.get("frequency_id") is None and not before:
        body["frequency_id"] = "0"
    sent = body.get("parameters")
    if before and sent is None:
        sent = before["parameters"] or {}
    if isinstance(sent, dict) or sent is None:
        parameters = {**(sent or {})}
        if parameters.get("clients") is None:
            parameters["clients"] = []
        if before:
            parameters.pop("invoice_id", None)
        body["parameters"] = parameters


@hook("task_scheduler_blank")
def blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form runs today (R-EP-2)."""
    data["next_run"] = draft.today


@hook("task_scheduler_prepare")
def prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A schedule without a name takes that of its job."""
    keep(draft, data, {})
    if not data["name"]:
        data["name"] = named(draft, data)


@hook("task_scheduler_revise")
def revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The parameters replace the stored ones, but for the invoice."""
    assert request.record is not None
    stored = request.record.data["parameters"] or {}
    keep(draft, data, {"invoice_id": stored["invoice_id"]} if "invoice_id" in stored else {})


def keep(draft: Draft, data: Data, more: dict[str, Any]) -> None:
    """Reduce the parameters to what the job knows; a payment schedule has as many runs as parts."""
    form = draft.document.schemas[FORMS.get(data["template"], "StatementSchedule")]
    sent = {**data["parameters"], **more}
    data["parameters"] = {
        name: value for name, value in sent.items() if name in form["properties"] and value is not None
    }
    if data["template"] == PAYMENTS:
        parts = [part_of(place, each) for place, each in enumerate(sent.get("schedule") or (), 1)]
        data["parameters"]["schedule"] = parts
        data["remaining_cycles"] = len(parts)
    for name in ("start_date", "end_date"):
        if name in data["parameters"]:
            data["parameters"][name] = parse_date(str(data["parameters"][name])) or ""


def part_of(place: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """An instalment with all its members."""
    date = parse_date(str(sent.get("date") or "")) or ""
    own = {"id": sent.get("id") or place, "amount": sent.get("amount") or 0}
    return {**own, "date": date, "is_amount": bool(sent.get("is_amount"))}


def named(draft: Draft, data: Data) -> str:
    """Name of a schedule after its job, such as Email Statement."""
    invoice = draft.get("invoice", str(data["parameters"].get("invoice_id") or ""))
    if data["template"] == PAYMENTS and invoice is not None:
        return f"Payment Schedule for Invoice #{invoice['number']}"
    return str(data["template"]).replace("_", " ").title()


@hook("task_scheduler_save")
def save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The invoice shows the parts of its payment schedule."""
    show_on_invoice(draft, data, data["parameters"].get("schedule") or [])


@hook("task_scheduler_delete")
def delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The invoice of a payment schedule that goes has none any more."""
    show_on_invoice(draft, data, [])


@hook("task_scheduler_restore")
def restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A payment schedule that comes back shows on its invoice again."""
    draft.patch(entity.name, data["id"], live(entity))
    save(draft, entity, data, request)


def show_on_invoice(draft: Draft, data: Data, parts: list[Data]) -> None:
    """Keep the parts with the invoice of a payment schedule; other jobs have none."""
    parameters = data["parameters"] or {}
    invoice = draft.get("invoice", str(parameters.get("invoice_id") or ""))
    if data["template"] == PAYMENTS and invoice is not None:
        shown = [{**part, "auto_bill": bool(parameters.get("auto_bill"))} for part in parts]
        draft.patch("invoice", invoice["id"], {"payment_schedule": shown}, touch=False)


def plan_payments(draft: Draft, invoice: Data, parts: list[Data], next_run: str, frequency_id: str) -> None:
    """Make the payment schedule of an invoice, in place of the one that it has."""
    forget_payments(draft, invoice)
    auto_bill = any(part["auto_bill"] for part in parts)
    kept = [{name: part[name] for name in ("id", "date", "amount", "is_amount")} for part in parts]
    data = draft.blank("task_scheduler")
    data |= {
        "template": PAYMENTS,
        "next_run": next_run,
        "frequency_id": frequency_id,
        "remaining_cycles": len(parts),
        "parameters": {"clients": [], "invoice_id": invoice["id"], "auto_bill": auto_bill, "schedule": kept},
        "user_id": caller_of(draft).user_id,
    }
    data["name"] = named(draft, data)
    draft.put("task_scheduler", data)


def forget_payments(draft: Draft, invoice: Data) -> None:
    """Take the payment schedule of an invoice out for good."""
    for record in tuple(draft.table("task_scheduler").records(draft.company_row)):
        data = record.data
        if data["template"] == PAYMENTS and data["parameters"].get("invoice_id") == invoice["id"]:
            draft.remove("task_scheduler", data["id"])


@operation("task_scheduler_bulk")
def bulk_schedules(draft: Draft, request: Request) -> Answer:
    """As everywhere, but an unknown action is refused with 400 (R-BULK-3)."""
    assert request.operation.entity is not None
    known = request.operation.entity.bulk
    name = str(request.input("action") or "")
    if name not in known:
        diagnosis = Diagnosis("/action", "R-BULK-3", name, f"one of {', '.join(known)}")
        raise Refused("bad_request", "Bulk action does not exist", diagnoses=(diagnosis,))
    return bulk(draft, request)
