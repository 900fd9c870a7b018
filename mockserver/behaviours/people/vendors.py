"""Vendors: name, country and currency of a new one, and the merge of two (R-VAL-15)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mockserver.answer import Item
from mockserver.behaviours.core.registry import hook, operation
from mockserver.behaviours.records.merging import hand_over, pair_of

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

TAGS = re.compile(r"<[^>]*>")
BLANK_COUNTRY = "4"
"""Country of the blank form, whatever the company's is (R-EP-2)."""


@hook("vendor_input")
def vendor_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Tags leave the name; a new vendor is paid in the company's currency unless it says otherwise."""
    body = request.body
    if isinstance(body.get("name"), str):
        body["name"] = TAGS.sub("", body["name"])
    if not before and body.get("currency_id") is None:
        body["currency_id"] = str(draft.company["settings"].get("currency_id") or "1")
    if before and body.get("country_id") is None:
        body.pop("country_id", None)


@hook("vendor_blank")
def vendor_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form names a country of its own."""
    data["country_id"] = BLANK_COUNTRY


@hook("vendor_prepare")
def vendor_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new vendor: its hash, and the company's country when none was sent (since 5.12)."""
    data["vendor_hash"] = draft.text(entity.name, "vendor_hash", 40)
    data["country_id"] = data["country_id"] or str(draft.company["settings"].get("country_id") or "")


@operation("vendor_merge")
def merge(draft: Draft, request: Request) -> Answer:
    """Move everything of the second vendor to the first and remove the second for good."""
    target, source = pair_of(draft, request, "vendor", "mergeable_vendor")
    for contact in draft.find("vendor_contact", source["id"], "vendor_id"):
        draft.patch("vendor_contact", contact["id"], {"vendor_id": target["id"], "is_primary": False})
    owned = [name for name, entity in draft.document.entities.items() if "vendor_id" in entity.stored]
    hand_over(draft, "vendor", source, target, owned)
    draft.emit("merged", "vendor", target["id"])
    return Item("vendor", target["id"])
