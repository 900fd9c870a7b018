"""Values that a schema allows: its example, its words, its limits, and plain ones of its type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from mockserver.contract.reading.spec import Spec

    Schema = Mapping[str, Any]

WORDS = re.compile(r"\^\(([\w|]+)\)")
"""The listed words that a pattern begins with."""
TEXTS = ("Ærø & Söhne", "漢字 😀", "0", "a,b;c|d", "it's 100%")
LONG = 255
NUMBERS = (0, 1, 0.01, 99.995, 1_000_000)
FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "1999-12-31", "2099-01-01"),
    "date-time": ("2024-02-29T23:59:59Z", "1999-12-31T00:00:00Z"),
    "email": ("first.last+tag@sub.example.com", "a@b.example"),
    "uuid": ("3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b", "00000000-0000-4000-8000-000000000001"),
    "time": ("23:59:59Z", "00:00:00Z"),
    "ipv4": ("192.0.2.1", "198.51.100.7"),
    "ipv6": ("2001:db8::1",),
    "hostname": ("example.com", "a.example"),
    "byte": ("cHJvb2Y=", ""),
    "url": ("https://example.com/a?b=c", "http://example.com"),
    "uri": ("https://example.com/a?b=c", "http://example.com"),
}
DEEPEST = 4


def words_of(schema: Schema, grammar: Schema) -> list[Any]:
    """All that is listed for a parameter: the values of an enum, or the words that its pattern begins with."""
    for each in (schema, grammar):
        if "enum" in each:
            return list(each["enum"])
    found = WORDS.match(grammar.get("pattern", ""))
    return found[1].split("|") if found else []


def samples(spec: Spec, schema: Schema, depth: int = 0) -> list[Any]:
    """Values that fit a schema, the plainest first."""
    schema = spec.resolved(schema)
    for word in ("allOf", "oneOf", "anyOf"):
        if word in schema:
            return [value for each in schema[word] for value in samples(spec, each, depth)]
    if "enum" in schema:
        return [value for value in schema["enum"] if value is not None]
    made = [schema["example"]] if "example" in schema else []
    maker = MAKERS.get(schema.get("type", ""))
    return made + (maker(spec, schema, depth) if maker is not None else [])


def _numbers(_: Spec, schema: Schema, __: int) -> list[Any]:
    ends = [schema[word] for word in ("minimum", "maximum") if word in schema]
    limits = [schema.get(word, False) for word in ("exclusiveMinimum", "exclusiveMaximum")]
    beside = [limit + step for limit in limits if not isinstance(limit, bool) for step in (1, -1)]
    step = [schema["multipleOf"]] if "multipleOf" in schema else []
    return [value for value in (*ends, *NUMBERS, *beside, *step) if number_fits(schema, value)]


def number_fits(schema: Schema, value: float) -> bool:
    """Whether a number keeps the limits of a schema, of 3.0 or of 3.1, and is a multiple where one is wanted."""
    low, high = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
    under, over = schema.get("exclusiveMinimum", False), schema.get("exclusiveMaximum", False)
    above = low < value if under is True else low <= value and (under is False or under < value)
    below = value < high if over is True else value <= high and (over is False or value < over)
    step = schema.get("multipleOf")
    whole = schema["type"] != "integer" or value == int(value)
    return bool(above and below and whole and (not step or (value / step) == int(value / step)))


def _texts(_: Spec, schema: Schema, __: int) -> list[Any]:
    least, most = schema.get("minLength", 0), schema.get("maxLength", LONG)
    if schema.get("format") in FORMATS:
        return list(FORMATS[schema["format"]])
    if "pattern" in schema:
        return [text for text in ("", "0", "7" * min(most, 9)) if re.search(schema["pattern"], text)]
    return ["x" * most, "y" * max(least, 1), *(text for text in TEXTS if least <= len(text) <= most)]


def _lists(spec: Spec, schema: Schema, depth: int) -> list[Any]:
    if depth >= DEEPEST:
        return []
    entries = samples(spec, schema.get("items", {}), depth + 1)
    least, most = schema.get("minItems", 0), schema.get("maxItems", 3)
    lengths = sorted({least, min(1, most), min(3, most)})
    return [entries[:count] for count in lengths if least <= len(entries[:count]) == count]


def _objects(spec: Spec, schema: Schema, depth: int) -> list[Any]:
    if depth >= DEEPEST:
        return []
    members = {name: found for name, each in schema.get("properties", {}).items() if (found := samples(spec, each))}
    required = {name: members[name][0] for name in schema.get("required", ()) if name in members}
    whole = {name: found[-1] for name, found in members.items()}
    return [required, whole] if members else []


MAKERS: Mapping[str, Any] = {
    "number": _numbers,
    "integer": _numbers,
    "string": _texts,
    "boolean": lambda *_: [True, False],
    "array": _lists,
    "object": _objects,
}


def body_of(spec: Spec, schema: Schema, chance: Random, *, share: float) -> dict[str, Any]:
    """An object with its required members, and each of the others with the given probability; values by chance."""
    schema = spec.resolved(schema)
    required = schema.get("required", ())
    body = {}
    for name, member in schema.get("properties", {}).items():
        if name in required or chance.random() < share:
            offered = samples(spec, member)
            if offered:
                body[name] = chance.choice(offered)
    return body
