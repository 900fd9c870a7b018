"""Bills as XML, for programs of the buyer or seller (R-EP-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import File
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.papers.electronic import electronic_form
from mockserver.behaviours.papers.invoice_files import file_name, invited
from mockserver.behaviours.records.crud import entity_of

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
    entity = entity_of(request)
    data, contact = invited(draft, entity, request)
    return File(electronic_form(draft, entity, data, contact), XML, file_name(data, "xml"))
