"""Where the published reference and the true document part, operation by operation and field by field.

The published side comes as facts: for each operation the statuses, the shape of the answer, the query parameters,
whether a body, a token and a password are mentioned; for each schema the type of each field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.document.lint_operations import operations

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
Published = dict[str, Any]
# Said once for all operations: refusals that every call can meet, and parameters of the envelope.
_EVERYWHERE = frozenset({"302", "400", "401", "403", "404", "412", "413", "422", "429", "default", "5XX"})
_ENVELOPE = frozenset({"include", "index", "include_static", "page", "per_page"})
_JSON = "application/json"


@dataclass(frozen=True)
class Difference:
    """One row of the page. `where` is an operation (`GET /path`) or a schema; both sides are phrases."""

    section: str
    where: str
    published: str
    service: str


def differences(document: Document, published: Published) -> list[Difference]:
    """All differences, in the order of the document's tags; operations come before schemas."""
    ours = {_key(place): operation for place, operation in operations(document)}
    theirs = {_normal(name): (name, facts) for name, facts in published["operations"].items()}
    order = [tag["name"] for tag in document.get("tags", [])]
    found = [row for key, operation in ours.items() for row in _operation(key, operation, theirs, document)]
    sections = {_head(key): operation["tags"][0] for key, operation in reversed(list(ours.items()))}
    found += [
        Difference(sections.get(_head(key), ""), name, "documented", "no such operation")
        for key, (name, _) in theirs.items()
        if key not in {_normal(each) for each in ours}
    ]
    found += _schemas(document, published["schemas"])
    return sorted(found, key=lambda row: order.index(row.section) if row.section in order else len(order))


def counts(document: Document, published: Published) -> dict[str, int]:
    """The differences in numbers, for the head of the page."""
    ours = {_normal(_key(place)): operation for place, operation in operations(document)}
    theirs = {_normal(name): facts for name, facts in published["operations"].items()}
    both = [key for key in theirs if key in ours]
    envelope = [
        key
        for key in both
        if _JSON in theirs[key].get("answer", {})
        and _shape(theirs[key]["answer"][_JSON]) != _answer(ours[key], document)
    ]
    rows = list(_schemas(document, published["schemas"]))
    return {
        "operations here": len(ours),
        "operations there": len(theirs),
        "operations that are only here": len(ours.keys() - theirs.keys()),
        "operations there that do not exist": len(theirs.keys() - ours.keys()),
        "answers there of another shape": len(envelope),
        "operations there without any answer body": sum(not theirs[key].get("answer") for key in both),
        "fields that are sent but not documented there": sum(_names(row.service, "sent") for row in rows),
        "fields documented there but never sent": sum(_names(row.service, "never sent") for row in rows),
    }


def _names(text: str, verb: str) -> int:
    """How many fields a row of a schema names, for `verb`."""
    found = re.fullmatch(rf"{verb}: (.*)", text)
    return len(found[1].split(", ")) if found else 0


def _operation(
    key: str, operation: dict[str, Any], theirs: dict[str, tuple[str, dict[str, Any]]], document: Document
) -> Iterator[Difference]:
    section = operation["tags"][0]
    if _normal(key) not in theirs:
        if not key.startswith("PATCH ") and operation["x-mock"].get("behaviour") != "upload":
            yield Difference(section, key, "absent", "there")
        return
    facts = theirs[_normal(key)][1]
    published, service = [], []
    for was, truth in (
        _answers(facts, operation, document),
        _query(facts, operation, document),
        _body(facts, operation),
        _access(facts, operation),
        _statuses(facts, operation),
    ):
        if was or truth:
            published.append(was)
            service.append(truth)
    if service:
        yield Difference(section, key, "; ".join(filter(None, published)), "; ".join(filter(None, service)))


def _answers(facts: dict[str, Any], operation: dict[str, Any], document: Document) -> tuple[str, str]:
    truth = _answer(operation, document)
    there = facts.get("answer", {})
    was = _shape(there[_JSON]) if _JSON in there else ", ".join(there) or "no body"
    return ("", "") if was == truth else (f"answers {was}", f"answers {truth}")


def _query(facts: dict[str, Any], operation: dict[str, Any], document: Document) -> tuple[str, str]:
    ours = {name for name, place in _parameters(operation, document) if place == "query"}
    there = set(facts["query"])
    missing, idle = sorted(ours - there - _ENVELOPE), sorted(there - ours - _ENVELOPE)
    was = [f"query {', '.join(f'`{name}`' for name in idle)}"] if idle else []
    truth = ["without effect"] if idle else []
    if missing:
        truth.append(f"query also {', '.join(f'`{name}`' for name in missing)}")
    return ", ".join(was), ", ".join(truth)


