"""Fills `{{name}}` in templates.

A text that is nothing but a placeholder becomes the value itself: a list is spliced into the list around it, None
leaves the item out. Inside other text the value is written in.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from mockserver.document.errors import DocumentError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def render(node: Any, context: Mapping[str, Any], where: str) -> Any:
    """A copy of `node` with every placeholder filled from `context`; DocumentError for an unknown name."""
    if isinstance(node, str):
        whole = _PLACEHOLDER.fullmatch(node)
        if whole:
            return copy.deepcopy(_value(whole[1], context, where))
        return _PLACEHOLDER.sub(lambda match: str(_value(match[1], context, where)), node)
    if isinstance(node, list):
        return [item for entry in node for item in _items(entry, context, where)]
    if isinstance(node, dict):
        return _mapping(node, context, where)
    return node


def _items(entry: Any, context: Mapping[str, Any], where: str) -> list[Any]:
    value = render(entry, context, where)
    if isinstance(entry, str) and _PLACEHOLDER.fullmatch(entry):
        return [] if value is None else value if isinstance(value, list) else [value]
    return [value]


def _mapping(node: dict[str, Any], context: Mapping[str, Any], where: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, entry in node.items():
        value = render(entry, context, f"{where}.{key}")
        if value is None and isinstance(entry, str):
            continue
        result[render(key, context, where)] = value
    return result


def _value(name: str, context: Mapping[str, Any], where: str) -> Any:
    if name not in context:
        raise DocumentError(
            where, f"the placeholder `{{{{{name}}}}}`", "a known placeholder", did_you_mean(name, context)
        )
    return context[name]
