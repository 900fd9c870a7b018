"""Clients: codes to ids, settings, contacts, and the operations that only clients have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.answer import Item, Items, Plain
from mockserver.behaviours.core.registry import action, hook, operation, rule
from mockserver.behaviours.core.settings import cast_settings, check_settings
from mockserver.behaviours.core.writing import stored_value
from mockserver.behaviours.people.purging import purge as forget_for_good
from mockserver.behaviours.records.activities import entry_of
from mockserver.behaviours.records.crud import message, record_of
from mockserver.derive.money import parse_number

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

TAGS = re.compile(r"<[^>]*>")
OWNED = (
    "invoice", "quote", "credit", "recurring_invoice", "recurring_quote", "payment", "expense", "recurring_expense",
    "project", "task", "location", "activity", "client_gateway_token", "company_ledger", "system_log",
)  # fmt: skip
"""Entities that belong to a client by client_id and follow it in a purge or merge."""
PURGED = "153"
"""Activity type of a purge; the client is gone, so the notes name it."""


@hook("client_input")
def client_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Codes become ids, tags leave the name, settings get a currency (R-VAL-11, R-VAL-12)."""
    body = request.body
    statics = draft.document.statics
    if isinstance(body.get("name"), str):
        body["name"] = TAGS.sub("", body["name"])
    for code, field in (("country_code", "country_id"), ("shipping_country_code", "shipping_country_id")):
        if isinstance(body.get(code), str):
            body[field] = statics.country(body[code]) or home(draft)
    settings = body.get("settings")
    if isinstance(settings, dict) or not before:
        settings = dict(settings) if isinstance(settings, dict) else {}
        currency = statics.currency(body["currency_code"]) if isinstance(body.get("currency_code"), str) else ""
        if currency or not settings.get("currency_id"):
            own = before["settings"].get("currency_id") if before else ""
            settings["currency_id"] = currency or own or str(draft.company["settings"].get("currency_id", "1"))
        if isinstance(body.get("language_code"), str) and (language := statics.language(body["language_code"])):
            settings["language_id"] = language
        if settings.get("default_task_rate") is not None:
            settings["default_task_rate"] = parse_number(settings["default_task_rate"])
            request.errors.pop("settings.default_task_rate", None)
        if not before:
            settings.pop("translations", None)
        body["settings"] = settings
        check_settings(draft, settings, request)
    if body.get("contacts") is not None and not isinstance(body["contacts"], list):
        request.errors.setdefault("contacts", ["The contacts must be an array."])


@hook("client_prepare")
def client_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new client: its hash, and settings in the service's order."""
    data["client_hash"] = draft.text("client", "client_hash", 40)
    data["settings"] = client_settings(draft, data["settings"])
    data["country_id"] = data["country_id"] or home(draft)


def home(draft: Draft) -> str:
    """Country of the company, where clients without one are taken to be."""
    return str(draft.company["settings"].get("country_id") or "")


@hook("client_blank")
def client_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form carries a hash and the settings of a new client (R-EP-2)."""
    data["client_hash"] = draft.text("client", "client_hash", 40)
    data["settings"] = client_settings(draft, data["settings"])


@hook("client_revise")
def client_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An update merges the posted settings over the stored ones."""
    before = record_of(request)["settings"]
    sent = request.body.get("settings")
    data["settings"] = client_settings(draft, {**before, **sent}) if isinstance(sent, dict) else before
    data["country_id"] = data["country_id"] or home(draft)


def client_settings(draft: Draft, settings: dict[str, Any]) -> dict[str, Any]:
    """Stored settings: entity, industry, size and currency first, then what was set; unknown keys go."""
    head = {"entity": "App\\Models\\Client", "industry_id": "", "size_id": "", "currency_id": ""}
    return {**head, **cast_settings(draft, settings, frozenset(head)), "entity": head["entity"]}


@action("client_assign_group")
def assign_group(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: put the client into a group."""
    draft.patch(entity.name, data["id"], {"group_settings_id": request.input("group_settings_id")})


@rule("suits_column")
def suits_column(context: Context, _: Any) -> str | None:
    """The value of a bulk update is the number of a row where its column holds that of a static list."""
    field = context.entity.fields.get(str(context.body.get("column")))
    wanted = context.body.get("action") == "bulk_update" and field is not None and field.kind == "lookup"
    wrong = wanted and not re.fullmatch("[0-9]{1,9}", str(context.value))
    return f"The {context.name} must be an integer." if wrong else None


@action("client_bulk_update")
def bulk_update(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: write one value into one of the columns that allow it (R-BULK-8)."""
    column = str(request.input("column"))
    value = request.input("new_value")
    text = "" if value is None else str(value)
    draft.patch(entity.name, data["id"], {column: stored_value(entity.fields[column], text)})


@operation("client_purge")
def purge(draft: Draft, request: Request) -> Answer:
    """Remove the client and everything under it for good (R-LIFE-13)."""
    data = record_of(request)
    forget_for_good(draft, "client", data, (*OWNED, "client_contact"))
    draft.put(
        "activity", {**entry_of(draft, request.remote), "activity_type_id": PURGED, "notes": name_of(draft, data)}
    )
    return message("Success")


def name_of(draft: Draft, client: Data) -> str:
    """What a client is called, by its number when it has no name."""
    return str(client["name"] or client["number"])


@operation("client_tax_data")
def tax_data(draft: Draft, request: Request) -> Answer:
    """The tax look-up service is not connected: the client comes back as it is."""
    return Item("client", record_of(request)["id"])


@operation("client_documents")
def documents(draft: Draft, request: Request) -> Answer:
    """Documents of the client and of its records (R-EP-14); `filter` and `sort` work."""
    data = record_of(request)
    owners = {("client", data["id"])}
    for name in OWNED:
        owners |= {(name, each["id"]) for each in draft.find(name, data["id"], "client_id")}
    wanted = str(request.input("filter") or "").lower()
    found = [
        record
        for record in draft.table("document").records(draft.company_row)
        if (record.data["parent_type"], record.data["parent_id"]) in owners
        and (len(wanted) < 2 or wanted in record.data["name"].lower())
    ]
    column, _, direction = str(request.input("sort") or "").partition("|")
    if direction and column in draft.entity("document").fields:
        found.sort(key=lambda record: record.data[column], reverse=direction != "asc")
    return Items("document", [record.row for record in found])


@operation("client_settings")
def show_settings(draft: Draft, request: Request) -> Answer:
    """Settings of the client and its group, with readable labels."""
    data = record_of(request)
    group = draft.get("group_setting", data["group_settings_id"]) if data["group_settings_id"] else None
    return Plain(
        {"group_settings": labelled(group["settings"] if group else {}), "client_settings": labelled(data["settings"])}
    )


def labelled(settings: dict[str, Any]) -> dict[str, Any]:
    """Setting names as words: `invoice_terms` -> Invoice Terms."""
    return {key.replace("_", " ").title(): value for key, value in settings.items() if key != "entity"}
