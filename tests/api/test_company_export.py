"""A company as one file, fetched once, and taken back by the same or another company (R-EP-51)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import orjson
import pytest

from tests.api.shop import PASSWORD, record, rows, total
from tests.api.transfers import EVERYTHING, PROCESSING, address, backup, exported, imported, job

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

MARK = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (3).to_bytes(4, "big") + (2).to_bytes(4, "big")
LISTS = (
    *("clients", "invoices", "payments", "quotes", "credits", "vendors", "documents", "activities", "tasks"),
    *("projects", "products", "recurring_invoices", "expenses", "purchase_orders", "subscriptions", "webhooks"),
    *("group_settings", "task_schedulers", "bank_integrations", "bank_transactions", "bank_transaction_rules"),
    *("tax_rates", "locations", "payment_terms", "task_statuses", "expense_categories", "users", "company_ledger"),
    "designs",
)


def purge(shop: Shop) -> None:
    done = shop.post(f"migration/purge_save_settings/{shop.company()['id']}", headers=PASSWORD)
    assert done.status_code == 200, done


def stored(shop: Shop, path: str, body: JSON) -> JSON:
    return record(shop.post(path, body))


@pytest.fixture
def books(shop: Shop) -> Shop:
    """A company with records that hang together in every way."""
    group = record(shop.post("group_settings", {"name": "Good", "settings": {"currency_id": "3"}}))
    ada = shop.client(name="Ada", group_settings_id=group["id"], contacts=[{"email": "ada@example.com"}])
    shop.location(ada)
    shop.attach(f"clients/{ada['id']}", "a.txt", content=b"one")
    shop.attach(f"companies/{shop.company()['id']}", "c.txt", content=b"two")
    design = {"includes": "i", "header": "h", "body": "b", "product": "", "task": "", "footer": "f"}
    own = record(shop.post("designs", {"name": "Mine", "design": design}))
    product = shop.product()
    invoice = shop.sent(ada, number="A-1", design_id=own["id"], po_number="PO")
    stored(
        shop,
        "payments",
        {"client_id": ada["id"], "amount": 40, "invoices": [{"invoice_id": invoice["id"], "amount": 40}]},
    )
    stored(shop, "quotes", {"client_id": ada["id"], "line_items": [{"quantity": 1, "cost": 5}]})
    stored(shop, "credits?mark_sent=true", {"client_id": ada["id"], "line_items": [{"quantity": 1, "cost": 5}]})
    stored(shop, "recurring_invoices?start=true", {"client_id": ada["id"], "frequency_id": "5", "line_items": []})
    vendor = stored(shop, "vendors", {"name": "Paper", "currency_id": "1"})
    stored(shop, "purchase_orders", {"vendor_id": vendor["id"], "line_items": [{"quantity": 1, "cost": 5}]})
    category = stored(shop, "expense_categories", {"name": "Travel"})
    expense = stored(shop, "expenses", {"amount": 9, "vendor_id": vendor["id"], "category_id": category["id"]})
    project = stored(shop, "projects", {"name": "Site", "client_id": ada["id"]})
    task = stored(shop, "tasks", {"project_id": project["id"], "time_log": "[[1700000000,1700003600]]"})
    lines = [{"quantity": 1, "cost": 3, "task_id": task["id"], "expense_id": expense["id"]}]
    shop.invoice(ada, *lines, number="A-2")
    bank = stored(shop, "bank_integrations", {"bank_account_name": "Main"})
    money = {"bank_integration_id": bank["id"], "base_type": "CREDIT", "amount": 60, "description": "A-1"}
    stored(shop, "bank_transactions", money)
    plan = {
        "name": "Plan",
        "product_ids": product["id"],
        "price": 1,
        "group_id": group["id"],
        "steps": "cart,auth.login-or-register",
    }
    stored(shop, "subscriptions", plan)
    stored(
        shop,
        "webhooks",
        {"target_url": "https://hook.example.com", "event_id": "1", "rest_method": "post", "format": "JSON"},
    )
    stored(shop, "tax_rates", {"name": "VAT", "rate": 19})
    schedule = {
        "clients": [ada["id"]],
        "date_range": "last7_days",
        "show_payments_table": True,
        "show_aging_table": True,
        "status": "all",
    }
    body = {
        "name": "s",
        "frequency_id": "5",
        "next_run": "2026-02-01",
        "template": "email_statement",
        "parameters": schedule,
    }
    stored(shop, "task_schedulers", body)
    wanted = [{"search_key": "description", "operator": "contains", "value": "Shell"}]
    stored(shop, "bank_transaction_rules", {"name": "Fuel", "applies_to": "DEBIT", "rules": wanted})
    shop.delete(f"clients/{shop.client(name='Gone')['id']}")
    return shop


def pictures(shop: Shop) -> JSON:
    """All lists without ids, so that what hangs together the same way looks the same."""
    return {path: [without_ids(each) for each in rows(shop.get(path, per_page=500))] for path in LISTS}


MOVING = frozenset({"id", "link", "url", "contact_key", "client_hash", "hash", "key", "clients", "purchase_page"})
"""Ids in lists, and texts that open a door: in another company of the same world they differ."""


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: bool(each) if name.endswith(("_id", "_ids")) else without_ids(each)
            for name, each in value.items()
            if name not in MOVING
        }
    return (
        [without_ids(each) if isinstance(each, (dict, list)) else each for each in value]
        if isinstance(value, list)
        else value
    )


def test_a_purged_company_comes_back_as_it_was(books: Shop) -> None:
    before = pictures(books)
    assert all(before[path] for path in LISTS), [path for path in LISTS if not before[path]]
    content = exported(books)
    purge(books)
    assert total(books.get("clients")) == total(books.get("documents")) == 0
    assert imported(books, content).json() == PROCESSING
    done = job(books)
    assert (done["kind"], done["error"], done["errors"]) == ("company_import", "", {})
    assert (done["counts"]["clients"], done["counts"]["invoices"]) == (2, 2)
    assert pictures(books) == before


def test_links_lead_to_the_new_records(books: Shop) -> None:
    content = exported(books)
    books.client(name="Later")  # takes an id, so that new and old ones differ
    purge(books)
    imported(books, content)
    ada = rows(books.get("clients", name="Ada"))[0]
    first, second = rows(books.get("invoices", include="client,payments"))
    assert (first["client"]["name"], first["client_id"]) == ("Ada", ada["id"])
    assert first["payments"][0]["amount"] == 40
    line = second["line_items"][0]
    assert [line["task_id"]] == books.ids("tasks")
    assert [line["expense_id"]] == books.ids("expenses")
    assert ada["group_settings_id"] == books.ids("group_settings")[0]
    assert rows(books.get("subscriptions"))[0]["product_ids"] == books.ids("products")[0]
    assert rows(books.get("task_schedulers"))[0]["parameters"]["clients"] == [ada["id"]]
    assert rows(books.get("bank_transactions"))[0]["invoice_ids"] == first["id"]
    mine = next(each for each in rows(books.get("designs", per_page=50)) if each["name"] == "Mine")
    assert first["design_id"] == mine["id"]
    assert ada["documents"][0]["name"] == "a.txt"
    files = {
        each["name"]: books.get(f"documents/{each['id']}/download").content for each in rows(books.get("documents"))
    }
    assert files == {"a.txt": b"one", "c.txt": b"two"}


def test_restored_records_go_on_behaving(books: Shop) -> None:
    content = exported(books)
    purge(books)
    imported(books, content)
    invoice = rows(books.get("invoices", number="A-1"))[0]
    paid = record(books.get(f"invoices/{invoice['id']}/mark_paid"))
    assert (paid["balance"], paid["status_id"]) == (0, "4")
    assert books.client(name="Next")["number"] == "0003"


def test_another_company_takes_the_records(books: Shop) -> None:
    before, content = pictures(books), exported(books)
    other = books.found("Second")
    assert imported(other, content).json() == PROCESSING
    after = pictures(other)
    for path in ("clients", "invoices", "payments", "vendors", "tasks", "activities", "group_settings"):
        assert after[path] == before[path], path
    assert pictures(books) == before
    keys = [each["key"] for each in books.stored("invoice_invitations")]
    assert len(keys) == len(set(keys)) == 4
    names = [each["hash"] for each in books.stored("documents")]
    assert len(names) == len(set(names)) == 4


def test_settings_and_records_are_replaced_apart(books: Shop) -> None:
    books.settings(name="Harbour", invoice_number_pattern="X-{$counter}")
    content = exported(books)
    other = books.found("Second")
    imported(other, content, "?import_data=true")
    assert (other.company()["settings"]["name"], total(other.get("clients"))) == ("Second", 2)
    third = books.found("Third")
    imported(third, content, "?import_settings=true&import_data=false")
    found = third.company()
    assert (found["settings"]["name"], found["settings"]["invoice_number_pattern"]) == ("Harbour", "X-{$counter}")
    assert total(third.get("clients")) == 0
    assert found["company_key"] not in (books.company()["company_key"], other.company()["company_key"])
    fourth = books.found("Fourth")
    imported(fourth, content, "")
    assert (fourth.company()["settings"]["name"], total(fourth.get("clients"))) == ("Fourth", 0)


def test_the_logo_travels_with_the_settings(shop: Shop) -> None:
    own = shop.company()
    shop.call("PUT", f"companies/{own['id']}", files=[("company_logo", ("l.png", MARK))])
    other = shop.found()
    imported(other, exported(shop))
    company = other.company()
    assert company["settings"]["company_logo"].endswith(f"/companies/{company['id']}/logo")
    assert other.get(f"companies/{company['id']}/logo").content == MARK


def test_the_file_holds_records_and_files_and_no_secrets(books: Shop) -> None:
    content = exported(books)
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    hashes = {each["name"]: each["hash"] for each in books.stored("documents")}
    assert names == ["backup.json", f"documents/{hashes['a.txt']}", f"documents/{hashes['c.txt']}"]
    found = backup(content)
    assert found["app_version"] == "5.12.28"
    assert [each["name"] for each in found["clients"]] == ["Ada", "Gone"]
    assert "password" not in found["users"][0]
    assert "jobs" not in found["company"]


def test_an_export_is_fetched_once_and_within_an_hour(shop: Shop) -> None:
    public = shop.but(X_API_TOKEN=None)
    first, second = address(shop), address(shop)
    assert first != second
    assert public.get(first).status_code == 200
    gone = public.get(first)
    assert (gone.status_code, gone.json()) == (404, {"message": "File no longer available"})
    shop.later(seconds=3601)
    assert public.get(second).status_code == 404


def test_an_export_shows_the_moment_when_it_was_asked_for(shop: Shop) -> None:
    path = address(shop)
    shop.client()
    assert backup(shop.get(path).content)["clients"] == []


def test_the_same_company_gives_the_same_file(shop: Shop) -> None:
    shop.client()
    assert exported(shop) == exported(shop)


def test_the_address_leads_to_the_world_of_the_call(shop: Shop) -> None:
    url = shop.post("export").json()["url"]
    assert f"/worlds/{shop.mock.world.name}/api/v1/protected_download/" in url


def test_only_administrators_export_and_import(shop: Shop) -> None:
    clerk = shop.hire("create_all,edit_all,view_all")
    assert clerk.post("export").status_code == 401
    assert imported(clerk, b"PK\x05\x06").status_code == 401


def test_a_large_file_comes_in_parts(books: Shop) -> None:
    before, content = pictures(books), exported(books)
    purge(books)
    size = len(content) // 3 + 1
    parts = [content[start : start + size] for start in range(0, len(content), size)]
    for number, part in enumerate(parts):
        told = {"fileHash": "f00d", "fileName": "b.zip", "currentChunk": number, "totalChunks": len(parts)}
        sent = {"metadata": orjson.dumps(told).decode()}
        answer = books.call("POST", f"import_json{EVERYTHING}", data=sent, files=[("file", ("blob", part))])
        if number < len(parts) - 1:
            assert answer.json() == {
                "success": True,
                "message": "Chunk uploaded successfully",
                "chunk": number,
                "totalChunks": 3,
                "fileName": "b.zip",
            }
            assert total(books.get("clients")) == 0
    assert answer.json() == {**told, "success": True, "message": "Processing"}
    assert pictures(books) == before
