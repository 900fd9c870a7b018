"""What is read from a document without facts: schemas in one form, logins, kinds of records, good bodies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.judging.answers import Judge
from mockserver.contract.reading.login import keys_of, login
from mockserver.contract.reading.operations import Operation
from mockserver.contract.reading.plain import built, flat, is_json
from mockserver.contract.reading.resources import envelope, singular
from mockserver.contract.reading.spec import Spec
from mockserver.contract.wire.reply import Reply

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = {
    "head": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "asked": {"type": "apiKey", "in": "query", "name": "key"},
    "crumb": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "paper": {"type": "mutualTLS"},
}


@pytest.mark.parametrize(
    ("security", "headers", "query"),
    [
        ([{"head": []}], {"X-Key": "u:p"}, {}),
        ([{"asked": []}], {}, {"key": "u:p"}),
        ([{"crumb": []}], {"Cookie": "sid=u%3Ap"}, {}),
        ([{"bearer": []}], {"Authorization": "Bearer u:p"}, {}),
        ([{"basic": []}], {"Authorization": "Basic dTpw"}, {}),
        ([{"paper": []}, {"head": [], "asked": []}], {"X-Key": "u:p"}, {"key": "u:p"}),
        ([{"paper": []}], {}, {}),
    ],
)
def test_a_token_goes_where_the_document_says(security: Any, headers: Any, query: Any) -> None:
    operation = Operation("o", "GET", "/", {"security": security, "responses": {}}, keys_of(security, SCHEMES))
    assert login(operation, "u:p") == (headers, query)
    assert login(operation, None) == (dict.fromkeys(headers), dict.fromkeys(query))


def document(**schemas: Any) -> Spec:
    return Spec({"openapi": "3.1.0", "paths": {}, "components": {"schemas": schemas}})


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ({"type": ["string", "null"]}, {"type": "string"}),
        ({"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"const": 1}, {"const": 1, "enum": [1]}),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/A"}]}, {"type": "integer", "minimum": 2}),
        (True, {}),
    ],
)
def test_ways_to_say_a_type_come_to_one(schema: Any, wanted: Any) -> None:
    assert flat(document(A={"type": "integer", "minimum": 2}), schema) == wanted


def test_parts_are_joined_and_what_is_only_read_is_not_sent() -> None:
    base = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "readOnly": True}}}
    whole = {
        "allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["a"], "properties": {"a": {"enum": ["x"]}}}]
    }
    spec = document(Base=base)
    sent, answered = flat(spec, whole), flat(spec, whole, sent=False)
    assert (list(sent["properties"]), sent["required"]) == (["a"], ["a"])
    assert (sorted(answered["properties"]), sorted(answered["required"])) == (["a", "id"], ["a", "id"])
    assert built(spec, whole) == {"a": "x"}


@pytest.mark.parametrize(
    ("properties", "many", "way"),
    [
        ({"id": "integer", "owner": "object"}, False, ()),
        ({"data": "object", "meta": "object"}, False, ("data",)),
        ({"plant": "object"}, False, ("plant",)),
        ({"plants": "array", "total": "integer"}, True, ("plants",)),
        ({"results": "array", "errors": "array"}, True, ("results",)),
        ({"total": "integer"}, True, None),
    ],
)
def test_an_envelope_is_told_by_its_schema(properties: Any, many: bool, way: Any) -> None:
    schema = {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}
    assert envelope(document(), schema, many=many) == way


def test_kinds_of_records_are_told_by_paths() -> None:
    answers: dict[str, Any] = {"responses": {"200": {"description": ""}}}
    items = {
        "/shops/": {"get": answers, "post": answers},
        "/shops/{shop_id}/": {"get": answers, "patch": answers},
        "/shops/{shop_id}/things": {"get": answers},
        "/shops/{shop_id}/things/{id}": {"delete": answers},
        "/me": {"get": answers},
    }
    spec = Spec({"openapi": "3.0.0", "paths": items})
    shops, things = spec.resources["shops"], spec.resources["things"]
    assert (sorted(shops.operations), shops.key) == (["create", "list", "patch", "show"], "shop_id")
    assert (sorted(things.operations), things.key) == (["delete", "list"], "id")
    assert spec.operations["GET /me"].noun == ""
    assert shops.has("create", "change")
    assert not shops.has("delete")
    assert shops.id_of({"name": "x", "id": 7}) == "7"


def test_words_of_many_have_one() -> None:
    names = ["plants", "shop/categories", "boxes", "addresses", "glass"]
    assert [singular(name) for name in names] == ["plant", "category", "box", "address", "glass"]


def test_json_is_known_by_its_type() -> None:
    types = ["application/json; charset=utf-8", "application/hal+json", "text/plain", "application/xml"]
    assert [is_json(media) for media in types] == [True, True, False, False]


THING = {
    "type": "object",
    "required": ["id", "word"],
    "properties": {"id": {"type": ["integer", "null"]}, "word": {"type": "string", "writeOnly": True}},
    "unevaluatedProperties": False,
}


@pytest.mark.parametrize(
    ("version", "schema", "body", "said"),
    [
        ("3.1.0", THING, {"id": None}, ""),
        ("3.1.0", THING, {"id": "1"}, "is not of type"),
        ("3.1.0", THING, {"id": 1, "more": 2}, "Unevaluated properties are not allowed"),
        ("3.1.0", {"$ref": "#/x-hidden/Thing"}, {"id": "1"}, "is not of type"),
        ("3.0.3", {"type": "integer", "nullable": True}, None, ""),
        ("3.0.3", {"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 1, "less than or equal to the minimum"),
    ],
)
def test_answers_are_judged_by_the_schemas_of_their_version(version: str, schema: Any, body: Any, said: str) -> None:
    answer = {"200": {"description": "", "content": {"application/vnd.x+json": {"schema": schema}}}}
    spec = Spec({"openapi": version, "paths": {"/a": {"get": {"responses": answer}}}, "x-hidden": {"Thing": THING}})
    reply = Reply(200, {"content-type": "application/vnd.x+json"}, json.dumps(body).encode())
    found = list(Judge(spec).problems(spec.operations["GET /a"], reply))
    assert bool(found) is bool(said), found
    assert said in "".join(found)


@pytest.mark.parametrize(
    ("server", "prefix"),
    [
        ({"url": "/"}, ""),
        ({"url": "https://example.com/v1/"}, "/v1"),
        ({"url": "/{stage}/api", "variables": {"stage": {"default": "test"}}}, "/test/api"),
    ],
)
def test_the_first_server_has_the_prefix(server: Any, prefix: str) -> None:
    assert Spec({"openapi": "3.0.0", "servers": [server], "paths": {}}).prefix == prefix


def test_days_in_yaml_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("openapi: 3.0.0\npaths: {/a: {get: {responses: {200: {description: 2024-01-31}}}}}\n")
    (operation,) = Spec.read(path).operations.values()
    assert operation.raw["responses"]["200"]["description"] == "2024-01-31"
