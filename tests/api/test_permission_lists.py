"""Lists and bulk actions of users with few rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_bulk_skips_what_may_not_be_edited(shop: Shop) -> None:
    """R-BULK-4."""
    hidden = shop.client()
    clerk = shop.hire("create_client")
    own = record(clerk.post("clients", {"name": "Own"}))
    listed = rows(clerk.post("clients/bulk", {"action": "archive", "ids": [hidden["id"], own["id"]]}))
    assert {each["id"]: each["archived_at"] > 0 for each in listed} == {hidden["id"]: False, own["id"]: True}


@pytest.mark.parametrize("action", ["mark_paid", "auto_bill"])
def test_taking_money_needs_the_right_to_create_payments(shop: Shop, action: str) -> None:
    """R-BULK-7."""
    invoice = shop.sent(shop.client())
    body = {"action": action, "ids": [invoice["id"]]}
    answer = shop.hire("edit_invoice").post("invoices/bulk", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["ids"])
    cashier = shop.hire("edit_invoice,create_payment", email="cash@example.com")
    assert cashier.post("invoices/bulk", body).status_code == 200


def test_amounts_are_hidden_from_those_who_may_not_view_clients(shop: Shop) -> None:
    """R-WIRE-53; on single records since 5.12."""
    clerk = shop.hire("create_client,create_invoice")
    client = record(clerk.post("clients", {"name": "Own"}))
    clerk.sent(client)
    wanted: JSON = {"balance": 0, "paid_to_date": 0, "credit_balance": 0, "client_hash": ""}
    path = f"clients/{client['id']}"
    for found in (rows(clerk.get("clients"))[0], clerk.show(path), clerk.show(f"{path}/edit")):
        assert part(wanted, found) == wanted
    assert (shop.show(path)["balance"], len(shop.show(path)["client_hash"])) == (100, 40)


def test_restricted_users_get_lists_and_their_company(shop: Shop) -> None:
    """testRestrictedUserRoute: of users they see themselves."""
    shop.client()
    clerk = shop.hire("nothing_at_all")
    open_to_all = "clients invoices products documents users tasks group_settings designs"
    for path in open_to_all.split():
        assert clerk.get(f"{path}/").status_code == 200
    assert clerk.get("client_gateway_tokens/").status_code == 401
    assert clerk.ids("clients") == clerk.ids("documents") == []
    assert [each["email"] for each in rows(clerk.get("users"))] == ["clerk@example.com"]
    assert clerk.get(f"companies/{shop.company()['id']}").status_code == 200
