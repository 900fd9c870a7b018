"""Words such as `:MONTH` and `:YEAR+1` in line notes, replaced when a document is made (R-CALC-22). English names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mockserver.derive.dates import add_days, add_months_no_overflow
from mockserver.derive.money import plain
from mockserver.derive.phpdate import MONTHS
from mockserver.derive.printed import printed_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GATE = re.compile(":(?:MONTH|YEAR|QUARTER|WEEK)", re.IGNORECASE)
_RANGE = re.compile(r"\[MONTHYEAR\|MONTHYEAR(?:([+-])(\d{1,4}))?\]")

_SPANS: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "MONTH_BEFORE": lambda day: (add_months_no_overflow(day, -1), add_days(day, -1)),
    "YEAR_BEFORE": lambda day: (add_months_no_overflow(day, -12), add_days(day, -1)),
    "WEEK_BEFORE": lambda day: (add_days(day, -7), add_days(day, -1)),
    "MONTH_AFTER": lambda day: (day, add_days(add_months_no_overflow(day, 1), -1)),
    "YEAR_AFTER": lambda day: (day, add_days(add_months_no_overflow(day, 12), -1)),
    "WEEK_AHEAD": lambda day: (add_days(day, 7), add_days(day, 13)),
    "WEEK": lambda day: (day, add_days(day, 6)),
}
"""Keyword -> first and last day, from the day of the document."""

_WORD = re.compile(rf":(?:({'|'.join(_SPANS)})|(MONTHYEAR|MONTH|YEAR|QUARTER)(?:([-+*/])(\d{{1,4}}))?)")


def replace_keywords(text: str, today: str, date_format: str = "Y-m-d") -> str:
    """`text` with its keywords replaced as of `today` (YYYY-MM-DD); `date_format` are PHP letters.

    Nothing happens unless one of :MONTH, :YEAR, :QUARTER, :WEEK occurs, so a lone range stays as it is.
    """
    if not _GATE.search(text):
        return text
    year, month = int(today[:4]), int(today[5:7])

    def span(found: re.Match[str]) -> str:
        last = int((found[1] or "+") + (found[2] or "0"))
        return f"{_month_year(year, month)} to {_month_year(year, month + last)}"

    def word(found: re.Match[str]) -> str:
        if found[1]:
            first, last = _SPANS[found[1]](today)
            return f"{printed_date(first, date_format)} to {printed_date(last, date_format)}"
        name = found[2]
        quarter = (month + 2) // 3
        value = _calculated({"YEAR": year, "QUARTER": quarter}.get(name, month), found[3], int(found[4] or 0))
        if name == "MONTHYEAR":
            return _month_year(year, int(value))
        if name == "MONTH":
            return MONTHS[(int(value) - 1) % 12]
        return f"Q{value}" if name == "QUARTER" and not found[3] else str(value)

    return _WORD.sub(word, _RANGE.sub(span, text))


def _calculated(value: int, sign: str | None, operand: int) -> int | float:
    if sign == "-":
        return value - operand
    if sign == "*":
        return value * operand
    if sign == "/" and operand:
        return plain(value / operand)
    return value + operand


def _month_year(year: int, month: int) -> str:
    """Month names with their year; month 13 is January of the year after."""
    years, index = divmod(month - 1, 12)
    return f"{MONTHS[index]} {year + years}"
