"""Filters by the moment of creation and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import DAY, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def keys(shop: Shop, **params: str) -> str:
    return "".join(each["product_key"] for each in shop.get("products", **params).json()["data"])


@pytest.mark.parametrize("name", ["created_at", "updated_at"])
def test_moments_are_unix_seconds_or_dates(shop: Shop, name: str) -> None:
    """R-WIRE-17."""
    old = shop.product(product_key="old")
    shop.later(days=2)
    shop.product(product_key="new")
    second = old["created_at"]
    wanted = {
        str(second): "oldnew",
        str(second + 1): "new",
        str(second + 2 * DAY): "new",
        str(second + 2 * DAY + 1): "",
        "2026-01-15": "oldnew",
        "2026-01-16": "new",
        "2026-01-18": "",
        "not a date": "oldnew",
        "": "oldnew",
    }
    assert {text: keys(shop, **{name: text}) for text in wanted} == wanted


def test_a_change_moves_updated_at_and_not_created_at(shop: Shop) -> None:
    product = shop.product(product_key="old")
    shop.later(days=1)
    changed = record(shop.put(f"products/{product['id']}", {"cost": 1}))
    assert changed["updated_at"] - product["updated_at"] == DAY
    assert changed["created_at"] == product["created_at"]
    assert (keys(shop, updated_at="2026-01-16"), keys(shop, created_at="2026-01-16")) == ("old", "")
