"""The condition language of the facts."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.store.conditions import compile_columns, compile_condition

ROW = {"status": "2", "balance": 10, "amount": 5, "due": "2026-01-15", "empty": "", "is_deleted": False}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (True, True),
        ({"status": ["1", "2"]}, True),
        ({"status": ["3"]}, False),
        ({"balance": {"gt": 9, "lte": 10}}, True),
        ({"balance": {"gt_field": "amount"}}, True),
        ({"amount": {"gt_field": "balance"}}, False),
        ({"empty": {"empty": True}}, True),
        ({"status": {"empty": True}}, False),
        ({"status": {"empty": False}}, True),
        ({"due": {"before": "today"}}, False),
        ({"due": {"before": "now"}}, True),
        ({"due": {"upto": "today"}}, True),
        ({"due": {"from": "today"}}, True),
        ({"due": {"after": "today"}}, False),
        ({"due": {"before": "month"}}, False),
        ({"empty": {"upto": "today"}}, False),
        ({"not": {"status": ["3"]}}, True),
        ({"not_deleted": True}, True),
        ({"all": [{"status": ["2"]}, {"any": [{"balance": {"eq": 1}}, {"balance": {"eq": 10}}]}]}, True),
    ],
)
def test_a_condition_holds_or_not(condition: Any, holds: bool) -> None:
    assert bool(compile_condition(condition, today="2026-01-15")(ROW)) is holds
    columns = compile_columns(condition, today="2026-01-15")
    assert bool(columns.test(*(ROW[field] for field in columns.fields))) is holds


def test_an_unknown_test_is_named() -> None:
    with pytest.raises(ValueError, match="got test 'near', wanted one of eq, ne"):
        compile_condition({"due": {"near": "today"}}, today="2026-01-15")
