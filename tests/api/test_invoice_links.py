"""An invoice keeps its client, and takes only projects and locations of that client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_project_needs_its_client(shop: Shop) -> None:
    """X-137, R-VAL-4."""
    assert shop.post("invoices", {"project_id": "VolejRejNm"}).status_code == 422
    client = shop.client()
    found = errors(shop.post("invoices", {"client_id": client["id"], "project_id": "VolejRejNm"}))
    assert found == {"project_id": ["Project client does not match entity client"]}


def test_the_client_can_not_be_changed(shop: Shop) -> None:
    """R-VAL-3."""
    one, two = shop.client(), shop.client()
    invoice = shop.invoice(one)
    path = f"invoices/{invoice['id']}"
    assert record(shop.put(path, {"client_id": one["id"], "po_number": "1"}))["po_number"] == "1"
    assert list(errors(shop.put(path, {"client_id": two["id"]}))) == ["client_id"]


def test_a_location_must_be_one_of_the_client(shop: Shop) -> None:
    """5.12."""
    one, two = shop.client(), shop.client()
    location = shop.location(one)
    assert shop.invoice(one, location_id=location["id"])["location_id"] == location["id"]
    answer = shop.post("invoices", {"client_id": two["id"], "location_id": location["id"]})
    assert list(errors(answer)) == ["location_id"]
