"""Overdue, expired, locked: states that dates and settings make."""

from __future__ import annotations

import pytest

from mockserver.derive.status import credit_status, is_expired, is_locked, is_overdue

TODAY = "2026-03-10"
OWED = {"status_id": "2", "is_deleted": False, "balance": 5, "due_date": "2026-03-01", "partial_due_date": ""}


@pytest.mark.parametrize(
    ("change", "overdue"),
    [
        ({}, True),
        ({"status_id": "3"}, True),
        ({"due_date": TODAY}, True),
        ({"due_date": "2026-03-11"}, False),
        ({"due_date": ""}, False),
        ({"due_date": "2026-05-01", "partial_due_date": "2026-03-09"}, True),
        ({"status_id": "1"}, False),
        ({"status_id": "4"}, False),
        ({"balance": 0}, False),
        ({"is_deleted": True}, False),
    ],
)
def test_an_open_invoice_is_overdue_from_its_due_date_on(change: dict[str, object], *, overdue: bool) -> None:
    """R-WIRE-25 with the change of 5.12: today counts."""
    assert is_overdue(OWED | change, TODAY) is overdue


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
