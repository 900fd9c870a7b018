"""All tables of a world as one immutable value, and the effects that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.store.table import Data, Record, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ROWS = Table()


@dataclass(frozen=True, slots=True)
class Put:
    """Write a whole record: a new one, or in place of the one with that row number."""

    resource: str
    record: Record

    @property
    def row(self) -> int:
        """Row number of the record."""
        return self.record.row


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace some fields of a record."""

    resource: str
    row: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a row out for good."""

    resource: str
    row: int


@dataclass(frozen=True, slots=True)
class Emit:
    """Say that something happened to a record: `event` is created, updated, archived, deleted, restored, sent ..."""

    event: str
    resource: str
    row: int


Effect = Put | Patch | Remove | Emit


class State:
    """Tables by resource. Applying an effect gives a new state; the old one stays as it was."""

    __slots__ = ("tables", "version")

    def __init__(self, tables: Mapping[str, Table] | None = None, version: int = 0) -> None:
        self.tables: Mapping[str, Table] = tables if tables is not None else {}
        self.version = version

    def table(self, resource: str) -> Table:
        return self.tables.get(resource, NO_ROWS)

    def apply(self, effect: Effect) -> State:
        """The state after the effect. Raises KeyError when a Patch names a row that is not there."""
        if isinstance(effect, Emit):
            return self
        table = self.tables.get(effect.resource)
        if table is None:
            table = Table()
        if isinstance(effect, Put):
            table = table.put(effect.record)
        elif isinstance(effect, Patch):
            before = table.get(effect.row)
            if before is None:
                raise KeyError((effect.resource, effect.row))
            data: Data = {**before.data, **effect.changes}
            table = table.put(Record(before.row, before.company, data))
        else:
            table = table.remove(effect.row)
        return State({**self.tables, effect.resource: table}, self.version + 1)
