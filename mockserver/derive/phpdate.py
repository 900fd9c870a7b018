"""Dates written with the format letters of PHP, which number patterns and the company's date format use."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _offset(moment: datetime, colon: str) -> str:
    sign, minutes = ("-", -_seconds(moment)) if _seconds(moment) < 0 else ("+", _seconds(moment))
    return f"{sign}{minutes // 3600:02}{colon}{minutes // 60 % 60:02}"


def _seconds(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset else 0


LETTERS: Mapping[str, Callable[[datetime], object]] = {
    "d": lambda t: f"{t.day:02}",
    "D": lambda t: DAYS[t.weekday()][:3],
    "j": lambda t: t.day,
    "l": lambda t: DAYS[t.weekday()],
    "N": lambda t: t.isoweekday(),
    "S": lambda t: _ordinal(t.day),
    "w": lambda t: t.isoweekday() % 7,
    "z": lambda t: t.timetuple().tm_yday - 1,
    "W": lambda t: f"{t.isocalendar().week:02}",
    "F": lambda t: MONTHS[t.month - 1],
    "m": lambda t: f"{t.month:02}",
    "M": lambda t: MONTHS[t.month - 1][:3],
    "n": lambda t: t.month,
    "t": lambda t: monthrange(t.year, t.month)[1],
    "L": lambda t: int(isleap(t.year)),
    "o": lambda t: t.isocalendar().year,
    "Y": lambda t: f"{t.year:04}",
    "y": lambda t: f"{t.year % 100:02}",
    "a": lambda t: "am" if t.hour < 12 else "pm",
    "A": lambda t: "AM" if t.hour < 12 else "PM",
    "g": lambda t: t.hour % 12 or 12,
    "G": lambda t: t.hour,
    "h": lambda t: f"{t.hour % 12 or 12:02}",
    "H": lambda t: f"{t.hour:02}",
    "i": lambda t: f"{t.minute:02}",
    "s": lambda t: f"{t.second:02}",
    "u": lambda t: f"{t.microsecond:06}",
    "v": lambda t: f"{t.microsecond // 1000:03}",
    "e": lambda t: t.tzinfo or "UTC",
    "I": lambda t: int(bool(t.dst())),
    "O": lambda t: _offset(t, ""),
    "P": lambda t: _offset(t, ":"),
    "T": lambda t: t.tzname() or "UTC",
    "Z": _seconds,
    "U": lambda t: int(t.timestamp()),
}
"""Letter -> what it prints. Letters that are not here are copied."""

_COMPOUND = {"c": r"Y-m-d\TH:i:sP", "r": "D, d M Y H:i:s O"}


def php_date(moment: datetime, pattern: str) -> str:
    """`moment` as PHP's date() prints it; a backslash copies the letter behind it."""

    def printed(found: re.Match[str]) -> str:
        letter = found[0]
        if letter[0] == "\\":
            return letter[1:] or letter
        if letter in _COMPOUND:
            return php_date(moment, _COMPOUND[letter])
        return str(LETTERS[letter](moment)) if letter in LETTERS else letter

    return re.sub(r"\\.|.", printed, pattern, flags=re.DOTALL)
