"""Bills that are worked out and never stored: what a preview shows (R-CALC-16, R-EP-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.bills.saving import bill_prepare, totals
from mockserver.behaviours.core.writing import written
from mockserver.derive.line_items import normalise
from mockserver.derive.money import number, parse_number, to_decimal
from mockserver.derive.text import as_text, is_true
from mockserver.derive.totals import partial_after_save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Entity, Field
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

NUMBERS = frozenset(("money", "rate", "number", "integer"))
TEXTS = frozenset(("text", "html", "link", "lookup", "enum", "date", "datetime", "email", "url"))
MOST = 1_000_000_000_000
"""An amount above it counts as none: no bill is that large."""


def named_bill(draft: Draft, entity: Entity, request: Request) -> Data | None:
    """The stored bill to start from; collects a message for an id that leads to none that is live."""
    hashed = request.body.get("entity_id")
    if not hashed:
        return None
    stored = draft.get(entity.name, str(hashed))
    if stored is None or stored["is_deleted"]:
        request.errors.setdefault("entity_id", ["The selected entity id is invalid."])
    return stored


def trial_bill(draft: Draft, entity: Entity, request: Request, stored: Data | None) -> tuple[Data, Data | None]:
    """The bill that the request would store, and the contact that it would go to."""
    bill, body = bill_of(entity), request.body
    fields = entity.writes["create"]
    sent = {name: tidy(fields[name], value) for name, value in body.items() if name in fields}
    if stored is None:
        request.body = sent
        data = {**draft.blank(entity.name), **written(entity, "create", sent)}
        bill_prepare(draft, entity, data, request)
    else:
        data = {**stored, **written(entity, "create", {name: each for name, each in sent.items() if each is not None})}
        data["line_items"] = normalise(data["line_items"])
    party = draft.get(bill.party, data[bill.party_id])
    assert party is not None
    data.update(totals(draft, entity, data, party))
    data["number"] = as_text(body.get("number")) or data["number"] or f"Live Preview #{draft.next_row(entity.name)}"
    data["balance"] = number(to_decimal(data["amount"]) - to_decimal(data.get("paid_to_date") or 0))
    data.update(partial_after_save(data, data["amount"], data["balance"], saved=False))
    return data, contact_for(draft, entity, data, body)


def contact_for(draft: Draft, entity: Entity, data: Data, body: Mapping[str, Any]) -> Data | None:
    """The contact of the first invitation that was sent, else the first of the client or vendor."""
    bill = bill_of(entity)
    contacts = draft.find(bill.contact, data[bill.party_id], bill.party_id)
    listed = body.get("invitations")
    wanted = (
        [each.get(bill.contact_id) for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    return next((each for each in contacts if each["id"] in wanted), next(iter(contacts), None))


def tidy(field: Field, value: Any) -> Any:
    """A value in the kind of its field; what can't be read counts as not sent."""
    if field.kind in NUMBERS:
        found = number(parse_number(value))
        return found if abs(found) < MOST else 0
    if field.kind in TEXTS:
        return as_text(value)
    if field.kind == "bool":
        return is_true(value)
    wanted = list if field.kind == "list" else dict
    return value if isinstance(value, wanted) else None
