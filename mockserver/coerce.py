"""Request bodies to the types of the document, as the service casts them, and what can't be cast as 422 messages.

Numbers may come as text, booleans as 1/0, text as numbers (R-WIRE-54, R-VAL-25). What is still of the wrong
type after casting is refused in the service's words, with a diagnosis for people and tools.
"""

from __future__ import annotations

import math
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from mockserver.document.schemas import PREFIX
from mockserver.errors import Diagnosis, pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mockserver.document.schemas import Schemas

    Cast = Callable[[Any], Any]

EXACT = 1 << 53
"""Below this a float holds every whole number."""
NUMERIC = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$")
WORDS: Mapping[Any, bool] = {"1": True, "0": False, "true": True, "false": False, 1: True, 0: False}
LIMITS = {
    "maxLength": ("may not be greater than {} characters", "at most {} characters"),
    "minLength": ("must be at least {} characters", "at least {} characters"),
    "maximum": ("may not be greater than {}", "at most {}"),
    "minimum": ("must be at least {}", "at least {}"),
}
"""Rule -> the service's words, and what was wanted."""
DIGITS = "^[0-9]*$"
"""Pattern of ids of static lists, which the service checks as whole numbers."""
SENTENCES = {
    "string": "must be a string.",
    "number": "must be a number.",
    "integer": "must be an integer.",
    "boolean": "field must be true or false.",
    "array": "must be an array.",
    "object": "must be an array.",
}


def attribute(path: str) -> str:
    """The words for a field in a message: `client_id` -> client id (dots stay)."""
    return path.replace("_", " ")


def to_number(value: Any) -> Any:
    """A finite JSON number from a number or numeric text; anything else comes back as it is."""
    kind = value.__class__
    if kind is str and NUMERIC.match(value):
        value = float(value)
        kind = float
    if kind is float:
        if not math.isfinite(value):
            return "not finite"
        return int(value) if value.is_integer() and abs(value) < EXACT else value
    return value


def to_integer(value: Any) -> Any:
    """As `to_number`, but nothing beyond 64 bits: no column and no JSON encoder holds it."""
    number = to_number(value)
    if isinstance(number, (int, float)) and not -(1 << 63) <= number < 1 << 63:
        return "beyond 64 bits"
    return number


def to_bool(value: Any) -> Any:
    return WORDS.get(value, value) if value.__class__ in (str, int) else value


def to_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "1" if value else None
    if isinstance(value, (int, float)):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return value


def to_some_text(value: Any) -> Any:
    """As `to_text`, for text with a least length: false is text without a character there, and not left out."""
    return "" if value is False else to_text(value)


def unchanged(value: Any) -> Any:
    return value


def to_map(value: Any, of: Cast) -> Any:
    """A map with its members cast; a list is the map of its places, which the service does not tell apart."""
    if isinstance(value, list):
        value = {str(place): each for place, each in enumerate(value)}
    return (
        {name: None if each is None else of(each) for name, each in value.items()} if isinstance(value, dict) else value
    )


def to_list(value: Any, of: Cast | None) -> Any:
    """A list with its items cast; an empty object is one without items, which the service does not tell apart."""
    if value == {}:
        return []
    if of is None or not isinstance(value, list):
        return value
    return [of(each) if each is not None else None for each in value]


CASTS: Mapping[str, Cast] = {"number": to_number, "integer": to_integer, "boolean": to_bool, "string": to_text}


Numbers = dict[str, Any]
NUMBER, INTEGER = "number", "integer"


def made_whole(value: dict[str, Any], numbers: Numbers) -> bool:
    """Write 5.0 as 5, in place, wherever a valid body holds a number; False when an integer is beyond 64 bits."""
    for name, member in value.items():  # none is added or taken away
        kind = member.__class__
        if kind is str or name not in numbers:
            continue
        if kind is float and not member.is_integer():
            continue  # what has a fraction stays as it is
        inside = numbers[name]
        if kind is float or (kind is int and inside is INTEGER):
            whole = CASTS[inside](member)
            if whole.__class__ is str:
                return False
            value[name] = whole
        elif (kind is dict and not made_whole(member, inside)) or (kind is list and not items_whole(member, inside[0])):
            return False
    return True


def items_whole(value: list[Any], inside: Any) -> bool:
    """As `made_whole`, for the items of a list."""
    if inside.__class__ is dict:
        return all(made_whole(each, inside) for each in value if each is not None)
    if inside.__class__ is list:
        return all(items_whole(each, inside[0]) for each in value if each is not None)
    value[:] = [CASTS[inside](each) if each is not None else None for each in value]
    return str not in {each.__class__ for each in value}


