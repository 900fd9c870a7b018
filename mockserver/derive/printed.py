"""Amounts and dates as people read them, on PDFs and in texts. JSON never holds these."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockserver.derive.money import MONEY, ZERO, round_half_up, to_decimal
from mockserver.derive.phpdate import php_date

if TYPE_CHECKING:
    from collections.abc import Mapping


def printed_number(value: object) -> str:
    """The shortest plain form of a wire number: 2.50 is `2.5`, 1e16 has all its zeros."""
    text = f"{to_decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def printed_money(value: object, currency: Mapping[str, Any]) -> str:
    """An amount in a currency, a row of the static list: `$1,234.50`, `-$2.00`, `1.234,50 €`.

    Without a symbol the code stands behind it: `12.00 AMD`.
    """
    places = min(int(currency.get("precision", 2)), 6)
    amount = round_half_up(to_decimal(value), places)
    separators = currency.get("thousand_separator", ","), currency.get("decimal_separator", ".")
    digits = f"{MONEY.abs(amount):,.{places}f}".translate(dict(zip(map(ord, ",."), separators, strict=True)))
    sign = "-" if amount < ZERO else ""
    symbol = str(currency.get("symbol") or "")
    if not symbol:
        return f"{sign}{digits} {currency.get('code', '')}".rstrip()
    return f"{sign}{digits} {symbol.strip()}" if currency.get("swap_currency_symbol") else f"{sign}{symbol}{digits}"


def printed_date(day: str, pattern: str) -> str:
    """`YYYY-MM-DD` in the format letters of PHP; "" stays empty."""
    return php_date(datetime.fromisoformat(day).replace(tzinfo=UTC), pattern) if day else ""
