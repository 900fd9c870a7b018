"""Rounding is half away from zero, of the six decimals that the service prints first (R-CALC terms)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.money import rappen, round_half_up, to_decimal
from tests.derive import oracle


@pytest.mark.parametrize(
    ("value", "places", "wanted"),
    [
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("2.675", 2, "2.68"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.0049", 2, "1.00"),
        ("1.0049994", 2, "1.00"),
        ("1.0049996", 2, "1.01"),
        ("8.3249", 3, "8.325"),
        ("1.2345675", 6, "1.234568"),
    ],
)
def test_a_half_goes_away_from_zero(value: str, places: int, wanted: str) -> None:
    assert round_half_up(Decimal(value), places) == Decimal(wanted)


def test_a_float_is_the_decimal_that_it_is_printed_as() -> None:
    """2.675 as a binary number is a little less; money does not see that."""
    assert round_half_up(to_decimal(2.675), 2) == Decimal("2.68")
    assert to_decimal(0.1) + to_decimal(0.2) == Decimal("0.3")


def test_a_number_without_cents_to_round_stays() -> None:
    assert round_half_up(Decimal("1E+300"), 2) == Decimal("1E+300")


@given(st.decimals(-1_000_000, 1_000_000, places=9, allow_nan=False), st.integers(0, 6))
def test_rounding_agrees_with_fractions(value: Decimal, places: int) -> None:
    assert Fraction(round_half_up(value, places)) == oracle.rounded(Fraction(value), places)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("10.01", "10"), ("10.09", "10.10"), ("20.18", "20.20"), ("10.025", "10.05"), ("-10.09", "-10.10"), ("7", "7")],
)
def test_rappen_are_the_nearest_five_cents(value: str, wanted: str) -> None:
    """R-CALC-15."""
    assert rappen(Decimal(value)) == Decimal(wanted)
