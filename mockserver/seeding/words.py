"""Words for values of their own.

fake: NAME                                  a text of the hints: company, city ...
pick: [a, b]                                one of these values
turn: [a, b]                                these values one after the other, by the place of the record in its step
chance: P, value: V, else: V                V with probability P, else the other one or nothing
number: [from, to], step: S, times: FIELD   a number; times another field, to two decimals
least: [V, V]                               the smallest of several numbers
days: N | [from, to]                        a date, counted from the day of the call
worked: N | [from, to], hours: N | [from, to]    the time log of a task: spans on the days before the call
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from mockserver.seeding.site import ABSENT, EPOCH_DAY
from mockserver.seeding.trouble import trouble, unknown
from mockserver.seeding.values import WHOLE
from mockserver.seeding.vocabulary import (
    bounds,
    day_bounds,
    is_number,
    known_name,
    read_value,
    whole_bounds,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.seeding.site import Reader, Site, Spot, Value


@word("fake")
def fake(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A value of the field's pool."""
    hints, hint = reader.values.hints, str(node["fake"])
    if hint not in hints.fields and hint not in hints.kinds:
        raise unknown(spot.inside("fake").where, hint, "a name of hints.yaml", {**hints.fields, **hints.kinds})
    pool = reader.values.pool(spot.resource, spot.key, hint)
    return lambda site: pool.at(site.row, site.item)


@word("pick")
def pick(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """One of several values, each as likely as the others; one that is listed twice is twice as likely."""
    makers = choices(reader, node["pick"], spot.inside("pick"))
    draw, count = reader.values.draw(spot.resource, f"{spot.key} pick"), len(makers)
    return lambda site: makers[draw(site.row, site.item) % count](site)


@word("turn")
def turn(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The values in their order, and from the first one again: for names that must be unique."""
    makers = choices(reader, node["turn"], spot.inside("turn"))
    return lambda site: makers[site.number % len(makers)](site)


def choices(reader: Reader, listed: Any, inside: Spot) -> list[Value]:
    """The values of a list that is not empty."""
    if not isinstance(listed, list) or not listed:
        raise trouble(inside.where, f"`{listed}`", "a list of values", "write [a, b]")
    return [read_value(reader, each, inside) for each in listed]


@word("chance", "value", "else")
def chance(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A value that only some records have."""
    likely = node["chance"]
    if not is_number(likely) or not 0 <= likely <= 1:
        raise trouble(spot.inside("chance").where, f"`{likely}`", "a probability", "write a number from 0 to 1")
    if "value" not in node:
        raise trouble(spot.inside("chance").where, "no value", "`value`", "write {chance: 0.5, value: V}")
    value = read_value(reader, node["value"], spot.inside("value"))
    other: Value = read_value(reader, node["else"], spot.inside("else")) if "else" in node else lambda _: ABSENT
    draw, limit = reader.values.draw(spot.resource, f"{spot.key} chance"), likely * WHOLE
    return lambda site: value(site) if draw(site.row, site.item) < limit else other(site)


@word("number", "step", "times")
def number(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A number of a range, both ends included, by steps of 1 unless another step is given."""
    inside = spot.inside("number")
    low, high = bounds(node["number"], inside)
    step = node.get("step", 1)
    if not is_number(step) or step <= 0:
        raise trouble(inside.inside("step").where, f"`{step}`", "a number above 0", "leave it out for whole steps")
    draw, count = reader.values.draw(spot.resource, f"{spot.key} number"), int((high - low) / step + 1e-9) + 1

    def made(site: Site) -> Any:
        return plain(low + draw(site.row, site.item) % count * step)

    if "times" not in node:
        return made
    factor = known_name(node["times"], inside.inside("times"))
    return lambda site: plain(round(made(site) * float(site.get(factor) or 0), 2))


def plain(value: float) -> int | float:
    """Without the dust of binary fractions; whole numbers as int."""
    rounded = round(value, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


@word("least")
def least(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The smallest of the numbers; what is left out does not count, and nothing is left when all are."""
    inside = spot.inside("least")
    if not isinstance(node["least"], list) or not node["least"]:
        raise trouble(inside.where, f"`{node['least']}`", "a list of numbers", "write [{field: balance}, 100]")
    makers = [read_value(reader, each, inside) for each in node["least"]]

    def made(site: Site) -> Any:
        found = [value for make in makers if (value := make(site)) is not ABSENT]
        return min(found) if found else ABSENT

    return made


@word("days")
def days(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A date YYYY-MM-DD: so many days after (or, below 0, before) the call."""
    low, high = day_bounds(node["days"], spot.inside("days"))
    draw, count = reader.values.draw(spot.resource, f"{spot.key} days"), high - low + 1
    return lambda site: date.fromordinal(site.day + low + draw(site.row, site.item) % count).isoformat()


@word("worked", "hours")
def worked(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A time log as JSON text: one span of work a day, from nine o'clock on, up to the day before the call."""
    low, high = whole_bounds(node["worked"], spot.inside("worked"))
    shortest, longest = bounds(node.get("hours", [0.5, 6]), spot.inside("hours"))
    if low < 0 or shortest <= 0 or longest > 12:
        wanted = "a number of spans from 0, of more than 0 and at most 12 hours"
        raise trouble(spot.inside("worked").where, f"`{node}`", wanted, "write {worked: [1, 4], hours: [0.5, 6]}")
    draw, quarters = reader.values.draw(spot.resource, f"{spot.key} worked"), int((longest - shortest) * 4) + 1

    def made(site: Site) -> str:
        spans = []
        for place in range(days := low + draw(site.row) % (high - low + 1)):
            chance = draw(site.row, place + 1)
            start = (site.day - EPOCH_DAY - days + place) * 86_400 + 9 * 3600 + chance % 8 * 900
            spans.append([start, start + int(shortest * 3600) + chance // 8 % quarters * 900, "", True])
        return json.dumps(spans, separators=(",", ":"))

    return made
