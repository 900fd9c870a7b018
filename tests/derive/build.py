"""Documents in stored form from the few values that a test is about."""

from __future__ import annotations

from typing import Any

from mockserver.derive.line_items import normalise
from mockserver.derive.totals import document_totals


def line(cost: float, quantity: float = 1, **more: Any) -> dict[str, Any]:
    return normalise([{"cost": cost, "quantity": quantity, **more}])[0]


def taxed(cost: float, rate: float, quantity: float = 1, **more: Any) -> dict[str, Any]:
    return line(cost, quantity, tax_name1="GST", tax_rate1=rate, **more)


def document(*lines: dict[str, Any], by: str = "amount", inclusive: bool = False, **more: Any) -> dict[str, Any]:
    """`by` says what discounts are: an "amount" or a "percent"."""
    blank: dict[str, Any] = {"discount": 0}
    for n in (1, 2, 3):
        blank |= {f"tax_name{n}": "", f"tax_rate{n}": 0}
    for n in (1, 2, 3, 4):
        blank |= {f"custom_surcharge{n}": 0, f"custom_surcharge_tax{n}": False}
    flags = {"is_amount_discount": by == "amount", "uses_inclusive_taxes": inclusive}
    return blank | flags | {"line_items": list(lines)} | more


def totals(*lines: dict[str, Any], precision: int = 2, **more: Any) -> tuple[float, float]:
    """(amount, total_taxes)."""
    result = document_totals(document(*lines, **more), precision=precision)
    return result["amount"], result["total_taxes"]


def finished(one: dict[str, Any], precision: int = 2, **more: Any) -> dict[str, Any]:
    """The computed line of a document with one line."""
    result: dict[str, Any] = document_totals(document(one, **more), precision=precision)["line_items"][0]
    return result
