"""Filters by state, pinned rows, and parameters that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


LIVE, ARCHIVED, DELETED = "L", "A", "D"


@pytest.fixture
def shelf(shop: Shop) -> Shop:
    """One product of each state; the key says which."""
    made = {key: shop.product(product_key=key)["id"] for key in (LIVE, ARCHIVED, DELETED)}
    shop.post("products/bulk", {"action": "archive", "ids": [made[ARCHIVED]]})
    shop.post("products/bulk", {"action": "delete", "ids": [made[DELETED]]})
    return shop


def keys(shop: Shop, **params: str) -> str:
    return "".join(each["product_key"] for each in shop.get("products", **params).json()["data"])


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, "LAD"),
        ({"status": "active"}, "L"),
        ({"status": "archived"}, "A"),
        ({"status": "deleted"}, "D"),
        ({"status": "active,deleted"}, "LD"),
        ({"status": "active,nope"}, "L"),
        ({"status": "nope"}, "LAD"),
        ({"status": ""}, "LAD"),
        ({"is_deleted": "1"}, "D"),
        ({"is_deleted": "0"}, "LA"),
        ({"is_deleted": "true"}, "D"),
        ({"with_trashed": "false"}, "LA"),
        ({"with_trashed": "true"}, "LAD"),
        ({"with_trashed": "no"}, "LAD"),
        ({"with": "D", "status": "active"}, "DL"),
        ({"with": "L", "status": "active"}, "L"),
        ({"with": "nope", "status": "active"}, "L"),
        ({"client_id": "VolejRejNm"}, "LAD"),
        ({"date_range": "2020-01-01,2020-01-02"}, "LAD"),
        ({"nope": "1", "colour": "blue"}, "LAD"),
    ],
)
def test_states_and_unknown_parameters(shelf: Shop, params: dict[str, str], found: str) -> None:
    """R-WIRE-11..14, 19, 33; filters without a column are ignored since 5.12."""
    assert keys(shelf, **params) == found
