"""Is a response what the document says? Status, media type, headers and body, by validators compiled on first use."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.contract.client import Reply
    from mockserver.contract.spec import Operation, Spec

SILENT = frozenset(
    {"example", "examples", "description", "title", "default", "deprecated", "xml", "discriminator", "externalDocs"}
    | {"readOnly", "writeOnly", "nullable"}
)
PLAIN = frozenset({"enum", "required", "type", "pattern", "format", "$ref"})
READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}
"""How the text of a header is read, by the type that its schema names."""
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


def mentioned(node: Any) -> Iterator[str]:
    """Names of the components that a schema refers to directly."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for each in node.values():
            yield from mentioned(each)
    elif isinstance(node, list):
        for each in node:
            yield from mentioned(each)


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
        self._schemas = {name: as_json_schema(each) for name, each in spec.schemas.items()}
        self._references: dict[str, frozenset[str]] = {}
        self._validators: dict[str, jsonschema_rs.Draft4Validator] = {}

    def validator(self, schema: Mapping[str, Any], key: str = "") -> jsonschema_rs.Draft4Validator:
        """Compiled validator of a schema; kept under the key, or under the name of the component it refers to."""
        key = key or str(schema.get("$ref", ""))
        found = self._validators.get(key) if key else None
        if found is None:
            schema = as_json_schema(schema)
            components = {"schemas": self._needed(schema)}  # with all of them compiling takes ten times as long
            found = jsonschema_rs.Draft4Validator({"allOf": [schema], "components": components})
            if key:
                self._validators[key] = found
        return found

    def _needed(self, schema: Any) -> dict[str, Any]:
        """The components that a schema refers to, directly or through others, by name."""
        found: set[str] = set()
        waiting = set(mentioned(schema))
        while waiting:
            name = waiting.pop()
            if name not in found and name in self._schemas:
                found.add(name)
                if name not in self._references:
                    self._references[name] = frozenset(mentioned(self._schemas[name]))
                waiting |= self._references[name]
        return {name: self._schemas[name] for name in sorted(found)}

    def problems(self, operation: Operation, reply: Reply) -> Iterator[str]:
        """What the document does not allow about the reply, in words; nothing when all is well."""
        said = operation.response(reply.status)
        if said is None:
            yield f"status {reply.status} is not documented; documented are {', '.join(operation.raw['responses'])}"
            return
        for name, header in said["headers"].items():
            sent = reply.headers.get(name.lower())
            if sent is None:
                if header.get("required"):
                    yield f"header {name} is missing"
            elif why := self._header_problem(sent, header.get("schema", {})):
                yield f"header {name}: {why}"
        content = said.get("content", {})
        media = reply.media
        if not content:
            if reply.body:
                yield f"a body came ({len(reply.body)} bytes of {media or 'no type'}), none is documented"
            return
        if media not in content and not any(fnmatchcase(media, each) for each in content if "*" in each):
            yield f"content type {media or '(none)'} is not documented; documented are {', '.join(content)}"
            return
        schema = content.get(media, {}).get("schema")
        if schema is not None and media == "application/json":
            yield from self._body_problems(operation, reply, schema)

    def _header_problem(self, text: str, schema: Mapping[str, Any]) -> str:
        """What is wrong with the text of a header, read as its schema has it."""
        schema = self._spec.resolved(schema)
        try:
            value: Any = READ.get(schema.get("type", ""), str)(text.strip())
        except (ValueError, KeyError):
            return f"got {text[:80]!r}, wanted {schema['type']}"
        fault = next(self.validator(schema, f"header {sorted(schema.items())}").iter_errors(value), None)
        return "" if fault is None else fault.message[:200]

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
