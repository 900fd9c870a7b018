"""What holds for every document: the totals of an independent computation, and a few invariants."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.derive.line_items import normalise
from mockserver.derive.totals import document_taxes, document_totals
from tests.derive import oracle

PRECISIONS = st.sampled_from([0, 2, 2, 3])
NAMES = st.sampled_from(["", "A", "GST", "VAT"])
FLAGS = st.booleans()


def numbers(low: int, high: int, places: int) -> st.SearchStrategy[float]:
    return st.one_of(
        st.integers(low, high), st.decimals(low, high, places=places, allow_nan=False).map(float), st.just(0)
    )


RATES = st.one_of(numbers(0, 100, 3), st.sampled_from([10, 17.5, 19, 21, -5]))
MONEY = numbers(-100_000, 100_000, 2)


def taxes() -> dict[str, Any]:
    return {f"tax_name{n}": NAMES for n in (1, 2, 3)} | {f"tax_rate{n}": RATES for n in (1, 2, 3)}


LINES = st.lists(
    st.fixed_dictionaries(
        {"cost": numbers(-10_000, 10_000, 6), "quantity": numbers(-100, 100, 3), "discount": numbers(-50, 100, 3)}
        | taxes()
    ),
    max_size=4,
).map(normalise)

DOCUMENTS = st.fixed_dictionaries(
    {
        "line_items": LINES,
        "discount": numbers(-50, 1_000, 2),
        "is_amount_discount": FLAGS,
        "uses_inclusive_taxes": FLAGS,
    }
    | taxes()
    | {f"custom_surcharge{n}": MONEY for n in (1, 2, 3, 4)}
    | {f"custom_surcharge_tax{n}": FLAGS for n in (1, 2, 3, 4)}
)


@settings(deadline=None, max_examples=300)
@given(DOCUMENTS, PRECISIONS)
def test_totals_are_those_of_the_slow_computation(document: dict[str, Any], precision: int) -> None:
    """R-CALC-2..12 against fractions, to the last digit."""
    wanted = oracle.compute(document, precision)
    got = document_totals(document, precision=precision)
    assert (got["amount"], got["total_taxes"]) == (float(wanted.amount), float(wanted.total_taxes))
    for line, (line_total, tax_amount, gross) in zip(got["line_items"], wanted.lines, strict=True):
        assert line["line_total"] == float(line_total)
        assert line["tax_amount"] == float(tax_amount)
        assert line["gross_line_total"] == float(gross)


@settings(deadline=None)
@given(DOCUMENTS, PRECISIONS)
def test_saving_twice_changes_nothing_more(document: dict[str, Any], precision: int) -> None:
    once = document_totals(document, precision=precision)
    assert document_totals(document | once, precision=precision) == once


@settings(deadline=None, max_examples=50)
@given(DOCUMENTS, PRECISIONS)
def test_the_document_itself_is_left_alone(document: dict[str, Any], precision: int) -> None:
    before = deepcopy(document)
    document_totals(document, precision=precision, tax_exempt=True, rappen=True)
    assert document == before


@settings(deadline=None, max_examples=50)
@given(DOCUMENTS)
def test_without_document_taxes_the_tax_is_the_sum_of_the_lines(document: dict[str, Any]) -> None:
    """R-CALC-12: with discounts in amounts every line tax counts."""
    document |= {"tax_rate1": 0, "tax_rate2": 0, "tax_rate3": 0, "is_amount_discount": True}
    result = document_totals(document)
    assert oracle.exact(result["total_taxes"]) == sum(oracle.exact(one["tax_amount"]) for one in result["line_items"])


@settings(deadline=None, max_examples=100)
@given(DOCUMENTS, PRECISIONS)
def test_a_credit_is_the_mirror_of_its_invoice(document: dict[str, Any], precision: int) -> None:
    """Quantities, amount discounts and surcharges with the other sign give totals with the other sign."""
    document |= {f"custom_surcharge_tax{n}": False for n in (1, 2, 3, 4)}  # inside taxes skip negative surcharges
    by_amount = document["is_amount_discount"]
    mirrored = deepcopy(document)
    for line in mirrored["line_items"]:
        line["quantity"] *= -1
        line["discount"] *= -1 if by_amount else 1
    mirrored["discount"] *= -1 if by_amount else 1
    for n in (1, 2, 3, 4):
        mirrored[f"custom_surcharge{n}"] *= -1
    there, back = document_totals(document, precision=precision), document_totals(mirrored, precision=precision)
    assert (back["amount"], back["total_taxes"]) == (-there["amount"], -there["total_taxes"])


@settings(deadline=None, max_examples=50)
@given(DOCUMENTS, PRECISIONS)
def test_an_exempt_client_pays_the_net_price(document: dict[str, Any], precision: int) -> None:
    result = document_totals(document, precision=precision, tax_exempt=True)
    assert result["total_taxes"] == 0
    assert all(one["tax_amount"] == 0 for one in result["line_items"])


@pytest.mark.parametrize("value", [1e300, -1e300, 1e16, 123456789012345.678])
@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("by_amount", [True, False])
def test_absurd_amounts_still_give_finite_numbers(value: float, *, inclusive: bool, by_amount: bool) -> None:
    lines = normalise([{"cost": value, "quantity": value, "discount": value, "tax_name1": "GST", "tax_rate1": value}])
    document = {
        "line_items": lines,
        "discount": value,
        "uses_inclusive_taxes": inclusive,
        "is_amount_discount": by_amount,
        "tax_name1": "GST",
        "tax_rate1": value,
    }
    result = document_totals(document, rappen=True)
    shown = [result["amount"], result["total_taxes"], *(v for v in result["line_items"][0].values())]
    assert all(Fraction(number) is not None for number in shown if isinstance(number, (int, float)))


@settings(deadline=None, max_examples=300)
@given(DOCUMENTS, PRECISIONS)
def test_the_taxes_one_by_one_add_up_to_the_total(document: dict[str, Any], precision: int) -> None:
    """R-CALC-12: the same sum, whatever the names, discounts and surcharges."""
    stored = {**document, **document_totals(document, precision=precision)}
    listed = document_taxes(stored, precision=precision)
    assert float(sum(each.amount for each in listed)) == stored["total_taxes"]
    assert len({(each.name, each.rate) for each in listed}) * 2 >= len(listed)
