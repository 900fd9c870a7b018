"""Bills as XML, for programs of the buyer or seller (R-EP-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import File
from mockserver.behaviours.billing import bill_of, currency_of, party_of
from mockserver.behaviours.crud import entity_of
from mockserver.behaviours.invoice_files import file_name, invited
from mockserver.behaviours.registry import operation

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request

XML = "application/xml"


@operation("e_invoice")
@operation("e_credit")
@operation("download_e_quote")
@operation("download_e_purchase_order")
def electronic(draft: Draft, request: Request) -> Answer:
    """The bill behind an invitation's key, in the form of UBL that its kind has."""
    from mockserver.derive.ubl import FORMS, bill_xml  # the XML library is only loaded for an e-invoice

    entity = entity_of(request)
    data, contact = invited(draft, entity, request)
    party = party_of(draft, entity, data) or draft.blank(bill_of(entity).party)
    statics = draft.document.statics
    numbers = (draft.company["settings"].get("country_id"), party["country_id"])
    codes = [str(statics.row("countries", str(number or "")).get("iso_3166_2", "")) for number in numbers]
    content = bill_xml(
        {**data, "date": data["date"] or draft.today},
        party,
        contact,
        draft.company,
        currency=str(statics.row("currencies", currency_of(draft, entity, data)).get("code", "USD")),
        countries=(codes[0], codes[1]),
        form=FORMS[entity.name],
    )
    return File(content, XML, file_name(data, "xml"))
