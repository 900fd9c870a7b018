"""Is a response what the document says? Status, media type, headers and body, by validators compiled on first use."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.client import Reply
    from mockserver.contract.spec import Operation, Spec

SILENT = frozenset(
    {"example", "examples", "description", "title", "default", "deprecated", "xml", "discriminator", "externalDocs"}
    | {"readOnly", "writeOnly", "nullable"}
)
PLAIN = frozenset({"enum", "required", "type", "pattern", "format", "$ref"})
MOST = 5
"""Faults of a body that are told: enough to see what is wrong."""


def as_json_schema(node: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema (draft 4); words for people and extensions go."""
    if isinstance(node, list):
        return [as_json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for word, value in node.items():
        if word in SILENT or word.startswith("x-"):
            continue
        if word == "properties":
            made[word] = {name: as_json_schema(each) for name, each in value.items()}
        else:
            made[word] = value if word in PLAIN else as_json_schema(value)
    return with_null(made) if node.get("nullable") else made


def with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or null."""
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


class Judge:
    """Knows the document; tells what is wrong with a response, or that a body fits a schema."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._components = {"schemas": {name: as_json_schema(each) for name, each in spec.schemas.items()}}
        self._validators: dict[str, jsonschema_rs.Draft4Validator] = {}

    def validator(self, schema: Mapping[str, Any], key: str = "") -> jsonschema_rs.Draft4Validator:
        """Compiled validator of a schema; kept under the key, or under the name of the component it refers to."""
        key = key or str(schema.get("$ref", ""))
        found = self._validators.get(key) if key else None
        if found is None:
            found = jsonschema_rs.Draft4Validator({"allOf": [as_json_schema(schema)], "components": self._components})
            if key:
                self._validators[key] = found
        return found

    def problems(self, operation: Operation, reply: Reply) -> Iterator[str]:
        """What the document does not allow about the reply, in words; nothing when all is well."""
        said = operation.response(reply.status)
        if said is None:
            yield f"status {reply.status} is not documented; documented are {', '.join(operation.raw['responses'])}"
            return
        for name, header in said["headers"].items():
            if name.lower() not in reply.headers and header.get("required"):
                yield f"header {name} is missing"
        content = said.get("content", {})
        media = reply.media
        if not content:
            if reply.body:
                yield f"a body came ({len(reply.body)} bytes of {media or 'no type'}), none is documented"
            return
        if media not in content:
            yield f"content type {media or '(none)'} is not documented; documented are {', '.join(content)}"
            return
        schema = content[media].get("schema")
        if schema is not None and media == "application/json":
            yield from self._body_problems(operation, reply, schema)

    def _body_problems(self, operation: Operation, reply: Reply, schema: Mapping[str, Any]) -> Iterator[str]:
        try:
            body = reply.json()
        except ValueError as error:
            yield f"the body is not JSON: {error}"
            return
        key = str(schema.get("$ref", f"{operation.id} {reply.status}"))  # compiling takes longer than all the rest
        found = self.validator(schema, key).iter_errors(body)
        for fault in islice(found, MOST):
            yield f"body at /{'/'.join(map(str, fault.instance_path))}: {fault.message[:300]}"
