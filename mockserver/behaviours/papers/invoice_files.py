"""Files made from bills: PDF, delivery note, prints of several (R-EP-8, R-EP-13, R-BULK-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File
from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.core.access import may_touch
from mockserver.behaviours.core.registry import action, operation
from mockserver.behaviours.papers.printing import printed_bill, sheet_of
from mockserver.behaviours.records.bulk import found
from mockserver.behaviours.records.crud import entity_of, record_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.papers.printing import Printed
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

PDF = "application/pdf"


def invited(draft: Draft, entity: Entity, request: Request) -> tuple[Data, Data | None]:
    """Record and contact of the invitation whose key the path holds; an unknown key is refused with 400 (R-EP-13)."""
    key, bill = request.parameters["invitation_key"], bill_of(entity)
    for invitation in draft.find(bill.invitation, key, "key"):
        data = draft.get(entity.name, invitation[bill.link])
        if data is not None:
            return data, draft.get(bill.contact, invitation[bill.contact_id])
    wanted = f"the key of an invitation to a stored {entity.name} of the caller's company"
    diagnosis = Diagnosis("path invitation_key", "R-EP-13", key, wanted, "read it from `invitations` of the record")
    raise Refused("bad_request", "no record found", diagnoses=(diagnosis,))


def first_contact(draft: Draft, entity: Entity, data: Data) -> Data | None:
    """The contact that was invited first, if any."""
    bill = bill_of(entity)
    for invitation in draft.find(bill.invitation, data["id"], bill.link):
        return draft.get(bill.contact, invitation[bill.contact_id])
    return None


def file_name(data: Data, ending: str) -> str:
    """The number, or the id while there is none, in a form that every file system takes."""
    name = str(data["number"] or data["id"])
    return f"{name.replace('/', '_').replace(chr(92), '_')}.{ending}"


def pdf_file(draft: Draft, data: Data, *printed: Printed, inline: bool = False) -> File:
    """The documents as one PDF, named after a record."""
    return File(pdf_of(draft, *printed), PDF, file_name(data, "pdf"), inline)


def pdf_of(draft: Draft, *printed: Printed) -> bytes:
    """The documents as one PDF."""
    from mockserver.derive.pdf import merged_pdf  # the PDF library is only loaded for a PDF

    return merged_pdf([each.paper for each in printed], now=draft.now)


def bill_print(draft: Draft, entity: Entity, data: Data, contact: Data | None, key: str = "") -> Printed:
    """A stored bill on paper."""
    return printed_bill(draft, entity, sheet_of(draft, entity, data, contact), key=key)


@operation("download_pdf")
def download(draft: Draft, request: Request) -> Answer:
    """The PDF behind an invitation's key; `?inline=true` shows it instead of saving it."""
    entity = entity_of(request)
    data, contact = invited(draft, entity, request)
    printed = bill_print(draft, entity, data, contact, request.parameters["invitation_key"])
    return pdf_file(draft, data, printed, inline=request.query.get("inline") == "true")


@operation("delivery_note")
def delivery_note(draft: Draft, request: Request) -> Answer:
    """The PDF without prices, to the shipping address."""
    entity, data = entity_of(request), record_of(request)
    sheet = sheet_of(draft, entity, data, first_contact(draft, entity, data), prices=False)
    return pdf_file(draft, data, printed_bill(draft, entity, sheet))


def first_of_bulk(request: Request) -> list[Any] | None:
    """The ids of a bulk call, for the first of its records; None for the others, whose file would not be used.

    A bulk call runs its action once a record and answers the first file, so the ids are taken out of the request.
    """
    listed = request.body.pop("ids", None)
    return listed if isinstance(listed, list) else None


@action("download_pdf")
def download_one(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """The PDF of the record; of several, that of the first."""
    if request.method != "GET" and first_of_bulk(request) is None:
        return None
    return pdf_file(draft, data, bill_print(draft, entity, data, first_contact(draft, entity, data)))


@action("bulk_print")
def bulk_print(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """One PDF of all listed records that the caller may edit, each from a new page on, in id order."""
    listed = first_of_bulk(request)
    if listed is None:
        return None
    records = [each.data for each in found(draft, entity, listed) if may_touch(draft, entity, each, "edit")]
    printed = (bill_print(draft, entity, each, first_contact(draft, entity, each)) for each in records)
    return pdf_file(draft, data, *printed)
