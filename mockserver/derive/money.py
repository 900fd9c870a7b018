"""Exact money: decimal on the inside, JSON numbers on the outside, never sums of binary floats."""

from __future__ import annotations

import re
import sys
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Any

MONEY = Context(prec=60, rounding=ROUND_HALF_UP)
"""60 digits: what is not exact at 60 digits is too far from a half to be rounded the wrong way."""

ZERO = Decimal(0)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(7))
_PRINTED = _STEPS[6]
_EXACT_INT = 2**53
_MILLIONTHS = _EXACT_INT // 10**6
"""Below this a double has six decimals at most when it is the quotient of a whole number and a million."""
_NOT_AMOUNT = re.compile(r"[^0-9.,-]")
_DECIMAL_COMMA = re.compile(r",(\d{1,2})$")
_AMOUNT = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def to_decimal(value: object) -> Decimal:
    """The decimal that a wire value is written as; empty, unreadable and non-finite values are 0."""
    if isinstance(value, (float, int)):
        return _written(value)
    if isinstance(value, str):
        return _amount(value)
    return value if isinstance(value, Decimal) and value.is_finite() else ZERO


@lru_cache(maxsize=4096, typed=True)
def _written(value: float) -> Decimal:
    """A number as it is written: the same prices, quantities and rates come again and again."""
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(repr(value)) if isfinite(value) else ZERO


def _amount(text: str) -> Decimal:
    kept = _NOT_AMOUNT.sub("", text)
    if comma := _DECIMAL_COMMA.search(kept):
        kept = f"{re.sub('[.,]', '', kept[: comma.start()])}.{comma[1]}"
    else:
        kept = kept.replace(",", "")
        if kept.count(".") > 1:
            kept = kept.replace(".", "")
    found = _AMOUNT.match(kept)
    return Decimal(found[0]) if found else ZERO


def parse_number(value: object) -> int | float:
    """The number in a text amount such as `1.234,50` or `$1,234.50`; JSON numbers are taken as they are (R-WIRE-54)."""
    return plain(value if isinstance(value, (int, float)) else float(to_decimal(value)))


def plain(value: float) -> int | float:
    """The number as JSON shows it: an int when it has no fraction (R-WIRE-3); never beyond the largest double."""
    if -_EXACT_INT < value < _EXACT_INT:
        whole = int(value)
        return whole if whole == value else value
    try:
        whole = int(value)
        if whole != value:
            return value
        return whole if -_EXACT_INT < whole < _EXACT_INT else float(whole)
    except ValueError:  # not a number
        return 0
    except OverflowError:
        return sys.float_info.max if value > 0 else -sys.float_info.max


def number(value: Any) -> int | float:
    """The canonical JSON number of a wire value or decimal: at most six decimals, an int when it has no fraction."""
    kind = value.__class__
    if kind is int and -_EXACT_INT < value < _EXACT_INT:
        return int(value)
    if kind is float and -_MILLIONTHS < value < _MILLIONTHS and round(value * 1e6) / 1e6 == value:
        whole = int(value)
        return whole if whole == value else float(value)
    return plain(float(round_half_up(to_decimal(value), 6)))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Half away from zero to `places` (0..6), seen through six printed decimals: 1.0049996 becomes 1.01."""
    try:
        # by position: keyword arguments cost more than the rounding
        return value.quantize(_PRINTED, None, MONEY).quantize(_STEPS[places], None, MONEY)
    except InvalidOperation:  # longer than 60 digits: there are no cents left to round
        return value


def rappen(value: Decimal) -> Decimal:
    """The nearest 0.05 (R-CALC-15)."""
    return MONEY.divide(round_half_up(MONEY.multiply(value, 20), 0), 20)
