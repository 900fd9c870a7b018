"""GET /invoices/{id}/{action}: one thing with one invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("mark_sent", {"status_id": "2", "balance": 100}),
        ("mark_paid", {"status_id": "4", "paid_to_date": 100}),
        ("auto_bill", {"status_id": "2"}),
        ("archive", {"is_deleted": False}),
        ("delete", {"is_deleted": True}),
        ("restore", {"is_deleted": False, "archived_at": 0}),
    ],
)
def test_most_actions_answer_the_invoice(shop: Shop, action: str, wanted: dict[str, Any]) -> None:
    """R-EP-8."""
    invoice = shop.invoice(shop.client())
    answer = shop.show(f"invoices/{invoice['id']}/{action}")
    assert part(wanted, answer) == wanted
    assert shop.show(f"invoices/{invoice['id']}") == answer


@pytest.mark.parametrize("action", ["cancel", "history"])
def test_some_answer_nothing(shop: Shop, action: str) -> None:
    """R-EP-8, R-EP-9."""
    invoice = shop.sent(shop.client())
    answer = shop.get(f"invoices/{invoice['id']}/{action}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == ("5" if action == "cancel" else "2")


@pytest.mark.parametrize("action", ["explode", "email", "send_email", "reverse"])
def test_other_words_are_refused(shop: Shop, action: str) -> None:
    """R-EP-7; e-mails are no single actions any more since 5.12."""
    invoice = shop.invoice(shop.client())
    answer = shop.get(f"invoices/{invoice['id']}/{action}")
    assert answer.status_code == 400
    assert action in answer.json()["message"]
    assert answer.json()["message"].startswith("The requested action")


def test_a_paid_or_deleted_invoice_is_not_paid_again(shop: Shop) -> None:
    """R-EP-10, R-AUTH-16."""
    client = shop.client()
    deleted = shop.invoice(client)
    record(shop.delete(f"invoices/{deleted['id']}"))
    for invoice in (shop.invoice(client, query="?paid=true"), deleted):
        answer = shop.get(f"invoices/{invoice['id']}/mark_paid")
        assert answer.status_code == 400
        assert answer.content == b'{"error":{"message":"Invoice cannot be marked as paid"}}'
    assert len(shop.stored("payments")) == 1


def test_a_copy_is_answered_and_not_stored(shop: Shop) -> None:
    """R-EP-12."""
    source = shop.sent(shop.client(), discount=3, po_number="PO-1")
    copy = shop.show(f"invoices/{source['id']}/clone_to_invoice")
    wanted: JSON = {"id": "", "number": "", "date": "", "due_date": "", "status_id": "1", "created_at": 0}
    assert part(wanted, copy) == wanted
    for name in ("line_items", "discount", "amount", "balance", "paid_to_date", "client_id", "po_number"):
        assert copy[name] == source[name]
    assert shop.ids("invoices") == [source["id"]]
    posted = record(shop.post("invoices", copy))
    assert (posted["number"], posted["amount"], posted["balance"]) == ("0002", 97, 0)


def test_an_invoice_is_fetched_as_a_pdf(shop: Shop) -> None:
    """R-EP-13."""
    invoice = shop.sent(shop.client())
    key = invoice["invitations"][0]["key"]
    answer = shop.get(f"invoice/{key}/download")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == "attachment; filename=0001.pdf"
    assert answer.content.startswith(b"%PDF-")
    inline = shop.get(f"invoice/{key}/download", inline="true")
    assert inline.headers["content-disposition"].startswith("inline")
    for path in (f"invoices/{invoice['id']}/download", f"invoices/{invoice['id']}/delivery_note"):
        assert shop.get(path).content.startswith(b"%PDF-")
    xml = shop.get(f"invoice/{key}/download_e_invoice")
    assert (xml.status_code, xml.headers["content-type"]) == (200, "application/xml")
    for path in ("download", "download_e_invoice"):
        answer = shop.get(f"invoice/nope/{path}")
        assert (answer.status_code, answer.json()) == (400, {"message": "no record found"})
    assert shop.but(X_API_TOKEN=None).get(f"invoice/{key}/download").status_code == 403
