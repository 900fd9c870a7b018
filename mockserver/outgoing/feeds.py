"""Feeds of the control API: what happened in a world and what was told to webhooks, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.errors import Diagnosis, Refused
from mockserver.outgoing.payload import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.flow import Engine
    from mockserver.outgoing.deliveries import Deliveries
    from mockserver.world import World

PAGE = 100
MOST = 1000


def events(engine: Engine, world: World, query: Mapping[str, str]) -> dict[str, Any]:
    """Events after number `after`, at most `limit`; `last` is where the next call goes on. Raises Refused."""
    after, limit = window(query)
    found = world.state.events.after(after)[:limit]
    data = [shown(engine, number, event, world.base_url) for number, event in found]
    return {"world": world.name, "data": data, "last": found[-1][0] if found else max(after, 0)}


def deliveries(told: Deliveries, world: World, query: Mapping[str, str]) -> dict[str, Any]:
    """Deliveries after number `after`, at most `limit`. Raises Refused."""
    after, limit = window(query)
    found = [entry for entry in told.of(world).journal if entry["number"] > after][:limit]
    return {"world": world.name, "data": found, "last": found[-1]["number"] if found else max(after, 0)}


def window(query: Mapping[str, str]) -> tuple[int, int]:
    """`after` and `limit` of a feed: whole numbers. Raises Refused for anything else."""
    return whole(query, "after", 0, 0, 1 << 53), whole(query, "limit", PAGE, 1, MOST)


def whole(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text[:20]) <= most):
        diagnosis = Diagnosis(f"query {name}", "control", text, f"a whole number from {least} to {most}")
        raise Refused("bad_request", f"{name} can't be read.", diagnoses=(diagnosis,))
    return int(text)
