"""Designs: parts of the layout, the name of deleted ones, and the default design of a level (R-LIFE-9, R-EP-35)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import action, hook, operation
from mockserver.behaviours.core.validation import invalid, required
from mockserver.behaviours.papers.printing import PARTS
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.records.lifecycle import delete, live
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

STOCK_DEFAULT = "Wpmbk5ezJn"
DELETED = re.compile(r"_deleted_[A-Za-z0-9]{5}\Z")
LEVELS = {"client": ("client", "client_id"), "group_settings": ("group_setting", "group_settings_id")}
DESIGNED = ("invoice", "quote", "credit", "purchase_order")
"""Kinds of records that have a default design in the settings."""


@hook("design_input")
def design_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Parts that a sent layout lacks become empty; what is no part goes."""
    layout = request.body.get("design")
    if isinstance(layout, dict) and (layout or before):
        request.body["design"] = {part: layout.get(part) or "" for part in PARTS}


@action("design_delete")
def design_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: delete, and put the company's defaults back to the stock design."""
    delete(draft, entity, data, request)
    company = draft.company
    settings = company["settings"]
    moved = {f"{kind}_design_id": STOCK_DEFAULT for kind in DESIGNED if settings.get(f"{kind}_design_id") == data["id"]}
    if moved:
        draft.patch("company", company["id"], {"settings": {**settings, **moved}})


@hook("design_rename")
def design_rename(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A deleted design frees its name."""
    ending = draft.text("design", "name", 5)
    draft.patch("design", data["id"], {"name": f"{data['name']}_deleted_{ending}"})


@hook("design_unname")
def design_unname(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A restored design has its old name again (5.12)."""
    draft.patch("design", data["id"], {**live(entity), "name": DELETED.sub("", data["name"])})


@operation("design_set_default")
def design_set_default(draft: Draft, request: Request) -> Answer:
    """Make a design the default of company, group or client, and give it to the records of that level."""
    body = request.body
    kind, level = str(body.get("entity") or ""), str(body.get("settings_level") or "company")
    wrong = required(body, "entity", "design_id")
    holder: Data | None = None
    if level in LEVELS:
        entity, key = LEVELS[level]
        holder = draft.get(entity, str(body.get(key) or ""))
        words = key.replace("_", " ")
        if not body.get(key):
            wrong[key] = [f"The {words} field is required when settings level is {level}."]
        elif holder is None:
            wrong[key] = [f"The selected {words} is invalid."]
    if wrong:
        raise invalid(wrong)
    design = draft.get("design", str(body["design_id"]))
    if design is None:
        diagnosis = Diagnosis(
            "/design_id", "R-WIRE-47", body["design_id"], "the id of a design, as GET designs lists it"
        )
        raise Refused("bad_request", "Design does not exist.", diagnoses=(diagnosis,))
    if kind in DESIGNED:
        key = f"{kind}_design_id"
        name = LEVELS[level][0] if level in LEVELS else "company"
        target = holder or draft.company
        draft.patch(name, target["id"], {"settings": {**target["settings"], key: design["id"]}})
        for entity, data in designed(draft, kind, level, target):
            draft.patch(entity, data["id"], {"design_id": design["id"]})
    return message("success")


def designed(draft: Draft, kind: str, level: str, target: Data) -> Iterator[tuple[str, Data]]:
    """(entity, record) of the records that a new default is given to, archived and deleted ones included."""
    names = (kind, "recurring_invoice") if kind == "invoice" and level == "company" else (kind,)
    for name in names:
        for record in list(draft.table(name).records(draft.company_row)):
            if belongs(draft, record.data, level, target):
                yield name, record.data


def belongs(draft: Draft, data: Data, level: str, target: Data) -> bool:
    """Whether a record lies in the company, group or client."""
    if level == "company":
        return True
    if level == "client":
        return bool(data.get("client_id") == target["id"])
    client: dict[str, Any] | None = draft.get("client", data.get("client_id") or "")
    return client is not None and client["group_settings_id"] == target["id"]
