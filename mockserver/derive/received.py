"""Received electronic invoices: what an expense needs of them, read from UBL or the XML of Factur-X and ZUGFeRD."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mockserver.derive.dates import parse_date
from mockserver.derive.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
MOST = Decimal(99_999_999_999_999)
TAXES = 3
"""Taxes that an expense has room for."""


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax with its rate in per cent and its amount."""

    name: str
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Received:
    """An invoice of a vendor, a credit note with a negative amount. `seller` has keys of a vendor, empty ones too."""

    number: str
    date: str
    currency: str
    amount: Decimal
    seller: Mapping[str, str]
    country: str
    email: str
    taxes: tuple[Tax, ...]


class Layout(NamedTuple):
    """Where the parts stand: paths of local names, several are tried in turn."""

    number: str
    date: str
    currency: str
    amount: tuple[str, ...]
    seller: Mapping[str, tuple[str, ...]]
    taxes: str
    tax: tuple[str, str, str]


_PARTY = "AccountingSupplierParty/Party"
UBL = Layout(
    number="ID",
    date="IssueDate",
    currency="DocumentCurrencyCode",
    amount=("LegalMonetaryTotal/TaxInclusiveAmount", "LegalMonetaryTotal/PayableAmount"),
    seller={
        "name": (f"{_PARTY}/PartyName/Name", f"{_PARTY}/PartyLegalEntity/RegistrationName"),
        "address1": (f"{_PARTY}/PostalAddress/StreetName",),
        "address2": (f"{_PARTY}/PostalAddress/AdditionalStreetName",),
        "city": (f"{_PARTY}/PostalAddress/CityName",),
        "state": (f"{_PARTY}/PostalAddress/CountrySubentity",),
        "postal_code": (f"{_PARTY}/PostalAddress/PostalZone",),
        "vat_number": (f"{_PARTY}/PartyTaxScheme/CompanyID",),
        "id_number": (f"{_PARTY}/PartyLegalEntity/CompanyID",),
        "phone": (f"{_PARTY}/Contact/Telephone",),
        "country": (f"{_PARTY}/PostalAddress/Country/IdentificationCode",),
        "email": (f"{_PARTY}/Contact/ElectronicMail",),
    },
    taxes="TaxTotal/TaxSubtotal",
    tax=("TaxCategory/TaxScheme/ID", "TaxCategory/Percent", "TaxAmount"),
)
_AGREED = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/SellerTradeParty"
_SETTLED = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
CII = Layout(
    number="ExchangedDocument/ID",
    date="ExchangedDocument/IssueDateTime/DateTimeString",
    currency=f"{_SETTLED}/InvoiceCurrencyCode",
    amount=(f"{_SETTLED}/SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount",),
    seller={
        "name": (f"{_AGREED}/Name",),
        "address1": (f"{_AGREED}/PostalTradeAddress/LineOne",),
        "address2": (f"{_AGREED}/PostalTradeAddress/LineTwo",),
        "city": (f"{_AGREED}/PostalTradeAddress/CityName",),
        "state": (f"{_AGREED}/PostalTradeAddress/CountrySubDivisionName",),
        "postal_code": (f"{_AGREED}/PostalTradeAddress/PostcodeCode",),
        "vat_number": (
            f"{_AGREED}/SpecifiedTaxRegistration/ID[@schemeID='VA']",
            f"{_AGREED}/SpecifiedTaxRegistration/ID",
        ),
        "id_number": (f"{_AGREED}/SpecifiedLegalOrganization/ID",),
        "phone": (f"{_AGREED}/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber",),
        "country": (f"{_AGREED}/PostalTradeAddress/CountryID",),
        "email": (
            f"{_AGREED}/DefinedTradeContact/EmailURIUniversalCommunication/URIID",
            f"{_AGREED}/URIUniversalCommunication/URIID",
        ),
    },
    taxes=f"{_SETTLED}/ApplicableTradeTax",
    tax=("TypeCode", "RateApplicablePercent", "CalculatedAmount"),
)
LAYOUTS = {"Invoice": UBL, "CreditNote": UBL, "CrossIndustryInvoice": CII}
CREDITS = frozenset({"381", "261", "262", "296", "308", "532"})
"""Codes of credit notes in the list UNTDID 1001."""


def read(content: bytes) -> Received | None:
    """The invoice in a file; None when it is no XML, no invoice, or names neither seller nor a sensible amount."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    layout = LAYOUTS.get(root.tag.rpartition("}")[2])
    if layout is None:
        return None
    amount = decimal(first(root, *layout.amount))
    seller = {name: first(root, *paths) for name, paths in layout.seller.items()}
    country, email = seller.pop("country"), seller.pop("email")
    if not (seller["name"] or seller["vat_number"]) or not 0 < abs(amount) < MOST:
        return None
    if root.tag.endswith("CreditNote") or first(root, "ExchangedDocument/TypeCode") in CREDITS:
        amount = -abs(amount)
    return Received(
        number=first(root, layout.number),
        date=date_of(first(root, layout.date)),
        currency=first(root, layout.currency),
        amount=amount,
        seller=seller,
        country=country,
        email=email if "@" in email else "",
        taxes=tuple(
            Tax(first(each, name) or "VAT", decimal(first(each, rate)), decimal(first(each, amount_of)))
            for name, rate, amount_of in (layout.tax,)
            for each in root.iterfind(anywhere(layout.taxes))
        )[:TAXES],
    )


def anywhere(path: str) -> str:
    """The path whatever the namespaces are."""
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def first(element: Element, *paths: str) -> str:
    """The text of the first path that has one, without the white space around it."""
    for path in paths:
        text = (element.findtext(anywhere(path)) or "").strip()
        if text:
            return text
    return ""


def decimal(text: str) -> Decimal:
    """The number as the XML schema writes it; 0 for anything else."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else ZERO


def date_of(text: str) -> str:
    """`YYYY-MM-DD` of a date, also of one written as eight digits; empty when it is none."""
    if len(text) == len("20260115") and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return parse_date(text) or ""
