"""Planned jobs: what each needs and keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

STATEMENT = {"template": "email_statement", "next_run": "2030-01-01"}


def test_a_schedule(shop: Shop) -> None:
    """R-EP-39: what the job does not know is not kept."""
    parameters = {"date_range": "last_month", "status": "paid", "report_name": "vendor"}
    made = record(shop.post("task_schedulers", {**STATEMENT, "parameters": parameters}))
    wanted: JSON = {"name": "Email Statement", "frequency_id": "0", "next_run": "2030-01-01", "is_paused": False}
    assert part(wanted, made) == wanted
    assert made["parameters"] == {"date_range": "last_month", "status": "paid", "clients": []}
    assert shop.show("task_schedulers/create")["parameters"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"next_run": "2020-01-01"}, "next_run"),
        ({"next_run": None}, "next_run"),
        ({"template": None}, "template"),
        ({"parameters": {"date_range": "once"}}, "parameters.date_range"),
        ({"parameters": {"date_range": "custom", "end_date": "2025-01-01"}}, "parameters.start_date"),
        (
            {"parameters": {"date_range": "custom", "start_date": "2025-01-02", "end_date": "2025-01-01"}},
            "parameters.end_date",
        ),
        ({"parameters": {"clients": ["zzzzzzzzzz"]}}, "parameters.clients"),
        ({"template": "email_report", "parameters": {}}, "parameters.report_name"),
    ],
)
def test_rules(shop: Shop, change: JSON, field: str) -> None:
    """R-VAL-24."""
    assert list(errors(shop.post("task_schedulers", {**STATEMENT, **change}))) == [field]


def test_instalments(shop: Shop) -> None:
    """An invoice is split once; its parts are the runs, and an update keeps the invoice."""
    invoice = shop.invoice(shop.client())
    parts = [{"date": "2030-01-01", "amount": 50, "is_amount": True}, {"date": "2030-02-01", "amount": 50}]
    parameters: dict[str, Any] = {"invoice_id": invoice["id"], "auto_bill": False, "schedule": parts}
    body = {"template": "payment_schedule", "next_run": "2030-01-01", "parameters": parameters}
    made = record(shop.post("task_schedulers", body))
    assert (made["name"], made["remaining_cycles"]) == (f"Payment Schedule for Invoice #{invoice['number']}", 2)
    assert made["parameters"]["schedule"][1] == {"id": 2, "date": "2030-02-01", "amount": 50, "is_amount": False}
    assert list(errors(shop.post("task_schedulers", body))) == ["parameters.invoice_id"]
    body["parameters"] = {**parameters, "invoice_id": "zzzzzzzzzz"}
    changed = record(shop.put(f"task_schedulers/{made['id']}", body))
    assert changed["parameters"]["invoice_id"] == invoice["id"]


def test_an_unknown_bulk_action(shop: Shop) -> None:
    """R-BULK-3."""
    made = record(shop.post("task_schedulers", STATEMENT))
    answer = shop.post("task_schedulers/bulk", {"action": "run", "ids": [made["id"]]})
    assert (answer.status_code, answer.json()) == (400, {"message": "Bulk action does not exist"})


def test_only_administrators_plan(shop: Shop) -> None:
    clerk = shop.hire("create_all,edit_all,view_all")
    assert clerk.post("task_schedulers", STATEMENT).status_code == 401


def test_the_invoice_and_its_schedule_are_one(shop: Shop) -> None:
    """Instalments made at the invoice are a schedule, and a schedule shows at the invoice."""
    invoice = shop.invoice(shop.client())
    path = f"invoices/{invoice['id']}/payment_schedule"
    for cycles in (4, 2):
        record(shop.post(path, {"next_run": "2030-01-01", "frequency_id": 5, "remaining_cycles": cycles}))
    (planned,) = rows(shop.get("task_schedulers"))
    wanted: JSON = {"template": "payment_schedule", "frequency_id": "5", "remaining_cycles": 2}
    assert part(wanted, planned) == wanted
    assert planned["parameters"]["schedule"][1] == {"id": 2, "date": "2030-02-01", "amount": 50, "is_amount": True}
    shown = f"invoices/{invoice['id']}"
    assert len(shop.show(shown, show_schedule="true")["schedule"]) == 2
    shop.delete(f"task_schedulers/{planned['id']}")
    assert shop.show(shown, show_schedule="true")["schedule"] == []
    shop.post("task_schedulers/bulk", {"action": "restore", "ids": [planned["id"]]})
    assert len(shop.show(shown, show_schedule="true")["schedule"]) == 2
    shop.delete(path)
    assert rows(shop.get("task_schedulers")) == []


def test_a_schedule_is_read_to_edit_it(shop: Shop) -> None:
    """The service has no answer to this route; ours is that of the plain read."""
    made = record(shop.post("task_schedulers", STATEMENT))
    assert shop.show(f"task_schedulers/{made['id']}/edit") == shop.show(f"task_schedulers/{made['id']}")
