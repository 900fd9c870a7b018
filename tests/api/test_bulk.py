"""One action on many records: what is answered, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_the_records_are_answered_in_id_order_with_their_page(shop: Shop) -> None:
    """R-BULK-1: repeated ids count once."""
    ids = [shop.client()["id"] for _ in range(25)]
    answer = shop.post("clients/bulk", {"action": "archive", "ids": [*reversed(ids), ids[0]]})
    assert [each["id"] for each in rows(answer)] == ids[:20]
    found = answer.json()["meta"]["pagination"]
    assert (found["total"], found["count"], found["total_pages"]) == (25, 20, 2)
    assert all(each["archived_at"] for each in rows(shop.get("clients", per_page=50)))


@pytest.mark.parametrize("kind", ["clients", "products", "invoices", "locations"])
def test_the_action_may_stand_in_the_query(shop: Shop, kind: str) -> None:
    """R-BULK-1."""
    client = shop.client()
    made = {"clients": client, "products": shop.product(), "invoices": shop.invoice(client)}
    made["locations"] = shop.location(client)
    found = rows(shop.post(f"{kind}/bulk?action=archive", {"ids": [made[kind]["id"]]}))
    assert [each["archived_at"] > 0 for each in found] == [True]


@pytest.mark.parametrize("kind", ["clients", "products"])
def test_an_unknown_action_is_refused(shop: Shop, kind: str) -> None:
    """R-BULK-3."""
    made = shop.client() if kind == "clients" else shop.product()
    refused = shop.post(f"{kind}/bulk", {"action": "explode", "ids": [made["id"]]})
    assert errors(refused) == {"action": ["The selected action is invalid."]}


@pytest.mark.parametrize("kind", ["clients", "products", "invoices"])
@pytest.mark.parametrize("ids", [None, "", "VolejRejNm", []])
def test_ids_must_be_a_list_with_something_in_it(shop: Shop, kind: str, ids: Any) -> None:
    """R-BULK-2: `required` refuses an empty list too."""
    shop.client()
    assert list(errors(shop.post(f"{kind}/bulk", {"action": "archive", "ids": ids}))) == ["ids"]


@pytest.mark.parametrize("kind", ["clients", "invoices"])
def test_an_action_is_needed(shop: Shop, kind: str) -> None:
    """R-BULK-2."""
    made = shop.client() if kind == "clients" else shop.invoice(shop.client())
    assert list(errors(shop.post(f"{kind}/bulk", {"ids": [made["id"]]}))) == ["action"]


@pytest.mark.parametrize("kind", ["clients", "products"])
def test_one_unknown_id_spoils_the_call(shop: Shop, kind: str) -> None:
    """R-BULK-2: nothing is changed."""
    made = shop.client() if kind == "clients" else shop.product()
    for other in ("zzz", "Opnel5aKBz", 7):
        refused = shop.post(f"{kind}/bulk", {"action": "delete", "ids": [made["id"], other]})
        assert list(errors(refused)) == ["ids"]
    assert shop.show(f"{kind}/{made['id']}")["is_deleted"] is False
