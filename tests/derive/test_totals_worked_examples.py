"""Totals that the service's own tests assert; the ids are those of the collected cases, the numbers are exact."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.totals import document_totals
from tests.derive.build import document, finished, line, taxed, totals

GST = {"tax_name1": "GST", "tax_rate1": 10}
TWO_TAXES = GST | {"tax_name2": "GST", "tax_rate2": 10}
DOG_AND_CAT = {"tax_name1": "dog", "tax_rate1": 10, "tax_name2": "cat", "tax_rate2": 10}
TENS = (line(10), line(10))
TAXED_TENS = (taxed(10, 10), taxed(10, 10))

EXCLUSIVE = {
    "X-001 one line tax": ([taxed(100, 22)], {"by": "percent"}, 122, 22),
    "X-005 credit line, amount -10": ([taxed(100, 10, -1)], {"discount": -10}, -99, -9),
    "X-009 credit line, percent -10": ([taxed(100, 10, -1)], {"discount": -10, "by": "percent"}, -121, -11),
    "X-013 discount spread over taxed lines": ([taxed(8000, 5), taxed(9500, 5)], {"discount": 14191}, 3474.45, 165.45),
    "X-015 unit cost with four decimals": ([taxed(82.6446, 21)], {}, 100, 17.36),
    "X-017 no tax": (TENS, {}, 20, 0),
    "X-019 two equal document taxes": (TENS, TWO_TAXES | {"discount": 5, "custom_surcharge1": 5}, 23, 3),
    "X-043 discount as high as the total": ([line(100_000_000)], {"discount": 100_000_000}, 0, 0),
    "X-045 large amount": ([line(100_000_000)], {}, 100_000_000, 0),
    "R-CALC-24 amount 10 off": ([taxed(100, 10)], {"discount": 10}, 99, 9),
    "R-CALC-24 percent 10 off": ([taxed(100, 10)], {"discount": 10, "by": "percent"}, 99, 9),
    "R-CALC-24 percent -10 on line and document": (
        [taxed(100, 10, -1, discount=-10)],
        {"discount": -10, "by": "percent"},
        -133.1,
        -12.1,
    ),
    "R-CALC-25 untaxed surcharge": (TENS, GST | {"discount": 5, "custom_surcharge1": 5}, 21.5, 1.5),
    "R-CALC-25 taxable surcharge": (
        [line(10)],
        GST | {"custom_surcharge1": 10, "custom_surcharge_tax1": True},
        22,
        2,
    ),
    "R-CALC-25 line taxes and two document taxes": (TAXED_TENS, DOG_AND_CAT, 26, 6),
    "seed one line at 5 percent": ([taxed(403, 5)], {}, 423.15, 20.15),
}

INCLUSIVE = {
    "X-003 credit line, amount -10": ([taxed(100, 10, -1)], {"discount": -10}, -90, -8.18),
    "X-007 percent on line and document": (
        [taxed(100, 10, discount=10)],
        {"discount": 10, "by": "percent"},
        81,
        7.36,
    ),
    "X-011 taxable surcharge, line tax only": (
        [taxed(100, 10)],
        {"custom_surcharge1": 100, "custom_surcharge_tax1": True},
        200,
        9.09,
    ),
    "X-021 amount discount, no tax": (TENS, {"discount": 5}, 15, 0),
    "X-023 untaxed surcharge": (TENS, GST | {"discount": 5, "custom_surcharge1": 5}, 20, 1.36),
    "X-025 two document taxes": (TENS, TWO_TAXES | {"discount": 5, "custom_surcharge1": 5}, 20, 2.72),
    "X-027 line and document taxes": (TAXED_TENS, DOG_AND_CAT, 20, 5.46),
    "X-029 amount discounts everywhere": (
        [taxed(10, 10, discount=5), taxed(10, 10, discount=5)],
        DOG_AND_CAT | {"discount": 5},
        5,
        1.36,
    ),
    "R-CALC-27 amount 10 off": ([taxed(100, 10)], {"discount": 10}, 90, 8.18),
    "R-CALC-27 two lines at 19 percent": ([taxed(50, 19), taxed(50, 19)], {}, 100, 15.96),
    "R-CALC-27 percent 5 off": (
        TENS,
        GST | {"discount": 5, "by": "percent", "custom_surcharge1": 5},
        24,
        1.73,
    ),
    "R-CALC-27 percent 5 on lines and document": (
        [taxed(10, 10, discount=5), taxed(10, 10, discount=5)],
        DOG_AND_CAT | {"discount": 5, "by": "percent"},
        18.05,
        4.92,
    ),
    "R-CALC-28 taxable surcharge, document tax": (
        [line(100)],
        GST | {"custom_surcharge1": 100, "custom_surcharge_tax1": True},
        200,
        18.18,
    ),
}

LINES = {
    "X-031 amount discount": (line(10, discount=2), {}, {"line_total": 8}),
    "X-033 one tax on top": (taxed(10, 10, discount=2), {}, {"line_total": 8, "tax_amount": 0.8}),
    "X-035 two taxes on top": (
        taxed(10, 10, discount=2, tax_name2="T2", tax_rate2=17.5),
        {},
        {"line_total": 8, "tax_amount": 2.2},
    ),
    "X-037 one tax inside": (taxed(10, 10), {"inclusive": True}, {"line_total": 10, "tax_amount": 0.91}),
    "X-039 two taxes inside": (
        taxed(10, 10, tax_name2="T2", tax_rate2=17.5),
        {"inclusive": True},
        {"line_total": 10, "tax_amount": 2.4},
    ),
    "X-041 two taxes inside, two pieces": (
        taxed(10, 10, 2, discount=1, tax_name2="T2", tax_rate2=17.5),
        {"inclusive": True},
        {"line_total": 19, "tax_amount": 4.56},
    ),
}


@pytest.mark.parametrize(("lines", "more", "amount", "taxes"), EXCLUSIVE.values(), ids=EXCLUSIVE)
def test_taxes_on_top(lines: list[Any], more: dict[str, Any], amount: float, taxes: float) -> None:
    """R-CALC-23, R-CALC-24, R-CALC-25."""
    assert totals(*lines, **more) == (amount, taxes)


@pytest.mark.parametrize(("lines", "more", "amount", "taxes"), INCLUSIVE.values(), ids=INCLUSIVE)
def test_taxes_inside(lines: list[Any], more: dict[str, Any], amount: float, taxes: float) -> None:
    """R-CALC-27, R-CALC-28."""
    assert totals(*lines, inclusive=True, **more) == (amount, taxes)


@pytest.mark.parametrize(("one", "more", "wanted"), LINES.values(), ids=LINES)
def test_one_line(one: dict[str, Any], more: dict[str, Any], wanted: dict[str, float]) -> None:
    """R-CALC-9."""
    result = finished(one, **more)
    assert {key: result[key] for key in wanted} == wanted


def test_an_amount_discount_lowers_the_tax_of_each_line_by_its_share() -> None:
    """R-CALC-26 (X-013): 14191 off lines of 8000 and 9500 at 5 %."""
    lines = document_totals(document(taxed(8000, 5), taxed(9500, 5), discount=14191))["line_items"]
    assert [one["tax_amount"] for one in lines] == [75.63, 89.82]
    assert [one["gross_line_total"] for one in lines] == [8075.63, 9589.82]


def test_each_line_is_rounded_before_the_sum() -> None:
    """R-CALC-23: 25 pieces at 0.333, 0.333, 1.333, 0.267 and 0.05."""
    assert totals(*(line(cost, 25) for cost in (0.333, 0.333, 1.333, 0.267, 0.05))) == (57.92, 0)


def test_a_unit_cost_with_four_decimals_keeps_its_cents() -> None:
    """R-CALC-23 (X-015): 82.6446 at 21 % is 82.64 plus 17.36."""
    result = finished(taxed(82.6446, 21))
    assert (result["line_total"], result["tax_amount"], result["gross_line_total"]) == (82.64, 17.36, 100)


@pytest.mark.parametrize(("costs", "amount"), [([20, 10], 30), ([40, 20], 60), ([44, 22], 66), ([44.44, 22.22], 66.66)])
def test_prices_of_a_recurring_invoice_add_up(costs: list[float], amount: float) -> None:
    """X-154: the amounts after update_prices and increase_prices."""
    assert totals(*(line(cost) for cost in costs)) == (amount, 0)
