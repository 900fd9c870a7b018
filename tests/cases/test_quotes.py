"""Quotes that become projects, and days until which they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import TODAY, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_hours_of_a_quote_become_tasks_of_a_project(shop: Shop, client: JSON) -> None:
    """X-133, R-STAT-24: lines of products stay behind."""
    lines = [
        {"type_id": "2", "cost": 200, "quantity": 2, "notes": "Test200"},
        {"type_id": "2", "cost": 100, "quantity": 1, "notes": "Test100"},
        {"type_id": "1", "cost": 10, "quantity": 1, "notes": "Product"},
    ]
    quote = record(shop.post("quotes", {"client_id": client["id"], "line_items": lines}))
    rows(shop.post("quotes/bulk", {"action": "convert_to_project", "ids": [quote["id"]]}))
    (project,) = rows(shop.get("projects"))
    assert (project["budgeted_hours"], project["client_id"]) == (3, client["id"])
    tasks = {each["description"]: each["rate"] for each in rows(shop.get("tasks", project_id=project["id"]))}
    assert tasks == {"Test200": 200, "Test100": 100}


def test_a_partial_day_brings_a_last_day(shop: Shop, client: JSON) -> None:
    """X-135, R-VAL-2."""
    made = record(shop.post("quotes", {"client_id": client["id"], "partial": 1, "partial_due_date": TODAY}))
    assert made["due_date"] >= TODAY
