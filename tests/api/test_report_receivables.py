"""What clients owe: invoice by invoice, and by how long it has been due (R-EP-49). Today is 2026-01-15."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.reporting import collected, lines, preview

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def due(shop: Shop, client: JSON, cost: float, day: str, number: str = "") -> JSON:
    """A sent invoice over `cost` with a due date."""
    named = {"number": number} if number else {}
    return shop.sent(client, {"quantity": 1, "cost": cost}, date="2015-01-01", due_date=day, **named)


def test_open_invoices_by_due_date(shop: Shop) -> None:
    """The age counts days before and after the due date; money is in the currency of the client."""
    ada = shop.client(name="Ada", number="C-1", id_number="HRB 7")
    bob = shop.client(name="Bob", number="C-2", settings={"currency_id": "3"})
    due(shop, bob, 40.5, "2026-02-01", "late")
    part = due(shop, ada, 1200, "2025-12-31", "part")
    shares = [{"invoice_id": part["id"], "amount": 200}]
    assert shop.post("payments", {"client_id": ada["id"], "amount": 200, "invoices": shares}).status_code == 200
    shop.invoice(ada, number="draft")
    shop.invoice(ada, query="?paid=true", number="paid")
    today = "2026-01-15"
    assert lines(shop, "ar_detail_report") == [
        ["Aged Receivable Detailed Report"],
        ["Created On", " ", today],
        [
            *("Date", "Due Date", "Invoice Number", "Status", "Client Name"),
            *("Client Number", "ID Number", "Age", "Amount", "Balance"),
        ],
        ["2015-01-01", "2025-12-31", "part", "Partial", "Ada", "C-1", "HRB 7", "15", "$1,200.00", "$1,000.00"],
        ["2015-01-01", "2026-02-01", "late", "Sent", "Bob", "C-2", "", "17", "€40,50", "€40,50"],
    ]


def test_four_empty_lines_stand_above_the_title(shop: Shop) -> None:
    text = collected(shop, "ar_summary_report").text
    assert text.startswith("\r\n\r\n\r\n\r\nAged Receivable Summary Report\r\nCreated On, ,2026-01-15\r\nClient Name,")


@pytest.mark.parametrize(("number", "shown"), [("1", "15/Jan/2026"), ("5", "Jan 15, 2026"), ("11", "15.01.2026")])
def test_days_are_written_as_the_company_writes_them(shop: Shop, number: str, shown: str) -> None:
    shop.settings(date_format_id=number)
    assert lines(shop, "ar_detail_report")[1] == ["Created On", " ", shown]


@pytest.mark.parametrize(
    ("day", "column"),
    [
        ("", "Current"),
        ("2026-01-16", "Current"),
        ("2026-01-15", "0 - 30 Days"),
        ("2025-12-16", "0 - 30 Days"),
        ("2025-12-15", "30 - 60 Days"),
        ("2025-11-16", "30 - 60 Days"),
        ("2025-11-15", "60 - 90 Days"),
        ("2025-10-17", "60 - 90 Days"),
        ("2025-10-16", "90 - 120 Days"),
        ("2025-09-17", "90 - 120 Days"),
        ("2025-09-16", "120+ Days"),
        ("2015-01-01", "120+ Days"),
    ],
)
def test_every_age_has_its_column(shop: Shop, day: str, column: str) -> None:
    """Thirty days after the due date still belong to the first thirty."""
    invoice = due(shop, shop.client(), 10, "2026-01-20")
    shop.put(f"invoices/{invoice['id']}", {"due_date": day})
    headings, (row,) = preview(shop, "ar_summary_report")
    assert {name: shown for name, shown in zip(headings, row, strict=True) if shown == "$10.00"} == {
        column: "$10.00",
        "Total": "$10.00",
    }


def test_clients_that_owe_most_come_first(shop: Shop) -> None:
    """Also those that owe nothing; archived and deleted clients are left out."""
    names = ("Ada", "Bob", "Cid", "Dan", "Eve")
    clients = {name: shop.client(name=name) for name in names}
    for name, cost in (("Ada", 10), ("Bob", 300), ("Dan", 500), ("Eve", 700)):
        due(shop, clients[name], cost, "2026-01-01")
    shop.post("clients/bulk", {"action": "archive", "ids": [clients["Dan"]["id"]]})
    shop.delete(f"clients/{clients['Eve']['id']}")
    _, rows = preview(shop, "ar_summary_report")
    assert [(row[0], row[-1]) for row in rows] == [("Bob", "$300.00"), ("Ada", "$10.00"), ("Cid", "$0.00")]
    _, rows = preview(shop, "ar_detail_report")
    assert [row[4] for row in rows] == ["Ada", "Bob", "Dan"]


def test_one_client_of_many(shop: Shop) -> None:
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob")
    for client in (ada, bob):
        due(shop, client, 10, "2026-01-01")
    for name, column in (("ar_detail_report", 4), ("ar_summary_report", 0)):
        for asked in ({"client_id": bob["id"]}, {"clients": [bob["id"]]}):
            _, rows = preview(shop, name, **asked)
            assert [row[column] for row in rows] == ["Bob"]


def test_a_summary_is_of_today_whatever_the_period(shop: Shop) -> None:
    """The detail counts invoices by the day that they were made, or by another column."""
    due(shop, shop.client(), 10, "2025-06-01")
    shop.later(days=40)
    period = {"date_range": "this_month"}
    assert preview(shop, "ar_summary_report", **period)[1][0][-1] == "$10.00"
    assert preview(shop, "ar_detail_report", **period)[1] == []
    custom = {"date_range": "custom", "start_date": "2025-06-01", "end_date": "2025-06-01", "date_key": "due_date"}
    assert len(preview(shop, "ar_detail_report", **custom)[1]) == 1


def test_only_what_the_caller_may_see(shop: Shop) -> None:
    due(shop, shop.client(), 10, "2026-01-01")
    clerk = shop.hire("create_client")
    assert preview(clerk, "ar_detail_report")[1] == preview(clerk, "ar_summary_report")[1] == []
