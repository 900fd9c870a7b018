"""Planning of reminders: the moment of the next one is kept with each open bill (5.12). Nothing is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.core.due import send_hour
from mockserver.derive.recurring import send_moment
from mockserver.derive.reminders import next_reminder
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def plan_reminder(draft: Draft, entity: Entity, hashed: str) -> Data | None:
    """Keep when the bill reminds next; one that is not open does not remind. Gives its data when that has changed."""
    data = draft.get(entity.name, hashed)
    if data is None or not bill_of(entity).reminds:
        return None
    moment = ""
    if data["status_id"] in (SENT, PARTIAL) and not data["is_deleted"]:
        settings = draft.context_of(data)["settings"]
        day = next_reminder(entity.name, data, settings, draft.today)
        moment = send_moment(day, *send_hour(draft, draft.get("client", data["client_id"]))) if day else ""
    if moment == data["next_send_date"]:
        return None
    return draft.patch(entity.name, hashed, {"next_send_date": moment}, touch=False)
