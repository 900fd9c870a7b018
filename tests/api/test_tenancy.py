"""Companies of one account do not see each other's records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

UNAUTHORIZED = {"message": "This action is unauthorized."}


@pytest.fixture
def pair(shop: Shop) -> tuple[Shop, Shop, dict[str, JSON]]:
    """A company with one record of each kind, and a second one with nothing."""
    client = shop.client()
    invoice = shop.invoice(client)
    made = {
        "clients": client,
        "invoices": invoice,
        "products": shop.product(),
        "locations": shop.location(client),
        "documents": shop.attach(f"invoices/{invoice['id']}", "a.txt")["documents"][0],
        "tokens": shop.post("tokens", {"name": "T"}, headers=PASSWORD).json()["data"],
    }
    return shop, shop.found(), {kind: shop.show(f"{kind}/{each['id']}") for kind, each in made.items()}


KINDS = ["clients", "invoices", "products", "locations", "documents", "tokens"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_of_another_company_is_not_for_us(pair: tuple[Shop, Shop, dict[str, JSON]], kind: str) -> None:
    """R-AUTH-5."""
    ours, theirs, records = pair
    path = f"{kind}/{records[kind]['id']}"
    calls = [theirs.get(path), theirs.get(f"{path}/edit"), theirs.put(path, {"name": "X"}, headers=PASSWORD)]
    calls.append(theirs.delete(path, headers=PASSWORD))
    assert [(each.status_code, each.json()) for each in calls] == [(401, UNAUTHORIZED)] * 4
    assert ours.show(path) == records[kind]


@pytest.mark.parametrize("kind", ["clients", "invoices", "products", "locations", "documents"])
def test_lists_hold_the_own_records_only(pair: tuple[Shop, Shop, dict[str, JSON]], kind: str) -> None:
    """R-AUTH-5."""
    ours, theirs, records = pair
    assert ours.ids(kind) == [records[kind]["id"]]
    assert theirs.ids(kind) == []
    assert theirs.ids(kind, **{"with": records[kind]["id"]}) == []


def test_uploads_and_downloads_are_guarded_too(pair: tuple[Shop, Shop, dict[str, JSON]]) -> None:
    """R-AUTH-5."""
    _, theirs, records = pair
    files = [("documents[]", ("a.txt", b"x"))]
    assert theirs.call("PUT", f"clients/{records['clients']['id']}/upload", files=files).status_code == 401
    assert theirs.get(f"documents/{records['documents']['id']}/download").status_code == 401
    assert theirs.get(f"invoices/{records['invoices']['id']}/mark_sent").status_code == 401


def test_a_bulk_call_does_not_reach_over(pair: tuple[Shop, Shop, dict[str, JSON]]) -> None:
    """R-BULK-2, R-BULK-7."""
    ours, theirs, records = pair
    ids = {kind: [each["id"]] for kind, each in records.items()}
    answer = theirs.post("invoices/bulk", {"action": "delete", "ids": ids["invoices"]})
    assert (answer.status_code, answer.json()) == (200, {"message": "No Invoices Found"})
    for kind in ("clients", "products"):
        refused = theirs.post(f"{kind}/bulk", {"action": "delete", "ids": ids[kind]})
        assert errors(refused) == {"ids": ["The selected ids is invalid."]}
    assert theirs.post("locations/bulk", {"action": "delete", "ids": ids["locations"]}).json()["data"] == []
    for kind in ("invoices", "clients", "products", "locations"):
        assert ours.show(f"{kind}/{ids[kind][0]}")["is_deleted"] is False


def test_a_link_to_another_company_does_not_exist(pair: tuple[Shop, Shop, dict[str, JSON]]) -> None:
    """R-WIRE-48, R-VAL-1."""
    ours, theirs, records = pair
    foreign = records["clients"]["id"]
    refusal = {"client_id": ["The selected client id is invalid."]}
    assert errors(theirs.post("invoices", {"client_id": foreign})) == refusal
    assert list(errors(theirs.post("locations", {"name": "D", "client_id": foreign}))) == ["client_id"]
    assert ours.ids("locations") == [records["locations"]["id"]]


def test_each_company_has_its_own_token(pair: tuple[Shop, Shop, dict[str, JSON]]) -> None:
    """R-AUTH-5."""
    ours, theirs, _ = pair
    assert theirs.get("ping").json()["company_name"] == "Second"
    assert theirs.company()["id"] != ours.company()["id"]
