"""Deleting and restoring an invoice moves its number, its client's sums and its payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.draft import Draft
from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TENS = [{"quantity": 2, "cost": 10}]


def bulk(shop: Shop, action: str, *invoices: JSON) -> list[JSON]:
    answer = shop.post(f"invoices/bulk?action={action}", {"ids": [each["id"] for each in invoices]})
    assert answer.status_code == 200, answer
    found: list[JSON] = answer.json()["data"]
    return found


def sums(shop: Shop, client: JSON) -> tuple[float, float]:
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"]


def test_deleting_and_restoring_a_sent_invoice(shop: Shop) -> None:
    """X-054, R-LIFE-15, R-LIFE-17."""
    client = shop.client()
    invoice = shop.sent(client, *TENS)
    assert (invoice["balance"], sums(shop, client)) == (20, (20, 0))
    deleted = bulk(shop, "delete", invoice)[0]
    wanted: JSON = {"balance": 20, "amount": 20, "is_deleted": True, "number": "0001_Deleted"}
    assert part(wanted, deleted) == wanted
    assert deleted["archived_at"] > 0
    assert sums(shop, client) == (0, 0)
    restored = bulk(shop, "restore", invoice)[0]
    wanted = {"balance": 20, "is_deleted": False, "archived_at": 0, "number": "0001"}
    assert part(wanted, restored) == wanted
    assert sums(shop, client) == (20, 0)


def test_the_verb_delete_answers_the_deleted_invoice_each_time(shop: Shop) -> None:
    """R-LIFE-6."""
    invoice = shop.sent(shop.client())
    for _ in range(2):
        answer = record(shop.delete(f"invoices/{invoice['id']}"))
        assert (answer["is_deleted"], answer["number"]) == (True, "0001_Deleted")


def test_a_freed_number_can_be_used_again(shop: Shop) -> None:
    """R-NUM-13, R-LIFE-15: a second deletion of the same number counts on, a restored one gets a fresh number."""
    client = shop.client()
    first, other = shop.sent(client, number="A-1"), shop.sent(client)
    bulk(shop, "delete", first)
    second = shop.sent(client, number="A-1")
    assert bulk(shop, "delete", second)[0]["number"] == "A-1_Deleted_1"
    third = shop.sent(client, number="A-1")
    restored = bulk(shop, "restore", first)[0]
    assert (other["number"], third["number"], restored["number"]) == ("0001", "A-1", "0002")


def test_a_payment_loses_the_share_of_a_deleted_invoice_and_goes_with_it(shop: Shop) -> None:
    """R-LIFE-16."""
    client = shop.client()
    invoice = shop.invoice(client, {"quantity": 1, "cost": 36000}, query="?amount_paid=6000")
    assert sums(shop, client) == (30000, 6000)
    bulk(shop, "delete", invoice)
    wanted: JSON = {"amount": 0, "applied": 0, "is_deleted": True, "status_id": "4"}
    assert [part(wanted, each) for each in shop.stored("payments")] == [wanted]
    assert sums(shop, client) == (0, 0)


def test_restoring_brings_the_payment_back(shop: Shop) -> None:
    """R-LIFE-17."""
    client = shop.client()
    invoice = shop.invoice(client, *TENS, query="?amount_paid=5")
    bulk(shop, "delete", invoice)
    after = bulk(shop, "restore", invoice)[0]
    wanted: JSON = {"is_deleted": False, "balance": 15, "paid_to_date": 5, "status_id": "3", "number": "0001"}
    assert part(wanted, after) == wanted
    wanted = {"amount": 5, "applied": 5, "is_deleted": False, "archived_at": 0}
    assert [part(wanted, each) for each in shop.stored("payments")] == [wanted]
    assert sums(shop, client) == (15, 5)


def test_an_invoice_whose_payment_was_deleted_stays_deleted(shop: Shop) -> None:
    """R-LIFE-17."""
    client = shop.client()
    invoice = shop.invoice(client, *TENS, query="?amount_paid=5")
    record(shop.delete(f"payments/{shop.stored('payments')[0]['id']}"))
    wanted = {"balance": 20, "paid_to_date": 0, "status_id": "2"}
    assert part(wanted, shop.show(f"invoices/{invoice['id']}")) == wanted
    bulk(shop, "delete", invoice)
    assert bulk(shop, "restore", invoice)[0]["is_deleted"] is True


def test_deleting_a_draft_moves_no_money(shop: Shop) -> None:
    client = shop.client()
    kept, draft = shop.sent(client), shop.invoice(client)
    bulk(shop, "delete", draft)
    assert sums(shop, client) == (100, 0)
    assert shop.show(f"invoices/{kept['id']}")["balance"] == 100


def test_a_deleted_client_keeps_its_invoices(shop: Shop) -> None:
    """R-LIFE-12."""
    client = shop.client()
    invoice = shop.sent(client)
    record(shop.delete(f"clients/{client['id']}"))
    assert shop.show(f"invoices/{invoice['id']}") == invoice


def test_a_deleted_proforma_is_not_restored(shop: Shop) -> None:
    """R-LIFE-18; payment links make them, so the mark is put straight into the table."""
    client = shop.client()
    invoice, plain = shop.sent(client, *TENS), shop.sent(client, *TENS)
    draft = Draft(shop.mock.world)
    draft.company_row = 1
    draft.patch("invoice", invoice["id"], {"is_proforma": True})
    shop.mock.world.state = draft.state
    bulk(shop, "delete", invoice, plain)
    bulk(shop, "restore", invoice, plain)
    gone, back = (shop.show(f"invoices/{each['id']}") for each in (invoice, plain))
    assert (gone["is_deleted"], gone["number"], back["is_deleted"]) == (True, f"{invoice['number']}_Deleted", False)
    assert sums(shop, client) == (20, 0)
