"""Moving the clock of a test's world, and what comes of it in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def clock(shop: Shop, **body: Any) -> JSON:
    """The answer of PUT /__mock__/clock."""
    answer = shop.mock.put("/__mock__/clock", json=body)
    assert answer.status_code == 200, answer
    found: JSON = answer.json()
    return found


def advance(shop: Shop, span: str | int) -> list[JSON]:
    """What happened on the way."""
    found: list[JSON] = clock(shop, advance=span)["happened"]
    return found


def told(happened: list[JSON], *names: str) -> list[tuple[Any, ...]]:
    """(iso, what, value of each name ...) of what happened."""
    return [(each["iso"], each["what"], *(each[name] for name in names)) for each in happened]


def entries(shop: Shop, **wanted: str) -> list[str]:
    """Types of the entries of the event log that have these fields, the oldest first."""
    return [
        each["activity_type_id"]
        for each in shop.stored("activities")
        if all(each[name] == value for name, value in wanted.items())
    ]
