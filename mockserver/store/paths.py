"""Values of a record along a path of the facts: `name`, `client.name`, `contacts.email`, `line_items[].notes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.document.model import Document, Entity
    from mockserver.store.state import State
    from mockserver.store.table import Data


def values_along(path: str, entity: Entity, document: Document, state: State) -> Callable[[Data], list[Any]]:
    """Function from a record's data to the values at the path; nested records are looked up in the state.

    Raises ValueError when a part of the path is neither a field nor an include of the entity.
    """
    head, _, rest = path.partition(".")
    if head.endswith("[]"):
        name = head[:-2]
        return lambda data: [item.get(rest, "") for item in data[name]]
    if not rest:
        return lambda data: [data[head]]
    include = entity.includes.get(head)
    if include is None:
        raise ValueError(f"got path {path!r}: {head!r} is no include of {entity.name}")
    target = document.entities[include.entity]
    table = state.table(target.resource)
    onward = values_along(rest, target, document, state)
    memo: dict[str, list[Any]] = {}

    def one(data: Data) -> list[Any]:
        hashed = data[include.source]
        found = memo.get(hashed)
        if found is None:
            row = ids.decode(hashed) if hashed else None
            record = None if row is None else table.get(row)
            found = memo[hashed] = [] if record is None else onward(record.data)
        return found

    def many(data: Data) -> list[Any]:
        if include.by == "parent":
            rows = table.find((entity.name, data["id"]), "parent_type", "parent_id")
        else:
            rows = table.find(data["id"], include.by)
        return [value for row in rows if (record := table.get(row)) is not None for value in onward(record.data)]

    return many if include.many else one
