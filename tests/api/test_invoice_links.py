"""An invoice keeps its client, and takes only projects and locations of that client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver import ids
from mockserver.store.state import Put
from mockserver.store.table import Record
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


@pytest.mark.parametrize("field", ["assigned_user_id", "vendor_id", "subscription_id"])
def test_links_that_the_service_has_no_rule_for_are_kept_unchecked(shop: Shop, field: str) -> None:
    """Any hashed id is kept, also one that names nothing; text that is none ends as no link (R-WIRE-48)."""
    client = shop.client()
    assert shop.invoice(client, **{field: ids.encode(987_654)})[field] == ids.encode(987_654)
    invoice = shop.invoice(client, **{field: "nobody"})
    assert invoice[field] == ""
    path = f"invoices/{invoice['id']}"
    assert record(shop.put(path, {field: ids.encode(3)}))[field] == ids.encode(3)
    assert record(shop.put(path, {field: None}))[field] == ""


def test_a_project_of_the_same_client_is_taken(shop: Shop) -> None:
    """R-VAL-4."""
    one, two = shop.client(), shop.client()
    project = {**shop.mock.world.document.entities["project"].blank, "id": ids.encode(1), "client_id": one["id"]}
    world = shop.mock.world
    world.state = world.state.apply(Put("projects", Record(1, 1, project)))
    invoice = shop.invoice(one, project_id=project["id"])
    assert invoice["project_id"] == project["id"]
    answer = shop.post("invoices", {"client_id": two["id"], "project_id": project["id"]})
    assert errors(answer) == {"project_id": ["Project client does not match entity client"]}
    other = shop.invoice(two)
    answer = shop.put(f"invoices/{other['id']}", {"project_id": project["id"]})
    assert list(errors(answer)) == ["project_id"]
