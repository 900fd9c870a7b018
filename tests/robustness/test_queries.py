"""Query strings that make no sense: ignored or answered as the service does, always quickly, never with a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from mockserver.store.listing import BASE_FILTERS
from tests.robustness.conftest import DOCUMENT, soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World

LISTS = [operation for operation in DOCUMENT.operations.values() if operation.behaviour == "list"]
ODD = [
    "", " ", "0", "-1", "1", "true", "false", "null", "abc", "1e400", "-1e400", "NaN", "9" * 30, "9" * 5000, "0x10",
    "1.5", ",", ",,,",
    ":", "::", "|", "||", "a|b", "a:b", "lt:abc", "gt:" + "9" * 400, "2024-02-31", "2024-13-45", "0000-00-00",
    "99999-01-01",
    "2024-01-01,", "2024-01-01,2024-99-99", "\x00", "\u202e", "\U0001f600", "e\u0301", "\u0661\u0662", "\u00b2", "%",
    "_", "%%%%", "'", '"', "\\",
    "[", "(", "(a+)+$", "*", "../../etc/passwd", "<script>", "VolejRejNm", "zzzzzzzzzz", "tomorrow", "\r\nX: y", "\x7f",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "per_page"),
    [
        ("-1", 1), ("0", 15), ("abc", 15), ("", 15), ("99999999999", 5000), ("9" * 400, 5000), ("-7", 7),
        ("12abc", 12), ("+3", 3),
        (" 4", 4), ("1.9", 1), ("1e3", 1), ("0x10", 15), ("\u0665", 15), ("\u00b2", 15), ("null", 15), ("-", 15),
    ],
    ids=ascii,
)  # fmt: skip
def test_per_page_is_read_as_the_service_reads_it(mock_client: MockClient, text: str, per_page: int) -> None:
    answer = mock_client.get("/api/v1/invoices", params={"per_page": text})
    assert answer.status_code == 200
    pagination = answer.json()["meta"]["pagination"]
    assert pagination["per_page"] == per_page
    assert pagination["count"] == len(answer.json()["data"]) <= per_page


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("abc", 1), ("-1", 1), ("0", 1), ("", 1), ("1e400", 1), ("1.5", 1), ("2", 2), ("999999", 999_999),
        ("9" * 15, 999_999_999_999_999),
        ("9" * 5000, 1), ("\u0662", 1), ("\u00b2", 1), ("null", 1), ("2abc", 1), ("0x2", 1),
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_page_is_read_as_the_service_reads_it(mock_client: MockClient, text: str, page: int) -> None:
    answer = mock_client.get("/api/v1/invoices", params={"page": text, "per_page": 2})
    assert answer.status_code == 200
    assert answer.json()["meta"]["pagination"]["current_page"] == page


@pytest.mark.parametrize(
    "sort",
    [
        "nope|sideways", "nope|asc", "number|sideways", "number", "|", "||", "number|", "|asc", "number|asc|desc",
        "a" * 5000 + "|asc",
        "__class__|asc", "line_items|asc", "settings|desc", "contacts|asc", "parent_type|asc", "\x00|asc", "id|ASC",
        "client.name|asc",
    ],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.id)
def test_a_sort_that_cannot_be_is_no_error(mock_client: MockClient, operation: Operation, sort: str) -> None:
    path = operation.path
    plain = mock_client.get(f"{path}?per_page=5000").json()["data"]
    answer = mock_client.get(path, params={"sort": sort, "per_page": 5000})
    assert answer.status_code == 200
    assert sorted(map(json.dumps, answer.json()["data"])) == sorted(map(json.dumps, plain))


@pytest.mark.parametrize(
    "include", ["nope", "client.nope", "nope.client", "__class__", "client,nope", "x" * 5000, "\u00e9", "client.client"]
)
def test_an_unknown_include_is_400_on_a_list_and_nothing_on_a_record(
    refused: Callable[..., Response], mock_client: MockClient, mock_world: World, include: str
) -> None:
    answer = refused("GET", f"/api/v1/invoices?include={quote(include)}", status=400)
    assert answer.json()["message"].startswith("Relation `")
    assert answer.json()["message"].endswith("` is not a valid include.")
    invoice = next(iter(mock_world.state.table("invoices"))).data["id"]
    assert mock_client.get(f"/api/v1/invoices/{invoice}", params={"include": include}).status_code == 200


def test_an_unknown_include_on_an_empty_list_is_no_error(mock_client: MockClient) -> None:
    answer = mock_client.get("/api/v1/invoices?include=nope&number=no-such-number")
    assert answer.status_code == 200
    assert answer.json()["data"] == []


@pytest.mark.parametrize(
    "include", [",", ",,,", ".", "...", ".client", "client.", "client..", " client ", "client,client"]
)
def test_includes_with_empty_parts_are_read(mock_client: MockClient, include: str) -> None:
    assert mock_client.get("/api/v1/invoices", params={"include": include}).status_code == 200


@pytest.mark.parametrize(
    "include",
    [
        "client.activities.client.activities.client.activities",
        "payments.invoices.payments.invoices.payments.invoices",
        ".".join(["payments", "invoices"] * 500),
        ",".join(["client", "payments", "activities", "location"] * 500),
        ",".join(f"payments.invoices.client.activities.x{number}" for number in range(300)),
    ],
    ids=["activities", "payments", "1,000 levels", "2,000 names", "300 branches"],
)
def test_deep_include_chains_end_soon(mock_client: MockClient, mock_world: World, include: str) -> None:
    invoice = next(iter(mock_world.state.table("invoices"))).data["id"]
    with soon(5):
        for path in (f"/api/v1/invoices/{invoice}", "/api/v1/invoices"):
            assert mock_client.get(path, params={"include": include}).status_code in (200, 400)


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.id)
def test_every_filter_of_every_list_takes_every_text(mock_client: MockClient, operation: Operation) -> None:
    entity, path = operation.entity, operation.path
    assert entity is not None
    names = {*entity.filters, *BASE_FILTERS, "filter", "with", "nonsense", "client_status", "sort"}
    for name in sorted(names):
        for text in ODD:
            with soon(1):
                answer = mock_client.get(path, params={name: text})
            assert answer.status_code == 200, (name, text, answer)
            assert set(answer.json()) == {"data", "meta"}


@pytest.mark.parametrize(
    "text", ["a%" * 500, "%_" * 500, "%a" * 1000 + "b", "_" * 5000, "a b " * 2000], ids=lambda text: text[:8]
)
def test_search_patterns_end_soon(mock_client: MockClient, text: str) -> None:
    with soon(5):
        for path in ("clients", "products", "invoices"):
            assert mock_client.get(f"/api/v1/{path}", params={"filter": text}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "&&&", "=", "=&=", "?", "?a=b", "a", "a&a&a", "page[]=1", "page[a]=1", "per_page[]=5&per_page[]=6",
        "sort[]=number|asc", "include[]=client",
        "filter=%", "filter=%zz", "filter=%00", "filter=%ff", "filter=%ed%a0%80", "%00=1", "status=active;deleted",
        "index=", "index=none",
        "index=data", "index=meta", "index=%00", "index=" + "x" * 5000, "serializer=nonsense",
        "serializer=json&include=client",
        "include_static=true", "include_static=nonsense", "first_load=true", "page=1&page=2", "per_page=5&per_page=abc",
    ],
    ids=lambda query: query[:20],
)  # fmt: skip
def test_odd_query_strings_are_answered(mock_client: MockClient, query: str) -> None:
    answer = mock_client.get(f"/api/v1/invoices?{query}")
    assert answer.status_code == 200, answer
    answer.json()


def test_of_a_parameter_that_comes_twice_the_last_one_counts(mock_client: MockClient) -> None:
    answer = mock_client.get("/api/v1/invoices?per_page=3&per_page=2")
    assert answer.json()["meta"]["pagination"]["per_page"] == 2


def test_5_000_parameters_are_read(mock_client: MockClient) -> None:
    query = "&".join(f"p{number}=1" for number in range(5000))
    assert mock_client.get(f"/api/v1/invoices?{query}").status_code == 200


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text)[:20])
def test_trigger_parameters_with_odd_values_keep_money_consistent(
    mock_client: MockClient, make: Callable[..., dict[str, object]], text: str
) -> None:
    client = make("clients", name="Trigger")["id"]
    lines = [{"cost": 10, "quantity": 1}]
    params = dict.fromkeys(("mark_sent", "paid", "amount_paid", "cancel", "save_default_terms", "redirect"), text)
    answer = mock_client.post("/api/v1/invoices", params=params, json={"client_id": client, "line_items": lines})
    assert answer.status_code == 200, answer
    data = answer.json()["data"]
    assert data["amount"] == 10
    assert mock_client.get(f"/api/v1/clients/{client}").status_code == 200
