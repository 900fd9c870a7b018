"""`spec diff`: what breaks a client that was made from the old document."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.content import spec_dir
from mockserver.document.__main__ import main
from mockserver.document.diff import changes, read_document
from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Document = dict[str, Any]


def small() -> Document:
    """One operation that takes and answers a widget with parts of its own kind."""
    widget = {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {
            "id": {"type": "string"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}},
        },
    }
    sent = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "size": {"type": "integer"}},
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}
    operation = {
        "operationId": "createWidget",
        "description": "Makes one.",
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/WidgetRequest"}}}},
        "responses": {"200": {"description": "It.", "content": content}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Widgets", "version": "1"},
        "paths": {"/widgets": {"post": operation}},
        "components": {"schemas": {"Widget": widget, "WidgetRequest": sent}},
    }


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


def operation(document: Document) -> Document:
    found: Document = document["paths"]["/widgets"]["post"]
    return found


def answer(document: Document) -> Document:
    found: Document = schema(document, "Widget")["properties"]
    return found


def body(document: Document) -> Document:
    found: Document = schema(document, "WidgetRequest")["properties"]
    return found


# breaks a client?, what the line holds, how the new document differs
CASES: dict[str, tuple[bool, str, Callable[[Document], object]]] = {
    "a field of an answer goes": (True, "schemas/Widget: parts removed", lambda d: answer(d).pop("parts")),
    "a field of an answer comes": (False, "schemas/Widget: x added", lambda d: answer(d).update(x={})),
    "an answer may lack a field": (
        True,
        "schemas/Widget: required kind removed",
        lambda d: schema(d, "Widget").update(required=["id"]),
    ),
    "an answer may hold null": (True, "nullable added", lambda d: answer(d)["id"].update(nullable=True)),
    "a type of an answer": (
        True,
        "id type changed from string to integer",
        lambda d: answer(d)["id"].update(type="integer"),
    ),
    "a new value of an answer": (True, "kind enum c added", lambda d: answer(d)["kind"]["enum"].append("c")),
    "a body needs more": (
        True,
        "schemas/WidgetRequest: required size added",
        lambda d: schema(d, "WidgetRequest")["required"].append("size"),
    ),
    "a body may hold more": (False, "schemas/WidgetRequest: x added", lambda d: body(d).update(x={})),
    "a method is called otherwise": (True, "operationId changed", lambda d: operation(d).update(operationId="make")),
    "an operation goes": (True, "POST /widgets: removed", lambda d: d["paths"].pop("/widgets")),
    "a new refusal": (
        False,
        "POST /widgets: responses 404 added",
        lambda d: operation(d)["responses"].update({"404": {"description": "No."}}),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_change(name: str) -> None:
    breaking, text, change = CASES[name]
    new = copy.deepcopy(small())
    change(new)
    found = changes(small(), new)
    assert [each.breaking for each in found if text in str(each)] == [breaking], "\n".join(map(str, found))


def test_words_and_facts_are_no_change() -> None:
    new = small()
    operation(new).update({"description": "Makes one, at once.", "x-mock": {"behaviour": "create"}})
    assert changes(small(), new) == []


def test_a_change_of_a_shared_schema_is_told_once() -> None:
    old = read_document(spec_dir() / "openapi.json")
    new = copy.deepcopy(old)
    schema(new, "Product")["properties"]["price"]["type"] = "string"
    found = changes(old, new)
    assert [(each.where, each.breaking) for each in found] == [("schemas/Product", True)]
    assert "GET /api/v1/products" in found[0].operations


def test_the_command_says_1_when_clients_break(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.yaml"
    old.write_text(json.dumps(small()), encoding="utf-8")
    new.write_text(json.dumps(small()), encoding="utf-8")  # JSON is YAML
    assert main(["diff", str(old), str(new)]) == 0
    assert capsys.readouterr().out == "0 breaking, 0 other\n"
    changed = small()
    del changed["paths"]["/widgets"]["post"]
    new.write_text(json.dumps(changed), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == 1
    assert capsys.readouterr().out.endswith("1 breaking, 0 other\n")


@pytest.mark.parametrize("text", ["", "[]", "{", "openapi: 3.0.3"])
def test_a_file_that_is_no_document_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match="wanted an OpenAPI document"):
        read_document(path)
