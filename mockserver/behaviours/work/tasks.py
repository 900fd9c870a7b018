"""Tasks: their log and timer, rate and status, and the hours of their project (R-VAL-17, R-VAL-18, R-STAT-40..45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import action, hook, operation, rule
from mockserver.behaviours.core.writing import stored_value
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.records.lifecycle import live
from mockserver.behaviours.records.numbering import assign_number
from mockserver.derive import time_log
from mockserver.derive.dates import unix_to_date
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

LOCKED = "Insufficient permissions, or task may be locked"
TIMER = ("start", "stop")
HOUR = 3600


@rule("time_log")
def good_log(context: Context, _: Any) -> str | None:
    """A readable log whose entries follow each other."""
    return time_log.problem(context.value) or None


@hook("task_input")
def task_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """A locked task refuses; a project brings its client; plain numbers are no links (R-STAT-45, R-WIRE-48)."""
    body = request.body
    if before and before["invoice_id"] and draft.company["invoice_task_lock"]:
        wanted = "a task without an invoice, or a company that does not lock invoiced tasks"
        raise Refused("unauthorized", LOCKED, diagnoses=(Diagnosis("path id", "R-STAT-45", before["id"], wanted),))
    if before and timed(request):
        body.clear()
        return
    for field in [each for each in request.errors if each.partition(".")[0] == "time_log"]:
        del request.errors[field]
    if str(body.get("client_id") or "").isdigit():
        body.pop("client_id")
    sent = body.get("project_id")
    project = draft.get("project", sent) if isinstance(sent, str) else None
    if sent is not None and project is None:
        body.pop("project_id")
    elif project is not None:
        body["client_id"] = project["client_id"]


def timed(request: Request) -> bool:
    """Whether the query works the timer: an update then leaves everything else alone (5.12)."""
    return any(request.query.get(name) == "true" for name in TIMER)


@hook("task_prepare")
def prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new task: first status, rate of project or client, log with all members."""
    data["hash"] = str(request.body.get("hash") or "")
    data["status_id"] = data["status_id"] or first_status(draft)
    if data["rate"] <= 0:
        data["rate"] = usual_rate(draft, data)
    data.update(logged(draft, data, time_log.entries(data["time_log"])))


@hook("task_revise")
def revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Without a log the log is emptied, without a number the next one is drawn (R-VAL-18, R-NUM-11)."""
    if timed(request):
        return
    body = request.body
    if body.get("hash") is not None:
        data["hash"] = str(body["hash"])
    data.update(logged(draft, data, time_log.entries(body.get("time_log"))))
    if not body.get("number"):
        data["number"] = ""
        assign_number(draft, entity, data)


@hook("task_save")
def save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The timer words of the input, then the hours of the project, also of the one that the task has left."""
    word = request.input("action")
    if word in ("start", "resume"):
        start(draft, entity, data, request)
    elif word == "stop":
        stop(draft, entity, data, request)
    if request.record is not None and request.record.data["project_id"] != data["project_id"]:
        count_hours(draft, request.record.data["project_id"])
    count_hours(draft, data["project_id"])


def first_status(draft: Draft, but: str = "") -> str:
    """Id of the first live task status of the company, "" when there is none."""
    rows = draft.table("task_status").records(draft.company_row)
    return next((str(each.data["id"]) for each in rows if not each.data["archived_at"] and each.data["id"] != but), "")


def usual_rate(draft: Draft, data: Data) -> Any:
    """Hourly rate of the project when it has one, else of the client, its group or the company."""
    project = draft.get("project", data["project_id"])
    if project is not None and project["task_rate"] > 0:
        return project["task_rate"]
    return draft.setting("default_task_rate", draft.get("client", data["client_id"])) or 0


def logged(draft: Draft, data: Data, rows: list[time_log.Entry]) -> Data:
    """The fields that follow from a log: rounded entries, first day, whether it runs."""
    client = draft.get("client", data["client_id"])
    step = int(draft.setting("task_round_to_nearest", client) or 0)
    rows = time_log.rounded(rows, step, up=bool(draft.setting("task_round_up", client)))
    first = unix_to_date(rows[0][0], draft.zone) if rows else ""
    return {"time_log": time_log.as_json(rows), "is_running": time_log.is_running(rows), "date": first}


@action("task_start")
def start(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Start the timer of a task that is not invoiced."""
    if not data["invoice_id"]:
        work(draft, entity, data, time_log.started(time_log.entries(data["time_log"]), draft.now))


@action("task_stop")
def stop(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Stop the timer; nothing when it does not run."""
    work(draft, entity, data, time_log.stopped(time_log.entries(data["time_log"]), draft.now))


def work(draft: Draft, entity: Entity, data: Data, rows: list[time_log.Entry]) -> None:
    """Store a log and count the hours of the project."""
    draft.patch(entity.name, data["id"], logged(draft, data, rows))
    count_hours(draft, data["project_id"])


@action("task_bulk_update")
def bulk_update(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: write one link of tasks that are not invoiced; project and client keep each other in step (5.12)."""
    if data["invoice_id"]:
        return
    column = str(request.input("column"))
    changes = {column: stored_value(entity.fields[column], request.input("new_value"))}
    if column == "project_id":
        project = draft.get("project", changes[column])
        changes = {column: project["id"], "client_id": project["client_id"]} if project is not None else {column: ""}
    elif column == "client_id":
        changes["project_id"] = ""
    draft.patch(entity.name, data["id"], changes)
    for hashed in {data["project_id"], changes.get("project_id", data["project_id"])}:
        count_hours(draft, hashed)


@hook("task_delete")
def delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A deleted task does not count for its project any more (R-LIFE-22)."""
    count_hours(draft, data["project_id"], but=data["id"])


@hook("task_restore")
def restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A restored task counts again."""
    draft.patch(entity.name, data["id"], live(entity))
    count_hours(draft, data["project_id"])


def count_hours(draft: Draft, hashed: str, but: str = "") -> None:
    """Bring current_hours of the project in line with the logs of its tasks, archived ones too (R-STAT-43)."""
    project = draft.get("project", hashed)
    if project is None:
        return
    spent = sum(
        time_log.seconds(time_log.entries(task["time_log"]), draft.now)
        for task in draft.find("task", hashed, "project_id")
        if not task["is_deleted"] and task["id"] != but
    )
    hours = (2 * spent + HOUR) // (2 * HOUR)
    if hours != project["current_hours"]:
        draft.patch("project", hashed, {"current_hours": hours})


@operation("task_sort")
def sort(draft: Draft, request: Request) -> Answer:
    """Store the order of the columns and of the tasks in them (R-EP-25)."""
    for place, hashed in enumerate(request.body.get("status_ids") or ()):
        if draft.get("task_status", str(hashed)) is not None:
            draft.patch("task_status", str(hashed), {"status_order": place})
    columns = request.body.get("task_ids")
    for status, listed in (columns if isinstance(columns, dict) else {}).items():
        if draft.get("task_status", status) is None:
            continue
        for place, hashed in enumerate(listed or ()):
            if draft.get("task", str(hashed)) is not None:
                draft.patch("task", str(hashed), {"status_id": status, "status_order": place})
    return message("Ok")
