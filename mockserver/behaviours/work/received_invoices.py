"""Received electronic invoices: each file becomes an expense of its vendor (R-EP-26, 5.12)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.people.contacts import save_contacts
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.records.documents import attach
from mockserver.behaviours.records.numbering import assign_number
from mockserver.derive.money import number
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.derive.received import Received
    from mockserver.draft import Draft
    from mockserver.request import Request, Upload
    from mockserver.store.table import Data


@operation("e_document_upload")
def upload(draft: Draft, request: Request) -> Answer:
    """Make expenses of the files. The answer is given before they are read: it says the same of bad ones."""
    files = [each for each in request.files if each.field.partition("[")[0] == "documents"]
    if not files:
        diagnosis = Diagnosis("/documents", "required", None, "file parts named documents[]")
        raise invalid({"documents": ["The documents field is required."]}, (diagnosis,))
    from mockserver.derive.received import read  # the XML library is only loaded for such files

    for file in files:
        found = read(file.content)
        if found is not None:
            take(draft, found, file, request)
    return message("Processing....")


def take(draft: Draft, found: Received, file: Upload, request: Request) -> None:
    """An expense with the file; one that is there already gets a note instead."""
    amount = number(found.amount)
    date = found.date or draft.today
    for each in draft.find("expense", found.number, "transaction_reference") if found.number else ():
        known = draft.get("expense", each["id"])
        if known is not None and known["amount"] == amount and known["date"] == date:
            note = f"{known['private_notes']}\nThis invoice was received again on {draft.today}.".strip()
            draft.patch("expense", known["id"], {"private_notes": note})
            return
    entity = draft.entity("expense")
    data = draft.blank("expense")
    data |= {
        "user_id": caller_of(draft).user_id,
        "vendor_id": vendor_of(draft, found)["id"],
        "amount": amount,
        "date": date,
        "currency_id": draft.document.statics.currency(found.currency) or company_value(draft, "currency_id"),
        "transaction_reference": found.number,
        "public_notes": found.number,
        "uses_inclusive_taxes": True,
    }
    for place, tax in enumerate(found.taxes, 1):
        data[f"tax_name{place}"] = tax.name
        data[f"tax_rate{place}"] = number(tax.rate)
        data[f"tax_amount{place}"] = number(tax.amount)
    assign_number(draft, entity, data)
    data = draft.put("expense", data)
    name = file.name if file.name.lower().endswith(".xml") else f"{file.name}.xml"
    attach(draft, entity, data["id"], replace(request, files=(file._replace(name=name),)))
    draft.emit("created", "expense", data["id"])


def company_value(draft: Draft, name: str) -> str:
    """A setting of the company as text."""
    return str(draft.company["settings"].get(name) or "")


def vendor_of(draft: Draft, found: Received) -> Data:
    """The vendor with the tax number, the address or the name of the seller; an unknown one is created."""
    seller = found.seller
    for field in ("vat_number", "id_number", "name"):
        for each in draft.find("vendor", seller[field], field) if seller[field] else ():
            known = draft.get("vendor", each["id"])
            if known is not None and not known["is_deleted"]:
                return known
    entity = draft.entity("vendor")
    statics = draft.document.statics
    data = draft.blank("vendor")
    data |= {
        **seller,
        "user_id": caller_of(draft).user_id,
        "vendor_hash": draft.text("vendor", "vendor_hash", 40),
        "country_id": (statics.country(found.country) if found.country else "") or company_value(draft, "country_id"),
        "currency_id": statics.currency(found.currency) or company_value(draft, "currency_id"),
    }
    assign_number(draft, entity, data)
    data = draft.put("vendor", data)
    save_contacts(draft, data, [{"email": found.email}], kind="vendor_contact", link="vendor_id")
    draft.emit("created", "vendor", data["id"])
    return data
