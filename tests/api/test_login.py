"""Signing in and out, and fetching everything again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from mockserver.draft import Draft
from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

GOOD = {"email": "user@example.com", "password": "password"}


def login(shop: Shop, **body: str | None) -> Response:
    return shop.but(X_API_TOKEN=None).post("login", {**GOOD, **body})


def test_a_login_answers_the_company_user_with_a_token(shop: Shop) -> None:
    """R-AUTH-25, R-WIRE-39: nested with the account, the user and all records of the company."""
    client, product = shop.client(), shop.product()
    answer = login(shop)
    link = rows(answer)[0]
    assert answer.json()["meta"]["pagination"]["total"] == 1
    assert (link["is_owner"], link["user"]["email"], link["user"]["last_login"]) == (True, GOOD["email"], EPOCH)
    assert link["account"]["default_company_id"] == link["company"]["id"]
    found = {name: [each["id"] for each in link["company"][name]] for name in ("clients", "products", "invoices")}
    assert found == {"clients": [client["id"]], "products": [product["id"]], "invoices": []}
    assert link["company"]["locations"] == []
    token = link["token"]["token"]
    assert (len(token), link["token"]["is_system"]) == (64, True)
    assert shop.but(X_API_TOKEN=token).ids("clients") == [client["id"]]


@pytest.mark.parametrize("body", [{"password": "wrong"}, {"email": "nobody@example.com"}, {"password": "PASSWORD"}])
def test_wrong_credentials_are_refused(shop: Shop, body: dict[str, str]) -> None:
    """R-AUTH-25."""
    answer = login(shop, **body)
    assert answer.status_code == 401
    assert answer.content == b'{"message":"These credentials do not match our records"}'


@pytest.mark.parametrize("field", ["email", "password"])
def test_address_and_password_are_needed(shop: Shop, field: str) -> None:
    """R-AUTH-25."""
    for value in (None, ""):
        assert list(errors(login(shop, **{field: value}))) == [field]


def test_a_person_without_company_is_told_so(shop: Shop) -> None:
    """R-AUTH-25."""
    draft = Draft(shop.mock.world)
    draft.put("user", {**draft.blank("user"), "email": "lost@example.com", "password": "password"}, company=1)
    shop.mock.world.state = draft.state
    answer = login(shop, email="lost@example.com")
    text = "User found, but not attached to any companies, please see your administrator"
    assert (answer.status_code, answer.json()) == (400, {"message": text})


def test_each_company_of_the_person_comes_with_a_token_of_its_own(shop: Shop) -> None:
    """R-AUTH-25."""
    shop.found("Second")
    links = rows(login(shop))
    names = {link["company"]["settings"]["name"]: link["token"]["token"] for link in links}
    assert len(set(names.values())) == 2
    for name, token in names.items():
        assert shop.but(X_API_TOKEN=token).get("ping").json()["company_name"] == name


def test_a_refresh_answers_the_same_and_ignores_includes(shop: Shop) -> None:
    """R-AUTH-26, R-WIRE-39."""
    shop.client()
    whole = rows(login(shop))
    assert rows(shop.post("refresh")) == whole
    assert rows(shop.post("refresh?include=nope")) == whole


def test_a_refresh_can_be_narrowed_to_what_changed(shop: Shop) -> None:
    """R-WIRE-40."""
    old = shop.client()
    shop.later(days=1)
    new = shop.client()
    ids = {}
    for name, moment in {"all": 0, "changed": EPOCH + 1, "edge": EPOCH}.items():
        company = rows(shop.post(f"refresh?updated_at={moment}"))[0]["company"]
        ids[name] = [each["id"] for each in company["clients"]]
    both = [old["id"], new["id"]]
    assert ids == {"all": both, "changed": [new["id"]], "edge": both}


def test_a_refresh_can_be_narrowed_to_the_company_of_the_token(shop: Shop) -> None:
    """R-WIRE-40."""
    second = shop.found("Second")
    assert len(rows(second.post("refresh"))) == 2
    link = rows(second.post("refresh?current_company=true"))
    assert [each["company"]["settings"]["name"] for each in link] == ["Second"]


def test_a_large_company_comes_small(shop: Shop) -> None:
    """R-WIRE-39: no records unless a moment is given."""
    shop.client()
    draft = Draft(shop.mock.world)
    draft.patch("company", shop.company()["id"], {"is_large": True})
    shop.mock.world.state = draft.state
    assert "clients" not in rows(login(shop))[0]["company"]
    assert len(rows(shop.post(f"refresh?updated_at={EPOCH}"))[0]["company"]["clients"]) == 1


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


def test_a_login_takes_forms_and_adds_static_lists_on_request(shop: Shop) -> None:
    """R-VAL-25, R-WIRE-6."""
    answer = shop.but(X_API_TOKEN=None).call("POST", "login?include_static=true", data=GOOD)
    wanted: JSON = {"user": {"email": GOOD["email"]}}
    assert part(wanted, rows(answer)[0]) == wanted
    assert answer.json()["static"]["sizes"]
