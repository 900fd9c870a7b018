"""Bulk actions that write a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_column_of_many_clients_is_written(shop: Shop) -> None:
    """X-125, R-BULK-8."""
    ids = [shop.client()["id"] for _ in range(2)]
    body = {"action": "bulk_update", "column": "public_notes", "new_value": "THISISABULKUPDATE", "ids": ids}
    assert [each["public_notes"] for each in rows(shop.post("clients/bulk", body))] == ["THISISABULKUPDATE"] * 2
    for column, value in {"industry_id": "5", "country_id": "36", "custom_value4": "x"}.items():
        found = rows(shop.post("clients/bulk", {**body, "column": column, "new_value": value}))
        assert [each[column] for each in found] == [value] * 2
    for wrong in ("name", "balance", None):
        assert list(errors(shop.post("clients/bulk", {**body, "column": wrong}))) == ["column"]
    for column, value in (("industry_id", "Silver"), ("size_id", "漢字"), ("country_id", "-1"), ("size_id", "2.5")):
        answer = shop.post("clients/bulk", {**body, "column": column, "new_value": value})
        assert errors(answer) == {"new_value": ["The new value must be an integer."]}
    cleared = rows(shop.post("clients/bulk", {**body, "column": "industry_id", "new_value": ""}))
    assert [each["industry_id"] for each in cleared] == ["", ""]


def test_a_group_is_needed_to_assign_one(shop: Shop) -> None:
    """R-BULK-8."""
    body = {"action": "assign_group", "ids": [shop.client()["id"]]}
    for group in ({}, {"group_settings_id": "zzz"}):
        assert list(errors(shop.post("clients/bulk", {**body, **group}))) == ["group_settings_id"]


def test_a_tax_category_is_set_on_products(shop: Shop) -> None:
    """X-146, R-BULK-12."""
    product = shop.product()
    body = {"action": "set_tax_id", "ids": [product["id"]]}
    changed = rows(shop.post("products/bulk", {**body, "tax_id": 6}))[0]
    assert (product["tax_id"], changed["tax_id"]) == ("1", "6")
    assert shop.show(f"products/{product['id']}")["tax_id"] == "6"
    assert list(errors(shop.post("products/bulk", body))) == ["tax_id"]
