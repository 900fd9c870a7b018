"""Which records a report of records counts: periods, states, clients, and what the caller may see (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.reporting import table
from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop


def numbers(shop: Shop, **body: Any) -> list[str]:
    """Numbers of the invoices that count."""
    return [row[0] for row in table(shop, "invoices", "invoice.number", **body)]


@pytest.fixture
def invoices(shop: Shop) -> Shop:
    """Today's date is 2026-01-15; each invoice is named by its date."""
    client = shop.client(name="Ada", contacts=[{"first_name": "Al", "email": "al@example.com"}])
    for day in ("2024-06-01", "2025-12-31", "2026-01-02", "2026-01-08", "2026-01-15", "2026-02-01"):
        shop.sent(client, number=day, date=day)
    return shop


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("all", ["2024-06-01", "2025-12-31", "2026-01-02", "2026-01-08", "2026-01-15", "2026-02-01"]),
        ("last7", ["2026-01-08", "2026-01-15"]),
        ("last30", ["2025-12-31", "2026-01-02", "2026-01-08", "2026-01-15"]),
        ("last365_days", ["2025-12-31", "2026-01-02", "2026-01-08", "2026-01-15"]),
        ("this_month", ["2026-01-02", "2026-01-08", "2026-01-15"]),
        ("last_month", ["2025-12-31"]),
        ("this_quarter", ["2026-01-02", "2026-01-08", "2026-01-15", "2026-02-01"]),
        ("last_year", ["2025-12-31"]),
        ("any_other_word", ["2026-01-02", "2026-01-08", "2026-01-15", "2026-02-01"]),
    ],
)
def test_periods(invoices: Shop, word: str, days: list[str]) -> None:
    assert numbers(invoices, date_range=word) == days


def test_a_period_is_in_the_order_of_its_days(invoices: Shop) -> None:
    """Without one the rows are in the order in which the records were made."""
    invoices.sent(invoices.client(), number="late", date="2026-01-03", due_date="2026-01-05")
    assert numbers(invoices)[-1] == "late"
    assert numbers(invoices, date_range="this_month") == ["2026-01-02", "late", "2026-01-08", "2026-01-15"]
    assert numbers(invoices, date_range="this_month", date_key="due_date") == ["late"]


def test_years_begin_with_the_month_of_the_company(invoices: Shop) -> None:
    company = invoices.company()
    invoices.put(f"companies/{company['id']}", {"first_month_of_year": "7"})
    year = ["2025-12-31", "2026-01-02", "2026-01-08", "2026-01-15", "2026-02-01"]
    assert numbers(invoices, date_range="this_year") == year
    assert numbers(invoices, date_range="last_year") == []


def test_a_period_of_two_days(invoices: Shop) -> None:
    """Both count; they are needed."""
    assert numbers(invoices, date_range="custom", start_date="2025-12-31", end_date="2026-01-02") == [
        "2025-12-31",
        "2026-01-02",
    ]
    refused = errors(invoices.post("reports/invoices", {"date_range": "custom", "start_date": "2026-01-01"}))
    assert list(refused) == ["end_date"]


def test_the_column_of_the_period(invoices: Shop) -> None:
    """All were made today, whatever their date."""
    assert len(numbers(invoices, date_range="this_month", date_key="created_at")) == 6
    invoices.later(days=40)
    assert numbers(invoices, date_range="this_month", date_key="created_at") == []
    assert numbers(invoices, date_range="this_month") == ["2026-02-01"]


def test_states_and_clients_that_count(invoices: Shop) -> None:
    other = invoices.client(name="Bob")
    invoices.invoice(other, number="draft")
    invoices.invoice(other, query="?paid=true", number="paid")
    assert numbers(invoices, status="draft,paid") == ["draft", "paid"]
    assert numbers(invoices, client_id=other["id"]) == ["draft", "paid"]
    assert numbers(invoices, clients=[other["id"]], status="paid") == ["paid"]


def test_lines_that_count(shop: Shop) -> None:
    client = shop.client()
    shop.sent(client, {"quantity": 3, "cost": 2, "product_key": "PAINT"}, {"quantity": 1, "cost": 1}, number="a")
    shop.sent(client, {"quantity": 1, "cost": 9, "product_key": "BRUSH"}, number="b")
    columns = ("invoice.number", "item.product_key", "item.quantity", "item.line_total", "client.name")
    assert table(shop, "invoice_items", *columns) == [
        ["a", "PAINT", "3", "6", "Harbour"],
        ["a", "", "1", "1", "Harbour"],
        ["b", "BRUSH", "1", "9", "Harbour"],
    ]
    assert numbers(shop, product_key="BRUSH,OTHER") == ["b"]


def test_deleted_records_count_when_asked(shop: Shop) -> None:
    client = shop.client()
    shop.sent(client, number="kept")
    gone = shop.sent(client, number="gone")
    shop.delete(f"invoices/{gone['id']}")
    assert numbers(shop) == ["kept"]
    assert len(numbers(shop, include_deleted=True)) == 2


def test_nothing_of_a_deleted_client_is_reported(shop: Shop) -> None:
    """Whether deleted records count or not."""
    client = shop.client()
    shop.sent(client, number="a")
    shop.delete(f"clients/{client['id']}")
    assert numbers(shop) == numbers(shop, include_deleted=True) == []


def test_one_kind_of_event(shop: Shop) -> None:
    client = shop.client(name="Ada")
    shop.invoice(client, number="a")
    columns = ("activity.client_id", "activity.invoice_id")
    assert table(shop, "activities", *columns, activity_type_id="4") == [["Ada", "a"]]


def test_only_what_the_caller_may_see(shop: Shop) -> None:
    """Without the right to view, a report holds the caller's own records."""
    shop.sent(shop.client(), number="owner")
    assert numbers(shop.hire("create_client")) == []
    assert numbers(shop.hire("view_invoice", "view@example.com")) == ["owner"]
