"""The document as contracts read it: operations, and the facts of each noun. Plain JSON in, nothing of the engine."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mockserver.contract.reading.files import document_in, pointed
from mockserver.contract.reading.login import keys_of
from mockserver.contract.reading.nouns import Noun
from mockserver.contract.reading.operations import Operation
from mockserver.contract.reading.plain import body_of, flat, parameter_of
from mockserver.contract.reading.resources import Resource, inferred, resources_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VERBS = ("get", "put", "post", "delete", "patch")
PARAMETER = re.compile(r"\{[^/{}]+\}")


class Spec:
    """A document in JSON, with references resolved where contracts look."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.schemas: Mapping[str, Any] = raw.get("components", {}).get("schemas", {})
        self.plain = "x-mock" not in raw
        """Whether the document carries no facts: it is that of another API."""
        self.modern = str(raw.get("openapi", "")).startswith("3.1")
        """Whether its schemas are those of JSON Schema 2020-12."""

    @classmethod
    def read(cls, path: Path) -> Spec:
        """The document in a JSON or YAML file. Raises ValueError in words for people."""
        return cls(document_in(path))

    def target(self, node: Any) -> Any:
        """The node that a reference points to; any other node as it is."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            node = pointed(self.raw, node["$ref"])
        return node

    def resolved(self, node: Any) -> Any:
        """The same; where the document has no facts, schemas are as a request reads them, in their one form."""
        found = self.target(node)
        return flat(self, found) if self.plain and isinstance(found, dict | bool) else found

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """All operations by id, in the order of the document."""
        return {operation.id: operation for operation in self._operations()}

    @cached_property
    def families(self) -> dict[str, list[Operation]]:
        """Operations by their first tag, or by the first part of their path where there is none."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations.values():
            found.setdefault(operation.family, []).append(operation)
        return found

    def _operations(self) -> Iterator[Operation]:
        items = {path: self.target(item) for path, item in self.raw.get("paths", {}).items()}
        facts = inferred(items) if self.plain else {}
        schemes = self.raw.get("components", {}).get("securitySchemes", {})
        schemes = {name: self.target(each) for name, each in schemes.items()}
        seen: set[str] = set()
        for path, item in items.items():
            for verb in VERBS:
                if verb in item:
                    raw = self._operation(item, verb)
                    if self.plain:
                        raw["x-mock"] = {"plain": True, **facts.get((verb, path), {})}
                    label = f"{verb.upper()} {path}"
                    name = raw.get("operationId") or label
                    name = label if name in seen else name
                    seen.add(name)
                    yield Operation(name, verb.upper(), path, raw, keys_of(raw["security"], schemes))

    def _operation(self, item: Mapping[str, Any], verb: str) -> dict[str, Any]:
        """The description of an operation with what its path says, and without references where contracts look."""
        raw = dict(item[verb])
        parameters = (*item.get("parameters", ()), *raw.get("parameters", ()))
        body = raw.get("requestBody", {})
        raw["parameters"] = [parameter_of(self, each) if self.plain else self.target(each) for each in parameters]
        raw["requestBody"] = body_of(self, body) if self.plain else self.target(body)
        raw["responses"] = {str(status): self._response(each) for status, each in raw.get("responses", {}).items()}
        raw.setdefault("security", self.raw.get("security", []))
        return raw

    def _response(self, node: Any) -> dict[str, Any]:
        found = dict(self.target(node))
        found["headers"] = {name: self.target(each) for name, each in found.get("headers", {}).items()}
        return found

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Kinds of records by name, as the paths of a document without facts tell them; none in one with facts."""
        return resources_in(self, self.operations.values()) if self.plain else {}

    def resource_at(self, collection: str) -> Resource | None:
        """The resource whose list has this path."""
        path = collection.rstrip("/")
        return next((each for each in self.resources.values() if each.collection.rstrip("/") == path), None)

    def tidy(self, operation: Operation) -> bool:
        """Whether all that the operation does is done to a record that a run makes and takes away again."""
        inner = [operation.path[: found.end()] for found in PARAMETER.finditer(operation.path)]
        if operation.behaviour == "create":
            inner = [f"{operation.path.rstrip('/')}/{{{operation.key}}}"]
        found = self.resource_at(inner[-1].rpartition("/")[0]) if inner else None
        return found is not None and found.has("create", "delete")

    @property
    def prefix(self) -> str:
        """The path that the first server of a document without facts has, such as /v1; empty when it has none."""
        server: Mapping[str, Any] = next(iter(self.raw.get("servers") or ()), {})
        url = str(server.get("url", ""))
        for name, each in server.get("variables", {}).items():
            url = url.replace(f"{{{name}}}", str(each.get("default", "")))
        return urlsplit(url).path.rstrip("/") if self.plain else ""

    @cached_property
    def nouns(self) -> dict[str, Noun]:
        """Nouns by name: component schemas that carry facts of an entity."""
        found = {}
        for schema in self.schemas.values():
            facts = schema.get("x-mock", {}) if isinstance(schema, dict) else {}
            if not self.plain and "entity" in facts:
                name = facts["entity"]
                own = [operation for operation in self.operations.values() if operation.noun == name]
                by_behaviour = {operation.behaviour: operation for operation in own if operation.method != "PATCH"}
                found[name] = Noun(name, facts, {**{o.behaviour: o for o in own}, **by_behaviour})
        return found

    def nouns_with(self, *behaviours: str, facts: tuple[str, ...] = ()) -> list[Noun]:
        """Nouns that have all of these standard operations and these facts."""
        return [
            noun
            for noun in self.nouns.values()
            if all(name in noun.operations for name in behaviours) and all(noun.told(name) for name in facts)
        ]

    def value_fields(self, schema: str) -> Mapping[str, Mapping[str, Any]]:
        """Fields of a nested schema, an entity's or a value's; empty when it carries no facts."""
        facts = self.schemas.get(schema, {}).get("x-mock", {})
        fields: Mapping[str, Mapping[str, Any]] = facts.get("fields", {})
        return fields
