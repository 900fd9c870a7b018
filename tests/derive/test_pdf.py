"""Bills on paper."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Any

import pytest

from mockserver.derive.bill_paper import amounts, bill_paper
from mockserver.derive.line_items import DEFAULTS
from mockserver.derive.paper import Look
from mockserver.derive.pdf import merged_pdf
from mockserver.derive.printable import printable
from mockserver.derive.sheet import Sheet
from mockserver.derive.wording import Printer
from tests.pdf_text import lines_of, pages_of, size_of, text_of

DOLLAR = {"code": "USD", "symbol": "$", "precision": 2, "thousand_separator": ",", "decimal_separator": "."}
SETTINGS: dict[str, Any] = {"name": "Acme Works", "city": "Springfield"}
CLIENT: dict[str, Any] = {
    "name": "Bright Harbour",
    "address1": "12 Quay Street",
    "city": "Portland",
    "postal_code": "97",
}
CONTACT = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com"}
LINE = {
    **DEFAULTS, "product_key": "W-1", "notes": "Widget", "cost": 500, "quantity": 2.5, "line_total": 1250,
    "tax_name1": "VAT", "tax_rate1": 20,
}  # fmt: skip
NOW = 1_768_467_600
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
HUGE = PIXEL[:16] + struct.pack(">II", 60_000, 60_000) + PIXEL[24:]
GIF = b"GIF89a" + struct.pack("<HH", 5, 5) + b"\x00\x00\x00,"


def invoice(**fields: Any) -> dict[str, Any]:
    return {
        "number": "INV-7", "date": "2026-01-15", "due_date": "", "po_number": "", "line_items": [LINE], "discount": 0,
        "is_amount_discount": True, **{f"custom_surcharge{n}": 0 for n in (1, 2, 3, 4)}, "uses_inclusive_taxes": False,
        "total_taxes": 250, "amount": 1500, "paid_to_date": 0, "balance": 1500, "status_id": "2", "public_notes": "",
        "terms": "", "footer": "",
    } | fields  # fmt: skip


def sheet(data: dict[str, Any], contact: dict[str, Any] | None = None, **more: Any) -> Sheet:
    given: dict[str, Any] = {"party": CLIENT, "settings": SETTINGS, "printer": Printer(DOLLAR, "Y-m-d")} | more
    return Sheet("invoice", data, contact=contact, **given)


def printed(data: dict[str, Any], contact: dict[str, Any] | None = None, **more: Any) -> bytes:
    now = more.pop("now", NOW)
    return merged_pdf([bill_paper(sheet(data, contact, **more))], now=now)


def test_the_page_says_who_bills_whom_for_what() -> None:
    content = printed(invoice(due_date="2026-02-14", po_number="PO-1", terms="Net 30", footer="Thanks"), CONTACT)
    (shown,) = pages_of(content)
    for text in (
        "Acme Works", "Invoice", "Springfield", "Invoice number INV-7", "Invoice date 2026-01-15",
        "Due date 2026-02-14", "Order number PO-1", "Bill to", "Bright Harbour", "Ines Moreau", "ines@example.com",
        "12 Quay Street", "97 Portland", "W-1 Widget $500.00 2.5 20% $1,250.00", "Subtotal $1,250.00",
        "VAT 20% $250.00", "Total $1,500.00", "Balance due $1,500.00", "Terms", "Net 30", "Thanks",
    ):  # fmt: skip
        assert text in shown
    assert b"/CreationDate (D:20260115090000Z)" in content
    assert b"(INV-7)" in content  # a search in the bytes finds it


def test_the_same_input_gives_the_same_bytes_and_another_day_does_not() -> None:
    assert printed(invoice(), CONTACT) == printed(invoice(), CONTACT)
    assert printed(invoice(number="№ 7"), CONTACT) == printed(invoice(number="№ 7"), CONTACT)
    assert printed(invoice()) != printed(invoice(), now=NOW + 86_400)


def test_without_prices_it_is_a_delivery_note_to_the_shipping_address() -> None:
    client = {**CLIENT, "shipping_address1": "Dock 3", "shipping_country": "Norway"}
    data = invoice(terms="Net 30", public_notes="Ring twice")
    shown = text_of(printed(data, party=client, title="delivery_note", prices=False))
    for text in ("Delivery note", "Deliver to", "Dock 3", "Norway", "W-1", "2.5", "Ring twice"):
        assert text in shown
    for text in ("12 Quay Street", "Total", "Unit cost", "Net 30", "$"):
        assert text not in shown
    assert "12 Quay Street" in text_of(printed(invoice(), prices=False))


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({}, [("VAT 20%", 250), ("Total", 1500), ("Balance due", 1500)]),
        ({"status_id": "1", "balance": 0}, [("VAT 20%", 250), ("Total", 1500), ("Balance due", 1500)]),
        (
            {"discount": 10, "total_taxes": 248},
            [("Discount", -10), ("VAT 20%", 248), ("Total", 1500), ("Balance due", 1500)],
        ),
        ({"total_taxes": 7}, [("Taxes", 7), ("Total", 1500), ("Balance due", 1500)]),
        (
            {"discount": 10, "is_amount_discount": False, "total_taxes": 0, "custom_surcharge2": 5},
            [("Discount (10%)", -125), ("Postage", 5), ("Total", 1500), ("Balance due", 1500)],
        ),
        (
            {"uses_inclusive_taxes": True, "custom_surcharge1": -3, "paid_to_date": 100, "balance": 1400},
            [("Surcharge", -3), ("Taxes included", 250), ("Total", 1500), ("Paid to date", 100), ("Balance due", 1400)],
        ),
    ],
)
def test_the_sums_add_up(fields: dict[str, Any], rows: list[tuple[str, int]]) -> None:
    """One row a tax; one for all where the parts don't make what is stored."""
    labels = {"surcharge2": "Postage|single_line_text"}
    found = amounts(sheet(invoice(**fields), labels=labels))
    assert [(label, float(amount)) for label, amount, _ in found] == [("Subtotal", 1250), *rows]


