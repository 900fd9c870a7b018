"""Made-up values for what nobody gave an example: always the same, plausible, and fitting the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ID = "VolejRejNm"
_CREATED = 1735689600  # 2025-01-01 00:00 UTC
_NAMED: dict[str, Any] = {
    "created_at": _CREATED,
    "updated_at": _CREATED + 86_400,
    "archived_at": 0,
    "is_deleted": False,
    "assigned_user_id": "",
}
_KINDS: dict[str, Any] = {
    "id": ID,
    "link": ID,
    "lookup": "1",
    "date": "2025-01-31",
    "datetime": "2025-01-31 09:30:00",
    "timestamp": _CREATED,
    "email": "ada@example.com",
    "url": "https://example.com",
}
_FORMATS: dict[str, Any] = {
    "date": "2025-01-31",
    "date-time": "2025-01-31T09:30:00Z",
    "email": "ada@example.com",
    "uri": "https://example.com",
    "binary": "%PDF-1.7",
}
_TYPES: dict[str, Any] = {"string": "", "boolean": False, "object": {}, "array": []}


def of_field(name: str, schema: Mapping[str, Any], fact: Mapping[str, Any]) -> Any:
    """Value of a plain field of a record: by its name, its choices, its kind, its default, its shape."""
    if name in _NAMED and _fits(_NAMED[name], schema):
        return _NAMED[name]
    default = fact.get("default")
    if "enum" in schema:
        return default if default in schema["enum"] and default not in (None, "") else of_shape(schema)
    if default not in (None, "", 0, "today") or isinstance(default, bool):
        return default
    kind = fact.get("kind", "")
    return _KINDS[kind] if kind in _KINDS and _fits(_KINDS[kind], schema) else of_shape(schema)


def of_shape(schema: Mapping[str, Any]) -> Any:
    """Value for a schema of which only the shape is known."""
    for word in ("example", "default"):
        if word in schema:
            return schema[word]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    value = _FORMATS.get(schema.get("format", ""), _TYPES.get(str(kind), ""))
    if kind == "string" and not _fits(value, schema):
        return next((each for each in (ID, "1", "2025-01-31", "text") if _fits(each, schema)), value)
    return value


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    if not isinstance(value, str):
        return True
    pattern, length = schema.get("pattern"), len(value)
    if not schema.get("minLength", 0) <= length <= schema.get("maxLength", length):
        return False
    return pattern is None or re.search(pattern, value) is not None
