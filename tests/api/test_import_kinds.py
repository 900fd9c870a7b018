"""What the rows of each kind of file become (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.api.shop import record, rows, total
from tests.api.transfers import job, load, problems, send

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

NUMBER, CLIENT = "invoice.number", "client.name"


def only(shop: Shop, path: str) -> JSON:
    """The one record of a list."""
    (found,) = rows(shop.get(path))
    return found


def test_rows_of_one_number_are_lines_of_one_invoice(shop: Shop) -> None:
    shop.client(name="Ada")
    fields = (
        NUMBER,
        CLIENT,
        "item.quantity",
        "item.cost",
        "item.product_key",
        "invoice.discount",
        "invoice.tax_rate1",
        "invoice.tax_name1",
    )
    done = load(shop, "invoice", 'A-1,ada,2,"1.000,50",W,10,19,VAT\nA-1,Ada,,5,V,,,\nA-2,Nova Ltd,1,7,,,,\n', *fields)
    assert done["counts"] == {"invoices": 2}
    first, second = rows(shop.get("invoices"))
    assert [(line["quantity"], line["cost"], line["product_key"]) for line in first["line_items"]] == [
        (2, 1000.5, "W"),
        (1, 5, "V"),
    ]
    assert (first["number"], first["status_id"], first["amount"], first["balance"]) == ("A-1", "2", 2375.24, 2375.24)
    assert (second["amount"], second["client_id"]) == (7, shop.ids("clients")[1])
    assert [(each["name"], each["balance"]) for each in rows(shop.get("clients"))] == [
        ("Ada", 2375.24),
        ("Nova Ltd", 7),
    ]


def test_states_of_invoices(shop: Shop) -> None:
    table = "A,Ada,draft,50\nB,Ada,sent,60\nC,Ada,paid,70\nD,Ada,,80\n"
    load(shop, "invoice", table, NUMBER, CLIENT, "invoice.status", "invoice.amount")
    found = [
        (each["number"], each["status_id"], each["amount"], each["balance"]) for each in rows(shop.get("invoices"))
    ]
    assert found == [("A", "1", 50, 0), ("B", "2", 60, 60), ("C", "4", 70, 0), ("D", "2", 80, 80)]
    client = only(shop, "clients")
    assert (client["balance"], client["paid_to_date"]) == (140, 70)
    assert (only(shop, "payments")["amount"], only(shop, "payments")["applied"]) == (70, 70)


def test_payments_told_by_invoices(shop: Shop) -> None:
    fields = (NUMBER, CLIENT, "item.cost", "payment.amount", "payment.date", "payment.transaction_reference")
    load(shop, "invoice", "A,Ada,100,30,2025-12-24,REF 7\n", *fields)
    paid = only(shop, "payments")
    assert (paid["amount"], paid["date"], paid["transaction_reference"]) == (30, "2025-12-24", "REF 7")
    invoice = only(shop, "invoices")
    assert (invoice["balance"], invoice["paid_to_date"], invoice["status_id"]) == (70, 30, "3")


def test_an_invoice_needs_a_number_that_is_free(shop: Shop) -> None:
    shop.invoice(shop.client(name="Ada"), number="A-1")
    done = load(shop, "invoice", "A-1,Ada\n,Ada\n", NUMBER, CLIENT)
    assert problems(done, "invoice") == ["No invoice number", "Invoice number already exists"]
    assert (total(shop.get("invoices")), done["counts"], done["refused"]) == (1, {"invoices": 0}, {"invoice": 2})


def test_payments_of_a_file_go_to_invoices(shop: Shop) -> None:
    ada = shop.client(name="Ada", contacts=[{"email": "ada@example.com"}])
    shop.sent(ada, number="A-1")
    fields = ("payment.client_id", "payment.amount", "payment.invoice_number", "payment.date", "payment.method")
    table = "ada@example.com,40,A-1,24.12.2025,PayPal\nada,60,A-1,,\nada,25,,,\nNobody,1,,,\n"
    done = load(shop, "payment", table, *fields)
    assert problems(done, "payment") == ["Could not find client."]
    paid = rows(shop.get("payments"))
    assert [(each["amount"], each["applied"], each["date"]) for each in paid] == [
        (40, 40, "2025-12-24"),
        (60, 60, "2026-01-15"),
        (25, 0, "2026-01-15"),
    ]
    assert (paid[0]["type_id"], only(shop, "invoices")["status_id"]) == ("13", "4")
    client = only(shop, "clients")
    assert (client["balance"], client["paid_to_date"], client["payment_balance"]) == (0, 125, 25)


def test_a_file_of_payments_stands_for_those_told_by_invoices(shop: Shop) -> None:
    files = [("files[invoice]", ("i.csv", b"A,Ada,100,30\n")), ("files[payment]", ("p.csv", b"Ada,45,A\n"))]
    hashed = shop.call("POST", "preimport", data={"import_type": "csv"}, files=files).json()["hash"]
    maps: dict[str, Any] = {
        "invoice": {"mapping": {"0": NUMBER, "1": CLIENT, "2": "item.cost", "3": "payment.amount"}},
        "payment": {"mapping": {"0": "payment.client_id", "1": "payment.amount", "2": "payment.invoice_number"}},
    }
    shop.post("import", {"import_type": "csv", "hash": hashed, "skip_header": False, "column_map": maps})
    assert (only(shop, "payments")["amount"], only(shop, "invoices")["balance"]) == (45, 55)


def test_products_with_a_known_key_are_changed(shop: Shop) -> None:
    old = shop.product(product_key="P-1", price=1, notes="old")
    fields = ("product.product_key", "product.price", "product.notes", "product.tax_name1", "product.tax_rate1")
    load(shop, "product", "p-1,2.5,,VAT,19\nP-2,3,New,,\nP-2,4,,,\n", *fields)
    found = rows(shop.get("products"))
    assert [(each["product_key"], each["price"], each["notes"]) for each in found] == [
        ("p-1", 2.5, "old"),
        ("P-2", 4, "New"),
    ]
    assert (found[0]["id"], found[0]["tax_name1"], found[0]["tax_rate1"]) == (old["id"], "VAT", 19)


def test_vendors_have_a_currency_and_a_contact(shop: Shop) -> None:
    fields = ("vendor.name", "vendor.currency_id", "vendor.country_id", "vendor.email", "vendor.first_name")
    done = load(shop, "vendor", "Paper Co,EUR,FRA,p@example.com,Pia\nInk Co,,,,\npaper co,,,,\n", *fields)
    assert problems(done, "vendor") == ["Vendor already exists"]
    paper, ink = rows(shop.get("vendors"))
    assert (paper["currency_id"], paper["country_id"], paper["contacts"][0]["email"]) == ("3", "250", "p@example.com")
    assert (ink["currency_id"], paper["number"], ink["number"]) == ("1", "0001", "0002")


def test_expenses_make_vendors_categories_and_projects(shop: Shop) -> None:
    ada = shop.client(name="Ada")
    fields = (
        "expense.amount",
        "expense.vendor",
        "expense.client",
        "expense.project",
        "expense.category",
        "expense.date",
        "expense.currency",
        "expense.payment_type",
    )
    load(shop, "expense", "12.50,Paper,Ada,Site,Travel,01/31/2026,GBP,Cash\n7,paper,,,travel,,,\n", *fields)
    first, second = rows(shop.get("expenses"))
    vendor, category, project = (only(shop, path) for path in ("vendors", "expense_categories", "projects"))
    assert (
        (first["vendor_id"], first["category_id"])
        == (vendor["id"], category["id"])
        == (second["vendor_id"], second["category_id"])
    )
    assert (first["project_id"], first["client_id"], project["client_id"]) == (project["id"], ada["id"], ada["id"])
    assert (first["amount"], first["date"], first["currency_id"], first["payment_type_id"]) == (
        12.5,
        "2026-01-31",
        "2",
        "2",
    )
    assert (second["amount"], second["date"], second["currency_id"], second["project_id"]) == (7, "2026-01-15", "1", "")


def test_quotes_are_sent_or_drafts(shop: Shop) -> None:
    table = "Q-1,Ada,10,draft\nQ-2,Ada,20,\nQ-3,Ada,30,Approved\n"
    load(shop, "quote", table, "quote.number", CLIENT, "item.cost", "quote.status")
    found = [(each["number"], each["amount"], each["status_id"]) for each in rows(shop.get("quotes"))]
    assert found == [("Q-1", 10, "1"), ("Q-2", 20, "2"), ("Q-3", 30, "3")]


def test_recurring_invoices_start_when_they_are_active(shop: Shop) -> None:
    fields = (
        NUMBER,
        CLIENT,
        "item.cost",
        "invoice.frequency_id",
        "invoice.next_send_date",
        "invoice.status",
        "invoice.remaining_cycles",
    )
    done = load(
        shop,
        "recurring_invoice",
        "R-1,Ada,10,Monthly,2026-02-01,active,3\nR-2,Ada,5,1,,,\nR-3,Ada,5,never,,,\n",
        *fields,
    )
    assert problems(done, "recurring_invoice") == ["The selected frequency id is invalid."]
    found = rows(shop.get("recurring_invoices"))
    assert [(each["number"], each["amount"], each["frequency_id"], each["status_id"]) for each in found] == [
        ("R-1", 10, "5", "2"),
        ("R-2", 5, "1", "1"),
    ]
    assert (found[0]["next_send_date"][:10], found[0]["remaining_cycles"]) == ("2026-02-01", 3)


def test_rows_of_one_task_are_entries_of_its_log(shop: Shop) -> None:
    ada = shop.client(name="Ada")
    fields = (
        "task.number",
        "client.name",
        "project.name",
        "task.description",
        "task.start_date",
        "task.start_time",
        "task.end_date",
        "task.end_time",
        "task.billable",
        "task.notes",
        "task.status",
    )
    table = (
        "T-1,Ada,Site,Build,2026-01-05,09:00,2026-01-05,10:30,yes,first,in progress\n"
        "T-1,,,,2026-01-06,09:00,2026-01-06,9:15,no,second,\n"
        ",,,Loose,2026-01-05,25:99,2026-01-06,,,,\n"
    )
    done = load(shop, "task", table, *fields)
    assert problems(done, "task") == ["The task.start_time is not a valid time: 25:99"]
    task = only(shop, "tasks")
    assert orjson.loads(task["time_log"]) == [
        [1767603600, 1767609000, "first", True],
        [1767690000, 1767690900, "second", False],
    ]
    assert (task["client_id"], task["project_id"]) == (ada["id"], only(shop, "projects")["id"])
    status = next(each for each in rows(shop.get("task_statuses")) if each["name"] == "In progress")
    assert task["status_id"] == status["id"]


def test_a_task_may_tell_how_long_it_took(shop: Shop) -> None:
    load(shop, "task", "Build,1:30:00\nRest,0:05\n", "task.description", "task.duration")
    logs = [orjson.loads(each["time_log"])[0] for each in rows(shop.get("tasks"))]
    assert [end - start for start, end, *_ in logs] == [5400, 300]


@pytest.fixture
def bank(shop: Shop) -> JSON:
    return record(shop.post("bank_integrations", {"bank_account_name": "Main"}))


def test_movements_go_in_or_out(shop: Shop, bank: JSON) -> None:
    fields = (
        "transaction.date",
        "transaction.amount",
        "transaction.description",
        "transaction.base_type",
        "transaction.payment_type_Credit",
        "transaction.payment_type_Debit",
    )
    table = "2026-01-02,-12.5,Paper,,,\n2026-01-03,40,Rent,withdrawal,,\n2026-01-04,9,In,,,\n"
    table += "2026-01-05,,Credit,,7,\n2026-01-06,,Debit,,,8\n"
    load(shop, "bank_transaction", table, *fields, bank_integration_id=bank["id"])
    found = rows(shop.get("bank_transactions"))
    assert [(each["amount"], each["base_type"]) for each in found] == [
        (12.5, "DEBIT"),
        (40, "DEBIT"),
        (9, "CREDIT"),
        (7, "CREDIT"),
        (8, "DEBIT"),
    ]
    assert {(each["bank_integration_id"], each["currency_id"], each["status_id"]) for each in found} == {
        (bank["id"], "1", "1")
    }


def test_a_bank_account_that_is_none_refuses_every_movement(shop: Shop) -> None:
    done = load(shop, "bank_transaction", "5\n", "transaction.amount", bank_integration_id="VolejRejNz")
    assert done["counts"] == {"bank_transactions": 0}
    assert total(shop.get("bank_transactions")) == 0
    assert len(problems(done, "bank_transaction")) == 1


def test_a_record_belongs_to_the_user_that_a_row_names(shop: Shop) -> None:
    shop.hire("view_all")
    clerk = next(each for each in shop.stored("users") if each["first_name"] == "Cleo")
    load(shop, "client", "Ada,cleo clerk\nBob,nobody\n", "client.name", "client.user_id")
    ada, bob = rows(shop.get("clients"))
    assert (ada["user_id"], bob["user_id"]) == (clerk["id"], shop.user()["id"])


def test_outside_the_united_states_the_day_comes_first(shop: Shop) -> None:
    shop.settings(country_id="826")
    load(shop, "invoice", "A,Ada,05/03/2025\n", NUMBER, CLIENT, "invoice.date")
    shop.settings(country_id="840")
    load(shop, "invoice", "B,Ada,05/03/2025\nC,Ada,13/03/2025\n", NUMBER, CLIENT, "invoice.date")
    assert [each["date"] for each in rows(shop.get("invoices"))] == ["2025-03-05", "2025-05-03", "2025-03-13"]


def test_a_company_may_write_a_decimal_comma(shop: Shop) -> None:
    shop.put(f"companies/{shop.company()['id']}", {"use_comma_as_decimal_place": True})
    load(shop, "product", "P;1.234;2,5\n", "product.product_key", "product.price", "product.cost")
    product = only(shop, "products")
    assert (product["price"], product["cost"]) == (1234, 2.5)


def test_an_export_of_a_report_can_be_imported(shop: Shop) -> None:
    table = "Invoice Ninja,,\n\nClients,,\nName,City,Phone\nAda,Rome,1\nBob,Bonn,2\n"
    sent = send(shop, "client", table).json()
    assert sent["mappings"]["client"]["headers"] == [["Name", "City", "Phone"], ["Ada", "Rome", "1"]]
    maps = {"client": {"mapping": {"0": "client.name", "1": "client.city"}}}
    shop.post("import", {"import_type": "csv", "hash": sent["hash"], "skip_header": True, "column_map": maps})
    assert [each["city"] for each in rows(shop.get("clients"))] == ["Rome", "Bonn"]
    assert job(shop)["refused"] == {}


def test_values_beyond_the_limits_are_told(shop: Shop) -> None:
    table = f"A,Ada,{'9' * 30}\nB,Ada,1e400\nC,Ada,5\n"
    done = load(shop, "invoice", table, NUMBER, CLIENT, "item.cost")
    assert done["counts"]["invoices"] + done["refused"]["invoice"] == 3
    assert shop.get("invoices").status_code == 200
