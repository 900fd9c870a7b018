"""Events as people and programs read them, and the records that go out with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.render import Lens, parse_include
from mockserver.store.state import State

if TYPE_CHECKING:
    from mockserver.flow import Engine
    from mockserver.store.journal import Happened


def payload(engine: Engine, event: Happened, base_url: str) -> dict[str, Any] | None:
    """The record as it was right after the event, bare, with the related ones of the facts (R-SIDE-8).

    None when it was removed for good.
    """
    entity = engine.document.entities[event.entity]
    state = State(event.tables)
    record = state.table(entity.resource).get(event.row)
    if record is None:
        return None
    lens = Lens(state, base_url, ids.encode(event.company) if event.company else "")
    return engine.renderer.item(entity, record.data, lens, parse_include(entity.facts.get("payload", "")))


def shown(engine: Engine, number: int, event: Happened, base_url: str) -> dict[str, Any]:
    """An event of the feed."""
    return {
        "number": number,
        "at": event.at,
        "event": event.kind,
        "event_id": event.event_id or None,
        "entity": event.entity,
        "id": ids.encode(event.row),
        "company_id": ids.encode(event.company) if event.company else "",
        "payload": payload(engine, event, base_url),
    }
