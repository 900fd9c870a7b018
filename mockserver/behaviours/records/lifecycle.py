"""Archive, restore and delete: two independent flags, all idempotent (R-LIFE-1..6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import action, run_hook
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

DELETED_MESSAGE = "Record is deleted and cannot be edited. Restore the record to enable editing"


@action("archive")
def archive(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Set archived_at; nothing on a row that is archived or deleted."""
    if not data["archived_at"]:
        draft.patch(entity.name, data["id"], {"archived_at": draft.now})
        draft.emit("archived", entity.name, data["id"])


@action("restore")
def restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Clear both flags; nothing on a live row. The entity's hook may keep the row deleted."""
    if not data["archived_at"] and not data.get("is_deleted"):
        return
    if "on_restore" in entity.store:
        run_hook("on_restore", draft, entity, data, request)
    else:
        draft.patch(entity.name, data["id"], live(entity))
    draft.emit("restored", entity.name, data["id"])


@action("delete")
def delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Mark as deleted, which archives too; nothing on a deleted row."""
    if data.get("is_deleted"):
        return
    run_hook("on_delete", draft, entity, data, request)
    gone = {"archived_at": data["archived_at"] or draft.now}
    draft.patch(entity.name, data["id"], {**gone, "is_deleted": True} if "is_deleted" in entity.stored else gone)
    draft.emit("deleted", entity.name, data["id"])


def live(entity: Entity) -> Data:
    """The flags of a live row."""
    return {"archived_at": 0, "is_deleted": False} if "is_deleted" in entity.stored else {"archived_at": 0}


def refuse_deleted(entity: Entity, data: Data) -> None:
    """Raise Refused when the row is deleted and the entity does not let such rows be edited (R-LIFE-4)."""
    if entity.edit_deleted == "refuse" and data.get("is_deleted"):
        diagnosis = Diagnosis(
            "path id", "R-LIFE-4", data["id"], "a record that is not deleted", "restore it with the bulk action"
        )
        raise Refused("deleted", DELETED_MESSAGE, diagnoses=(diagnosis,))
