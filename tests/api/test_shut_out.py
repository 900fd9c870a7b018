"""Users and tokens that do not work any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.clock import EPOCH
from mockserver.draft import Draft
from tests.api.shop import record, rows

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
