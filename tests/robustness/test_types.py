"""Values of a wrong type for every writable field of the document: 422 that names the field, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from tests.robustness.conftest import check_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World

DOCUMENT = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
ENTITIES = ("client", "product", "invoice", "location")
WRONG: Mapping[str, list[Any]] = {
    "string": [["x"], {"a": 1}, [[]]],
    "number": ["abc", "0x10", "1e999", "--1", ["1"], {"a": 1}],
    "integer": ["abc", "1.5", 1.5, "1e999", 2**63, ["1"], {"a": 1}],
    "boolean": ["maybe", "yes", 2, -1, [True], {"a": True}],
    "array": ["x", 5, True, {"a": 1}],
    "object": ["x", 5, True, [1]],
}
NEEDED = {"invoice": ("client_id",), "location": ("client_id", "name")}


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = DOCUMENT.schemas[schema["$ref"].rpartition("/")[2]]
    return schema


def properties(entity: str, verb: str) -> Mapping[str, Any]:
    """Writable properties of the body that creates or updates the entity."""
    (operation,) = (
        each
        for each in DOCUMENT.operations.values()
        if each.entity is not None and each.entity.name == entity and each.behaviour == verb and each.method != "PATCH"
    )
    found: Mapping[str, Any] = DOCUMENT.schemas[operation.request]["properties"]
    return found


def cases() -> Iterator[Any]:
    for entity in ENTITIES:
        for verb in ("create", "update"):
            for name, schema in properties(entity, verb).items():
                yield pytest.param(entity, verb, name, resolved(schema).get("type", ""), id=f"{verb}-{entity}-{name}")


CASES = list(cases())


@pytest.fixture
def sent(make: Callable[..., dict[str, Any]]) -> Callable[[str, str, str, Any], tuple[str, str, dict[str, Any]]]:
    """Verb, address and body of a call that sets one field of the entity, and what the entity needs besides."""
    rows = {"clients": make("clients", name="Typed")["id"]}
    body = {"name": "Office", "client_id": rows["clients"]}
    rows |= {name: make(name, **body)["id"] for name in ("products", "invoices", "locations")}

    def build(entity: str, verb: str, name: str, value: Any) -> tuple[str, str, dict[str, Any]]:
        resource = DOCUMENT.entities[entity].resource
        needed = {key: body[key] for key in NEEDED.get(entity, ()) if verb == "create" or entity == "location"}
        method, path = ("POST", "") if verb == "create" else ("PUT", f"/{rows[resource]}")
        return method, f"/api/v1/{resource}{path}", {**needed, name: value}

    return build


@pytest.mark.parametrize(("entity", "verb", "name", "kind"), CASES)
def test_a_wrong_type_is_refused_with_the_name_of_the_field(
    refused: Callable[..., Response],
    sent: Callable[..., tuple[str, str, dict[str, Any]]],
    entity: str,
    verb: str,
    name: str,
    kind: str,
) -> None:
    for value in WRONG[kind]:
        method, url, body = sent(entity, verb, name, value)
        answer = refused(method, url, status=422, json=body)
        errors = answer.json()["errors"]
        assert [field for field in errors if field.split(".")[0] == name], (value, errors)
        assert all(isinstance(text, str) for messages in errors.values() for text in messages)
        assert [each for each in check_diagnostics(answer.headers) if each["where"].split("/")[1] == name]


@pytest.mark.parametrize(("entity", "verb", "name", "kind"), CASES)
def test_null_and_empty_text_are_taken_or_refused_but_never_crash(
    mock_client: MockClient,
    mock_world: World,
    sent: Callable[..., tuple[str, str, dict[str, Any]]],
    entity: str,
    verb: str,
    name: str,
    kind: str,
) -> None:
    empty: tuple[Any, ...] = (None, "", "   ", [], {})
    for value in empty:
        method, url, body = sent(entity, verb, name, value)
        before = mock_world.state
        answer = mock_client.request(method, url, json=body)
        assert answer.status_code in (200, 422), (kind, value, answer)
        assert answer.status_code == 200 or mock_world.state is before


LINES = resolved({"$ref": "#/components/schemas/LineItemRequest"})["properties"]
CONTACTS = resolved(resolved(properties("client", "create")["contacts"])["items"])["properties"]


@pytest.mark.parametrize("name", LINES)
def test_a_wrong_type_inside_a_line_is_refused_with_its_place(
    refused: Callable[..., Response], sent: Callable[..., tuple[str, str, dict[str, Any]]], name: str
) -> None:
    for value in WRONG[resolved(LINES[name])["type"]]:
        method, url, body = sent("invoice", "create", "line_items", [{"cost": 1, "quantity": 1}, {name: value}])
        answer = refused(method, url, status=422, json=body)
        assert f"line_items.1.{name}" in answer.json()["errors"]
        assert f"/line_items/1/{name}" in [each["where"] for each in check_diagnostics(answer.headers)]


@pytest.mark.parametrize("name", CONTACTS)
def test_a_wrong_type_inside_a_contact_is_refused_with_its_place(refused: Callable[..., Response], name: str) -> None:
    for value in WRONG[resolved(CONTACTS[name])["type"]]:
        answer = refused("POST", "/api/v1/clients", status=422, json={"name": "x", "contacts": [{}, {name: value}]})
        assert [field for field in answer.json()["errors"] if field.startswith(f"contacts.1.{name}")]


@pytest.mark.parametrize("rows", [[1], ["x"], [None], [[]], [[{}]], [True], [{}, 1]], ids=repr)
@pytest.mark.parametrize(
    ("url", "field"), [("clients", "contacts"), ("invoices", "line_items"), ("invoices", "invitations")]
)
def test_rows_that_are_no_objects_are_taken_or_refused(
    mock_client: MockClient,
    mock_world: World,
    make: Callable[..., dict[str, Any]],
    url: str,
    field: str,
    rows: list[Any],
) -> None:
    client = make("clients", name="Rows")["id"]
    before = mock_world.state
    answer = mock_client.post(f"/api/v1/{url}", json={"client_id": client, field: rows})
    assert answer.status_code in (200, 422), answer
    assert answer.status_code == 200 or mock_world.state is before


@pytest.mark.parametrize("resource", ["clients", "products", "invoices", "locations"])
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
    mock_client: MockClient, mock_world: World, resource: str, ids: Any, action: Any
) -> None:
    before = mock_world.state
    answer = mock_client.post(f"/api/v1/{resource}/bulk", json={"ids": ids, "action": action})
    assert answer.status_code in (200, 422), answer
    assert mock_world.state is before
