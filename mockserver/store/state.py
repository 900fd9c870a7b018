"""All tables of a world as one immutable value, and the effects that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.store.journal import Happened, Journal
from mockserver.store.table import Record, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.store.mail import Mail

NO_ROWS = Table()
NOTHING: Journal[Happened] = Journal()
NO_MAIL: Journal[Mail] = Journal(kept=250)


@dataclass(slots=True, eq=False)  # effects are never changed; freezing them would double what one costs
class Put:
    """Write a whole record: a new one, or in place of the one with that row number."""

    resource: str
    record: Record

    @property
    def row(self) -> int:
        """Row number of the record."""
        return self.record.row


@dataclass(slots=True, eq=False)
class Patch:
    """Replace some fields of a record."""

    resource: str
    row: int
    changes: Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Remove:
    """Take a row out for good."""

    resource: str
    row: int


@dataclass(slots=True, eq=False)
class Emit:
    """Say that something happened to a record: `event` is created, updated, archived, deleted, restored, sent ..."""

    event: str
    resource: str
    row: int
    webhook: str = ""
    """Id of the only webhook that is told; empty for all that wait for the event."""


Effect = Put | Patch | Remove | Emit


class State:
    """Tables by resource. Applying an effect gives a new state; the old one stays as it was."""

    __slots__ = ("events", "mails", "tables", "version")

    def __init__(
        self,
        tables: Mapping[str, Table] | None = None,
        version: int = 0,
        events: Journal[Happened] = NOTHING,
        mails: Journal[Mail] = NO_MAIL,
    ) -> None:
        self.tables: Mapping[str, Table] = tables if tables is not None else {}
        self.version = version
        self.events = events
        self.mails = mails

    def table(self, resource: str) -> Table:
        return self.tables.get(resource, NO_ROWS)

    def apply(self, effect: Effect) -> State:
        """The state after the effect. Raises KeyError when a Patch names a row that is not there."""
        if effect.__class__ is Emit:
            return self
        made = Pending(dict(self.tables), self.version, self.events, self.mails)
        made.write(effect)
        return made


class Pending(State):
    """A state in the making: written in place by the one who made it of tables of its own, until it is handed on."""

    __slots__ = ()
    tables: dict[str, Table]

    def write(self, effect: Effect) -> None:
        """As `apply`, in place."""
        if isinstance(effect, Put):
            self.keep(effect.resource, effect.record)
        elif isinstance(effect, Patch):
            before = self.table(effect.resource).get(effect.row)
            if before is None:
                raise KeyError((effect.resource, effect.row))
            self.keep(effect.resource, Record(before.row, before.company, {**before.data, **effect.changes}))
        elif isinstance(effect, Remove):
            self.tables[effect.resource] = self.table(effect.resource).remove(effect.row)
            self.version += 1

    def keep(self, resource: str, record: Record) -> None:
        """Write a record, in place."""
        table = self.tables.get(resource)
        self.tables[resource] = (Table() if table is None else table).put(record)
        self.version += 1

    def post(self, mail: Mail) -> None:
        """Put an e-mail into the outbox, in place."""
        self.mails = self.mails.add(mail)
