"""What can be done with deleted records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.kinds import KINDS, bulk, make
from tests.api.shop import PASSWORD, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


MESSAGE = "Record is deleted and cannot be edited. Restore the record to enable editing"


@pytest.mark.parametrize("kind", ["clients", "products", "invoices", "tokens"])
def test_a_deleted_record_can_not_be_edited(shop: Shop, kind: str) -> None:
    """X-129, R-LIFE-4: archived ones can."""
    made = make(shop, kind)
    bulk(shop, kind, "archive", made["id"])
    body = {"name": "Double Funk", "po_number": "1"}
    assert shop.put(f"{kind}/{made['id']}", body, headers=PASSWORD).status_code == 200
    bulk(shop, kind, "delete", made["id"])
    answer = shop.put(f"{kind}/{made['id']}", body, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (400, {"message": MESSAGE})


def test_a_deleted_location_can_be_edited(shop: Shop) -> None:
    """R-LIFE-5: it has no such check."""
    client = shop.client()
    made = shop.location(client)
    bulk(shop, "locations", "delete", made["id"])
    changed = record(shop.put(f"locations/{made['id']}", {"client_id": client["id"], "city": "Astoria"}))
    assert (changed["city"], changed["is_deleted"]) == ("Astoria", True)


@pytest.mark.parametrize("kind", KINDS)
def test_archived_and_deleted_records_are_shown(shop: Shop, kind: str) -> None:
    """R-LIFE-3, R-WIRE-11."""
    made = make(shop, kind)
    for action in ("archive", "delete"):
        now = bulk(shop, kind, action, made["id"])
        assert shop.show(f"{kind}/{made['id']}") == shop.show(f"{kind}/{made['id']}/edit") == now
        assert made["id"] in shop.ids(kind)
