"""Number and id number belong to one client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_an_id_number_belongs_to_one_client(shop: Shop) -> None:
    """X-119, testIdNumberPutValidation, testClientPut."""
    one = shop.client()
    for _ in range(2):
        record(shop.put(f"clients/{one['id']}", {"name": "A", "country_id": "840", "id_number": "x-1-11a"}))
    other = shop.client(country_id="840")
    body = {"name": "B", "country_id": "840", "id_number": "x-1-11a"}
    refusal = {"id_number": ["The id number has already been taken."]}
    assert errors(shop.put(f"clients/{other['id']}", body)) == refusal
    assert shop.but(X_Requested_With=None).post("clients", body).status_code == 302


def test_a_number_belongs_to_one_client(shop: Shop) -> None:
    """testNumberPutValidation, testNumberValidation, testDuplicateNumberCatch."""
    assert shop.client(number="x-1-11")["number"] == "x-1-11"
    refusal = {"number": ["The number has already been taken."]}
    assert errors(shop.post("clients", {"number": "x-1-11"})) == refusal
    assert shop.but(X_Requested_With=None).post("clients", {"number": "x-1-11"}).status_code == 302
    other = shop.client()
    assert errors(shop.put(f"clients/{other['id']}", {"number": "x-1-11"})) == refusal
