"""Files made from bills: PDF, delivery note, e-invoice, prints of several (R-EP-8, R-EP-13, R-BULK-6, R-BULK-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File, Plain
from mockserver.behaviours.access import may_touch
from mockserver.behaviours.billing import bill_of, currency_of, party_of
from mockserver.behaviours.bulk import found
from mockserver.behaviours.crud import entity_of, message, record_of
from mockserver.behaviours.registry import action, operation
from mockserver.derive.pdf import Sheet, merged_pdf
from mockserver.derive.text import uuid_like
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.derive.ubl import Form
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

PDF, XML = "application/pdf", "application/xml"


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


def addressee(draft: Draft, entity: Entity, data: Data) -> Data:
    """Client or vendor of the record; a blank one when it was purged."""
    return party_of(draft, entity, data) or draft.blank(bill_of(entity).party)


def sheet_of(
    draft: Draft, entity: Entity, data: Data, contact: Data | None, *, title: str = "", prices: bool = True
) -> Sheet:
    """What the PDF of a record is printed from."""
    bill = bill_of(entity)
    statics, client, company = draft.document.statics, addressee(draft, entity, data), draft.company

    def country(number: object) -> str:
        return str(statics.row("countries", str(number or "")).get("name", ""))

    names = {f"{which}country": country(client.get(f"{which}country_id")) for which in ("", "shipping_")}
    settings = {**company["settings"], "country": country(company["settings"].get("country_id"))}
    return Sheet(
        data,
        {**client, **names},
        contact,
        {**company, "settings": settings},
        statics.row("currencies", currency_of(draft, entity, data)),
        title or str(entity.facts["label"][0]).capitalize(),
        prices,
        due="Valid until" if bill.days == "valid_until" else "Due date",
        balance="" if bill.opens == "never" else "Balance due",
    )


def file_name(data: Data, ending: str) -> str:
    """The number, or the id while there is none, in a form that every file system takes."""
    name = str(data["number"] or data["id"])
    return f"{name.replace('/', '_').replace(chr(92), '_')}.{ending}"


def pdf_file(draft: Draft, data: Data, *sheets: Sheet, inline: bool = False) -> File:
    """The sheets as one PDF, named after a record."""
    return File(merged_pdf(sheets, now=draft.now), PDF, file_name(data, "pdf"), inline)


@operation("download_pdf")
def download(draft: Draft, request: Request) -> Answer:
    """The PDF behind an invitation's key; `?inline=true` shows it instead of saving it."""
    entity = entity_of(request)
    data, contact = invited(draft, entity, request)
    return pdf_file(draft, data, sheet_of(draft, entity, data, contact), inline=request.query.get("inline") == "true")


@operation("delivery_note")
def delivery_note(draft: Draft, request: Request) -> Answer:
    """The PDF without prices, to the shipping address."""
    entity, data = entity_of(request), record_of(request)
    contact = first_contact(draft, entity, data)
    return pdf_file(draft, data, sheet_of(draft, entity, data, contact, title="Delivery note", prices=False))


@operation("e_invoice")
def e_invoice(draft: Draft, request: Request) -> Answer:
    """The record behind an invitation's key as XML."""
    from mockserver.derive.ubl import INVOICE  # the XML library is only loaded for an e-invoice

    return electronic(draft, request, INVOICE)


@operation("e_credit")
def e_credit(draft: Draft, request: Request) -> Answer:
    """The credit behind an invitation's key as XML."""
    from mockserver.derive.ubl import CREDIT_NOTE

    return electronic(draft, request, CREDIT_NOTE)


def electronic(draft: Draft, request: Request, form: Form) -> File:
    """The bill behind an invitation's key, in one of the forms of UBL."""
    from mockserver.derive.ubl import invoice_xml

    entity = entity_of(request)
    data, contact = invited(draft, entity, request)
    client, statics = addressee(draft, entity, data), draft.document.statics
    numbers = (draft.company["settings"].get("country_id"), client["country_id"])
    codes = [str(statics.row("countries", str(number or "")).get("iso_3166_2", "")) for number in numbers]
    content = invoice_xml(
        {**data, "date": data["date"] or draft.today},
        client,
        contact,
        draft.company,
        currency=str(statics.row("currencies", currency_of(draft, entity, data)).get("code", "USD")),
        countries=(codes[0], codes[1]),
        form=form,
    )
    return File(content, XML, file_name(data, "xml"))


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
    return pdf_file(draft, data, sheet_of(draft, entity, data, first_contact(draft, entity, data)))


@action("bulk_print")
def bulk_print(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """One PDF of all listed records that the caller may edit, each from a new page on, in id order."""
    listed = first_of_bulk(request)
    if listed is None:
        return None
    records = [each.data for each in found(draft, entity, listed) if may_touch(draft, entity, each, "edit")]
    sheets = (sheet_of(draft, entity, each, first_contact(draft, entity, each)) for each in records)
    return pdf_file(draft, data, *sheets)


@action("template")
def template(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """A design filled with the records is made in the background: the answer is the id to fetch it by (R-BULK-13)."""
    if request.flag("send_email"):
        return message("email sent")
    text = draft.text(entity.name, f"template {data['id']}", 32)
    return Plain({"message": uuid_like(text)})
