"""Conditions of the facts, compiled to predicates over a record's data.

A condition is True, {all: [..]}, {any: [..]}, {not: c}, {not_deleted: true} or {FIELD: test}, where a test is a
list of values or {eq, ne, gt, gte, lt, lte: value} / {empty: bool} / {before, from, upto, after: today | now | month}
/ {gt_field: OTHER}.
An expression is generated once a query, because a scan of a large table calls it for each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.store.table import Data

COMPARE = {"eq": "==", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
MOMENTS = {"before": "<", "from": ">=", "upto": "<=", "after": ">"}


def compile_condition(condition: Any, *, today: str) -> Callable[[Data], bool]:
    """Predicate of a condition; raises ValueError for a word that the language does not know."""
    constants: list[Any] = []
    expression = _expression(condition, today, constants)
    names = {f"k{number}": value for number, value in enumerate(constants)}
    predicate: Callable[[Data], bool] = eval(f"lambda d: {expression}", {"__builtins__": {}, **names})  # noqa: S307 - generated from checked facts, never from input
    return predicate


def _constant(value: Any, constants: list[Any]) -> str:
    constants.append(value)
    return f"k{len(constants) - 1}"


def _expression(condition: Any, today: str, constants: list[Any]) -> str:
    if condition is True:
        return "True"
    parts = [_part(word, test, today, constants) for word, test in condition.items()]
    return "(" + " and ".join(parts) + ")"


def _part(word: str, test: Any, today: str, constants: list[Any]) -> str:
    if word in ("all", "any"):
        joined = " and " if word == "all" else " or "
        return "(" + joined.join(_expression(each, today, constants) for each in test) + ")"
    if word == "not":
        return f"(not {_expression(test, today, constants)})"
    if word == "not_deleted":
        return "(not d['is_deleted'])"
    return _test(f"d[{_constant(word, constants)}]", test, today, constants)


def _test(value: str, test: Any, today: str, constants: list[Any]) -> str:
    if isinstance(test, list):
        return f"({value} in {_constant(frozenset(test), constants)})"
    parts = []
    for word, wanted in test.items():
        if word == "empty":
            parts.append(f"(not {value})" if wanted else f"(not not {value})")
        elif word in COMPARE:
            parts.append(f"({value} {COMPARE[word]} {_constant(wanted, constants)})")
        elif word == "gt_field":
            parts.append(f"({value} > d[{_constant(wanted, constants)}])")
        elif word in MOMENTS:
            operator = "<=" if (word, wanted) == ("before", "now") else MOMENTS[word]
            instant = today[:7] if wanted == "month" else today
            parts.append(f"({value} != '' and {value} {operator} {_constant(instant, constants)})")
        else:
            known = ", ".join([*COMPARE, "empty", *MOMENTS])
            raise ValueError(f"got test {word!r}, wanted one of {known}")
    return "(" + " and ".join(parts) + ")"
