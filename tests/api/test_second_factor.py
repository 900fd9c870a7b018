"""One-time codes and telephones (R-EP-33, R-AUTH-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.derive import totp
from tests.api.shop import PASSWORD

if TYPE_CHECKING:
    from tests.api.shop import Shop

LOGIN = {"email": "user@example.com", "password": "password"}
SECRET = "JBSWY3DPEHPK3PXP"


def with_phone(shop: Shop) -> None:
    shop.put(f"users/{shop.user()['id']}", {"phone": "+15552343334"}, headers=PASSWORD)


def enable(shop: Shop, code: str) -> Any:
    return shop.post("settings/enable_two_factor", {"secret": SECRET, "one_time_password": code})


def present(shop: Shop) -> str:
    return totp.code(SECRET, shop.mock.world.clock.now())


def test_codes_need_a_telephone(shop: Shop) -> None:
    answer = shop.get("settings/enable_two_factor")
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "Set your mobile phone number as a backup to enable.",
    )


def test_a_secret_to_begin_with(shop: Shop) -> None:
    with_phone(shop)
    found = shop.get("settings/enable_two_factor").json()["data"]
    assert found["secret"] in found["qrCode"]
    assert shop.user()["google_2fa_secret"] is False


def test_a_wrong_code_changes_nothing(shop: Shop) -> None:
    with_phone(shop)
    wrong = "000000" if present(shop) != "000000" else "000001"
    answer = enable(shop, wrong)
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid one time password"})
    assert enable(shop, "").json()["errors"] == {"one_time_password": ["The one time password field is required."]}
    assert shop.user()["google_2fa_secret"] is False


def test_from_then_on_a_login_needs_the_code(shop: Shop) -> None:
    with_phone(shop)
    assert enable(shop, present(shop)).json() == {"message": "Successfully enabled Two-Factor Authentication"}
    assert shop.get("settings/enable_two_factor").json() == {"message": "2FA already enabled"}
    refused = shop.post("login", LOGIN)
    assert (refused.status_code, refused.json()) == (401, {"message": "Invalid one time password"})
    assert shop.post("login", {**LOGIN, "one_time_password": present(shop)}).status_code == 200
    assert shop.post("settings/disable_two_factor").json()["data"]["google_2fa_secret"] is False
    assert shop.post("login", LOGIN).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        ("verify", {"phone": "+15552343334"}, 400, "Invalid phone number please use + country code"),
        ("verify", {"phone": "5552343334"}, 422, "The phone format is invalid."),
        ("verify/confirm", {"code": "1"}, 400, "SMS not verified"),
        ("verify/confirm", {}, 422, "The code field is required."),
        ("sms_reset", {"email": "nobody@example.com"}, 422, "The selected email is invalid."),
        ("sms_reset/confirm", {"email": "user@example.com", "code": "1"}, 400, "SMS not verified."),
    ],
)  # fmt: skip
def test_no_message_service_is_connected(
    shop: Shop, path: str, body: dict[str, str], status: int, message: str
) -> None:
    answer = shop.post(path, body)
    assert answer.status_code == status
    assert message in answer.text


def test_a_reset_says_what_the_user_lacks(shop: Shop) -> None:
    body = {"email": "user@example.com"}
    shop.put(f"users/{shop.user()['id']}", {"first_name": "Ada", "last_name": "Berg"}, headers=PASSWORD)
    assert "no valid phone number" in shop.post("sms_reset", body).json()["message"]
    with_phone(shop)
    assert shop.post("sms_reset", body).json()["message"].startswith("Invalid phone number on file")
