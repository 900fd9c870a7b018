"""Documents in the special places where sums go wrong: the third line only, half a cent, more than a million."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]
MODES = [(inside, by_amount) for inside in (False, True) for by_amount in (False, True)]
"""Taxes inside the prices or on top, discounts by amount or per cent."""


def line(cost: float, quantity: float = 1, **more: Any) -> Body:
    return {"cost": cost, "quantity": quantity, **more}


def tax(rate: float, number: int = 1, name: str = "VAT") -> Body:
    return {f"tax_name{number}": name, f"tax_rate{number}": rate}


DOCUMENTS: dict[str, Body] = {
    "a quantity on the third line only": {"line_items": [line(10), line(20), line(33.33, 2.5)]},
    "a tax on the third line only": {"line_items": [line(10), line(20), line(33.33, **tax(19))]},
    "a discount on the third line only": {"line_items": [line(10), line(20), line(33.33, 2, discount=3)]},
    "half a cent in a price": {"line_items": [line(1.005), line(2.675), line(0.125, 3)]},
    "half a cent in a line tax": {"line_items": [line(2.5, **tax(5)), line(0.5, **tax(5)), line(4.5, **tax(5, 3))]},
    "half a cent in a document tax": {"line_items": [line(2.5)], **tax(5)},
    "half a cent in a discount": {"line_items": [line(0.3), line(1.2)], "discount": 0.5},
    "more than a million": {"line_items": [line(5), line(7), line(1_234_567.89, 3, **tax(19))], "discount": 12.5},
    "a discount of the document before taxes": {"line_items": [line(100, **tax(10)), line(50)], "discount": 10},
    "a discount of line and document": {"line_items": [line(100, 2, discount=10, **tax(20))], "discount": 5},
    "three taxes of the document": {"line_items": [line(99.99)], **tax(10), **tax(7.5, 2), **tax(2.25, 3)},
    "three taxes of a line": {"line_items": [line(10), line(9.99, 3, **tax(10), **tax(7.5, 2), **tax(2.25, 3))]},
    "taxes of line and document": {"line_items": [line(10, **tax(10)), line(10)], **tax(20, 2), "discount": 3},
    "surcharges": {
        "line_items": [line(50)],
        "custom_surcharge1": 7.77,
        "custom_surcharge3": 5,
        "custom_surcharge4": -2,
    },
    "surcharges beside taxes": {
        "line_items": [line(50, **tax(10))],
        **tax(20),
        "custom_surcharge2": 12.5,
        "discount": 1,
    },
    "the last surcharge only": {"line_items": [line(50)], **tax(10), "custom_surcharge4": 10},
    "a return": {"line_items": [line(100, -1, **tax(10)), line(30)], "discount": -10},
    "a name of one letter": {"line_items": [line(100, **tax(10, name="A"))], **tax(10, name="B")},
    "a rate with three decimals": {"line_items": [line(310.55, 4, **tax(21.123))]},
}
