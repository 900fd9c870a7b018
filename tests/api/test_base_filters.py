"""Filters that every list has, as far as its columns go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import DAY, record, total

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

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


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"date_range": "2026-01-02,2026-01-03"}, 2),
        ({"date_range": "2026-01-03,2026-01-03"}, 1),
        ({"date_range": "2053-10-01,2053-10-03"}, 0),
        ({"due_date_range": "2026-02-01,2026-02-28"}, 1),
        pytest.param({"date_range": "date"}, 3, id="X-103 a word"),
        pytest.param({"date_range": "x"}, 3, id="X-103 a letter"),
        pytest.param({"date_range": "date,2023223123,312312321"}, 3, id="X-103 three parts"),
        ({"date_range": "soon,later"}, 3),
        ({"date_range": ""}, 3),
    ],
)
def test_ranges_of_dates_include_both_ends(shop: Shop, params: dict[str, str], found: int) -> None:
    """R-WIRE-25, R-WIRE-26: what is no range is ignored."""
    client = shop.client()
    for day in (2, 3, 9):
        shop.invoice(client, date=f"2026-01-0{day}", **({"due_date": "2026-02-09"} if day == 9 else {}))
    assert total(shop.get("invoices", **params)) == found
