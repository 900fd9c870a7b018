"""The whole stack over an empty company, at a fixed hour, with a world of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.books import BOOKS
from tests.api.owner import mock_settings, shop
from tests.api.people import PEOPLE

if TYPE_CHECKING:
    from tests.api.shop import Shop


__all__ = ["books", "files", "mock_settings", "people", "shop"]


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Three clients; Ada owes 100, Bob 40, Cid nothing."""
    made = {key: shop.client(**fields) for key, fields in PEOPLE.items()}
    shop.sent(made["ada"])
    shop.sent(made["bob"], {"quantity": 1, "cost": 40})
    return shop


@pytest.fixture
def books(shop: Shop) -> Shop:
    """One invoice of each kind, numbered by its name, for Zoe; a draft of 5 for Amy."""
    zoe, amy = shop.client(name="Zoe", contacts=[{"last_name": "Moreau"}]), shop.client(name="Amy")
    for name, (query, fields) in BOOKS.items():
        shop.invoice(zoe, query=query, number=name, **fields)
    shop.invoice(amy, {"quantity": 1, "cost": 5.25, "notes": "Blue paint", "product_key": "PAINT"}, number="amy")
    return shop


@pytest.fixture
def files(shop: Shop) -> Shop:
    """c.pdf of a client, i.png of its invoice, o.txt of the company (private), p.zip of a product."""
    client = shop.client()
    invoice, product, company = shop.invoice(client), shop.product(), shop.company()
    shop.attach(f"clients/{client['id']}", "c.pdf")
    shop.attach(f"invoices/{invoice['id']}", "i.png")
    private = [("documents[]", ("o.txt", b"x"))]
    shop.call("PUT", f"companies/{company['id']}/upload", data={"is_public": "false"}, files=private)
    shop.attach(f"products/{product['id']}", "p.zip")
    return shop
