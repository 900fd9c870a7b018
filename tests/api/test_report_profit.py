"""Profit and loss (R-EP-49). Today is 2026-01-15."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.reporting import Lines, lines, preview
from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop

VAT = {"tax_name1": "VAT", "tax_rate1": 20}
RULE = ["-" * 20]


def report(shop: Shop, **body: Any) -> Lines:
    return lines(shop, "profitloss", **{"is_income_billed": True, "include_tax": False, **body})


def profit(shop: Shop, **body: Any) -> dict[str, str]:
    """Sums by name; of two with one name the last."""
    _, rows = preview(shop, "profitloss", **{"is_income_billed": True, "include_tax": False, **body})
    return {row[0]: row[1] for row in rows}


@pytest.fixture
def business(shop: Shop) -> Shop:
    """120 and 60 euros at a rate of 2 are invoiced, 30 of the first is paid; 96 and 50 are spent."""
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob", settings={"currency_id": "3"})
    first = shop.sent(ada, {"quantity": 1, "cost": 100, **VAT})
    euro = shop.sent(bob, {"quantity": 1, "cost": 50, **VAT})
    shop.put(f"invoices/{euro['id']}", {"exchange_rate": 2})
    shares = [{"invoice_id": first["id"], "amount": 30}]
    assert shop.post("payments", {"client_id": ada["id"], "amount": 30, "invoices": shares}).status_code == 200
    travel = shop.post("expense_categories", {"name": "Travel"}).json()["data"]["id"]
    shop.post("expenses", {"amount": 96, "category_id": travel, "uses_inclusive_taxes": True, **VAT})
    shop.post("expenses", {"amount": 25, "currency_id": "3", "exchange_rate": 2, "uses_inclusive_taxes": False, **VAT})
    return shop


def test_what_was_invoiced_and_what_was_spent(business: Shop) -> None:
    """Without taxes and in the currency of the company; below it in the currencies of the records."""
    assert report(business, date_range="this_year") == [
        ["Profit and Loss"],
        ["Company Name", business.company()["settings"]["name"]],
        ["Date Range", "2026-01-01", "2026-01-15"],
        RULE,
        ["Total Revenue[Tax Exclusive]", "$125.00"],
        ["Total Taxes", "$25.00"],
        RULE,
        ["Travel", "$80.00"],
        ["No Category Defined", "$50.00"],
        RULE,
        ["Total Expenses[Tax Exclusive]", "$130.00"],
        ["Total Taxes", "$26.00"],
        RULE,
        ["Total Profit", "-$5.00"],
        RULE,
        RULE,
        ["Revenue"],
        RULE,
        ["Currency", "Amount", "Total Taxes"],
        ["US Dollar", "100", "20"],
        ["Euro", "50", "10"],
        RULE,
        ["Expenses"],
        RULE,
        ["USD", "80", "16"],
        ["EUR", "20", "5"],
    ]


def test_what_was_paid(business: Shop) -> None:
    """The tax in it is that part of the invoice's tax; no currencies are told apart."""
    found = report(business, is_income_billed=False)
    assert found[4:6] == [["Total Revenue[Tax Exclusive]", "$25.00"], ["Total Taxes", "$5.00"]]
    assert ["US Dollar", "100", "20"] not in found


def test_taxes_stand_beside_the_amounts_either_way(business: Shop) -> None:
    """The service asks for include_tax and is_expense_billed and heeds neither."""
    plain = report(business)
    for body in ({"include_tax": True}, {"is_expense_billed": True}, {"is_expense_billed": False}):
        assert report(business, **body) == plain


def test_what_does_not_count(business: Shop) -> None:
    """Drafts, deleted records, those of deleted clients, and invoices below zero."""
    before = profit(business)
    client = business.client()
    business.invoice(client)
    business.sent(client, {"quantity": -1, "cost": 10})
    business.delete(f"invoices/{business.sent(client)['id']}")
    spent = business.post("expenses", {"amount": 1000}).json()["data"]
    business.delete(f"expenses/{spent['id']}")
    gone = business.client()
    business.sent(gone)
    business.post("expenses", {"amount": 500, "client_id": gone["id"]})
    business.delete(f"clients/{gone['id']}")
    assert profit(business) == before
    assert before["Total Profit"] == "-$5.00"


@pytest.mark.parametrize(
    ("word", "revenue", "days"),
    [
        ("all", "$111.00", ["1976-01-15", "2026-01-15"]),
        ("this_month", "$10.00", ["2026-01-01", "2026-01-15"]),
        ("this_year", "$10.00", ["2026-01-01", "2026-01-15"]),
        ("last_month", "$1.00", ["2025-12-01", "2025-12-31"]),
        ("this_quarter", "$1,010.00", ["2026-01-01", "2026-03-31"]),
        ("last_year", "$101.00", ["2025-01-01", "2025-12-31"]),
    ],
)
def test_periods(shop: Shop, word: str, revenue: str, days: list[str]) -> None:
    """This month and this year end today."""
    client = shop.client()
    for cost, day in ((100, "2025-02-02"), (1, "2025-12-31"), (10, "2026-01-15"), (1000, "2026-01-16")):
        shop.sent(client, {"quantity": 1, "cost": cost}, date=day)
    found = report(shop, date_range=word)
    assert found[2] == ["Date Range", *days]
    assert found[4][1] == revenue


def test_refunds_are_no_income(business: Shop) -> None:
    payment = business.get("payments").json()["data"][0]
    invoice = payment["paymentables"][0]["invoice_id"]
    refund = {
        "id": payment["id"],
        "amount": 12,
        "date": "2026-01-15",
        "invoices": [{"invoice_id": invoice, "amount": 12}],
    }
    assert business.post("payments/refund", refund).status_code == 200
    assert report(business, is_income_billed=False)[4:6] == [
        ["Total Revenue[Tax Exclusive]", "$15.00"],
        ["Total Taxes", "$3.00"],
    ]


def test_both_switches_are_needed(shop: Shop) -> None:
    assert sorted(errors(shop.post("reports/profitloss", {"send_email": False}))) == ["include_tax", "is_income_billed"]
