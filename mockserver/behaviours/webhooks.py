"""Webhooks: which events there are, and calling one again (R-VAL-23, R-EP-38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item
from mockserver.behaviours.access import caller_of, require_create
from mockserver.behaviours.crud import entity_of, owner, record_of
from mockserver.behaviours.registry import hook, operation
from mockserver.behaviours.validation import invalid
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

EVENTS = frozenset(str(number) for number in range(1, 66))


@hook("webhook_input")
def webhook_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """The method is `post` unless it is sent; on an update what is not an event is left as it was."""
    body = request.body
    if body.get("rest_method") is None:
        body["rest_method"] = "post"
    if before and body.get("event_id") and str(body["event_id"]) not in EVENTS:
        body["event_id"] = before["event_id"]


@hook("webhook_check_event")
def webhook_check_event(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An event that there is not is refused, with a plain text as the body."""
    if data["event_id"] not in EVENTS:
        diagnosis = Diagnosis("/event_id", "R-VAL-23", data["event_id"], "a number from 1 to 65")
        raise Refused("bad_request", body="Invalid event", diagnoses=(diagnosis,))


@operation("webhook_retry")
def webhook_retry(draft: Draft, request: Request) -> Answer:
    """Answer the webhook once the record to send is found; this server calls nobody."""
    body = request.body
    missing = {
        name: [f"The {name.replace('_', ' ')} field is required."]
        for name in ("entity", "entity_id")
        if not body.get(name)
    }
    if missing:
        raise invalid(missing)
    if draft.get(str(body["entity"]), str(body["entity_id"])) is None:
        raise Refused("bad_request", "Record not found")
    return Item("webhook", record_of(request)["id"])


@operation("blank_stored")
def blank_stored(draft: Draft, request: Request) -> Answer:
    """A blank form that is stored at once and so has an id (R-EP-3)."""
    entity = entity_of(request)
    require_create(draft, entity)
    data = draft.blank(entity.name)
    made = {**owner(draft), "user_id": caller_of(draft).user_id}
    data |= {name: value for name, value in made.items() if name in data}
    return Item(entity.name, draft.put(entity.name, data)["id"])
