"""Links between records: whatever is purged, merged or removed, none leads to a record that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver import ids
from tests.robustness.conftest import DOCUMENT

if TYPE_CHECKING:
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World

PASSWORD = {"X-API-PASSWORD": "password"}
LINKS = [
    (entity.resource, field.name, field.to)
    for entity in DOCUMENT.entities.values()
    for field in entity.stored.values()
    if field.kind == "link" and field.to in DOCUMENT.entities
]


def loose(world: World) -> list[tuple[str, str, str]]:
    """(table, field, id) of links that lead nowhere."""
    found = []
    for resource, field, kind in LINKS:
        target = world.state.table(DOCUMENT.entities[kind].resource)
        for record in world.state.table(resource):
            hashed = record.data[field]
            if hashed and (target.get(ids.decode(hashed) or 0)) is None:
                found.append((resource, field, hashed))
    for record in world.state.table("documents"):
        parent = DOCUMENT.entities.get(record.data["parent_type"])
        if (
            parent is not None
            and world.state.table(parent.resource).get(ids.decode(record.data["parent_id"]) or 0) is None
        ):
            found.append(("documents", "parent_id", record.data["parent_id"]))
    return found


def named(world: World, resource: str, hashed: str) -> list[tuple[str, str]]:
    """(table, field) that still name a record."""
    return [
        (table, field)
        for table, field, kind in LINKS
        if DOCUMENT.entities[kind].resource == resource
        for record in world.state.table(table)
        if record.data[field] == hashed
    ]


def rows(client: MockClient, resource: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/{resource}?per_page=500").json()["data"]
    return found


def post(client: MockClient, path: str, body: Any = None) -> Response:
    answer = client.post(f"/api/v1/{path}", json=body, headers=PASSWORD)
    assert answer.status_code == 200, answer
    return answer


@pytest.fixture
def tangled(mock_client: MockClient) -> MockClient:
    """The world of everything, with more links: credits used, schedules, bank movements, notes, orders for clients."""
    assert loose(mock_client.world) == []
    for client in rows(mock_client, "clients"):
        bill = {"client_id": client["id"], "line_items": [{"cost": 50, "quantity": 1}]}
        invoice = post(mock_client, "invoices?mark_sent=true", bill).json()["data"]
        credit = post(mock_client, "credits?mark_sent=true", bill).json()["data"]
        paid = {"invoices": [{"invoice_id": invoice["id"], "amount": 20}], "date": "2026-01-10"}
        shares = {"credits": [{"credit_id": credit["id"], "amount": 5}]}
        post(mock_client, "payments", {"client_id": client["id"], "amount": 15, **paid, **shares})
        project = post(mock_client, "projects", {"name": "P", "client_id": client["id"]}).json()["data"]
        post(mock_client, "tasks", {"description": "T", "project_id": project["id"], "client_id": client["id"]})
        vendor = rows(mock_client, "vendors")[0]["id"]
        order = {"vendor_id": vendor, "client_id": client["id"], "project_id": project["id"]}
        post(mock_client, "purchase_orders", order)
        post(mock_client, "bank_transaction_rules", {"name": "R", "client_id": client["id"], "vendor_id": vendor})
        note = {"entity": "invoices", "entity_id": invoice["id"], "notes": "Called"}
        post(mock_client, "activities/notes", note)
        post(mock_client, f"invoices/{invoice['id']}/payment_schedule", {
            "schedule": [{"id": 1, "date": "2030-01-01", "amount": 100, "is_amount": False}], "next_run": "2030-01-01",
            "frequency_id": "0", "auto_bill": False, "template": "payment_schedule",
            "parameters": {"invoice_id": invoice["id"], "auto_bill": False, "schedule": []},
        })  # fmt: skip
    bank = rows(mock_client, "bank_transactions")
    invoices = [each["id"] for each in rows(mock_client, "invoices") if each["balance"]]
    match = {"id": bank[0]["id"], "invoice_ids": ",".join(invoices[:1])}
    post(mock_client, "bank_transactions/match", {"transactions": [match]})
    assert loose(mock_client.world) == []
    return mock_client


def test_a_purge_leaves_nothing_that_names_the_client(tangled: MockClient) -> None:
    """R-LIFE-13."""
    for client in rows(tangled, "clients"):
        post(tangled, f"clients/{client['id']}/purge")
        assert loose(tangled.world) == []
        assert named(tangled.world, "clients", client["id"]) == []
    assert rows(tangled, "invoices") == rows(tangled, "payments") == []
    assert [each["template"] for each in rows(tangled, "task_schedulers")] == ["email_statement"] * 2
    assert len(rows(tangled, "purchase_orders")) > 0
    kinds = [each["activity_type_id"] for each in rows(tangled, "activities")]
    assert kinds[:4] == ["153"] * 4


def test_merged_clients_leave_nothing_behind(tangled: MockClient) -> None:
    """R-LIFE-14, 5.12."""
    target, *others = rows(tangled, "clients")
    counts = {name: len(rows(tangled, name)) for name in ("invoices", "payments", "tasks", "projects", "credits")}
    balance = sum(each["balance"] for each in (target, *others))
    for other in others:
        post(tangled, f"clients/{target['id']}/{other['id']}/merge")
        assert loose(tangled.world) == []
        assert named(tangled.world, "clients", other["id"]) == []
    assert {name: len(rows(tangled, name)) for name in counts} == counts
    assert [(each["id"], each["balance"]) for each in rows(tangled, "clients")] == [(target["id"], balance)]
    kinds = [each["activity_type_id"] for each in rows(tangled, "activities")]
    assert kinds.count("151") == len(others)
    contacts = {each.data["id"]: each.data["client_id"] for each in tangled.world.state.table("client_contacts")}
    for invitation in tangled.world.state.table("invoice_invitations"):
        assert contacts[invitation.data["client_contact_id"]] == target["id"]


def test_merged_vendors_leave_nothing_behind(tangled: MockClient) -> None:
    """5.12."""
    target, other = rows(tangled, "vendors")
    orders = len(rows(tangled, "purchase_orders"))
    post(tangled, f"vendors/{target['id']}/{other['id']}/merge")
    assert loose(tangled.world) == []
    assert named(tangled.world, "vendors", other["id"]) == []
    assert {each["vendor_id"] for each in rows(tangled, "purchase_orders")} == {target["id"]}
    assert len(rows(tangled, "purchase_orders")) == orders
    assert rows(tangled, "activities")[0]["activity_type_id"] == "152"


@pytest.mark.parametrize("action", ["archive", "delete"])
@pytest.mark.parametrize("kind", ["clients", "vendors", "projects"])
def test_what_is_deleted_is_still_named(tangled: MockClient, kind: str, action: str) -> None:
    """R-LIFE-12: the records of a client, vendor or project stay as they are."""
    names = ("invoices", "payments", "expenses", "tasks", "purchase_orders", "quotes", "locations", "credits")
    before = {name: [each.data for each in tangled.world.state.table(name)] for name in names}
    listed = [each["id"] for each in rows(tangled, kind)]
    post(tangled, f"{kind}/bulk", {"action": action, "ids": listed})
    assert loose(tangled.world) == []
    assert {name: [each.data for each in tangled.world.state.table(name)] for name in names} == before
    post(tangled, f"{kind}/bulk", {"action": "restore", "ids": listed})
    assert [each["is_deleted"] or each["archived_at"] for each in rows(tangled, kind)] == [0] * len(listed)


def test_a_purged_company_leaves_no_loose_ends(tangled: MockClient) -> None:
    """R-LIFE-27."""
    own = post(tangled, "companies/current").json()["data"]["id"]
    post(tangled, f"companies/purge_save_settings/{own}")
    assert loose(tangled.world) == []
    assert rows(tangled, "clients") == []
