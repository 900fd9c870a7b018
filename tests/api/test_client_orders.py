"""Orders of the list of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.people import found
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


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
