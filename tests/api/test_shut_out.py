"""Users and tokens that do not work any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from mockserver.draft import Draft
from tests.api.shop import PASSWORD, record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop


GOOD = {"email": "user@example.com", "password": "password"}


def login(shop: Shop, **body: str | None) -> Response:
    return shop.but(X_API_TOKEN=None).post("login", {**GOOD, **body})


def test_a_logout_ends_the_tokens_of_logins(shop: Shop) -> None:
    """R-AUTH-27: tokens that users made go on."""
    signed_in = shop.but(X_API_TOKEN=rows(login(shop))[0]["token"]["token"])
    answer = signed_in.post("logout")
    assert (answer.status_code, answer.json()) == (200, {"message": "All tokens deleted"})
    assert signed_in.get("ping").status_code == 403
    assert shop.get("ping").status_code == 200
    again = rows(login(shop))[0]["token"]["token"]
    assert shop.but(X_API_TOKEN=again).get("ping").status_code == 200


def test_a_locked_user_is_shut_out(shop: Shop) -> None:
    """X-159, R-AUTH-3."""
    clerk = shop.hire("view_client")
    user = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    path = f"company_users/{user['id']}"
    for locked, status in ((True, 403), (False, 200)):
        record(shop.put(path, {"company_user": {"is_locked": locked}}))
        assert clerk.get("clients").status_code == status
        if locked:
            assert clerk.get("clients").content == b'{"message":"User access locked"}'


def test_a_deleted_user_is_inactive(shop: Shop) -> None:
    """R-AUTH-2."""
    clerk = shop.hire("view_client")
    user = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    draft = Draft(shop.mock.world)
    draft.patch("user", user["id"], {"is_deleted": True, "archived_at": EPOCH})
    shop.mock.world.state = draft.state
    answer = clerk.get("clients")
    assert (answer.status_code, answer.json()) == (403, {"message": "User inactive"})


@pytest.mark.parametrize(
    ("way", "status", "message"),
    [
        ("archive", 401, "These credentials do not match our records"),
        ("delete", 401, "These credentials do not match our records"),
        ("detach", 400, "User found, but not attached to any companies, please see your administrator"),
        ("lock", 400, "User found, but not attached to any companies, please see your administrator"),
        ("", 200, ""),
    ],
)
def test_who_is_out_can_not_log_in(shop: Shop, way: str, status: int, message: str) -> None:
    """R-AUTH-2, R-AUTH-3, R-AUTH-25: nor have the password sent, when the person is gone."""
    shop.hire("view_client")
    user = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    record(shop.put(f"users/{user['id']}", {"password": "clerkpass"}, headers=PASSWORD))
    if way == "detach":
        shop.delete(f"users/{user['id']}/detach_from_company", headers=PASSWORD)
    elif way == "lock":
        record(shop.put(f"company_users/{user['id']}", {"company_user": {"is_locked": True}}))
    elif way:
        shop.post("users/bulk", {"action": way, "ids": [user["id"]]}, headers=PASSWORD)
    answer = login(shop, email="clerk@example.com", password="clerkpass")
    assert (answer.status_code, answer.json().get("message", "")) == (status, message)
    reset = shop.but(X_API_TOKEN=None).post("reset_password", {"email": "clerk@example.com"})
    assert reset.status_code == (401 if status == 401 else 201)


@pytest.mark.parametrize("way", ["archive", "delete"])
def test_the_only_token_of_a_call_ends_it_at_once(shop: Shop, way: str) -> None:
    """R-AUTH-1: each call looks the token up anew."""
    made = record(shop.post("tokens", {"name": "Scanner"}, headers=PASSWORD))
    holder = shop.but(X_API_TOKEN=made["token"])
    assert holder.get("clients").status_code == 200
    assert holder.post("tokens/bulk", {"action": way, "ids": [made["id"]]}).status_code == 200
    answer = holder.get("clients")
    assert (answer.status_code, answer.json()) == (403, {"message": "Invalid token"})
