"""Signing in and out, and fetching everything again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from mockserver.draft import Draft
from tests.api.shop import errors, part, rows

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


def test_a_login_takes_forms_and_adds_static_lists_on_request(shop: Shop) -> None:
    """R-VAL-25, R-WIRE-6."""
    answer = shop.but(X_API_TOKEN=None).call("POST", "login?include_static=true", data=GOOD)
    wanted: JSON = {"user": {"email": GOOD["email"]}}
    assert part(wanted, rows(answer)[0]) == wanted
    assert answer.json()["static"]["sizes"]
