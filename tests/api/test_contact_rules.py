"""What a contact must be like, and what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


INES = {"first_name": "Ines", "email": "ines@example.com"}


OLEG = {"first_name": "Oleg", "email": "oleg@example.com"}


@pytest.mark.parametrize(
    ("contacts", "fields"),
    [
        ("soap", ["contacts"]),
        ([{"email": "no address"}], ["contacts.0.email"]),
        ([INES, INES], ["contacts.0.email", "contacts.1.email"]),
        ([INES, {"password": "short"}], ["contacts.1.password"]),
        ([{"password": "longenough1"}], ["contacts.0.password"]),
        ([{"password": "LONGENOUGH1"}], ["contacts.0.password"]),
        ([{"password": "LongEnough"}], ["contacts.0.password"]),
    ],
)
def test_contacts_are_checked(shop: Shop, contacts: Any, fields: list[str]) -> None:
    """R-VAL-13."""
    client = shop.client()
    assert list(errors(shop.post("clients", {"contacts": contacts}))) == fields
    assert list(errors(shop.put(f"clients/{client['id']}", {"contacts": contacts}))) == fields


def test_a_password_is_shown_as_stars_and_stars_keep_it(shop: Shop) -> None:
    """R-WIRE-51."""
    client = shop.client(contacts=[{**INES, "password": "Harbour7bright"}, OLEG])
    assert [each["password"] for each in client["contacts"]] == ["**********", ""]
    rows = [{**each, "password": "**********"} for each in client["contacts"]]
    record(shop.put(f"clients/{client['id']}", {"contacts": rows}))
    again = shop.show(f"clients/{client['id']}")["contacts"]
    assert [each["password"] for each in again] == ["**********", ""]


def test_clients_do_not_share_contacts(shop: Shop) -> None:
    """An id of another client's contact makes a new contact."""
    owner = shop.client(contacts=[INES])
    thief = shop.client(contacts=[{**OLEG, "id": owner["contacts"][0]["id"]}])
    assert shop.show(f"clients/{owner['id']}")["contacts"] == owner["contacts"]
    assert [each["first_name"] for each in thief["contacts"]] == ["Oleg"]
