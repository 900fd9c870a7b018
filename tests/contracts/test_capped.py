"""What a bill asks for first: more than its amount is not wanted of one that counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mockserver.contract.scenes.records import capped


def bill(word: str) -> Any:
    return SimpleNamespace(facts={"statuses": {"1": "draft", "2": "sent"}}, told=lambda path: path == word or None)


@pytest.mark.parametrize(
    ("status", "asked", "amount", "read", "wanted"),
    [
        ("2", 30, 22, 22, 22),
        ("2", 30, 22, 5, 5),
        ("2", 30, 22, 30, 22),
        ("2", 30, 22, -1, 0),
        ("2", 20, 22, 5, 20),
        ("2", 30, 0, 5, 30),
        ("1", 30, 22, 22, 30),
    ],
)
def test_no_more_than_the_amount_is_asked_for_first(
    status: str, asked: float, amount: float, read: float, wanted: float
) -> None:
    record = {"status_id": status, "amount": amount, "partial": read}
    assert capped(bill("bill"), {"partial": asked, "name": "n"}, record) == {"partial": wanted, "name": "n"}


def test_what_is_no_bill_keeps_what_is_sent() -> None:
    record = {"status_id": "2", "amount": 1, "partial": 1}
    assert capped(bill("other"), {"partial": 9}, record) == {"partial": 9}
    assert capped(bill("bill"), {"name": "n"}, record) == {"name": "n"}


def test_nothing_to_ask_for_first_has_no_day() -> None:
    record = {"status_id": "2", "amount": 10, "partial": 0}
    wanted = {"partial": 20, "partial_due_date": "2026-01-01"}
    assert capped(bill("bill"), wanted, record) == {"partial": 0, "partial_due_date": ""}
