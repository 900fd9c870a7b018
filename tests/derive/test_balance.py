"""Balance, partial and status of a document that is saved again."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.status import invoice_status
from mockserver.derive.totals import balance_after_save, partial_after_save


def stored(status: str, amount: float = 100, balance: float = 100, paid_to_date: float = 0) -> dict[str, Any]:
    return {"status_id": status, "amount": amount, "balance": balance, "paid_to_date": paid_to_date}


def test_a_draft_keeps_its_balance() -> None:
    """R-CALC-14."""
    assert balance_after_save(stored("1", 100, 0), 250) == 0


def test_a_cancelled_invoice_owes_nothing() -> None:
    """R-CALC-14 (X-052)."""
    assert balance_after_save(stored("5", 100, 0, 0), 250) == 0


def test_edits_follow_the_amount_and_keep_what_was_paid() -> None:
    """R-CALC-14, R-CALC-29 (X-048): 100 to 30.37, 10.37 paid, then 15."""
    assert balance_after_save(stored("2", 100, 100), 30.37) == 30.37
    assert balance_after_save(stored("3", 30.37, 20, 10.37), 15) == 4.63


def test_edits_of_a_negative_invoice() -> None:
    """R-CALC-29: -100 to -30.37."""
    assert balance_after_save(stored("2", -100, -100), -30.37) == -30.37
    assert balance_after_save(stored("4", -30.37, 0, -30.37), -30.37) == 0


def test_the_balance_of_a_purchase_order_follows_its_total() -> None:
    """R-CALC-17 (X-050): 100, 30.37, 10.37."""
    assert balance_after_save(stored("2", 100, 100), 30.37, entity="purchase_order") == 30.37
    assert balance_after_save(stored("2", 30.37, 30.37), 10.37, entity="purchase_order") == 10.37


def test_a_quote_that_was_sent_has_a_balance_only_after_an_edit() -> None:
    """R-CALC-17: marking it sent leaves 0, the next save of it computes one."""
    assert balance_after_save(stored("2", 100, 0), 120, entity="quote") == 120


@pytest.mark.parametrize("entity", ["recurring_invoice", "recurring_quote"])
def test_recurring_documents_always_owe_their_amount(entity: str) -> None:
    """R-CALC-17: drafts too."""
    assert balance_after_save(stored("1", 100, 0), 250, entity=entity) == 250


def test_the_balance_is_rounded_like_the_amount() -> None:
    """R-CALC-15 (X-047)."""
    assert balance_after_save(stored("2", 10.1, 10.1), 20.18, rappen=True) == 20.2
    assert balance_after_save(stored("3", 100, 50, 50.5), 100.4, precision=0) == 50


def partial(value: float, status: str, amount: float, balance: float, *, saved: bool = True) -> dict[str, Any]:
    document = {"status_id": status, "partial": value, "partial_due_date": "2026-02-01"}
    return partial_after_save(document, amount, balance, saved=saved)


def test_a_draft_keeps_its_partial() -> None:
    """R-CALC-16."""
    assert partial(500, "1", 100, 0) == {}


@pytest.mark.parametrize(
    ("posted", "amount", "balance", "wanted"),
    [(500, 100, 80, 80), (500, 100, 120, 100), (50, 100, 20, None), (5, -9, -9, None)],
)
def test_a_partial_above_the_amount_is_cut(posted: float, amount: float, balance: float, wanted: float | None) -> None:
    """R-CALC-16: only above the amount, and then to what is owed."""
    assert partial(posted, "2", amount, balance) == ({} if wanted is None else {"partial": wanted})


@pytest.mark.parametrize(("posted", "wanted"), [(-5, 0), (30, 20), (10, None)])
def test_a_preview_keeps_the_partial_within_the_balance(posted: float, wanted: float | None) -> None:
    """R-CALC-16."""
    changes = partial(posted, "1", 100, 20, saved=False)
    assert changes.get("partial") == wanted


def test_no_partial_has_no_due_date() -> None:
    """R-CALC-16."""
    assert partial(0, "1", 100, 0) == {"partial_due_date": ""}
    assert partial_after_save({"status_id": "1", "partial": 0, "partial_due_date": ""}, 100, 0) == {}


@pytest.mark.parametrize(
    ("balance", "amount", "status"),
    [
        (0, 100, "4"),
        (0.004, 100, "4"),
        (-0.004, 100, "4"),
        (0, 0, "4"),
        (4.63, 15, "3"),
        (100, 100, "2"),
        (120, 100, "2"),
        (-30.37, -30.37, "2"),
        (-5, 100, "2"),
    ],
)
def test_the_status_follows_the_balance(balance: float, amount: float, status: str) -> None:
    """R-STAT-6 (X-048)."""
    assert invoice_status(balance, amount) == status
