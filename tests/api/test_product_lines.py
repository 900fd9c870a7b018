"""Lines of bills are written back to products, where the company wants that (R-EP-55)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client()


def bill(shop: Shop, noun: str, client: JSON, **line: Any) -> JSON:
    lines = [{"product_key": "BEAM", "quantity": 3, "cost": 12.5, "notes": "Oak", **line}]
    return record(shop.post(noun, {"client_id": client["id"], "frequency_id": 5, "line_items": lines}))


def beams(shop: Shop) -> list[JSON]:
    return [each for each in shop.stored("products") if each["product_key"] == "BEAM"]


@pytest.mark.parametrize("noun", ["invoices", "quotes", "credits", "recurring_invoices"])
def test_a_key_that_no_product_has_makes_one(shop: Shop, client: JSON, noun: str) -> None:
    bill(shop, noun, client, custom_value2="dry", tax_name1="VAT", tax_rate1=20)
    (made,) = beams(shop)
    wanted = {"price": 12.5, "cost": 0, "quantity": 3, "notes": "Oak", "custom_value2": "dry", "tax_name1": ""}
    assert part(wanted, shop.show(f"products/{made['id']}")) == wanted
    told = shop.mock.get("/__mock__/events").json()["data"]
    assert [each for each in told if each["entity"] == "product"] == []


def test_a_product_gets_price_and_notes_of_the_line(shop: Shop, client: JSON) -> None:
    """Its cost, quantity and taxes are its own; a blank custom value of the line leaves that of the product."""
    own = {"cost": 4, "quantity": 1, "tax_name1": "GST", "custom_value1": "old", "custom_value2": "wet"}
    product = shop.product(product_key="BEAM", price=10, notes="Pine", **own)
    made = bill(shop, "invoices", client, custom_value1="new")
    wanted = {**own, "custom_value1": "new", "price": 12.5, "notes": "Oak"}
    assert part(wanted, shop.show(f"products/{product['id']}")) == wanted
    lines = [{**made["line_items"][0], "cost": 13}]
    record(shop.put(f"invoices/{made['id']}", {"line_items": lines}))
    assert shop.show(f"products/{product['id']}")["price"] == 13
    assert len(beams(shop)) == 1


def test_a_bill_that_brings_nothing_new_leaves_the_product_as_it_is(shop: Shop, client: JSON) -> None:
    bill(shop, "invoices", client)
    (before,) = beams(shop)
    shop.later(days=1)
    bill(shop, "invoices", client)
    assert beams(shop) == [before]


def test_a_product_that_is_gone_is_not_made_again(shop: Shop, client: JSON) -> None:
    product = shop.product(product_key="BEAM", price=10)
    shop.delete(f"products/{product['id']}")
    bill(shop, "invoices", client)
    (kept,) = beams(shop)
    assert (kept["id"], kept["price"], kept["is_deleted"]) == (product["id"], 12.5, True)


@pytest.mark.parametrize(
    "why", ["switched off", "work", "no key", "keyword", "currency", "task", "expense", "purchase order"]
)
def test_what_is_not_written_back(shop: Shop, client: JSON, why: str) -> None:
    product = shop.product(product_key="BEAM", price=10, notes="Oak of :MONTH" if why == "keyword" else "Pine")
    before = shop.stored("products")
    line: JSON = {}
    if why == "switched off":
        own = shop.company()
        record(shop.put(f"companies/{own['id']}", {"settings": own["settings"], "update_products": False}))
    elif why == "currency":
        shop.put(f"clients/{client['id']}", {"name": "Harbour", "settings": {"currency_id": "3"}})
    elif why in ("task", "expense"):
        line = {f"{why}_id": record(shop.post(f"{why}s", {"client_id": client["id"], "amount": 5}))["id"]}
    elif why in ("work", "no key"):
        line = {"type_id": "2"} if why == "work" else {"product_key": ""}
    if why == "purchase order":
        vendor = record(shop.post("vendors", {"name": "Mill"}))
        lines = [{"product_key": "BEAM", "quantity": 1, "cost": 7}]
        record(shop.post("purchase_orders", {"vendor_id": vendor["id"], "line_items": lines}))
    else:
        bill(shop, "invoices", client, **line)
    assert shop.stored("products") == before
    assert shop.show(f"products/{product['id']}")["price"] == 10
