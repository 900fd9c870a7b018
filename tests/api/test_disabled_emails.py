"""Users whose e-mails are switched off send none, by whatever door (5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop

OFF = {"message": "E-mails are switched off for this user."}


@pytest.fixture
def clerk(shop: Shop) -> Shop:
    return shop.hire("view_all,create_all,edit_all,disable_emails")


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits"])
def test_bulk_and_single_actions_are_400(shop: Shop, clerk: Shop, kind: str) -> None:
    client = shop.client(contacts=[{"email": "ines@example.com"}])
    bill = record(shop.post(kind, {"client_id": client["id"]}))
    answer = clerk.post(f"{kind}/bulk", {"action": "email", "ids": [bill["id"]]})
    assert (answer.status_code, answer.json()) == (400, OFF)
    if kind != "invoices":
        answer = clerk.get(f"{kind}/{bill['id']}/email")
        assert (answer.status_code, answer.json()) == (400, OFF)
    assert shop.show(f"{kind}/{bill['id']}")["status_id"] == "1"
    assert clerk.post(f"{kind}/bulk", {"action": "mark_sent", "ids": [bill["id"]]}).status_code == 200


def test_one_record_by_e_mail_is_401(shop: Shop, clerk: Shop) -> None:
    invoice = shop.invoice(shop.client(contacts=[{"email": "ines@example.com"}]))
    body = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"}
    refused = clerk.post("emails", body)
    assert (refused.status_code, refused.json()) == (401, {"message": "This action is unauthorized."})
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == "1"
    assert shop.post("emails", body).status_code == 200


def test_a_recurring_invoice_is_not_sent_early(shop: Shop, clerk: Shop) -> None:
    made = record(shop.post("recurring_invoices", {"client_id": shop.client()["id"], "frequency_id": "5"}))
    answer = clerk.post("recurring_invoices/bulk", {"action": "send_now", "ids": [made["id"]]})
    assert (answer.status_code, answer.json()) == (400, OFF)
    assert shop.ids("invoices") == []
