"""Numbers on the wire: canonical, and read from the texts that clients send."""

from __future__ import annotations

import math
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.money import number, parse_number, plain, round_half_up, to_decimal


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1.234.567,8", 1234567.8),
        ("1,234,567.891", 1234567.891),
        ("1.234.567", 1234567),
        ("1,234", 1234),
        ("1,2345", 12345),
        ("12,5", 12.5),
        ("-1.234,5", -1234.5),
        ("$ 1'234.50", 1234.5),
        (".5", 0.5),
        ("5-3", 5),
        ("", 0),
        ("abc", 0),
        ("-", 0),
    ],
)
def test_a_text_amount_is_read_with_either_decimal_sign(text: str, wanted: float) -> None:
    """R-WIRE-54: a comma before one or two final digits is a decimal comma, thousands signs are dropped."""
    assert parse_number(text) == wanted


@pytest.mark.parametrize(("value", "wanted"), [(3, 3), (3.0, 3), (0.1234567, 0.1234567), (True, 1), (None, 0), ([], 0)])
def test_a_json_number_is_taken_as_it_is(value: object, wanted: float) -> None:
    """R-WIRE-54."""
    assert parse_number(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(10.0, 10), (10, 10), (-0.0, 0), (0.1234565, 0.123457), (Decimal("2.50"), 2.5), ("2,50", 2.5), (1.5, 1.5)],
)
def test_a_number_without_a_fraction_is_an_int(value: object, wanted: float) -> None:
    """R-WIRE-3, R-WIRE-43: at most six decimals, and 10 rather than 10.0."""
    result = number(value)
    assert (result, type(result)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (math.inf, sys.float_info.max),
        (-math.inf, -sys.float_info.max),
        (math.nan, 0),
        (10**400, sys.float_info.max),
        (2**60, float(2**60)),
    ],
)
def test_what_a_double_cannot_hold_becomes_one_that_it_can(value: float, wanted: float) -> None:
    result = plain(value)
    assert (result, type(result)) == (wanted, type(wanted))


@pytest.mark.parametrize("value", [math.nan, math.inf, Decimal("NaN"), None, {}])
def test_what_is_no_number_is_nothing(value: object) -> None:
    assert to_decimal(value) == 0


@given(
    st.one_of(
        st.floats(-1e15, 1e15),
        st.decimals(-(10**11), 10**11, places=6).map(float),
        st.integers(-(2**60), 2**60).flatmap(lambda whole: st.integers(0, 70).map(lambda bits: whole / 2**bits)),
    )
)
def test_a_double_is_rounded_as_its_decimals_are(value: float) -> None:
    """However it is worked out whether there is anything to round."""
    wanted = plain(float(round_half_up(to_decimal(value), 6)))
    result = number(value)
    assert (result, type(result)) == (wanted, type(wanted))


@given(st.decimals(-10_000_000, 10_000_000, places=6, allow_nan=False))
def test_six_decimals_survive_the_wire(value: Decimal) -> None:
    assert to_decimal(number(value)) == value
