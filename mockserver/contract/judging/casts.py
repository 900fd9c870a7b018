"""Does a body stay wrong after the casts of the service? A plain reading of R-WIRE-49, R-WIRE-54 and R-VAL-25.

The service is generous: `"10"` is a number, `10` is a text, `1`, `0`, `"true"` and `"false"` are booleans, blank text
is null, null is no value, an empty list is an empty object and the other way round, a list is the map of its places,
and what it does not know it ignores. A fuzzer that takes the document by its letter calls all of that accepted faults.
What is still wrong here has no excuse.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec

    Schema = Mapping[str, Any]

NUMERIC = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
TRUTHS = frozenset({"0", "1", "true", "false"})


class Casts:
    """Judges bodies by the schemas of one document."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def stays_wrong(self, operation: Operation, body: Any) -> str:
        """Why the operation must refuse the JSON body, or nothing when it may take it."""
        schema = operation.body()
        if schema is None:
            return ""
        schema = self._spec.resolved(schema)
        # JSON that is no object is read as no input at all
        sent = body if isinstance(body, dict) else {}
        for name in schema.get("required", ()):
            if (name not in sent) if self._spec.plain else blank(sent.get(name)):
                return f"{name} is required"
        for name, member in schema.get("properties", {}).items():
            if name in sent and not self._harmless(operation, name) and not self.fits(sent[name], member):
                return f"{name} is not what its schema wants, whatever it is cast to"
        return ""

    def _harmless(self, operation: Operation, name: str) -> bool:
        """Whether the facts say that an unknown word does nothing instead of being refused."""
        noun = self._spec.nouns.get(operation.noun)
        return name == "action" and noun is not None and noun.facts.get("bulk_unknown") == "ignore"

    def fits(self, value: Any, schema: Schema) -> bool:
        """Whether the value is, or is cast to, what the schema wants; null always is."""
        schema = self._spec.resolved(schema)
        if blank(value):
            return True
        for word, how in (("allOf", all), ("anyOf", any), ("oneOf", any)):
            if word in schema:
                return how(self.fits(value, each) for each in schema[word])
        kind = schema.get("type")
        return KINDS[kind](self, value, schema) if kind in KINDS else True


def blank(value: Any) -> bool:
    """Null, or text that is nothing but space."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(_: Casts, value: Any, schema: Schema) -> bool:
    if isinstance(value, str):
        if NUMERIC.fullmatch(value.strip()) is None:
            return False
        value = float(value)
    if not is_number(value) or not math.isfinite(value):
        return False
    if schema["type"] == "integer" and value != int(value):
        return False
    return bool(schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf))


def _boolean(_: Casts, value: Any, __: Schema) -> bool:
    return isinstance(value, bool) or (isinstance(value, (str, int)) and str(value).strip() in TRUTHS)


def _text(_: Casts, value: Any, schema: Schema) -> bool:
    if isinstance(value, bool):
        value = "1" if value else ""
    if is_number(value):
        value = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not isinstance(value, str):
        return False
    value = value.strip()
    if value and "enum" in schema and value not in schema["enum"]:
        return False
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", math.inf):
        return False
    return not value or "pattern" not in schema or re.search(schema["pattern"], value) is not None


def _array(casts: Casts, value: Any, schema: Schema) -> bool:
    items = schema.get("items", {})
    return value == {} or (isinstance(value, list) and all(casts.fits(each, items) for each in value))


def _object(casts: Casts, value: Any, schema: Schema) -> bool:
    if value == []:
        return True
    each = schema.get("additionalProperties")
    if isinstance(each, dict):  # a map; the service does not tell a list from the map of its places
        inside = value if isinstance(value, list) else value.values() if isinstance(value, dict) else None
        return inside is not None and all(casts.fits(one, each) for one in inside)
    members = schema.get("properties", {})
    return isinstance(value, dict) and all(
        casts.fits(value[name], member) for name, member in members.items() if name in value
    )


KINDS: Mapping[Any, Callable[[Casts, Any, Schema], bool]] = {
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "string": _text,
    "array": _array,
    "object": _object,
}
