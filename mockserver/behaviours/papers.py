"""From stored records to printed documents: settings by cascade, the reader's currency, the design (R-CALC-18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.billing import bill_of, client_of, currency_of, party_of
from mockserver.behaviours.electronic import electronic_form
from mockserver.derive.bill_paper import Sheet, bill_paper
from mockserver.derive.html_page import html_page, rows_html
from mockserver.derive.markup import filled_slots, html_parts, slots
from mockserver.derive.paper import Look, Paper, Table
from mockserver.derive.variables import bill_values, fill
from mockserver.derive.wording import DEFAULT_DATES, Printer, currency_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

USUAL_PIXELS, USUAL_POINTS = 16, 9.5
STYLES: Mapping[str, dict[str, Any]] = {
    "Plain": {"accent": "#333333"},
    "Bold": {"band": True, "filled": True},
    "Modern": {"band": True, "filled": True},
    "Business": {"filled": True},
    "Creative": {"filled": True},
    "Hipster": {"filled": True},
    "Playful": {"band": True, "filled": True},
    "Tech": {"band": True, "filled": True},
}
"""What sets the stock designs apart; the others have coloured headings and nothing else."""
MERGED = frozenset(("invoice", "credit"))
PICTURES = frozenset(("png", "jpg", "jpeg", "gif"))
PARTS = ("includes", "header", "body", "product", "task", "footer")
"""The parts of a design, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One document: on paper, and as the HTML of a company's own design when it has one."""

    paper: Paper
    page: str = ""

    @property
    def html(self) -> str:
        """The document as HTML."""
        return self.page or html_page([self.paper])


def settings_for(draft: Draft, client: Data | None, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings that hold for a client, with the name of the company's country; `more` are tried on top."""
    settings = {**draft.company["settings"]}
    if client is not None:
        group = draft.get("group_setting", client.get("group_settings_id") or "")
        for level in (group["settings"] if group is not None else {}, client.get("settings") or {}):
            settings |= {key: value for key, value in level.items() if value not in (None, "")}
    settings |= {key: value for key, value in (more or {}).items() if value is not None}
    return {**settings, "country": country_name(draft, settings.get("country_id"))}


def country_name(draft: Draft, number: object) -> str:
    """Name of a country by the id of its row, or empty text."""
    return str(draft.document.statics.row("countries", str(number or "")).get("name", ""))


PLACE = ("address1", "address2", "city", "state", "postal_code", "country_id")


def at_location(draft: Draft, party: Data, data: Mapping[str, Any]) -> dict[str, Any]:
    """A client or vendor with the address of the location that a bill names, if it names one."""
    location = draft.get("location", str(data.get("location_id") or ""))
    if location is None:
        return party
    which = "shipping_" if location["is_shipping_location"] else ""
    return {**party, **{f"{which}{key}": location[key] for key in PLACE}, "ships": bool(which)}


def with_countries(draft: Draft, party: Data) -> dict[str, Any]:
    """A client or vendor with the names of its countries."""
    names = {f"{which}country": country_name(draft, party.get(f"{which}country_id")) for which in ("", "shipping_")}
    return {**party, **names}


def printer_for(draft: Draft, settings: Data, party: Data, currency_id: str) -> Printer:
    """How amounts, dates and words are written for a client or vendor."""
    statics = draft.document.statics
    country = statics.row("countries", str(party.get("country_id") or settings.get("country_id") or ""))
    currency = currency_for(
        statics.row("currencies", currency_id), country, code=bool(settings.get("show_currency_code"))
    )
    dates = statics.row("date_formats", str(settings.get("date_format_id") or "")).get("format")
    words = settings.get("translations")
    return Printer(currency, str(dates or DEFAULT_DATES), words if isinstance(words, dict) else {})


def look_of(settings: Data, design: Data | None) -> Look:
    """Colours, sizes and page numbers of the settings, in the style of a stock design."""

    def text(key: str) -> str:
        return str(settings.get(key) or "")

    try:
        pixels = float(settings.get("font_size") or USUAL_PIXELS)
    except (TypeError, ValueError):
        pixels = USUAL_PIXELS
    place = text("page_numbering_alignment").upper()[:1]
    look = Look(
        accent=text("primary_color") or Look().accent,
        second=text("secondary_color") or Look().second,
        size=USUAL_POINTS * min(max(pixels, 10), 26) / USUAL_PIXELS,
        page=text("page_size"),
        landscape=text("page_layout") == "landscape",
        numbers=bool(settings.get("page_numbering")),
        numbers_at=place if place in ("L", "C", "R") else "C",
        footer_everywhere=bool(settings.get("all_pages_footer")),
        logo_width=text("company_logo_size"),
    )
    return replace(look, **STYLES.get(str((design or {}).get("name")), {}))


def logo_of(draft: Draft) -> bytes:
    """The company's logo, empty without one and when the settings let go of it."""
    kept = draft.company.get("logo")
    return kept if isinstance(kept, bytes) and draft.company["settings"].get("company_logo") else b""


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
    paper = replace(bill_paper(sheet), pictures=extra[0], files=extra[1])
    layout = own_layout(design)
    if not layout:
        return Printed(paper)
    link = f"{draft.world.base_url}/{bill_of(entity).party}/{entity.name}/{key}" if key else ""
    return in_layout(paper, layout, bill_values(sheet, link))


def in_layout(paper: Paper, layout: str, values: Mapping[str, str]) -> Printed:
    """A document in a company's own design: variables and places filled."""
    tables = [rows_html(part) for part in paper.body if isinstance(part, Table)] + ["", ""]
    known = {**values, "$product": tables[0], "$task": tables[1]}
    page = filled_slots(fill(layout.replace("<![", "&lt;!["), known, markup=True), slots(paper))
    bare = Paper(name=paper.name, page_of=paper.page_of, look=paper.look, pictures=paper.pictures, files=paper.files)
    return Printed(replace(bare, body=html_parts(page)), page)


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
