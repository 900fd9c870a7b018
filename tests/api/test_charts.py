"""Sums for dashboards (R-EP-48)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}


def totals(shop: Shop, **body: Any) -> Any:
    return shop.post("charts/totals", body or JANUARY).json()


def test_totals_of_a_month(shop: Shop) -> None:
    """Drafts don't count; what is paid is revenue, what is open is outstanding."""
    client = shop.client()
    shop.invoice(client)
    shop.sent(client, {"quantity": 1, "cost": 40})
    shop.invoice(client, {"quantity": 1, "cost": 60.5}, query="?paid=true")
    found = totals(shop)
    assert (found["currencies"], found["start_date"], found["end_date"]) == ({"1": "USD"}, "2026-01-01", "2026-01-31")
    assert found["1"] == {
        "invoices": {"invoiced_amount": "100.500000", "currency_id": "1", "code": "USD"},
        "revenue": {"paid_to_date": "60.500000", "currency_id": "1", "code": "USD"},
        "outstanding": {"amount": "40.000000", "outstanding_count": 1, "currency_id": "1", "code": "USD"},
        "expenses": {},
    }
    assert found["999"]["invoices"] == {"invoiced_amount": "100.500000"}


def test_each_currency_has_its_sums(shop: Shop) -> None:
    """The currency is that of the client; under 999 amounts are converted."""
    shop.sent(shop.client())
    euro = shop.sent(shop.client(settings={"currency_id": "3"}))
    shop.put(f"invoices/{euro['id']}", {"exchange_rate": 2})
    found = totals(shop)
    assert [found[key]["invoices"]["invoiced_amount"] for key in ("1", "3", "999")] == [
        "100.000000", "100.000000", "150.000000",
    ]  # fmt: skip


def test_payments_and_expenses_are_worth_their_rate(shop: Shop) -> None:
    """The rate of a payment is the reverse of an invoice's: what it brings in the currency of the company."""
    rates = {each["id"]: each["exchange_rate"] for each in shop.get("statics").json()["currencies"]}
    client = shop.client(settings={"currency_id": "3"})
    invoice = shop.invoice(client, query="?paid=true")
    payment = shop.get("payments").json()["data"][0]
    assert payment["exchange_rate"] == pytest.approx(1 / rates["3"], abs=1e-6)
    assert invoice["exchange_rate"] == pytest.approx(rates["3"], abs=1e-6)
    shop.post("expenses", {"amount": 10, "currency_id": "3", "exchange_rate": 2})
    found = totals(shop)
    worth = f"{100 * payment['exchange_rate']:.6f}"
    assert [found[key]["revenue"]["paid_to_date"] for key in ("3", "999")] == ["100.000000", worth]
    assert [found[key]["expenses"]["amount"] for key in ("3", "999")] == ["10.000000", "20.000000"]
    assert found["1"]["expenses"] == {}


def test_expenses_are_with_their_taxes(shop: Shop) -> None:
    """On top of the amount, unless they are inside it."""
    vat = {"tax_name1": "VAT", "tax_rate1": 20}
    shop.post("expenses", {"amount": 100, "uses_inclusive_taxes": False, **vat})
    shop.post("expenses", {"amount": 60, "uses_inclusive_taxes": True, **vat})
    shop.post("expenses", {"amount": 10, "calculate_tax_by_amount": True, "tax_amount1": 2.5})
    assert totals(shop)["1"]["expenses"]["amount"] == "192.500000"


def test_currencies_of_deleted_records_are_not_told(shop: Shop) -> None:
    gone = shop.client(settings={"currency_id": "3"})
    spent = shop.post("expenses", {"amount": 1, "currency_id": "2"}).json()["data"]
    assert totals(shop)["currencies"] == {"1": "USD", "2": "GBP", "3": "EUR"}
    shop.delete(f"clients/{gone['id']}")
    shop.delete(f"expenses/{spent['id']}")
    assert totals(shop)["currencies"] == {"1": "USD"}


def test_years_begin_with_the_month_of_the_company(shop: Shop) -> None:
    company = shop.company()
    shop.put(f"companies/{company['id']}", {"first_month_of_year": "4"})
    found = totals(shop, date_range="this_year")
    assert (found["start_date"], found["end_date"]) == ("2025-04-01", "2026-03-31")


def test_what_does_not_count(shop: Shop) -> None:
    """Deleted invoices, invoices of deleted clients, and other months."""
    kept, gone = shop.client(), shop.client()
    shop.sent(gone)
    shop.delete(f"clients/{gone['id']}")
    shop.delete(f"invoices/{shop.sent(kept)['id']}")
    shop.sent(kept, date="2025-12-31")
    assert totals(shop)["1"]["invoices"] == {}
    assert totals(shop, date_range="last_month")["1"]["invoices"]["invoiced_amount"] == "100.000000"


def test_days(shop: Shop) -> None:
    client = shop.client()
    for day in ("2026-01-12", "2026-01-10", "2026-01-10"):
        shop.sent(client, date=day)
    found = shop.post("charts/chart_summary_v2", JANUARY).json()
    assert found["1"]["invoices"] == [
        {"total": "200.000000", "date": "2026-01-10", "currency_id": "1"},
        {"total": "100.000000", "date": "2026-01-12", "currency_id": "1"},
    ]
    assert found["999"]["outstanding"][0] == {"total": "200.000000", "date": "2026-01-10"}
    assert found["1"]["payments"] == []


def test_who_may_ask(shop: Shop) -> None:
    """Without view_dashboard 401; without view_all only own records count (5.12)."""
    shop.sent(shop.client())
    assert shop.hire("view_invoice").post("charts/totals", JANUARY).status_code == 401
    assert totals(shop.hire("view_dashboard", "own@example.com"))["1"]["invoices"] == {}
    assert totals(shop.hire("view_all", "all@example.com"))["1"]["invoices"]["invoiced_amount"] == "100.000000"


def test_an_unknown_period_is_refused(shop: Shop) -> None:
    answer = shop.post("charts/totals", {"date_range": "last_decade"})
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        {"date_range": ["The selected date range is invalid."]},
    )
