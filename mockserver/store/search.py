"""Texts in records: SQL's LIKE, and the `filter` parameter of lists (R-WIRE-20).

A search walks over all records, so that each part of it reads as much as it can at once, and what many records
share, such as their client, is read once.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.store.query import Predicate, Scope
    from mockserver.store.table import Data

    Matches = Callable[[str], bool]
    Values = Callable[[Data], list[Any]]

BETWEEN = "\x00"
WILD = frozenset("%_" + BETWEEN)
"""What stands between texts that are searched as one. A text with any of these is looked for in each of them."""

NUMBERS = frozenset({"money", "rate", "number", "integer", "timestamp"})
"""Kinds of fields that hold a number."""
IN_NUMBERS = frozenset("0123456789.-%_")
"""What a text that is part of a number can consist of, with the two wildcards."""


def as_text(value: Any) -> str:
    """The text that a database column holding the value is searched as."""
    if isinstance(value, float):
        return f"{value:.6f}"
    return value.lower() if isinstance(value, str) else str(value)


def like(text: str) -> Callable[[str], bool]:
    """SQL LIKE %text%, without regard to case; % and _ in the text stay wildcards."""
    wanted = text.lower()
    if "%" not in wanted and "_" not in wanted:
        return lambda value: wanted in value
    pattern = "".join(".*" if c == "%" else "." if c == "_" else re.escape(c) for c in wanted)
    search = re.compile(pattern, re.DOTALL).search
    return lambda value: search(value) is not None


def search(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """The whole text, or every word of it, somewhere in the listed fields."""
    words = text.split() if facts.get("mode") == "words" else [text]
    if not text.strip():
        return None
    found = [holding(word, facts["fields"], scope) for word in words]
    return found[0] if len(found) == 1 else lambda data: all(holds(data) for holds in found)


def holding(text: str, fields: Sequence[str], scope: Scope) -> Predicate:
    """Whether one of the fields holds the text: own texts, own numbers, items of own lists, other records."""
    matches, stored, includes = like(text), scope.entity.stored, scope.entity.includes
    texts: list[str] = []
    numbers: list[str] = []
    items: dict[str, list[str]] = {}
    shared: dict[str, list[Values]] = {}
    others: list[Values] = []
    for path in fields:
        head, dot, rest = path.partition(".")
        if not dot:
            (numbers if stored[path].kind in NUMBERS else texts).append(path)
        elif head.endswith("[]"):
            items.setdefault(head[:-2], []).append(rest)
        elif not includes[head].many:
            shared.setdefault(includes[head].source, []).append(scope.values(path))
        else:
            others.append(scope.values(path))
    parts = [in_texts(text, matches, texts)] if texts else []
    parts += [in_numbers(matches, numbers)] if numbers and IN_NUMBERS.issuperset(text) else []
    parts += [in_items(matches, name, keys) for name, keys in items.items()]
    parts += [in_shared(source, in_values(matches, values)) for source, values in shared.items()]
    parts += [in_values(matches, others)] if others else []

    def holds(data: Data) -> bool:
        for part in parts:  # any() would cost a generator a record
            if part(data):
                break
        else:
            return False
        return True

    return holds


def in_texts(text: str, matches: Matches, fields: list[str]) -> Predicate:
    """Whether one of the record's texts matches."""
    read = itemgetter(*fields, fields[0])  # two at least, so that it always gives a tuple
    if WILD.isdisjoint(text):
        wanted = text.lower()
        return lambda data: wanted in BETWEEN.join(map(str, read(data))).lower()
    return lambda data: any(matches(as_text(value)) for value in read(data))


def in_numbers(matches: Matches, fields: list[str]) -> Predicate:
    """Whether one of the record's numbers, as a database prints them, matches."""
    return lambda data: any(matches(as_text(data[field])) for field in fields)


def in_items(matches: Matches, name: str, keys: list[str]) -> Predicate:
    """Whether one of the keys of one of the objects in a list matches."""
    return lambda data: (
        bool(data[name]) and any(matches(as_text(item.get(key, ""))) for item in data[name] for key in keys)
    )


def in_values(matches: Matches, reached: list[Values]) -> Predicate:
    """Whether one of the values that are reached from the record matches."""
    return lambda data: any(matches(as_text(value)) for values in reached for value in values(data))


def in_shared(source: str, matches: Predicate) -> Predicate:
    """As `matches`, which depends on nothing but one field: asked once for each value of it."""
    known: dict[Any, bool] = {}

    def found(data: Data) -> bool:
        value = data[source]
        hit = known.get(value)
        if hit is None:
            hit = known[value] = matches(data)
        return hit

    return found
