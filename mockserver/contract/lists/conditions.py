"""The conditions of the facts, evaluated on one row as lists show it: slow, plain, and not the engine's."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = Mapping[str, Any]

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
MOMENTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "before": operator.lt,
    "from": operator.ge,
    "upto": operator.le,
    "after": operator.gt,
}


def holds(condition: Any, row: Row, today: str) -> bool:
    """Whether a row meets a condition; dates are compared with `today`, as YYYY-MM-DD."""
    if condition is True:
        return True
    return all(_part(word, test, row, today) for word, test in condition.items())


def _part(word: str, test: Any, row: Row, today: str) -> bool:
    if word == "all":
        return all(holds(each, row, today) for each in test)
    if word == "any":
        return any(holds(each, row, today) for each in test)
    if word == "not":
        return not holds(test, row, today)
    if word == "not_deleted":
        return not row["is_deleted"]
    if isinstance(test, list):
        return row[word] in test
    return all(_test(row, row[word], name, wanted, today) for name, wanted in test.items())


def _test(row: Row, value: Any, name: str, wanted: Any, today: str) -> bool:
    if name == "empty":
        return bool(value) is not wanted
    if name == "gt_field":
        return bool(value > row[wanted])
    if name in COMPARISONS:
        return COMPARISONS[name](value, wanted)
    if value == "":  # an empty date is neither before nor after
        return False
    if (name, wanted) == ("before", "now"):  # a date is its midnight, which has passed
        return bool(value <= today)
    return MOMENTS[name](value, today[:7] if wanted == "month" else today)


def timeless(condition: Any) -> bool:
    """Whether the condition does not look at the date."""
    if isinstance(condition, list):
        return all(timeless(each) for each in condition)
    if isinstance(condition, Mapping):
        return not set(condition) & set(MOMENTS) and all(timeless(each) for each in condition.values())
    return True
