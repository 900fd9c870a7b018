"""The event log as people read it, and notes in it (R-EP-45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Item, Items, Plain
from mockserver.behaviours.core.access import caller_of, may_touch, unauthorized
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.records.activities import LINKED, entry_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data, Record

ROWS = 75
NOTE = "141"
NAMED = {
    "user": "user",
    "client": "client",
    "contact": "client_contact",
    "invoice": "invoice",
    "quote": "quote",
    "credit": "credit",
    "payment": "payment",
    "recurring_invoice": "recurring_invoice",
    "recurring_expense": "recurring_expense",
    "expense": "expense",
    "task": "task",
    "project": "project",
    "purchase_order": "purchase_order",
    "vendor": "vendor",
    "vendor_contact": "vendor_contact",
    "subscription": "subscription",
}
"""Key of a readable row -> entity that `KEY_id` of the entry leads to."""


def entries(draft: Draft, field: str = "", value: str = "") -> list[int]:
    """Rows of the entries that the caller may see, the newest first; with `field` those in which it holds the value."""
    caller, table, company = caller_of(draft), draft.table("activity"), draft.company_row
    wanted = {field: value} if field else {}
    if not caller.admin:
        if wanted.get("user_id", caller.user_id) != caller.user_id:
            return []
        wanted["user_id"] = caller.user_id
    if not wanted:
        return list(table.rows(company))[::-1]
    held = tuple(wanted.values())
    return table.scan(company, tuple(wanted), lambda *values: values == held)[::-1]


@operation("activity_list")
def activities(draft: Draft, request: Request) -> Answer:
    """A page of entries, or with reactv2 the readable rows of the newest."""
    found = entries(draft)
    if "reactv2" in request.query:
        return readable(draft, found, request)
    return Items("activity", found)


@operation("activity_entity")
def entity_activities(draft: Draft, request: Request) -> Answer:
    """Readable rows about one record."""
    record = named_record(draft, request, str(request.body.get("entity") or ""))
    field = f"{request.body['entity']}_id"
    return readable(draft, entries(draft, field, record.data["id"]), request)


@operation("activity_note")
def note(draft: Draft, request: Request) -> Answer:
    """Store a note on a record that the caller may see."""
    resource = str(request.body.get("entity") or "")
    entity = draft.document.resources.get(resource)
    record = named_record(draft, request, entity.name if entity is not None else "", "notes")
    assert entity is not None
    if not may_touch(draft, entity, record, "view"):
        raise unauthorized("R-AUTH-30", f"view_{entity.permission} or view_all, or an own record")
    entry = entry_of(draft, request.remote)
    entry |= {name: record.data[name] for name in LINKED if name in record.data}
    entry |= {"activity_type_id": NOTE, "notes": request.body["notes"]}
    if f"{entity.name}_id" in entry:
        entry[f"{entity.name}_id"] = record.data["id"]
    return Item("activity", draft.put("activity", entry)["id"])


@operation("activity_download")
def download(draft: Draft, request: Request) -> Answer:
    """Copies of past documents are not kept, so there is never one to give."""
    diagnosis = Diagnosis("path id", "R-EP-45", request.parameters["id"], "an event with a backup")
    raise Refused("route", "No backup exists for this activity", diagnoses=(diagnosis,))


def named_record(draft: Draft, request: Request, name: str, *more: str) -> Record:
    """The company's record that `entity` and `entity_id` of the body name; raises Refused with all messages."""
    body = request.body
    errors = {
        field: [f"The {field.replace('_', ' ')} field is required."]
        for field in ("entity", "entity_id", *more)
        if body.get(field) in (None, "")
    }
    known = name in draft.document.entities
    record = draft.record(name, str(body.get("entity_id") or "")) if known else None
    if record is None or record.company != draft.company_row:
        errors.setdefault("entity_id", ["The selected entity id is invalid."])
    if errors:
        raise invalid(errors)
    assert record is not None
    return record


def readable(draft: Draft, found: list[int], request: Request) -> Plain:
    """The newest entries as rows; `rows` says how many."""
    asked = str(request.input("rows") or "")
    most = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else ROWS
    return Plain({"data": [row_of(draft, record) for record in draft.table("activity").some(found[:most])]})


def row_of(draft: Draft, record: Record) -> dict[str, Any]:
    """One entry with a label for each record that it names."""
    data = record.data
    row = {
        "activity_type_id": int(data["activity_type_id"]),
        "id": record.row,
        "hashed_id": data["id"],
        "notes": data["notes"],
        "created_at": data["created_at"],
        "ip": data["ip"],
    }
    for key, name in NAMED.items():
        named = draft.record(name, data[f"{key}_id"]) if data[f"{key}_id"] else None
        if named is not None:
            row[key] = {"label": label(draft, name, named.data), "hashed_id": named.data["id"]}
    return row


def label(draft: Draft, name: str, data: Data) -> str:
    """What people call a record: its name or number, else the person behind it."""
    own = str(data.get("name") or data.get("number") or "")
    if own or name not in ("client", "vendor", "user", "client_contact", "vendor_contact"):
        return own
    contacts = draft.find(f"{name}_contact", data["id"], f"{name}_id") if name in ("client", "vendor") else [data]
    person = next(iter(contacts), {})
    full = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
    return full or str(person.get("email", "")).strip()
