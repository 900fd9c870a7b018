"""Task schedulers that are due: each runs its job and gets the day of its next run (R-EP-39).

A schedule without a frequency runs once; one that sends a record, or the last instalment, is gone afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.due import falls_due, reached, send_hour, works
from mockserver.behaviours.due.schedule_parts import ask_for_part
from mockserver.behaviours.mail.emails import reachable
from mockserver.behaviours.reports.collecting import send_report
from mockserver.behaviours.reports.statements import mail_statement
from mockserver.behaviours.sales.recurring_sending import mail
from mockserver.behaviours.sales.sending import send
from mockserver.behaviours.work.outstanding_tasks import invoice_tasks
from mockserver.derive.dates import advance
from mockserver.derive.moments import first_run, unix
from mockserver.derive.periods import period
from mockserver.derive.recurring import send_moment
from mockserver.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

    Job = Callable[[Draft, Data, str], dict[str, Any]]

SCHEDULES = (3600, 600)
"""Ten minutes past each hour."""


def email_statement(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """E-mail a statement to each client that the schedule is for and that has an address."""
    parameters = data["parameters"]
    told = []
    for client in wanted_clients(draft, parameters):
        if not any(each["email"].strip() for each in draft.find("client_contact", client["id"], "client_id")):
            continue
        if parameters.get("only_clients_with_invoices") and not draft.find("invoice", client["id"], "client_id"):
            continue
        mail_statement(draft, client, statement_days(draft, parameters), parameters)
        told.append(client["id"])
    return {"clients": told, **again(draft, data, day)}


def email_report(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """The report goes out to the user of the schedule; one that its parameters do not suit is told as refused."""
    name = str(data["parameters"].get("report_name") or "")
    told: dict[str, Any] = {"report_name": name}
    try:
        send_report(draft, name, data["parameters"])
    except Refused as refused:
        told["refused"] = refused.message
    return {**told, **again(draft, data, day)}


def statement_days(draft: Draft, parameters: Data) -> tuple[str, str]:
    """First and last day that a statement is about."""
    words = [str(parameters.get(name) or "") for name in ("date_range", "start_date", "end_date")]
    word, start, end = words
    return period(word, start, end, draft.today, draft.company["first_month_of_year"])


def outstanding_tasks(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """Invoice the work of each client that no invoice names yet."""
    made = []
    for client in wanted_clients(draft, data["parameters"]):
        invoice = invoice_tasks(draft, client, data["parameters"], day)
        if invoice is not None:
            if data["parameters"].get("auto_send"):
                mail(draft, draft.entity("invoice"), send(draft, draft.entity("invoice"), invoice))
            made.append(invoice["id"])
    return {"invoices": made, **again(draft, data, day)}


def email_record(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """E-mail one record, sent first when it is a draft; the schedule is gone then."""
    name, hashed = str(data["parameters"].get("entity") or ""), str(data["parameters"].get("entity_id") or "")
    record = draft.get(name, hashed) if name else None  # the rules let no other word pass
    mailed = record is not None and not record["is_deleted"] and reachable(draft, name, record)
    if mailed and record is not None:
        entity = draft.entity(name)
        mail(draft, entity, send(draft, entity, record) if record["status_id"] == "1" else record)
    draft.remove("task_scheduler", data["id"])
    return {"record": {"entity": name, "id": hashed}, "emailed": mailed, "next_run": ""}


JOBS: Mapping[str, Job] = {
    "email_statement": email_statement,
    "email_report": email_report,
    "email_record": email_record,
    "invoice_outstanding_tasks": outstanding_tasks,
    "payment_schedule": ask_for_part,
}
"""Template of a schedule -> what it does on a day; other templates do nothing."""


def wanted_clients(draft: Draft, parameters: Data) -> Iterator[Data]:
    """The live clients that a schedule names, or all of the company."""
    named = set(parameters.get("clients") or ())
    for record in tuple(draft.table("client").records(draft.company_row)):
        data = record.data
        if not data["is_deleted"] and not data["archived_at"] and (not named or data["id"] in named):
            yield data


def again(draft: Draft, data: Data, day: str) -> dict[str, Any]:
    """Plan the next run, a period after the day of this one; none without a frequency or after the last cycle."""
    cycles = data["remaining_cycles"]
    left = cycles - 1 if cycles > 0 else cycles
    following = "" if cycles == 1 else advance(day, str(data["frequency_id"]))
    draft.patch("task_scheduler", data["id"], {"next_run": following, "remaining_cycles": left})
    return {"next_run": following}


def schedule_moment(draft: Draft, data: Data, after: int) -> int | None:
    """Ten minutes past the hour of sending, on the day of the next run or as soon as possible after it."""
    if data["template"] not in JOBS or data["is_paused"] or not data["next_run"] or not works(draft, data):
        return None
    return first_run(SCHEDULES, max(unix(send_moment(data["next_run"], *send_hour(draft))), after + 1))


@falls_due("schedule", "task_scheduler", schedule_moment)
def run_schedule(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Run the job of a schedule."""
    day = reached(draft, data["next_run"])
    return {"template": data["template"], **JOBS[data["template"]](draft, data, day)}
