"""Search without a search engine (R-EP-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_rows_lead_to_clients_contacts_and_invoices(shop: Shop) -> None:
    """The text is ignored; a client without a name goes by its contact."""
    contact = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com"}
    client = shop.client(name="", contacts=[contact])
    invoice = shop.invoice(client, number="0042")
    found = shop.post("search", {"search": "nothing like it"}).json()
    leads = {"type": "/client", "id": client["id"], "path": f"/clients/{client['id']}"}
    assert found["clients"] == [{"name": "Ines Moreau", **leads}]
    assert found["client_contacts"] == [{"name": "Ines Moreau <ines@example.com>", **leads}]
    assert found["invoices"] == [
        {
            "name": "Ines Moreau - 0042",
            "type": "/invoice",
            "id": invoice["id"],
            "path": f"/invoices/{invoice['id']}/edit",
        }
    ]
    page = {"name": "Localization", "type": "localization", "id": "Localization", "path": "/settings/localization"}
    assert page in found["settings"]


def test_the_newest_come_first_and_deleted_ones_not_at_all(shop: Shop) -> None:
    first, second, third = (shop.client(name=name) for name in ("First", "Second", "Third"))
    shop.post("clients/bulk", {"action": "archive", "ids": [first["id"]]})
    shop.invoice(second)
    shop.delete(f"clients/{second['id']}")
    found = shop.post("search").json()
    assert [each["id"] for each in found["clients"]] == [third["id"], first["id"]]
    assert found["invoices"] == []


def test_others_see_their_own(shop: Shop) -> None:
    shop.client()
    clerk = shop.hire("create_client")
    own = clerk.client(name="Own")
    assert [each["id"] for each in clerk.post("search").json()["clients"]] == [own["id"]]


@pytest.mark.parametrize(
    ("entity", "further"),
    [("quote", "convert_to_invoice"), ("payment", "email_receipt"), ("recurring_invoice", "stop")],
)
def test_actions_of_a_kind(shop: Shop, entity: str, further: str) -> None:
    found = shop.post(f"filters/{entity}").json()
    assert found[:3] == ["archive", "restore", "delete"]
    assert further in found


def test_kinds_without_actions_of_their_own(shop: Shop) -> None:
    assert shop.post("filters/nonsense").json() == ["archive", "restore", "delete"]
