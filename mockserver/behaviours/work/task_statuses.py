"""Task statuses: the four of a new company, and where tasks go when one is taken away (R-EP-28, R-LIFE-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import action, hook
from mockserver.behaviours.records.lifecycle import archive
from mockserver.behaviours.work.tasks import first_status

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

USUAL = ("Backlog", "Ready to do", "In progress", "Done")
COLOR = "#fff"


def usual_statuses(draft: Draft, company: int, user_id: str) -> None:
    """Put the task statuses of a new company, in the order of the board."""
    for place, name in enumerate(USUAL, 1):
        data = draft.blank("task_status")
        data |= {"name": name, "color": COLOR, "status_order": place, "user_id": user_id}
        draft.put("task_status", data, company=company)


@hook("task_status_release")
def release(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Move the tasks of a status that goes to the first one that stays."""
    status = first_status(draft, but=data["id"])
    for task in draft.find("task", data["id"], "status_id") if status else ():
        draft.patch("task", task["id"], {"status_id": status})


@action("task_status_archive")
def archive_status(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Archive a status once its tasks have moved."""
    if not data["archived_at"]:
        release(draft, entity, data, request)
    archive(draft, entity, data, request)
