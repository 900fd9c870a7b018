"""Dates as clients write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.dates import moment, parse_date
from mockserver.derive.phpdate import php_date

TODAY = "2026-03-10"
NOW = int(datetime(2026, 3, 10, 15, 30, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "2019-12-02",
        "2019/12/02",
        "2019-12-2",
        " 2019-12-02 ",
        "2019-12-02 10:00:00",
        "2019-12-02T10:00:00Z",
        "2019-12-02T10:00:00.123456Z",
        "2019-12-02 10:00 pm",
        "2019-12-02T23:30:00-05:00",
        "12/02/2019",
        "02-12-2019",
        "02.12.2019",
        "2 December 2019",
        "2nd Dec 2019",
        "02/Dec/2019",
        "02-Dec-2019",
        "2. Dec. 2019",
        "December 2, 2019",
        "Dec 2 2019",
        "Mon Dec 2, 2019",
        "Monday, December 2nd, 2019",
        "1575244800",
    ],
)
def test_common_forms_of_a_date_are_read(text: str) -> None:
    """R-WIRE-42."""
    assert parse_date(text) == "2019-12-02"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2019",
        "12345",
        "2019-13-01",
        "2023-02-29",
        "2019-12-02 25:00",
        "2019-12-02 nonsense",
        "2019-12-02x",
        "2019-12-021",
        "2 Foo 2019",
        "99999999999999999999",
        "+99999 years",
        "today",
    ],
)
def test_everything_else_is_no_date(text: str) -> None:
    """Relative words need to know today."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("today", "2026-03-10"),
        ("Tomorrow", "2026-03-11"),
        ("yesterday", "2026-03-09"),
        ("now", "2026-03-10"),
        ("midnight", "2026-03-10"),
        ("+1 day", "2026-03-11"),
        ("-10 days", "2026-02-28"),
        ("2 weeks ago", "2026-02-24"),
        ("+1 month", "2026-04-10"),
        ("-1 year", "2025-03-10"),
        ("+36 hours", "2026-03-11"),
        ("+9999999 days", None),
        ("+999999 weeks", None),
        ("fortnight", None),
    ],
)
def test_words_are_read_from_today_on(text: str, wanted: str | None) -> None:
    assert parse_date(text, today=TODAY) == wanted


@pytest.mark.parametrize(
    "pattern",
    ["d/M/Y", "d-F-Y", "M j, Y", "F j, Y", "D M j, Y", "Y-m-d", "d-m-Y", "m/d/Y", "d.m.Y", "j. M. Y", "j. F Y"],
)
@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_the_date_formats_that_a_company_may_choose_are_read(pattern: str, day: date) -> None:
    """All of the service's but `d/m/Y`, which cannot be told from the American form."""
    assert parse_date(php_date(datetime.combine(day, datetime.min.time(), UTC), pattern)) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1700000000", 1_700_000_000),
        ("999999999999999999", 999_999_999_999_999_999),
        ("9" * 5000, None),
        ("1970-01-02", 86_400),
        ("1970-01-01 01:00:00", 3_600),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01T01:00:00+0100", 0),
        ("1970-01-01 12:30 am", 1_800),
        ("12345", None),
        ("today", None),
        ("nonsense", None),
        ("2023-02-30", None),
    ],
)
def test_a_moment_is_unix_seconds_or_a_written_time(text: str, wanted: int | None) -> None:
    """R-WIRE-17: what is no time is None, which the list then ignores."""
    assert moment(text) == wanted


def test_a_moment_without_an_offset_is_local() -> None:
    """R-WIRE-17."""
    assert moment("1970-01-01 01:00", zone="Europe/Berlin") == 0
    assert moment("1970-01-01 01:00Z", zone="Europe/Berlin") == 3_600


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("now", NOW),
        ("today", NOW - 15 * 3600 - 1800),
        ("tomorrow", NOW - 15 * 3600 - 1800 + 86_400),
        ("+1 day", NOW + 86_400),
        ("1 hour ago", NOW - 3_600),
        ("-30 seconds", NOW - 30),
        ("+1 month", NOW + 31 * 86_400),
    ],
)
def test_words_are_moments_from_now_on(text: str, wanted: int) -> None:
    assert moment(text, now=NOW) == wanted


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert parse_date(text, today=TODAY) is None or len(str(parse_date(text, today=TODAY))) == 10
    assert moment(text, now=NOW) is None or isinstance(moment(text, now=NOW), int)
