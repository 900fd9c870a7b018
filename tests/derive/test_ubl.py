"""Invoices as XML."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from mockserver.derive.line_items import DEFAULTS
from mockserver.derive.ubl import FORMS, bill_xml

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
LINE = {
    **DEFAULTS, "product_key": "W-1", "notes": "Widget", "cost": 50, "quantity": 2, "tax_name1": "VAT", "tax_rate1": 20,
    "tax_rate2": 5, "line_total": 100,
}  # fmt: skip
INVOICE: dict[str, Any] = {
    "id": "VolejRejNm", "number": "INV-7", "date": "2026-01-15", "due_date": "", "public_notes": "", "po_number": "",
    "terms": "", "line_items": [LINE], "discount": 10, "is_amount_discount": False, "amount": 113, "paid_to_date": 13,
    "balance": 100, "total_taxes": 20, "status_id": "3", **{f"custom_surcharge{n}": n - 2 for n in (1, 2, 3, 4)},
}  # fmt: skip
COMPANY = {"settings": {"name": "Acme Works", "vat_number": "US1", "id_number": "R-1", "email": "a@example.com"}}
CLIENT = {"name": "Bright & <Harbour>", "address1": "12 Quay Street", "city": "Portland", "phone": "+1"}


def made(contact: dict[str, Any] | None = None, **fields: Any) -> ET.Element:
    codes = ("US", "")
    content = bill_xml({**INVOICE, **fields}, CLIENT, contact, COMPANY, currency="USD", countries=codes)
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<Invoice ")
    return ET.fromstring(content)


def other(kind: str, **fields: Any) -> ET.Element:
    """A bill of another kind."""
    codes = ("US", "")
    person = {"first_name": "Ines", "last_name": "Moreau", "email": "", "phone": ""}
    bill = {**INVOICE, "terms": "Net 30", "po_number": "PO-1", "due_date": "2026-02-14", **fields}
    return ET.fromstring(bill_xml(bill, CLIENT, person, COMPANY, currency="USD", countries=codes, form=FORMS[kind]))


def names(element: ET.Element) -> list[str]:
    return [child.tag.partition("}")[2] for child in element]


def test_the_parts_stand_in_the_order_of_the_schema() -> None:
    root = made(due_date="2026-02-14", public_notes="Thanks", po_number="PO-1", terms="Net 30")
    assert names(root) == [
        "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note", "DocumentCurrencyCode", "OrderReference",
        "AccountingSupplierParty", "AccountingCustomerParty", "PaymentTerms", "TaxTotal", "LegalMonetaryTotal",
        "InvoiceLine",
    ]  # fmt: skip


def test_what_is_empty_is_left_out() -> None:
    assert not {"DueDate", "Note", "OrderReference", "PaymentTerms"} & set(names(made()))
    assert made(number="").findtext(f"{CBC}ID") == "VolejRejNm"


def test_the_totals_add_up() -> None:
    totals = made().find(f"{CAC}LegalMonetaryTotal")
    assert totals is not None
    assert {child.tag.partition("}")[2]: child.text for child in totals} == {
        "LineExtensionAmount": "100.00", "TaxExclusiveAmount": "93.00", "TaxInclusiveAmount": "113.00",
        "AllowanceTotalAmount": "10.00", "ChargeTotalAmount": "2.00", "PrepaidAmount": "13.00",
        "PayableAmount": "100.00",
    }  # fmt: skip
    assert {child.get("currencyID") for child in totals} == {"USD"}
    assert made(status_id="1", balance=0).findtext(f".//{CBC}PayableAmount") == "100.00"
    assert made(is_amount_discount=True, discount=7).findtext(f".//{CBC}AllowanceTotalAmount") == "7.00"


def test_both_parties_are_named() -> None:
    root = made({"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com", "phone": ""})
    supplier, customer = root.findall(f"*/{CAC}Party")
    assert names(supplier) == ["PartyName", "PostalAddress", "PartyTaxScheme", "PartyLegalEntity", "Contact"]
    assert supplier.findtext(f".//{CBC}IdentificationCode") == "US"
    assert customer.findtext(f"{CAC}PartyName/{CBC}Name") == "Bright & <Harbour>"
    assert [child.text for child in customer.findall(f"{CAC}Contact/*")] == ["Ines Moreau", "+1", "ines@example.com"]


def test_each_tax_of_a_line_is_a_category() -> None:
    line = made().find(f"{CAC}InvoiceLine")
    assert line is not None
    assert [each.text for each in line.iter(f"{CBC}Percent")] == ["20", "5"]
    quantity = line.find(f"{CBC}InvoicedQuantity")
    assert quantity is not None
    assert (quantity.text, quantity.get("unitCode")) == ("2", "C62")


def test_characters_that_xml_forbids_are_dropped() -> None:
    line = {**LINE, "notes": "a\x00\x0bb\ud800c", "unit_code": "C\x0162", "product_key": ""}
    root = made(line_items=[line, {**line, "unit_code": ""}])
    assert root.findtext(f".//{CBC}Description") == "abc"
    assert [each.get("unitCode") for each in root.iter(f"{CBC}InvoicedQuantity")] == ["C62", None]


def test_a_quotation_holds_until_a_day_and_has_its_terms_among_the_notes() -> None:
    root = other("quote", public_notes="Hello")
    assert root.tag == "{urn:oasis:names:specification:ubl:schema:xsd:Quotation-2}Quotation"
    assert names(root) == [
        "ID", "IssueDate", "Note", "Note", "PricingCurrencyCode", "ValidityPeriod", "SellerSupplierParty",
        "BuyerCustomerParty", "TaxTotal", "QuotedMonetaryTotal", "QuotationLine",
    ]  # fmt: skip
    assert [each.text for each in root.findall(f"{CBC}Note")] == ["Hello", "Net 30"]
    assert root.findtext(f"{CAC}ValidityPeriod/{CBC}EndDate") == "2026-02-14"
    assert root.findtext(f"{CAC}SellerSupplierParty//{CBC}Name") == "Acme Works"
    assert root.findtext(f"{CAC}BuyerCustomerParty//{CBC}Name") == "Bright & <Harbour>"


def test_an_order_goes_from_the_company_to_the_vendor() -> None:
    root = other("purchase_order", status_id="2", balance=0, paid_to_date=0)
    assert root.tag == "{urn:oasis:names:specification:ubl:schema:xsd:Order-2}Order"
    assert names(root) == [
        "ID", "IssueDate", "OrderTypeCode", "DocumentCurrencyCode", "CustomerReference", "BuyerCustomerParty",
        "SellerSupplierParty", "Delivery", "PaymentTerms", "TaxTotal", "AnticipatedMonetaryTotal", "OrderLine",
    ]  # fmt: skip
    assert root.findtext(f"{CAC}BuyerCustomerParty//{CBC}Name") == "Acme Works"
    assert root.findtext(f"{CAC}SellerSupplierParty//{CBC}Name") == "Bright & <Harbour>"
    assert root.findtext(f"{CAC}Delivery/{CAC}RequestedDeliveryPeriod/{CBC}EndDate") == "2026-02-14"
    assert root.findtext(f".//{CBC}PayableAmount") == "113.00"
    item = root.find(f"{CAC}OrderLine/{CAC}LineItem")
    assert item is not None
    assert names(item) == ["ID", "Quantity", "LineExtensionAmount", "Price", "Item"]


def test_somebody_who_can_not_be_reached_has_no_empty_contact() -> None:
    codes = ("US", "")
    content = bill_xml(INVOICE, {"name": "Bright"}, None, COMPANY, currency="USD", countries=codes)
    assert len(ET.fromstring(content).findall(f".//{CAC}Contact")) == 1
