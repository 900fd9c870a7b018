"""Contacts come and go with their client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


INES = {"first_name": "Ines", "email": "ines@example.com"}


OLEG = {"first_name": "Oleg", "email": "oleg@example.com"}


def flags(client: JSON) -> dict[str, tuple[bool, bool]]:
    """First name to (primary, gets e-mail)."""
    return {each["first_name"]: (each["is_primary"], each["send_email"]) for each in client["contacts"]}


def test_a_client_without_contacts_gets_a_blank_one(shop: Shop) -> None:
    """R-VAL-13: its address is a single blank."""
    wanted = [{"first_name": "", "email": " ", "is_primary": True, "send_email": True}]
    assert part(wanted, shop.client()["contacts"]) == wanted
    assert part([{"first_name": ""}], shop.client(contacts=[])["contacts"]) == [{"first_name": ""}]


def test_a_plain_contact_becomes_primary_and_gets_e_mail(shop: Shop) -> None:
    """R-VAL-13."""
    contact = shop.client(contacts=[INES])["contacts"][0]
    assert (contact["is_primary"], contact["send_email"], len(contact["contact_key"])) == (True, True, 32)
    assert contact["link"].endswith(f"/client/key_login/{contact['contact_key']}")


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ([INES, OLEG], {"Ines": (True, True), "Oleg": (False, False)}),
        ([INES, {**OLEG, "is_primary": True}], {"Ines": (False, False), "Oleg": (True, True)}),
        ([{**INES, "is_primary": True}, {**OLEG, "is_primary": True}], {"Ines": (True, True), "Oleg": (False, False)}),
        ([INES, {**OLEG, "send_email": True}], {"Ines": (True, False), "Oleg": (False, True)}),
    ],
    ids=["neither", "the second", "both", "e-mail to the second"],
)
def test_there_is_one_primary_contact(shop: Shop, sent: list[JSON], wanted: dict[str, Any]) -> None:
    """R-VAL-13."""
    assert flags(shop.client(contacts=sent)) == wanted


def test_an_update_changes_adds_and_removes_contacts(shop: Shop) -> None:
    """R-LIFE-25."""
    client = shop.client(contacts=[INES, OLEG])
    path = f"clients/{client['id']}"
    assert record(shop.put(path, {"name": "N"}))["contacts"] == client["contacts"]
    ines = client["contacts"][0]
    changed = record(shop.put(path, {"contacts": [{"id": ines["id"], "first_name": "Inés"}, {"first_name": "Una"}]}))
    assert [each["first_name"] for each in changed["contacts"]] == ["Inés", "Una"]
    kept = changed["contacts"][0]
    assert (kept["id"], kept["email"], kept["contact_key"]) == (ines["id"], ines["email"], ines["contact_key"])
    emptied = record(shop.put(path, {"contacts": []}))["contacts"]
    assert part([{"first_name": "", "is_primary": True}], emptied) == [{"first_name": "", "is_primary": True}]


def test_a_removed_contact_takes_its_invitations_along(shop: Shop) -> None:
    """R-SIDE-2."""
    client = shop.client(contacts=[{**INES, "send_email": True}, {**OLEG, "send_email": True}])
    ines, oleg = client["contacts"]
    invoice = shop.invoice(client)
    assert [each["client_contact_id"] for each in invoice["invitations"]] == [ines["id"], oleg["id"]]
    record(shop.put(f"clients/{client['id']}", {"contacts": [oleg]}))
    left = shop.show(f"invoices/{invoice['id']}")["invitations"]
    assert [each["client_contact_id"] for each in left] == [oleg["id"]]
