"""Moments: the runs of the service's jobs, and where spans of time lead."""

from __future__ import annotations

import pytest

from mockserver.derive.dates import at
from mockserver.derive.moments import HOURLY, LATEST, daily, first_run, moved_on, next_midnight, unix


def written(seconds: int | None, zone: str = "UTC") -> str:
    return at(seconds, zone).isoformat() if seconds is not None else ""


@pytest.mark.parametrize(
    ("times", "earliest", "run"),
    [
        (HOURLY, "2026-01-15 06:00:00", "2026-01-15 06:00:00"),
        (HOURLY, "2026-01-15 06:00:01", "2026-01-15 07:00:00"),
        ((3600, 600), "2026-01-15 06:00:00", "2026-01-15 06:10:00"),
        ((3600, 600), "2026-01-15 06:10:01", "2026-01-15 07:10:00"),
        (daily(5, 10), "2026-01-15 00:00:00", "2026-01-15 05:10:00"),
        (daily(5, 10), "2026-01-15 05:10:00", "2026-01-15 05:10:00"),
        (daily(5, 10), "2026-01-15 05:10:01", "2026-01-16 05:10:00"),
    ],
)
def test_the_first_run_is_at_the_moment_or_later(times: tuple[int, int], earliest: str, run: str) -> None:
    assert first_run(times, unix(earliest)) == unix(run)


def test_a_stored_text_is_read_in_utc() -> None:
    assert unix("2026-01-15 06:00:00") == 1768456800
    assert unix("2026-01-15") == 1768435200
    assert unix("") == 0
    assert unix("soon") == 0


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [("UTC", "2026-03-30T00:00:00+00:00"), ("Europe/Berlin", "2026-03-30T00:00:00+02:00")],
)
def test_the_next_midnight_is_that_of_the_zone(zone: str, midnight: str) -> None:
    """On the 29th of March 2026 the clocks of Berlin go forward."""
    assert written(next_midnight("2026-03-29 12:00:00", zone), zone) == midnight


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-01-15 09:00:00", "45 days", "2026-03-01T09:00:00+00:00"),
        ("2026-01-15 09:00:00", "1 day", "2026-01-16T09:00:00+00:00"),
        ("2026-01-15 09:00:00", "3 hours", "2026-01-15T12:00:00+00:00"),
        ("2026-01-15 09:00:00", "90 minutes", "2026-01-15T10:30:00+00:00"),
        ("2026-01-15 09:00:00", "5 seconds", "2026-01-15T09:00:05+00:00"),
        ("2026-01-15 09:00:00", "2 weeks", "2026-01-29T09:00:00+00:00"),
        ("2026-01-31 09:00:00", "1 month", "2026-02-28T09:00:00+00:00"),
        ("2028-01-31 09:00:00", "1 month", "2028-02-29T09:00:00+00:00"),
        ("2028-02-29 09:00:00", "1 year", "2029-02-28T09:00:00+00:00"),
        ("2026-01-15 09:00:00", " 1 MONTH, 2 Days and 3hours ", "2026-02-17T12:00:00+00:00"),
        ("2026-01-15 09:00:00", "0 days", "2026-01-15T09:00:00+00:00"),
    ],
)
def test_spans(start: str, span: str, end: str) -> None:
    assert written(moved_on(unix(start), span, "UTC")) == end


def test_days_keep_the_time_of_day_of_the_zone_and_hours_do_not() -> None:
    """Between the two days the clocks of Berlin go forward."""
    start = unix("2026-03-28 08:00:00")
    assert written(moved_on(start, "1 day", "Europe/Berlin"), "Europe/Berlin") == "2026-03-29T09:00:00+02:00"
    assert written(moved_on(start, "24 hours", "Europe/Berlin"), "Europe/Berlin") == "2026-03-29T10:00:00+02:00"


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "45", "-1 day", "1 day ago", "1 fortnight", "1.5 days", "days", "1 day foo", "2026-03-01"]
)
def test_what_is_no_span(text: str) -> None:
    assert moved_on(0, text, "UTC") is None


@pytest.mark.parametrize("text", ["200 years", "9000 years", "999999999 years", "999999999 days", "999999999 hours"])
def test_a_span_beyond_the_calendar_ends_behind_it(text: str) -> None:
    assert moved_on(unix("2026-01-15"), text, "Europe/Berlin") == LATEST + 1
