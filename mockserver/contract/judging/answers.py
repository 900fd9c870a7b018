"""Is a response what the document says? Status, media type, headers and body, by validators compiled on first use."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from mockserver.contract.reading.files import references
from mockserver.contract.reading.plain import is_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply

SILENT = frozenset(
    {"example", "examples", "description", "title", "default", "deprecated", "xml", "discriminator", "externalDocs"}
    | {"readOnly", "writeOnly", "nullable"}
)
PLAIN = frozenset({"enum", "required", "type", "pattern", "format", "$ref"})
VALUES = frozenset({"enum", "const", "default", "example", "examples"})
READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}
"""How the text of a header is read, by the type that its schema names."""
Validator = jsonschema_rs.Draft4Validator | jsonschema_rs.Draft202012Validator
COMPONENT = re.compile(r"#/components/\w+/[^/%~]+")
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
    answered(node, made)
    return with_null(made) if node.get("nullable") else made


def as_modern_schema(node: Any) -> Any:
    """An OpenAPI 3.1 schema, which is JSON Schema 2020-12, as answers keep to it."""
    if isinstance(node, list):
        return [as_modern_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {word: value if word in VALUES else as_modern_schema(value) for word, value in node.items()}
    if isinstance(node.get("properties"), dict):
        answered(node, made)
    return made


def answered(node: Mapping[str, Any], made: dict[str, Any]) -> None:
    """An answer need not hold what is only written."""
    members = node.get("properties", {})
    if "required" in made and any(isinstance(each, dict) and each.get("writeOnly") for each in members.values()):
        made["required"] = [name for name in made["required"] if not members.get(name, {}).get("writeOnly")]
        if not made["required"]:
            del made["required"]


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
        self._as_schema = as_modern_schema if spec.modern else as_json_schema
        self._schemas = {name: self._as_schema(each) for name, each in spec.schemas.items()}
        self._references: dict[str, frozenset[str]] = {}
        self._validators: dict[str, Validator] = {}

    def validator(self, schema: Mapping[str, Any], key: str = "") -> Validator:
        """Compiled validator of a schema; kept under the key, or under the name of the component it refers to."""
        key = key or str(schema.get("$ref", ""))
        found = self._validators.get(key) if key else None
        if found is None:
            found = self._compiled(self._as_schema(schema))
            if key:
                self._validators[key] = found
        return found

    def _compiled(self, schema: Any) -> Validator:
        if self._elsewhere:  # a reference may lead anywhere, so that all has to be at hand
            whole = {**self._as_schema(self._spec.raw), "allOf": [schema]}
        else:
            components = {"schemas": self._needed(schema)}  # with all of them compiling takes ten times as long
            whole = {"allOf": [schema], "components": components}
        if self._spec.modern:
            return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return jsonschema_rs.Draft4Validator(whole)

    @cached_property
    def _elsewhere(self) -> bool:
        """Whether a schema may refer to something that is no component of its own."""
        return self._spec.plain and any(
            not COMPONENT.fullmatch(reference) for _, reference in references(self._spec.raw, "")
        )

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
            elif name.lower() != "content-type" and (why := self._header_problem(sent, header.get("schema", {}))):
                yield f"header {name}: {why}"
        content = {name.partition(";")[0].strip().lower(): each for name, each in said.get("content", {}).items()}
        media = reply.media
        if not content:
            if reply.body and not operation.plain:  # documents of others often leave out what refusals hold
                yield f"a body came ({len(reply.body)} bytes of {media or 'no type'}), none is documented"
            return
        if media not in content and not any(fnmatchcase(media, each) for each in content if "*" in each):
            yield f"content type {media or '(none)'} is not documented; documented are {', '.join(content)}"
            return
        told: Mapping[str, Any] = content.get(media) or next(
            (each for name, each in content.items() if fnmatchcase(media, name)), {}
        )
        schema = told.get("schema")
        if schema is not None and is_json(media):
            yield from self._body_problems(operation, reply, schema)

    def _header_problem(self, text: str, schema: Mapping[str, Any]) -> str:
        """What is wrong with the text of a header, read as its schema has it."""
        schema = self._spec.resolved(schema)
        if schema.get("type") in ("array", "object"):
            return ""  # parts of a text that no two servers write alike
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
