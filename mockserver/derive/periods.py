"""Periods in a word: first and last day as `YYYY-MM-DD`. There is no clock here: today is a parameter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAYS = {"last7_days": 7, "last30_days": 30, "last365_days": 365}
SPANS = {"_month": 1, "_quarter": 3, "_year": 12}
BACK = {"this": 0, "last": 1}
EARLIEST = "2000-01-01"
USUAL = 20
"""Days back when nothing is said."""
YEAR = 12


def period(word: str, start: str, end: str, today: str, first_month: object = 1) -> tuple[str, str]:
    """First and last day of a period; the word wins over the two days, which may be empty.

    `first_month` is that of the financial year, as the company writes it (`"1"` to `"12"`).
    """
    return _days(word, today, first_month) or _given(word, start, end, today)


def previous_period(word: str, start: str, end: str, today: str, first_month: object = 1) -> tuple[str, str]:
    """The period before that of a word. Two days, and all time, have none: they stay as they are."""
    return _days(word, today, first_month, earlier=1) or _given(word, start, end, today)


def _days(word: str, today: str, first_month: object, earlier: int = 0) -> tuple[str, str] | None:
    now = date.fromisoformat(today)
    if word in DAYS:
        span = timedelta(days=DAYS[word])
        return (now - span - span * earlier).isoformat(), (now - span * earlier).isoformat()
    months = SPANS.get(word[4:], 0)
    if not months or word[:4] not in BACK:
        return None
    return whole(now, months, BACK[word[:4]] + earlier, first_month)


def _given(word: str, start: str, end: str, today: str) -> tuple[str, str]:
    if word == "all_time":
        return EARLIEST, today
    return start or (date.fromisoformat(today) - timedelta(days=USUAL)).isoformat(), end or today


def whole(now: date, months: int, back: int, first_month: object = 1) -> tuple[str, str]:
    """The month, quarter or financial year (1, 3 or 12 months) of a day, or the one so many before it."""
    asked = str(first_month)
    offset = int(asked) - 1 if months == YEAR and asked.isdecimal() and 1 <= int(asked) <= YEAR else 0
    first = (now.year * YEAR + now.month - 1 - offset) // months * months + offset - back * months
    last = first + months - 1
    year, month = last // YEAR, last % YEAR + 1
    start = date(first // YEAR, first % YEAR + 1, 1)
    return start.isoformat(), date(year, month, monthrange(year, month)[1]).isoformat()
