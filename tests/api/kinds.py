"""Records of several kinds, for tests of what every kind can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

KINDS = ["clients", "products", "locations", "invoices", "tokens"]


def make(shop: Shop, kind: str) -> JSON:
    if kind == "tokens":
        return record(shop.post("tokens", {"name": "T"}, headers=PASSWORD))
    if kind == "products":
        return shop.product()
    client = shop.client()
    if kind == "locations":
        return shop.location(client)
    return client if kind == "clients" else shop.invoice(client)


def bulk(shop: Shop, kind: str, action: str, hashed: str) -> JSON:
    found = rows(shop.post(f"{kind}/bulk", {"action": action, "ids": [hashed]}))
    assert len(found) == 1
    return found[0]
