"""Filters by client and vendor, and by whether they are still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from tests.api.bodies import BODIES
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

DOCUMENT = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")

LIVE, ARCHIVED, DELETED = "L", "A", "D"


def test_rows_of_a_client(shop: Shop) -> None:
    """R-WIRE-18."""
    one, two = shop.client(), shop.client()
    mine, other = shop.invoice(one), shop.invoice(two)
    assert shop.ids("invoices", client_id=one["id"]) == [mine["id"]]
    assert shop.ids("invoices", client_id="") == [mine["id"], other["id"]]
    assert shop.ids("invoices", client_id="zzz") == shop.ids("invoices", client_id="7") == []


def test_rows_of_a_vendor(shop: Shop) -> None:
    """R-WIRE-18."""
    client = shop.client()
    of_vendor, plain = shop.invoice(client, vendor_id="Wpmbk5ezJn"), shop.invoice(client)
    assert shop.ids("invoices", vendor_id="Wpmbk5ezJn") == [of_vendor["id"]]
    assert shop.ids("invoices", vendor_id="Opnel5aKBz") == []
    assert shop.ids("invoices", vendor_id="") == [of_vendor["id"], plain["id"]]


@pytest.fixture
def books(shop: Shop) -> Shop:
    """An invoice each for a live, an archived and a deleted client; the number says which."""
    clients = {key: shop.client(name=key) for key in (LIVE, ARCHIVED, DELETED)}
    for key, client in clients.items():
        shop.invoice(client, number=key)
    shop.post("clients/bulk", {"action": "archive", "ids": [clients[ARCHIVED]["id"]]})
    shop.post("clients/bulk", {"action": "delete", "ids": [clients[DELETED]["id"]]})
    return shop


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"filter_deleted_clients": "true"}, "LA"),
        ({"filter_deleted_clients": "yes"}, "LAD"),
        ({"without_deleted_clients": "true"}, "L"),
        ({"without_deleted_clients": ""}, "L"),
        ({"without_deleted_vendors": "true"}, "LAD"),
    ],
)
def test_rows_whose_client_is_gone(books: Shop, params: dict[str, str], found: str) -> None:
    """R-WIRE-15, R-WIRE-16."""
    answer: list[JSON] = books.get("invoices", **params).json()["data"]
    assert "".join(each["number"] for each in answer) == found


CLIENTS = [
    kind for kind in BODIES if "without_deleted_clients" in DOCUMENT.resources[kind].base_filters and kind != "clients"
]
VENDORS = [
    kind
    for kind in BODIES
    if "without_deleted_vendors" in DOCUMENT.resources[kind].base_filters
    and "vendor_id" in DOCUMENT.resources[kind].writes["create"]
]


def named(body: JSON, word: str) -> JSON:
    """A name of its own where the kind has one."""
    return {name: word for name in ("name", "product_key") if name in body}


def spread(shop: Shop, kind: str, party: str) -> dict[str, str]:
    """A record each for a live, an archived and a deleted party, and for none where that is allowed: id -> letter."""
    body, field = BODIES[kind](shop), f"{party}_id"
    found = {}
    for state, action in ((LIVE, ""), (ARCHIVED, "archive"), (DELETED, "delete"), ("N", "")):
        hashed = "" if state == "N" else record(shop.post(f"{party}s", {"name": state}))["id"]
        made = shop.post(kind, {**body, field: hashed, **named(body, state)})
        if made.status_code == 200:
            found[record(made)["id"]] = state
        if action:
            shop.post(f"{party}s/bulk", {"action": action, "ids": [hashed]})
    return found


def letters(shop: Shop, kind: str, found: dict[str, str], **params: str) -> str:
    return "".join(sorted(found[each] for each in shop.ids(kind, **params) if each in found))


@pytest.mark.parametrize("kind", CLIENTS)
def test_every_list_that_names_clients_knows_the_gone_ones(shop: Shop, kind: str) -> None:
    """R-WIRE-15, R-WIRE-16: rows without a client stay in the one list and leave the other."""
    found = spread(shop, kind, "client")
    every = "".join(sorted(found.values()))
    assert set(every) >= {LIVE, ARCHIVED, DELETED}
    assert letters(shop, kind, found) == every
    assert letters(shop, kind, found, without_deleted_clients="true") == every.replace("A", "").replace("D", "")
    assert letters(shop, kind, found, filter_deleted_clients="true") == "AL"
    assert letters(shop, kind, found, filter_deleted_clients="false") == every


@pytest.mark.parametrize("kind", VENDORS)
def test_every_list_that_names_vendors_knows_the_gone_ones(shop: Shop, kind: str) -> None:
    """R-WIRE-16: rows without a vendor stay."""
    found = spread(shop, kind, "vendor")
    every = "".join(sorted(found.values()))
    assert set(every) >= {LIVE, ARCHIVED, DELETED}
    assert letters(shop, kind, found, without_deleted_vendors="true") == every.replace("A", "").replace("D", "")
    assert letters(shop, kind, found, without_deleted_vendors="") == every.replace("A", "").replace("D", "")


@pytest.mark.parametrize("kind", BODIES)
def test_deleted_rows_leave_a_list_without_trashed_ones(shop: Shop, kind: str) -> None:
    """R-WIRE-14: archived ones stay, and only the word false counts."""
    body = BODIES[kind](shop)
    made = [record(shop.post(kind, {**body, **named(body, word)}))["id"] for word in "LAD"]
    for action, hashed in (("archive", made[1]), ("delete", made[2])):
        assert shop.post(f"{kind}/bulk", {"action": action, "ids": [hashed]}).status_code == 200
    listed = {text: [each for each in shop.ids(kind, with_trashed=text) if each in made] for text in ("true", "false")}
    assert {text: sorted(ids) for text, ids in listed.items()} == {"true": sorted(made), "false": sorted(made[:2])}
