"""Webhooks: which events there are, and calling one again (R-VAL-23, R-EP-38)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mockserver.answer import Item
from mockserver.behaviours.core.access import caller_of, require_create
from mockserver.behaviours.core.registry import hook, operation
from mockserver.behaviours.core.validation import invalid, required
from mockserver.behaviours.records.crud import entity_of, owner, record_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

DELIVERED, NOT_DELIVERED = 41, 42
"""Events of the system log."""
WEBHOOKS, WEBHOOK = 3, 500
"""Category and type there."""
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
    """Send a record to the webhook once more."""
    body = request.body
    missing = required(body, "entity", "entity_id")
    if missing:
        raise invalid(missing)
    name = str(body["entity"])
    record = draft.get(name, str(body["entity_id"])) if name in draft.document.entities else None
    if record is None:
        wanted = f"the id of a stored {name}" if name in draft.document.entities else "an entity, such as invoice"
        diagnosis = Diagnosis("/entity, /entity_id", "R-WIRE-47", f"{name} {body['entity_id']}", wanted)
        raise Refused("bad_request", "Record not found", diagnoses=(diagnosis,))
    webhook = record_of(request)["id"]
    draft.emit("retried", name, record["id"], webhook=webhook)
    return Item("webhook", webhook)


def note_delivery(
    draft: Draft, webhook: str, name: str, hashed: str, outcome: Mapping[str, Any], *, gone: bool
) -> None:
    """Log what became of a delivery (R-SIDE-12); a receiver that is gone is called no more (R-SIDE-11)."""
    record, about = draft.get("webhook", webhook), draft.get(name, hashed)
    if record is None:
        return
    delivered = 200 <= int(outcome.get("status") or 0) < 300
    draft.put(
        "system_log",
        draft.blank("system_log")
        | {
            "company_id": record["company_id"],
            "user_id": record["user_id"],
            "client_id": client_of(name, about),
            "event_id": DELIVERED if delivered else NOT_DELIVERED,
            "category_id": WEBHOOKS,
            "type_id": WEBHOOK,
            "log": json.dumps(outcome, separators=(",", ":")),
        },
    )
    if gone and not record["archived_at"]:
        draft.patch("webhook", webhook, {"archived_at": draft.now})


def client_of(name: str, about: Data | None) -> str:
    """The client that an event is about; empty for none."""
    if about is None:
        return ""
    return str(about["id"] if name == "client" else about.get("client_id", ""))


@operation("blank_stored")
def blank_stored(draft: Draft, request: Request) -> Answer:
    """A blank form that is stored at once and so has an id (R-EP-3)."""
    entity = entity_of(request)
    require_create(draft, entity)
    data = draft.blank(entity.name)
    made = {**owner(draft), "user_id": caller_of(draft).user_id}
    data |= {name: value for name, value in made.items() if name in data}
    return Item(entity.name, draft.put(entity.name, data)["id"])
