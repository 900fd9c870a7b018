"""Ids that name nothing, are no ids, or belong to another company: refused before anything else is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.inprocess import MockClient
from tests.robustness.conftest import DOCUMENT, address, check_diagnostics, documented

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.app import Mock
    from mockserver.document.model import Operation
    from mockserver.inprocess import Response
    from mockserver.world import World

KINDS = ("clients", "products", "invoices", "locations")
LOCATED = [each for each in DOCUMENT.operations.values() if each.locate and each.method != "PATCH"]
PASSWORD = {"X-API-PASSWORD": "password"}
NO_IDS = [
    "zzzzzzzzzz", "VolejRejNn", "volejrejnm", "VolejRejN", "VolejRejNmm", "x", "null", "undefined", "true", "[]",
    "{}", "%7Bid%7D",
    "x" * 5000, "\u00e9", "%00", "VolejRejNm%00", "%F0%9F%98%80", "'%20OR%201=1", "<script>", "VolejRejNm%20",
    "%56olejRejNm%0a",
    "-1", "1.5", "1e5",
]  # fmt: skip


@dataclass
class Two:
    """A world with a second company: clients of both, and a record of each kind in the second one."""

    ours: MockClient
    theirs: MockClient
    foreign: dict[str, str]
    mine: dict[str, str]


@pytest.fixture
def two(mock_app: Mock, mock_client: MockClient, mock_world: World) -> Two:
    made = mock_client.post("/api/v1/companies", json={"name": "Second"}).json()["data"][0]
    token = next(
        record.data["token"]
        for record in mock_world.state.table("tokens")
        if record.data["company_id"] == made["company"]["id"]
    )
    theirs = MockClient(mock_app, mock_world)
    theirs.headers["X-API-TOKEN"] = token
    return Two(mock_client, theirs, fill(theirs), fill(mock_client))


def fill(client: MockClient) -> dict[str, str]:
    """One record of each kind, by resource."""
    found = {"clients": post(client, "clients", {"name": "One"})}
    body = {"name": "Place", "product_key": "thing", "client_id": found["clients"]}
    found |= {name: post(client, name, body) for name in ("products", "invoices", "locations")}
    return found


def post(client: MockClient, resource: str, body: dict[str, Any]) -> str:
    answer = client.post(f"/api/v1/{resource}", json=body)
    assert answer.status_code == 200, answer
    return str(answer.json()["data"]["id"])


@pytest.mark.parametrize("operation", LOCATED, ids=lambda operation: operation.id)
def test_an_id_that_names_nothing_is_400_with_the_model(refused: Callable[..., Response], operation: Operation) -> None:
    assert operation.entity is not None
    message = f"No query results for model [App\\Models\\{operation.entity.model}]."
    for hashed in NO_IDS:
        url = operation.path.replace("{id}", hashed)
        answer = refused(operation.method, url, status=400, json={}, headers=PASSWORD)
        assert answer.json() == {"message": message}, hashed


@pytest.mark.parametrize("operation", LOCATED, ids=lambda operation: operation.id)
def test_a_plain_number_is_400_and_the_diagnosis_says_what_an_id_is(
    refused: Callable[..., Response], operation: Operation
) -> None:
    for number in ("0", "1", "5", "999999", "9" * 18, "9" * 5000):
        url = operation.path.replace("{id}", number)
        answer = refused(operation.method, url, status=400, headers=PASSWORD)
        assert answer.json() == {"message": f"Record with value {number} not found"}
        assert "id" in check_diagnostics(answer.headers)[0]["wanted"]


OTHER = re.compile(r"\{(?!id\})\w+\}")
"""A place in a path for a key, a hash or a word."""


@pytest.mark.parametrize(
    "operation",
    [each for each in DOCUMENT.operations.values() if OTHER.search(each.path)],
    ids=lambda operation: operation.id,
)
def test_keys_and_words_in_a_path_that_name_nothing_get_a_documented_answer(
    mock_client: MockClient, mock_world: World, operation: Operation
) -> None:
    before = mock_world.state
    for text in NO_IDS:
        url = OTHER.sub(text, address(operation, mock_world))
        answer = mock_client.request(operation.method, url, json={}, headers=PASSWORD)
        assert str(answer.status_code) in documented(operation), (text, answer)
        assert answer.status_code == 200 or mock_world.state is before
        mock_world.state = before


@pytest.mark.parametrize("number", ["\u0661", "\u00b2", "%D9%A1"])
def test_digits_of_other_scripts_are_no_numbers(refused: Callable[..., Response], number: str) -> None:
    refused("GET", f"/api/v1/clients/{number}", status=400)


@pytest.mark.parametrize("segment", ["", ".", "..", "%2e%2e", "a/b/c/d", "VolejRejNm/nonsense", "VolejRejNm/../.."])
def test_odd_path_segments_are_unknown_routes_or_ids(mock_client: MockClient, segment: str) -> None:
    assert mock_client.get(f"/api/v1/clients/{segment}").status_code in (200, 400, 404)
    assert mock_client.delete(f"/api/v1/clients/{segment}").status_code in (400, 404)


@pytest.mark.parametrize("resource", KINDS)
@pytest.mark.parametrize(
    ("verb", "tail"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/edit"), ("PUT", "/upload")]
)
def test_a_record_of_another_company_is_401(two: Two, resource: str, verb: str, tail: str) -> None:
    if resource == "locations" and tail == "/upload":
        assert two.ours.put(f"/api/v1/locations/{two.foreign[resource]}/upload").status_code == 404
        return
    state = two.ours.world.state
    answer = two.ours.request(verb, f"/api/v1/{resource}/{two.foreign[resource]}{tail}", json={"name": "Stolen"})
    assert answer.status_code == 401
    assert answer.json() == {"message": "This action is unauthorized."}
    assert two.ours.world.state is state
    assert two.theirs.get(f"/api/v1/{resource}/{two.foreign[resource]}").status_code == 200


OWNED = [each for each in LOCATED if each.entity is not None and each.entity.name not in ("user", "system_log")]
"""Operations on records of a company; users belong to the account of both, and there are no system logs."""


@pytest.mark.parametrize("operation", OWNED, ids=lambda operation: operation.id)
def test_no_operation_opens_a_record_of_another_company(two: Two, operation: Operation) -> None:
    world = two.theirs.world
    before = world.state
    answer = two.theirs.request(operation.method, address(operation, world), json={"name": "Stolen"}, headers=PASSWORD)
    assert answer.status_code == 401, answer
    assert "401" in documented(operation)
    assert world.state is before


@pytest.mark.parametrize("resource", KINDS)
def test_lists_of_two_companies_share_nothing(two: Two, resource: str) -> None:
    ours, theirs = (
        {row["id"] for row in client.get(f"/api/v1/{resource}?per_page=5000").json()["data"]}
        for client in (two.ours, two.theirs)
    )
    assert two.mine[resource] in ours
    assert theirs == {two.foreign[resource]}
    assert ours.isdisjoint(theirs)


@pytest.mark.parametrize("resource", KINDS)
@pytest.mark.parametrize("action", ["archive", "delete", "restore"])
def test_bulk_never_touches_records_of_another_company(two: Two, resource: str, action: str) -> None:
    before = two.theirs.get(f"/api/v1/{resource}/{two.foreign[resource]}").content
    ids = [two.foreign[resource], "zzzzzzzzzz", "", "1"]
    answer = two.ours.post(f"/api/v1/{resource}/bulk", json={"action": action, "ids": ids})
    assert answer.status_code in (200, 422)
    assert two.foreign[resource] not in answer.text
    assert two.theirs.get(f"/api/v1/{resource}/{two.foreign[resource]}").content == before


@pytest.mark.parametrize("hashed", ["zzzzzzzzzz", "1", 1, "x", True, "\u0000", "x" * 5000])
@pytest.mark.parametrize("resource", ["invoices", "locations"])
def test_an_unknown_client_in_a_body_is_422(refused: Callable[..., Response], resource: str, hashed: Any) -> None:
    answer = refused("POST", f"/api/v1/{resource}", status=422, json={"name": "x", "client_id": hashed})
    assert "client_id" in answer.json()["errors"]


@pytest.mark.parametrize("resource", ["invoices", "locations"])
def test_a_client_of_another_company_in_a_body_is_422(two: Two, resource: str) -> None:
    state = two.ours.world.state
    body = {"name": "x", "client_id": two.foreign["clients"]}
    answer = two.ours.post(f"/api/v1/{resource}", json=body)
    assert answer.status_code == 422
    assert "client_id" in answer.json()["errors"]
    assert two.ours.world.state is state


@pytest.mark.parametrize("field", ["assigned_user_id", "vendor_id", "design_id", "subscription_id"])
@pytest.mark.parametrize("value", ["x", "5", 5, "zzzzzzzzzz", "\x7f", "VolejRejNm "])
def test_an_optional_link_that_is_no_id_ends_as_no_link_or_422(
    make: Callable[..., dict[str, Any]], mock_client: MockClient, field: str, value: Any
) -> None:
    invoice = make("invoices", client_id=make("clients", name="x")["id"])
    answer = mock_client.put(f"/api/v1/invoices/{invoice['id']}", json={field: value})
    assert answer.status_code in (200, 422), answer
    if answer.status_code == 200:
        assert answer.json()["data"][field] in ("", str(value).strip())


@pytest.mark.parametrize("filter_name", ["client_id", "with"])
def test_filters_by_an_id_of_another_company_find_nothing_of_it(two: Two, filter_name: str) -> None:
    answer = two.ours.get(f"/api/v1/invoices?{filter_name}={two.foreign['clients']}")
    assert answer.status_code == 200
    assert two.foreign["invoices"] not in [row["id"] for row in answer.json()["data"]]


def test_a_token_of_another_company_is_no_token_of_ours(two: Two) -> None:
    foreign = next(iter(two.theirs.get("/api/v1/tokens").json()["data"]))["id"]
    assert two.ours.get(f"/api/v1/tokens/{foreign}").status_code == 401
    assert two.ours.delete(f"/api/v1/tokens/{foreign}").status_code == 401


def test_an_update_cannot_move_a_record_to_another_company(two: Two) -> None:
    url = f"/api/v1/clients/{two.mine['clients']}"
    before = two.ours.get(url).json()["data"]
    after = two.ours.put(url, json={"company_id": "Wpmbk5ezJn", "id": two.foreign["clients"]}).json()["data"]
    assert after["id"] == before["id"]
    assert two.theirs.get(url).status_code == 401


@pytest.mark.parametrize(
    "token", ["", "token", "TOKEN ", "TOKENX", "x" * 5000, "\u00e9", "TOKEN\x00", "'", "@", "@@", "TOKEN@@"]
)
def test_a_token_that_is_none_is_403_or_400(mock_client: MockClient, token: str) -> None:
    headers = {"X-API-TOKEN": token.encode().decode("latin-1"), "X-Mock-World": None}
    answer = mock_client.get("/api/v1/clients", headers=headers)
    assert answer.status_code in (400, 403), answer
    check_diagnostics(answer.headers)
