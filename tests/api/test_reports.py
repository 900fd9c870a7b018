"""Reports: begun by one call, collected by another (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.reporting import begun, collected, preview
from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop

TABLES = [
    *("product_sales", "profitloss", "ar_detail_report", "ar_summary_report", "client_balance_report"),
    *("client_sales_report", "tax_summary_report", "tax_period_report", "user_sales_report", "projects"),
]
"""Reports of fixed columns, and those that are more than a table."""
RECORDS = [
    *("clients", "activities", "client_contacts", "contacts", "credits", "documents", "expenses", "invoices"),
    *("invoice_items", "purchase_orders", "purchase_order_items", "quotes", "quote_items", "recurring_invoices"),
    *("recurring_invoice_items", "payments", "products", "tasks", "vendors"),
]
STILL_WORKING = (409, {"message": "Still working....."})


@pytest.mark.parametrize("name", [*RECORDS, *TABLES])
def test_the_usual_report_goes_by_e_mail(shop: Shop, name: str) -> None:
    answer = shop.post(f"reports/{name}", {"is_income_billed": True, "include_tax": True})
    assert (answer.status_code, answer.json()) == (200, {"message": "working..."})


@pytest.mark.parametrize("name", RECORDS)
def test_every_report_with_content_can_be_collected(shop: Shop, name: str) -> None:
    """The default columns stand in the file and in the rows alike."""
    answer = shop.post(f"exports/preview/{begun(shop, name)}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert f"{name}.csv" in answer.headers["content-disposition"]
    rows = shop.post(f"reports/preview/{begun(shop, name, '?output=json')}").json()
    headings = [each["display_value"] for each in rows["columns"]]
    assert answer.text.split("\r\n")[0] == ",".join(headings)
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", TABLES)
def test_every_report_of_fixed_columns_can_be_collected(shop: Shop, name: str) -> None:
    """As a file and as rows, of a company without records too; the text of one way is not that of the other."""
    body = {"is_income_billed": True, "include_tax": True}
    kinds = {"projects": "pdf", "tax_period_report": "xlsx"}
    for _ in range(2):
        answer = collected(shop, name, **body)
        assert f"{name}.{kinds.get(name, 'csv')}" in answer.headers["content-disposition"]
        headings, rows = preview(shop, name, **body)
        assert len(set(headings)) == len(headings) > 1
        assert all(len(row) == len(headings) for row in rows)
        shop.sent(shop.client(), {"quantity": 2, "cost": 50, "tax_name1": "VAT", "tax_rate1": 20})


@pytest.mark.parametrize("name", [*RECORDS, *TABLES])
def test_a_report_holds_nothing_of_another_company(shop: Shop, name: str) -> None:
    client = shop.client(name="Neighbour", contacts=[{"email": "neighbour@example.com"}])
    shop.invoice(
        client, {"quantity": 2, "cost": 50, "product_key": "NEIGHBOUR"}, query="?paid=true", number="NEIGHBOUR"
    )
    shop.post("projects", {"name": "NEIGHBOUR", "client_id": client["id"]})
    shop.post("tasks", {"description": "NEIGHBOUR", "time_log": "[[1768460400,1768464030]]"})
    shop.post("expenses", {"amount": 77, "public_notes": "NEIGHBOUR"})
    shop.product(product_key="NEIGHBOUR")
    shop.post("vendors", {"name": "NEIGHBOUR"})
    body = {"is_income_billed": True, "include_tax": True}
    second = shop.found()
    _, rows = preview(second, name, **body)
    found = [*rows, [collected(second, name, **body).content.decode("latin-1")]]
    assert "neighbour" not in str(found).lower()
    assert not rows or name in ("activities", "profitloss", "user_sales_report")


def test_a_file_quotes_what_needs_it(shop: Shop) -> None:
    """RFC 4180: quotes are doubled, lines end in CR LF."""
    client = shop.client(name='Bright "B", Ltd')
    shop.sent(client, {"quantity": 2, "cost": 10.25})
    columns = ["client.name", "invoice.amount", "invoice.status", "client.vat_number"]
    hashed = begun(shop, "invoices", report_keys=columns)
    file = shop.post(f"exports/preview/{hashed}").text
    assert file == 'Client Name,Invoice Amount,Invoice Status,Client VAT Number\r\n"Bright ""B"", Ltd",20.5,Sent,\r\n'
    assert shop.post(f"exports/preview/{hashed}").text == file


def test_rows_hold_the_value_and_what_people_read(shop: Shop) -> None:
    client = shop.client(name="Ada", country_id="276", contacts=[{"first_name": "Al"}])
    hashed = begun(shop, "clients", "?output=json", report_keys=["client.country_id", "contact.first_name"])
    assert shop.post(f"reports/preview/{hashed}").json() == {
        "columns": [
            {"identifier": "client.country_id", "display_value": "Client Country"},
            {"identifier": "contact.first_name", "display_value": "Contact First Name"},
        ],
        "0": [
            {
                "entity": "client",
                "id": "country_id",
                "hashed_id": client["id"],
                "value": "276",
                "identifier": "client.country_id",
                "display_value": "Germany",
            },
            {
                "entity": "contact",
                "id": "first_name",
                "hashed_id": None,
                "value": "Al",
                "identifier": "contact.first_name",
                "display_value": "Al",
            },
        ],
    }


def test_output_json_is_not_sent_by_e_mail(shop: Shop) -> None:
    """testCreditPreview: the default send_email does not matter then."""
    body = {"send_email": True, "date_range": "all", "report_keys": [], "include_deleted": False}
    hashed = shop.post("reports/credits?output=json", body).json()["message"]
    assert shop.post(f"reports/preview/{hashed}").json()["columns"][0]["identifier"] == "client.name"


def test_who_knows_no_report(shop: Shop) -> None:
    """409 for an unknown text, for the other way of collecting, and for the report of another company."""
    file, rows = begun(shop, "clients"), begun(shop, "clients", "?output=json")
    second = shop.found()
    asked = [(shop, "exports", "unknown"), (shop, "reports", "unknown"), (shop, "reports", file)]
    for caller, form, hashed in [*asked, (shop, "exports", rows), (second, "exports", file)]:
        answer = caller.post(f"{form}/preview/{hashed}")
        assert (answer.status_code, answer.json()) == STILL_WORKING


def test_the_text_is_the_same_in_every_run(shop: Shop) -> None:
    """It comes of the world: its twin answers the same, a second report another."""
    hashed = begun(shop, "clients")
    assert begun(shop.but(X_Mock_World="twin"), "clients") == hashed
    assert begun(shop, "clients") != hashed


def test_a_hundred_reports_wait(shop: Shop) -> None:
    first, second = begun(shop, "products"), begun(shop, "products")
    hashes = {begun(shop, "products") for _ in range(99)}
    assert len(hashes | {first, second}) == 101
    assert shop.post(f"exports/preview/{first}").status_code == 409
    assert shop.post(f"exports/preview/{second}").status_code == 200


def test_a_report_shows_the_moment_that_it_was_begun(shop: Shop) -> None:
    hashed = begun(shop, "products", report_keys=["product_key"])
    shop.product(product_key="LATE")
    assert shop.post(f"exports/preview/{hashed}").text == "Product Key\r\n"


@pytest.mark.parametrize("field", ["send_email", "report_keys", "include_deleted"])
def test_what_is_not_understood_is_refused(shop: Shop, field: str) -> None:
    assert field in errors(shop.post("reports/clients", {field: "neither"}))
