"""Values at the edge of what a type can hold, and bodies and queries that carry one of them each."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec

DEEP: Any = []
for _ in range(60):
    DEEP = [DEEP]
TEXTS = ("x" * 70_000, "\U0001f600\U00020000\U0010ffff", "a\0b", "-1", "\u202eoff\u200b", "'\"<>&;--", "%s%n{0}", " ")
NUMBERS = (-1, -0.01, 1e308, -1e308, 10**30, -(2**63) - 1, 0.1 + 0.2, 1e-320)
OTHERS: tuple[Any, ...] = (None, [], {}, [None], DEEP, True)
EDGES: Mapping[str, tuple[Any, ...]] = {
    "string": (*TEXTS, *NUMBERS[:3], *OTHERS),
    "number": (*NUMBERS, *TEXTS[:4], *OTHERS),
    "integer": (*NUMBERS, *TEXTS[:4], *OTHERS),
    "boolean": (2, -1, "yes", 1e308, *OTHERS),
    "array": ([None], [[]], [{}], [DEEP], [1e308], ["\0"], {}, [{}] * 300, "x"),
    "object": ([None], {"": ""}, {"\0": 1}, {"x" * 5000: DEEP}, "x", 1e308),
}
PAGES = {
    "per_page": ("0", "-1", "abc", "999999999999", "1e308", "", "5000.5"),
    "page": ("0", "-1", "abc", "99999999999999999999", "1e308", "9223372036854775807", ""),
}
QUERY = (
    "",
    "-1",
    "x" * 3000,
    "\U0001f600",
    "a\0b",
    "1e308",
    "'",
    "%",
    "|",
    ",",
    "\\",
    "[]",
    "../..",
    "NaN",
    "2024-02-31",
)
MEMBERS = 12
"""Members of a body that get a value, where one value a member is tried; twice as many where two are."""
INNER = ("sort", "include", "with", "filter")
"""Parameters that are read as words of a grammar: all edges are tried, not some."""


def edge_bodies(
    spec: Spec, operation: Operation, good: Mapping[str, Any], most: int, seed: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what, body) with an edge value in each member, at most so many values a member; others with another seed."""
    schema = spec.resolved(operation.body() or {})
    chance = Random(f"{seed} edges {operation.id}")
    members = sorted(schema.get("properties", {}).items())
    for name, member in chance.sample(members, min(len(members), most * MEMBERS)):
        found = spec.resolved(member)
        values = EDGES.get(found.get("type", ""), OTHERS)
        for value in chance.sample(values, min(most, len(values))):
            yield f"{name}={brief(value)}", {**good, name: value}
        inner = spec.resolved(found.get("items", {})).get("properties", {})
        if inner:
            yield from _entries(spec, name, inner, good, chance, most)


def _entries(
    spec: Spec, name: str, inner: Mapping[str, Any], good: Mapping[str, Any], chance: Random, most: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lists whose entries have an edge value in each of their members at once."""
    choices = {part: EDGES.get(spec.resolved(each).get("type", ""), OTHERS) for part, each in inner.items()}
    for number in range(most * 2):
        entry = {part: chance.choice(values) for part, values in choices.items()}
        yield f"{name} with edge values, row {number + 1}", {**good, name: [entry]}


def edge_queries(operation: Operation, most: int, seed: int) -> Iterator[tuple[str, str]]:
    """(parameter, value) with edge values of each query parameter."""
    chance = Random(f"{seed} query {operation.id}")
    for name in operation.parameters("query"):
        values = PAGES.get(name, QUERY)
        count = len(values) if name in PAGES or name in INNER else min(most, len(values))
        for value in chance.sample(values, count):
            yield name, value


def brief(value: Any) -> str:
    """The value for people."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:30]}... ({len(text)} characters)"
