"""Projects: rules, and the invoice draft over open work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def project(shop: Shop, client: JSON, **fields: object) -> JSON:
    return record(shop.post("projects", {"name": "Relaunch", "client_id": client["id"], **fields}))


@pytest.mark.parametrize(("sent", "kept"), [(None, 0), ("10", 10), ("-10", 0), (10, 10)])
def test_task_rate(shop: Shop, sent: object, kept: float) -> None:
    """R-VAL-16."""
    assert project(shop, shop.client(), task_rate=sent)["task_rate"] == kept


def test_rules(shop: Shop) -> None:
    """R-VAL-16, R-NUM-10."""
    client = shop.client()
    assert list(errors(shop.post("projects", {}))) == ["name", "client_id"]
    body = {"name": "x", "client_id": client["id"], "task_rate": "A", "budgeted_hours": "a"}
    assert set(errors(shop.post("projects", body))) == {"task_rate", "budgeted_hours"}
    made = project(shop, client, number="P-1", budgeted_hours=None)
    assert made["budgeted_hours"] == 0
    assert "number" in errors(shop.post("projects", {"name": "x", "client_id": client["id"], "number": "P-1"}))


def test_the_client_stays(shop: Shop) -> None:
    made = project(shop, shop.client())
    assert (
        record(shop.put(f"projects/{made['id']}", {"client_id": shop.client()["id"]}))["client_id"] == made["client_id"]
    )


def test_includes(shop: Shop) -> None:
    """R-WIRE-36, R-WIRE-37."""
    made = project(shop, shop.client())
    shop.post("expenses", {"project_id": made["id"]})
    found = shop.show(f"projects/{made['id']}", include="expenses,invoices,quotes,tasks,client")
    assert [len(found[name]) for name in ("expenses", "invoices", "quotes", "tasks")] == [1, 0, 0, 0]
    assert found["client"]["id"] == made["client_id"]


def test_an_invoice_of_open_work(shop: Shop) -> None:
    """5.12: one draft that is not stored."""
    client = shop.client()
    made = project(shop, client, task_rate=80)
    log = [[EPOCH - 9000, EPOCH - 1800, "", True], [EPOCH - 1800, EPOCH, "", False]]
    shop.post("tasks", {"project_id": made["id"], "description": "Design", "time_log": log})
    shop.post("tasks?start=true", {"project_id": made["id"]})
    shop.post("expenses", {"project_id": made["id"], "amount": 12.5, "should_be_invoiced": True})
    shop.post("expenses", {"project_id": made["id"], "amount": 99})
    body = {"action": "invoice", "ids": [made["id"]]}
    draft = record(shop.post("projects/bulk", body))
    wanted = [{"type_id": "2", "quantity": 2, "cost": 80, "notes": "Design"}, {"type_id": "1", "cost": 12.5}]
    assert (draft["id"], draft["client_id"], draft["project_id"]) == ("", client["id"], made["id"])
    assert part(wanted, draft["line_items"]) == wanted
    assert not shop.ids("invoices")
    other = project(shop, shop.client())
    assert list(errors(shop.post("projects/bulk", {**body, "ids": [made["id"], other["id"]]}))) == ["ids"]
