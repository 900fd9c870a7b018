"""Filters by client and vendor, and by whether they are still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


LIVE, ARCHIVED, DELETED = "L", "A", "D"


def test_rows_of_a_client(shop: Shop) -> None:
    """R-WIRE-18."""
    one, two = shop.client(), shop.client()
    mine, other = shop.invoice(one), shop.invoice(two)
    assert shop.ids("invoices", client_id=one["id"]) == [mine["id"]]
    assert shop.ids("invoices", client_id="") == [mine["id"], other["id"]]
    assert shop.ids("invoices", client_id="zzz") == shop.ids("invoices", client_id="7") == []


def test_rows_of_a_vendor(shop: Shop) -> None:
    """R-WIRE-18."""
    client = shop.client()
    of_vendor, plain = shop.invoice(client, vendor_id="Wpmbk5ezJn"), shop.invoice(client)
    assert shop.ids("invoices", vendor_id="Wpmbk5ezJn") == [of_vendor["id"]]
    assert shop.ids("invoices", vendor_id="Opnel5aKBz") == []
    assert shop.ids("invoices", vendor_id="") == [of_vendor["id"], plain["id"]]


@pytest.fixture
def books(shop: Shop) -> Shop:
    """An invoice each for a live, an archived and a deleted client; the number says which."""
    clients = {key: shop.client(name=key) for key in (LIVE, ARCHIVED, DELETED)}
    for key, client in clients.items():
        shop.invoice(client, number=key)
    shop.post("clients/bulk", {"action": "archive", "ids": [clients[ARCHIVED]["id"]]})
    shop.post("clients/bulk", {"action": "delete", "ids": [clients[DELETED]["id"]]})
    return shop


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"filter_deleted_clients": "true"}, "LA"),
        ({"filter_deleted_clients": "yes"}, "LAD"),
        ({"without_deleted_clients": "true"}, "L"),
        ({"without_deleted_clients": ""}, "L"),
        ({"without_deleted_vendors": "true"}, "LAD"),
    ],
)
def test_rows_whose_client_is_gone(books: Shop, params: dict[str, str], found: str) -> None:
    """R-WIRE-15, R-WIRE-16."""
    answer: list[JSON] = books.get("invoices", **params).json()["data"]
    assert "".join(each["number"] for each in answer) == found
