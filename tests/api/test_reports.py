"""Reports: begun by one call, collected by another (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.reporting import begun, collected, preview, table
from tests.api.shop import TODAY, errors

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

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


def test_headings_are_the_words_of_the_service(shop: Shop) -> None:
    """The kind and a name of its own for some columns; custom values go by the labels of the company."""
    company = shop.company()
    labels = {"invoice1": "Colour|single_line_text", "contact2": "Birthday|date", "client1": "Region"}
    shop.put(f"companies/{company['id']}", {"custom_fields": labels})
    properties = ("number", "total_taxes", "recurring_id", "po_number", "custom_value1", "custom_value2")
    columns = [f"invoice.{each}" for each in properties]
    columns += ["contact.custom_value2", "client.custom_value1", "client.name"]
    assert preview(shop, "invoices", report_keys=columns)[0] == [
        *("Invoice Invoice Number", "Invoice Tax Amount", "Invoice Recurring Invoice", "Invoice PO Number"),
        *("Colour", "Invoice Custom Value 2", "Contact Birthday", "Client Custom Value 1", "Client Name"),
    ]
    assert preview(shop, "quotes", report_keys=["quote.due_date", "quote.custom_value1"])[0][:2] == [
        *("Quote Valid Until", "Colour"),
    ]
    assert preview(shop, "products", report_keys=["product_key", "tax_id"])[0] == ["Product Key", "Tax Category"]


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
    gone: JSON = shop.sent(client, number="gone")
    shop.delete(f"invoices/{gone['id']}")
    assert numbers(shop) == ["kept"]
    assert len(numbers(shop, include_deleted=True)) == 2


def test_unknown_columns_stay_empty(shop: Shop) -> None:
    shop.client(name="Ada")
    columns = ["client.name", "client.shoe_size", "invoice.number", "name"]
    assert table(shop, "clients", *columns) == [["Ada", "", "", ""]]


def test_records_beside_the_row(shop: Shop) -> None:
    """Clients, contacts and payments of an invoice; ids are shown as names."""
    client = shop.client(name="Ada", contacts=[{"email": "al@example.com"}], settings={"currency_id": "3"})
    shop.invoice(client, query="?paid=true", number="a")
    columns = ("client.currency_id", "client.user", "contact.email", "payment.amount", "payment.status")
    (row,) = table(shop, "invoices", *columns)
    assert row[:1] + row[2:] == ["EUR", "al@example.com", "100", "Completed", "Ada"]
    assert row[1] == " ".join(shop.user()[name] for name in ("first_name", "last_name"))
    assert table(shop, "payments", "payment.amount", "invoice.number", "client.name") == [["100", "a", "Ada"]]


def test_a_task_without_a_log_has_a_row_too(shop: Shop) -> None:
    shop.post("tasks", {"description": "Garden"})
    assert table(shop, "tasks", "task.description", "task.start_date", "task.duration_words") == [["Garden", "", ""]]


def test_the_name_of_the_client_is_there_always(shop: Shop) -> None:
    """Or that of the vendor; it stands behind the columns that are asked for."""
    client, vendor = shop.client(name="Ada"), shop.post("vendors", {"name": "Vera"}).json()["data"]
    shop.sent(client, number="a")
    shop.post("purchase_orders", {"vendor_id": vendor["id"], "number": "p"})
    assert preview(shop, "invoices", report_keys=["invoice.number"]) == (
        ["Invoice Invoice Number", "Client Name"],
        [["a", "Ada"]],
    )
    assert table(shop, "purchase_orders", "purchase_order.number") == [["p", "Vera"]]
    assert table(shop, "invoices", "client.name", "invoice.number") == [["Ada", "a"]]
    headings, _ = preview(shop, "invoices")
    assert headings[:3] == ["Client Name", "Client Currency", "Invoice Invoice Number"]


def test_payments_of_an_invoice(shop: Shop) -> None:
    """Their sums for this invoice, and the first of them for everything else; `Unpaid` when there is none."""
    client = shop.client()
    first, second, third = (shop.sent(client, number=number) for number in "abc")
    both = [{"invoice_id": each["id"], "amount": amount} for each, amount in ((first, 60), (second, 10.5))]
    shop.post("payments", {"client_id": client["id"], "amount": 70.5, "number": "P1", "invoices": both})
    again = shop.post(
        "payments",
        {
            "client_id": client["id"],
            "amount": 5,
            "number": "P2",
            "invoices": [{"invoice_id": first["id"], "amount": 5}],
        },
    ).json()["data"]
    refund = {"id": again["id"], "date": TODAY, "amount": 2, "invoices": [{"invoice_id": first["id"], "amount": 2}]}
    assert shop.post("payments/refund", refund).status_code == 200
    names = ("amount", "refunded", "applied", "number")
    assert table(shop, "invoices", "invoice.number", *(f"payment.{name}" for name in names)) == [
        ["a", "65", "2", "63", "P1", "Harbour"],
        ["b", "10.5", "0", "10.5", "P1", "Harbour"],
        ["c", "Unpaid", "", "", "", "Harbour"],
    ]
    assert third["balance"] == 100
    assert table(shop, "payments", "payment.number", "payment.amount", "invoice.number") == [
        ["P1", "70.5", "a, b", "Harbour"],
        ["P2", "5", "a", "Harbour"],
    ]


def test_nothing_of_a_deleted_client_is_reported(shop: Shop) -> None:
    """Whether deleted records count or not."""
    client = shop.client()
    shop.sent(client, number="a")
    shop.delete(f"clients/{client['id']}")
    assert numbers(shop) == numbers(shop, include_deleted=True) == []


def test_the_primary_contact_stands_for_the_client(shop: Shop) -> None:
    contacts = [{"email": "first@example.com"}, {"email": "main@example.com", "is_primary": True}]
    shop.sent(shop.client(contacts=contacts))
    assert table(shop, "invoices", "contact.email")[0][0] == "main@example.com"


def test_events_in_words(shop: Shop) -> None:
    """Who did what to which record, on which day, from where."""
    client = shop.client(name="Ada")
    invoice = shop.invoice(client, number="a")
    shop.post("activities/notes", {"entity": "invoices", "entity_id": invoice["id"], "notes": "Late"})
    owner = " ".join(shop.user()[name] for name in ("first_name", "last_name"))
    headings, rows = preview(shop, "activities")
    assert headings == ["Date", "Activity", "Address"]
    assert [row[:2] for row in rows] == [
        [TODAY, f"{owner} {words}"] for words in ("created client Ada", "created invoice a", "wrote a note on a")
    ]
    assert table(shop, "activities", "activity_type_id", "client_id", activity_type_id="4") == [
        ["Created invoice", "Ada"]
    ]


def test_files_in_their_usual_columns(shop: Shop) -> None:
    invoice = shop.invoice(shop.client(name="Ada"))
    shop.attach(f"invoices/{invoice['id']}", "plan.txt")
    assert preview(shop, "documents") == (
        ["Record Type", "Name", "Type", "Created At"],
        [["Invoice", "plan.txt", "txt", TODAY]],
    )


def test_spans_of_tasks(shop: Shop) -> None:
    """One row for each span, in the time zone of the company, with the time of all of them; one may run."""
    log = '[[1768460400,1768464030,"dig",true],[1768467600,0,"",false]]'
    shop.post("tasks", {"description": "Garden", "time_log": log})
    names = ("description", "start_time", "end_time", "duration", "billable", "item_notes")
    columns = [f"task.{name}" for name in names]
    assert table(shop, "tasks", *columns) == [
        ["Garden", "07:00:00", "08:00:30", "3630", "Yes", "dig"],
        ["Garden", "09:00:00", "Running", "3630", "No", ""],
    ]


def test_taxes_of_expenses(shop: Shop) -> None:
    vat = {"tax_name1": "VAT", "tax_rate1": 21}
    vendor = shop.post("vendors", {"name": "Vera"}).json()["data"]
    shop.post("expenses", {"amount": 121, "uses_inclusive_taxes": True, "vendor_id": vendor["id"], **vat})
    shop.post("expenses", {"amount": 100, "uses_inclusive_taxes": False, **vat})
    shop.post("expenses", {"amount": 50, "calculate_tax_by_amount": True, "tax_amount1": 4.5})
    columns = ("expense.amount", "expense.net_amount", "expense.tax_amount", "expense.vendor_id", "vendor.status")
    assert table(shop, "expenses", *columns) == [
        ["121", "100", "21", "Vera", "Active"],
        ["100", "100", "21", "", ""],
        ["50", "50", "4.5", "", ""],
    ]
    assert len(table(shop, "expenses", vendors=vendor["id"])) == 1


def test_files_name_their_record(shop: Shop) -> None:
    client = shop.client(name="Ada")
    shop.attach(f"clients/{client['id']}", "plan.txt")
    columns = ("document.name", "document.record_type", "document.record_name")
    assert table(shop, "documents", *columns) == [["plan.txt", "Client", "Ada"]]


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


@pytest.mark.parametrize("field", ["send_email", "report_keys", "include_deleted"])
def test_what_is_not_understood_is_refused(shop: Shop, field: str) -> None:
    assert field in errors(shop.post("reports/clients", {field: "neither"}))
