"""Users of a company: made with a password, linked by a company user, taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import PASSWORD, errors, part, record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop


NEW: JSON = {"first_name": "hey", "last_name": "you", "email": "bob1@good.ole.boys.com"}


def add(shop: Shop, **fields: Any) -> Response:
    return shop.post("users?include=company_user", {**NEW, **fields}, headers=PASSWORD)


def change(shop: Shop, user: JSON, **fields: Any) -> Response:
    return shop.put(f"users/{user['id']}?include=company_user", fields, headers=PASSWORD)


@pytest.mark.parametrize(
    "link",
    [
        pytest.param({"is_admin": False, "is_owner": False, "permissions": "create_client"}, id="testUserStore"),
        pytest.param({"is_admin": True, "permissions": "create_client", "notifications": ""}, id="with notifications"),
    ],
)
def test_a_new_user_comes_with_the_link_to_the_company(shop: Shop, link: JSON) -> None:
    """R-EP-30, testValidationRulesPhoneIsNull: the phone may be null."""
    user = record(add(shop, phone=None, company_user=link))
    wanted: JSON = {"is_admin": link["is_admin"], "is_owner": False, "permissions": "create_client", "is_locked": False}
    assert part(wanted, user["company_user"]) == wanted
    assert (user["phone"], user["has_password"], user["email_verified_at"]) == ("", False, None)
    plain = record(add(shop, email="plain@example.com"))
    assert (plain["company_user"]["permissions"], plain["company_user"]["is_admin"]) == ("", False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"last_name": None}, "last_name"),
        ({"first_name": "x" * 101}, "first_name"),
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "user@example.com"}, "email"),
    ],
)
def test_names_and_a_free_address_are_needed(shop: Shop, body: JSON, field: str) -> None:
    """R-VAL-24; the address since 5.12."""
    assert list(errors(add(shop, **body))) == [field]


def test_an_address_stays_as_it_is_or_changes(shop: Shop) -> None:
    """testValidEmailUpdate, testNullEmail."""
    user = record(add(shop))
    assert record(change(shop, user, **user))["email"] == user["email"]
    assert list(errors(change(shop, user, email=""))) == ["email"]
    assert record(change(shop, user, first_name="Bob"))["email"] == user["email"]
    assert record(change(shop, user, email="new@example.com"))["email"] == "new@example.com"
    assert list(errors(change(shop, user, email="user@example.com"))) == ["email"]


def test_rights_and_password_can_be_changed(shop: Shop) -> None:
    """R-EP-30."""
    user = record(add(shop))
    changed = record(change(shop, user, password="secret-1", company_user={"permissions": "view_all"}))
    assert (changed["has_password"], changed["company_user"]["permissions"]) == (True, "view_all")
    assert list(errors(change(shop, user, password="short"))) == ["password"]
    answer = shop.but(X_API_TOKEN=None).post("login", {"email": NEW["email"], "password": "secret-1"})
    assert answer.status_code == 200


def test_a_confirmation_can_be_sent_again(shop: Shop) -> None:
    """R-EP-30."""
    user = record(add(shop))
    for path in (f"users/{user['id']}/invite", f"user/{user['id']}/reconfirm"):
        assert shop.post(path, headers=PASSWORD).json() == {"message": "The confirmation email was resent"}
    for what in ("mailer", "oauth"):
        assert record(shop.post(f"users/{user['id']}/disconnect_{what}"))["id"] == user["id"]


def test_users_set_their_own_preferences_and_administrators_all(shop: Shop) -> None:
    """R-EP-29."""
    clerk = shop.hire("view_client")
    user = next(each for each in rows(shop.get("users")) if each["email"] == "clerk@example.com")
    path = f"company_users/{user['id']}"
    sent = {"permissions": "view_all", "is_admin": True, "react_settings": {"dark": True}}
    own = record(clerk.put(path, {"company_user": sent}))
    assert (own["permissions"], own["is_admin"], own["react_settings"]) == ("view_client", False, {"dark": True})
    changed = record(shop.put(path, {"company_user": {"permissions": "view_all"}}))
    assert (changed["permissions"], changed["react_settings"]) == ("view_all", {"dark": True})
    answer = record(clerk.put(f"{path}/preferences", {"react_settings": {"dark": False}}))
    assert answer["email"] == "clerk@example.com"
    assert shop.put("company_users/Opnel5aKBz", {"company_user": {}}).status_code == 400
