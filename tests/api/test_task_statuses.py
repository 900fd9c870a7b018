"""Task statuses: the four of a new company, and what becomes of the tasks of one that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_new_company_has_four(shop: Shop) -> None:
    """R-EP-28."""
    for company in (shop, shop.found()):
        found = [(each["name"], each["status_order"]) for each in rows(company.get("task_statuses"))]
        assert found == [("Backlog", 1), ("Ready to do", 2), ("In progress", 3), ("Done", 4)]


def test_names_are_unique_on_create_only(shop: Shop) -> None:
    """R-VAL-22."""
    assert errors(shop.post("task_statuses", {"name": "Done"})) == {"name": ["The name has already been taken."]}
    assert errors(shop.post("task_statuses", {})) == {"name": ["The name field is required."]}
    made = record(shop.post("task_statuses", {"name": "Review"}))
    assert made["status_order"] == 9999
    assert record(shop.put(f"task_statuses/{made['id']}", {"name": "Done"}))["name"] == "Done"


def test_tasks_move_to_the_first_status(shop: Shop) -> None:
    """R-LIFE-23."""
    first, second, *_ = rows(shop.get("task_statuses"))
    task = record(shop.post("tasks", {"status_id": second["id"]}))
    shop.post("task_statuses/bulk", {"action": "archive", "ids": [second["id"]]})
    assert shop.show(f"tasks/{task['id']}")["status_id"] == first["id"]
    assert record(shop.delete(f"task_statuses/{first['id']}"))["is_deleted"]
    assert shop.show(f"tasks/{task['id']}")["status_id"] == rows(shop.get("task_statuses"))[2]["id"]


def test_only_administrators_touch_them(shop: Shop) -> None:
    clerk = shop.hire("create_all,edit_all,view_all")
    assert len(rows(clerk.get("task_statuses"))) == 4
    assert clerk.post("task_statuses", {"name": "Mine"}).status_code == 401
    ids = [rows(shop.get("task_statuses"))[0]["id"]]
    assert clerk.post("task_statuses/bulk", {"action": "archive", "ids": ids}).status_code == 401
