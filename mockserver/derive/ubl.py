"""Bills as XML: UBL 2.1 with the parts that every document has, elements in the order of its schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from mockserver.derive.money import ZERO, round_half_up, to_decimal
from mockserver.derive.printed import printed_number
from mockserver.derive.status import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Data = Mapping[str, Any]

_BASE = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES = {
    "xmlns:cac": f"{_BASE}CommonAggregateComponents-2",
    "xmlns:cbc": f"{_BASE}CommonBasicComponents-2",
}


class Form(NamedTuple):
    """A kind of UBL document.

    `code` is its number in the list UNTDID 1001, `us` and `them` the places of company and client or vendor, `date`
    where the due date goes. `wrapped` lines hold a LineItem; `settles` documents say what is left to pay.
    """

    root: str
    code: str
    us: str
    them: str
    total: str
    quantity: str = "Quantity"
    date: str = ""
    currency: str = "DocumentCurrencyCode"
    wrapped: bool = False
    settles: bool = False


INVOICE = Form(
    "Invoice", "380", "AccountingSupplierParty", "AccountingCustomerParty", "LegalMonetaryTotal", "InvoicedQuantity",
    date="DueDate", settles=True,
)  # fmt: skip
CREDIT_NOTE = Form(
    "CreditNote", "381", "AccountingSupplierParty", "AccountingCustomerParty", "LegalMonetaryTotal", "CreditedQuantity",
    settles=True,
)  # fmt: skip
QUOTATION = Form(
    "Quotation", "", "SellerSupplierParty", "BuyerCustomerParty", "QuotedMonetaryTotal",
    date="ValidityPeriod", currency="PricingCurrencyCode", wrapped=True,
)  # fmt: skip
ORDER = Form(
    "Order", "220", "BuyerCustomerParty", "SellerSupplierParty", "AnticipatedMonetaryTotal",
    date="Delivery", wrapped=True,
)  # fmt: skip
FORMS: Mapping[str, Form] = {"invoice": INVOICE, "credit": CREDIT_NOTE, "quote": QUOTATION, "purchase_order": ORDER}
"""The form of each kind of bill."""
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def bill_xml(
    bill: Data,
    party: Data,
    contact: Data | None,
    company: Data,
    *,
    currency: str,
    countries: tuple[str, str],
    form: Form = INVOICE,
) -> bytes:
    """The bill as XML in UTF-8. `currency` is its code, `countries` the two-letter codes of company and party."""
    root = ET.Element(form.root, {"xmlns": f"{_BASE}{form.root}-2", **NAMESPACES})
    _head(root, bill, currency, form)
    _party(_group(root, form.us), company["settings"], None, countries[0])
    _party(_group(root, form.them), party, contact, countries[1])
    if bill["due_date"] and form.date == "Delivery":
        _basic(_group(_group(root, form.date), "RequestedDeliveryPeriod"), "EndDate", bill["due_date"])
    if bill["terms"] and form is not QUOTATION:
        _basic(_group(root, "PaymentTerms"), "Note", bill["terms"])
    _money(_group(root, "TaxTotal"), "TaxAmount", bill["total_taxes"], currency)
    totals = _group(root, form.total)
    for name, amount in _totals(bill, settles=form.settles):
        _money(totals, name, amount, currency)
    for number, line in enumerate(bill["line_items"], 1):
        place = _group(root, f"{form.root}Line")
        _line(_group(place, "LineItem") if form.wrapped else place, number, line, currency, form)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _head(root: ET.Element, bill: Data, currency: str, form: Form) -> None:
    """What stands before the parties. A quotation has no place for terms but its notes."""
    notes = [bill["public_notes"], *([bill["terms"]] if form is QUOTATION else [])]
    for name, value in (
        ("ID", bill["number"] or bill["id"]),
        ("IssueDate", bill["date"]),
        ("DueDate", bill["due_date"] if form.date == "DueDate" else ""),
        (f"{form.root}TypeCode", form.code),
        *(("Note", note) for note in notes),
        (form.currency, currency),
        ("CustomerReference", bill["po_number"] if form is ORDER else ""),
    ):
        _basic(root, name, value)
    if bill["due_date"] and form.date == "ValidityPeriod":
        _basic(_group(root, form.date), "EndDate", bill["due_date"])
    if bill["po_number"] and form.settles:
        _basic(_group(root, "OrderReference"), "ID", bill["po_number"])


def _totals(invoice: Data, *, settles: bool) -> Iterator[tuple[str, object]]:
    """The members of a monetary total; what is left to pay is the balance where there is one, save for drafts."""
    total, paid = to_decimal(invoice["amount"]), to_decimal(invoice["paid_to_date"])
    lines = sum((to_decimal(line["line_total"]) for line in invoice["line_items"]), ZERO)
    discount = to_decimal(invoice["discount"])
    if not invoice["is_amount_discount"]:
        discount = round_half_up(lines * discount / 100, 2)
    yield "LineExtensionAmount", lines
    yield "TaxExclusiveAmount", total - to_decimal(invoice["total_taxes"])
    yield "TaxInclusiveAmount", total
    yield "AllowanceTotalAmount", discount
    yield "ChargeTotalAmount", sum((to_decimal(invoice[f"custom_surcharge{n}"]) for n in (1, 2, 3, 4)), ZERO)
    yield "PrepaidAmount", paid
    yield "PayableAmount", total - paid if not settles or invoice["status_id"] == DRAFT else invoice["balance"]


def _party(parent: ET.Element, data: Data, contact: Data | None, country: str) -> None:
    """Name, address, tax number and how to reach a business."""
    party = _group(parent, "Party")
    _basic(_group(party, "PartyName"), "Name", data.get("name") or "-")
    address = _group(party, "PostalAddress")
    for name, key in (
        ("StreetName", "address1"),
        ("AdditionalStreetName", "address2"),
        ("CityName", "city"),
        ("PostalZone", "postal_code"),
        ("CountrySubentity", "state"),
    ):
        _basic(address, name, data.get(key))
    if country:
        _basic(_group(address, "Country"), "IdentificationCode", country)
    if data.get("vat_number"):
        scheme = _group(party, "PartyTaxScheme")
        _basic(scheme, "CompanyID", data["vat_number"])
        _basic(_group(scheme, "TaxScheme"), "ID", "VAT")
    entity = _group(party, "PartyLegalEntity")
    _basic(entity, "RegistrationName", data.get("name") or "-")
    _basic(entity, "CompanyID", data.get("id_number"))
    person = contact or {}
    reach = (
        ("Name", f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()),
        ("Telephone", person.get("phone") or data.get("phone")),
        ("ElectronicMail", person.get("email") or data.get("email")),
    )
    if any(value for _, value in reach):
        place = _group(party, "Contact")
        for name, value in reach:
            _basic(place, name, value)


def _line(parent: ET.Element, number: int, line: Data, currency: str, form: Form) -> None:
    """One line with its taxes; a LineItem has the price before the item, the others behind it."""
    _basic(parent, "ID", number)
    unit = {"unitCode": _clean(line["unit_code"])} if line.get("unit_code") else {}
    _basic(parent, form.quantity, printed_number(line["quantity"]), unit)
    _money(parent, "LineExtensionAmount", line["line_total"], currency)
    if form.wrapped:
        _money(_group(parent, "Price"), "PriceAmount", line["cost"], currency)
    item = _group(parent, "Item")
    _basic(item, "Description", line["notes"])
    _basic(item, "Name", line["product_key"] or "-")
    for n in (1, 2, 3):
        if line[f"tax_rate{n}"]:
            category = _group(item, "ClassifiedTaxCategory")
            _basic(category, "ID", "S")
            _basic(category, "Percent", printed_number(line[f"tax_rate{n}"]))
            _basic(_group(category, "TaxScheme"), "ID", line[f"tax_name{n}"] or "VAT")
    if not form.wrapped:
        _money(_group(parent, "Price"), "PriceAmount", line["cost"], currency)


def _group(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"cac:{name}")


def _basic(parent: ET.Element, name: str, value: object, attributes: Mapping[str, str] | None = None) -> None:
    """A plain element, left out when it is empty."""
    if value not in (None, ""):
        ET.SubElement(parent, f"cbc:{name}", dict(attributes or {})).text = _clean(value)


def _clean(value: object) -> str:
    """Text without the characters that XML forbids."""
    return _NOT_XML.sub("", str(value))


def _money(parent: ET.Element, name: str, value: object, currency: str) -> None:
    _basic(parent, name, f"{round_half_up(to_decimal(value), 2):f}", {"currencyID": currency})
