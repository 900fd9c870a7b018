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


class OnFields:
    """A predicate that looks at some fields only: over a record's data, and over the values of those fields.

    A scan of a table goes by `fields` and `test`, because columns of values lie closer together than records.
    """

    __slots__ = ("fields", "holds", "test")

    def __init__(self, fields: tuple[str, ...], test: Callable[..., bool], holds: Callable[[Data], bool]) -> None:
        self.fields = fields
        self.test = test
        self.holds = holds

    def __call__(self, data: Data) -> bool:
        return self.holds(data)


def on_field(field: str, test: Callable[[Any], bool]) -> OnFields:
    """A predicate over one field."""
    return OnFields((field,), test, lambda data: test(data[field]))


class _Words:
    """Names for the constants of an expression, and for what it reads: of a record, or its own parameters."""

    def __init__(self, *, columns: bool) -> None:
        self.constants: dict[str, Any] = {"__builtins__": {}}
        self.fields: list[str] = []
        self._columns = columns

    def constant(self, value: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def field(self, name: str) -> str:
        if name not in self.fields:
            self.fields.append(name)
        return f"v{self.fields.index(name)}" if self._columns else f"d[{self.constant(name)}]"


def compile_condition(condition: Any, *, today: str) -> Callable[[Data], bool]:
    """Predicate of a condition; raises ValueError for a word that the language does not know."""
    words = _Words(columns=False)
    expression = _expression(condition, today, words)
    return _compiled("d", expression, words)


def compile_columns(condition: Any, *, today: str) -> OnFields:
    """As `compile_condition`, for scans of a whole table."""
    words = _Words(columns=True)
    expression = _expression(condition, today, words)
    parameters = ", ".join(f"v{number}" for number in range(len(words.fields)))
    test = _compiled(parameters, expression, words)
    return OnFields(tuple(words.fields), test, compile_condition(condition, today=today))


def _compiled(parameters: str, expression: str, words: _Words) -> Callable[..., bool]:
    made: Callable[..., bool] = eval(f"lambda {parameters}: {expression}", words.constants)  # noqa: S307 - generated from checked facts, never from input
    return made


def _expression(condition: Any, today: str, words: _Words) -> str:
    if condition is True:
        return "True"
    parts = [_part(word, test, today, words) for word, test in condition.items()]
    return "(" + " and ".join(parts) + ")"


def _part(word: str, test: Any, today: str, words: _Words) -> str:
    if word in ("all", "any"):
        joined = " and " if word == "all" else " or "
        return "(" + joined.join(_expression(each, today, words) for each in test) + ")"
    if word == "not":
        return f"(not {_expression(test, today, words)})"
    if word == "not_deleted":
        return f"(not {words.field('is_deleted')})"
    return _test(words.field(word), test, today, words)


def _test(value: str, test: Any, today: str, words: _Words) -> str:
    if isinstance(test, list):
        return f"({value} in {words.constant(frozenset(test))})"
    parts = []
    for word, wanted in test.items():
        if word == "empty":
            parts.append(f"(not {value})" if wanted else f"(not not {value})")
        elif word in COMPARE:
            parts.append(f"({value} {COMPARE[word]} {words.constant(wanted)})")
        elif word == "gt_field":
            parts.append(f"({value} > {words.field(wanted)})")
        elif word in MOMENTS:
            operator = "<=" if (word, wanted) == ("before", "now") else MOMENTS[word]
            instant = today[:7] if wanted == "month" else today
            parts.append(f"({value} != '' and {value} {operator} {words.constant(instant)})")
        else:
            known = ", ".join([*COMPARE, "empty", *MOMENTS])
            raise ValueError(f"got test {word!r}, wanted one of {known}")
    return "(" + " and ".join(parts) + ")"
