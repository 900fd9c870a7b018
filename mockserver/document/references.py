"""`$ref`s of a document: where they are, which dangle, what is reachable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "#/components/"


def references(node: Any, place: str = "#") -> Iterator[tuple[str, str]]:
    """(place, reference) of every `$ref` below `node`."""
    stack = [(place, node)]
    while stack:
        at, current = stack.pop()
        if isinstance(current, dict):
            reference = current.get("$ref")
            if isinstance(reference, str):
                yield at, reference
            stack += [
                (f"{at}/{key}", value) for key, value in reversed(current.items()) if key not in ("example", "x-mock")
            ]
        elif isinstance(current, list):
            stack += [(f"{at}/{index}", value) for index, value in reversed(list(enumerate(current)))]


def dangling(document: dict[str, Any]) -> list[tuple[str, str]]:
    """(place, reference) of the references that lead nowhere, each reference once."""
    seen: dict[str, str] = {}
    for place, reference in references(document):
        if reference not in seen and not _exists(document, reference):
            seen[reference] = place
    return [(place, reference) for reference, place in seen.items()]


def pruned(root: dict[str, Any], generated: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Those of the generated components that something in `root` reaches."""
    kept: dict[str, dict[str, Any]] = {part: {} for part in generated}
    waiting: list[Any] = [root]
    while waiting:
        for _, reference in references(waiting.pop()):
            part, _, name = reference.removeprefix(PREFIX).partition("/")
            if name in generated.get(part, {}) and name not in kept[part]:
                kept[part][name] = generated[part][name]
                waiting.append(generated[part][name])
    return kept


def unused(document: dict[str, Any]) -> list[str]:
    """Component places that no reference leads to; security schemes are used by name and not looked at."""
    used = {reference for _, reference in references(document)}
    components = document.get("components", {})
    return [
        f"{PREFIX}{part}/{name}"
        for part, each in components.items()
        if part != "securitySchemes"
        for name in each
        if f"{PREFIX}{part}/{name}" not in used
    ]


def _exists(document: dict[str, Any], reference: str) -> bool:
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        if not isinstance(node, dict) or step not in node:
            return False
        node = node[step]
    return True
