"""Moments in unix seconds: when a job of the service runs next, and where a span of time leads. No clock in here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from mockserver.derive.dates import add_months_no_overflow, at, moment

HOUR, DAY = 3600, 86400
LATEST = 7258118400
"""The first moment of the year 2200, beyond which no clock is moved."""

Times = tuple[int, int]
"""When a job of the service runs: seconds between two runs, and seconds of the first one after midnight in UTC."""

HOURLY: Times = (HOUR, 0)
_PART = r"(\d{1,9})\s*(second|minute|hour|day|week|month|year)s?"
_SPAN = re.compile(rf"{_PART}(?:(?:\s*,\s*|\s+and\s+|\s+){_PART})*", re.IGNORECASE)
_PARTS = re.compile(_PART, re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": HOUR}
_MONTHS = {"month": 1, "year": 12}


def daily(hour: int, minute: int) -> Times:
    """The times of a job that runs once a day, in UTC."""
    return DAY, hour * HOUR + minute * 60


def first_run(times: Times, earliest: int) -> int:
    """The first run at that moment or later."""
    every, start = times
    return start - (start - earliest) // every * every


def unix(text: str) -> int:
    """Unix seconds of a stored date or datetime, read in UTC; 0 for what is none."""
    found = moment(text) if text else None
    return 0 if found is None else found


def next_midnight(text: str, zone: str) -> int:
    """The first moment of the day after a stored date or datetime, in a zone."""
    start = datetime.fromisoformat(text[:10]).replace(tzinfo=at(0, zone).tzinfo)
    return int((start + timedelta(days=1)).timestamp())


def moved_on(now: int, text: str, zone: str) -> int | None:
    """The moment after a span such as `45 days`, `1 month` or `2 weeks, 3 hours`; None when it is no span.

    Days and longer parts keep the time of day of the zone, and a day that a month lacks becomes its last.
    A moment after LATEST is LATEST + 1.
    """
    if not _SPAN.fullmatch(text.strip()):
        return None
    for count, unit in _PARTS.findall(text):
        try:
            now = _later(now, int(count), unit.lower(), zone)
        except (OverflowError, ValueError):  # beyond the calendar
            now = LATEST + 1
        if now > LATEST:
            return LATEST + 1
    return now


def _later(now: int, count: int, unit: str, zone: str) -> int:
    if unit in _SECONDS:
        return now + count * _SECONDS[unit]
    here = at(now, zone)
    if unit in _MONTHS:
        day = add_months_no_overflow(here.date().isoformat(), count * _MONTHS[unit])
        moved = here.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]))
    else:
        moved = here + timedelta(days=count * (7 if unit == "week" else 1))
    return int(moved.timestamp())
