"""Locations: further addresses of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_location_belongs_to_a_client_and_shows_there(shop: Shop) -> None:
    """5.12."""
    client = shop.client()
    location = shop.location(client, city="Astoria", country_id="840", is_shipping_location=True)
    wanted: JSON = {
        "client_id": client["id"],
        "vendor_id": "",
        "name": "Dock",
        "city": "Astoria",
        "country_id": "840",
        "is_shipping_location": True,
        "tax_data": {},
        "is_deleted": False,
    }
    assert part(wanted, location) == wanted
    assert shop.show(f"clients/{client['id']}")["locations"] == [location]
    for action, shown in (("archive", []), ("restore", [location["id"]]), ("delete", [])):
        shop.post("locations/bulk", {"action": action, "ids": [location["id"]]})
        assert [each["id"] for each in shop.show(f"clients/{client['id']}")["locations"]] == shown
        assert [each["id"] for each in rows(shop.get("clients"))[0]["locations"]] == shown


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name", "client_id", "vendor_id"}),
        ({"name": "Dock"}, {"name", "client_id", "vendor_id"}),
        ({"name": "Quay", "client_id": "zzz"}, {"client_id"}),
        ({"name": "Quay", "client_id": "VolejRejNm", "country_id": "A"}, {"country_id"}),
        ({"name": "Quay", "client_id": "VolejRejNm", "country_id": "100000"}, {"country_id"}),
    ],
)
def test_name_and_owner_are_needed(shop: Shop, body: JSON, fields: set[str]) -> None:
    """5.12: the name is unique in the company."""
    shop.location(shop.client())
    assert set(errors(shop.post("locations", body))) == fields


def test_an_update_needs_the_owner_too(shop: Shop) -> None:
    """5.12."""
    client = shop.client()
    location = shop.location(client)
    path = f"locations/{location['id']}"
    assert set(errors(shop.put(path, {"city": "Astoria"}))) == {"client_id", "vendor_id"}
    changed = record(shop.put(path, {"client_id": client["id"], "name": "Dock", "city": "Astoria"}))
    assert changed["city"] == "Astoria"
    shop.location(client, name="Quay")
    assert list(errors(shop.put(path, {"client_id": client["id"], "name": "Quay"}))) == ["name"]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, "B a C"),
        ({"sort": "name|asc"}, "a B C"),
        ({"sort": "name|desc"}, "C B a"),
        ({"sort": "name|sideways"}, "B a C"),
        ({"sort": "city|asc"}, "B a C"),
        ({"filter": "c"}, "C"),
        ({"client_id": "VolejRejNm"}, "B a"),
        ({"client_id": "Wpmbk5ezJn"}, "C"),
        ({"client_id": "zzz"}, ""),
    ],
)
def test_filters_and_orders(shop: Shop, params: dict[str, str], names: str) -> None:
    """Only the name sorts, and only by asc and desc."""
    one, two = shop.client(), shop.client()
    for client, name in ((one, "B"), (one, "a"), (two, "C")):
        shop.location(client, name=name)
    assert " ".join(each["name"] for each in rows(shop.get("locations", **params))) == names
