"""Technical events, which only the service writes, and whether planned jobs run (R-EP-47, R-EP-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.crud import list_records, message
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request


@operation("system_log_list")
def system_logs(draft: Draft, request: Request) -> Answer:
    """The events, for administrators; the refusal has a shape of its own."""
    if not caller_of(draft).admin:
        diagnosis = Diagnosis("header X-API-TOKEN", "R-EP-47", None, "a token of an admin")
        raise Refused("forbidden", body={"error": "Insufficient permissions"}, diagnoses=(diagnosis,))
    return list_records(draft, request)


@operation("system_log_refuse")
def refuse(draft: Draft, request: Request) -> Answer:
    """Nobody but the service writes system logs."""
    text = str(request.operation.facts["with"]["message"])
    diagnosis = Diagnosis("path", "R-EP-47", request.path, "GET /api/v1/system_logs")
    raise Refused("bad_request", text, body={"message": text, "errors": {}}, diagnoses=(diagnosis,))


@operation("scheduler_status")
def scheduler_status(draft: Draft, request: Request) -> Answer:
    """What an installation with a working cron job answers."""
    return message("Scheduler has run")
