"""The event log: one row for each event that the facts of an entity give a type (R-SIDE-3, R-SIDE-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

LINKED = ("client_id", "vendor_id", "invoice_id", "quote_id", "credit_id")
"""Ids that a record passes on to the entry about it."""


def entry_of(draft: Draft, ip: str) -> Data:
    """An entry by the caller that says nothing yet."""
    caller = draft.caller
    assert caller is not None
    entry = draft.blank("activity")
    entry |= {
        "user_id": caller.user_id,
        "token_id": caller.token.data["id"],
        "company_id": ids.encode(caller.company),
        "ip": ip,
    }
    return entry


def record_event(draft: Draft, event: str, entity: Entity, row: int, ip: str) -> None:
    """Write the entry for an event, when its entity names a type for it."""
    kind = entity.activities.get(event)
    caller = draft.caller
    if kind is None or caller is None:
        return
    record = draft.table(entity.name).get(row)
    about: Data = record.data if record is not None else {}
    # a job may have written to another company than that of the caller: what happened there is told there
    company = record.company if record is not None and record.company and not entity.through else caller.company
    entry = entry_of(draft, ip)
    entry |= {name: about[name] for name in LINKED if name in about}
    entry |= {"activity_type_id": kind, "company_id": ids.encode(company), **caller.contact}
    own = f"{entity.name}_id"
    entry["is_system"] = not caller.token.data["id"] and not caller.contact
    if own in entry and not entity.facts.get("caller"):
        entry[own] = about["id"] if about else ids.encode(row)
    draft.put("activity", entry, company=company)
