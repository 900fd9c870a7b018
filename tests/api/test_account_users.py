"""Users belong to an account: each of its companies reaches them, no other account does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

FORM: JSON = {
    "first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com", "password": "correct-horse-7",
    "privacy_policy": True, "terms_of_service": True,
}  # fmt: skip
CLERK: JSON = {"first_name": "Cleo", "last_name": "Clerk", "email": "clerk@example.com"}


def person(shop: Shop) -> JSON:
    return next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")


def token_of(shop: Shop, user: JSON, company: JSON) -> Shop:
    """The user as a caller of a company."""
    return shop.but(X_API_TOKEN=next(
        each["token"]
        for each in shop.stored("tokens")
        if (each["user_id"], each["company_id"]) == (user["id"], company["id"])
    ))  # fmt: skip


@pytest.fixture
def pair(shop: Shop) -> tuple[Shop, Shop, JSON]:
    """Two companies of the owner, and a clerk of the first one alone."""
    shop.hire("view_client")
    return shop, shop.found(), person(shop)


def test_a_company_reaches_users_of_its_account(pair: tuple[Shop, Shop, JSON]) -> None:
    """The link to the company is left out for those who are not in it."""
    _, second, clerk = pair
    path = f"users/{clerk['id']}"
    assert second.ids("users") == [second.user()["id"]]
    found = record(second.get(path, include="company_user"))
    assert found["email"] == "clerk@example.com"
    assert "company_user" not in found
    assert record(second.put(path, {"phone": "555-0100"}, headers=PASSWORD))["phone"] == "555-0100"
    assert second.put(f"company_users/{clerk['id']}", {"company_user": {"permissions": "view_all"}}).status_code == 400


def test_a_known_person_is_added_to_a_further_company(pair: tuple[Shop, Shop, JSON]) -> None:
    """R-EP-30: rights are those of the company, the person is one."""
    first, second, clerk = pair
    body = {**CLERK, "last_name": "Porter", "company_user": {"permissions": "view_product"}}
    added = record(second.post("users?include=company_user", body, headers=PASSWORD))
    assert (added["id"], added["last_name"]) == (clerk["id"], "Porter")
    here, there = (token_of(first, clerk, each.company()) for each in (first, second))
    client, product = first.client(), second.product()
    assert (here.ids("clients"), there.ids("clients"), there.ids("products")) == ([client["id"]], [], [product["id"]])
    assert errors(second.post("users", body, headers=PASSWORD)) == {"email": ["The email has already been taken."]}
    links = record(first.get(f"users/{clerk['id']}", include="companies,company_user"))
    assert len(links["companies"]) == 2
    assert links["company_user"]["permissions"] == "view_client"


def test_taking_somebody_out_of_one_company_leaves_the_other(pair: tuple[Shop, Shop, JSON]) -> None:
    """R-LIFE-11; back again, the old token works."""
    first, second, clerk = pair
    second.post("users", {**CLERK, "company_user": {"permissions": "view_client"}}, headers=PASSWORD)
    here, there = (token_of(first, clerk, each.company()) for each in (first, second))
    assert second.delete(f"users/{clerk['id']}/detach_from_company", headers=PASSWORD).status_code == 200
    assert [each.get("clients").status_code for each in (here, there)] == [200, 403]
    second.post("users", {**CLERK, "company_user": {"permissions": "view_client"}}, headers=PASSWORD)
    assert [each.get("clients").status_code for each in (here, there)] == [200, 200]


@pytest.mark.parametrize("action", ["archive", "delete"])
def test_a_user_who_is_gone_is_gone_everywhere(pair: tuple[Shop, Shop, JSON], action: str) -> None:
    """R-AUTH-2, R-BULK-14."""
    first, second, clerk = pair
    second.post("users", {**CLERK, "company_user": {}}, headers=PASSWORD)
    callers = [token_of(first, clerk, each.company()) for each in (first, second)]
    first.post("users/bulk", {"action": action, "ids": [clerk["id"]]}, headers=PASSWORD)
    assert [each.get("clients").status_code for each in callers] == [403, 403]
    assert callers[1].get("clients").json() == {"message": "User inactive"}
    first.post("users/bulk", {"action": "restore", "ids": [clerk["id"]]}, headers=PASSWORD)
    assert [each.get("clients").status_code for each in callers] == [200, 200]


def test_a_lock_holds_in_one_company(pair: tuple[Shop, Shop, JSON]) -> None:
    """R-AUTH-3."""
    first, second, clerk = pair
    second.post("users", {**CLERK, "company_user": {}}, headers=PASSWORD)
    record(second.put(f"company_users/{clerk['id']}", {"company_user": {"is_locked": True}}))
    here, there = (token_of(first, clerk, each.company()) for each in (first, second))
    assert (here.get("clients").status_code, there.get("clients").json()) == (200, {"message": "User access locked"})
    record(first.put(f"users/{clerk['id']}", {"password": "clerkpass"}, headers=PASSWORD))
    login = first.but(X_API_TOKEN=None).post("login", {"email": "clerk@example.com", "password": "clerkpass"})
    assert [each["company"]["id"] for each in rows(login)] == [first.company()["id"]]


@pytest.fixture
def stranger(shop: Shop) -> Shop:
    """The owner of another account."""
    (link,) = rows(shop.but(X_API_TOKEN=None).post("signup", FORM))
    return shop.but(X_API_TOKEN=link["token"]["token"])


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", "/detach_from_company"),
        ("POST", "/invite"),
        ("POST", "/disconnect_mailer"),
        ("POST", "/disconnect_oauth"),
    ],
)
def test_users_of_another_account_do_not_exist(shop: Shop, stranger: Shop, method: str, tail: str) -> None:
    state = shop.mock.world.state
    headers = {"X-API-PASSWORD": FORM["password"]}
    answer = stranger.call(method, f"users/{shop.user()['id']}{tail}", {"first_name": "X"}, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {"message": "No query results for model [App\\Models\\User]."}
    assert shop.mock.world.state is state


def test_no_list_bulk_call_or_address_leads_to_another_account(shop: Shop, stranger: Shop) -> None:
    own, headers = shop.user()["id"], {"X-API-PASSWORD": FORM["password"]}
    assert own not in stranger.ids("users")
    assert rows(stranger.post("users/bulk", {"action": "delete", "ids": [own]}, headers=headers)) == []
    body = {"first_name": "A", "last_name": "B", "email": "user@example.com"}
    refused = stranger.post("users", body, headers=headers)
    assert errors(refused) == {"email": ["The email has already been taken."]}
    assert shop.get("ping").status_code == 200
