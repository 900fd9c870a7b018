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


BULKS = [each for each in DOCUMENT.operations.values() if each.path.endswith("/bulk") and each.entity is not None]


@pytest.mark.parametrize("operation", BULKS, ids=lambda operation: operation.id)
def test_no_bulk_call_reaches_over(two: Two, operation: Operation) -> None:
    """Every action of every kind: what is answered, and what is stored, has nothing of the other company."""
    entity, world = operation.entity, two.theirs.world
    assert entity is not None
    foreign = [record.data["id"] for record in world.state.table(entity.resource) if record.company < 2]
    if entity.name == "user":
        return  # users belong to the account of both
    before = [(record.row, record.data) for record in world.state.table(entity.resource) if record.company < 2]
    more = {"column": "public_notes", "new_value": "Stolen", "percentage_increase": 5}
    for action in (*entity.bulk, "nonsense"):
        body = {"action": action, "ids": foreign, **more}
        answer = two.theirs.post(f"/api/v1/{entity.resource}/bulk", json=body, headers=PASSWORD)
        assert str(answer.status_code) in documented(operation), answer
        assert not any(each in answer.text for each in foreign if each not in two.foreign.values())
        after = [(record.row, record.data) for record in world.state.table(entity.resource) if record.company < 2]
        assert after == before


KINDS_NAMED = (
    "clients", "invoices", "payments", "bank_transactions", "designs", "vendors", "tasks", "task_statuses",
)  # fmt: skip


def bodies(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    """Calls whose body names records, by operation: path and body with records of the first company."""
    own = {
        name: next(record.data["id"] for record in world.state.table(name) if record.company == 1)
        for name in KINDS_NAMED
    }
    statement = {"client_id": own["clients"], "start_date": "2026-01-01", "end_date": "2026-02-01"}
    shares = [{"invoice_id": own["invoices"], "amount": 1}]
    match = [{"id": own["bank_transactions"], "invoice_ids": own["invoices"]}]
    note = {"entity": "invoices", "entity_id": own["invoices"], "notes": "Stolen"}
    default = {"design_id": own["designs"], "entity": "invoice", "settings_level": "company"}
    order = {"status_ids": [own["task_statuses"]], "task_ids": {own["task_statuses"]: [own["tasks"]]}}
    return {
        "note": ("activities/notes", note),
        "events": ("activities/entity", {"entity": "invoice", "entity_id": own["invoices"]}),
        "mail": ("emails", {"entity": "invoice", "entity_id": own["invoices"], "template": "email_template_invoice"}),
        "mails": ("emails/entityHistory", {"entity": "invoice", "entity_id": own["invoices"]}),
        "refund": ("payments/refund", {"id": own["payments"], "amount": 1, "date": "2026-01-15"}),
        "match": ("bank_transactions/match", {"transactions": match}),
        "statement": ("client_statement", statement),
        "check": ("einvoice/validateEntity", {"entity": "invoices", "entity_id": own["invoices"]}),
        "design": ("designs/set/default", default),
        "order": ("tasks/sort", order),
        "payment": ("payments", {"client_id": own["clients"], "amount": 1, "invoices": shares}),
        "invoice": ("invoices", {"client_id": own["clients"]}),
        "purchase": ("purchase_orders", {"vendor_id": own["vendors"]}),
        "task": ("tasks", {"description": "x", "client_id": own["clients"]}),
        "project": ("projects", {"name": "x", "client_id": own["clients"]}),
        "expense": ("expenses", {"amount": 1, "client_id": own["clients"], "vendor_id": own["vendors"]}),
    }  # fmt: skip


NAMES = (
    "note", "events", "mail", "mails", "refund", "match", "statement", "check", "design", "order", "payment", "invoice",
    "purchase", "task", "project", "expense",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_body_opens_a_record_of_another_company(two: Two, name: str) -> None:
    """A link to a stranger's record is refused or dropped, and the record stays as it is."""
    world = two.theirs.world
    assert sorted(bodies(world)) == sorted(NAMES)
    path, body = bodies(world)[name]
    before = {
        resource: [(record.row, record.data) for record in table if record.company == 1]
        for resource, table in world.state.tables.items()
    }
    answer = two.theirs.post(f"/api/v1/{path}", json=body)
    assert answer.status_code in (200, 400, 401, 422), answer
    after = {
        resource: [(record.row, record.data) for record in table if record.company == 1]
        for resource, table in world.state.tables.items()
    }
    assert after == before
    foreign = {body.get("client_id", ""), body.get("vendor_id", "")} - {""}
    made = [record.data for record in world.state.tables.get(path, ()) if record.company > 1]
    assert not [each for each in made if {each.get("client_id"), each.get("vendor_id")} & foreign]
