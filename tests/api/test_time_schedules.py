"""Task schedulers as time passes: each job runs on its day and gets its next one (R-EP-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.passing import advance, entries, told
from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

NINE = 1768467600


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client(contacts=[{"email": "a@b.co"}])


def schedule(shop: Shop, template: str, next_run: str = "2026-01-31", **fields: Any) -> JSON:
    return record(shop.post("task_schedulers", {"template": template, "next_run": next_run, **fields}))


def test_statements_go_out_each_month(shop: Shop, client: JSON) -> None:
    silent = shop.client()
    made = schedule(shop, "email_statement", frequency_id=5, parameters={"date_range": "last_month"})
    happened = advance(shop, "2 months")
    assert told(happened, "template", "next_run", "clients") == [
        ("2026-01-31T06:10:00Z", "schedule", "email_statement", "2026-02-28", [client["id"]]),
        ("2026-02-28T06:10:00Z", "schedule", "email_statement", "2026-03-28", [client["id"]]),
    ]
    assert shop.show(f"task_schedulers/{made['id']}")["next_run"] == "2026-03-28"
    assert entries(shop, client_id=client["id"]) == ["1", "140", "140"]
    assert entries(shop, client_id=silent["id"]) == ["1"]


def test_a_statement_may_be_for_some_clients_with_invoices(shop: Shop) -> None:
    other, billed = (shop.client(contacts=[{"email": "c@d.co"}]) for _ in range(2))
    shop.invoice(billed)
    parameters = {
        "date_range": "all_time", "clients": [other["id"], billed["id"]], "only_clients_with_invoices": True
    }  # fmt: skip
    schedule(shop, "email_statement", parameters=parameters)
    (happened,) = advance(shop, "1 month")
    assert happened["clients"] == [billed["id"]]


def test_without_a_frequency_a_schedule_runs_once(shop: Shop) -> None:
    made = schedule(shop, "email_report", parameters={"date_range": "this_year", "report_name": "invoice"})
    assert told(advance(shop, "1 year"), "report_name", "next_run") == [
        ("2026-01-31T06:10:00Z", "schedule", "invoice", "")
    ]
    assert shop.show(f"task_schedulers/{made['id']}")["next_run"] == ""


def test_cycles_are_counted(shop: Shop) -> None:
    schedule(shop, "email_report", frequency_id=1, remaining_cycles=2, parameters={"report_name": "invoice"})
    assert [each["next_run"] for each in advance(shop, "1 year")] == ["2026-02-01", ""]


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("how", ["paused", "deleted", "archived", "unknown"])
def test_schedules_that_do_not_run(shop: Shop, how: str) -> None:
    template = "water_flowers" if how == "unknown" else "email_statement"
    made = schedule(shop, template, frequency_id=1, is_paused=how == "paused", parameters={"date_range": "this_year"})
    if how in ("deleted", "archived"):
        shop.post("task_schedulers/bulk", {"action": how.removesuffix("d"), "ids": [made["id"]]})
    assert advance(shop, "1 month") == []


def test_a_record_is_sent_and_the_schedule_is_gone(shop: Shop, client: JSON) -> None:
    invoice = shop.invoice(client, due_date="2026-12-31")
    made = schedule(shop, "email_record", parameters={"entity": "invoice", "entity_id": invoice["id"]})
    (happened,) = advance(shop, "1 month")
    assert (happened["emailed"], happened["record"]["id"]) == (True, invoice["id"])
    now = shop.show(f"invoices/{invoice['id']}")
    assert (now["status_id"], now["balance"], now["last_sent_date"]) == ("2", 100, "2026-01-31")
    assert entries(shop, invoice_id=invoice["id"]) == ["4", "6"]
    assert shop.get(f"task_schedulers/{made['id']}").status_code == 400


@pytest.mark.parametrize("how", ["deleted", "nobody", "unknown", "unnamed"])
def test_a_record_that_cannot_be_sent_is_not(shop: Shop, client: JSON, how: str) -> None:
    invoice = shop.invoice(shop.client() if how == "nobody" else client)
    parameters = {"entity": "invoice", "entity_id": "Opnel5aKBz" if how == "unknown" else invoice["id"]}
    made = schedule(shop, "email_record", parameters={} if how == "unnamed" else parameters)
    if how == "deleted":
        shop.delete(f"invoices/{invoice['id']}")
    (happened,) = advance(shop, "1 month")
    assert (happened["emailed"], shop.show(f"invoices/{invoice['id']}")["status_id"]) == (False, "1")
    assert shop.get(f"task_schedulers/{made['id']}").status_code == 400


def test_work_that_was_not_invoiced_is(shop: Shop, client: JSON) -> None:
    def task(hours: float, **fields: Any) -> JSON:
        log = [[NINE, NINE + int(hours * 3600), "Database", True]]
        body = {"client_id": client["id"], "rate": 80, "description": "Set up", "time_log": log, **fields}
        return record(shop.post("tasks", body))

    first, second = task(1.5), task(0.25, description="Repair")
    project = record(shop.post("projects", {"name": "P", "client_id": client["id"]}))
    left = task(1, project_id=project["id"])
    task(1, time_log=[[NINE, 0]])
    parameters = {"date_range": "this_month", "include_project_tasks": False, "auto_send": True}
    schedule(shop, "invoice_outstanding_tasks", frequency_id=5, parameters=parameters)
    happened = advance(shop, "2 months")
    assert [len(each["invoices"]) for each in happened] == [1, 0]
    made = shop.show(f"invoices/{happened[0]['invoices'][0]}")
    wanted = {
        "status_id": "2",
        "amount": 140,
        "date": "2026-01-31",
        "line_items": [
            {"quantity": 1.5, "cost": 80, "notes": "Set up", "task_id": first["id"], "type_id": "2"},
            {"quantity": 0.25, "cost": 80, "notes": "Repair", "task_id": second["id"], "type_id": "2"},
        ],
    }
    assert part(wanted, made) == wanted
    assert shop.show(f"tasks/{first['id']}")["invoice_id"] == made["id"]
    assert shop.show(f"tasks/{left['id']}")["invoice_id"] == ""


def test_instalments_are_asked_for_one_by_one(shop: Shop, client: JSON) -> None:
    invoice = shop.invoice(client, due_date="2026-02-15")
    parts = [
        {"date": "2026-01-31", "amount": 40, "is_amount": True},
        {"date": "2026-03-01", "amount": 60, "is_amount": True},
    ]
    shop.post(f"invoices/{invoice['id']}/payment_schedule", {"next_run": "2026-01-31", "schedule": parts})
    first, *rest = [each for each in advance(shop, "20 days") if each["what"] == "schedule"]
    assert rest == []
    assert (first["iso"], first["partial"], first["next_run"]) == ("2026-01-31T06:10:00Z", 40, "2026-03-01")
    asked = {
        "status_id": "2", "balance": 100, "partial": 40, "partial_due_date": "2026-01-31", "due_date": "2026-02-15",
        "last_sent_date": "2026-01-31",
    }  # fmt: skip
    assert part(asked, shop.show(f"invoices/{invoice['id']}")) == asked
    shop.post("payments", {"client_id": client["id"], "invoices": [{"invoice_id": invoice["id"], "amount": 40}]})
    (last,) = [each for each in advance(shop, "2 months") if each["what"] == "schedule"]
    assert (last["iso"], last["partial"], last["next_run"]) == ("2026-03-01T06:10:00Z", 60, "")
    now = shop.show(f"invoices/{invoice['id']}", show_schedule="true")
    assert (now["partial_due_date"], now["due_date"], now["schedule"]) == ("2026-03-01", "2026-03-02", [])
    assert shop.ids("task_schedulers") == []


def test_a_plan_that_starts_before_its_first_part_waits_for_it(shop: Shop, client: JSON) -> None:
    invoice = shop.invoice(client)
    parts = [{"date": "2026-03-01", "amount": 100, "is_amount": True}]
    shop.post(f"invoices/{invoice['id']}/payment_schedule", {"next_run": "2026-01-31", "schedule": parts})
    assert told(advance(shop, "1 month"), "partial", "next_run") == [
        ("2026-01-31T06:10:00Z", "schedule", 0, "2026-03-01")
    ]
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == "1"
    happened = [each for each in advance(shop, "1 month") if each["what"] == "schedule"]
    assert told(happened, "partial", "next_run") == [("2026-03-01T06:10:00Z", "schedule", 100, "")]


def test_instalments_may_be_percentages(shop: Shop, client: JSON) -> None:
    invoice = shop.sent(client, {"quantity": 1, "cost": 33.33})
    parts = [
        {"date": "2026-01-31", "amount": 25, "is_amount": False},
        {"date": "2026-02-28", "amount": 75, "is_amount": False},
    ]
    shop.post(f"invoices/{invoice['id']}/payment_schedule", {"next_run": "2026-01-31", "schedule": parts})
    happened = [each for each in advance(shop, "2 months") if each["what"] == "schedule"]
    assert [each["partial"] for each in happened] == [8.33, 33.33]


def test_the_instalments_of_a_deleted_invoice_end(shop: Shop, client: JSON) -> None:
    invoice = shop.sent(client)
    body = {"next_run": "2026-01-31", "frequency_id": 5, "remaining_cycles": 2}
    shop.post(f"invoices/{invoice['id']}/payment_schedule", body)
    shop.delete(f"invoices/{invoice['id']}")
    assert told(advance(shop, "1 year"), "next_run") == [("2026-01-31T06:10:00Z", "schedule", "")]
