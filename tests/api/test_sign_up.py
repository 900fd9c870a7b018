"""Signing up, forgotten passwords and what else surrounds a login (R-AUTH-24..29, R-EP-32, R-EP-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

UNKNOWN = "These credentials do not match our records"
FORM: dict[str, Any] = {
    "first_name": "Ines",
    "last_name": "Moreau",
    "email": "ines@example.com",
    "password": "correct-horse-7",
    "privacy_policy": True,
    "terms_of_service": True,
}


def test_a_sign_up_opens_an_account(shop: Shop) -> None:
    """The token works at once, sees nothing of other accounts, and the login knows the person."""
    stranger = shop.but(X_API_TOKEN=None)
    (link,) = stranger.post("signup", FORM).json()["data"]
    assert (link["is_owner"], link["user"]["email"], link["user"]["email_verified_at"]) == (True, FORM["email"], None)
    assert link["account"]["id"] != shop.company()["id"]
    shop.client()
    ines = shop.but(X_API_TOKEN=link["token"]["token"])
    assert ines.ids("clients") == []
    assert ines.client(name="First")["number"] == "0001"
    found = stranger.post("login", {"email": FORM["email"], "password": FORM["password"]}).json()["data"]
    assert [each["company"]["id"] for each in found] == [link["company"]["id"]]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "user@example.com", "The email has already been taken."),
        ("email", "nowhere", "The email must be a valid email address."),
        ("password", "12345", "The password must be at least 6 characters."),
        ("terms_of_service", None, "The terms of service field is required."),
    ],
)
def test_a_form_with_a_mistake(shop: Shop, field: str, value: Any, message: str) -> None:
    answer = shop.post("signup", {**FORM, field: value})
    assert (answer.status_code, answer.json()["errors"]) == (422, {field: [message]})


def test_a_new_password(shop: Shop) -> None:
    """201 for a known address, then 429 for a while; 401 for an unknown one."""
    known, unknown = {"email": "user@example.com"}, {"email": "nobody@example.com"}
    answers = [shop.post("reset_password", body) for body in (known, known, unknown)]
    assert [(each.status_code, each.json()["status"]) for each in answers] == [
        (201, True), (429, False), (401, False),
    ]  # fmt: skip
    assert answers[0].json()["message"] == "Reset link sent to your email."
    assert shop.post("reset_password").json()["errors"] == {"email": ["The email field is required."]}


def test_whether_the_password_is_confirmed(shop: Shop) -> None:
    refused = shop.post("password_timeout")
    assert (refused.status_code, refused.json()) == (412, {"message": "Invalid Password"})
    assert shop.post("password_timeout", {"password": "wrong"}).status_code == 412
    assert shop.post("password_timeout", {"password": "password"}).json() == {"message": "Password is valid"}
    assert shop.post("password_timeout").status_code == 200
    assert shop.get("users/create").status_code == 200


def test_one_time_tokens_differ(shop: Shop) -> None:
    made = {shop.post("one_time_token", {"context": "stripe_connect"}).json()["hash"] for _ in range(3)}
    assert {len(each) for each in made} == {64}
    assert len(made) == 3
    assert shop.post("one_time_token").json()["errors"] == {"context": ["The context field is required."]}


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        ("oauth_login", {"provider": "myspace"}, 400, "Provider not supported"),
        ("oauth_login", {"provider": "google", "id_token": "x"}, 401, UNKNOWN),
        ("connected_account", {"provider": "google"}, 400, "Provider not supported"),
        ("connected_account", {"provider": "google", "access_token": "x"}, 401, UNKNOWN),
    ],
)  # fmt: skip
def test_no_sign_in_service_is_connected(
    shop: Shop, path: str, body: dict[str, str], status: int, message: str
) -> None:
    answer = shop.post(path, body)
    assert (answer.status_code, answer.json()) == (status, {"message": message})


def test_passkeys_came_later(shop: Shop) -> None:
    answer = shop.get("settings/passkeys")
    assert (answer.status_code, answer.json()) == (404, {"message": "Route does not exist"})
