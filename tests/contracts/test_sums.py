"""The arithmetic of the suite gives the worked figures of the rules."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from mockserver.contract.trade.money import Sum

TAXES = {f"tax_{what}{n}": "" if what == "name" else 0 for what in ("name", "rate") for n in (1, 2, 3)}
SURCHARGES = {f"custom_surcharge{n}": 0 for n in (1, 2, 3, 4)} | {
    f"custom_surcharge_tax{n}": False for n in (1, 2, 3, 4)
}


def line(cost: float, quantity: float = 1, **more: Any) -> dict[str, Any]:
    return {**TAXES, "cost": cost, "quantity": quantity, "discount": 0, **more}


def gst(rate: float, number: int = 1) -> dict[str, Any]:
    return {f"tax_name{number}": "GST", f"tax_rate{number}": rate}


def document(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {**TAXES, **SURCHARGES, "uses_inclusive_taxes": False, "is_amount_discount": True, "discount": 0}
    return {**base, "line_items": list(lines), **more}


INSIDE = {"uses_inclusive_taxes": True}
PERCENT = {"is_amount_discount": False}


@pytest.mark.parametrize(
    ("paper", "amount", "taxes"),
    [
        (document(line(100, **gst(22))), "122", "22"),
        (document(line(82.6446, **gst(21))), "100", "17.36"),
        (document(*(line(25, part) for part in (0.333, 0.333, 1.333, 0.267, 0.05))), "57.92", "0"),
        (document(line(100, **gst(10)), discount=10), "99", "9"),
        (document(line(100, **gst(10)), discount=10, **PERCENT), "99", "9"),
        (document(line(100, -1, **gst(10)), discount=-10), "-99", "-9"),
        (document(line(100, -1, **gst(10)), discount=-10, **PERCENT), "-121", "-11"),
        (document(line(100, -1, discount=-10, **gst(10)), discount=-10, **PERCENT), "-133.1", "-12.1"),
        (document(line(10), line(10), discount=5, custom_surcharge1=5, **gst(10)), "21.5", "1.5"),
        (document(line(10), line(10), discount=5, custom_surcharge1=5, **gst(10), **gst(10, 2)), "23", "3"),
        (document(line(10), custom_surcharge1=10, custom_surcharge_tax1=True, **gst(10)), "22", "2"),
        (document(line(10, **gst(10)), line(10, **gst(10)), **gst(10), **gst(10, 2)), "26", "6"),
        (document(line(8000, **gst(5)), line(9500, **gst(5)), discount=14191), "3474.45", "165.45"),
        (document(line(100, **gst(10)), discount=10, **INSIDE), "90", "8.18"),
        (document(line(100, discount=10, **gst(10)), discount=10, **INSIDE, **PERCENT), "81", "7.36"),
        (document(line(50, **gst(19)), line(50, **gst(19)), **INSIDE), "100", "15.96"),
        (document(line(10), line(10), discount=5, custom_surcharge1=5, **gst(10), **INSIDE), "20", "1.36"),
        (document(line(10), line(10), discount=5, custom_surcharge1=5, **gst(10), **INSIDE, **PERCENT), "24", "1.73"),
        (document(line(100), custom_surcharge1=100, custom_surcharge_tax1=True, **gst(10), **INSIDE), "200", "18.18"),
    ],
)
def test_worked_figures(paper: dict[str, Any], amount: str, taxes: str) -> None:
    """R-CALC-23..28."""
    made = Sum(paper)
    assert (made.amount, made.taxes) == (Fraction(amount), Fraction(taxes))
    assert not made.doubtful


def test_the_lines_of_a_shared_discount() -> None:
    """R-CALC-26."""
    made = Sum(document(line(8000, **gst(5)), line(9500, **gst(5)), discount=14191))
    assert [each.tax for each in made.lines] == [Fraction("75.63"), Fraction("89.82")]
    assert [each.gross for each in made.lines] == [Fraction("8075.63"), Fraction("9589.82")]


def test_a_tax_without_a_name_counts_only_with_discounts_by_amount() -> None:
    """R-CALC-8."""
    nameless = line(100, tax_rate1=10)
    assert Sum(document(nameless)).taxes == 10
    assert Sum(document(nameless, **PERCENT)).taxes == 0
    assert Sum(document(nameless, **PERCENT)).lines[0].tax == 10


def test_what_two_roundings_disagree_on_is_doubtful() -> None:
    assert Sum(document(line(1.0049996))).doubtful
    assert not Sum(document(line(1.005))).doubtful
