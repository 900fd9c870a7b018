"""What makes a fuzzer meet records: real ids in paths and bodies, and schemas of a size that can be covered."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any
from zlib import crc32

from mockserver.contract.requests.examples import path_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis import Case

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool

MOST_PROPERTIES = 40
SAMPLE = 12
STRANGERS = 8
"""One in so many positive cases keeps the id that was made up."""


class Feed:
    """Puts ids of one world into cases.

    The choice depends on the case and on how many were fed since `begin`: cases that are alike take turns with the
    records, of which some may be such that nobody may touch them, as the owner.
    """

    def __init__(self, spec: Spec, pool: Pool) -> None:
        self._spec = spec
        self._pool = pool
        self._given: set[str] = set()
        self._turn = 0

    def begin(self) -> None:
        """Choose from now on as if nothing was fed before."""
        self._turn = 0

    def give(self, operation: Operation, case: Case[Any]) -> None:
        """Replace ids of a case by ids that exist, where the case is not wrong on purpose."""
        meta = case.meta
        if meta is None:
            return
        wrong = {str(place.value) for place, part in meta.components.items() if part.mode.is_negative}
        number = crc32(f"{case.path_parameters}{case.query}{case.body!r}".encode("utf-8", "replace")) + self._turn
        self._turn += 1
        if "path" not in wrong and (number % STRANGERS or str(meta.phase.name) == "examples"):
            for name in operation.parameters("path"):
                values = path_values(operation, self._pool, name)
                if values and "enum" not in operation.parameters("path")[name].get("schema", {}):
                    case.path_parameters[name] = values[number % len(values)]
            self._given.add(case.id)
        if "query" not in wrong and "include" in case.query and number % STRANGERS:
            case.query["include"] = self._includes(operation, number)
        if "header" not in wrong:  # it wins over the password that every call carries
            case.headers.pop("X-API-PASSWORD-BASE64", None)
        if "body" not in wrong and isinstance(case.body, dict):
            case.body = self.body(operation, case.body, number)

    def _includes(self, operation: Operation, number: int) -> str:
        """Names of one or two includes that the noun has."""
        noun = self._spec.nouns.get(operation.noun)
        names = sorted(noun.facts.get("includes", {})) if noun is not None else []
        return ",".join(names[(number + step) % len(names)] for step in range(1 + number % 2)) if names else ""

    def gave(self, case: Case[Any]) -> bool:
        """Whether the case was sent with ids that existed when the world was new."""
        return case.id in self._given

    def body(self, operation: Operation, body: dict[str, Any], number: int) -> dict[str, Any]:
        """The body with real ids under `ids`, and for every link the id of a record that it may lead to, or none.

        Texts that must be there and be unlike all others get a number: a full company may well have that of an example.
        """
        noun = self._spec.nouns.get(operation.noun)
        fed = dict(body)
        if isinstance(fed.get("ids"), list):
            ids = self._pool.ids(operation.noun)
            fed["ids"] = ids[number % (len(ids) or 1) :][: max(1, len(fed["ids"]))]
        own = self._pool.live(operation.noun)
        if own and isinstance(fed.get("id"), str) and "id" not in operation.parameters("path"):
            record = own[number % len(own)]
            fed = belonging({**fed, "id": record["id"]}, record)
        for name, rules in (noun.rules(operation.behaviour) if noun is not None else {}).items():
            if isinstance(fed.get(name), str) and "required" in rules and any("unique" in each for each in rules):
                fed[name] = f"{fed[name]} {number}"
        required = self._spec.resolved(operation.body() or {}).get("required", ())
        for name, facts in (noun.fields if noun is not None else {}).items():
            if facts["kind"] == "link" and isinstance(fed.get(name), str):
                fixed = noun is not None and "same_as_stored" in noun.rules(operation.behaviour).get(name, ())
                ids = self._pool.ids(facts["to"])
                if ids and not fixed:
                    fed[name] = ids[number % len(ids)]
                elif name not in required:
                    del fed[name]
        return fed


def belonging(body: dict[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The body with ids in its lists that the record holds in its own, such as the invoices of a payment."""
    held = [row for rows in record.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
    made = dict(body)
    for name, rows in body.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            continue
        made[name] = [
            {
                key: next((one[key] for one in held[place:] if one.get(key)), value) if key.endswith("_id") else value
                for key, value in row.items()
            }
            for place, row in enumerate(rows)
        ]
    return made


def smaller(raw: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """A copy of the document in which very large objects inside bodies have a sample of their properties.

    Two hundred settings would make nine tenths of all cases. The sample changes with the seed; properties that are
    left out are still valid, as bodies are open.
    """
    made = deepcopy(dict(raw))
    schemas = made.get("components", {}).get("schemas", {})
    inner = {
        reference
        for name, schema in schemas.items()
        if name.endswith("Request")
        for member in schema.get("properties", {}).values()
        for reference in references(member)
    }
    for name in sorted(inner):
        members = schemas[name].get("properties", {})
        if len(members) > MOST_PROPERTIES:
            kept = Random(f"{seed}{name}").sample(sorted(members), SAMPLE)
            schemas[name]["properties"] = {member: members[member] for member in kept}
            schemas[name].pop("required", None)
            if isinstance(schemas[name].get("example"), dict):
                schemas[name]["example"] = {
                    key: value for key, value in schemas[name]["example"].items() if key in kept
                }
    return made


def references(node: Any) -> list[str]:
    """Names of the components that a schema refers to directly."""
    if isinstance(node, dict):
        if "$ref" in node:
            return [node["$ref"].rpartition("/")[2]]
        return [name for word in ("items", "allOf", "anyOf", "oneOf") for name in references(node.get(word, []))]
    return [name for each in node for name in references(each)] if isinstance(node, list) else []
