"""OpenAPI links: which call can follow an answer, with which part of the answer. Made from the operations there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.catalog import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Link = dict[str, Any]
Facts = dict[str, Any]
Calls = dict[str, dict[str, Any]]
RECORD = "$response.body#/data/{}"
FIRST = "$response.body#/data/0/{}"
_FOLLOWING = ("get {}/{{id}}", "put {}/{{id}}", "delete {}/{{id}}", "put {}/{{id}}/upload")
"""Calls that take the id of a record that was just answered."""
_PREFIX = "/api/v1/"


def add_links(document: dict[str, Any]) -> None:
    """Puts links beside each answer that holds one record or a page of them, in place; they are shared components."""
    components = document["components"]
    entities = [each["x-mock"] for each in components.get("schemas", {}).values() if "entity" in each.get("x-mock", {})]
    calls = {f"{method} {path}": each for path, item in document["paths"].items() for method, each in item.items()}
    envelopes: dict[str, dict[str, Link]] = {}
    for facts in entities:
        envelopes[f"{facts['schema']}Response"] = {**_own(facts, calls), **_related(facts, entities, calls)}
        envelopes[f"{facts['schema']}ListResponse"] = _first(facts, calls)
    links: dict[str, Link] = {}
    for response in _answers(document):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        found = envelopes.get(str(schema.get("$ref", "")).removeprefix(SCHEMAS))
        if found and "links" not in response:
            response["links"] = {name: {"$ref": f"#/components/links/{name}"} for name in found}
            links.update(found)
    if links:
        components["links"] = dict(sorted(links.items()))


def _answers(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from document["components"].get("responses", {}).values()
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "200" in operation.get("responses", {}):
                yield operation["responses"]["200"]


def _own(facts: Facts, calls: Calls) -> dict[str, Link]:
    """From a record to what can be done with it."""
    wanted = [each.format(_PREFIX + facts["resource"]) for each in _FOLLOWING]
    names = [calls[each]["operationId"] for each in wanted if each in calls] if "id" in facts["fields"] else []
    about = f"Takes the {facts['label'][0]} that was just answered."
    return {name: _link(name, about, id=RECORD.format("id")) for name in names}


def _first(facts: Facts, calls: Calls) -> dict[str, Link]:
    """From a page to its first row."""
    show = calls.get(f"get {_PREFIX}{facts['resource']}/{{id}}")
    if show is None or "id" not in facts["fields"]:
        return {}
    name = show["operationId"]
    return {f"{name}First": _link(name, f"The first {facts['label'][0]} of the page.", id=FIRST.format("id"))}


def _related(facts: Facts, entities: list[Facts], calls: Calls) -> dict[str, Link]:
    """From a record to the lists of what belongs to it, and to the record that it must belong to."""
    found: dict[str, Link] = {}
    query = f"{facts['entity']}_id"
    for other in entities:
        rows = calls.get(f"get {_PREFIX}{other['resource']}")
        belongs = other["fields"].get(query, {}).get("to") == facts["entity"] and "id" in facts["fields"]
        if rows and belongs and _takes(rows, other, query):
            name = rows["operationId"]
            found[f"{name}Of{facts['schema']}"] = _link(
                name, f"The {other['label'][1]} of the {facts['label'][0]}.", **{query: RECORD.format("id")}
            )
    by_name = {each["entity"]: each for each in entities}
    for field, rules in facts.get("rules", {}).get("create", {}).items():
        owner = by_name.get(facts["fields"].get(field, {}).get("to", ""), {"resource": ""})
        show = calls.get(f"get {_PREFIX}{owner['resource']}/{{id}}")
        if show and "required" in rules:
            name = show["operationId"]
            found[f"{name}Of{facts['schema']}"] = _link(
                name, f"The {owner['label'][0]} of the {facts['label'][0]}.", id=RECORD.format(field)
            )
    return found


def _link(operation: str, about: str, **parameters: str) -> Link:
    return {"operationId": operation, "parameters": parameters, "description": about}


def _takes(rows: Mapping[str, Any], facts: Facts, query: str) -> bool:
    """Whether a list can be narrowed by the id of the record that its rows belong to."""
    named = {each.get("name") for each in rows.get("parameters", [])}
    return query in named or query in facts.get("base_filters", [])
