"""PHP's date letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from mockserver.derive.phpdate import LETTERS, php_date

MOMENT = datetime(2024, 2, 3, 4, 5, 6, 7008, tzinfo=ZoneInfo("Europe/Berlin"))

PRINTED = {
    "d": "03", "D": "Sat", "j": "3", "l": "Saturday", "N": "6", "S": "rd", "w": "6", "z": "33", "W": "05",
    "F": "February", "m": "02", "M": "Feb", "n": "2", "t": "29", "L": "1", "o": "2024", "Y": "2024", "y": "24",
    "a": "am", "A": "AM", "g": "4", "G": "4", "h": "04", "H": "04", "i": "05", "s": "06", "u": "007008", "v": "007",
    "e": "Europe/Berlin", "I": "0", "O": "+0100", "P": "+01:00", "T": "CET", "Z": "3600", "U": "1706929506",
}  # fmt: skip


@pytest.mark.parametrize(("letter", "shown"), PRINTED.items())
def test_each_letter_prints_its_part(letter: str, shown: str) -> None:
    assert php_date(MOMENT, letter) == shown


def test_the_table_above_is_complete() -> None:
    assert set(PRINTED) == set(LETTERS)


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("Y-m-d", "2024-02-03"),
        ("d/M/Y", "03/Feb/2024"),
        ("j. F Y", "3. February 2024"),
        ("D M j, Y", "Sat Feb 3, 2024"),
        (r"\Y\m Y", "Ym 2024"),
        ("c", "2024-02-03T04:05:06+01:00"),
        ("r", "Sat, 03 Feb 2024 04:05:06 +0100"),
        ("q - Q", "q - Q"),
        ("Y\\", "2024\\"),
        ("", ""),
    ],
)
def test_patterns_are_read_letter_by_letter(pattern: str, shown: str) -> None:
    assert php_date(MOMENT, pattern) == shown


@pytest.mark.parametrize(
    ("day", "ordinal"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (31, "31st"),
    ],
)
def test_days_have_english_endings(day: int, ordinal: str) -> None:
    assert php_date(datetime(2024, 1, day, tzinfo=UTC), "jS") == ordinal


@pytest.mark.parametrize(
    ("hour", "shown"), [(0, "12 am AM 00"), (11, "11 am AM 11"), (12, "12 pm PM 12"), (23, "11 pm PM 23")]
)
def test_the_clock_has_twelve_or_twenty_four_hours(hour: int, shown: str) -> None:
    assert php_date(datetime(2024, 1, 1, hour, tzinfo=UTC), "g a A H") == shown


@pytest.mark.parametrize(("minutes", "shown"), [(0, "+00:00"), (-210, "-03:30"), (345, "+05:45")])
def test_offsets_have_a_sign(minutes: int, shown: str) -> None:
    assert php_date(datetime(2024, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))), "P") == shown


def test_a_time_without_a_zone_counts_as_utc() -> None:
    assert php_date(datetime.fromisoformat("2024-01-01"), "e T P Z") == "UTC UTC +00:00 0"


def test_the_first_week_may_belong_to_the_year_before() -> None:
    assert php_date(datetime(2027, 1, 1, tzinfo=UTC), "o-W Y") == "2026-53 2027"
