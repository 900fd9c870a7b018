"""Values of a wrong type for every writable field of the document: 422 that names the field, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.robustness.conftest import DOCUMENT, address, check_diagnostics, example_of, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World

WRITES = [
    each
    for each in DOCUMENT.operations.values()
    if each.request and each.method in ("POST", "PUT")
    and each.behaviour.endswith(("create", "update", "create_client", "create_invoice"))
]  # fmt: skip
BULKS = [each for each in DOCUMENT.operations.values() if each.behaviour.endswith("bulk")]
WRONG: Mapping[str, list[Any]] = {
    "string": [["x"], {"a": 1}, [[]]],
    "number": ["abc", "0x10", "1e999", "--1", ["1"], {"a": 1}],
    "integer": ["abc", "1.5", 1.5, "1e999", 2**63, ["1"], {"a": 1}],
    "boolean": ["maybe", "yes", 2, -1, [True], {"a": True}],
    "array": ["x", 5, True, {"a": 1}],
    "object": ["x", 5, True, [1]],
    "": [],
}
"""Type in the document -> values of another one; what has no type takes anything."""


def fields(operation: Operation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Members of the body, and the schema of each."""
    for name, schema in DOCUMENT.schemas[operation.request].get("properties", {}).items():
        yield name, resolved(schema)


def inner_fields(operation: Operation) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(list, member of its rows, schema of that) of all lists of objects in the body."""
    for name, schema in fields(operation):
        for member, inner in resolved(schema.get("items", {})).get("properties", {}).items():
            yield name, member, resolved(inner)


HOLDERS = [each for each in WRITES if any(inner_fields(each))]


@pytest.fixture
def keys(mock_client: MockClient, mock_world: World) -> dict[str, str]:
    """What calls need besides the token; the shop of the company is open."""
    company = next(iter(mock_world.state.table("companies"))).data
    opened = mock_client.put(f"/api/v1/companies/{company['id']}", json={"enable_shop_api": True})
    assert opened.status_code == 200
    return {"X-API-PASSWORD": "password", "X-API-COMPANY-KEY": company["company_key"]}


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_a_wrong_type_is_refused_with_the_name_of_the_field(
    refused: Callable[..., Response], mock_world: World, keys: dict[str, str], operation: Operation
) -> None:
    url, example = address(operation, mock_world), example_of(operation)
    for name, schema in fields(operation):
        for number, value in enumerate(WRONG[schema.get("type", "")]):
            body = {**(example if number % 2 else {}), name: value}
            answer = refused(operation.method, url, status=422, json=body, headers=keys)
            errors = answer.json()["errors"]
            assert [field for field in errors if field.split(".")[0] == name], (name, value, errors)
            assert all(isinstance(text, str) for messages in errors.values() for text in messages)
            places = [each["where"].split("/")[1] for each in check_diagnostics(answer.headers)]
            assert name in places, (name, value, places)


@pytest.mark.parametrize("operation", HOLDERS, ids=lambda operation: operation.id)
def test_a_wrong_type_inside_a_row_is_refused_with_its_place(
    refused: Callable[..., Response], mock_world: World, keys: dict[str, str], operation: Operation
) -> None:
    url = address(operation, mock_world)
    for name, member, schema in inner_fields(operation):
        for value in WRONG[schema.get("type", "")]:
            body = {name: [{}, {member: value}]}
            answer = refused(operation.method, url, status=422, json=body, headers=keys)
            place, errors = f"{name}.1.{member}", answer.json()["errors"]
            assert [field for field in errors if field == place or field.startswith(f"{place}.")], (body, errors)
            assert f"/{name}/1/{member}" in [each["where"] for each in check_diagnostics(answer.headers)]


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_null_and_empty_text_are_taken_or_refused_but_never_crash(
    mock_client: MockClient, mock_world: World, keys: dict[str, str], operation: Operation
) -> None:
    url, before = address(operation, mock_world), mock_world.state
    empty: tuple[Any, ...] = (None, "", "   ", [], {})
    for name, _ in fields(operation):
        for value in empty:
            body = {**example_of(operation), name: value}
            answer = mock_client.request(operation.method, url, json=body, headers=keys)
            assert answer.status_code in (200, 422), (name, value, answer)
            assert answer.status_code == 200 or mock_world.state is before
            mock_world.state = before


@pytest.mark.parametrize("rows", [[1], ["x"], [None], [[]], [[{}]], [True], [{}, 1]], ids=repr)
@pytest.mark.parametrize("operation", HOLDERS, ids=lambda operation: operation.id)
def test_rows_that_are_no_objects_are_taken_or_refused(
    mock_client: MockClient, mock_world: World, keys: dict[str, str], operation: Operation, rows: list[Any]
) -> None:
    url, before = address(operation, mock_world), mock_world.state
    for name in {name for name, _, _ in inner_fields(operation)}:
        answer = mock_client.request(operation.method, url, json={name: rows}, headers=keys)
        assert answer.status_code in (200, 422), (name, answer)
        assert answer.status_code == 200 or mock_world.state is before
        mock_world.state = before


@pytest.mark.parametrize("operation", BULKS, ids=lambda operation: operation.id)
@pytest.mark.parametrize(
    ("ids", "action"),
    [
        (None, "archive"), ("x", "archive"), ({}, "archive"), ({"a": 1}, "archive"), (5, "archive"), ([[]], "archive"),
        ([{}], "archive"), ([None], "archive"), ([1], "archive"), ([1.5, True], "archive"),
        (["zzzzzzzzzz"], ["archive"]),
        (["zzzzzzzzzz"], {"a": 1}), (["zzzzzzzzzz"], 5), (["zzzzzzzzzz"], None), (["zzzzzzzzzz"], "nonsense"),
        (["zzzzzzzzzz"], "__init__"), (["zzzzzzzzzz"], "x" * 100_000),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_bulk_calls_of_a_wrong_shape_change_nothing(
    mock_client: MockClient, mock_world: World, keys: dict[str, str], operation: Operation, ids: Any, action: Any
) -> None:
    before = mock_world.state
    answer = mock_client.post(operation.path, json={"ids": ids, "action": action}, headers=keys)
    unknown = 400 if operation.behaviour == "task_scheduler_bulk" else 422  # the one that says no in its own way
    assert answer.status_code in (200, 422, unknown), answer
    assert mock_world.state is before
