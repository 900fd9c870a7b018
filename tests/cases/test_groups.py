"""Groups of clients: a new one is active and goes through archive, restore and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_group_keeps_its_name_and_its_settings(shop: Shop) -> None:
    """testAddGroupSettings, testAddGroupFilters."""
    made = record(shop.post("group_settings", {"name": "testX", "settings": {"currency_id": "2"}}))
    assert (made["name"], made["archived_at"], made["settings"]["currency_id"]) == ("testX", 0, "2")
