"""What the numbers and dates of a document say about its state. Statuses are wire texts, dates `YYYY-MM-DD` or ""."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import round_half_up, to_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAFT, SENT, PARTIAL, PAID, CANCELLED, REVERSED = "1", "2", "3", "4", "5", "6"
"""status_id of an invoice; a credit uses the first four, with 4 as applied."""


def invoice_status(balance: float, amount: float) -> str:
    """Status of an invoice that is no draft: paid, partial or sent (R-STAT-6). Negative balances count as sent."""
    if not round_half_up(to_decimal(balance), 2):
        return PAID
    return PARTIAL if 0 < balance < amount else SENT


def credit_status(balance: float) -> str:
    """Status of a credit that was used in a payment: applied when nothing is left, else partial (R-STAT-27)."""
    return PARTIAL if round_half_up(to_decimal(balance), 2) else PAID


def is_expired(quote: Mapping[str, Any], today: str) -> bool:
    """A sent quote whose last day is today or before (R-STAT-20); the stored status stays sent."""
    return quote["status_id"] == SENT and bool("" < quote["due_date"] <= today)


def is_locked(invoice: Mapping[str, Any], setting: str, today: str) -> bool:
    """Whether an invoice can't be edited; `setting` is lock_invoices: off, when_sent, when_paid, end_of_month.

    Since 5.12 when_sent locks every status but draft (R-STAT-13 named sent alone).
    """
    if setting == "when_sent":
        return bool(invoice["status_id"] != DRAFT)
    if setting == "when_paid":
        return invoice["status_id"] in (PARTIAL, PAID)
    return setting == "end_of_month" and bool("" < invoice["date"][:7] < today[:7])
