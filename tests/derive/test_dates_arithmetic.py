"""Days, months and periods later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.dates import FREQUENCIES, add_days, add_months_no_overflow, advance, at, unix_to_date, zone_of


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(0, "2024-02-28"), (2, "2024-03-01"), (-28, "2024-01-31"), (10**9, "9999-12-31"), (-(10**9), "0001-01-01")],
)
def test_days_cross_months_and_stop_at_the_ends_of_the_calendar(days: int, wanted: str) -> None:
    assert add_days("2024-02-28", days) == wanted


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2026-05-31", 10**6, "9999-12-31"),
        ("2026-05-31", -(10**6), "0001-01-01"),
    ],
)
def test_a_month_later_is_never_two_months_later(day: str, months: int, wanted: str) -> None:
    """R-STAT-32."""
    assert add_months_no_overflow(day, months) == wanted


@pytest.mark.parametrize(
    ("frequency", "wanted"),
    [
        ("1", "2026-02-01"),
        ("2", "2026-02-07"),
        ("3", "2026-02-14"),
        ("4", "2026-02-28"),
        ("5", "2026-02-28"),
        ("6", "2026-03-31"),
        ("7", "2026-04-30"),
        ("8", "2026-05-31"),
        ("9", "2026-07-31"),
        ("10", "2027-01-31"),
        ("11", "2028-01-31"),
        ("12", "2029-01-31"),
        ("13", ""),
        ("", ""),
    ],
)
def test_each_frequency_has_its_period(frequency: str, wanted: str) -> None:
    """R-VAL-7."""
    assert advance("2026-01-31", frequency) == wanted


@given(st.dates(max_value=date(9990, 1, 1)), st.sampled_from(sorted(FREQUENCIES)))
def test_time_only_goes_forward(day: date, frequency: str) -> None:
    assert advance(day.isoformat(), frequency) > day.isoformat()


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [
        ("UTC", "2026-01-01"),
        ("America/New_York", "2025-12-31"),
        ("Asia/Tokyo", "2026-01-01"),
        ("Mars/Base", "2026-01-01"),
        ("../etc", "2026-01-01"),
        ("", "2026-01-01"),
    ],
)
def test_the_date_of_an_instant_depends_on_the_zone(zone: str, wanted: str) -> None:
    """An unknown zone is UTC."""
    assert unix_to_date(1_767_225_600, zone) == wanted


def test_an_instant_in_a_zone_is_aware() -> None:
    assert at(0, "Europe/Berlin").isoformat() == "1970-01-01T01:00:00+01:00"
    assert str(zone_of("Europe/Berlin")) == "Europe/Berlin"
