"""Words for objects, lists of them, and what lies around a value.

list: N | [from, to], of: FIELDS            a list of objects
fields: FIELDS                              an object
json: FIELDS                                an object as JSON text
field: NAME                                 the value of another field
local: country                              id of the country of the locale
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mockserver.seeding.trouble import trouble, unknown
from mockserver.seeding.vocabulary import known_name, read_fields, whole_bounds, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.seeding.site import Reader, Site, Spot, Value


@word("list", "of")
def listing(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """Several objects of one form."""
    low, high = whole_bounds(node["list"], spot.inside("list"))
    if "of" not in node or low < 0:
        raise trouble(
            spot.inside("list").where, f"`{node}`", "a number from 0 and `of`", "write {list: [1, 3], of: {...}}"
        )
    make = read_fields(reader, node["of"], spot.inside("of"))
    draw, count = reader.values.draw(spot.resource, f"{spot.key} list"), high - low + 1

    def made(site: Site) -> list[Any]:
        return [site.at(position, make) for position in range(low + draw(site.row, site.item) % count)]

    return made


@word("fields")
def fields(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """An object in the place of a value."""
    return read_fields(reader, node["fields"], spot.inside("fields"))


@word("json")
def json_text(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The text of an object, for fields that hold JSON as text."""
    make = read_fields(reader, node["json"], replace(spot.inside("json"), schema=None))
    return lambda site: json.dumps(make(site), separators=(",", ":"))


@word("field")
def field(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The same value as another field."""
    name = known_name(node["field"], spot.inside("field"))
    return lambda site: site.get(name)


@word("local")
def local(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """What goes with the locale; a language without a country takes that of the company's defaults."""
    if node["local"] != "country":
        raise unknown(spot.inside("local").where, node["local"], "a thing that goes with a locale", ["country"])
    _, _, territory = reader.values.hints.locale.partition("_")
    usual = str(reader.document.setting_defaults["country_id"])
    found = (territory and reader.document.statics.country(territory)) or usual
    return lambda _: found
