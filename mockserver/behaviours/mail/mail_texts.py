"""E-mail templates filled from a record, or from samples when none is named (R-EP-23)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from mockserver.answer import Plain
from mockserver.behaviours.bills.billing import bill_of, currency
from mockserver.behaviours.bills.invitations import portal_link
from mockserver.behaviours.core.access import require
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.papers.invoice_files import first_contact
from mockserver.behaviours.papers.paper_settings import printer_for, settings_for, with_countries
from mockserver.behaviours.papers.printing import sheet_of
from mockserver.behaviours.papers.sample_papers import PARTY, PERSON, sample_receipt, sample_sheet
from mockserver.derive.receipt_paper import Receipt, payment_values
from mockserver.derive.variables import bill_values, company_values, fill, label_values, party_values
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

BILLS = ("invoice", "quote", "credit", "purchase_order", "recurring_invoice")
KINDS = {name: name for name in (*BILLS, "payment", "client")}
KINDS |= {"purchaseOrder": "purchase_order", "statement": "client"}
BUILT_IN = {"payment_partial": "partial_payment", "quote_template_reminder1": "quote_reminder1"}
"""Names of built-in texts that differ from what stands behind `email_template_`."""
STYLES = {"light": ("#ffffff", "#1b1b1b"), "dark": ("#1b1b1b", "#f4f4f4"), "plain": ("#ffffff", "#1b1b1b")}
WRAPPER = (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body style="background: {0}; color: {1}; '
    'font-family: Helvetica, sans-serif">\n<div style="max-width: 600px; margin: auto; border-top: 4px solid {2}">'
    "$body</div>\n</body></html>"
)
SAMPLE_LINK = "https://billing.example.com/client/invoice/sample"


@operation("template_render")
def template_render(draft: Draft, request: Request) -> Answer:
    """Subject and body with the values of the record, as they were before, and the design around them."""
    body = request.body
    name = str(body.get("template") or "")
    kind = KINDS.get(str(body.get("entity") or ""), "")
    if body.get("entity") and not kind:
        diagnosis = Diagnosis("/entity", "in", body["entity"], f"one of {', '.join(KINDS)}")
        raise invalid({"entity": ["The selected entity is invalid."]}, (diagnosis,))
    record = named(draft, request, kind)
    values = record_values(draft, kind, record) if record is not None else sample_values(draft, kind or kind_of(name))
    subject, text = texts_of(draft, name)
    raw_subject = str(body.get("subject") or subject)
    raw_body = str(body.get("body") or text)
    return Plain(
        {
            "subject": fill(raw_subject, values),
            "body": fill(raw_body, values, markup=True),
            "wrapper": wrapper(draft),
            "raw_body": raw_body,
            "raw_subject": raw_subject,
        }
    )


def named(draft: Draft, request: Request, kind: str) -> Data | None:
    """The record that the request names; None when it names none. Raises Refused for one that is not there."""
    hashed = str(request.body.get("entity_id") or "")
    if not kind or not hashed:
        return None
    record = draft.record(kind, hashed)
    if record is None or draft.get(kind, hashed) is None:
        diagnosis = Diagnosis("/entity_id", "R-EP-23", hashed, f"the id of a stored {kind}")
        raise invalid({"entity_id": ["The selected entity id is invalid."]}, (diagnosis,))
    require(draft, draft.entity(kind), record, "view")
    return record.data


def record_values(draft: Draft, kind: str, data: Data) -> dict[str, str]:
    """The variables of a record."""
    entity = draft.entity(kind)
    if kind in BILLS:
        bill = bill_of(entity)
        invitation = next(iter(draft.find(bill.invitation, data["id"], bill.link)), None)
        link = portal_link(draft, entity, invitation["key"]) if invitation is not None else ""
        return bill_values(sheet_of(draft, entity, data, first_contact(draft, entity, data)), link)
    client = data if kind == "client" else draft.get("client", data["client_id"]) or draft.blank("client")
    contact = next(iter(draft.find("client_contact", client["id"], "client_id")), None)
    settings = settings_for(draft, client)
    printer = printer_for(draft, settings, client, currency(draft, client))
    if kind == "client":
        party = party_values("client", with_countries(draft, client), contact, printer)
        return {**label_values(printer), **company_values(settings), **party}
    parts = []
    for share in draft.find("paymentable", data["id"], "payment_id"):
        invoice = draft.get("invoice", share["invoice_id"])
        if invoice is not None:
            parts.append((str(invoice["number"]), str(invoice["date"]), share["amount"]))
    method = str(draft.document.statics.row("payment_types", data["type_id"]).get("name", ""))
    return payment_values(Receipt(data, client, contact, settings, printer, method, parts))


def sample_values(draft: Draft, kind: str) -> dict[str, str]:
    """The variables of a made-up record."""
    if kind in BILLS:
        return bill_values(sample_sheet(draft, draft.entity(kind)), SAMPLE_LINK)
    receipt = sample_receipt(draft)
    dates = {"$start_date": receipt.printer.date(draft.today), "$end_date": receipt.printer.date(draft.today)}
    return {**payment_values(receipt), **party_values("client", PARTY, PERSON, receipt.printer), **dates}


def kind_of(name: str) -> str:
    """The kind of record that a template is about."""
    kinds = ("purchase_order", "quote", "credit", "payment")
    return next((kind for kind in kinds if kind in name), "client" if "statement" in name else "invoice")


def texts_of(draft: Draft, name: str, settings: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """Subject and body of a template: those of the settings, else the built-in ones; empty for an unknown one.

    The settings are those of the company unless others are given.
    """
    settings = draft.company["settings"] if settings is None else settings
    body = name.replace("subject", "template")
    subject = name.replace("template", "subject")
    short = body.removeprefix("email_").removeprefix("template_")
    built_in = draft.document.statics.payload["templates"].get(BUILT_IN.get(short, short), {})
    return (
        str(settings.get(subject) or built_in.get("subject", "")),
        str(settings.get(body) or built_in.get("body", "")),
    )


def wrapper(draft: Draft) -> str:
    """The design of e-mails with `$body` where the body goes."""
    settings = draft.company["settings"]
    style = str(settings.get("email_style") or "light")
    own = str(settings.get("email_style_custom") or "")
    if style == "custom" and "$body" in own:
        return own
    return WRAPPER.format(*STYLES.get(style, STYLES["light"]), escape(str(settings.get("primary_color") or "#298AAB")))
