"""The standard operations of every entity; what is special to one comes in through its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Empty, Item, Items, Plain, Unsaved
from mockserver.behaviours.core.access import caller_of, require_create, visible
from mockserver.behaviours.core.guards import refuse_repeat
from mockserver.behaviours.core.registry import ACTIONS, operation, run_hook
from mockserver.behaviours.core.validation import validate
from mockserver.behaviours.core.writing import written
from mockserver.behaviours.records.documents import attach
from mockserver.behaviours.records.lifecycle import archive, delete, refuse_deleted
from mockserver.behaviours.records.numbering import assign_number
from mockserver.store.listing import select
from mockserver.store.query import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

PAGING = frozenset({"page", "per_page", "include", "index", "serializer", "include_static"})


def entity_of(request: Request) -> Entity:
    """The entity of an operation that has one."""
    entity = request.operation.entity
    assert entity is not None
    return entity


def record_of(request: Request) -> Data:
    """Data of the record that `locate` found."""
    assert request.record is not None
    return request.record.data


@operation("list")
def list_records(draft: Draft, request: Request) -> Answer:
    """A page of the company's records, filtered and sorted; the rows are remembered until the next write."""
    entity = entity_of(request)
    return Items(entity.name, rows_of(draft, entity, request.query))


def rows_of(draft: Draft, entity: Entity, parameters: Any) -> Sequence[int]:
    """Row numbers of a list, from memory when nothing was written since."""
    caller = caller_of(draft)
    restrict = visible(draft, entity)
    asked = tuple(sorted((name, text) for name, text in parameters.items() if name not in PAGING))
    key = (entity.name, caller.company, caller.user_id if restrict else "", draft.today, asked, draft.state.version)
    rows: Sequence[int] | None = draft.world.memo.get(key)
    if rows is None:
        scope = Scope(entity, draft.document, draft.state, caller.company, draft.today)
        rows = select(scope, parameters, restrict)
        draft.world.remember(key, rows)
    return rows


@operation("show")
@operation("edit")
def show(draft: Draft, request: Request) -> Answer:
    """The record, archived and deleted ones too (R-LIFE-3)."""
    return Item(entity_of(request).name, record_of(request)["id"])


@operation("blank")
def blank(draft: Draft, request: Request) -> Answer:
    """An unsaved record with the defaults (R-EP-2)."""
    entity = entity_of(request)
    require_create(draft, entity)
    data = draft.blank(entity.name)
    data["user_id"] = caller_of(draft).user_id
    run_hook("on_blank", draft, entity, data, request)
    return Unsaved(entity.name, {**data, "id": ""})


@operation("create")
def create(draft: Draft, request: Request) -> Answer:
    """Validate, fill defaults, number, store, then run the entity's steps and the triggered actions (R-SIDE-16)."""
    entity = entity_of(request)
    require_create(draft, entity)
    steps = entity.store
    if "before_rules" in steps:
        run_hook("before_rules", draft, entity, {}, request)
    validate(draft, entity, "create", request)
    data = draft.blank(entity.name)
    for name, value in owner(draft).items():
        if name in data:
            data[name] = value
    data.update(written(entity, "create", request.body))
    if "before_create" in steps:
        run_hook("before_create", draft, entity, data, request)
    if entity.number is not None:
        assign_number(draft, entity, data)
    data = draft.put(entity.name, data)
    if "after_save" in steps:
        run_hook("after_save", draft, entity, data, request)
    if request.files:
        attach(draft, entity, data["id"], request)
    if entity.triggers:
        trigger(draft, entity, data["id"], request)
    draft.emit("created", entity.name, data["id"])
    return Item(entity.name, data["id"])


def owner(draft: Draft) -> dict[str, Any]:
    """Links of a new record to those who make it."""
    caller = caller_of(draft)
    return {"user_id": caller.user_id, "company_id": caller.company_id}


@operation("update")
def update(draft: Draft, request: Request) -> Answer:
    """Change what was sent and nothing else (R-LIFE-4, R-VAL-26)."""
    entity, before = entity_of(request), record_of(request)
    refuse_deleted(entity, before)
    filled = entity.facts.get("fill", {}).get("update", {})
    request.body.update({name: value for name, value in filled.items() if request.body.get(name) is None})
    if "x-react" in request.headers:  # the web app's editor breaks lines by tags
        one_line = [name for name in entity.facts.get("one_line", ()) if isinstance(request.body.get(name), str)]
        request.body.update({name: request.body[name].replace("\n", "") for name in one_line})
    run_hook("before_rules", draft, entity, before, request)
    validate(draft, entity, "update", request, before)
    data = {**before, **written(entity, "update", request.body)}
    run_hook("before_update", draft, entity, data, request)
    draft.patch(entity.name, data["id"], {name: value for name, value in data.items() if before[name] is not value})
    run_hook("after_save", draft, entity, data, request)
    trigger(draft, entity, data["id"], request)
    draft.emit("updated", entity.name, data["id"])
    return Item(entity.name, data["id"])


@operation("delete")
def destroy(draft: Draft, request: Request) -> Answer:
    """Delete, or only archive where the service does just that (R-LIFE-6..8)."""
    entity, data = entity_of(request), record_of(request)
    refuse_repeat(draft, entity, "delete", (data["id"],))
    if entity.delete == "archive":
        archive(draft, entity, data, request)
    else:
        delete(draft, entity, data, request)
    return Item(entity.name, data["id"])


@operation("upload")
def upload(draft: Draft, request: Request) -> Answer:
    """Attach files to the record; without a file nothing changes (R-EP-5)."""
    entity, data = entity_of(request), record_of(request)
    attach(draft, entity, data["id"], request)
    return Item(entity.name, data["id"])


@operation("empty_answer")
def empty_answer(draft: Draft, request: Request) -> Answer:
    """A route that takes the call and answers nothing."""
    return Empty()


def trigger(draft: Draft, entity: Entity, hashed: str, request: Request) -> None:
    """Run the actions that query or body flags ask for, in the order of the facts (R-TRIG-1, R-TRIG-2)."""
    body, query = request.body, request.query
    for flag, name in entity.triggers.items():
        if (flag not in body and flag not in query) or request.input(flag) in (None, ""):
            continue
        if request.flag(flag) or name in VALUED:
            data = draft.get(entity.name, hashed)
            assert data is not None
            ACTIONS[name](draft, entity, data, request)


VALUED = frozenset({"amount_paid", "keep_redirect"})
"""Triggered actions that take a value instead of the word true."""


def message(text: str) -> Plain:
    """The usual `{"message": ...}`."""
    return Plain({"message": text})
