"""Invoices and credits as XML: UBL 2.1 with the parts that every e-invoice has, elements in the order of its schema."""

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
    """A kind of UBL document: root, code in the list UNTDID 1001, quantity of a line, whether it falls due."""

    root: str
    code: str
    quantity: str
    due: bool


INVOICE = Form("Invoice", "380", "InvoicedQuantity", due=True)
CREDIT_NOTE = Form("CreditNote", "381", "CreditedQuantity", due=False)
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def invoice_xml(
    invoice: Data,
    client: Data,
    contact: Data | None,
    company: Data,
    *,
    currency: str,
    countries: tuple[str, str],
    form: Form = INVOICE,
) -> bytes:
    """The invoice, or another bill in its form, as XML in UTF-8.

    `currency` is its code, `countries` the two-letter codes of company and client.
    """
    root = ET.Element(form.root, {"xmlns": f"{_BASE}{form.root}-2", **NAMESPACES})
    for name, value in (
        ("ID", invoice["number"] or invoice["id"]),
        ("IssueDate", invoice["date"]),
        ("DueDate", invoice["due_date"] if form.due else ""),
        (f"{form.root}TypeCode", form.code),
        ("Note", invoice["public_notes"]),
        ("DocumentCurrencyCode", currency),
    ):
        _basic(root, name, value)
    if invoice["po_number"]:
        _basic(_group(root, "OrderReference"), "ID", invoice["po_number"])
    _party(_group(root, "AccountingSupplierParty"), company["settings"], None, countries[0])
    _party(_group(root, "AccountingCustomerParty"), client, contact, countries[1])
    if invoice["terms"]:
        _basic(_group(root, "PaymentTerms"), "Note", invoice["terms"])
    _money(_group(root, "TaxTotal"), "TaxAmount", invoice["total_taxes"], currency)
    totals = _group(root, "LegalMonetaryTotal")
    for name, amount in _totals(invoice):
        _money(totals, name, amount, currency)
    for number, line in enumerate(invoice["line_items"], 1):
        _line(_group(root, f"{form.root}Line"), number, line, currency, form.quantity)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _totals(invoice: Data) -> Iterator[tuple[str, object]]:
    """The members of LegalMonetaryTotal; what the caller pays is the balance, or the amount of a draft."""
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
    yield "PayableAmount", total - paid if invoice["status_id"] == DRAFT else invoice["balance"]


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
    reach = _group(party, "Contact")
    _basic(reach, "Name", f"{person.get('first_name', '')} {person.get('last_name', '')}".strip())
    _basic(reach, "Telephone", person.get("phone") or data.get("phone"))
    _basic(reach, "ElectronicMail", person.get("email") or data.get("email"))


def _line(parent: ET.Element, number: int, line: Data, currency: str, quantity: str) -> None:
    """One line with its taxes."""
    _basic(parent, "ID", number)
    unit = {"unitCode": _clean(line["unit_code"])} if line.get("unit_code") else {}
    _basic(parent, quantity, printed_number(line["quantity"]), unit)
    _money(parent, "LineExtensionAmount", line["line_total"], currency)
    item = _group(parent, "Item")
    _basic(item, "Description", line["notes"])
    _basic(item, "Name", line["product_key"] or "-")
    for n in (1, 2, 3):
        if line[f"tax_rate{n}"]:
            category = _group(item, "ClassifiedTaxCategory")
            _basic(category, "ID", "S")
            _basic(category, "Percent", printed_number(line[f"tax_rate{n}"]))
            _basic(_group(category, "TaxScheme"), "ID", line[f"tax_name{n}"] or "VAT")
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
