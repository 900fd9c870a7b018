"""Copies that are answered and not stored: the client posts them when it wants to keep them (R-EP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Unsaved
from mockserver.behaviours.access import caller_of
from mockserver.behaviours.registry import action
from mockserver.derive.status import DRAFT
from mockserver.errors import Diagnosis, Refused

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


@action("clone_to_invoice")
def clone_to_invoice(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """A draft with the content of the invoice; balance, payments and reminder dates are those of the source."""
    return Unsaved("invoice", {**data, **FRESH, "user_id": caller_of(draft).user_id})


@action("clone_to_quote")
def clone_to_quote(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """A quote with the content of the invoice and no client; refused with 501 while the document has no quotes."""
    quote = draft.document.entities.get("quote")
    if quote is None:
        diagnosis = Diagnosis(
            "path action", "R-EP-12", "clone_to_quote", "an entity of the document", "add the entity quote"
        )
        raise Refused(
            "not_implemented", "clone_to_quote is documented but quotes are not built yet.", diagnoses=(diagnosis,)
        )
    carried = {name: data[name] for name in CARRIED if name in quote.stored and name in data}
    own = {"user_id": caller_of(draft).user_id, "client_id": ""}
    fresh = {name: value for name, value in FRESH.items() if name in quote.stored}
    return Unsaved("quote", {**draft.blank("quote"), **carried, **fresh, **own})
