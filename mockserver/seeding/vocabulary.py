"""How values are written in a scenario: words by name, and the reading of values and objects.

In the place of a value a mapping is a word (its first key) with modifiers; in the place of an object it is fields.
So it is with the items of a list, where the document says what they are; where it does not, they are objects.
A word is registered once, with the modifiers it takes.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from mockserver.seeding.site import ABSENT
from mockserver.seeding.trouble import trouble, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.seeding.site import Reader, Site, Spot, Value

    Builder = Callable[[Reader, Mapping[str, Any], Spot], Value]

MOST_DAYS = 36_500

WORDS: dict[str, tuple[Builder, tuple[str, ...]]] = {}


def word(name: str, *modifiers: str) -> Callable[[Builder], Builder]:
    """Register what reads a word."""

    def keep(build: Builder) -> Builder:
        WORDS[name] = (build, modifiers)
        return build

    return keep


def read_value(reader: Reader, node: Any, spot: Spot) -> Value:
    """What makes the value that the node describes. Raises StartError for a word that there is not."""
    if isinstance(node, list):
        return _listed(reader, node, spot)
    if not isinstance(node, dict):
        return lambda _: node
    name = next(iter(node), "")
    if name not in WORDS:
        if not node:
            raise trouble(spot.where, "an empty mapping", "a value word", "write {fields: {}} for an empty object")
        raise unknown(spot.where, name, "a value word", WORDS)
    build, modifiers = WORDS[name]
    for each in node:
        if each != name and each not in modifiers:
            raise unknown(spot.inside(name).where, each, f"a modifier of `{name}`", modifiers)
    return build(reader, node, spot)


def _listed(reader: Reader, nodes: list[Any], spot: Spot) -> Value:
    objects = spot.schema is None or spot.schema.get("type", "object") == "object"
    made = [(read_fields if objects and isinstance(each, dict) else read_value)(reader, each, spot) for each in nodes]
    return lambda site: [site.at(position, make) for position, make in enumerate(made)]


def read_fields(reader: Reader, node: Any, spot: Spot) -> Value:
    """What makes an object, its fields in order. Raises StartError for a field that the document does not know."""
    if not isinstance(node, dict):
        raise trouble(spot.where, f"`{node}`", "a mapping of fields", "write one field a line")
    known = spot.fields()
    names = spot.names
    made: list[tuple[str, Value]] = []
    for name, each in node.items():
        if known and name not in known:
            raise unknown(spot.where, name, "a field that the document has here", known)
        made.append((name, read_value(reader, each, spot.below(name, names, reader.document))))
        names = (*names, name)

    def fields(site: Site) -> dict[str, Any]:
        found: dict[str, Any] = {}
        site.objects.append(found)
        for name, make in made:
            value = make(site)
            if value is not ABSENT:
                found[name] = value
        site.objects.pop()
        return found

    return fields


def is_number(node: Any) -> bool:
    """Whether the node is a finite number; true and false are none."""
    return isinstance(node, (int, float)) and not isinstance(node, bool) and isfinite(node)


def bounds(node: Any, spot: Spot) -> tuple[float, float]:
    """Lowest and highest of a range: `[from, to]`, or one number for both."""
    pair = node if isinstance(node, list) else [node, node]
    if not (len(pair) == 2 and all(is_number(each) for each in pair) and pair[0] <= pair[1]):
        raise trouble(spot.where, f"`{node}`", "a number or [from, to]", "the smaller one first")
    return pair[0], pair[1]


def whole_bounds(node: Any, spot: Spot) -> tuple[int, int]:
    """As `bounds`, of whole numbers."""
    low, high = bounds(node, spot)
    if not (isinstance(low, int) and isinstance(high, int)):
        raise trouble(spot.where, f"`{node}`", "whole numbers", "leave the decimals out")
    return low, high


def day_bounds(node: Any, spot: Spot) -> tuple[int, int]:
    """As `whole_bounds`, of days that lie in a calendar."""
    low, high = whole_bounds(node, spot)
    if max(-low, high) > MOST_DAYS:
        raise trouble(spot.where, f"`{node}`", f"at most {MOST_DAYS} days", "a century is enough")
    return low, high


def known_name(name: Any, spot: Spot) -> str:
    """A field that is filled before this one, in the object or around it."""
    if name not in spot.names:
        raise unknown(spot.where, name, "a field that stands before this one", spot.names)
    return str(name)
