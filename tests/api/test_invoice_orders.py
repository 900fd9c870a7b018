"""Orders of the list of invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.books import found

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("client_id|asc", "amy draft open today late soon void paid"),
        ("amount|asc", "amy draft open today late soon void paid"),
        ("balance|asc", "draft void paid amy late open today soon"),
        ("documents|desc", "draft open today late soon void paid amy"),
        ("nope|sideways", "draft open today late soon void paid amy"),
        ("date", "draft open today late soon void paid amy"),
    ],
)
def test_orders_of_invoices(books: Shop, sort: str, names: str) -> None:
    """R-WIRE-22, R-WIRE-23."""
    assert found(books, sort=sort) == names


def test_dates_sort_as_days(shop: Shop) -> None:
    """R-WIRE-22."""
    client = shop.client()
    for day in ("2026-01-09", "2025-12-31", "2026-01-10"):
        shop.invoice(client, number=day, date=day)
    assert found(shop, sort="date|asc") == "2025-12-31 2026-01-09 2026-01-10"
    assert found(shop, sort="date|desc") == "2026-01-10 2026-01-09 2025-12-31"


def test_numbers_sort_by_their_digits(shop: Shop) -> None:
    """R-WIRE-23."""
    client = shop.client()
    for number in ("A-10", "B-9", "C-1-1", "2"):
        shop.invoice(client, number=number)
    assert found(shop, sort="number|asc") == "2 B-9 A-10 C-1-1"
    assert found(shop, sort="number|desc") == "C-1-1 A-10 B-9 2"


def test_sent_invoices_sort_into_new_viewed_and_late(shop: Shop) -> None:
    """Since 5.12 the order by state tells sent invoices apart."""
    client = shop.client()
    late = shop.sent(client, number="late", due_date="2026-01-10")
    viewed, new = shop.sent(client, number="viewed"), shop.sent(client, number="new")
    shop.invoice(client, number="paid", query="?paid=true")
    shop.invoice(client, number="draft")
    shop.mock.get(viewed["invitations"][0]["link"])
    assert found(shop, sort="status_id|asc") == "draft new viewed late paid"
    assert {late["status_id"], new["status_id"]} == {"2"}
