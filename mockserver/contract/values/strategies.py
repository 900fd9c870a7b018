"""Hypothesis strategies for the kinds of values that are the same everywhere: texts, amounts, days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äßéñøŁЖ漢字😀 .,-'#/+"
"""Characters of contract texts. Markup, colons and wildcards are left out: the service rewrites or interprets those."""
FIRST_DAY = dt.date(2020, 1, 1)


def texts() -> SearchStrategy[str]:
    """Text that comes back as it was sent: not empty, no space at its ends, most of it short."""
    short = st.text(LETTERS, min_size=1, max_size=24)
    long = st.text(LETTERS, min_size=1, max_size=24).map(lambda text: text * (150 // len(text)))
    return st.one_of(short, short, short, long).map(lambda text: text.strip() or "x")


def money(low: int = 0, high: int = 10_000_00) -> SearchStrategy[float]:
    """Amounts with up to two decimals; whole ones are integers."""
    return st.integers(low, high).map(lambda cents: cents // 100 if cents % 100 == 0 else cents / 100)


def days(first: dt.date = FIRST_DAY, most: int = 3650) -> SearchStrategy[str]:
    return st.integers(0, most).map(lambda day: (first + dt.timedelta(days=day)).isoformat())


def pick(values: Sequence[Any]) -> SearchStrategy[Any]:
    """One of the values, by a number: what Hypothesis draws must not depend on what the server holds."""
    return st.integers(0, 9999).map(lambda number: values[number % len(values)])


MADE: Mapping[str, SearchStrategy[Any]] = {
    "text": texts(),
    "html": texts(),
    "integer": st.integers(0, 100_000),
    "rate": st.sampled_from([0, 5, 7.5, 10, 19, 20, 22.25]),
    "money": money(),
    "number": money(),
    "bool": st.booleans(),
    "date": days(),
}
"""Values of the kinds that are the same everywhere."""
