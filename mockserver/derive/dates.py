"""Dates of the wire: `YYYY-MM-DD` texts and unix seconds. There is no clock here: "today" is a parameter."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from mockserver.derive.phpdate import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

FREQUENCIES: Mapping[str, tuple[int, int]] = {
    "1": (0, 1),
    "2": (0, 7),
    "3": (0, 14),
    "4": (0, 28),
    "5": (1, 0),
    "6": (2, 0),
    "7": (3, 0),
    "8": (4, 0),
    "9": (6, 0),
    "10": (12, 0),
    "11": (24, 0),
    "12": (36, 0),
}
"""frequency_id -> months and days of one period (R-VAL-7)."""

_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_NAMED = r"(?P<m>[A-Za-z]{3,9})\.?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>[0-9]{4})([-/])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})(?![0-9])",
        r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})(?![0-9])",
        r"(?P<d>[0-9]{1,2})([-.])(?P<m>[0-9]{1,2})\2(?P<y>[0-9]{4})(?![0-9])",
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[-/. ]+{_NAMED}[-/, ]+(?P<y>[0-9]{{4}})(?![0-9])",
        rf"(?:[A-Za-z]{{3,9}},? )?{_NAMED} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[0-9]{{4}})(?![0-9])",
    )
)
_TIME = re.compile(
    r"(?:[Tt]|\s+)(?P<h>[0-9]{1,2}):(?P<i>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNIX = re.compile(r"[0-9]{6,18}")
_RELATIVE = re.compile(
    r"(?P<n>[+-]?\s*[0-9]{1,6})\s*(?P<unit>second|minute|hour|day|week|month|year)s?(?P<ago>\s+ago)?"
)
_WORDS = {"today": 0, "midnight": 0, "now": 0, "tomorrow": 1, "yesterday": -1}


def parse_date(text: str, *, today: str = "") -> str | None:
    """`YYYY-MM-DD` of a date as clients write it, None when it is no date (R-WIRE-42).

    Reads dates with or without a time, unix seconds (6 digits or more, in UTC) and, given `today` (YYYY-MM-DD),
    words such as `tomorrow` and `+1 day`.
    """
    text = text.strip()
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        if _UNIX.fullmatch(text):
            return unix_to_date(int(text))
        found = _written(text, UTC) or (_relative(text, datetime.combine(_day(today), time(), UTC)) if today else None)
    except (ValueError, OverflowError, OSError):  # the 31st of February, the year 20000
        return None
    return found.date().isoformat() if found else None


def moment(text: str, *, now: int | None = None, zone: str = "UTC") -> int | None:
    """Unix seconds of what `created_at` and `updated_at` filters accept (R-WIRE-17), None when it is no date.

    A text without an offset is read in `zone`; words such as `today` and `+1 day` need `now` (unix seconds).
    """
    text = text.strip()
    if _UNIX.fullmatch(text):
        return int(text)
    try:
        found = _written(text, zone_of(zone)) or (_relative(text, at(now, zone)) if now is not None else None)
        return int(found.timestamp()) if found else None
    except (ValueError, OverflowError, OSError):
        return None


def datetime_text(text: str) -> str | None:
    """`YYYY-MM-DD HH:MM:SS` of what `moment` reads, at midnight where no time is told; None when it is no date."""
    seconds = moment(text)
    try:
        return None if seconds is None else at(seconds).isoformat(sep=" ")[:19]
    except (ValueError, OverflowError, OSError):  # beyond the calendar
        return None


def _written(text: str, zone: tzinfo) -> datetime | None:
    found = next(filter(None, (pattern.match(text) for pattern in _DATES)), None)
    if found is None:
        return None
    month = int(found["m"]) if found["m"].isdigit() else _MONTH_NUMBERS.get(found["m"][:3].lower(), 0)
    day = date(int(found["y"]), month, int(found["d"]))
    rest = text[found.end() :]
    if not rest:
        return datetime.combine(day, time(), zone)
    clock = _TIME.fullmatch(rest)
    return None if clock is None else datetime.combine(day, *_clock(clock, zone))


def _clock(found: re.Match[str], zone: tzinfo) -> tuple[time, tzinfo]:
    hour = int(found["h"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    if found["zone"]:
        zone = UTC if found["zone"] in ("Z", "UTC", "GMT") else datetime.strptime(found["zone"], "%z").tzinfo or UTC
    return time(hour, int(found["i"]), int(found["s"] or 0)), zone


def _relative(text: str, now: datetime) -> datetime | None:
    text = text.lower()
    if text in _WORDS:
        return now if text == "now" else datetime.combine(now.date() + timedelta(_WORDS[text]), time(), now.tzinfo)
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return None
    count = int(found["n"].replace(" ", "")) * (-1 if found["ago"] else 1)
    if found["unit"] in ("month", "year"):
        day = add_months_no_overflow(now.date().isoformat(), count * (12 if found["unit"] == "year" else 1))
        return datetime.combine(_day(day), now.timetz())
    return now + timedelta(**{found["unit"] + "s": count})


def _day(text: str) -> date:
    return date.fromisoformat(text)


def add_days(day: str, days: int) -> str:
    """`YYYY-MM-DD` plus days; stays within the calendar (0001-01-01 to 9999-12-31)."""
    try:
        return (_day(day) + timedelta(days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def add_months_no_overflow(day: str, months: int) -> str:
    """`YYYY-MM-DD` plus months; a day that the month lacks becomes its last: Jan 31 plus one is Feb 28 or 29."""
    start = _day(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return (date.max if months > 0 else date.min).isoformat()
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()


def advance(day: str, frequency_id: str) -> str:
    """The date one period of a frequency later, "" for a frequency that does not exist (R-VAL-7, R-STAT-32)."""
    if frequency_id not in FREQUENCIES:
        return ""
    months, days = FREQUENCIES[frequency_id]
    return add_months_no_overflow(day, months) if months else add_days(day, days)


def zone_of(name: str) -> tzinfo:
    """The time zone of a name such as `Europe/Berlin`; UTC for names that are not in the tz database."""
    if name in ("", "UTC"):
        return UTC
    from zoneinfo import ZoneInfo  # reads how Python was built, which takes longer than most libraries

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def at(seconds: int, zone: str = "UTC") -> datetime:
    """Unix seconds as an aware time in a zone."""
    return datetime.fromtimestamp(seconds, zone_of(zone))


def unix_to_date(seconds: int, zone: str = "UTC") -> str:
    """Calendar date `YYYY-MM-DD` of unix seconds in a zone."""
    return at(seconds, zone).date().isoformat()
