"""Actions on many invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_an_unknown_action_leaves_invoices_as_they_are(shop: Shop) -> None:
    """R-BULK-3."""
    invoice = shop.invoice(shop.client())
    assert rows(shop.post("invoices/bulk", {"action": "explode", "ids": [invoice["id"]]})) == [invoice]


def test_unknown_ids_of_invoices_are_left_out(shop: Shop) -> None:
    """R-BULK-2, R-BULK-7."""
    invoice = shop.invoice(shop.client())
    found = rows(shop.post("invoices/bulk", {"action": "archive", "ids": ["zzz", invoice["id"]]}))
    assert [each["id"] for each in found] == [invoice["id"]]
    answer = shop.post("invoices/bulk", {"action": "archive", "ids": ["zzz"]})
    assert (answer.status_code, answer.json()) == (200, {"message": "No Invoices Found"})


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


def test_some_users_may_not_send_e_mails(shop: Shop) -> None:
    """5.12: the permission disable_emails takes a right away, from administrators too."""
    invoice = shop.invoice(shop.client())
    clerk = shop.hire("view_all,edit_all,disable_emails", is_admin=True)
    for action, status in (("email", 400), ("send_email", 400), ("mark_sent", 200)):
        answer = clerk.post("invoices/bulk", {"action": action, "ids": [invoice["id"]]})
        assert (action, answer.status_code) == (action, status)
        assert status == 200 or list(answer.json()) == ["message"]


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
