"""Line items of documents: every key there, every value of its type (R-CALC-19, R-CALC-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import parse_number
from mockserver.derive.text import as_text, clean_text, is_true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DEFAULTS: dict[str, Any] = {
    "quantity": 0,
    "net_cost": 0,
    "cost": 0,
    "product_key": "",
    "product_cost": 0,
    "notes": "",
    "discount": 0,
    "is_amount_discount": False,
    "tax_name1": "",
    "tax_rate1": 0,
    "tax_name2": "",
    "tax_rate2": 0,
    "tax_name3": "",
    "tax_rate3": 0,
    "sort_id": "0",
    "line_total": 0,
    "gross_line_total": 0,
    "tax_amount": 0,
    "date": "",
    "custom_value1": "",
    "custom_value2": "",
    "custom_value3": "",
    "custom_value4": "",
    "type_id": "1",
    "tax_id": "",
    "task_id": "",
    "expense_id": "",
    "unit_code": "C62",
}
"""The keys of a line in wire order, with what a missing one holds."""

_CLEANED = frozenset({"notes", "product_key", "custom_value1", "custom_value2", "custom_value3", "custom_value4"})

PRODUCT, SERVICE, UNPAID_FEE, PAID_FEE, LATE_FEE, EXPENSE = "1", "2", "3", "4", "5", "6"
"""The type_id of a line (R-CALC-20)."""


def _cleaned(value: object) -> str:
    return clean_text(as_text(value))


def _cast(key: str, default: object) -> Callable[[object], object]:
    if isinstance(default, bool):
        return is_true
    if isinstance(default, int):
        return parse_number
    return _cleaned if key in _CLEANED else as_text


_CASTS = {key: _cast(key, default) for key, default in DEFAULTS.items()}


def normalise(lines: object) -> list[dict[str, Any]]:
    """Posted lines in stored form: known keys in wire order and cast, unknown keys kept behind them, `id` dropped.

    What is not a list has no lines; a line that is not an object is a blank line.
    """
    if not isinstance(lines, (list, tuple)):
        return []
    return [_normal(line) for line in lines]


def _normal(line: object) -> dict[str, Any]:
    clean = DEFAULTS.copy()
    for key, value in line.items() if isinstance(line, dict) else ():
        if key not in _CASTS:
            if key != "id":
                clean[key] = value
        elif value is not None and value != "":
            clean[key] = _CASTS[key](value)
    if clean["type_id"] == "0":
        clean["type_id"] = PRODUCT
    if not clean["tax_id"]:
        clean["tax_id"] = "2" if clean["type_id"] == SERVICE else "1"
    return clean


def without_fees(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that are not gateway fees (type_id 3, 4); a new document never starts with them."""
    return [line for line in lines if line["type_id"] not in (UNPAID_FEE, PAID_FEE)]
