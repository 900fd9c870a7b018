"""Filters and orders that only the list of clients has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.draft import Draft
from tests.api.people import found
from tests.api.shop import rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"name": "quay"}, "b"),
        ({"name": "a"}, "ab"),
        ({"name": ""}, "abc"),
        ({"email": "ines@example.com"}, "b"),
        ({"email": "ines@example"}, ""),
        ({"id_number": "R-2"}, "b"),
        ({"id_number": "R"}, ""),
        ({"number": "C-10"}, "a"),
        ({"number": "C"}, ""),
        ({"balance": "40:gt"}, "a"),
        ({"balance": "gt:40"}, "a"),
        ({"balance": "40:gte"}, "ab"),
        ({"balance": "100:lt"}, "bc"),
        ({"balance": "40:lte"}, "bc"),
        ({"balance": "40:eq"}, "b"),
        ({"balance": "40:nope"}, "b"),
        ({"balance": "40"}, "abc"),
        ({"between_balance": "40:100"}, "ab"),
        ({"between_balance": "1:39.99"}, ""),
        ({"between_balance": "40"}, "abc"),
        ({"filter": "HARBOUR"}, "a"),
        ({"filter": "harbour ada"}, "a"),
        ({"filter": "harbour quay"}, ""),
        ({"filter": "bob moreau"}, "b"),
        ({"filter": "555-01"}, "b"),
        ({"filter": "gold"}, "a"),
        ({"filter": "R-"}, "ab"),
        ({"filter": "C-"}, "ab"),
        ({"filter": "zed@"}, "c"),
        ({"filter": ""}, "abc"),
    ],
)
def test_filters_of_clients(people: Shop, params: dict[str, str], names: str) -> None:
    """R-WIRE-20, R-WIRE-21, R-WIRE-24; since 5.12 every word of `filter` must occur."""
    assert found(people, **params) == names


def test_one_client_by_id(people: Shop) -> None:
    """R-WIRE-24."""
    first, *_ = people.ids("clients")
    assert people.ids("clients", client_id=first) == [first]
    assert people.ids("clients", client_id="zzz") == []


def test_clients_of_a_group(people: Shop) -> None:
    """R-WIRE-24."""
    draft = Draft(people.mock.world)
    draft.company_row = 1
    group = draft.put("group_setting", {**draft.blank("group_setting"), "name": "VIP"})
    people.mock.world.state = draft.state
    first, second, _ = people.ids("clients")
    body = {"action": "assign_group", "ids": [second], "group_settings_id": group["id"]}
    assert rows(people.post("clients/bulk", body))[0]["group_settings_id"] == group["id"]
    assert people.ids("clients", group=group["id"]) == [second]
    assert people.show(f"clients/{second}", include="group_settings")["group_settings"]["name"] == "VIP"
    assert "group_settings" not in people.show(f"clients/{first}", include="group_settings")


def test_a_narrow_list_fills_four_properties(people: Shop) -> None:
    """R-WIRE-24."""
    narrow = rows(people.get("clients", filter_details="true"))[0]
    whole = rows(people.get("clients"))[0]
    filled = {name for name, value in narrow.items() if value == whole[name] and value not in ("", 0, False, [], {})}
    assert {"id", "name", "number", "id_number"} <= filled
    assert (narrow["balance"], narrow["custom_value2"], narrow["user_id"]) == (0, "", "")
    assert list(narrow) == list(whole)


def test_one_client_can_be_pinned_to_the_front(people: Shop) -> None:
    """R-WIRE-19."""
    *_, last = people.ids("clients")
    assert found(people, filter="harbour", **{"with": last}) == "ca"
