"""Who gets an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def trio(shop: Shop) -> JSON:
    """A client with three contacts, of whom the first two get e-mail."""
    people = [{"first_name": name, "send_email": name != "Una"} for name in ("Ines", "Oleg", "Una")]
    return shop.client(contacts=people)


def guests(invoice: JSON) -> list[str]:
    return [each["client_contact_id"] for each in invoice["invitations"]]


def test_every_contact_with_e_mail_is_invited(shop: Shop, trio: JSON) -> None:
    """R-SIDE-1."""
    ines, oleg, _ = (each["id"] for each in trio["contacts"])
    invoice = shop.invoice(trio)
    assert guests(invoice) == [ines, oleg]
    first = invoice["invitations"][0]
    assert first["link"].endswith(f"/client/invoice/{first['key']}")
    dates = ("sent_date", "viewed_date", "opened_date", "email_status", "email_error", "message_id")
    assert [first[name] for name in dates] == [""] * len(dates)
    assert len({each["key"] for each in invoice["invitations"]}) == 2


def test_a_posted_list_wins(shop: Shop, trio: JSON) -> None:
    """R-LIFE-26."""
    una = trio["contacts"][2]["id"]
    assert guests(shop.invoice(trio, invitations=[{"client_contact_id": una}])) == [una]
    stranger = shop.client()["contacts"][0]["id"]
    assert stranger not in guests(shop.invoice(trio, invitations=[{"client_contact_id": stranger}]))


def test_an_update_keeps_what_is_listed_and_adds_the_rest(shop: Shop, trio: JSON) -> None:
    """R-LIFE-26."""
    ines, oleg, una = (each["id"] for each in trio["contacts"])
    invoice = shop.invoice(trio)
    path = f"invoices/{invoice['id']}"
    assert record(shop.put(path, {"po_number": "1"}))["invitations"] == invoice["invitations"]
    kept = invoice["invitations"][0]
    sent = [{"key": kept["key"], "client_contact_id": ines}, {"client_contact_id": una}]
    changed = record(shop.put(path, {"invitations": sent}))
    assert guests(changed) == [ines, una]
    assert changed["invitations"][0]["key"] == kept["key"]
    assert guests(record(shop.put(path, {"invitations": []}))) == [ines, oleg]


def test_a_contact_is_invited_once(shop: Shop, trio: JSON) -> None:
    """R-VAL-1."""
    una = {"client_contact_id": trio["contacts"][2]["id"]}
    answer = shop.post("invoices", {"client_id": trio["id"], "invitations": [una, una]})
    assert set(errors(answer)) == {"invitations.0.client_contact_id", "invitations.1.client_contact_id"}


def test_a_client_without_anybody_to_invite_gets_a_blank_contact(shop: Shop) -> None:
    """R-SIDE-1."""
    client = shop.client(contacts=[{"first_name": "Ines", "send_email": True}])
    contact = {**client["contacts"][0], "send_email": False}
    other = {"first_name": "Oleg", "send_email": True}
    changed = record(shop.put(f"clients/{client['id']}", {"contacts": [contact, other]}))
    left = [each for each in changed["contacts"] if each["first_name"] == "Ines"]
    assert [each["send_email"] for each in left] == [False]
    assert len(guests(shop.invoice(client))) == 1
