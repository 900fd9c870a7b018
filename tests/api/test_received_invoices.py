"""Electronic invoices of vendors that are uploaded become expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import TODAY, errors, part, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

PARTY = """<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Nordholz GmbH</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>Hafenstrasse 7</cbc:StreetName><cbc:CityName>Bremen</cbc:CityName>
<cbc:PostalZone>28195</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>DE123456788</cbc:CompanyID></cac:PartyTaxScheme>
<cac:Contact><cbc:ElectronicMail>rechnung@nordholz.example.com</cbc:ElectronicMail></cac:Contact>
</cac:Party></cac:AccountingSupplierParty>"""
UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:x:{root}-2" xmlns:cac="urn:x:cac" xmlns:cbc="urn:x:cbc"><cbc:ID>{number}</cbc:ID>
<cbc:IssueDate>2026-01-10</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{party}
<cac:TaxTotal><cac:TaxSubtotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount><cac:TaxCategory>
<cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>
</cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">{amount}</cbc:TaxInclusiveAmount>
</cac:LegalMonetaryTotal></{root}>"""
CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:x:rsm" xmlns:ram="urn:x:ram" xmlns:udt="urn:x:udt">
<rsm:ExchangedDocument><ram:ID>ZF-9</ram:ID><ram:TypeCode>{code}</ram:TypeCode><ram:IssueDateTime>
<udt:DateTimeString format="102">20260112</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>
<ram:Name>Atelier Roux</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>69001</ram:PostcodeCode>
<ram:LineOne>3 Quai</ram:LineOne><ram:CityName>Lyon</ram:CityName><ram:CountryID>FR</ram:CountryID>
</ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/1</ram:ID>
</ram:SpecifiedTaxRegistration>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR40303265045</ram:ID>
</ram:SpecifiedTaxRegistration></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:ApplicableTradeTax><ram:CalculatedAmount>20.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
<ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def ubl(number: str = "NH-77", amount: str = "119.00", root: str = "Invoice") -> str:
    return UBL.format(number=number, amount=amount, root=root, party=PARTY)


def upload(shop: Shop, *contents: str, method: str = "PUT") -> Response:
    files = [("documents[]", (f"{place}.xml", content.encode())) for place, content in enumerate(contents)]
    data = {"_method": "PUT"} if method == "POST" else {}
    return shop.call(method, "edocument/upload", data=data, files=files)


def test_a_file_becomes_an_expense_of_a_new_vendor(shop: Shop) -> None:
    """R-EP-26, 5.12."""
    answer = upload(shop, ubl())
    assert (answer.status_code, answer.json()) == (200, {"message": "Processing...."})
    expense = rows(shop.get("expenses", include="vendor"))[0]
    wanted: JSON = {
        "amount": 119,
        "date": "2026-01-10",
        "transaction_reference": "NH-77",
        "public_notes": "NH-77",
        "currency_id": "3",
        "number": "0001",
        "uses_inclusive_taxes": True,
        "tax_name1": "VAT",
        "tax_rate1": 19,
        "tax_amount1": 19,
        "tax_name2": "",
        "vendor": {
            "name": "Nordholz GmbH",
            "address1": "Hafenstrasse 7",
            "city": "Bremen",
            "postal_code": "28195",
            "country_id": "276",
            "currency_id": "3",
            "vat_number": "DE123456788",
            "number": "0001",
            "contacts": [{"email": "rechnung@nordholz.example.com", "is_primary": True}],
        },
    }
    assert part(wanted, expense) == wanted
    file = expense["documents"][0]
    assert (file["name"], file["type"]) == ("0.xml", "xml")
    assert shop.get(f"documents/{file['id']}/download").content == ubl().encode()


def test_a_known_vendor_is_found_again(shop: Shop) -> None:
    """By its tax number, whatever its name is; a deleted one is not."""
    body = {"name": "Nordholz", "vat_number": "DE123456788"}
    gone, known = (shop.post("vendors", body).json()["data"]["id"] for _ in range(2))
    shop.post("vendors/bulk", {"action": "delete", "ids": [gone]})
    upload(shop, ubl("A"), ubl("B"))
    assert [each["vendor_id"] for each in rows(shop.get("expenses"))] == [known, known]
    assert len(shop.ids("vendors")) == 2


def test_the_same_invoice_is_booked_once(shop: Shop) -> None:
    upload(shop, ubl())
    upload(shop, ubl())
    expense = rows(shop.get("expenses"))
    assert [each["private_notes"] for each in expense] == [f"This invoice was received again on {TODAY}."]
    upload(shop, ubl(amount="120.00"))
    assert len(shop.ids("expenses")) == 2


@pytest.mark.parametrize(("code", "amount"), [("380", 120), ("381", -120)])
def test_the_layout_of_zugferd_is_read_too(shop: Shop, code: str, amount: int) -> None:
    upload(shop, CII.format(code=code), method="POST")
    expense = rows(shop.get("expenses", include="vendor"))[0]
    wanted: JSON = {
        "amount": amount,
        "date": "2026-01-12",
        "transaction_reference": "ZF-9",
        "tax_rate1": 20,
        "vendor": {"name": "Atelier Roux", "city": "Lyon", "country_id": "250", "vat_number": "FR40303265045"},
    }
    assert part(wanted, expense) == wanted


def test_a_credit_note_lowers_what_was_spent(shop: Shop) -> None:
    upload(shop, ubl(root="CreditNote"))
    assert rows(shop.get("expenses"))[0]["amount"] == -119


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><Invoice>&c;</Invoice>'


NOBODY = ubl().replace("Nordholz GmbH", "").replace("DE123456788", "")
AMOUNTS = {"of nothing": "0", "in powers": "1e3", "in words": "ten", "too large": "9" * 16}


@pytest.mark.parametrize(
    "content",
    [
        *("", "no XML", "<Invoice/>", "<Order/>"),
        pytest.param(BOMB, id="entities"),
        pytest.param(NOBODY, id="of nobody"),
        *(pytest.param(ubl(amount=amount), id=name) for name, amount in AMOUNTS.items()),
    ],
)
def test_files_that_say_nothing_are_dropped(shop: Shop, content: str) -> None:
    """The answer comes before the files are read."""
    assert upload(shop, content).status_code == 200
    assert shop.ids("expenses") == shop.ids("vendors") == []


def test_who_and_what_is_refused(shop: Shop) -> None:
    assert list(errors(shop.put("edocument/upload", {}))) == ["documents"]
    clerk = shop.hire("create_all,edit_all,view_all")
    assert upload(clerk, ubl()).status_code == 401
    assert shop.ids("expenses") == []
