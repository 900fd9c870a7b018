"""Periods given in a word."""

from __future__ import annotations

import pytest

from mockserver.derive.periods import period, previous_period

CASES = {
    "last7_days": ("2026-01-08", "2026-01-15"),
    "last30_days": ("2025-12-16", "2026-01-15"),
    "last365_days": ("2025-01-15", "2026-01-15"),
    "this_month": ("2026-01-01", "2026-01-31"),
    "last_month": ("2025-12-01", "2025-12-31"),
    "this_quarter": ("2026-01-01", "2026-03-31"),
    "last_quarter": ("2025-10-01", "2025-12-31"),
    "this_year": ("2026-01-01", "2026-12-31"),
    "last_year": ("2025-01-01", "2025-12-31"),
    "all_time": ("2000-01-01", "2026-01-15"),
    "custom": ("2024-02-01", "2024-02-29"),
    "": ("2024-02-01", "2024-02-29"),
}


@pytest.mark.parametrize("word", CASES)
def test_words(word: str) -> None:
    assert period(word, "2024-02-01", "2024-02-29", "2026-01-15") == CASES[word]


def test_without_anything_it_is_the_last_twenty_days() -> None:
    assert period("", "", "", "2026-01-15") == ("2025-12-26", "2026-01-15")


@pytest.mark.parametrize(
    ("today", "word", "days"),
    [
        ("2024-02-10", "this_month", ("2024-02-01", "2024-02-29")),
        ("2025-12-31", "this_quarter", ("2025-10-01", "2025-12-31")),
        ("2025-05-31", "last_quarter", ("2025-01-01", "2025-03-31")),
        ("2025-03-31", "last_month", ("2025-02-01", "2025-02-28")),
    ],
)
def test_months_have_their_own_ends(today: str, word: str, days: tuple[str, str]) -> None:
    assert period(word, "", "", today) == days


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("last7_days", ("2026-01-01", "2026-01-08")),
        ("this_month", ("2025-12-01", "2025-12-31")),
        ("last_month", ("2025-11-01", "2025-11-30")),
        ("this_quarter", ("2025-10-01", "2025-12-31")),
        ("last_quarter", ("2025-07-01", "2025-09-30")),
        ("this_year", ("2025-01-01", "2025-12-31")),
        ("last_year", ("2024-01-01", "2024-12-31")),
        ("custom", ("2024-02-01", "2024-02-29")),
        ("all_time", ("2000-01-01", "2026-01-15")),
    ],
)
def test_the_period_before(word: str, days: tuple[str, str]) -> None:
    assert previous_period(word, "2024-02-01", "2024-02-29", "2026-01-15") == days


@pytest.mark.parametrize(
    ("month", "word", "days"),
    [
        ("4", "this_year", ("2025-04-01", "2026-03-31")),
        ("4", "last_year", ("2024-04-01", "2025-03-31")),
        ("1", "this_year", ("2026-01-01", "2026-12-31")),
        ("13", "this_year", ("2026-01-01", "2026-12-31")),
        ("", "this_year", ("2026-01-01", "2026-12-31")),
        ("4", "this_quarter", ("2026-01-01", "2026-03-31")),
    ],
)
def test_years_begin_with_the_month_of_the_company(month: str, word: str, days: tuple[str, str]) -> None:
    """Quarters do not; a month that is none counts as January."""
    assert period(word, "", "", "2026-01-15", month) == days
