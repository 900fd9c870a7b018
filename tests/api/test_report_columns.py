"""What the columns of a report of records are called and hold (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.reporting import preview, table
from tests.api.shop import TODAY

if TYPE_CHECKING:
    from tests.api.shop import Shop


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