class BodyPlan:
    """How to read the body of one operation: casts by member, then one compiled validator."""

    def __init__(self, schema: str, schemas: Schemas, components: Mapping[str, Any]) -> None:
        self._components = components
        self._numbers: Numbers = self._numbers_of({"$ref": PREFIX + schema}) or {}
        self._casts = self._members({"$ref": PREFIX + schema})
        self._validator = schemas.named(schema, lenient=True)

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            schema = self._components[schema["$ref"].removeprefix(PREFIX)]
        return schema

    def _members(self, schema: Mapping[str, Any]) -> dict[str, Cast]:
        found = {}
        for name, member in self._resolved(schema).get("properties", {}).items():
            cast = self._cast(self._resolved(member))
            if cast is not None:
                found[name] = cast
        return found

    def _cast(self, schema: Mapping[str, Any]) -> Cast | None:
        kind = schema.get("type")
        if kind == "object" and "properties" in schema:
            members = self._members(schema)
            return lambda value: (
                _cast_members(value, members) if isinstance(value, dict) else {} if value == [] else value
            )
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            of = self._cast(self._resolved(schema["additionalProperties"])) or unchanged
            return lambda value: to_map(value, of)
        if kind == "object":
            return lambda value: {} if value == [] else value
        if kind == "array":
            return partial(to_list, of=self._cast(self._resolved(schema["items"])))
        return to_some_text if kind == "string" and schema.get("minLength") else CASTS.get(str(kind))

    def _numbers_of(self, schema: Mapping[str, Any]) -> Any:
        """The numbers of a schema: a word for one, a dict of members, a list that holds that of its items, or None."""
        schema = self._resolved(schema)
        kind = schema.get("type")
        if kind in (NUMBER, INTEGER):
            return NUMBER if kind == NUMBER else INTEGER
        if kind == "object":
            members = {name: self._numbers_of(each) for name, each in schema.get("properties", {}).items()}
            return {name: each for name, each in members.items() if each} or None
        inner = self._numbers_of(schema["items"]) if kind == "array" else None
        return [inner] if inner else None

    def read(self, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]], tuple[Diagnosis, ...]]:
        """The cast body, messages by field, and diagnoses; both empty when the body fits the document.

        Most bodies fit as they are: of those only whole numbers that were written as fractions are still to be cast.
        """
        if self._validator.is_valid(body) and made_whole(body, self._numbers):
            return body, {}, ()
        cast = _cast_members(body, self._casts)
        if self._validator.is_valid(cast):
            return cast, {}, ()
        errors: dict[str, list[str]] = {}
        diagnoses = []
        for each in self._validator.iter_errors(cast):
            error = narrowed(each)
            path, sentence, rule, wanted = explain(error)
            messages = errors.setdefault(path, [])
            if sentence not in messages:
                messages.append(sentence)
                diagnoses.append(Diagnosis(pointer(error.instance_path) or "/", rule, error.instance, wanted))
        return cast, errors, tuple(diagnoses[:10])


def _cast_members(value: dict[str, Any], casts: Mapping[str, Cast]) -> dict[str, Any]:
    made = dict(value)
    for name, member in value.items():
        if member is not None:
            cast = casts.get(name)
            if cast is not None:
                made[name] = cast(member)
    return made


def narrowed(error: Any) -> Any:
    """The error inside an `anyOf` that says most: the deepest, unless it only says that the value has another type."""
    while error.kind.name == "anyOf":
        inner = [each for branch in error.kind.context for each in branch]
        deepest = max(inner, key=lambda each: len(each.instance_path), default=None)
        if deepest is None or (deepest.kind.name == "type" and len(deepest.instance_path) <= len(error.instance_path)):
            break
        error = deepest
    return error


def explain(error: Any) -> tuple[str, str, str, str]:
    """Field path, the service's sentence, the rule and what was wanted, of one validation error."""
    steps: Iterable[Any] = error.instance_path
    path = ".".join(str(step) for step in steps) or "body"
    kind = error.kind
    name = attribute(path)
    rule = str(kind.name)
    if rule == "anyOf":
        return path, f"The {name} must be an array.", "type", "object"
    if rule == "type":
        wanted = next((each for each in kind.types if each != "null"), "null")
        return path, f"The {name} {SENTENCES.get(wanted, 'is invalid.')}", rule, wanted
    if rule == "enum":
        options = [each for each in kind.options if each is not None]
        return path, f"The selected {name} is invalid.", rule, "one of " + ", ".join(map(str, options[:20]))
    if rule in LIMITS:
        sentence, wanted = (text.format(kind.limit) for text in LIMITS[rule])
        return path, f"The {name} {sentence}.", rule, wanted
    if rule == "pattern" and kind.pattern == DIGITS:
        return path, f"The {name} must be an integer.", rule, "digits"
    return path, f"The {name} format is invalid.", rule, error.message[:120]
