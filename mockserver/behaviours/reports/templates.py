"""Templates: designs filled from several records by a bulk action, collected as one PDF (R-BULK-13, R-EP-50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File
from mockserver.behaviours.bills.billing import currency
from mockserver.behaviours.core.access import may_touch
from mockserver.behaviours.core.registry import action, operation
from mockserver.behaviours.papers.invoice_files import PDF, bill_print, first_contact, first_of_bulk, pdf_of
from mockserver.behaviours.papers.paper_settings import look_of, printer_for, settings_for
from mockserver.behaviours.papers.printing import Printed, own_layout, printed_bill, sheet_of
from mockserver.behaviours.records.bulk import found
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.reports.collecting import still_working
from mockserver.derive.markup import html_parts
from mockserver.derive.paper import Paper
from mockserver.derive.text import uuid_like
from mockserver.derive.variables import company_values, fill, label_values

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.derive.wording import Printer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MOST = 100
"""Templates of a company that wait to be collected; the oldest goes when one more is begun."""
AMOUNTS = frozenset(("cost", "line_total", "gross_line_total", "tax_amount"))
CODE = ("{{", "{%")
RELATED = ("invoice", "quote", "credit", "payment", "task", "project")
"""What a template may go through of a client or project."""


@action("template")
def template(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """Begin to fill a design with all listed records; the answer is the id to collect it by, or that it was sent."""
    listed = first_of_bulk(request)
    if listed is None:
        return None
    if request.flag("send_email"):
        return message("email sent")
    records = found(draft, entity, listed)
    ids = [record.data["id"] for record in records if may_touch(draft, entity, record, "edit")]
    design = str(request.input("template_id") or "")
    kept = draft.company["templates"]
    number = kept[-1]["number"] + 1 if kept else 1
    hashed = uuid_like(draft.world.text(32, "templates", draft.company_row, number))
    entry = {"number": number, "hash": hashed, "entity": entity.name, "ids": ids, "design": design}
    draft.patch("company", draft.company["id"], {"templates": [*kept, entry][-MOST:]}, touch=False)
    return message(hashed)


@operation("template_preview")
def template_preview(draft: Draft, request: Request) -> Answer:
    """The filled design; 409 for a text that nobody was given, and for a job that could not be done."""
    wanted = request.parameters["hash"]
    job = next((each for each in draft.company["templates"] if each["hash"] == wanted), None)
    printed = filled(draft, job) if job is not None else []
    if not printed:
        return still_working()
    return File(pdf_of(draft, *printed), PDF, "template.pdf")


def filled(draft: Draft, job: Data) -> list[Printed]:
    """The documents of a job; none when its records are gone, or no design is there that fits them."""
    from mockserver.derive.twig import BrokenTemplate  # its library is only loaded for a template

    entity = draft.entity(job["entity"])
    records = [data for hashed in job["ids"] if (data := draft.get(entity.name, hashed)) is not None]
    design = draft.get("design", job["design"]) if job["design"] else None
    layout = own_layout(design)
    if not records:
        return []
    if layout and ((design is not None and design["is_template"]) or any(sign in layout for sign in CODE)):
        try:
            return [filled_layout(draft, entity, records, layout)]
        except BrokenTemplate:
            return []
    if "bill" not in entity.facts:
        return []
    if design is None:
        return [bill_print(draft, entity, data, first_contact(draft, entity, data)) for data in records]
    return [
        printed_bill(
            draft,
            entity,
            sheet_of(draft, entity, data, first_contact(draft, entity, data), design=design),
            design,
        )
        for data in records
    ]


def filled_layout(draft: Draft, entity: Entity, records: list[Data], layout: str) -> Printed:
    """One document of all the records: template code first, then the variables of the company."""
    from mockserver.derive.twig import filled_template

    client = draft.behind(entity, records[0], "client")
    settings = settings_for(draft, client)
    printer = printer_for(draft, settings, client or {}, currency(draft, client))
    values: dict[str, Any] = {
        entity.resource: [described(draft, entity, data, printer) for data in records],
        "company": {key: str(value) for key, value in settings.items() if isinstance(value, (str, int))},
    }
    if client is not None:
        values["client"] = described(draft, draft.entity("client"), client, printer)
    page = filled_template(layout, values, printer)
    page = fill(page, {**label_values(printer), **company_values(settings)}, markup=True)
    return Printed(Paper(body=html_parts(page), name=str(entity.facts["label"][1]), look=look_of(settings, None)), page)


def described(draft: Draft, entity: Entity, data: Data, printer: Printer, *, deep: bool = True) -> dict[str, Any]:
    """A record as template code sees it: amounts and dates as they are printed, the plain amount as `NAME_raw`."""
    out: dict[str, Any] = {}
    for name, field in entity.fields.items():
        value = data.get(name)
        if field.kind == "money":
            out[name], out[f"{name}_raw"] = printer.money(value or 0), value
        else:
            out[name] = printer.date(value) if field.kind == "date" else value
    if isinstance(data.get("line_items"), list):
        out["line_items"] = [line_described(line, printer) for line in data["line_items"]]
    if deep:
        client = draft.behind(entity, data, "client")
        if client is not None and client is not data:
            out["client"] = described(draft, draft.entity("client"), client, printer, deep=False)
        out |= related(draft, entity, data, printer)
    return out


def related(draft: Draft, entity: Entity, data: Data, printer: Printer) -> dict[str, list[dict[str, Any]]]:
    """Lists of what belongs to a client or project and is not deleted, by the names of their routes."""
    own = f"{entity.name}_id"
    found: dict[str, list[dict[str, Any]]] = {}
    if entity.name in ("client", "project"):
        for name in RELATED:
            child = draft.entity(name)
            if own in child.fields:
                rows = [each for each in draft.find(name, data["id"], own) if not each["is_deleted"]]
                found[child.resource] = [described(draft, child, each, printer, deep=False) for each in rows]
    return found


def line_described(line: Data, printer: Printer) -> dict[str, Any]:
    """A line of a bill."""
    raw = {f"{name}_raw": line[name] for name in AMOUNTS}
    return {**line, **raw, **{name: printer.money(line[name]) for name in AMOUNTS}}
