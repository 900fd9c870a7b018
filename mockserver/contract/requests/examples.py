"""A request that an operation would take: real ids in its path, a body from the examples of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.contract.requests.pool import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool

PARTS = re.compile(r"(\{[^}]+\})")
WRONG: Mapping[str, Any] = {
    "string": {"not": "a text"},
    "number": "not a number",
    "integer": "not a number",
    "boolean": "not a truth",
    "array": "not a list",
    "object": "not an object",
}
"""For each type a value that no cast makes one of it."""
UUID = "f47ac10b-58cc-4372-a567-0e02b2c3d479"
NOBODY = {"string": NOWHERE, "integer": str(2**31 - 9)}
"""For each type of keys one that leads nowhere."""


def path_values(operation: Operation, pool: Pool, name: str) -> list[str]:
    """Real values of a path parameter: ids of the noun, of another of it, keys inside it, or words of the document."""
    schema = operation.parameters("path")[name].get("schema", {})
    if "enum" in schema:
        return list(schema["enum"])
    if operation.plain:
        return pool.named(operation, name)
    if operation.id in pool.begun:
        return [pool.begun[operation.id]]
    if name == "id":
        return pool.ids(operation.noun)
    if name.endswith("_id") or name == f"mergeable_{operation.noun}":
        return pool.ids(operation.noun)[::-1]
    return pool.secret(operation.noun, name)


def example_of(operation: Operation, pool: Pool) -> tuple[dict[str, str], Any]:
    """Path parameters and JSON body of one call; an id that nothing can be found for leads nowhere."""
    path = {name: next(iter(path_values(operation, pool, name)), NOWHERE) for name in operation.parameters("path")}
    schema = operation.body()
    if operation.plain and schema is not None:
        return path, pool.good_body(operation)
    return path, None if schema is None else example_body(operation, pool, schema)


def example_body(operation: Operation, pool: Pool, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The required properties with their examples; ids are real ones."""
    schema = pool.spec.resolved(schema)
    body = {}
    if operation.plain:
        good = pool.good_body(operation)
        return (
            {name: good[name] for name in schema.get("required", ()) if name in good}
            if isinstance(good, dict)
            else good
        )
    for name in schema.get("required", ()):
        member = pool.spec.resolved(schema["properties"][name])
        body[name] = member.get("example", next(iter(member.get("enum", ["example"]))))
    if "ids" in body:
        body["ids"] = pool.ids(operation.noun)[:1]
    return body


def unknown(operation: Operation) -> str:
    """A value of the key of the path that leads to no record; empty when the document leaves none to make up."""
    if not operation.plain:
        return NOWHERE
    schema = operation.parameters("path")[operation.key]["schema"]
    if "enum" in schema or schema.get("type") not in NOBODY:
        return ""
    found = UUID if schema.get("format") == "uuid" else NOBODY[schema["type"]]
    fits = re.search(schema.get("pattern", ""), found) and len(found) <= schema.get("maxLength", len(found))
    return found if fits and int(schema.get("maximum", 2**31)) >= 2**31 - 9 else ""


def wrong_bodies(spec: Spec, operation: Operation, good: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(member, body) with one wrong value each, in every member of a body and of the objects in its lists."""
    schema = spec.resolved(operation.body() or {})
    good = good if isinstance(good, dict) else {}
    for name, found in schema.get("properties", {}).items():
        member = spec.resolved(found)
        for value in wrong_values(member):
            yield name, {**good, name: value}
        inner = spec.resolved(member.get("items", {}))
        for part, each in inner.get("properties", {}).items():
            for value in wrong_values(spec.resolved(each)):
                yield name, {**good, name: [{part: value}]}


def wrong_values(schema: Mapping[str, Any]) -> Iterator[Any]:
    """A value of another type, and an unknown word where the words are listed."""
    if schema.get("type") in WRONG:
        yield WRONG[schema["type"]]
    if "enum" in schema:
        yield "no such word"


def pattern_of(operation: Operation) -> re.Pattern[str]:
    """The paths that an operation answers."""
    return re.compile("".join("[^/]+" if part[:1] == "{" else re.escape(part) for part in PARTS.split(operation.path)))
