"""The document as contracts read it: operations, and the facts of each noun. Plain JSON in, nothing of the engine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from mockserver.contract.needs import NEEDS, needs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VERBS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One operation: its place, its facts (`x-mock`) and its resolved description."""

    id: str
    method: str
    path: str
    raw: Mapping[str, Any] = field(repr=False)

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
        return bool(self.facts.get("public")) or self.raw.get("security") == []

    @property
    def keyed(self) -> bool:
        """Whether it takes another key than the token of a user: that of a shop or of a contact."""
        security = self.raw.get("security") or []
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
        """Schema of the request body."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return content[media].get("schema") if media in content else None

    def example(self, media: str = JSON) -> Mapping[str, Any]:
        """Example of the request body; empty when the document has none."""
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

    @classmethod
    def read(cls, path: Path) -> Spec:
        """The document in a JSON or YAML file."""
        if path.suffix in (".yaml", ".yml"):
            return cls(yaml.safe_load(path.read_bytes()))
        return cls(json.loads(path.read_bytes()))

    def resolved(self, node: Any) -> Any:
        """The node that a reference points to; any other node as it is."""
        while isinstance(node, dict) and "$ref" in node:
            place: Any = self.raw
            for step in node["$ref"].removeprefix("#/").split("/"):
                place = place[step.replace("~1", "/").replace("~0", "~")]
            node = place
        return node

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
        for path, item in self.raw["paths"].items():
            for verb in VERBS:
                if verb in item:
                    raw = dict(item[verb])
                    raw["parameters"] = [
                        self.resolved(each) for each in (*item.get("parameters", ()), *raw.get("parameters", ()))
                    ]
                    raw["requestBody"] = self.resolved(raw.get("requestBody", {}))
                    raw["responses"] = {str(status): self._response(each) for status, each in raw["responses"].items()}
                    raw.setdefault("security", self.raw.get("security", []))
                    yield Operation(raw.get("operationId") or f"{verb} {path}", verb.upper(), path, raw)

    def _response(self, node: Any) -> dict[str, Any]:
        found = dict(self.resolved(node))
        found["headers"] = {name: self.resolved(each) for name, each in found.get("headers", {}).items()}
        return found

    @cached_property
    def nouns(self) -> dict[str, Noun]:
        """Nouns by name: component schemas that carry facts of an entity."""
        found = {}
        for schema in self.schemas.values():
            facts = schema.get("x-mock", {})
            if "entity" in facts:
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
