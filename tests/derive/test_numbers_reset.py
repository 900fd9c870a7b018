"""Counters go back to one on their reset date (R-NUM-12)."""

from __future__ import annotations

import pytest

from mockserver.derive.numbers import advance_reset

DUE = {"reset_counter_frequency_id": 1, "reset_counter_date": "2026-03-01"}


def test_all_document_counters_start_again() -> None:
    """R-NUM-12, R-NUM-6 (X-115): clients and vendors go on counting."""
    changes = advance_reset(DUE, "2026-03-06")
    back = {key.removesuffix("_number_counter") for key, value in changes.items() if value == 1}
    assert back >= {"invoice", "quote", "credit", "payment", "recurring_invoice", "project", "task", "expense"}
    assert back >= {"recurring_expense", "purchase_order"}
    assert not back & {"client", "vendor"}


@pytest.mark.parametrize(
    ("frequency", "following"),
    [
        (1, "2026-02-01"),
        (2, "2026-02-07"),
        (3, "2026-02-14"),
        (4, "2026-02-28"),
        (5, "2026-02-28"),
        ("7", "2026-04-30"),
        (10, "2027-01-31"),
        (12, "2029-01-31"),
    ],
)
def test_the_date_moves_one_period_on(frequency: object, following: str) -> None:
    """R-NUM-12, with the frequencies of R-VAL-7."""
    settings = {"reset_counter_frequency_id": frequency, "reset_counter_date": "2026-01-31"}
    assert advance_reset(settings, "2026-01-31")["reset_counter_date"] == following


@pytest.mark.parametrize("settings", [{}, DUE | {"reset_counter_date": "2026-03-07"}, DUE | {"reset_counter_date": ""}])
def test_nothing_happens_before_the_date(settings: dict[str, object]) -> None:
    """R-NUM-12."""
    assert advance_reset(settings, "2026-03-06") == {}


def test_frequency_zero_clears_the_date() -> None:
    """R-NUM-12."""
    assert advance_reset(DUE | {"reset_counter_frequency_id": 0}, "2026-03-06") == {"reset_counter_date": ""}
    assert advance_reset({"reset_counter_frequency_id": 0, "reset_counter_date": ""}, "2026-03-06") == {}
