"""What a contact of a client does with its own token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.answer import Plain
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid, required
from mockserver.derive.paging import page_of, pagination
from mockserver.derive.status import DRAFT
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

LOGIN = (
    *("id", "first_name", "last_name", "email", "created_at", "updated_at", "archived_at", "is_primary", "is_locked"),
    *("phone", "custom_value1", "custom_value2", "custom_value3", "custom_value4", "token"),
)
INVOICE = (
    *("id", "amount", "balance", "status_id", "updated_at", "archived_at", "number", "discount", "po_number", "date"),
    *("due_date", "terms", "public_notes", "is_deleted", "tax_name1", "tax_rate1", "tax_name2", "tax_rate2"),
    *("tax_name3", "tax_rate3", "is_amount_discount", "invoice_footer", "partial", "partial_due_date"),
    *("custom_value1", "custom_value2", "custom_value3", "custom_value4", "line_items"),
)
LEADING_NUMBER = re.compile(r"\s*[+-]?[0-9]+(\.[0-9]+)?")
TOKEN_LENGTH = 64


@operation("contact_login")
def login(draft: Draft, request: Request) -> Answer:
    """Address and password to the contact with its token; a message, with 200, when they fit nobody."""
    body = request.body
    errors = required(body, "email", "password")
    if errors:
        raise invalid(errors)
    contacts = draft.find("client_contact", body["email"], "email")
    contact = next((each for each in contacts if each["password"] and each["password"] == body["password"]), None)
    if contact is None:
        return Plain({"message": "These credentials do not match our records"})
    if not contact["token"]:
        token = draft.world.text(TOKEN_LENGTH, "client_contacts", contact["id"], "token")
        contact = draft.patch("client_contact", contact["id"], {"token": token}, touch=False)
    return Plain({"data": {name: contact[name] for name in LOGIN}}, pretty=True)


@operation("contact_invoices")
def invoices(draft: Draft, request: Request) -> Answer:
    """The invoices that were sent to the client of the contact, a page of them."""
    contact = contact_of(draft, request)
    record = draft.record("client", contact["client_id"])
    sent = [] if record is None else draft.find("invoice", record.data["id"], "client_id")
    sent = [each for each in sent if each["status_id"] != DRAFT]
    page, per_page = page_of(request.query)
    shown = [as_contact_sees(each) for each in sent[(page - 1) * per_page : page * per_page]]
    meta = {"pagination": pagination(len(sent), len(shown), page, per_page, request.url)}
    return Plain({"data": shown, "meta": meta}, pretty=True)


def contact_of(draft: Draft, request: Request) -> Data:
    """The contact of the token. Raises Refused when there is none, or when it is locked."""
    token = request.headers.get("x-api-token", "").partition("@")[0]  # TOKEN@NAME names a world, too
    contact = next(iter(draft.find("client_contact", token, "token")), None) if token else None
    if contact is None or contact["archived_at"]:
        hint = "POST /api/v1/contact/login answers one"
        diagnosis = Diagnosis("header X-API-TOKEN", "contact token", None, "the token of a contact", hint)
        raise Refused("token", body={"message": "Invalid token", "errors": {}}, diagnoses=(diagnosis,))
    if contact["is_locked"]:
        diagnosis = Diagnosis("header X-API-TOKEN", "contact token", None, "the token of a contact who is not locked")
        raise Refused("token", body={"message": "Access is locked.", "errors": {}}, diagnoses=(diagnosis,))
    return contact


def as_contact_sees(invoice: Data) -> dict[str, Any]:
    """An invoice in the form for contacts, with that form's odd types."""
    found = {
        **invoice,
        "status_id": int(invoice["status_id"]),
        "invoice_footer": invoice["footer"],
        **{name: leading_number(invoice[name]) for name in ("custom_value1", "custom_value2")},
        **{name: invoice[name] not in ("", "0") for name in ("custom_value3", "custom_value4")},
    }
    return {name: found[name] for name in INVOICE}


def leading_number(text: str) -> float:
    """The number at the start of a text; 0 when there is none."""
    match = LEADING_NUMBER.match(text)
    value = float(match[0]) if match else 0
    return int(value) if value == int(value) else value
