"""Projects: their rate, and one invoice draft over what is not billed yet (R-VAL-16, 5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Unsaved
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import action, hook, rule, run_hook
from mockserver.behaviours.work.tasks import HOUR, usual_rate
from mockserver.derive import time_log
from mockserver.derive.line_items import PRODUCT, SERVICE, normalise
from mockserver.derive.money import number, round_half_up, to_decimal

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

Line = dict[str, Any]


@rule("projects_of_one_client")
def projects_of_one_client(context: Context, _: Any) -> str | None:
    """An invoice can only be drafted for projects that have one client."""
    if context.body.get("action") != "invoice" or not isinstance(context.value, list):
        return None
    found = [context.draft.get("project", each) for each in context.value if isinstance(each, str)]
    clients = {each["client_id"] for each in found if each is not None}
    return "All projects must have the same client." if len(clients) > 1 else None


@hook("project_prepare")
def prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """No rate below zero on a new project."""
    data["task_rate"] = max(data["task_rate"], 0)


@action("project_invoice")
def invoice(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """One draft that is not stored, over the open tasks and expenses of all listed projects."""
    listed = sorted({each for each in request.body["ids"] if draft.get(entity.name, str(each)) is not None})
    made = draft.blank("invoice")
    run_hook("on_blank", draft, draft.entity("invoice"), made, request)
    lines = [line for hashed in listed for line in (*task_lines(draft, hashed), *expense_lines(draft, hashed))]
    own = {"id": "", "user_id": caller_of(draft).user_id, "client_id": data["client_id"]}
    project = {"project_id": data["id"]} if len(listed) == 1 else {}
    return Unsaved("invoice", {**made, **own, **project, "line_items": normalise(lines)})


def task_lines(draft: Draft, project_id: str) -> list[Line]:
    """A line of hours for each task that is neither invoiced, running nor deleted and has billed time."""
    lines = []
    for task in draft.find("task", project_id, "project_id"):
        spent = time_log.seconds(time_log.entries(task["time_log"]), draft.now, only_billed=True)
        if task["is_deleted"] or task["invoice_id"] or task["is_running"] or not spent:
            continue
        hours = number(round_half_up(to_decimal(spent) / HOUR, 2))
        rate = task["rate"] if task["rate"] > 0 else usual_rate(draft, task)
        notes = {"notes": task["description"], "task_id": task["id"]}
        lines.append({"type_id": SERVICE, "quantity": hours, "cost": rate, **notes})
    return lines


def expense_lines(draft: Draft, project_id: str) -> list[Line]:
    """A line for each live expense that is to be invoiced, is not yet, and has no payment date."""
    return [
        {
            "type_id": PRODUCT,
            "quantity": 1,
            "cost": expense["amount"],
            "notes": expense["public_notes"],
            "expense_id": expense["id"],
            **{f"tax_{part}{n}": expense[f"tax_{part}{n}"] for n in (1, 2, 3) for part in ("name", "rate")},
        }
        for expense in draft.find("expense", project_id, "project_id")
        if expense["should_be_invoiced"]
        and not (expense["is_deleted"] or expense["invoice_id"] or expense["payment_date"])
    ]
