"""Field shorthand -> JSON schema, as a table: one row a kind, with the shape shown and the shape accepted.

Rules: R-WIRE-41 (dates), R-WIRE-43 (money, lookups, empty links), R-WIRE-45 (hashed ids), R-WIRE-49 ("" and null are
the same input).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.document.errors import DocumentError, did_you_mean

Schema = dict[str, Any]
Field = Mapping[str, Any]
Resolve = Callable[[str], Schema]

ID_PATTERN = "^[a-zA-Z0-9]{10,}$"
LINK_PATTERN = "^([a-zA-Z0-9]{10,})?$"
OPEN = "x-open"
"""Why an object of an answer may hold properties that the document does not name."""
DATE_PATTERN = "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$"
DATETIME_PATTERN = "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?$"


@dataclass(frozen=True)
class Kind:
    """`shown`: schema in a response; `empty`: value stored when nothing was given.

    `accepted`: what the schema of a request has in place of it, None for nothing.
    """

    shown: Schema
    empty: Any
    accepted: Schema = field(default_factory=dict)


# Requests may send null for text-like kinds: the service turns "" into null before it looks (R-WIRE-49).
_NULL = {"nullable": True}
# What a request may hold is wider than what is shown: the service reads many ways to write a date, and says itself
# which ids lead nowhere (R-WIRE-42, R-WIRE-48). So a pattern gives way to a format, which is a hint.
_LOOSE = {**_NULL, "pattern": None}

KINDS: dict[str, Kind] = {
    "id": Kind({"type": "string", "pattern": LINK_PATTERN}, ""),
    "link": Kind({"type": "string", "pattern": LINK_PATTERN}, "", _LOOSE),
    "text": Kind({"type": "string"}, "", _NULL),
    "html": Kind({"type": "string"}, "", _NULL),
    "email": Kind({"type": "string"}, "", {"format": "email", **_NULL}),
    "url": Kind({"type": "string"}, "", _NULL),
    "lookup": Kind({"type": "string", "pattern": "^[0-9]*$"}, "", _NULL),
    "enum": Kind({"type": "string"}, "", _NULL),
    "date": Kind({"type": "string", "pattern": DATE_PATTERN}, "", {**_LOOSE, "format": "date"}),
    "datetime": Kind({"type": "string", "pattern": DATETIME_PATTERN}, "", _LOOSE),
    "timestamp": Kind({"type": "integer", "minimum": 0}, 0),
    "money": Kind({"type": "number"}, 0),
    "rate": Kind({"type": "number"}, 0),
    "number": Kind({"type": "number"}, 0),
    "integer": Kind({"type": "integer"}, 0),
    "bool": Kind({"type": "boolean"}, False),
    "object": Kind({"type": "object"}, {}),
    "list": Kind({"type": "array"}, []),
    "any": Kind({}, None),
}

# Shorthand key -> JSON schema key, copied as they are.
_COPIED = {
    "min": "minimum",
    "max": "maximum",
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "format": "format",
}

_TYPES: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))


def kind_of(shorthand: Field, where: str) -> Kind:
    """The table row of a field; DocumentError for a kind that the table lacks."""
    name = str(shorthand.get("is"))
    if name not in KINDS:
        raise DocumentError(f"{where}.is", f"`{name}`", "a field kind", did_you_mean(name, KINDS))
    return KINDS[name]


def default_of(shorthand: Field, where: str) -> Any:
    """The value stored in a blank record: the field's own `default`, else the kind's."""
    kind = kind_of(shorthand, where)
    for key in ("default", "when_empty"):
        if key in shorthand:
            return copy.deepcopy(shorthand[key])
    return None if shorthand.get("nullable") else copy.deepcopy(kind.empty)


def shown(shorthand: Field, where: str, resolve: Resolve) -> Schema:
    """JSON schema of the field in a response. `resolve` turns the name in `of` into a schema."""
    schema = _empty_list(_shape(shorthand, where, resolve), shorthand)
    _values(schema, shorthand, where, extra=[default_of(shorthand, where)])
    _constraints(schema, shorthand)
    if shorthand.get("nullable"):
        _nullable(schema)
    if not shorthand.get("write"):
        schema["readOnly"] = True
    return _described(schema, shorthand)


def accepted(shorthand: Field, where: str, resolve: Resolve, *, required: bool = False) -> Schema:
    """JSON schema of the field in a request; a required field takes no null."""
    override = shorthand.get("input", {})
    merged = {**shorthand, **override}
    if "is" in override and "values" not in override:  # another kind has other values
        merged.pop("values", None)
        merged.pop("names", None)
    kind = kind_of(merged, where)
    schema = _shape(merged, where, resolve)
    if "allOf" in schema:
        reference: Schema = schema["allOf"][0]
        return reference
    schema.update(kind.accepted)
    schema = {key: value for key, value in schema.items() if key != "nullable" and value is not None}
    nullable = bool(merged.get("nullable", kind.accepted.get("nullable"))) and not required
    nullable = nullable and merged.get("format") != "binary"  # a file is there or it is not
    empty = [] if required else [""] if kind.shown.get("type") == "string" else []
    _values(schema, merged, where, extra=empty)
    _constraints(schema, merged)
    if nullable:
        _nullable(schema)
    return _described(schema, merged)


def _shape(shorthand: Field, where: str, resolve: Resolve) -> Schema:
    schema = copy.deepcopy(kind_of(shorthand, where).shown)
    name, of = shorthand["is"], shorthand.get("of")
    if name == "list":
        schema["items"] = resolve(of) if of else {}
    elif name == "object" and of:
        # In OpenAPI 3.0 nothing may stand beside a $ref, so the description needs the allOf.
        schema = {"allOf": [resolve(of)]}
    return schema


def _empty_list(schema: Schema, shorthand: Field) -> Schema:
    """A map that PHP writes as an empty list while nothing is in it."""
    if shorthand["is"] != "object" or shorthand.get("when_empty") != []:
        return schema
    return {
        "anyOf": [schema["allOf"][0] if "allOf" in schema else schema, {"type": "array", "maxItems": 0, "items": {}}]
    }


def _values(schema: Schema, shorthand: Field, where: str, extra: list[Any]) -> None:
    values = shorthand.get("values")
    if values is None:
        if shorthand["is"] == "enum":
            raise DocumentError(
                f"{where}.values", "nothing", "the list of allowed values", "add `values: [...]` or use `is: text`"
            )
        return
    if shorthand["is"] == "list":
        schema["items"] = {**_typed(values), "enum": list(values)}
        return
    schema.update(_typed(values))
    schema["enum"] = list(values) + [value for value in extra if value not in values and value is not None]


def _typed(values: list[Any]) -> Schema:
    for python, name in _TYPES:
        if all(type(value) is python for value in values):
            return {"type": name}
    return {"type": "number"}


def _constraints(schema: Schema, shorthand: Field) -> None:
    for key, target in _COPIED.items():
        if key in shorthand:
            schema[target] = shorthand[key]


def _nullable(schema: Schema) -> None:
    if "allOf" in schema:
        schema["type"] = "object"  # in OpenAPI 3.0 `nullable` only works beside a type
    schema["nullable"] = True
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]


def _described(schema: Schema, shorthand: Field) -> Schema:
    about = str(shorthand.get("about", "")).strip()
    names = shorthand.get("names")
    if names:
        about = f"{about} Values: {', '.join(f'`{key}` {word}' for key, word in names.items())}.".strip()
    if about:
        schema["description"] = about
    if "open" in shorthand:
        schema[OPEN] = shorthand["open"]
    if "example" in shorthand:
        schema["example"] = copy.deepcopy(shorthand["example"])
    return schema
