"""Invoices that jobs make of lines alone: with the defaults of a posted one, a draft with its invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billed_work import follow_lines
from mockserver.behaviours.bills.billing import bill_of, currency
from mockserver.behaviours.bills.invitations import save_invitations
from mockserver.behaviours.bills.saving import surcharge_flags, totals
from mockserver.behaviours.records.crud import owner
from mockserver.behaviours.records.numbering import assign_number
from mockserver.derive.line_items import normalise

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def store_invoice(draft: Draft, client: Data, lines: list[Data], day: str, due_date: str = "") -> Data:
    """Store a draft of that day over the lines, numbered where drafts are; gives it."""
    entity, settings = draft.entity("invoice"), bill_of(draft.entity("invoice")).settings
    made = draft.blank("invoice")
    made |= {name: value for name, value in owner(draft).items() if name in made}
    made |= {name: str(draft.setting(f"{settings}_{name}", client) or "") for name in ("terms", "footer", "design_id")}
    made |= {
        "client_id": client["id"],
        "date": day,
        "due_date": due_date,
        "line_items": normalise(lines),
        "public_notes": client["public_notes"],
        "uses_inclusive_taxes": bool(draft.setting("inclusive_taxes", client)),
        "exchange_rate": draft.document.statics.exchange_rate(currency(draft, client), currency(draft, None)),
        **surcharge_flags(draft),
    }
    made |= totals(draft, entity, made, client)
    assign_number(draft, entity, made)
    made = draft.put("invoice", made)
    save_invitations(draft, entity, made, None, new=True)
    follow_lines(draft, made, None)
    draft.emit("created", "invoice", made["id"])
    return made
