"""What a record lacks before it can go out as an electronic invoice: the fields and their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Data = Mapping[str, Any]
    Gap = dict[str, str]

LABELS = {
    "address1": "Street",
    "city": "City",
    "state": "State/Province",
    "postal_code": "Postal Code",
    "country_id": "Country",
    "vat_number": "VAT Number",
    "id_number": "ID Number",
    "email": "Email",
    "line_items": "Line Items",
    "number": "Number",
}
ADDRESS = ("address1", "city", "country_id")
FULL_ADDRESS = ("address1", "city", "state", "postal_code", "country_id")
INDIVIDUAL = "individual"


def gap(field: str) -> Gap:
    """A field that is missing."""
    return {"field": field, "label": LABELS[field]}


def blanks(data: Data, fields: Iterable[str]) -> list[Gap]:
    """Those of the fields that hold nothing but white space."""
    return [gap(field) for field in fields if not str(data.get(field) or "").strip()]


def client_gaps(client: Data, emails: Iterable[str]) -> list[Gap]:
    """Address, the tax number of a business, and somebody to send it to."""
    found = blanks(client, ADDRESS)
    if client["classification"] != INDIVIDUAL:
        found += blanks(client, ("vat_number",))
    return found if any("@" in each for each in emails) else [*found, gap("email")]


def company_gaps(settings: Data) -> list[Gap]:
    """Whole address, and the number that the tax office knows the company by."""
    known_by = "id_number" if settings.get("classification") == INDIVIDUAL else "vat_number"
    return [*blanks(settings, FULL_ADDRESS), *blanks(settings, (known_by,))]


def invoice_gaps(invoice: Data) -> list[Gap]:
    """A number and a line."""
    found = blanks(invoice, ("number",))
    return found if invoice["line_items"] else [*found, gap("line_items")]
