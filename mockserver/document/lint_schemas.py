"""Lint of schemas: described, and named where a client generator needs a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.kinds import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
Schema = dict[str, Any]
_INNER = ("items", "additionalProperties", "not")
_COMPOSED = ("allOf", "oneOf", "anyOf")


def descriptions(document: Document) -> list[str]:
    """Every component schema and every property says what it is."""
    problems = []
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        at = f"components/schemas/{name}"
        if not schema.get("description"):
            problems.append(f"{at}: got no description, wanted a sentence; add `description:` or `about:`")
        problems += [
            f"{place}/properties/{key}: got no description, wanted a sentence; add `about:`"
            for place, each in _within(schema, at)
            for key, value in each.get("properties", {}).items()
            if not value.get("description") and "$ref" not in value
        ]
    return problems


def unnamed(document: Document) -> list[str]:
    """No body and no property holds an object that only has a place and no name: generators would make one up."""
    problems = [
        f"{place}: got an object without a name, wanted a reference to a component; write it in `components: schemas:`"
        for body, media in _bodies(document)
        for place, each in _within(media.get("schema", {}), body)
        if _nameless(each)
    ]
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        at = f"components/schemas/{name}"
        problems += [
            f"{place}: got an object without a name, wanted a reference to a component; write it in `values/` or in "
            "`components: schemas:`"
            for place, each in _within(schema, at)
            if each is not schema and ("properties" in each or len(each.get("allOf", ())) > 1)
        ]
    return problems


def closed(document: Document) -> list[str]:
    """An object in an answer names all that may stand in it, or the kind of its values, or says why it can't."""
    schemas = document.get("components", {}).get("schemas", {})
    waiting = [(place, media.get("schema", {})) for place, media in _bodies(document) if "response" in place]
    seen: set[str] = set()
    problems = []
    while waiting:
        for place, each in _within(*reversed(waiting.pop())):
            name = each.get("$ref", "").rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                waiting.append((f"components/schemas/{name}", schemas[name]))
            is_object = each.get("type") == "object" and not any(word in each for word in _COMPOSED[:1])
            if is_object and each.get("additionalProperties", True) is True and OPEN not in each:
                problems.append(
                    f"{place}: got an open object, wanted a closed one; close it, or say why not with `{OPEN}:`"
                )
    return sorted(problems)


def _nameless(schema: Schema) -> bool:
    """An object, or several schemas made one; a reference in an `allOf` of its own keeps its name."""
    return "properties" in schema or schema.get("type") == "object" or len(schema.get("allOf", ())) > 1


def _bodies(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, media type object) of all bodies, whatever they carry."""
    places: list[tuple[str, dict[str, Any]]] = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict):
                places.append((f"{method} {path}: requestBody", operation.get("requestBody", {})))
                answers = operation.get("responses", {})
                places += [(f"{method} {path}: responses/{status}", each) for status, each in answers.items()]
    for part in ("requestBodies", "responses"):
        shared = document.get("components", {}).get(part, {})
        places += [(f"components/{part}/{name}", each) for name, each in shared.items()]
    for place, body in places:
        for media_type, media in body.get("content", {}).items():
            yield f"{place}/{media_type}", media


def _within(schema: Schema, place: str) -> Iterator[tuple[str, Schema]]:
    """(place, schema) of a schema and of all that are written out inside it, references not followed."""
    yield place, schema
    for name, each in schema.get("properties", {}).items():
        yield from _within(each, f"{place}/properties/{name}")
    for word in _INNER:
        if isinstance(schema.get(word), dict):
            yield from _within(schema[word], f"{place}/{word}")
    for word in _COMPOSED:
        for number, each in enumerate(schema.get(word, ())):
            yield from _within(each, f"{place}/{word}/{number}")


CHECKS = (descriptions, unnamed, closed)
