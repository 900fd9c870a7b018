"""Keywords in notes (R-CALC-22)."""

from __future__ import annotations

import pytest

from mockserver.derive.keywords import replace_keywords


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (":MONTH", "November"),
        (":YEAR", "2026"),
        (":QUARTER", "Q4"),
        (":MONTHYEAR", "November 2026"),
        (":WEEK", "2026-11-30 to 2026-12-06"),
        (":WEEK_BEFORE", "2026-11-23 to 2026-11-29"),
        (":WEEK_AHEAD", "2026-12-07 to 2026-12-13"),
        (":MONTH_BEFORE", "2026-10-30 to 2026-11-29"),
        (":MONTH_AFTER", "2026-11-30 to 2026-12-29"),
        (":YEAR_BEFORE", "2025-11-30 to 2026-11-29"),
        (":YEAR_AFTER", "2026-11-30 to 2027-11-29"),
        ("Rent for :MONTH of :YEAR, :QUARTER.", "Rent for November of 2026, Q4."),
        (":MONTH and :MONTH", "November and November"),
    ],
)
def test_keywords_speak_of_the_day(text: str, wanted: str) -> None:
    """R-CALC-22."""
    assert replace_keywords(text, "2026-11-30") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (":MONTH+1", "December"),
        (":MONTH+2", "January"),
        (":MONTH-11", "December"),
        (":MONTH*2", "October"),
        (":YEAR+1", "2027"),
        (":YEAR-1", "2025"),
        (":YEAR*2", "4052"),
        (":YEAR/2", "1013"),
        (":YEAR/4", "506.5"),
        (":YEAR/0", "2026"),
        (":QUARTER-1", "3"),
        (":MONTHYEAR+2", "January 2027"),
        (":MONTHYEAR-11", "December 2025"),
        (":MONTH+1, :YEAR+1.", "December, 2027."),
        (":WEEK+1", "2026-11-30 to 2026-12-06+1"),
        (":MONTH-end", "November-end"),
    ],
)
def test_keywords_can_be_calculated_with(text: str, wanted: str) -> None:
    """R-CALC-22: months go round the year, calculated quarters are plain numbers."""
    assert replace_keywords(text, "2026-11-30") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[MONTHYEAR|MONTHYEAR+2] :YEAR", "November 2026 to January 2027 2026"),
        ("[MONTHYEAR|MONTHYEAR-1] :YEAR", "November 2026 to October 2026 2026"),
        ("[MONTHYEAR|MONTHYEAR] :YEAR", "November 2026 to November 2026 2026"),
        ("[YEAR|YEAR+2] :YEAR", "[YEAR|YEAR+2] 2026"),
        ("[draft] :YEAR", "[draft] 2026"),
    ],
)
def test_ranges_of_months_are_written_out(text: str, wanted: str) -> None:
    """R-CALC-22."""
    assert replace_keywords(text, "2026-11-30") == wanted


@pytest.mark.parametrize("text", ["", "plain", "MONTH", "[MONTHYEAR|MONTHYEAR+2]", "a :month later", ":MONDAY"])
def test_texts_without_a_keyword_stay(text: str) -> None:
    """R-CALC-22: a range alone is no reason to look."""
    assert replace_keywords(text, "2026-11-30") == text


def test_days_are_printed_in_the_date_format_of_the_company() -> None:
    """R-CALC-22."""
    assert replace_keywords(":WEEK", "2026-11-30", "d/M/Y") == "30/Nov/2026 to 06/Dec/2026"


def test_a_month_before_keeps_to_the_calendar() -> None:
    """R-CALC-22: the 31st of March less a month is the end of February."""
    assert replace_keywords(":MONTH_BEFORE", "2026-03-31") == "2026-02-28 to 2026-03-30"
