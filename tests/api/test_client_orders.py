"""Orders of the list of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


PEOPLE: dict[str, JSON] = {
    "ada": {"name": "Ada Harbour", "number": "C-10", "id_number": "R-1", "custom_value2": "Gold"},
    "bob": {
        "name": "Bob Quay",
        "number": "C-9",
        "id_number": "R-2",
        "contacts": [{"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com", "phone": "555-0100"}],
    },
    "cid": {"name": "", "number": "11", "contacts": [{"first_name": "Aaron", "email": "zed@example.com"}]},
}


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Three clients; Ada owes 100, Bob 40, Cid nothing."""
    made = {key: shop.client(**fields) for key, fields in PEOPLE.items()}
    shop.sent(made["ada"])
    shop.sent(made["bob"], {"quantity": 1, "cost": 40})
    return shop


def found(shop: Shop, **params: str) -> str:
    """First letters of the names, in the order of the list."""
    letters = {each["number"]: key[0] for key, each in PEOPLE.items()}
    return "".join(letters[each["number"]] for each in rows(shop.get("clients", **params)))


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name|asc", "cab"),
        ("name|desc", "bac"),
        ("name|sideways", "bac"),
        ("display_name|desc", "bac"),
        ("number|asc", "bac"),
        ("number|desc", "cab"),
        ("contacts|asc", "acb"),
        ("balance|desc", "abc"),
        ("id_number|desc", "bac"),
        ("documents|desc", "abc"),
        ("nope|desc", "abc"),
        ("name", "abc"),
        ("name|asc|x", "abc"),
        ("", "abc"),
    ],
)
def test_orders_of_clients(people: Shop, sort: str, names: str) -> None:
    """R-WIRE-22, R-WIRE-23; a client without a name goes by its first contact since 5.12."""
    if sort.startswith("display_name"):  # by the name alone, which Cid has none of
        record(people.put(f"clients/{people.ids('clients', number='11')[0]}", {"name": "Aa"}))
    if sort == "contacts|asc":
        record(people.put(f"clients/{people.ids('clients', number='C-10')[0]}", {"contacts": [{"first_name": "Aa"}]}))
    assert found(people, sort=sort) == names
