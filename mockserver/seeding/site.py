"""Where a value is wanted: while a scenario is read (Spot) and while a call is made (Site)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Document
    from mockserver.seeding.values import Values
    from mockserver.store.table import Data
    from mockserver.world import World

    Value = Callable[["Site"], Any]

EPOCH_DAY = 719_163
"""Proleptic ordinal of 1970-01-01."""
ITEMS = 32
"""Most items of a list that are told apart in a nested list."""


class Absent:
    """The value of a field that is left out."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Reader:
    """What a scenario is read with."""

    document: Document
    values: Values


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a scenario. `where` is for messages, `key` names the field, `names` are the fields before it."""

    where: str
    resource: str
    key: str = ""
    names: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None

    def inside(self, word: str) -> Spot:
        """The place of what a word or modifier holds; it still is the same field."""
        return replace(self, where=f"{self.where}.{word}")

    def below(self, name: str, names: tuple[str, ...], document: Document) -> Spot:
        """The place of a field of the object here, which comes after the fields `names`."""
        key = f"{self.key}.{name}" if self.key else name
        found = resolved((self.schema or {}).get("properties", {}).get(name), document)
        if found is not None and found.get("type") == "array":
            found = resolved(found["items"], document)
        return Spot(f"{self.where}.{name}", self.resource, key, names, found)

    def fields(self) -> tuple[str, ...]:
        """Names of the fields that the object here takes; none when anything may be sent."""
        schema = self.schema or {}
        return () if schema.get("additionalProperties") is True else tuple(schema.get("properties", ()))


def resolved(schema: Mapping[str, Any] | None, document: Document) -> Mapping[str, Any] | None:
    """A schema without its reference."""
    return None if schema is None else document.resolved(schema)


class Site:
    """One call that is being made: the row that it is about, its day, and the objects that are being filled.

    `day` is the proleptic ordinal of the UTC date; `company` the row of the company that the call is made in;
    `number` the place of the record among those of its step, from 0; `item` the position in a list within the record.
    """

    __slots__ = ("chosen", "company", "day", "item", "number", "objects", "row", "world")

    def __init__(
        self,
        world: World,
        row: int,
        day: int,
        record: Mapping[str, Any] | None = None,
        *,
        company: int = 1,
        number: int = 0,
    ) -> None:
        self.world = world
        self.row = row
        self.day = day
        self.company = company
        self.number = number
        self.item = 0
        self.chosen: dict[tuple[str, int], Data | None] = {}
        """Records that were chosen so far, by object and item."""
        self.objects: list[Mapping[str, Any]] = [] if record is None else [record]

    def get(self, name: str) -> Any:
        """A field of the innermost object that has it; empty text when it was left out."""
        for each in reversed(self.objects):
            if name in each:
                return each[name]
        return ""

    def at(self, position: int, make: Value) -> Any:
        """A value as an item of a list."""
        outer, self.item = self.item, self.item * ITEMS + position
        made = make(self)
        self.item = outer
        return made
