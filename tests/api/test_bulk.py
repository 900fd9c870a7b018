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


def test_an_unknown_action_leaves_invoices_as_they_are(shop: Shop) -> None:
    """R-BULK-3."""
    invoice = shop.invoice(shop.client())
    assert rows(shop.post("invoices/bulk", {"action": "explode", "ids": [invoice["id"]]})) == [invoice]


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


def test_unknown_ids_of_invoices_are_left_out(shop: Shop) -> None:
    """R-BULK-2, R-BULK-7."""
    invoice = shop.invoice(shop.client())
    found = rows(shop.post("invoices/bulk", {"action": "archive", "ids": ["zzz", invoice["id"]]}))
    assert [each["id"] for each in found] == [invoice["id"]]
    answer = shop.post("invoices/bulk", {"action": "archive", "ids": ["zzz"]})
    assert (answer.status_code, answer.json()) == (200, {"message": "No Invoices Found"})


def test_a_column_of_many_clients_is_written(shop: Shop) -> None:
    """X-125, R-BULK-8."""
    ids = [shop.client()["id"] for _ in range(2)]
    body = {"action": "bulk_update", "column": "public_notes", "new_value": "THISISABULKUPDATE", "ids": ids}
    assert [each["public_notes"] for each in rows(shop.post("clients/bulk", body))] == ["THISISABULKUPDATE"] * 2
    for column, value in {"industry_id": "5", "country_id": "36", "custom_value4": "x"}.items():
        found = rows(shop.post("clients/bulk", {**body, "column": column, "new_value": value}))
        assert [each[column] for each in found] == [value] * 2
    for wrong in ("name", "balance", None):
        assert list(errors(shop.post("clients/bulk", {**body, "column": wrong}))) == ["column"]


def test_a_group_is_needed_to_assign_one(shop: Shop) -> None:
    """R-BULK-8."""
    body = {"action": "assign_group", "ids": [shop.client()["id"]]}
    for group in ({}, {"group_settings_id": "zzz"}):
        assert list(errors(shop.post("clients/bulk", {**body, **group}))) == ["group_settings_id"]


def test_a_tax_category_is_set_on_products(shop: Shop) -> None:
    """X-146, R-BULK-12."""
    product = shop.product()
    body = {"action": "set_tax_id", "ids": [product["id"]]}
    changed = rows(shop.post("products/bulk", {**body, "tax_id": 6}))[0]
    assert (product["tax_id"], changed["tax_id"]) == ("1", "6")
    assert shop.show(f"products/{product['id']}")["tax_id"] == "6"
    assert list(errors(shop.post("products/bulk", body))) == ["tax_id"]


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("mark_sent", {"status_id": "2", "balance": 100}),
        ("mark_paid", {"status_id": "4", "paid_to_date": 100}),
        ("email", {"status_id": "2", "last_sent_date": "2026-01-15"}),
        ("send_email", {"status_id": "2"}),
        ("auto_bill", {"status_id": "2"}),
        ("archive", {"status_id": "1"}),
        ("clone_to_invoice", {"status_id": "1"}),
        ("clone_to_quote", {"status_id": "1"}),
        ("history", {"status_id": "1"}),
        ("delivery_note", {"status_id": "1"}),
    ],
)
def test_actions_on_several_invoices(shop: Shop, action: str, wanted: dict[str, Any]) -> None:
    """R-BULK-6."""
    client = shop.client()
    ids = [shop.invoice(client)["id"] for _ in range(2)]
    found = rows(shop.post("invoices/bulk", {"action": action, "ids": ids}))
    assert [{name: each[name] for name in wanted} for each in found] == [wanted] * 2
    assert len(shop.ids("invoices")) == 2


def test_actions_on_invoices_that_answer_something_else(shop: Shop) -> None:
    """R-BULK-6, R-BULK-13."""
    client = shop.client()
    ids = [shop.sent(client)["id"] for _ in range(2)]
    for action in ("download", "bulk_print"):
        answer = shop.post("invoices/bulk", {"action": action, "ids": ids})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-")
    zipped = shop.post("invoices/bulk", {"action": "bulk_download", "ids": ids})
    assert zipped.json() == {"message": "Successfully sent message"}
    template = {"action": "template", "template_id": "VolejRejNm", "ids": ids}
    assert len(shop.post("invoices/bulk", template).json()["message"]) == 36
    assert shop.post("invoices/bulk", {**template, "send_email": True}).json() == {"message": "email sent"}
    link = {"action": "set_payment_link", "subscription_id": "Opnel5aKBz", "ids": ids}
    assert [each["subscription_id"] for each in rows(shop.post("invoices/bulk", link))] == ["Opnel5aKBz"] * 2
    wrong = {"action": "email", "email_type": "postcard", "ids": ids}
    assert list(errors(shop.post("invoices/bulk", wrong))) == ["email_type"]
