"""The document as contracts read it: operations, and the facts of each noun. Plain JSON in, nothing of the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mockserver.contract.login import Key, keys_of
from mockserver.contract.needs import NEEDS, needs_of
from mockserver.contract.plain import body_of, flat, is_json, parameter_of
from mockserver.contract.reading import document_in, pointed
from mockserver.contract.resources import Resource, inferred, resources_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VERBS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"
PARAMETER = re.compile(r"\{[^/{}]+\}")


@dataclass(frozen=True)
class Operation:
    """One operation: its place, its facts (`x-mock`) and its resolved description."""

    id: str
    method: str
    path: str
    raw: Mapping[str, Any] = field(repr=False)
    keys: tuple[Key, ...] = ()
    """Where the token goes; nothing when none is asked for."""

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def facts(self) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self.raw.get("x-mock", {})
        return facts

    @property
    def behaviour(self) -> str:
        return str(self.facts.get("behaviour", ""))

    @property
    def noun(self) -> str:
        return str(self.facts.get("entity", ""))

    @property
    def public(self) -> bool:
        security = self.raw.get("security")
        return bool(self.facts.get("public")) or security == [] or (self.plain and {} in (security or ()))

    @property
    def keyed(self) -> bool:
        """Whether it takes another key than the token of a user: that of a shop or of a contact, or a certificate."""
        security = self.raw.get("security") or []
        if self.plain:
            return bool(security) and {} not in security and not self.keys
        return bool(security) and not any("ApiToken" in each for each in security)

    @property
    def out_of_reach(self) -> bool:
        """Whether the facts say that no contract gets through.

        Such calls need a service that is not connected, a later version, a code that is only right at this moment, or a
        file that can't be made up; or there is nothing behind the route.
        """
        told = self.facts.get("with", {})
        nothing = told.get("connected") is False or told.get("handler") is False
        return nothing or "since" in told or "file" in told or told.get("code") == "totp"

    @property
    def plain(self) -> bool:
        """Whether it stands in a document without facts, so that what is known of it is inferred."""
        return bool(self.facts.get("plain"))

    @property
    def key(self) -> str:
        """Parameter of the path that names the record."""
        return str(self.facts.get("key", "id"))

    @property
    def password(self) -> bool:
        return bool(self.facts.get("password"))

    @property
    def family(self) -> str:
        """What it belongs to, in a word: its first tag, or the first part of its path."""
        return str(next(iter(self.raw.get("tags", ())), self.path.strip("/").partition("/")[0])).replace(" ", "_")

    @property
    def refusing(self) -> bool:
        """Whether every documented answer is a refusal."""
        return not any(status.startswith(("2", "d")) for status in self.raw["responses"])

    @property
    def closed(self) -> bool:
        """Whether it may refuse every call of a contract: by its answers, by its facts, or for want of a key."""
        return self.refusing or self.out_of_reach or self.keyed

    @property
    def reads_only(self) -> bool:
        """Whether the call can't change anything: GET without an action in its path; some blank forms are kept."""
        return self.method == "GET" and "{action}" not in self.path and self.behaviour != "blank_stored"

    @property
    def needs(self) -> frozenset[str]:
        """What calls of it may do to a server; an operation with actions may do anything."""
        if "{action}" in self.path or self.behaviour == "bulk":
            return frozenset(NEEDS)
        return needs_of(self, {}, None)

    @property
    def place(self) -> str:
        """JSON pointer to the operation in the document."""
        return f"/paths/{self.path.replace('~', '~0').replace('/', '~1')}/{self.method.lower()}"

    def parameters(self, place: str) -> dict[str, Mapping[str, Any]]:
        """Parameters in `path`, `query` or `header` by name."""
        return {each["name"]: each for each in self.raw.get("parameters", ()) if each["in"] == place}

    def body(self, media: str = JSON) -> Mapping[str, Any] | None:
        """Schema of the request body; JSON is whatever JSON the operation takes."""
        content = self.raw.get("requestBody", {}).get("content", {})
        media = self.media if media == JSON else media
        return content[media].get("schema", {}) if media in content else None

    @property
    def media(self) -> str:
        """The media type of its JSON body, such as one of a vendor."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return JSON if JSON in content else next((each for each in content if is_json(each)), JSON)

    def wanted(self, place: str) -> dict[str, Any]:
        """Examples of the parameters in `query` or `header` that a call must bring."""
        if not self.plain:
            return {}
        return {
            name: each["example"]
            for name, each in self.parameters(place).items()
            if each.get("required") and "example" in each
        }

    def example(self, media: str = JSON) -> Mapping[str, Any]:
        """Example of the request body; empty when the document has none."""
        media = self.media if media == JSON else media
        found: Mapping[str, Any] = self.raw.get("requestBody", {}).get("content", {}).get(media, {}).get("example", {})
        return found

    def response(self, status: int) -> Mapping[str, Any] | None:
        """What the document says about a status."""
        responses = self.raw["responses"]
        found: Mapping[str, Any] | None = (
            responses.get(str(status)) or responses.get(f"{status // 100}XX") or responses.get("default")
        )
        return found


@dataclass(frozen=True)
class Noun:
    """One kind of record: its facts, and its standard operations by behaviour (`update` is the PUT)."""

    name: str
    facts: Mapping[str, Any] = field(repr=False)
    operations: Mapping[str, Operation] = field(repr=False)

    @property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        fields: Mapping[str, Mapping[str, Any]] = self.facts["fields"]
        return fields

    @property
    def remover(self) -> Operation | None:
        """The operation that deletes a record by its address, whatever its behaviour is called."""
        shown = self.operations.get("show")
        removers = (each for each in self.operations.values() if each.method == "DELETE")
        return next((each for each in removers if shown is not None and each.path == shown.path), None)

    def writable(self, verb: str) -> dict[str, Mapping[str, Any]]:
        """Fields that a create or an update may set."""
        return {name: facts for name, facts in self.fields.items() if facts.get("write") in ("both", verb)}

    def told(self, path: str) -> Any:
        """A fact, or a member of one such as `bill.settles`; None when nothing is said."""
        value: Any = self.facts
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def rules(self, verb: str) -> Mapping[str, list[Any]]:
        rules: Mapping[str, list[Any]] = self.facts.get("rules", {}).get(verb, {})
        return rules

    def required(self, verb: str, path: str) -> bool:
        """Whether the rules ask for the field, alone or unless another is sent."""
        return any(
            rule == "required" or (isinstance(rule, dict) and "required_without" in rule)
            for rule in self.rules(verb).get(path, ())
        )


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
