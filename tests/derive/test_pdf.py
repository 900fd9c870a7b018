"""Invoices on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockserver.derive.line_items import DEFAULTS
from mockserver.derive.pdf import Sheet, merged_pdf, printable, sums

DOLLAR = {"code": "USD", "symbol": "$", "precision": 2, "thousand_separator": ",", "decimal_separator": "."}
COMPANY: dict[str, Any] = {"settings": {"name": "Acme Works", "city": "Springfield"}, "custom_fields": {}}
CLIENT: dict[str, Any] = {
    "name": "Bright Harbour",
    "address1": "12 Quay Street",
    "city": "Portland",
    "postal_code": "97",
}
CONTACT = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com"}
LINE = {**DEFAULTS, "product_key": "W-1", "notes": "Widget", "cost": 500, "quantity": 2.5, "line_total": 1250}
NOW = 1_768_467_600


def invoice(**fields: Any) -> dict[str, Any]:
    return {
        "number": "INV-7", "date": "2026-01-15", "due_date": "", "po_number": "", "line_items": [LINE], "discount": 0,
        "is_amount_discount": True, **{f"custom_surcharge{n}": 0 for n in (1, 2, 3, 4)}, "uses_inclusive_taxes": False,
        "total_taxes": 250, "amount": 1500, "paid_to_date": 0, "balance": 1500, "status_id": "2", "public_notes": "",
        "terms": "", "footer": "",
    } | fields  # fmt: skip


def printed(data: dict[str, Any], contact: dict[str, Any] | None = None, **more: Any) -> bytes:
    now = more.pop("now", NOW)
    given: dict[str, Any] = {"client": CLIENT, "company": COMPANY, "currency": DOLLAR} | more
    return merged_pdf([Sheet(data, contact=contact, **given)], now=now)


def texts(content: bytes) -> list[str]:
    """The strings that are shown, in order."""
    return [found.decode("cp1252") for found in re.findall(rb"\((.*?)(?<!\\)\) Tj", content)]


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


def test_the_page_says_who_bills_whom_for_what() -> None:
    content = printed(invoice(due_date="2026-02-14", po_number="PO-1", terms="Net 30", footer="Thanks"), CONTACT)
    shown = texts(content)
    for text in (
        "Acme Works", "Invoice", "Springfield", "INV-7", "2026-01-15", "2026-02-14", "PO-1",
        "Bill to", "Bright Harbour", "Ines Moreau", "ines@example.com", "12 Quay Street", "97 Portland", "W-1",
        "Widget", "$500.00", "2.5", "$1,250.00", "Taxes", "$250.00", "Total", "$1,500.00", "Terms", "Net 30", "Thanks",
    ):  # fmt: skip
        assert text in shown
    assert pages(content) == 1
    assert b"/CreationDate (D:20260115090000Z)" in content


def test_the_same_input_gives_the_same_bytes_and_another_day_does_not() -> None:
    assert printed(invoice(), CONTACT) == printed(invoice(), CONTACT)
    assert printed(invoice()) != printed(invoice(), now=NOW + 86_400)


def test_without_prices_it_is_a_delivery_note_to_the_shipping_address() -> None:
    client = {**CLIENT, "shipping_address1": "Dock 3", "shipping_country": "Norway"}
    shown = texts(
        printed(invoice(terms="Net 30", public_notes="Ring twice"), client=client, title="Delivery note", prices=False)
    )
    assert {"Delivery note", "Deliver to", "Dock 3", "Norway", "W-1", "2.5", "Ring twice"} <= set(shown)
    assert not {"12 Quay Street", "Total", "Unit cost", "Net 30"} & set(shown)
    assert not [text for text in shown if "$" in text]
    assert "12 Quay Street" in texts(printed(invoice(), prices=False))


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({}, [("Taxes", 250), ("Total", 1500), ("Balance due", 1500)]),
        ({"status_id": "1", "balance": 0}, [("Taxes", 250), ("Total", 1500), ("Balance due", 1500)]),
        ({"discount": 10}, [("Discount", -10), ("Taxes", 250), ("Total", 1500), ("Balance due", 1500)]),
        (
            {"discount": 10, "is_amount_discount": False, "total_taxes": 0, "custom_surcharge2": 5},
            [("Discount", -125), ("Postage", 5), ("Total", 1500), ("Balance due", 1500)],
        ),
        (
            {"uses_inclusive_taxes": True, "custom_surcharge1": -3, "paid_to_date": 100, "balance": 1400},
            [("Surcharge", -3), ("Taxes included", 250), ("Total", 1500), ("Paid to date", 100), ("Balance due", 1400)],
        ),
    ],
)
def test_the_sums_add_up(fields: dict[str, Any], rows: list[tuple[str, int]]) -> None:
    company = {**COMPANY, "custom_fields": {"surcharge2": "Postage|single_line_text"}}
    found = sums(Sheet(invoice(**fields), CLIENT, None, company, DOLLAR))
    assert [(label, float(amount)) for label, amount in found] == [("Subtotal", 1250), *rows]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zażółć 日本 😀", "Za?ó?? ?? ?"),
        ("5 € “ok” ™", "5 € “ok” ™"),
        ("e\u0301", "é"),
        ("<p>One &amp; two</p><b>three</b><br/>four", "One & two\nthree\nfour"),
        ("1 < 2 > 1", "1 < 2 > 1"),
        ("a\r\nb\tc\x00d\xade\ud800", "a\nb c de?"),
    ],
)
def test_text_that_the_fonts_lack_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["x" * 5000, "word " * 3000, "日本 {nb} \\ ( )\x01\n" * 300, "\ud800", ""])
def test_no_text_breaks_the_layout(text: str) -> None:
    line = {**LINE, "product_key": text, "notes": text}
    data = invoice(number=text, line_items=[line], public_notes=text, terms=text, footer=text, po_number=text)
    named = dict.fromkeys(("name", "address1", "city", "country", "vat_number"), text)
    person = dict.fromkeys(("first_name", "last_name", "email"), text)
    assert printed(data, person, client=named, company={**COMPANY, "settings": named}).startswith(b"%PDF-")


def test_a_long_table_repeats_its_headings_and_keeps_the_sums_together() -> None:
    content = printed(invoice(line_items=[LINE] * 60))
    assert pages(content) > 1
    assert texts(content).count("Description") == pages(content)
    for count in range(20, 30):
        last = printed(invoice(line_items=[LINE] * count)).rpartition(b"(Subtotal)")[2]
        assert b"(Balance due)" in last
        assert b"endstream" not in last.partition(b"(Balance due)")[0]


def test_a_symbol_that_the_fonts_lack_gives_way_to_the_code() -> None:
    dong = {**DOLLAR, "code": "VND", "symbol": "₫", "precision": 0}
    assert "1,500 VND" in texts(printed(invoice(), currency=dong))
    euro = {**DOLLAR, "code": "EUR", "symbol": "€", "swap_currency_symbol": True}
    assert "1,500.00 €" in texts(printed(invoice(), currency=euro))


def test_several_invoices_make_one_file_each_from_a_new_page_on() -> None:
    sheets = [Sheet(invoice(number=f"INV-{n}"), CLIENT, None, COMPANY, DOLLAR) for n in (1, 2, 3)]
    content = merged_pdf(sheets, now=NOW)
    assert pages(content) == 3
    assert [text for text in texts(content) if text.startswith("INV-")] == ["INV-1", "INV-2", "INV-3"]
