"""Numbers, amounts and dates as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.printed import printed_date, printed_money, printed_number

DOLLAR = {"code": "USD", "symbol": "$", "precision": 2, "thousand_separator": ",", "decimal_separator": "."}
EURO = {"code": "EUR", "symbol": "€", "precision": 2, "thousand_separator": ".", "decimal_separator": ","}


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (2, "2"), (2.5, "2.5"), (100, "100"), (-0.125, "-0.125"), (1e16, "10000000000000000"), ("3.10", "3.1")],
)
def test_a_number_has_no_more_digits_than_it_needs(value: Any, text: str) -> None:
    assert printed_number(value) == text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (1234.5, DOLLAR, "$1,234.50"),
        (-2, DOLLAR, "-$2.00"),
        (1.005, DOLLAR, "$1.01"),
        (-0.001, DOLLAR, "$0.00"),
        (1234567.891, EURO, "€1.234.567,89"),
        (1234.5, EURO | {"swap_currency_symbol": True}, "1.234,50 €"),
        (1234.5, EURO | {"symbol": "", "thousand_separator": ""}, "1234,50 EUR"),
        (1234.5, DOLLAR | {"precision": 0}, "$1,235"),
        (7, {}, "7.00"),
        (1e300, DOLLAR, f"$1{',000' * 100}.00"),
    ],
)
def test_an_amount_is_written_as_its_currency_wants(value: Any, currency: dict[str, Any], text: str) -> None:
    assert printed_money(value, currency) == text


def test_a_date_is_written_in_the_format_of_the_company() -> None:
    assert printed_date("2026-03-14", "d/M/Y") == "14/Mar/2026"
    assert printed_date("", "d/M/Y") == ""
