"""The electronic form of a bill: a file of its own, or inside its PDF (R-EP-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billing import bill_of, currency_of, party_of

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def electronic_form(draft: Draft, entity: Entity, data: Data, contact: Data | None) -> bytes:
    """A bill in the form of UBL that its kind has."""
    from mockserver.derive.ubl import FORMS, bill_xml  # the XML library is only loaded for this

    party = party_of(draft, entity, data) or draft.blank(bill_of(entity).party)
    statics = draft.document.statics
    numbers = (draft.company["settings"].get("country_id"), party["country_id"])
    codes = [str(statics.row("countries", str(number or "")).get("iso_3166_2", "")) for number in numbers]
    return bill_xml(
        {**data, "date": data["date"] or draft.today},
        party,
        contact,
        draft.company,
        currency=str(statics.row("currencies", currency_of(draft, entity, data)).get("code", "USD")),
        countries=(codes[0], codes[1]),
        form=FORMS[entity.name],
    )
