"""How a document is written: settings by cascade, the reader's currency and country, colours and sizes (R-CALC-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.paper import Look
from mockserver.derive.wording import DEFAULT_DATES, Printer, currency_for

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def settings_for(draft: Draft, client: Data | None, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings that hold for a client, with the name of the company's country; `more` are tried on top."""
    settings = draft.settings_of(client)
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
    return look._replace(**STYLES.get(str((design or {}).get("name")), {}))


def logo_of(draft: Draft) -> bytes:
    """The company's logo, empty without one and when the settings let go of it."""
    kept = draft.company.get("logo")
    return kept if isinstance(kept, bytes) and draft.company["settings"].get("company_logo") else b""
