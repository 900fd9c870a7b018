"""Lint of operations: names, words, tags, error answers, parameters, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.document import grammar
from mockserver.document.operations import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
_READABLE = re.compile(r"[a-z]+([A-Z0-9][a-z0-9]*)*")
_LONGEST = 60


def operations(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """('get /path', operation) of all operations."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield f"{method} {path}", operation


def names(document: Document) -> list[str]:
    """Every operation has a name of its own that reads as a method."""
    seen: dict[str, str] = {}
    problems = []
    for place, operation in operations(document):
        name = operation.get("operationId", "")
        if not name:
            problems.append(f"{place}: got no operationId, wanted one; add it")
        elif name in seen:
            problems.append(
                f"{place}: got the operationId `{name}` of {seen[name]}, wanted a unique one; rename one of the two"
            )
        elif not _READABLE.fullmatch(name) or len(name) > _LONGEST:
            problems.append(
                f"{place}: got the operationId `{name}`, wanted a method name such as `listClients`, "
                f"at most {_LONGEST} letters; rename it"
            )
        seen[name] = place
    return problems


def texts(document: Document) -> list[str]:
    return [
        f"{place}: got no {key}, wanted a sentence; add `{key}:`"
        for place, operation in operations(document)
        for key in ("summary", "description")
        if not operation.get(key)
    ] + [
        f"{place}: got a request body without a description, wanted one; add `description:` to it"
        for place, operation in operations(document)
        if operation.get("requestBody", {"$ref": ""}).keys().isdisjoint({"$ref", "description"})
    ]


def tags(document: Document) -> list[str]:
    declared = {tag["name"] for tag in document.get("tags", [])}
    used = {tag for _, operation in operations(document) for tag in operation.get("tags", [])}
    problems = [
        f"{place}: got the tag `{tag}`, wanted one of openapi.yaml; declare it there with a description"
        for place, operation in operations(document)
        for tag in operation.get("tags", [])
        if tag not in declared
    ]
    problems += [
        f"{place}: got no tag, wanted one; add `tag:` to the file or `tags:` to the operation"
        for place, operation in operations(document)
        if not operation.get("tags")
    ]
    problems += [f"tags: got `{tag}` without operations, wanted a use; remove it" for tag in sorted(declared - used)]
    return problems + [
        f"tags: got `{tag['name']}` without a description, wanted one; add it"
        for tag in document.get("tags", [])
        if not tag.get("description")
    ]


def statuses(document: Document) -> list[str]:
    """Every operation says how it can be refused."""
    return [
        f"{place}: got no 4xx response, wanted one; add `x-errors:`"
        for place, operation in operations(document)
        if not any(str(status).startswith("4") for status in operation.get("responses", {}))
    ]


def parameters(document: Document) -> list[str]:
    """Every parameter and header is described and shown by an example."""
    components = document.get("components", {})
    places = [
        (f"{place}: got the parameter `{each.get('name')}`", each)
        for place, operation in operations(document)
        for each in operation.get("parameters", [])
    ]
    places += [
        (f"components/{part}/{name}: got it", each)
        for part in ("parameters", "headers")
        for name, each in components.get(part, {}).items()
    ]
    problems = []
    for got, each in places:
        if "$ref" in each:
            continue
        if not each.get("description"):
            problems.append(f"{got} without a description, wanted one; add it")
        if not {"example", "examples"} & (each.keys() | each.get("schema", {}).keys()):
            problems.append(f"{got} without an example, wanted one; add `example:`")
    return problems


def links(document: Document) -> list[str]:
    """Every link leads to an operation and names parameters that it takes."""
    known = {operation.get("operationId"): operation for _, operation in operations(document)}
    shared = document.get("components", {}).get("parameters", {})
    problems = []
    for name, link in document.get("components", {}).get("links", {}).items():
        target = known.get(link.get("operationId"))
        if target is None:
            problems.append(
                f"components/links/{name}: got the operation `{link.get('operationId')}`, wanted one that exists; "
                "mend the name"
            )
            continue
        taken = {
            (shared.get(each["$ref"].rpartition("/")[2], {}) if "$ref" in each else each).get("name")
            for each in target.get("parameters", [])
        }
        problems += [
            f"components/links/{name}: got the parameter `{each}`, wanted one of {target['operationId']}; mend the name"
            for each in link.get("parameters", {})
            if each not in taken
        ]
    return problems


CHECKS = (names, texts, tags, statuses, parameters, grammar.problems, links)
