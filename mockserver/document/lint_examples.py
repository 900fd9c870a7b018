"""Lint of examples: one for each body, and each fits the schema that it stands beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mockserver.document.examples import bodies
from mockserver.document.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
_OPAQUE = ("example", "examples", "x-mock", "enum", "links")


def present(document: Document) -> list[str]:
    return [
        f"{place}/{media_type}: got a body without an example, wanted one; add `example:`"
        for place, content in bodies(document)
        for media_type, media in content.items()
        if not {"example", "examples"} & media.keys()
    ]


def fitting(document: Document) -> list[str]:
    """Every example must fit the schema that it stands beside."""
    components = document.get("components", {})
    schemas = Schemas(components.get("schemas", {}))
    shared = components.get("examples", {})
    compiled: dict[str, Any] = {}
    problems = []
    for place, schema, example in _with_example(document, shared, "#"):
        key = json.dumps(schema)
        if key not in compiled:
            compiled[key] = schemas.compile(schema)
        error = next(iter(compiled[key].iter_errors(example)), None)
        if error is not None:
            at = ".".join(str(step) for step in error.instance_path)
            got = f"an example that breaks its schema{f' at {at}' if at else ''} ({error.message[:160]})"
            problems.append(f"{place}: got {got}, wanted one that fits; mend it")
    return problems


def _with_example(node: Any, shared: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(place, schema, example) of schemas, parameters, headers and media types, however deep they lie."""
    if isinstance(node, dict):
        if "example" in node:
            yield place, node.get("schema", node), node["example"]
        if "schema" in node:
            yield from _several(node, shared, place)
    for step, each in _below(node):
        yield from _with_example(each, shared, f"{place}/{step}")


def _below(node: Any) -> Iterator[tuple[str, Any]]:
    """What a node holds, by its place in it; a property may have the name of an opaque member."""
    if isinstance(node, list):
        yield from ((str(index), each) for index, each in enumerate(node))
    elif isinstance(node, dict):
        for key, each in node.items():
            if key == "properties" and isinstance(each, dict):
                yield from ((f"properties/{name}", schema) for name, schema in each.items())
            elif key not in _OPAQUE:
                yield key, each


def _several(node: dict[str, Any], shared: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(place, schema, example) of the named examples of a media type, shared ones looked up."""
    for name, each in node.get("examples", {}).items():
        found = shared.get(each["$ref"].rpartition("/")[2], {}) if "$ref" in each else each
        if "value" in found:
            yield f"{place}/examples/{name}", node["schema"], found["value"]


CHECKS = (present, fitting)
