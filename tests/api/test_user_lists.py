"""Lists of users: who is left out, who is found, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import PASSWORD, record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop


NEW: JSON = {"first_name": "hey", "last_name": "you", "email": "bob1@good.ole.boys.com"}


def add(shop: Shop, **fields: Any) -> Response:
    return shop.post("users?include=company_user", {**NEW, **fields}, headers=PASSWORD)


def emails(shop: Shop, **params: str) -> list[str]:
    return [each["email"].partition("@")[0] for each in rows(shop.get("users", **params))]


def test_a_list_can_leave_users_out_and_tell_their_states(shop: Shop) -> None:
    """testUserResponse, testUserList, testUserFiltersWith."""
    owner = shop.user()["id"]
    user = record(add(shop))
    assert emails(shop) == ["user", "bob1"]
    archived = rows(shop.post("users/bulk", {"action": "archive", "ids": [user["id"]]}, headers=PASSWORD))
    assert [each["archived_at"] > 0 for each in archived] == [True]
    assert emails(shop, without=owner) == ["bob1"]
    assert emails(shop, without=f"{owner},{user['id']}") == []
    found = {state: emails(shop, without=owner, status=state) for state in ("active", "archived", "deleted")}
    assert found == {"active": [], "archived": ["bob1"], "deleted": []}
    assert shop.get("users", **{"with": user["id"]}).status_code == 200


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"filter": "BOB1"}, ["bob1"]),
        ({"filter": "hey"}, ["bob1"]),
        ({"filter": "zzz"}, []),
        ({"hideOwnerUsers": "true"}, ["bob1"]),
        ({"hideOwnerUsers": ""}, ["bob1"]),
        ({"hideRemovedUsers": "true"}, ["user", "bob1"]),
        ({"sending_users": "true"}, []),
        ({"sending_users": "no"}, ["user", "bob1"]),
        ({"sort": "email|asc"}, ["bob1", "user"]),
        ({"sort": "nope|asc"}, ["user", "bob1"]),
    ],
)
def test_filters_and_orders(shop: Shop, params: dict[str, str], names: list[str]) -> None:
    """R-WIRE-20, R-WIRE-32."""
    add(shop)
    assert emails(shop, **params) == names
