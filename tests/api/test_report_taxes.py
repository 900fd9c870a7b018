"""Taxes by name, as invoiced and as paid, and the workbook of a period (R-EP-49). Today is 2026-01-15."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from tests.api.reporting import collected, lines, preview

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

VAT = {"tax_name1": "VAT", "tax_rate1": 20}
GST = {"tax_name1": "GST", "tax_rate1": 7.5}
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def pay(shop: Shop, invoice: JSON, amount: float, **fields: Any) -> JSON:
    shares = [{"invoice_id": invoice["id"], "amount": amount}]
    body = {"client_id": invoice["client_id"], "amount": amount, "invoices": shares, **fields}
    answer = shop.post("payments", body)
    assert answer.status_code == 200, answer
    payment: JSON = answer.json()["data"]
    return payment


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Names and cells of a workbook."""
    with ZipFile(BytesIO(content)) as book:
        names = [each.get("name", "") for each in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{CELLS}sheet")]
        shared = [each.findtext(f"{CELLS}t") for each in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        found = {}
        for number, name in enumerate(names, 1):
            page = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            found[name] = [
                [
                    shared[int(value)] if cell.get("t") == "s" else float(value)
                    for cell in row
                    if (value := cell.findtext(f"{CELLS}v")) is not None
                ]
                for row in page.iter(f"{CELLS}row")
            ]
    return found


@pytest.fixture
def taxed(shop: Shop) -> Shop:
    """120 paid, 107.50 of which 43 are paid, 240 sent, and what does not count."""
    ada = shop.client(name="Ada", postal_code="10115")
    shop.invoice(ada, {"quantity": 1, "cost": 100, **VAT}, query="?paid=true", number="paid")
    pay(shop, shop.sent(ada, {"quantity": 1, "cost": 100, **GST}, number="part"), 43)
    shop.sent(ada, {"quantity": 2, "cost": 100, **VAT}, number="sent")
    shop.invoice(ada, {"quantity": 1, "cost": 100, **VAT}, number="draft")
    shop.delete(f"invoices/{shop.sent(ada, {'quantity': 1, 'cost': 100, **VAT})['id']}")
    return shop


def test_taxes_as_invoiced_and_as_paid(taxed: Shop) -> None:
    """Of what is partly paid the same part of the tax counts as paid; sales without taxes are told apart."""
    day, details = "2026-01-15", ["Date", "Amount", "Amount", "Tax Name", "Tax Rate", "Taxable Amount"]
    taxed.invoice(taxed.client(), {"quantity": 1, "cost": 50}, query="?paid=true")
    assert lines(taxed, "tax_summary_report") == [
        ["Tax Summary"],
        ["Created On", " ", day],
        ["Accrual accounting"],
        ["Gross", "$517.50", "517.50"],
        ["Taxable Amount", "$467.50", "467.50"],
        ["Tax Exempt", "$50.00", "50.00"],
        ["Tax Name", "Tax Amount"],
        ["VAT 20%", "$60.00", "60.00"],
        ["GST 7.5%", "$7.50", "7.50"],
        ["Cash accounting"],
        ["Gross", "$213.00", "213.00"],
        ["Taxable Amount", "$163.00", "163.00"],
        ["Tax Exempt", "$50.00", "50.00"],
        ["Tax Name", "Tax Amount"],
        ["GST 7.5%", "$3.00", "3.00"],
        ["VAT 20%", "$20.00", "20.00"],
        ["Accrual accounting", *details],
        ["Invoice sent", day, "$40.00", "40.00", "VAT 20%", "20", "200"],
        ["Invoice part", day, "$7.50", "7.50", "GST 7.5%", "7.5", "100"],
        ["Invoice paid", day, "$20.00", "20.00", "VAT 20%", "20", "100"],
        ["Cash accounting", *details],
        ["Invoice part", day, "$3.00", "3.00", "GST 7.5%", "7.5", "100"],
        ["Invoice paid", day, "$20.00", "20.00", "VAT 20%", "20", "100"],
    ]
    assert preview(taxed, "tax_summary_report") == (
        ["Tax Name", "Accrual accounting", "Cash accounting"],
        [["VAT 20%", "$60.00", "$20.00"], ["GST 7.5%", "$7.50", "$3.00"]],
    )


def test_taxes_of_lines_and_documents_and_surcharges_are_one_sum(shop: Shop) -> None:
    """The same sum as on the invoice (R-CALC-25)."""
    company = shop.company()
    shop.put(f"companies/{company['id']}", {"custom_surcharge_taxes1": True})
    line = {"quantity": 1, "cost": 100, **VAT, "tax_name2": "City", "tax_rate2": 1}
    invoice = shop.sent(shop.client(), line, custom_surcharge1=10, **VAT, discount=10, is_amount_discount=False)
    _, rows = preview(shop, "tax_summary_report")
    assert rows == [["VAT 20%", "$38.00", "$0.00"], ["City 1%", "$0.90", "$0.00"]]
    assert invoice["total_taxes"] == 38.9


def test_the_days_of_a_summary(taxed: Shop) -> None:
    """By the date of an invoice."""
    taxed.sent(taxed.client(), {"quantity": 1, "cost": 500, **VAT}, date="2025-06-01")
    found = lines(taxed, "tax_summary_report", date_range="custom", start_date="2025-01-01", end_date="2025-12-31")
    assert found[2] == ["Date Range", " ", "2025-01-01", " - ", "2025-12-31"]
    assert found[8] == ["VAT 20%", "$100.00", "100.00"]
    assert lines(taxed, "tax_summary_report", date_range="this_month")[8] == ["VAT 20%", "$60.00", "60.00"]


def test_the_workbook_of_what_was_invoiced(taxed: Shop) -> None:
    answer = collected(taxed, "tax_period_report", is_income_billed=True)
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    day, found = "2026-01-15", sheets(answer.content)
    assert found == {
        "Tax Summary": [["Tax Name", "Tax Amount", "Taxable Amount"], ["VAT 20%", 60, 300], ["GST 7.5%", 7.5, 100]],
        "Invoice Accrual accounting": [
            ["Invoice Number", "Invoice Date", "Invoice Total", "Paid", "Tax Amount", "Taxable Amount", "Notes"],
            ["paid", day, 120, 120, 20, 100, "payable"],
            ["part", day, 107.5, 43, 7.5, 100, "payable"],
            ["sent", day, 240, 0, 40, 200, "payable"],
        ],
        "Invoice Item Accrual accounting"[:30]: [
            [
                *("Invoice Number", "Invoice Date", "Tax Name", "Tax Rate"),
                *("Tax Amount", "Taxable Amount", "Status", "Postal Code"),
            ],
            ["paid", day, "VAT 20%", 20, 20, 100, "payable", "10115"],
            ["part", day, "GST 7.5%", 7.5, 7.5, 100, "payable", "10115"],
            ["sent", day, "VAT 20%", 20, 40, 200, "payable", "10115"],
        ],
    }


def test_the_workbook_of_what_was_paid(taxed: Shop) -> None:
    """By the day of the payment, whatever the date of the invoice."""
    old = taxed.sent(taxed.client(), {"quantity": 1, "cost": 50, **VAT}, number="old", date="2024-05-05")
    pay(taxed, old, 30, date="2026-01-02")
    pay(taxed, old, 15, date="2025-03-03")
    found = sheets(collected(taxed, "tax_period_report", is_income_billed=False, date_range="this_quarter").content)
    assert [row[:1] + row[2:] for row in found["Invoice Cash accounting"][1:]] == [
        ["paid", 120, 120, 20, 100, "payable"],
        ["part", 107.5, 43, 3, 40, "payable"],
        ["old", 60, 30, 5, 25, "payable"],
    ]


def test_refunds_and_cancelled_invoices(shop: Shop) -> None:
    """What was given back is not received; of a cancelled invoice only what was paid is invoiced."""
    invoice = shop.sent(shop.client(), {"quantity": 1, "cost": 100, **VAT}, number="gone")
    payment = pay(shop, invoice, 60)
    shop.post("invoices/bulk", {"action": "cancel", "ids": [invoice["id"]]})
    headings, rows = preview(shop, "tax_period_report", is_income_billed=True)
    assert headings[2:] == ["Invoice Total", "Paid", "Tax Amount", "Taxable Amount", "Notes"]
    assert [row[2:] for row in rows] == [["$60.00", "$60.00", "$10.00", "$50.00", "cancelled"]]
    refund = {
        "id": payment["id"],
        "amount": 60,
        "date": "2026-01-15",
        "invoices": [{"invoice_id": invoice["id"], "amount": 60}],
    }
    assert shop.post("payments/refund", refund).status_code == 200
    assert preview(shop, "tax_period_report", is_income_billed=False)[1] == []


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("all", ["this"]),
        ("this_month", ["last"]),
        ("last7", ["last"]),
        ("last_month", ["last"]),
        ("this_quarter", ["this", "later"]),
        ("last_quarter", ["last"]),
        ("this_year", ["this", "later"]),
        ("last_year", ["last"]),
        ("last365_days", ["last", "this"]),
    ],
)
def test_months_of_the_workbook_are_over(shop: Shop, word: str, numbers: list[str]) -> None:
    """A week or a month stands for the last whole month, and no period for this year up to today."""
    client = shop.client()
    for number, day in (("last", "2025-12-31"), ("this", "2026-01-01"), ("later", "2026-03-01")):
        shop.sent(client, number=number, date=day)
    _, rows = preview(shop, "tax_period_report", date_range=word)
    assert [row[0] for row in rows] == numbers


def test_nothing_of_a_record_becomes_a_formula(shop: Shop) -> None:
    """Numbers that look like formulas or links stay text, and the bytes are the same each time."""
    shop.sent(shop.client(), {"quantity": 1, "cost": 100, **VAT}, number="=1+1")
    first = collected(shop, "tax_period_report").content
    assert sheets(first)["Invoice Accrual accounting"][1][0] == "=1+1"
    assert collected(shop, "tax_period_report").content == first


def test_inclusive_taxes_are_taken_out_of_the_base(shop: Shop) -> None:
    shop.sent(shop.client(), {"quantity": 1, "cost": 120, **VAT}, uses_inclusive_taxes=True)
    assert preview(shop, "tax_period_report")[1][0][2:6] == ["$120.00", "$0.00", "$20.00", "$100.00"]
