"""What reports show beside the fields of records."""

from __future__ import annotations

import pytest

from mockserver.derive.report_values import csv_text, duration_words, expense_amounts, heading, readable, spans

NO_TAX = {f"tax_{what}{n}": 0 for what in ("rate", "amount") for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("client.country_id", "Client Country"),
        ("vendor_contact.first_name", "Vendor Contact First Name"),
        ("invoice.po_number", "Invoice PO Number"),
        ("client.custom_value1", "Client Custom Value 1"),
        ("activity.activity_type_id", "Activity Type"),
        ("product_key", "Product Key"),
    ],
)
def test_headings(column: str, text: str) -> None:
    assert heading(column) == text


def test_values_as_people_read_them() -> None:
    assert [readable(each) for each in (True, False, 20.0, 2.5, 0, None, "a")] == [
        "Yes",
        "No",
        "20",
        "2.5",
        "0",
        "",
        "a",
    ]


def test_a_file_with_a_line_break_in_a_value() -> None:
    assert csv_text([["a", "b"], ["1\n2", 'say "x"']]) == 'a,b\r\n"1\n2","say ""x"""\r\n'


def test_a_span_over_midnight_in_the_zone_of_the_company() -> None:
    """2026-01-15 23:30 in London is half past midnight of the next day in Berlin."""
    (span,) = spans("[[1768519800,1768523461]]", 0, "Europe/Berlin")
    assert span == {
        "start_date": "2026-01-16",
        "start_time": "00:30:00",
        "end_date": "2026-01-16",
        "end_time": "01:31:01",
        "duration": 3661,
        "duration_words": "01:01:01",
        "time_log_duration_words": "01:01:01",
        "billable": True,
        "item_notes": "",
    }


def test_a_running_span_counts_up_to_now() -> None:
    (span,) = spans('[[1768460400,0,"dig",false]]', 1768460460, "UTC")
    assert (span["end_date"], span["end_time"], span["duration"]) == ("Running", "Running", 60)
    assert (span["billable"], span["time_log_duration_words"]) == (False, "00:01:00")


def test_every_span_tells_the_time_of_all() -> None:
    first, second = spans("[[1768460400,1768464000],[1768467600,1768469400]]", 0, "UTC")
    assert (first["duration"], second["duration"]) == (5400, 5400)
    assert (first["time_log_duration_words"], second["time_log_duration_words"]) == ("01:00:00", "00:30:00")


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (0, "00:00:00"),
        (86399, "23:59:59"),
        (86400, "24:00:00"),
        (86401, "1 day 1 second"),
        (180000, "2 days 2 hours"),
        (8 * 86400 + 60, "1 week 1 day 1 minute"),
    ],
)
def test_long_times_are_told_in_words(spent: int, words: str) -> None:
    assert duration_words(spent) == words


@pytest.mark.parametrize(
    ("fields", "tax", "net"),
    [
        ({"tax_rate1": 20}, 20, 100),
        ({"tax_rate1": 20, "tax_rate2": 5}, 25, 100),
        ({"tax_rate1": 25, "uses_inclusive_taxes": True}, 20, 80),
        ({"calculate_tax_by_amount": True, "tax_amount1": 7, "tax_amount3": 0.5, "tax_rate1": 50}, 7.5, 100),
        ({"calculate_tax_by_amount": True, "tax_amount1": 7, "uses_inclusive_taxes": True}, 7, 93),
    ],
)
def test_taxes_of_an_expense(fields: dict[str, object], tax: float, net: float) -> None:
    data = {"amount": 100, "uses_inclusive_taxes": False, "calculate_tax_by_amount": False, **NO_TAX, **fields}
    assert expense_amounts(data) == {"tax_amount": tax, "net_amount": net}
