"""Around and between the records: envelope, byte form, `index`, `serializer`, `include_static`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(("name", "keys"), [("crates", ["crates", "meta"]), ("zoo", ["meta", "zoo"])])
def test_index_renames_the_data_and_keys_stay_sorted(shop: Shop, name: str, keys: list[str]) -> None:
    """R-WIRE-5, R-WIRE-2."""
    product = shop.product()
    answer = shop.get("products", index=name).json()
    assert (list(answer), answer[name]) == (keys, [product])
    assert shop.get(f"products/{product['id']}", index=name).json() == {name: product}


def test_index_none_takes_the_envelope_away(shop: Shop) -> None:
    """R-WIRE-5: the keys of a single record are sorted then."""
    product = shop.product()
    assert shop.get("products", index="none").json() == [product]
    bare = shop.get(f"products/{product['id']}", index="none").json()
    assert (bare, list(bare)) == (product, sorted(product))


def test_static_lists_come_along_on_request(shop: Shop) -> None:
    """R-WIRE-6."""
    product = shop.product()
    statics = shop.get("statics").json()
    answer = shop.get("products", include_static="true").json()
    assert list(answer) == ["data", "meta", "static"]
    assert answer["static"] == statics
    assert list(shop.get(f"products/{product['id']}", include_static="1").json()) == ["data", "static"]
    assert "static" not in shop.get("products", include_static="").json()


def test_serializer_json_gives_resource_objects(shop: Shop) -> None:
    """R-WIRE-7; any other word changes nothing."""
    product = shop.product()
    found = shop.get(f"products/{product['id']}", serializer="json").json()["data"]
    assert found["id"] == product["id"]
    assert found["attributes"]["product_key"] == "W-1"
    assert "product_key" not in found
    listed = shop.get("products", serializer="json").json()
    assert ([each["id"] for each in listed["data"]], "meta" in listed) == ([product["id"]], True)
    assert record(shop.get(f"products/{product['id']}", serializer="xml")) == product


def test_every_call_answers_with_200(shop: Shop) -> None:
    """R-WIRE-1."""
    made = shop.post("products", {"product_key": "A"})
    path = f"products/{made.json()['data']['id']}"
    calls = [made, shop.put(path, {"cost": 1}), shop.call("PATCH", path, {"cost": 2}), shop.delete(path)]
    assert [each.status_code for each in calls] == [200] * 4
    assert [each.json()["data"]["cost"] for each in calls] == [0, 1, 2, 2]
