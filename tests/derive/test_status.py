"""Expired, locked: states that dates and settings make."""

from __future__ import annotations

import pytest

from mockserver.derive.status import credit_status, is_expired, is_locked

TODAY = "2026-03-10"


@pytest.mark.parametrize(
    ("status", "due", "expired"),
    [("2", "2026-03-10", True), ("2", "2026-03-11", False), ("2", "", False), ("3", "2026-03-01", False)],
)
def test_a_sent_quote_expires_with_its_due_date(status: str, due: str, *, expired: bool) -> None:
    """R-STAT-20."""
    assert is_expired({"status_id": status, "due_date": due}, TODAY) is expired


@pytest.mark.parametrize(
    ("setting", "locked"),
    [
        ("off", ""),
        ("", ""),
        ("when_sent", "23456"),
        ("when_paid", "34"),
    ],
)
def test_invoices_lock_by_status(setting: str, locked: str) -> None:
    """R-STAT-13 with the change of 5.12: when_sent locks all but drafts."""
    for status in "123456":
        invoice = {"status_id": status, "date": TODAY}
        assert is_locked(invoice, setting, TODAY) is (status in locked)


@pytest.mark.parametrize(("date", "locked"), [("2026-02-28", True), ("2026-03-01", False), ("", False)])
def test_invoices_lock_at_the_end_of_their_month(date: str, *, locked: bool) -> None:
    """R-STAT-13."""
    assert is_locked({"status_id": "1", "date": date}, "end_of_month", TODAY) is locked


def test_a_used_credit_is_partial_until_nothing_is_left() -> None:
    """R-STAT-27."""
    assert [credit_status(5), credit_status(0)] == ["3", "4"]
