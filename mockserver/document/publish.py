"""The document without what only the mock reads, for generators and viewers."""

from __future__ import annotations

from typing import Any

from mockserver.document.references import pruned

Document = dict[str, Any]
_BY_NAME = (
    "properties",
    "patternProperties",
    "headers",
    "parameters",
    "schemas",
    "responses",
    "requestBodies",
    "paths",
)


def stripped(document: Document) -> Document:
    """A copy without `x-mock`, and without the components that nothing but the engine used."""
    bare: Document = without(document, "x-mock")
    components = bare.pop("components")
    used = pruned(bare, components)
    kept = {
        part: {name: each for name, each in members.items() if part == "securitySchemes" or name in used[part]}
        for part, members in components.items()
    }
    return {**bare, "components": {part: members for part, members in kept.items() if members}}


def without(node: Any, *keys: str) -> Any:
    """A copy without these keys. Below `properties` and the like, keys are names that somebody chose: they stay."""
    if isinstance(node, dict):
        return {
            key: {name: without(each, *keys) for name, each in value.items()}
            if key in _BY_NAME and isinstance(value, dict)
            else without(value, *keys)
            for key, value in node.items()
            if key not in keys
        }
    if isinstance(node, list):
        return [without(each, *keys) for each in node]
    return node
