"""Dates of recurring documents: send time, due date, and the dates that are still to come."""

from __future__ import annotations

import pytest

from mockserver.derive.dates import datetime_text
from mockserver.derive.recurring import coming_dates, due_on, send_moment


@pytest.mark.parametrize(
    ("day", "hour", "offset", "moment"),
    [
        ("2026-01-15", 6, 0, "2026-01-15 06:00:00"),
        ("2026-01-15", 6, 3600, "2026-01-15 05:00:00"),
        ("2026-01-15", 20, -28800, "2026-01-16 04:00:00"),
        ("2026-01-15", 0, 3600, "2026-01-15 00:00:00"),
        ("0001-01-01", 1, 39600, "0001-01-01 00:00:00"),
    ],
)
def test_the_send_time(day: str, hour: int, offset: int, moment: str) -> None:
    assert send_moment(day, hour, offset) == moment


@pytest.mark.parametrize(
    ("day", "days", "terms", "due"),
    [
        ("2026-01-15", "terms", "30", "2026-02-14"),
        ("2026-01-15", "", "0", "2026-01-15"),
        ("2026-01-15", "terms", "", ""),
        ("2026-01-15", "on_receipt", "30", "2026-01-15"),
        ("2026-01-15", "20", "30", "2026-01-20"),
        ("2026-01-15", "15", "30", "2026-02-15"),
        ("2026-01-15", "1", "30", "2026-02-01"),
        ("2026-01-31", "30", "", "2026-02-28"),
        ("2026-12-20", "10", "", "2027-01-10"),
        ("2026-01-15", "32", "30", ""),
        ("2026-01-15", "later", "30", ""),
    ],
)
def test_the_due_date(day: str, days: str, terms: str, due: str) -> None:
    """R-STAT-32: payment terms, or a day of the month."""
    assert due_on(day, days, terms) == due


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 10),
        ({"remaining_cycles": 3}, 3),
        ({"remaining_cycles": 0}, 0),
        ({"remaining_cycles": -7}, 0),
        ({"status_id": "4"}, 0),
        ({"next_send_date": ""}, 0),
    ],
)
def test_how_many_dates_are_told(changes: dict[str, object], count: int) -> None:
    record = {
        "status_id": "2",
        "next_send_date": "2026-01-31 00:00:00",
        "remaining_cycles": -1,
        "frequency_id": "5",
        "due_date_days": "terms",
    }
    assert len(coming_dates(record | changes, "14")) == count


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-15", "2026-01-15 00:00:00"),
        ("2026-01-15 13:45", "2026-01-15 13:45:00"),
        ("0001-01-01", "0001-01-01 00:00:00"),
        ("999999999999999999", None),
        ("soon", None),
    ],
)
def test_a_moment_as_text(text: str, moment: str | None) -> None:
    assert datetime_text(text) == moment
