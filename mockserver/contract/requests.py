"""A request that an operation would take: real ids in its path, a body from the examples of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.filter_texts import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.pool import Pool
    from mockserver.contract.spec import Operation

LIVE_NUMBER = 10


def path_values(operation: Operation, pool: Pool, name: str) -> list[str]:
    """Real values of a path parameter: ids of the noun, of its other records, keys inside it, or words of the document."""
    schema = operation.parameters("path")[name].get("schema", {})
    if "enum" in schema:
        return list(schema["enum"])
    if name == "id":
        return pool.ids(operation.noun)
    if name.endswith("_id"):
        return pool.ids(operation.noun)[::-1]
    return pool.secret(operation.noun, name)


def example_of(operation: Operation, pool: Pool) -> tuple[dict[str, str], Any]:
    """Path parameters and JSON body of one call; an id that nothing can be found for leads nowhere."""
    path = {name: next(iter(path_values(operation, pool, name)), NOWHERE) for name in operation.parameters("path")}
    schema = operation.body()
    return path, None if schema is None else example_body(operation, pool, schema)


def example_body(operation: Operation, pool: Pool, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The required properties with their examples; ids are real ones."""
    schema = pool.spec.resolved(schema)
    body = {}
    for name in schema.get("required", ()):
        member = pool.spec.resolved(schema["properties"][name])
        body[name] = member.get("example", next(iter(member.get("enum", ["example"]))))
    if "ids" in body:
        body["ids"] = pool.ids(operation.noun)[:1]
    return body
