"""The fee that comes with a reminder."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mockserver.derive.late_fees import FEES, late_fee


@pytest.mark.parametrize(
    ("amount", "percent", "changes", "fee"),
    [
        (5, 0, {}, "5"),
        (0, 10, {}, "10.00"),
        (5, 2.5, {"balance": 33.33}, "5.83"),
        (0, 10, {"partial": 30}, "3.00"),
        (-5, 0, {}, "0"),
        (0, 0, {}, "0"),
        (None, "", {}, "0"),
    ],
)
@pytest.mark.parametrize(("kind", "reminder"), FEES)
def test_the_fee(kind: str, reminder: str, amount: Any, percent: Any, changes: dict[str, Any], fee: str) -> None:
    names = FEES[kind, reminder]
    settings = dict(zip(names, (amount, percent), strict=True))
    assert late_fee(kind, reminder, {"partial": 0, "balance": 100, **changes}, settings) == Decimal(fee)
