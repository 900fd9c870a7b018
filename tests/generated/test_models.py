"""Models of datamodel-code-generator parse what the server answers, operation by operation."""

from __future__ import annotations

import functools
import importlib.util
import operator
import sys
import types
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mockserver.document.lint_operations import operations
from tests.generated.conftest import program, run

if TYPE_CHECKING:
    from types import ModuleType

    from mockserver.inprocess import MockClient, Response

OPTIONS = (
    "--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel", "--use-annotated",
    "--target-python-version", "3.11", "--extra-fields", "forbid", "--enum-field-as-literal", "all",
    "--formatters", "builtin", "--strict-nullable",
)  # fmt: skip


@pytest.fixture(scope="module")
def models(document_file: str, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("models")
    run([program("datamodel-codegen"), "--input", document_file, "--output", "models.py", *OPTIONS], folder)
    spec = importlib.util.spec_from_file_location("generated_models", folder / "models.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_answer_is_parsed(document: dict[str, Any], models: ModuleType, mock_client: MockClient) -> None:
    wrong, parsed = [], 0
    reads_first = sorted(
        operations(document), key=lambda found: ("get", "put", "patch", "post", "delete").index(found[0].split()[0])
    )
    for place, operation in reads_first:
        response = called(place, operation, document, mock_client)
        schema = promised(operation, response, document)
        if schema is None:
            continue
        try:
            TypeAdapter(model(schema, models)).validate_json(response.content)
        except ValidationError as error:
            wrong.append(f"{place}: {response.status_code} {schema}: {error.errors()[0]}")
        parsed += 1
    assert not wrong, "\n".join(wrong)
    assert parsed > len(document["paths"]) / 2


def test_an_answer_of_several_kinds_is_one_of_their_models(models: ModuleType) -> None:
    kinds = {"anyOf": [{"$ref": "#/components/schemas/ErrorMessage"}, {"type": "array", "items": {"type": "string"}}]}
    parse = TypeAdapter(model(kinds, models)).validate_python
    assert parse(["message", "no"]) == ["message", "no"]
    assert parse({"message": "no"}).message == "no"
    with pytest.raises(ValidationError):
        parse({"data": []})


def called(place: str, operation: dict[str, Any], document: dict[str, Any], client: MockClient) -> Response:
    """The answer to the operation with the example of its body, on the first record of its list."""
    method, path = place.split(" ")
    for step in [part for part in path.split("/") if part.startswith("{")]:
        path = path.replace(step, first_id(path.partition("/{")[0], client) if step == "{id}" else "unknown")
    body = resolved(operation.get("requestBody", {}), document).get("content", {}).get("application/json", {})
    headers = {"X-API-PASSWORD": "password"}
    return client.request(method.upper(), path, json=body.get("example", {}) if body else None, headers=headers)


def first_id(path: str, client: MockClient) -> str:
    found = client.get(path)
    rows = (
        found.json().get("data")
        if found.status_code == 200 and found.headers["content-type"] == "application/json"
        else None
    )
    return str(rows[0]["id"]) if isinstance(rows, list) and rows else "VolejRejNm"


def promised(operation: dict[str, Any], response: Response, document: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of the answers in JSON with this status; None for a body of another kind."""
    is_json = response.headers.get("content-type", "").startswith("application/json")
    if not is_json:
        return None
    answer = resolved(operation["responses"][str(response.status_code)], document)
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


def model(schema: dict[str, Any], models: ModuleType) -> Any:
    """The type of a schema: a generated model, one of several, or a list of them."""
    if "$ref" in schema:
        return getattr(models, schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return functools.reduce(operator.or_, (model(each, models) for each in schema["anyOf"]))
    if schema["type"] == "array":
        return types.GenericAlias(list, (model(schema["items"], models) if schema.get("items") else Any,))
    return {"object": dict, "string": str, "number": float, "integer": int, "boolean": bool}[schema["type"]]


def resolved(node: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        _, part, name = node["$ref"].rsplit("/", 2)
        node = document["components"][part][name]
    return node
