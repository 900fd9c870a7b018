"""What was sold, by client, by user and by product (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.reporting import lines, preview, table
from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

VAT = {"tax_name1": "VAT", "tax_rate1": 20}


def column(shop: Shop, name: str, heading: str, **body: Any) -> list[str]:
    headings, rows = preview(shop, name, **body)
    return [row[headings.index(heading)] for row in rows]


def pay(shop: Shop, client: JSON, amount: float, *invoices: tuple[JSON, float]) -> JSON:
    shares = [{"invoice_id": invoice["id"], "amount": part} for invoice, part in invoices]
    answer = shop.post("payments", {"client_id": client["id"], "amount": amount, "invoices": shares})
    assert answer.status_code == 200, answer
    payment: JSON = answer.json()["data"]
    return payment


def test_balances_of_clients(shop: Shop) -> None:
    """Open invoices with their number, credits, and what of payments is not applied."""
    ada, _ = shop.client(name="Ada", number="C-1"), shop.client(name="Bob", number="C-2")
    first, second = (shop.sent(ada, {"quantity": 1, "cost": cost}) for cost in (100, 50.25))
    pay(shop, ada, 60, (first, 40))
    shop.post("credits?mark_sent=true", {"client_id": ada["id"], "line_items": [{"quantity": 1, "cost": 15}]})
    shop.invoice(ada)
    assert lines(shop, "client_balance_report")[2:] == [
        [
            *("Client Name", "Client Number", "ID Number", "Invoices"),
            *("Invoice Balance", "Credit Balance", "Payment Balance"),
        ],
        ["Ada", "C-1", "", "2", "110.25", "$15.00", "$20.00"],
        ["Bob", "C-2", "", "0", "0", "$0.00", "$0.00"],
    ]
    shop.post("invoices/bulk", {"action": "archive", "ids": [second["id"]]})
    assert column(shop, "client_balance_report", "Invoice Balance")[0] == "60"


def test_sales_by_client(shop: Shop) -> None:
    """Sent, partly paid and paid invoices, in the currency of the client."""
    ada = shop.client(name="Ada", number="C-1", settings={"currency_id": "3"})
    first = shop.sent(ada, {"quantity": 1, "cost": 1000, **VAT})
    shop.invoice(ada, {"quantity": 1, "cost": 50}, query="?paid=true")
    shop.invoice(ada, {"quantity": 1, "cost": 7777})
    pay(shop, ada, 200, (first, 200))
    assert lines(shop, "client_sales_report")[3:] == [
        ["Ada", "C-1", "", "2", "€1.250,00", "€1.000,00", "€200,00", "€250,00"]
    ]


def test_sales_of_a_period(shop: Shop) -> None:
    """Counted by the day that an invoice was made, or by its date on demand."""
    ada = shop.client(name="Ada")
    shop.sent(ada, {"quantity": 1, "cost": 10}, date="2025-06-01")
    last_year = {"date_range": "last_year"}
    assert column(shop, "client_sales_report", "Amount", **last_year) == ["$0.00"]
    assert column(shop, "client_sales_report", "Amount", date_key="date", **last_year) == ["$10.00"]
    assert column(shop, "client_balance_report", "Invoices", date_key="date", **last_year) == ["1"]


def test_sales_by_user(shop: Shop) -> None:
    """Those with most invoices first; nobody is left out, and everybody has own numbers."""
    ada = shop.client(name="Ada")
    clerk = shop.hire("create_all,view_all,edit_all")
    shop.sent(ada, {"quantity": 1, "cost": 10, **VAT})
    for cost in (20, 30):
        clerk.sent(ada, {"quantity": 1, "cost": cost})
    gone = clerk.sent(ada)
    shop.delete(f"invoices/{gone['id']}")
    owner = " ".join(shop.user()[name] for name in ("first_name", "last_name"))
    title, *rest = lines(shop, "user_sales_report")
    always = "All available data"
    assert title == [f"User sales report for client/s All Clients from {always} to {always}"]
    assert rest == [
        ["Name", "Invoices", "Invoice Amount", "Total Taxes"],
        ["Cleo Clerk", "2", "$50.00", "$0.00"],
        [owner, "1", "$12.00", "$2.00"],
    ]
    asked = {"client_id": ada["id"], "date_range": "custom", "start_date": "2026-01-01", "end_date": "2026-01-31"}
    title, *rest = lines(shop, "user_sales_report", **asked)
    assert title == ["User sales report for client/s Ada from 2026-01-01 to 2026-01-31"]
    title, *rest = lines(shop, "user_sales_report", clients=[ada["id"]], date_range="last_month")
    assert title == ["User sales report for client/s Multiple Clients from 2025-12-01 to 2025-12-31"]


SOLD = ("product_key", "quantity", "cost", "price", "markup", "discount", "net_total", "profit", "line_total")


def test_what_a_line_brings(shop: Shop) -> None:
    """Profit and markup are those of one piece; the discount is taken from what the line comes to."""
    ada = shop.client(name="Ada")
    line = {"product_key": "PAINT", "quantity": 4, "cost": 50, "product_cost": 30, "discount": 10}
    shop.sent(ada, line, {"product_key": "BRUSH", "quantity": 1, "cost": 8}, is_amount_discount=False)
    rows = table(shop, "product_sales", *SOLD)
    assert rows[:2] == [
        ["PAINT", "4", "30", "50", "6.67", "18", "32", "2", "180"],
        ["BRUSH", "1", "0", "8", "800", "0", "8", "8", "8"],
    ]


def test_the_cost_is_in_the_currency_of_the_invoice(shop: Shop) -> None:
    invoice = shop.sent(shop.client(), {"quantity": 1, "cost": 10, "product_cost": 3})
    shop.put(f"invoices/{invoice['id']}", {"exchange_rate": 2})
    assert table(shop, "product_sales", "cost", "profit", "markup")[0] == ["6", "4", "66.67"]


def test_taxes_of_a_line(shop: Shop) -> None:
    """After the discount of the document; names carry their rate."""
    taxes = {**VAT, "tax_name2": "City", "tax_rate2": 2.5}
    shop.sent(shop.client(), {"quantity": 1, "cost": 100, **taxes}, discount=10)
    names = ("tax_name1", "tax_rate1", "tax_amount1", "tax_name2", "tax_amount2", "tax_amount3", "gross_line_total")
    assert table(shop, "product_sales", *names)[0] == ["VAT [20%]", "20", "18", "City [2.5%]", "2.25", "0", "120.25"]


def test_sums_of_products_stand_below_the_rows(shop: Shop) -> None:
    ada = shop.client(name="Ada", settings={"currency_id": "3"})
    for quantity in (1, 2):
        shop.sent(ada, {"product_key": "PAINT", "quantity": quantity, "cost": 10, "product_cost": 5, **VAT})
    found = lines(shop, "product_sales", report_keys=["client", "currency", "status", "date"])
    assert found == [
        ["Client", "Currency", "Status", "Date"],
        *[["Ada", "EUR", "Sent", "2026-01-15"]] * 2,
        ["Clients", "Type", "Start Date", "End Date"],
        ["All Clients", "Product Sales", "All available data", "All available data"],
        [
            *("Product", "Quantity", "Markup", "Profit", "Net Total", "Discount", "Line Total", "Tax Name 1"),
            *("Tax Name 2", "Tax Name 3", "Tax Amount 1", "Tax Amount 2", "Tax Amount 3"),
        ],
        ["PAINT", "3", "200", "10", "20", "0", "30", "VAT [20%]", "", "", "6", "0", "0"],
    ]


def test_without_sales_there_are_no_sums(shop: Shop) -> None:
    shop.invoice(shop.client())
    found = lines(shop, "product_sales")
    assert len(found) == 3
    assert (found[0][0], found[0][-1], len(found[0])) == ("Date", "Custom Value 4", 29)


def test_products_clients_and_days_that_count(shop: Shop) -> None:
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob")
    shop.sent(ada, {"quantity": 1, "cost": 1, "product_key": "A"}, {"quantity": 1, "cost": 1, "product_key": "B"})
    shop.sent(bob, {"quantity": 1, "cost": 1, "product_key": "C"}, date="2025-12-31")
    assert column(shop, "product_sales", "Product", product_key="B,C") == ["B", "C"]
    assert column(shop, "product_sales", "Product", client_id=bob["id"]) == ["C"]
    assert column(shop, "product_sales", "Product", date_range="this_month") == ["A", "B"]
    assert column(shop, "product_sales", "Product", date_range="last_month") == ["C"]
    assert column(shop, "product_sales", "shoe_size", report_keys=["shoe_size"], date_range="last_month") == [""]


def test_a_deleted_client_is_refused(shop: Shop) -> None:
    ada = shop.client()
    shop.sent(ada)
    shop.delete(f"clients/{ada['id']}")
    assert "client_id" in errors(shop.post("reports/product_sales", {"client_id": ada["id"], "send_email": False}))
    assert preview(shop, "product_sales")[1] == []
