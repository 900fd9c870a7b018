"""What happened in a world, oldest first: numbered entries that are only ever added, the newest of which are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.store.table import Table

Entry = TypeVar("Entry")
Chain = tuple[Any, ...]
"""Nothing, or (what came before, entry)."""
KEPT = 1000
"""Entries that are surely kept unless a journal says otherwise; up to twice as many may be."""


@dataclass(slots=True, eq=False)  # never changed; freezing it would triple what it costs
class Happened:
    """An event: `kind` is created, updated, sent ...; `tables` are those of the world right after it.

    `event_id` is the number that webhooks know it by, 0 for none; `webhook` is set when only that one is told.
    """

    at: int
    kind: str
    event_id: int
    entity: str
    row: int
    company: int
    tables: Mapping[str, Table]
    webhook: str = ""


class Journal(Generic[Entry]):
    """An immutable list that shares what it can with the one before it: adding to it costs the same at any length.

    It is kept in two parts; when the newer one is full, it takes the place of the older, which goes.
    """

    __slots__ = ("_newer", "_older", "_size", "kept", "last")

    def __init__(self, newer: Chain = (), older: Chain = (), size: int = 0, last: int = 0, kept: int = KEPT) -> None:
        self._newer, self._older, self._size, self.last, self.kept = newer, older, size, last, kept

    def add(self, entry: Entry) -> Journal[Entry]:
        """The journal with one more entry; now and then the oldest ones go."""
        size, kept = self._size, self.kept
        if size < kept:
            return Journal((self._newer, entry), self._older, size + 1, self.last + 1, kept)
        return Journal(((), entry), self._newer, 1, self.last + 1, kept)

    def after(self, number: int = 0) -> list[tuple[int, Entry]]:
        """(number, entry) of what came after the entry with that number, and is still kept."""
        found: list[tuple[int, Entry]] = []
        last = self.last
        for part in (self._newer, self._older):
            chain = part
            while chain and last > number:
                chain, entry = chain
                found.append((last, entry))
                last -= 1
        found.reverse()
        return found
