"""Lists of files: filters, orders, all files around a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import rows, total

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, "c.pdf i.png o.txt p.zip"),
        ({"filter": "PDF"}, "c.pdf"),
        ({"filter": "nope"}, ""),
        ({"client_id": "VolejRejNm"}, "c.pdf i.png"),
        ({"client_id": "zzz"}, ""),
        ({"type": "private"}, "o.txt"),
        ({"type": "public"}, "c.pdf i.png p.zip"),
        ({"type": "pdf"}, "c.pdf"),
        ({"type": "image"}, "i.png"),
        ({"type": "other"}, "o.txt p.zip"),
        ({"type": "other,private"}, "o.txt"),
        ({"type": "pdf,image"}, ""),
        ({"type": "nope"}, "c.pdf i.png o.txt p.zip"),
        ({"company_documents": "true"}, "o.txt"),
        ({"company_documents": "yes"}, "c.pdf i.png o.txt p.zip"),
        ({"sort": "name|desc"}, "p.zip o.txt i.png c.pdf"),
    ],
)
def test_filters_and_orders(files: Shop, params: dict[str, str], names: str) -> None:
    """R-WIRE-32."""
    assert " ".join(each["name"] for each in rows(files.get("documents", **params))) == names


def test_all_files_around_a_client(shop: Shop) -> None:
    """X-127, testClientDocumentQuery, as far as its kinds of record are there: invoice 1, client 2, client again 3."""
    client = shop.client()
    invoice = shop.invoice(client)
    shop.attach(f"invoices/{shop.invoice(shop.client())['id']}", "other.txt")
    path = f"clients/{client['id']}/documents"
    assert total(shop.post(path)) == 0
    counts = []
    of_client = f"clients/{client['id']}"
    for where, name in ((f"invoices/{invoice['id']}", "b.txt"), (of_client, "a.txt"), (of_client, "c.txt")):
        shop.attach(where, name)
        counts.append(total(shop.post(path)))
    assert counts == [1, 2, 3]
    found: list[JSON] = rows(shop.post(f"{path}?sort=name%7Casc"))
    assert [each["name"] for each in found] == ["a.txt", "b.txt", "c.txt"]
    assert [each["name"] for each in rows(shop.post(f"{path}?filter=c.t"))] == ["c.txt"]
    assert total(shop.post(f"{path}?filter=c")) == 3