def test_a_paid_sum_of_zero_is_shown_unless_the_settings_hide_it() -> None:
    shown = sheet(invoice(), settings={**SETTINGS, "hide_paid_to_date": False})
    assert ("Paid to date", 0) in [(label, float(amount)) for label, amount, _ in amounts(shown)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5 € “ok” ™", "5 € “ok” ™"),
        ("e\u0301", "é"),
        ("<p>One &amp; two</p><b>three</b><br/>four", "One & two\nthree\nfour"),
        ("1 < 2 > 1", "1 < 2 > 1"),
        ("a\r\nb\tc\x00d\xade", "a\nb c de"),
        ("left\u200eright", "leftright"),
    ],
)
def test_markup_and_control_characters_are_no_text(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń",
        "Джинн и ёж",
        "Ελληνικά",
        "日本語の請求書",
        "中文发票",
        "한국어 송장",
        "Հայերեն",
        "ქართული",
        "1.500 ₫",
        "100 ₹",
    ],
)
def test_letters_of_other_scripts_can_be_read_back(text: str) -> None:
    assert text in text_of(printed(invoice(public_notes=text)))


@pytest.mark.parametrize("text", ["فاتورة", "חשבונית", "चालान", "বাংলা", "தமிழ்", "ใบแจ้งหนี้"])
def test_letters_that_join_or_run_from_the_right_are_all_there(text: str) -> None:
    found = text_of(printed(invoice(public_notes=text)))
    assert set(text) <= set(found)


def test_what_no_font_has_is_marked() -> None:
    assert "face ? x" in text_of(printed(invoice(public_notes="face 😀 x")))
    assert "a\ufffdb" in text_of(printed(invoice(public_notes="a\ud800b")))


def test_scripts_may_change_from_line_to_line() -> None:
    shown = lines_of(printed(invoice(public_notes="مرحبا\nДжинн\nHello", terms="שלום\nZażółć")))
    assert {"Джинн", "Hello", "Zażółć"} <= set(shown)


@pytest.mark.parametrize(
    "text",
    ["x" * 5000, "word " * 3000, "日本 {nb} \\ ( )\x01\n" * 300, "\ud800", ""],
    ids=["one word", "many words", "many lines", "half a letter", "nothing"],
)
def test_no_text_breaks_the_layout(text: str) -> None:
    line = {**LINE, "product_key": text, "notes": text}
    data = invoice(number=text, line_items=[line], public_notes=text, terms=text, footer=text, po_number=text)
    named = dict.fromkeys(("name", "address1", "city", "country", "vat_number"), text)
    person = dict.fromkeys(("first_name", "last_name", "email"), text)
    for look in (Look(), Look(footer_everywhere=True, numbers=True, band=True, filled=True)):
        assert printed(data, person, party=named, settings=named, look=look).startswith(b"%PDF-")


def test_a_long_table_repeats_its_headings_and_numbers_its_pages() -> None:
    lines = [{**LINE, "product_key": f"W-{n}"} for n in range(200)]
    found = pages_of(printed(invoice(line_items=lines)))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "Description" in page
    for n in range(200):
        assert sum(f"W-{n} Widget" in page for page in found) == 1


