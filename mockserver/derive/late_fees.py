"""The fee that comes with a reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import round_half_up, to_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

FEES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("invoice", "reminder1"): ("late_fee_amount1", "late_fee_percent1"),
    ("invoice", "reminder2"): ("late_fee_amount2", "late_fee_percent2"),
    ("invoice", "reminder3"): ("late_fee_amount3", "late_fee_percent3"),
    ("invoice", "reminder_endless"): ("late_fee_endless_amount", "late_fee_endless_percent"),
    ("quote", "reminder1"): ("quote_late_fee_amount1", "quote_late_fee_percent1"),
}
"""Kind of bill and reminder -> settings with a fixed fee and a percentage."""


def late_fee(kind: str, reminder: str, bill: Mapping[str, Any], settings: Mapping[str, Any]) -> Decimal:
    """The fixed fee plus a percentage of what is asked for: the partial, or else the balance, rounded to cents."""
    amount, percent = (to_decimal(settings.get(name) or 0) for name in FEES[kind, reminder])
    asked = to_decimal(bill["partial"] if bill["partial"] > 0 else bill["balance"])
    if amount <= 0 and percent <= 0:
        return to_decimal(0)
    return amount + round_half_up(asked * percent / 100, 2)
