"""Previews: designs and documents as they would look, made from what was sent; nothing is stored (R-EP-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File
from mockserver.behaviours.bills.trial_bills import named_bill, trial_bill
from mockserver.behaviours.core.access import require_create
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.settings import cast_settings, check_settings
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.papers.invoice_files import PDF, first_contact, pdf_of
from mockserver.behaviours.papers.printing import printed_bill, sheet_of
from mockserver.behaviours.papers.sample_papers import sample_print, sample_sheet
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.papers.printing import Printed
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

HTML = "text/html; charset=UTF-8"
KINDS = ("invoice", "quote", "credit", "purchase_order", "recurring_invoice")
LEVELS = {"group": ("group_setting", "group_id"), "client": ("client", "client_id")}


def shown(draft: Draft, request: Request, printed: Printed) -> Answer:
    """The document as a PDF, or as HTML when `html` is asked for."""
    if request.flag("html"):
        return File(printed.html.encode(), HTML)
    return File(pdf_of(draft, printed), PDF, "preview.pdf", inline=True)


def sent_design(request: Request, *, needed: bool) -> Data | None:
    """The design of the body. Raises Refused for one that can't be read, and for one that is needed and missing."""
    design = request.body.get("design")
    if design is None and not needed:
        return None
    parts = design.get("design") if isinstance(design, dict) else None
    if not isinstance(design, dict) or not isinstance(parts, dict):
        for path in [path for path in request.errors if path.partition(".")[0] == "design"]:
            del request.errors[path]
        diagnosis = Diagnosis("/design/design", "R-EP-20", parts, "an object with the parts of a design")
        raise Refused("bad_request", "Invalid custom design object", diagnoses=(diagnosis,))
    from mockserver.derive.twig import BrokenTemplate, check_template  # its library is only loaded for a design

    field = "design.design.body"
    if parts.get("is_template") and not parts.get("body"):
        text = f"The {field} field is required when design.design.is_template is true."
        request.errors.setdefault(field, [text])
    elif isinstance(parts.get("body"), str):
        try:
            check_template(parts["body"])
        except BrokenTemplate as broken:
            request.errors.setdefault(field, [f"The {field} is not a template that can be read: {broken}"])
    return {"name": str(design.get("name") or ""), "is_custom": True, "design": parts}


@operation("preview_design")
def preview_design(draft: Draft, request: Request) -> Answer:
    """A design with the named record, or with samples; `body` has to be there for the record to be taken."""
    return design_preview(draft, request, "invoice")


@operation("preview_purchase_order_design")
def preview_purchase_order_design(draft: Draft, request: Request) -> Answer:
    """A design with the named purchase order, or with samples."""
    return design_preview(draft, request, "purchase_order")


def design_preview(draft: Draft, request: Request, usual: str) -> Answer:
    """A design that need not be stored, filled."""
    design = sent_design(request, needed=True)
    if request.errors:
        raise invalid(request.errors, request.diagnoses)
    body = request.body
    kind = str(body.get("entity") or body.get("entity_type") or usual)
    entity = draft.entity(kind if kind in KINDS else usual)
    data = draft.get(entity.name, str(body.get("entity_id") or "")) if "body" in body else None
    if data is None:
        sheet = sample_sheet(draft, entity, design=design)
    else:
        sheet = sheet_of(draft, entity, data, first_contact(draft, entity, data), design=design)
    return shown(draft, request, printed_bill(draft, entity, sheet, design))


@operation("live_preview")
def live_preview(draft: Draft, request: Request) -> Answer:
    """An invoice, quote, credit or recurring invoice as it would be stored."""
    kind = request.body.get("entity")
    return bill_preview(draft, request, str(kind) if kind in KINDS else "invoice")


@operation("live_preview_purchase_order")
def live_preview_purchase_order(draft: Draft, request: Request) -> Answer:
    """A purchase order as it would be stored."""
    return bill_preview(draft, request, "purchase_order")


def bill_preview(draft: Draft, request: Request, kind: str) -> Answer:
    """A bill of what was sent, with its totals, in the design that it names."""
    entity = draft.entity(kind)
    require_create(draft, entity)
    stored = named_bill(draft, entity, request)
    check_form(draft, request)
    data, contact = trial_bill(draft, entity, request, stored)
    return shown(draft, request, printed_bill(draft, entity, sheet_of(draft, entity, data, contact)))


@operation("live_design")
def live_design(draft: Draft, request: Request) -> Answer:
    """A sample document with settings of the company, a group or a client that are not stored yet."""
    require_create(draft, draft.entity("invoice"))
    body = request.body
    sent = body.get("settings")
    if isinstance(sent, dict):
        check_settings(draft, sent, request)
    design = sent_design(request, needed=False)
    held = level_settings(draft, request)
    check_form(draft, request)
    tried = {**held, **(cast_settings(draft, sent) if isinstance(sent, dict) else {})}
    kind = str(body["entity_type"])
    if design is None:
        named = str(tried.get(f"{kind}_design_id") or "")
        design = draft.get("design", named) if named else None
    return shown(draft, request, sample_print(draft, kind, tried, design))


def level_settings(draft: Draft, request: Request) -> dict[str, Any]:
    """Stored settings of the group or client that the request names; collects a message for one that is not there."""
    entity, field = LEVELS.get(str(request.body.get("settings_type")), ("", ""))
    hashed = str(request.body.get(field) or "")
    if not hashed:
        return {}
    holder = draft.get(entity, hashed)
    if holder is None:
        request.errors.setdefault(field, [f"The selected {field.replace('_', ' ')} is invalid."])
        return {}
    return {key: value for key, value in holder["settings"].items() if value not in (None, "")}
