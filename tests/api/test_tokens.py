"""API tokens: shown whole once, cut ever after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def make(shop: Shop, name: str = "Scanner") -> JSON:
    return record(shop.post("tokens", {"name": name}, headers=PASSWORD))


def test_a_new_token_works_at_once_for_the_same_company(shop: Shop) -> None:
    """R-EP-31, testCompanyTokenPost."""
    client = shop.client()
    made = make(shop)
    assert (len(made["token"]), made["is_system"], made["user_id"]) == (64, False, shop.user()["id"])
    holder = shop.but(X_API_TOKEN=made["token"])
    assert holder.ids("clients") == [client["id"]]
    assert holder.get("ping").json() == shop.get("ping").json()


def test_only_the_first_answer_shows_it_whole(shop: Shop) -> None:
    """R-WIRE-51, testCompanyTokenGet, testCompanyTokenNotArchived, testCompanyTokenPut."""
    made = make(shop)
    path = f"tokens/{made['id']}"
    cut = f"{made['token'][:10]}xxxxxxxxxxx"
    renamed = record(shop.put(path, {"name": "newname"}, headers=PASSWORD))
    assert (renamed["name"], renamed["token"], renamed["archived_at"]) == ("newname", cut, 0)
    assert shop.show(path) == shop.show(f"{path}/edit") == renamed
    assert rows(shop.get("tokens"))[-1] == renamed
    assert rows(shop.post("tokens/bulk", {"action": "archive", "ids": [made["id"]]}))[0]["token"] == cut


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": None}])
def test_a_token_needs_a_name(shop: Shop, body: JSON) -> None:
    """R-VAL-22."""
    assert list(errors(shop.post("tokens", body, headers=PASSWORD))) == ["name"]
    made = make(shop)
    assert list(errors(shop.put(f"tokens/{made['id']}", body, headers=PASSWORD))) == ["name"]


@pytest.mark.parametrize("way", ["archive", "delete", "verb"])
def test_a_token_stops_working_and_works_again_when_restored(shop: Shop, way: str) -> None:
    """R-EP-31."""
    made = make(shop)
    holder = shop.but(X_API_TOKEN=made["token"])
    if way == "verb":
        record(shop.delete(f"tokens/{made['id']}"))
    else:
        shop.post("tokens/bulk", {"action": way, "ids": [made["id"]]})
    assert holder.get("ping").status_code == 403
    shop.post("tokens/bulk", {"action": "restore", "ids": [made["id"]]})
    assert holder.get("ping").status_code == 200


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, ["Default", "Login", "Scanner"]),
        ({"is_system": "false"}, ["Default", "Scanner"]),
        ({"is_system": "true"}, ["Login"]),
        ({"is_system": "yes"}, ["Login"]),
        ({"filter": "scan"}, ["Scanner"]),
        ({"filter": "xx"}, []),
        ({"sort": "name|desc"}, ["Scanner", "Login", "Default"]),
    ],
)
def test_filters_and_orders(shop: Shop, params: dict[str, str], names: list[str]) -> None:
    """R-WIRE-32, testCompanyTokenList, testCompanyTokenListFilter."""
    make(shop)
    assert [each["name"] for each in rows(shop.get("tokens", **params))] == names
