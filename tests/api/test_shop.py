"""The routes of a shop, which take the key of the company instead of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.fixture
def store(shop: Shop) -> Shop:
    """Somebody with the key of the company and without a token; the shop is switched on."""
    company = shop.get("companies").json()["data"][0]
    shop.put(f"companies/{company['id']}", {"settings": company["settings"], "enable_shop_api": True})
    return shop.but(X_API_TOKEN=None, X_API_COMPANY_KEY=company["company_key"])


def test_a_shop_that_is_switched_off_refuses(shop: Shop) -> None:
    key = shop.get("companies").json()["data"][0]["company_key"]
    refused = shop.but(X_API_TOKEN=None, X_API_COMPANY_KEY=key).get("shop/profile")
    assert (refused.status_code, refused.json()) == (403, {"message": "Shop is disabled", "errors": {}})


def test_an_unknown_key_names_no_company(store: Shop) -> None:
    refused = store.but(X_API_COMPANY_KEY="nobody").get("shop/products")
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        "No query results for model [App\\Models\\Company].",
    )


def test_the_profile_holds_key_and_settings(store: Shop, shop: Shop) -> None:
    company = shop.get("companies").json()["data"][0]
    assert store.get("shop/profile").json()["data"] == {
        "company_key": company["company_key"],
        "settings": company["settings"],
    }


def test_archived_products_are_not_on_sale(store: Shop, shop: Shop) -> None:
    kept, gone = shop.product(), shop.product(product_key="OLD")
    shop.post("products/bulk", {"action": "archive", "ids": [gone["id"]]})
    assert [each["id"] for each in store.get("shop/products").json()["data"]] == [kept["id"]]
    assert store.get("shop/product/W-1").json()["data"]["id"] == kept["id"]
    assert store.get("shop/product/OLD").status_code == 400


def test_a_shop_sells_in_the_name_of_the_owner(store: Shop, shop: Shop) -> None:
    client = store.post("shop/clients", {"name": "Walk-in"}).json()["data"]
    lines = [{"quantity": 2, "cost": 10}]
    sold = store.post("shop/invoices?mark_sent=true", {"client_id": client["id"], "line_items": lines}).json()["data"]
    assert (sold["amount"], sold["status_id"]) == (20, "2")
    assert sold["user_id"] == shop.get("users").json()["data"][0]["id"]
    assert store.get(f"shop/client/{client['contacts'][0]['contact_key']}").json()["data"]["id"] == client["id"]
    assert store.get(f"shop/invoice/{sold['invitations'][0]['key']}").json()["data"]["id"] == sold["id"]


def test_a_sale_without_a_client_is_refused(store: Shop) -> None:
    refused = store.post("shop/invoices", {"line_items": []})
    assert refused.json()["errors"] == {"client_id": ["The client id field is required."]}
