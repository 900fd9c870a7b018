"""An invoice over the work of a client that was not invoiced yet: one line a task (R-EP-39, R-STAT-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.made_invoices import store_invoice
from mockserver.derive import time_log
from mockserver.derive.line_items import SERVICE
from mockserver.derive.money import number, round_half_up, to_decimal
from mockserver.derive.periods import period

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

HOUR = 3600


def invoice_tasks(draft: Draft, client: Data, parameters: Data, day: str) -> Data | None:
    """Store a draft over the open tasks of a client; None when there are none."""
    lines = [line_of(draft, task) for task in open_tasks(draft, client, parameters, day)]
    return store_invoice(draft, client, lines, day) if lines else None


def open_tasks(draft: Draft, client: Data, parameters: Data, day: str) -> list[Data]:
    """Finished tasks of the period that no invoice names, in row order."""
    word = str(parameters.get("date_range") or "all_time")
    start, end = str(parameters.get("start_date") or ""), str(parameters.get("end_date") or "")
    first, last = period("all_time" if word == "all" else word, start, end, day)
    return [
        task
        for task in draft.find("task", client["id"], "client_id")
        if not (task["invoice_id"] or task["is_deleted"] or task["archived_at"] or task["is_running"])
        and (parameters.get("include_project_tasks") or not task["project_id"])
        and first <= task["date"] <= last
    ]


def line_of(draft: Draft, task: Data) -> dict[str, Any]:
    """The billed hours of a task at its rate."""
    seconds = time_log.seconds(time_log.entries(task["time_log"]), draft.now, only_billed=True)
    hours = round_half_up(to_decimal(seconds) / HOUR, 2)
    notes = task["description"]
    return {"type_id": SERVICE, "quantity": number(hours), "cost": task["rate"], "notes": notes, "task_id": task["id"]}
