"""The records of a company of version 4 on their way in, each through the API's own create (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.inner_calls import InnerCalls
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.behaviours.transfer.importing import messages_of
from mockserver.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

DRAFT = "1"
MOST_TOLD = 100


class Arrival:
    """One company: old ids to new ones, what was stored, what was refused why."""

    def __init__(self, draft: Draft, request: Request) -> None:
        self.counts: dict[str, int] = {}
        self.errors: dict[str, list[dict[str, Any]]] = {}
        self._draft = draft
        self._request = request
        self._calls = InnerCalls(draft, request)
        self._ids: dict[str, dict[str, str]] = {}

    def unpack(self, data: Data, order: list[str]) -> None:
        """Store the tables in the order of the facts, then put away what was archived or deleted, the last first."""
        gone: list[tuple[Entity, str, str]] = []
        for resource in order:
            entity = self._draft.document.resources[resource]
            rows = data.get(resource)
            known = self._ids.setdefault(entity.name, {})
            for row in rows if isinstance(rows, list) else ():
                hashed = self.store(entity, row) if isinstance(row, dict) else ""
                if hashed:
                    known[str(row.get("id"))] = hashed
                    self.counts[resource] = self.counts.get(resource, 0) + 1
                    if row.get("is_deleted") or row.get("archived_at") or row.get("deleted_at"):
                        gone.append((entity, hashed, "delete" if row.get("is_deleted") else "archive"))
        for entity, hashed, action in reversed(gone):
            current = self._draft.get(entity.name, hashed)
            if current is not None and action in entity.bulk:
                ACTIONS[entity.bulk[action]](self._draft, entity, current, self._request)

    def store(self, entity: Entity, row: Data) -> str:
        """Id of the new record, "" for one that is refused."""
        body = self.body(entity, row)
        query = {}
        if entity.moves.get("mark_sent") and str(row.get("status_id") or DRAFT) != DRAFT:
            query["mark_sent"] = "true"
        try:
            hashed = self._calls.create(entity.name, body, **query)
        except Refused as refused:
            told = self.errors.setdefault(entity.resource, [])
            if len(told) < MOST_TOLD:
                told.append({"id": str(row.get("id"))[:40], "error": messages_of(refused)})
            return ""
        return hashed

    def body(self, entity: Entity, row: Data) -> dict[str, Any]:
        """The row as the body of a create: what can be written, with links that follow the new ids."""
        made: dict[str, Any] = {}
        for name, value in row.items():
            field = entity.writes["create"].get(name)
            if field is not None and field.kind == "link":
                made[name] = self.meant(field.to, value)
            elif field is not None or name in ("contacts", "invoices"):
                made[name] = value
        for name, kind in (("contacts", ""), ("invoices", "invoice")):
            if isinstance(made.get(name), list):
                made[name] = [self.part(each, kind) for each in made[name] if isinstance(each, dict)]
        if "number" in made:
            made["number"] = None if made["number"] is None else str(made["number"])
        return made

    def part(self, entry: Mapping[str, Any], kind: str) -> dict[str, Any]:
        """An entry of a list without its old id, and with the new one of what it names."""
        made = {name: value for name, value in entry.items() if name != "id"}
        if kind:
            made[f"{kind}_id"] = self.meant(kind, entry.get(f"{kind}_id"))
        return made

    def meant(self, kind: str, old: Any) -> str | None:
        """The id that an old one stands for; None for none."""
        return self._ids.get(kind, {}).get(str(old)) if old is not None else None
