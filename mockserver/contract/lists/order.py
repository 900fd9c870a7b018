"""What `sort` must do, worked out again: the key of a row for a column, by the facts of the noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.contract.lists.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.contract.lists.filters import Facts, Row, Scene
    from mockserver.contract.reading.nouns import Noun

SCALARS = frozenset(
    {"id", "link", "text", "html", "email", "url", "lookup", "enum", "date", "datetime", "timestamp"}
    | {"money", "rate", "number", "integer", "bool"}
)


def columns(noun: Noun) -> list[str]:
    """Columns that the list sorts by: those that `only` names, or every plain field and the special ones.

    Fields that are worked out when a record is shown are left out, and so are ids and links: their order is that of
    the rows behind them.
    """
    facts = noun.facts.get("sorts", {})
    special = list(facts.get("special", {}))
    plain = [
        name
        for name, field in noun.fields.items()
        if field["kind"] in SCALARS - {"id", "link"} and not field.get("computed") and not field.get("optional")
    ]
    offered = dict.fromkeys([*plain, *special])
    return [name for name in offered if name not in facts.get("ignored", ()) and name in facts.get("only", offered)]


def key_of(scene: Scene, column: str) -> Callable[[Row], Any]:
    """Key by which rows must be in order."""
    special: Facts = scene.noun.facts.get("sorts", {}).get("special", {}).get(column, {})
    if "digits" in special:
        return lambda row: int(re.sub(r"\D", "", row[special["digits"]])[:18] or 0)
    if "first" in special:
        return lambda row: folded(next((v for path in special["first"] for v in scene.values(row, path) if v), ""))
    if "count" in special:
        return lambda row: len(row[special["count"]])
    if "cases" in special:
        return lambda row: rank(scene, special, row)
    path = special.get("by", column)
    return lambda row: folded(next(iter(scene.values(row, path)), ""))


def rank(scene: Scene, special: Facts, row: Row) -> float:
    """Place by the first case whose condition holds; `seen` wants a value at a path as well."""
    for case in special["cases"]:
        if holds(case["where"], row, scene.today) and ("seen" not in case or any(scene.values(row, case["seen"]))):
            return float(case["rank"])
    return float(row[special["else"]["number"]])


def folded(value: Any) -> Any:
    """Text without regard to case; numbers and booleans as they are, and null below all numbers."""
    if value is None:
        return float("-inf")
    return value.lower() if isinstance(value, str) else value


def comparable(left: Any, right: Any) -> bool:
    """Whether everybody agrees on the order of two keys: texts of plain letters, digits and spaces, or no texts."""
    return all(not isinstance(each, str) or re.fullmatch(r"[a-z0-9 ]*", each) is not None for each in (left, right))
