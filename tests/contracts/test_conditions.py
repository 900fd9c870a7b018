"""Conditions of the facts on one row."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract.lists.conditions import holds

ROW = {"status_id": "2", "balance": 10, "due_date": "2026-01-15", "date": "", "is_deleted": False, "limit": 5}


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (True, True),
        ({"status_id": ["1", "2"]}, True),
        ({"status_id": ["1"]}, False),
        ({"not_deleted": True}, True),
        ({"balance": {"gt": 0, "lte": 10}}, True),
        ({"balance": {"gt": 10}}, False),
        ({"balance": {"gt_field": "limit"}}, True),
        ({"date": {"empty": True}}, True),
        ({"due_date": {"empty": True}}, False),
        ({"due_date": {"before": "today"}}, False),
        ({"due_date": {"before": "now"}}, True),
        ({"due_date": {"upto": "today"}}, True),
        ({"due_date": {"from": "today"}}, True),
        ({"due_date": {"after": "today"}}, False),
        ({"date": {"upto": "today"}}, False),
        ({"all": [{"not_deleted": True}, {"status_id": ["3"]}]}, False),
        ({"any": [{"status_id": ["3"]}, {"balance": {"eq": 10}}]}, True),
        ({"not": {"status_id": ["3"]}}, True),
    ],
)
def test_a_condition(condition: Any, wanted: bool) -> None:
    assert holds(condition, ROW, "2026-01-15") is wanted
