"""What the tokens of a number pattern print (R-NUM-1..3)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mockserver.derive.numbers import NumberContext, counter_key, counter_owner, format_number

NOW = int(datetime(2026, 3, 9, 14, 5, tzinfo=UTC).timestamp())


def formatted(pattern: str, counter: int = 7, padding: int = 4, **more: Any) -> str:
    return format_number(pattern, padding, counter, NumberContext(NOW, "UTC", **more))


@pytest.mark.parametrize(("padding", "number"), [(4, "0007"), (5, "00007"), (10, "0000000007"), (0, "7")])
def test_without_a_pattern_the_number_is_the_padded_counter(padding: int, number: str) -> None:
    """R-NUM-1, R-NUM-2 (X-109)."""
    assert formatted("", padding=padding) == number


@pytest.mark.parametrize(
    ("pattern", "counter", "number"),
    [
        ("test-{$counter}", 1, "test-0001"),
        ("test-", 100, "test-0100"),
        ("{$year}-{$counter}", 1000, "2026-1000"),
        ("X", 5, "X"),
        ("counter", 5, "counter"),
        ("{$client_counter}/{$year}", 3, "0003/2026"),
        ("{$clientCounter}", 3, "0003"),
        ("{$group_counter}", 3, "0003"),
        ("{$counter}{$counter}", 12345, "1234512345"),
    ],
)
def test_the_counter_stands_where_the_pattern_says_or_at_its_end(pattern: str, counter: int, number: str) -> None:
    """R-NUM-2, R-NUM-3 (X-107, X-111)."""
    assert formatted(pattern, counter) == number


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{$date:Ymd}-{$counter}", "20260309-0007"),
        ("{$date:y}{$date:m}-{$counter}", "26{$date:m}-0007"),
        ("{$date:H\\h}-{$counter}", "14h-0007"),
        ("{$date:}-{$counter}", "-0007"),
    ],
)
def test_one_date_is_printed_in_letters_of_php(pattern: str, number: str) -> None:
    """R-NUM-3 (X-115): the first date token only."""
    assert formatted(pattern) == number


def test_dates_are_those_of_the_company() -> None:
    """R-NUM-3: New Year comes to Auckland first."""
    instant = int(datetime(2026, 12, 31, 12, tzinfo=UTC).timestamp())
    context = NumberContext(instant, "Pacific/Auckland")
    assert format_number("{$year} {$date:d.m.} {$counter}", 1, 1, context) == "2027 01.01. 1"


@pytest.mark.parametrize(("user_id", "number"), [(7, "07-1"), (123, "123-1")])
def test_the_user_id_has_two_digits_at_least(user_id: int, number: str) -> None:
    """R-NUM-3."""
    assert formatted("{$user_id}-{$counter}", 1, 1, user_id=user_id) == number
    assert formatted("{$userId}-{$counter}", 1, 1, user_id=user_id) == number


CLIENT = {"number": "C9", "id_number": "ID1", "custom_value1": "one", "custom_value4": 4}


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("client_number", "C9"),
        ("client_id_number", "ID1"),
        ("clientIdNumber", "ID1"),
        ("client_custom1", "one"),
        ("client_custom2", ""),
        ("client_custom4", "4"),
        ("vendor_number", "V1"),
        ("vendor_id_number", "VID"),
        ("vendor_custom3", "three"),
        ("user_custom2", "two"),
        ("expense_id_number", "E5"),
        ("no_such_token", "{$no_such_token}"),
    ],
)
def test_tokens_of_related_records(token: str, shown: str) -> None:
    """R-NUM-3."""
    related = {
        "client": CLIENT,
        "vendor": {"number": "V1", "id_number": "VID", "custom_value3": "three"},
        "user": {"custom_value2": "two"},
        "record": {"id_number": "E5"},
    }
    assert formatted(f"{{${token}}}-{{$counter}}", 1, 1, **related) == f"{shown}-1"


def test_a_client_without_id_number_gives_its_number() -> None:
    """R-NUM-3."""
    assert formatted("{$client_id_number}{$counter}", 1, 1, client={"number": "C9", "id_number": ""}) == "C91"


def test_tokens_of_a_missing_record_stay_as_written() -> None:
    """R-NUM-3."""
    assert formatted("{$vendor_number}{$counter}", 1, 1) == "{$vendor_number}1"


@pytest.mark.parametrize(
    ("pattern", "owner"),
    [
        ("", "company"),
        ("{$counter}", "company"),
        ("A{$client_counter}", "client"),
        ("{$clientCounter}", "client"),
        ("{$group_counter}", "group"),
    ],
)
def test_the_pattern_says_whose_counter_it_is(pattern: str, owner: str) -> None:
    """R-NUM-3."""
    assert counter_owner(pattern) == owner


@pytest.mark.parametrize(
    ("entity", "settings", "key"),
    [
        ("invoice", {}, "invoice_number_counter"),
        ("quote", {}, "quote_number_counter"),
        ("quote", {"shared_invoice_quote_counter": True}, "invoice_number_counter"),
        ("credit", {"shared_invoice_quote_counter": True}, "credit_number_counter"),
        ("credit", {"shared_invoice_credit_counter": True}, "invoice_number_counter"),
        ("recurring_invoice", {"shared_invoice_quote_counter": True}, "recurring_invoice_number_counter"),
        ("vendor", {}, "vendor_number_counter"),
    ],
)
def test_quotes_and_credits_may_share_the_counter_of_invoices(entity: str, settings: dict[str, bool], key: str) -> None:
    """R-NUM-5, R-NUM-6 (X-111)."""
    assert counter_key(entity, settings) == key
