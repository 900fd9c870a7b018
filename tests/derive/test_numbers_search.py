"""The next free number (R-NUM-4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mockserver.derive.numbers import NumberContext, next_number

if TYPE_CHECKING:
    from collections.abc import Container

CONTEXT = NumberContext(int(datetime(2026, 3, 9, tzinfo=UTC).timestamp()))


def take(pattern: str, counter: int, used: Container[str], prefix: str = "") -> tuple[str, int]:
    return next_number(pattern, 4, counter, CONTEXT, used.__contains__, lambda: "abcde", prefix=prefix)


def test_two_numbers_from_one_leave_the_counter_at_three() -> None:
    """R-NUM-4 (X-113)."""
    first, counter = take("", 1, ())
    second, counter = take("", counter, {first})
    assert (first, second, counter) == ("0001", "0002", 3)


def test_used_numbers_are_passed_over() -> None:
    """R-NUM-4."""
    assert take("A-{$counter}", 5, {"A-0005", "A-0006"}) == ("A-0007", 8)


def test_after_a_hundred_tries_the_number_gets_a_suffix() -> None:
    """R-NUM-4: a pattern of one letter has no counter to raise."""
    assert take("X", 5, {"X"}) == ("X_abcde", 105)


def test_the_hundredth_try_may_still_succeed() -> None:
    """R-NUM-4."""
    used = {f"{n:04}" for n in range(1, 100)}
    assert take("", 1, used) == ("0100", 101)
    assert take("", 1, used | {"0100"}) == ("0100_abcde", 101)


def test_a_shared_counter_goes_on_with_the_pattern_of_the_quote() -> None:
    """R-NUM-5 (X-111): the invoice counter stands at 1000."""
    first, counter = take("{$year}-{$counter}", 1000, ())
    second, counter = take("{$year}-{$counter}", counter, {first})
    assert (first, second, counter) == ("2026-1000", "2026-1001", 1002)


def test_what_a_recurring_invoice_makes_has_its_prefix() -> None:
    """R-NUM-9: the prefixed number is the one that has to be free."""
    assert take("", 1, {"0001"}, prefix="R") == ("R0001", 2)
    assert take("", 1, {"R0001"}, prefix="R") == ("R0002", 3)
