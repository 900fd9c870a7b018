"""One action on many records, and on one by GET (R-BULK-*, R-EP-7..9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids as hashed_ids
from mockserver.answer import Empty, Item, Items
from mockserver.behaviours.core.access import caller_of, may_touch, require_admin
from mockserver.behaviours.core.guards import refuse_repeat
from mockserver.behaviours.core.registry import ACTIONS, operation
from mockserver.behaviours.core.validation import invalid, validate
from mockserver.behaviours.records.crud import entity_of, message, record_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Record


@operation("bulk")
def bulk(draft: Draft, request: Request) -> Answer:
    """Run the action on each listed record that the caller may edit; answer the records after it, in id order."""
    entity = entity_of(request)
    if entity.facts.get("bulk_needs"):
        require_admin(draft, entity.facts["bulk_needs"])
    name = str(request.input("action") or "")
    sent = request.input("ids")
    listed = sent if isinstance(sent, list) else []
    request.body = {**request.body, "action": request.input("action"), "ids": sent}
    validate(draft, entity, "bulk", request)
    function = entity.bulk.get(name)
    if function is None and entity.bulk_unknown != "ignore":
        wanted = ", ".join(entity.bulk)
        diagnosis = Diagnosis("/action", "in", name, f"one of {wanted}")
        text = "The selected action is invalid." if name else "The action field is required."
        raise invalid({"action": [text]}, (diagnosis,))
    if not isinstance(sent, list):  # refused by rules of most entities (R-BULK-2), an error of the service elsewhere
        text = "The ids field is required." if sent is None else "The ids must be an array."
        raise invalid({"ids": [text]}, (Diagnosis("/ids", "array", sent, "a list of hashed ids"),))
    refuse_repeat(draft, entity, "bulk", (name,), rows=len(listed))
    refuse_without_permission(draft, entity, name)
    records = found(draft, entity, listed)
    if not records:
        return message(entity.bulk_none) if entity.bulk_none else Items(entity.name, [])
    if entity.facts.get("caller") and any(record.row == caller_of(draft).user.row for record in records):
        diagnosis = Diagnosis("/ids", "caller", caller_of(draft).user_id, "ids of other users than the caller")
        raise Refused("unauthorized", "This action is unauthorized.", diagnoses=(diagnosis,))
    answer: Answer | None = None
    if function is not None:
        for record in records:
            current = draft.table(entity.name).get(record.row)
            if current is None or not may_touch(draft, entity, current, "edit"):
                continue
            made = ACTIONS[function](draft, entity, current.data, request)
            answer = made if answer is None else answer
    return answer if answer is not None else Items(entity.name, [record.row for record in records])


def refuse_without_permission(draft: Draft, entity: Entity, name: str) -> None:
    """Raise Refused for an action that needs a further permission (R-BULK-7)."""
    refuse_emails(draft, name)
    wanted = entity.facts.get("bulk_permission", {}).get(name)
    if wanted is None:
        return
    verb, _, permission = wanted.partition("_")
    if not caller_of(draft).may(verb, permission):
        raise invalid({"ids": ["You do not have permission to perform this action."]})


def refuse_emails(draft: Draft, name: str) -> None:
    """Raise Refused for an action that sends mail, when that is off for the caller (5.12)."""
    if ("email" in name or name == "send_now") and "disable_emails" in caller_of(draft).held:
        diagnosis = Diagnosis("/action", "disable_emails", name, "a user without the permission disable_emails")
        raise Refused("bad_request", "E-mails are switched off for this user.", diagnoses=(diagnosis,))


def found(draft: Draft, entity: Entity, listed: list[object]) -> list[Record]:
    """Records of the ids that the caller's company reaches, in id order; other ids are left out."""
    table = draft.table(entity.name)
    rows = sorted({row for each in listed if isinstance(each, str) and (row := hashed_ids.decode(each)) is not None})
    records = [record for row in rows if (record := table.get(row)) is not None]
    return [record for record in records if (record.company or entity.through) and draft.reaches(entity, record)]


@operation("action")
def single_action(draft: Draft, request: Request) -> Answer:
    """GET /{resource}/{id}/{action}: the action on one record; an unknown one is refused (R-EP-7)."""
    entity, data = entity_of(request), record_of(request)
    name = request.parameters["action"]
    function = entity.actions.get(name)
    if function is None:
        diagnosis = Diagnosis("path action", "R-EP-7", name, f"one of {', '.join(entity.actions)}")
        raise Refused("bad_request", f"The requested action `{name}` is not available.", diagnoses=(diagnosis,))
    refuse_emails(draft, name)
    request.body = {**request.body, "action": name}
    answer = ACTIONS[function](draft, entity, data, request)
    if name in entity.facts.get("action_empty", ()):
        return Empty()
    if name in entity.facts.get("action_messages", {}):
        return message(entity.facts["action_messages"][name])
    return answer if answer is not None else Item(entity.name, data["id"])
