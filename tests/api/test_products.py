"""Products: defaults, checks, and filters and orders of their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_product_needs_nothing(shop: Shop) -> None:
    """R-VAL-21, R-WIRE-56; tax names are empty text since 5.12."""
    wanted: JSON = {
        "product_key": "",
        "notes": "",
        "cost": 0,
        "price": 0,
        "quantity": 1,
        "tax_id": "1",
        "tax_name1": "",
        "in_stock_quantity": 0,
        "stock_notification": True,
        "is_deleted": False,
    }
    assert part(wanted, record(shop.post("products", {}))) == wanted


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_quantity_is_one(shop: Shop, value: str | None) -> None:
    """R-VAL-21."""
    product = shop.product(quantity=value)
    assert product["quantity"] == 1
    changed = record(shop.put(f"products/{product['id']}", {"quantity": 5}))
    assert changed["quantity"] == 5


NUMBERS = ["cost", "price", "quantity", "in_stock_quantity", "stock_notification_threshold"]


@pytest.mark.parametrize("field", [*NUMBERS, "tax_rate1", "tax_rate3", "stock_notification", "documents"])
def test_numbers_and_flags_are_checked(shop: Shop, field: str) -> None:
    """R-VAL-21; tax rates since 5.12."""
    assert list(errors(shop.post("products", {field: "many"}))) == [field]
    if field in NUMBERS:
        assert list(errors(shop.put(f"products/{shop.product()['id']}", {field: "many"}))) == [field]


@pytest.mark.parametrize(("sent", "kept"), [("10.5", 10.5), (10.0, 10), ("7", 7), (-3, -3)])
def test_numbers_may_come_as_text(shop: Shop, sent: str | float, kept: float) -> None:
    """R-WIRE-3, R-WIRE-43."""
    assert shop.product(cost=sent)["cost"] == kept


@pytest.fixture
def shelf(shop: Shop) -> Shop:
    shop.product(product_key="Soap", price=3, notes="Green bar")
    shop.product(product_key="brush", price=9, custom_value4="Oak")
    shop.product(product_key="Rag", price=3.5)
    return shop


@pytest.mark.parametrize(
    ("params", "keys"),
    [
        ({"product_key": "Soap"}, ["Soap"]),
        ({"product_key": "xx"}, []),
        ({"product_key": "So"}, []),
        ({"filter": "soap"}, ["Soap"]),
        ({"filter": "green"}, ["Soap"]),
        ({"filter": "oak"}, ["brush"]),
        ({"filter": "r"}, ["Soap", "brush", "Rag"]),
        ({"filter": "xx"}, []),
        ({"sort": "price|desc"}, ["brush", "Rag", "Soap"]),
        ({"sort": "price|asc"}, ["Soap", "Rag", "brush"]),
        ({"sort": "product_key|asc"}, ["brush", "Rag", "Soap"]),
        ({"sort": "price|sideways"}, ["Soap", "brush", "Rag"]),
        ({"sort": "nope|asc"}, ["Soap", "brush", "Rag"]),
    ],
)
def test_filters_and_orders(shelf: Shop, params: dict[str, str], keys: list[str]) -> None:
    """R-WIRE-20, R-WIRE-23, R-WIRE-32, testProductGetProductKeyFilter."""
    assert [each["product_key"] for each in rows(shelf.get("products", **params))] == keys
