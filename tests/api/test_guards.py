"""Repeats within a second are refused where a world asks for it; others are not bothered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

DUPLICATE = b'{"message":"Duplicate request"}'


def bulk(shop: Shop, action: str, *invoices: JSON) -> int:
    answer = shop.post("invoices/bulk", {"action": action, "ids": [each["id"] for each in invoices]})
    if answer.status_code == 400:
        assert answer.content == DUPLICATE
    return answer.status_code


def test_the_same_bulk_action_is_refused_within_a_second(shop: Shop) -> None:
    """R-BULK-7; the ids do not matter since 5.12."""
    shop.mock.world.guards = True
    client = shop.client()
    one, two = shop.invoice(client), shop.invoice(client)
    assert [bulk(shop, "archive", one), bulk(shop, "archive", two), bulk(shop, "restore", one)] == [200, 400, 200]
    assert shop.show(f"invoices/{two['id']}")["archived_at"] == 0


def test_another_company_is_not_meant(shop: Shop) -> None:
    """R-BULK-7."""
    shop.mock.world.guards = True
    other = shop.found()
    ours, theirs = shop.invoice(shop.client()), other.invoice(other.client())
    assert [bulk(shop, "archive", ours), bulk(other, "archive", theirs)] == [200, 200]


def test_deleting_the_same_invoice_twice_is_refused_within_a_second(shop: Shop) -> None:
    """5.12."""
    shop.mock.world.guards = True
    client = shop.client()
    one, two = shop.invoice(client), shop.invoice(client)
    assert record(shop.delete(f"invoices/{one['id']}"))["is_deleted"] is True
    answer = shop.delete(f"invoices/{one['id']}")
    assert (answer.status_code, answer.content) == (400, DUPLICATE)
    assert shop.delete(f"invoices/{two['id']}").status_code == 200


def test_worlds_without_guards_take_every_call(shop: Shop) -> None:
    invoice = shop.invoice(shop.client())
    assert [bulk(shop, "archive", invoice) for _ in range(3)] == [200] * 3
