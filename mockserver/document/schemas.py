"""OpenAPI 3.0 schemas as compiled JSON Schema validators, each made on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "#/components/schemas/"
DROPPED = frozenset(
    {
        "nullable",
        "example",
        "examples",
        "description",
        "x-mock",
        "readOnly",
        "writeOnly",
        "xml",
        "discriminator",
        "deprecated",
        "default",
        "title",
    }
)
NESTED = frozenset({"properties", "items", "additionalProperties", "allOf", "anyOf", "oneOf", "not"})


class Closed(NamedTuple):
    """A check of objects: `fits` looks at their members, and there have to be `needed` besides those of `optional`.

    Where a schema allows no other members than its own, to count them takes less than to look for each that is needed.
    """

    fits: Callable[[Any], bool]
    needed: int
    optional: tuple[str, ...]


class Schemas:
    """Validators for the schemas of one document.

    `lenient` ones are for requests: every value may be null and nothing is required, because the service turns
    empty text into null before its own rules run, which then say what is missing.
    """

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components
        self.named = lru_cache(maxsize=None)(self._named)

    def _named(self, name: str, *, lenient: bool = False) -> Any:
        """Validator of a component schema by name."""
        return self.compile({"$ref": PREFIX + name}, lenient=lenient)

    def closed(self, name: str) -> Closed | None:
        """The quick check of a component; None when its schema is open, or more than a list of members."""
        schema = self._components[name]
        if schema.get("additionalProperties") is not False or not {"allOf", "anyOf", "oneOf", "not"}.isdisjoint(schema):
            return None
        needed = schema.get("required", ())
        fits = self.compile({word: value for word, value in schema.items() if word != "required"}).is_valid
        return Closed(fits, len(needed), tuple(each for each in schema.get("properties", ()) if each not in needed))

    def compile(self, schema: Mapping[str, Any], *, lenient: bool = False) -> Any:
        """Validator of any schema of the document; references go to its components."""
        definitions: dict[str, Any] = {}
        root = self._translate(schema, definitions, lenient=lenient)
        return jsonschema_rs.Draft202012Validator(
            {**root, "$defs": definitions} if "$ref" not in root else {"allOf": [root], "$defs": definitions}
        )

    def _translate(self, schema: Any, definitions: dict[str, Any], *, lenient: bool) -> Any:
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return self._reference(schema["$ref"].removeprefix(PREFIX), definitions, lenient=lenient)
        made = {
            word: self._member(word, value, definitions, lenient=lenient)
            for word, value in schema.items()
            if word not in DROPPED and not (lenient and word == "required")
        }
        return _with_null(made, lenient=lenient) if lenient or schema.get("nullable") else made

    def _reference(self, name: str, definitions: dict[str, Any], *, lenient: bool) -> dict[str, Any]:
        """A reference to a component, which is translated when it is met for the first time."""
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = self._translate(self._components[name], definitions, lenient=lenient)
        reference = {"$ref": f"#/$defs/{name}"}
        # a type takes null as well when it is lenient; an `anyOf` would hide all errors below it but one
        untyped = lenient and "type" not in self._components[name]
        return {"anyOf": [reference, {"type": "null"}]} if untyped else reference

    def _member(self, word: str, value: Any, definitions: dict[str, Any], *, lenient: bool) -> Any:
        """The value of one keyword, with the schemas in it translated."""
        if word not in NESTED:
            return value
        if isinstance(value, list):
            return [self._translate(each, definitions, lenient=lenient) for each in value]
        if word == "properties":
            return {key: self._translate(each, definitions, lenient=lenient) for key, each in value.items()}
        return self._translate(value, definitions, lenient=lenient)


def _with_null(made: dict[str, Any], *, lenient: bool) -> dict[str, Any]:
    """The schema that takes null as well."""
    if "allOf" in made and not lenient:
        return {"anyOf": [made, {"type": "null"}]}  # the schema that it refers to takes no null itself
    if "type" in made:
        made["type"] = [made["type"], "null"]
        if "enum" in made and None not in made["enum"]:
            made["enum"] = [*made["enum"], None]
    return made
