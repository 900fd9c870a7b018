"""What sending an invoice fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import TODAY, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def owed(shop: Shop, client: JSON) -> tuple[float, float]:
    """What the client owes and has paid."""
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"]


def test_sending_fills_due_date_and_marks_the_invitations(shop: Shop) -> None:
    """R-STAT-2: terms of 10 days from the invoice's date on."""
    client = shop.client(settings={"payment_terms": "10"})
    invoice = shop.sent(client, date="2026-01-03")
    assert (invoice["due_date"], invoice["balance"]) == ("2026-01-13", 100)
    assert [each["sent_date"] for each in invoice["invitations"]] == [f"{TODAY} 09:00:00"]


def test_sending_fills_the_partial_due_date_when_a_part_is_asked_for(shop: Shop) -> None:
    """R-STAT-2."""
    client = shop.client(settings={"payment_terms": "10"})
    invoice = shop.sent(client, date="2026-01-03", partial=30)
    assert (invoice["partial_due_date"], invoice["due_date"], invoice["partial"]) == ("2026-01-13", "", 30)


def test_a_due_date_of_its_own_stays(shop: Shop) -> None:
    """R-STAT-2."""
    client = shop.client(settings={"payment_terms": "10"})
    assert shop.sent(client, due_date="2026-03-01")["due_date"] == "2026-03-01"


def test_sending_twice_changes_nothing(shop: Shop) -> None:
    """R-STAT-2."""
    client = shop.client()
    invoice = shop.sent(client)
    again = record(shop.get(f"invoices/{invoice['id']}/mark_sent"))
    assert (again["status_id"], again["balance"], owed(shop, client)) == ("2", 100, (100, 0))
