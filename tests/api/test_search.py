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


def test_projects_are_named_by_name_and_number(shop: Shop) -> None:
    """Archived ones too; not those that are deleted or whose client is."""
    kept, gone = shop.client(), shop.client()
    made = [
        shop.post("projects", {"name": name, "number": name[0], "client_id": client["id"]}).json()["data"]
        for name, client in (("Archived", kept), ("Garden", kept), ("Deleted", kept), ("Orphan", gone))
    ]
    shop.post("projects/bulk", {"action": "archive", "ids": [made[0]["id"]]})
    shop.delete(f"projects/{made[2]['id']}")
    shop.delete(f"clients/{gone['id']}")
    hashed = made[1]["id"]
    found = shop.post("search").json()["projects"]
    assert [each["name"] for each in found] == ["Garden - G", "Archived - A"]
    assert found[0] == {"name": "Garden - G", "type": "/project", "id": hashed, "path": f"/projects/{hashed}"}


def test_clients_that_changed_last_come_first(shop: Shop) -> None:
    first, second = shop.client(name="First"), shop.client(name="Second")
    shop.later(seconds=5)
    shop.put(f"clients/{first['id']}", {"name": "First again"})
    found = shop.post("search").json()["clients"]
    assert [each["id"] for each in found] == [first["id"], second["id"]]


def test_pages_of_the_settings(shop: Shop) -> None:
    """Each leads somewhere; a name is made of the words above the page and its own."""
    found = {each["path"]: each for each in shop.post("search").json()["settings"]}
    assert len(found) > 50
    assert all(path.startswith("/settings/") for path in found)
    path = "/settings/custom_fields/clients"
    assert found[path] == {
        "name": "Custom Fields Clients",
        "type": "clients",
        "id": "Custom Fields Clients",
        "path": path,
    }
    assert found["/settings/user_details/password"]["name"] == "Password"


def test_nothing_of_another_company_is_found(shop: Shop) -> None:
    client = shop.client(contacts=[{"email": "a@example.com"}])
    shop.invoice(client)
    shop.post("projects", {"name": "Garden", "client_id": client["id"]})
    found = shop.found().post("search", {"search": "Garden"}).json()
    assert [found[name] for name in ("clients", "client_contacts", "invoices", "projects")] == [[], [], [], []]


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


def test_a_search_is_posted(shop: Shop) -> None:
    """There is no such page to get; a text that is none is refused."""
    assert shop.get("search").status_code == 404
    assert shop.post("search", {"search": ["a"]}).status_code == 422