def test_the_sums_stay_together() -> None:
    for count in range(20, 32):
        found = pages_of(printed(invoice(line_items=[LINE] * count)))
        assert [page for page in found if "Subtotal" in page] == [page for page in found if "Balance due" in page]


def test_one_page_has_a_number_only_when_the_settings_say_so() -> None:
    assert "Page" not in text_of(printed(invoice()))
    assert "Page 1 of 1" in text_of(printed(invoice(), look=Look(numbers=True)))


def test_a_footer_stands_on_the_last_page_or_on_each() -> None:
    data = invoice(line_items=[LINE] * 60, footer="Bank 1234")
    assert [page.count("Bank 1234") for page in pages_of(printed(data))] == [0, 1]
    assert [page.count("Bank 1234") for page in pages_of(printed(data, look=Look(footer_everywhere=True)))] == [1, 1]


def test_tasks_have_a_table_of_their_own() -> None:
    task = {**LINE, "type_id": "2", "product_key": "Advice"}
    shown = text_of(printed(invoice(line_items=[LINE, task])))
    assert "Item Description Unit cost Quantity Tax Total" in shown
    assert "Service Description Rate Hours Tax Total" in shown
    assert "Unit cost" not in text_of(printed(invoice(line_items=[task])))


def test_the_settings_choose_the_columns() -> None:
    variables = {"product_columns": ["$product.product_key", "$product.quantity", "$product.product1", "$product.odd"]}
    line = {**LINE, "custom_value1": "red"}
    given: dict[str, Any] = {"settings": {**SETTINGS, "pdf_variables": variables}, "labels": {"product1": "Colour"}}
    shown = text_of(printed(invoice(line_items=[line]), **given))
    assert "Item Quantity Colour" in shown
    assert "W-1 2.5 red" in shown
    given["settings"]["hide_empty_columns_on_pdf"] = True
    assert "Item Quantity\n" in text_of(printed(invoice(line_items=[LINE]), **given))


def test_fields_of_the_company_are_shown_under_their_names() -> None:
    data = invoice(custom_value1="Roof", custom_value2="Blue")
    shown = text_of(printed(data, labels={"invoice1": "Site|single_line_text"}))
    assert "Site Roof" in shown
    assert "Blue" not in shown


def test_words_of_the_company_replace_ours() -> None:
    printer = Printer(DOLLAR, "d.m.Y", {"invoice": "Tax invoice", "invoice_date": "Issued", "balance_due": "To pay"})
    shown = text_of(printed(invoice(), printer=printer))
    for text in ("Tax invoice", "Issued 15.01.2026", "To pay $1,500.00"):
        assert text in shown


def test_a_paid_invoice_is_stamped_when_the_settings_say_so() -> None:
    paid = invoice(status_id="4", balance=0, paid_to_date=1500)
    settings = {**SETTINGS, "show_paid_stamp": True}
    assert "PAID" in text_of(printed(paid, settings=settings))
    assert "PAID" not in text_of(printed(invoice(), settings=settings))
    assert "PAID" not in text_of(printed(paid))


@pytest.mark.parametrize("width", ["", "50%", "120px", "9999px", "wide"])
def test_the_logo_is_a_picture_of_the_page(width: str) -> None:
    assert b"/Subtype /Image" in printed(invoice(), logo=PIXEL, look=Look(logo_width=width))


@pytest.mark.parametrize("logo", [b"", b"no picture", PIXEL[:40], PIXEL[:-30], HUGE, GIF])
def test_a_logo_that_is_no_picture_is_left_out(logo: bytes) -> None:
    assert "Invoice number INV-7" in text_of(printed(invoice(), logo=logo))


def test_paper_has_the_size_and_direction_of_the_settings() -> None:
    assert size_of(printed(invoice())) == (595, 842)
    assert size_of(printed(invoice(), look=Look(page="letter", landscape=True))) == (792, 612)
    assert size_of(printed(invoice(), look=Look(page="A77"))) == (595, 842)


def test_several_invoices_make_one_file_each_with_pages_of_its_own() -> None:
    long = sheet(invoice(number="INV-2", line_items=[LINE] * 60))
    papers = [bill_paper(each) for each in (sheet(invoice()), long, replace(long, look=Look(numbers=True)))]
    found = pages_of(merged_pdf(papers, now=NOW))
    numbers = [next((line for line in page.split("\n") if line.startswith("Page")), "") for page in found]
    assert numbers == ["", "Page 1 of 2", "Page 2 of 2", "Page 1 of 2", "Page 2 of 2"]
