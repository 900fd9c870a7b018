"""Examples of every JSON body, made from what the schemas say; one that a person wrote stays.

A body is made from the examples and defaults of its properties. A body that several operations share is a component,
and the operations refer to it, so that the document stays small.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.document import samples
from mockserver.document.catalog import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Schema = dict[str, Any]
Media = dict[str, Any]
_DEEPEST = 2
"""Records nest their lists down to this level: the record that is asked for, and its children."""


class _CircleError(Exception):
    """A schema that holds itself; lists are then empty and optional properties left out."""


def is_json(media_type: str) -> bool:
    """Whether a media type carries JSON."""
    return re.fullmatch(r"application/(.+\+)?json(;.*)?", media_type) is not None


def json_bodies(document: Mapping[str, Any]) -> Iterator[tuple[str, Media]]:
    """(place, media type object) of every JSON body, in operations first and then in components."""
    for place, content in bodies(document):
        for media_type, media in content.items():
            if is_json(media_type):
                yield f"{place}/{media_type}", media


def bodies(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Media]]]:
    """(place, media type -> media type object) of every body, in operations first and then in components."""
    components = document.get("components", {})
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                at = f"{method} {path}"
                yield f"{at}: requestBody", operation.get("requestBody", {}).get("content", {})
                for status, response in operation["responses"].items():
                    yield f"{at}: responses/{status}", response.get("content", {})
    for part in ("requestBodies", "responses"):
        for name, each in components.get(part, {}).items():
            yield f"components/{part}/{name}", each.get("content", {})


def add_examples(document: dict[str, Any]) -> None:
    """Gives each JSON body that has none its example, in place."""
    sampler = Sampler(document["components"].get("schemas", {}))
    bare = [media for _, media in json_bodies(document) if not {"example", "examples"} & media.keys()]
    uses: dict[str, int] = {}
    for media in bare:
        for each in _alternatives(media["schema"]):
            uses[_name(each)] = uses.get(_name(each), 0) + 1
    shared: dict[str, Any] = {}
    for media in bare:
        several = _alternatives(media["schema"])
        if len(several) == 1 and (not _name(several[0]) or uses[_name(several[0])] == 1):
            media["example"] = sampler.of(several[0])
            continue
        media["examples"] = {}
        for number, each in enumerate(several, 1):
            name = _name(each)
            if name and uses[name] > 1:
                shared.setdefault(name, {"description": sampler.about(name), "value": sampler.of(each)})
                media["examples"][name] = {"$ref": f"#/components/examples/{name}"}
            else:
                media["examples"][name or f"Answer{number}"] = {"value": sampler.of(each)}
    if shared:
        written = document["components"].get("examples", {})
        document["components"]["examples"] = dict(sorted({**shared, **written}.items()))
    for parameter in _parameters(document):
        _fill(parameter)


def _alternatives(schema: Schema) -> list[Schema]:
    """The schemas of which a body has one."""
    several: list[Schema] | None = schema.get("anyOf") or schema.get("oneOf")
    return several or [schema]


def _holds_records(schema: Schema) -> bool:
    return "$ref" in schema.get("items", {})


def _holds_files(schema: Schema) -> bool:
    return "binary" in (schema.get("format"), schema.get("items", {}).get("format"))


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).removeprefix(SCHEMAS)


def _parameters(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    components = document["components"]
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                yield from operation.get("parameters", [])
    for part in ("parameters", "headers"):
        yield from components.get(part, {}).values()


def _fill(parameter: dict[str, Any]) -> None:
    """An example for a parameter whose schema tells one: a choice, a default, an id, a flag."""
    schema = parameter.get("schema", {})
    if "$ref" in parameter or {"example", "examples"} & (parameter.keys() | schema.keys()):
        return
    if {"enum", "default", "pattern"} & schema.keys() or schema.get("type") in ("integer", "boolean"):
        parameter["example"] = samples.of_shape(schema)


class Sampler:
    """Values for the schemas of one document."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._unique = {
            f"{facts['schema']}{word}": frozenset(facts.get("unique", ()))
            for facts in (each.get("x-mock", {}) for each in schemas.values())
            if "entity" in facts
            for word in ("Request", "CreateRequest", "UpdateRequest")
        }

    def of(self, schema: Schema) -> Any:
        """A value that fits the schema."""
        try:
            return self._value(schema, (), 0)
        except _CircleError:
            return {}

    def about(self, name: str) -> str:
        """What a component says about itself."""
        return str(self._schemas[name].get("description", ""))

    def _value(self, schema: Schema, inside: tuple[str, ...], depth: int, name: str = "", fact: Any = None) -> Any:
        if "$ref" in schema:
            return self._component(_name(schema), inside, depth)
        if "example" in schema:
            return schema["example"]
        for word in ("allOf", "oneOf", "anyOf"):
            if word in schema and "properties" not in schema:
                return self._composed(word, schema, inside, depth)
        kind = schema.get("type")
        if kind == "object" and "default" not in schema:
            return self._object(schema, inside, depth)
        if kind == "array" and "default" not in schema:
            return self._array(schema, inside, depth)
        return samples.of_field(name, schema, fact or {})

    def _component(self, name: str, inside: tuple[str, ...], depth: int) -> Any:
        if name in inside:
            raise _CircleError(name)
        schema = self._schemas[name]
        record = "entity" in schema.get("x-mock", {})
        unsaved = self._schemas.get(name.removeprefix("Blank"), {})
        if name.startswith("Blank") and "entity" in unsaved.get("x-mock", {}):
            return self._blank(schema, unsaved["x-mock"]["fields"], (*inside, name))
        return self._value(schema, (*inside, name), depth + record)

    def _composed(self, word: str, schema: Schema, inside: tuple[str, ...], depth: int) -> Any:
        if word != "allOf":
            return self._value(schema[word][0], inside, depth)
        values = [self._value(each, inside, depth) for each in schema["allOf"]]
        if all(isinstance(each, dict) for each in values):
            return {key: value for each in values for key, value in each.items()}
        return values[0]

    def _array(self, schema: Schema, inside: tuple[str, ...], depth: int) -> list[Any]:
        if depth >= _DEEPEST and not schema.get("minItems"):
            return []
        items = schema.get("items", {})
        if not items or (items.keys() <= {"type", "nullable"} and not schema.get("minItems")):
            return []
        try:
            return [self._value(items, inside, depth)]
        except _CircleError:
            return []

    def _object(self, schema: Schema, inside: tuple[str, ...], depth: int) -> dict[str, Any]:
        """What is required, what is always nested, and in a request what has an example of its own.

        A bulk request says no more than it must. A request leaves unique values out, so that it can be sent twice,
        unless nothing would be left.
        """
        mock, component = schema.get("x-mock", {}), inside[-1] if inside else ""
        facts, includes = mock.get("fields", {}), mock.get("includes", {})
        required, left_out = schema.get("required", []), self._unique.get(component, frozenset())
        told = schema.get("additionalProperties") is not False
        if component.endswith("BulkRequest"):
            told, required = False, {*required, "action", "ids"}
        properties = schema.get("properties", {})
        shown = any(_holds_files(each) and "example" in each for each in properties.values())  # one file is enough
        spoken = {
            name
            for name, each in properties.items()
            if told and ("example" in each or _holds_records(each) or (_holds_files(each) and not shown))
        }
        made: dict[str, Any] = {}
        for name, each in properties.items():
            if name not in ((spoken - left_out or spoken) | {*required}) and not includes.get(name, {}).get("always"):
                continue
            try:
                made[name] = self._value(each, inside, depth, name, facts.get(name))
            except _CircleError:
                if name in required:
                    raise
        return made

    def _blank(self, schema: Schema, facts: Mapping[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
        """A record with the defaults that an unsaved one shows; it has no related records yet."""
        made: dict[str, Any] = {}
        for name in schema["required"]:
            each, fact = schema["properties"][name], facts.get(name, {})
            default = fact.get("default", [])
            hollow = default in ({}, "today") or (default is None and not each.get("nullable"))
            made[name] = self._value(each, inside, _DEEPEST, name, fact) if hollow else default
        return made
