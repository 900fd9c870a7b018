"""Periods in a word: first and last day as `YYYY-MM-DD`. There is no clock here: today is a parameter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAYS = {"last7_days": 7, "last30_days": 30, "last365_days": 365}
EARLIEST = "1970-01-01"
USUAL = 20
"""Days back when nothing is said."""


def period(word: str, start: str, end: str, today: str) -> tuple[str, str]:
    """First and last day of a period; the word wins over the two days, which may be empty."""
    now = date.fromisoformat(today)
    if word in DAYS:
        return (now - timedelta(days=DAYS[word])).isoformat(), today
    if word == "all_time":
        return EARLIEST, today
    span, back = {"this": (word, 0), "last": (word, 1)}.get(word[:4], ("", 0))
    months = {"_month": 1, "_quarter": 3, "_year": 12}.get(span[4:], 0)
    if months:
        return whole(now, months, back)
    return start or (now - timedelta(days=USUAL)).isoformat(), end or today


def whole(now: date, months: int, back: int) -> tuple[str, str]:
    """The month, quarter or year (1, 3 or 12 months) of a day, or the one before it."""
    first = now.year * 12 + (now.month - 1) // months * months - back * months
    last = first + months - 1
    year, month = last // 12, last % 12 + 1
    start = date(first // 12, first % 12 + 1, 1)
    return start.isoformat(), date(year, month, monthrange(year, month)[1]).isoformat()
