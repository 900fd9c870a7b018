"""Every entity of the document is in the scenarios, and all that they hold is what the document says."""

from __future__ import annotations

import pytest

from mockserver.seeding import scenario_names
from tests.seeding.garden import EVERYTHING, client, engine, lists, rows, shared

SHOWN = {
    each.entity.resource: each.path
    for each in engine()[0].document.operations.values()
    if each.behaviour == "show" and each.entity is not None
}
"""Resource -> path that shows one record."""


def owners(name: str) -> list[tuple[str, str]]:
    """(id of a company, token of its owner) for each company of the scenario."""
    world = shared(name)
    tokens = [each for each in rows(world, "tokens") if not each["archived_at"]]
    held = {(each["user_id"], each["company_id"]): each["token"] for each in tokens}
    links = [each for each in rows(world, "company_users") if each["is_owner"]]
    return [(each["company_id"], held[each["user_id"], each["company_id"]]) for each in links]


def listed(name: str, path: str, token: str) -> list[dict[str, object]]:
    """All records of a list, deleted ones included; the engine checks each against the document."""
    status, answer = client(shared(name)).call("GET", f"{path}?{EVERYTHING}", token=token)
    assert status == 200, (path, answer)
    found: list[dict[str, object]] = answer["data"]
    return found


@pytest.mark.parametrize("path", lists())
def test_each_list_has_records_in_some_scenario(path: str) -> None:
    assert any(listed(name, path, token) for name in scenario_names() for _, token in owners(name))


@pytest.mark.parametrize("name", scenario_names())
def test_all_records_can_be_listed_and_shown(name: str) -> None:
    ours = client(shared(name))
    for company, token in owners(name):
        for path in lists():
            records = listed(name, path, token)
            resource = path.rpartition("/")[2]
            for record in records if resource in SHOWN else ():
                if resource == "companies" and record["id"] != company:
                    continue  # those of other tokens are listed, but each token shows its own
                target = SHOWN[resource].replace("{id}", str(record["id"]))
                status, one = ours.call("GET", target, headers={"X-API-PASSWORD": "password"}, token=token)
                assert (status, one["data"]["id"]) == (200, record["id"])