def _body(facts: dict[str, Any], operation: dict[str, Any]) -> tuple[str, str]:
    if "requestBody" in operation and "body" not in facts:
        return "no request body", "takes a body"
    if "requestBody" not in operation and "body" in facts:
        return "a request body", "takes none"
    return "", ""


def _access(facts: dict[str, Any], operation: dict[str, Any]) -> tuple[str, str]:
    mock = operation["x-mock"]
    if mock.get("password") and not facts.get("password"):
        return "no password", "password needed (412)"
    if mock.get("public") and facts.get("token"):
        return "token needed", "no token needed"
    return "", ""


def _statuses(facts: dict[str, Any], operation: dict[str, Any]) -> tuple[str, str]:
    """Other successes; the refusals are told once for all operations."""
    ours, there = set(operation["responses"]) - _EVERYWHERE, set(facts["statuses"]) - _EVERYWHERE
    return (
        f"status {', '.join(sorted(there - ours))}" if there - ours else "",
        f"status {', '.join(sorted(ours - there))}" if ours - there else "",
    )


def _schemas(document: Document, published: dict[str, dict[str, str]]) -> Iterator[Difference]:
    """Fields of the entities: sent but not documented, documented but never sent, of another type."""
    sections = {
        operation["x-mock"]["entity"]: operation["tags"][0]
        for _, operation in reversed(list(operations(document)))
        if "entity" in operation["x-mock"]
    }
    for name, schema in document["components"]["schemas"].items():
        if "x-mock" not in schema or name not in published:
            continue
        section = sections.get(schema["x-mock"].get("entity", ""), "")
        ours, there = schema["properties"], published[name]
        always = set(schema.get("required", []))
        missing = [field for field in ours if field not in there and field in always]
        idle = [field for field in there if field not in ours]
        if missing:
            yield Difference(section, f"`{name}`", "", f"sent: {', '.join(f'`{each}`' for each in missing)}")
        if idle:
            yield Difference(section, f"`{name}`", "", f"never sent: {', '.join(f'`{each}`' for each in idle)}")
        for field, property_ in ours.items():
            truth = _type(property_, document)
            if field in there and truth != "any" and not _same(there[field], truth):
                yield Difference(section, f"`{name}.{field}`", there[field], truth)


def _same(published: str, truth: str) -> bool:
    """A number that is whole is still a number."""
    return published == truth or {published, truth} == {"number", "integer"}


def _type(schema: dict[str, Any], document: Document) -> str:
    schema = _resolved(schema, document)
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(each, document) for each in schema[key]))
    return str(schema.get("type", "any"))


def _answer(operation: dict[str, Any], document: Document) -> str:
    """The shape of our 200: `{data: Client}`, `{data: [Client], meta}`, a media type, or `an empty body`."""
    response = _resolved(operation["responses"].get("200", {}), document)
    content = response.get("content", {})
    if _JSON not in content:
        return " or ".join(content) or ("an empty body" if response else "no success")
    schema = content[_JSON].get("schema", {})
    return " or ".join(
        _object(_resolved(each, document), each) for each in schema.get("oneOf", schema.get("anyOf", [schema]))
    )


def _object(schema: dict[str, Any], reference: dict[str, Any]) -> str:
    properties = schema.get("properties", {})
    if "data" not in properties:
        return _name(reference)
    return "{data: " + _name(properties["data"]) + (", meta}" if "meta" in properties else "}")


def _name(schema: dict[str, Any]) -> str:
    """The component that a schema is, in short: `Client`, `[Client]`, or its type."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"[{_name(schema.get('items', {}))}]"
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return _name(schema[key][0])
    return str(schema.get("type", "any"))


def _shape(body: Any) -> str:
    """A published body in the same words as `_answer`."""
    if isinstance(body, list):
        return f"[{_shape(body[0])}]"
    if isinstance(body, dict):
        if "data" in body:
            return "{data: " + _shape(body["data"]) + (", meta}" if "meta" in body else "}")
        return f"{{{', '.join(body)}}}"
    return str(body)


def _parameters(operation: dict[str, Any], document: Document) -> Iterator[tuple[str, str]]:
    for each in operation.get("parameters", []):
        parameter = _resolved(each, document)
        yield parameter["name"], parameter["in"]


def _resolved(node: dict[str, Any], document: Document) -> dict[str, Any]:
    while "$ref" in node:
        _, part, name = node["$ref"].rsplit("/", 2)
        node = document["components"][part][name]
    return node


def _key(place: str) -> str:
    method, _, path = place.partition(" ")
    return f"{method.upper()} {path}"


def _normal(name: str) -> str:
    """Parameters of a path have other names there."""
    return re.sub(r"\{[^}]*\}", "{}", name)


def _head(key: str) -> str:
    """The noun of a path."""
    return key.partition(" ")[2].removeprefix("/api/v1/").partition("/")[0]
