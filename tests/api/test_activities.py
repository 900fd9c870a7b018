"""The event log, notes in it, system logs, and e-mails of single records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def readable(shop: Shop, **params: object) -> list[JSON]:
    found: list[JSON] = shop.get("activities", reactv2="true", **params).json()["data"]
    return found


def test_the_newest_event_comes_first(shop: Shop) -> None:
    """R-EP-45."""
    client = shop.client(name="Ada")
    shop.put(f"clients/{client['id']}", {"name": "Ada B"})
    assert [each["activity_type_id"] for each in rows(shop.get("activities"))] == ["61", "1"]
    newest = readable(shop, rows=1)
    assert len(newest) == 1
    assert (newest[0]["activity_type_id"], newest[0]["client"]) == (61, {"label": "Ada B", "hashed_id": client["id"]})


def test_others_see_only_what_they_did(shop: Shop) -> None:
    shop.client()
    clerk = shop.hire("create_all")
    clerk.client(name="Mine")
    assert [each["client"]["label"] for each in readable(clerk)] == ["Mine"]


def test_notes(shop: Shop) -> None:
    """R-EP-45; notes on projects since 5.12."""
    client = shop.client()
    project = record(shop.post("projects", {"name": "Relaunch", "client_id": client["id"]}))
    body = {"entity": "projects", "entity_id": project["id"], "notes": "Called back"}
    made = record(shop.post("activities/notes", body))
    assert (made["activity_type_id"], made["notes"], made["client_id"]) == ("141", "Called back", client["id"])
    found = shop.post("activities/entity", {"entity": "project", "entity_id": project["id"]}).json()["data"]
    assert [(each["notes"], each["project"]["label"]) for each in found] == [("Called back", "Relaunch")]
    assert list(errors(shop.post("activities/notes", {}))) == ["entity", "entity_id", "notes"]
    assert list(errors(shop.post("activities/entity", {"entity": "client", "entity_id": project["id"] + "x"}))) == [
        "entity_id"
    ]


def test_there_are_no_backups(shop: Shop) -> None:
    shop.client()
    answer = shop.get(f"activities/download_entity/{rows(shop.get('activities'))[0]['id']}")
    assert (answer.status_code, answer.json()) == (404, {"message": "No backup exists for this activity"})


@pytest.mark.parametrize(
    ("method", "path", "word"),
    [
        ("GET", "create", "create"),
        ("POST", "", "store"),
        ("GET", "VolejRejNm/edit", "edit"),
        ("PUT", "VolejRejNm", "update"),
        ("DELETE", "VolejRejNm", "destroy"),
    ],
)
def test_nobody_writes_system_logs(shop: Shop, method: str, path: str, word: str) -> None:
    """R-EP-47."""
    answer = shop.call(method, f"system_logs/{path}".rstrip("/"))
    assert (answer.status_code, answer.json()) == (400, {"message": f"Cannot {word} system log", "errors": {}})


def test_who_reads_logs(shop: Shop) -> None:
    """R-EP-46, R-EP-47: two refusals, each in its own way."""
    clerk = shop.hire("view_all")
    refused = clerk.get("system_logs")
    assert (refused.status_code, refused.json()) == (403, {"error": "Insufficient permissions"})
    assert clerk.get("company_ledger").status_code == 401
    assert rows(shop.get("system_logs")) == rows(shop.get("company_ledger")) == []


def test_e_mailing_a_draft_sends_it(shop: Shop) -> None:
    """R-EP-21: only where somebody can get it."""
    reached = shop.client(contacts=[{"email": "ada@example.com", "send_email": True}])
    silent = shop.client()
    for client, status in ((reached, "2"), (silent, "1")):
        body = {"entity": "invoice", "entity_id": shop.invoice(client)["id"], "template": "email_template_invoice"}
        assert record(shop.post("emails", body))["status_id"] == status


def test_what_an_e_mail_needs(shop: Shop) -> None:
    """R-EP-21: the record is looked at before the input."""
    missing = shop.post("emails", {"entity": "invoice"})
    assert (missing.status_code, missing.json()["message"]) == (401, "Invalid entity or entity_id")
    assert shop.post("emails", {"entity": "invoice", "entity_id": "zzzzzzzzzz"}).status_code == 401
    invoice = shop.invoice(shop.client())
    assert list(errors(shop.post("emails", {"entity": "invoice", "entity_id": invoice["id"]}))) == ["template"]


def test_no_mail_service_reports_back(shop: Shop) -> None:
    """R-EP-22."""
    client = shop.client()
    assert shop.post(f"emails/clientHistory/{client['id']}").json() == []
    body = {"entity": "invoice", "entity_id": shop.invoice(client)["id"]}
    assert shop.post("emails/entityHistory", body).json() == []
    assert list(errors(shop.post("emails/entityHistory", {**body, "entity": "client"}))) == ["entity"]
