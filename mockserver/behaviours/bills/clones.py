"""Copies that are answered and not stored: the client posts them when it wants to keep them (R-EP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Unsaved
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import action
from mockserver.derive.status import DRAFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

FRESH: Mapping[str, Any] = {
    "id": "",
    "number": "",
    "date": "",
    "due_date": "",
    "partial_due_date": "",  # it may not stand without a due date
    "status_id": DRAFT,
    "created_at": 0,
    "updated_at": 0,
    "archived_at": 0,
    "is_deleted": False,
    "payment_schedule": [],
}
"""What a copy does not take over from its source."""

CARRIED = (
    "design_id", "discount", "is_amount_discount", "po_number", "footer", "public_notes", "private_notes", "terms",
    "tax_name1", "tax_rate1", "tax_name2", "tax_rate2", "tax_name3", "tax_rate3", "total_taxes", "uses_inclusive_taxes",
    "custom_value1", "custom_value2", "custom_value3", "custom_value4",
    "custom_surcharge1", "custom_surcharge2", "custom_surcharge3", "custom_surcharge4",
    "custom_surcharge_tax1", "custom_surcharge_tax2", "custom_surcharge_tax3", "custom_surcharge_tax4",
    "amount", "balance", "partial", "line_items", "exchange_rate", "project_id", "assigned_user_id", "vendor_id",
)  # fmt: skip
"""What a document of another kind takes over."""


def content_of(draft: Draft, entity: Entity, data: Data, target: str) -> Data:
    """A blank bill of the target kind with the content of another; the facts `clones` tell what it gets instead."""
    kind = draft.entity(target)
    names = kind.stored if kind.name == entity.name else CARRIED
    carried = {name: data[name] for name in names if name in kind.stored and name in data}
    fresh = {name: value for name, value in FRESH.items() if name in kind.stored}
    own: Data = {"user_id": caller_of(draft).user_id}
    if kind.name != entity.name:
        own["client_id"] = data["client_id"]
    instead = entity.facts.get("clones", {}).get(target, {})
    told = {name: draft.today if value == "today" else value for name, value in instead.items()}
    return {**draft.blank(target), **carried, **fresh, **own, **told}


@action("clone_to_invoice")
def clone_to_invoice(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """An invoice with the content of the bill; of an invoice also balance, payments and reminder dates."""
    return Unsaved("invoice", content_of(draft, entity, data, "invoice"))


@action("clone_to_quote")
def clone_to_quote(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """A quote with the content of the bill."""
    return Unsaved("quote", content_of(draft, entity, data, "quote"))


@action("clone_to_credit")
def clone_to_credit(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """A credit with the content of the bill."""
    return Unsaved("credit", content_of(draft, entity, data, "credit"))
