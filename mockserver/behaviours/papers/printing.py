"""From stored bills to printed ones, in a stock design or in one of the company's own (R-EP-13, R-EP-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.behaviours.bills.billing import bill_of, client_of, currency_of, party_of
from mockserver.behaviours.bills.invitations import portal_link
from mockserver.behaviours.papers.electronic import electronic_form
from mockserver.behaviours.papers.paper_settings import (
    at_location,
    logo_of,
    look_of,
    printer_for,
    settings_for,
    with_countries,
)
from mockserver.derive.bill_paper import bill_paper
from mockserver.derive.html_page import html_page, rows_html
from mockserver.derive.markup import filled_slots, html_parts, slots
from mockserver.derive.paper import Paper, Table
from mockserver.derive.sheet import Sheet
from mockserver.derive.variables import bill_values, fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

MERGED = frozenset(("invoice", "credit"))
PICTURES = frozenset(("png", "jpg", "jpeg", "gif"))
PARTS = ("includes", "header", "body", "product", "task", "footer")
"""The parts of a design, in the order of the page."""


class Printed(NamedTuple):
    """One document: on paper, and as the HTML of a company's own design when it has one."""

    paper: Paper
    page: str = ""

    @property
    def html(self) -> str:
        """The document as HTML."""
        return self.page or html_page([self.paper])


def design_of(draft: Draft, entity: Entity, data: Mapping[str, Any], settings: Mapping[str, Any]) -> Data | None:
    """The design of a bill: its own, else that of the settings; None when there is none any more."""
    own = str(data.get("design_id") or "") or str(settings.get(f"{bill_of(entity).settings}_design_id") or "")
    return draft.get("design", own) if own else None


def sheet_of(
    draft: Draft,
    entity: Entity,
    data: Data,
    contact: Data | None,
    *,
    prices: bool = True,
    settings: Mapping[str, Any] | None = None,
    design: Data | None = None,
) -> Sheet:
    """What a bill is printed from; `settings` and `design` are tried out instead of the stored ones."""
    bill = bill_of(entity)
    party = party_of(draft, entity, data) or draft.blank(bill.party)
    merged = settings_for(draft, client_of(draft, entity, data), settings)
    currency_id = str((settings or {}).get("currency_id") or currency_of(draft, entity, data))
    return Sheet(
        entity.name,
        data,
        with_countries(draft, at_location(draft, party, data)),
        contact,
        merged,
        printer_for(draft, merged, party, currency_id),
        title=entity.name if prices else "delivery_note",
        prices=prices,
        days="valid_until" if bill.days == "valid_until" else "due_date",
        balance=bill.opens != "never",
        labels=draft.company.get("custom_fields") or {},
        logo=logo_of(draft),
        look=look_of(merged, design or design_of(draft, entity, data, merged)),
        precision=draft.document.statics.precision(currency_id),
    )


def own_layout(design: Data | None) -> str:
    """The HTML of a company's own design; empty for the stock ones and for a design without content."""
    parts = (design or {}).get("design")
    if design is None or not design.get("is_custom", True) or not isinstance(parts, dict):
        return ""
    return "\n".join(str(parts.get(part) or "") for part in PARTS).strip()


def printed_bill(draft: Draft, entity: Entity, sheet: Sheet, design: Data | None = None, key: str = "") -> Printed:
    """A bill in a design; without one in that of the record. `key` is that of the invitation that it is for."""
    if design is None and sheet.prices:
        design = design_of(draft, entity, sheet.bill, sheet.settings)
    elif design is None:
        own = str(sheet.settings.get("delivery_note_design_id") or "")
        design = draft.get("design", own) if own else None
    extra = (pictures_of(draft, entity, sheet), files_of(draft, entity, sheet))
    paper = bill_paper(sheet)._replace(pictures=extra[0], files=extra[1])
    layout = own_layout(design)
    if not layout:
        return Printed(paper)
    return in_layout(paper, layout, bill_values(sheet, portal_link(draft, entity, key) if key else ""))


def in_layout(paper: Paper, layout: str, values: Mapping[str, str]) -> Printed:
    """A document in a company's own design: variables and places filled."""
    tables = [rows_html(part) for part in paper.body if isinstance(part, Table)] + ["", ""]
    known = {**values, "$product": tables[0], "$task": tables[1]}
    page = filled_slots(fill(layout.replace("<![", "&lt;!["), known, markup=True), slots(paper))
    bare = Paper(name=paper.name, page_of=paper.page_of, look=paper.look, pictures=paper.pictures, files=paper.files)
    return Printed(bare._replace(body=html_parts(page)), page)


def pictures_of(draft: Draft, entity: Entity, sheet: Sheet) -> tuple[bytes, ...]:
    """The public pictures that are attached to a bill, when the settings want them printed."""
    if not sheet.settings.get("embed_documents") or not sheet.bill.get("id"):
        return ()
    attached = draft.find("document", (entity.name, sheet.bill["id"]), "parent_type", "parent_id")
    return tuple(each["content"] for each in attached if each["is_public"] and each["type"] in PICTURES)


def files_of(draft: Draft, entity: Entity, sheet: Sheet) -> tuple[tuple[str, bytes], ...]:
    """The electronic form of an invoice or credit, when the settings want it inside the PDF."""
    wanted = sheet.prices and entity.name in MERGED and sheet.settings.get("merge_e_invoice_to_pdf")
    if not wanted or not sheet.bill.get("id"):
        return ()
    return (
        (
            f"{entity.name}.xml",
            electronic_form(draft, entity, {**sheet.bill}, {**sheet.contact} if sheet.contact else None),
        ),
    )
