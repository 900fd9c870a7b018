"""The routes of contacts, which take a token of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.shop import Shop

CONTACT = {"email": "ines@example.com", "password": "Harbour7bright"}


def test_a_contact_reads_its_own_sent_invoices(shop: Shop) -> None:
    client, other = shop.client(contacts=[CONTACT]), shop.client(name="Other")
    shop.invoice(client)
    sent = shop.sent(client, custom_value1="12.5 kg", custom_value3="yes")
    shop.sent(other)
    contact = shop.but(X_API_TOKEN=None).post("contact/login", CONTACT).json()["data"]
    assert contact["email"] == "ines@example.com"
    page = shop.but(X_API_TOKEN=contact["token"]).get("contact/invoices").json()
    assert [each["id"] for each in page["data"]] == [sent["id"]]
    assert page["meta"]["pagination"]["total"] == 1
    seen = page["data"][0]
    assert (seen["status_id"], seen["custom_value1"], seen["custom_value3"]) == (2, 12.5, True)


def test_a_token_stays_the_same_at_the_next_login(shop: Shop) -> None:
    shop.client(contacts=[CONTACT])
    tokens = {shop.post("contact/login", CONTACT).json()["data"]["token"] for _ in range(2)}
    assert len(tokens) == 1


def test_a_wrong_password_is_said_with_200(shop: Shop) -> None:
    shop.client(contacts=[CONTACT])
    answer = shop.post("contact/login", {**CONTACT, "password": "guess"})
    assert (answer.status_code, answer.json()) == (200, {"message": "These credentials do not match our records"})


def test_a_contact_without_a_password_can_not_sign_in(shop: Shop) -> None:
    shop.client(contacts=[{"email": "ines@example.com"}])
    assert "data" not in shop.post("contact/login", {"email": "ines@example.com", "password": "**********"}).json()
    assert shop.post("contact/login", {"email": "x"}).json()["errors"] == {
        "password": ["The password field is required."]
    }


def test_the_token_of_a_user_is_none_of_a_contact(shop: Shop) -> None:
    refused = shop.get("contact/invoices")
    assert (refused.status_code, refused.json()) == (403, {"message": "Invalid token", "errors": {}})
