"""An invoice on its way from draft to paid or cancelled, and what its client owes meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.draft import Draft
from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def owed(shop: Shop, client: JSON) -> tuple[float, float]:
    """What the client owes and has paid."""
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"]


def test_a_balance_follows_edits_and_payments(shop: Shop) -> None:
    """X-048."""
    client = shop.client()
    invoice = shop.sent(client)
    path = f"invoices/{invoice['id']}"
    steps: list[tuple[str, JSON, JSON]] = [
        (path, {}, {"amount": 100, "balance": 100, "status_id": "2", "paid_to_date": 0}),
        (path, {"line_items": [{"quantity": 1, "cost": 30.37}]}, {"amount": 30.37, "balance": 30.37, "status_id": "2"}),
        (f"{path}?amount_paid=10.37", {}, {"amount": 30.37, "balance": 20, "status_id": "3", "paid_to_date": 10.37}),
        (path, {"line_items": [{"quantity": 1, "cost": 15}]}, {"amount": 15, "balance": 4.63, "status_id": "3"}),
    ]
    for where, body, wanted in steps:
        answer = record(shop.put(where, body))
        assert part(wanted, answer) == wanted
        assert owed(shop, client) == (answer["balance"], answer["paid_to_date"])


def test_a_negative_invoice_is_paid_with_negative_money(shop: Shop) -> None:
    """R-CALC-29."""
    client = shop.client()
    invoice = shop.sent(client, {"quantity": -1, "cost": 30.37})
    paid = record(shop.put(f"invoices/{invoice['id']}?paid=true", {}))
    wanted = {"amount": -30.37, "balance": 0, "paid_to_date": -30.37, "status_id": "4"}
    assert part(wanted, paid) == wanted
    assert owed(shop, client) == (0, -30.37)


def test_a_draft_owes_nothing_and_a_posted_status_is_ignored(shop: Shop) -> None:
    """R-STAT-1, R-CALC-14."""
    client = shop.client()
    invoice = shop.invoice(client, status_id="4", paid_to_date=5, is_deleted=True)
    wanted = {"status_id": "1", "balance": 0, "amount": 100, "paid_to_date": 0, "is_deleted": False}
    assert part(wanted, invoice) == wanted
    changed = record(shop.put(f"invoices/{invoice['id']}", {"status_id": "4", "amount": 7, "balance": 7}))
    assert part(wanted, changed) == wanted
    assert owed(shop, client) == (0, 0)


def test_settings_archive_what_is_paid_or_cancelled(shop: Shop) -> None:
    """R-STAT-12."""
    shop.settings(auto_archive_invoice=True, auto_archive_invoice_cancelled=True)
    client = shop.client()
    assert shop.invoice(client, query="?paid=true")["archived_at"] > 0
    assert shop.invoice(client, query="?mark_sent=true&cancel=true")["archived_at"] > 0
    assert shop.sent(client)["archived_at"] == 0


def test_a_reversed_invoice_is_found_by_its_status(shop: Shop) -> None:
    """X-060: no call makes this state, so it is written into the world."""
    client = shop.client()
    reverted, other = shop.sent(client), shop.sent(client)
    draft = Draft(shop.mock.world)
    draft.patch("invoice", reverted["id"], {"status_id": "6", "balance": 0})
    shop.mock.world.state = draft.state
    assert shop.ids("invoices", status_id="6") == [reverted["id"]]
    assert shop.ids("invoices", status_id="2,6") == [reverted["id"], other["id"]]
