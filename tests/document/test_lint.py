"""What lint says about a document, and that it says nothing about a good one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.bundle import bundle
from mockserver.document.errors import DocumentError
from mockserver.document.lint import lint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.document.conftest import Source


def told(source: Source, change: Callable[[dict[str, Any]], object] = bool) -> list[str]:
    document = source.bundle()
    change(document)
    return lint(document, source.folder)


def show(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/api/v1/widgets/{id}"]["get"]
    return found


def test_the_published_document_has_no_problems(published: Path) -> None:
    assert lint(bundle(published / "source"), published / "source") == []


def test_a_good_document_has_no_problems(source: Source) -> None:
    assert told(source) == []


def test_invalid_openapi_is_found(source: Source) -> None:
    assert told(source, lambda document: document["info"].pop("title"))[0].startswith("openapi: ")


def test_lint_says_what_to_install(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openapi_spec_validator", None)
    with pytest.raises(DocumentError, match=r"got no openapi-spec-validator, wanted the test extra; pip install"):
        lint(source.bundle(), source.folder)


def test_an_example_that_contradicts_its_field_is_found(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["price"].update(example="2.50"))
    problems = told(source)
    assert any(
        problem.startswith("#/components/schemas/Widget/properties/price: got an example") for problem in problems
    )
    assert any("requestBodies/WidgetCreate/content" in problem and "at price" in problem for problem in problems)


def test_an_example_of_a_parameter_is_looked_at(source: Source) -> None:
    assert told(source, lambda document: document["components"]["parameters"]["Page"].update(example="two"))


def test_a_property_called_example_is_no_example(source: Source) -> None:
    source.widget(lambda widget: widget["fields"].update(example={"is": "text", "about": "A sample."}))
    assert told(source) == []


def test_a_repeated_operation_id_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).update(operationId="editWidget"))
    assert "got the operationId `editWidget` of" in " ".join(problems)


def test_a_missing_operation_id_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).pop("operationId"))
    assert "get /api/v1/widgets/{id}: got no operationId, wanted one; add it" in problems


@pytest.mark.parametrize("key", ["summary", "description"])
def test_an_operation_without_words_is_found(source: Source, key: str) -> None:
    problems = told(source, lambda document: show(document).update({key: ""}))
    assert problems == [f"get /api/v1/widgets/{{id}}: got no {key}, wanted a sentence; add `{key}:`"]


def test_an_undeclared_tag_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).update(tags=["gadgets"]))
    assert "got the tag `gadgets`, wanted one of openapi.yaml" in problems[0]


def test_a_tag_without_operations_or_words_is_found(source: Source) -> None:
    problems = told(source, lambda document: document["tags"].append({"name": "gadgets"}))
    assert problems == [
        "tags: got `gadgets` without operations, wanted a use; remove it",
        "tags: got `gadgets` without a description, wanted one; add it",
    ]


def test_a_field_without_a_description_is_found(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["name"].pop("about"))
    problem = "components/schemas/Widget/properties/name: got no description, wanted a sentence; add `about:`"
    assert problem in told(source)


def test_a_parameter_without_a_description_is_found(source: Source) -> None:
    bare = {"name": "q", "in": "header", "schema": {"type": "string"}, "example": "gear"}
    problems = told(source, lambda document: show(document)["parameters"].append(bare))
    assert problems == ["get /api/v1/widgets/{id}: got the parameter `q` without a description, wanted one; add it"]


def test_a_parameter_without_an_example_is_found(source: Source) -> None:
    bare = {"name": "q", "in": "header", "description": "A word.", "schema": {"type": "string"}}
    problems = told(source, lambda document: show(document)["parameters"].append(bare))
    assert problems == [
        "get /api/v1/widgets/{id}: got the parameter `q` without an example, wanted one; add `example:`"
    ]


def test_a_header_without_an_example_is_found(source: Source) -> None:
    problems = told(source, lambda document: document["components"]["headers"]["X-APP-VERSION"].pop("example"))
    assert problems == ["components/headers/X-APP-VERSION: got it without an example, wanted one; add `example:`"]


@pytest.mark.parametrize("name", ["list_widgets", "ListWidgets", "list widgets", "l" * 61])
def test_an_operation_id_that_is_no_method_name_is_found(source: Source, name: str) -> None:
    problems = told(source, lambda document: show(document).update(operationId=name))
    assert f"got the operationId `{name}`, wanted a method name such as `listClients`" in problems[0]


def test_an_operation_without_a_tag_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).update(tags=[]))
    assert problems == [
        "get /api/v1/widgets/{id}: got no tag, wanted one; add `tag:` to the file or `tags:` to the operation"
    ]


def test_an_operation_that_is_never_refused_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).update(responses={"200": {"description": "Good."}}))
    assert "get /api/v1/widgets/{id}: got no 4xx response, wanted one; add `x-errors:`" in problems


def test_a_request_body_without_a_description_is_found(source: Source) -> None:
    def silence(document: dict[str, Any]) -> None:
        document["paths"]["/api/v1/widgets/bulk"]["post"]["requestBody"].pop("description")

    assert told(source, silence) == [
        "post /api/v1/widgets/bulk: got a request body without a description, wanted one; add `description:` to it"
    ]


def test_a_component_schema_without_a_description_is_found(source: Source) -> None:
    problems = told(source, lambda document: document["components"]["schemas"]["ErrorMessage"].pop("description"))
    assert problems == [
        "components/schemas/ErrorMessage: got no description, wanted a sentence; add `description:` or `about:`"
    ]


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "object"},
        {"type": "object", "properties": {"a": {"type": "string", "description": "A."}}},
        {"type": "array", "items": {"type": "object"}},
        {"allOf": [{"$ref": "#/components/schemas/Part"}, {"$ref": "#/components/schemas/Meta"}]},
    ],
)
def test_a_body_without_a_name_is_found(source: Source, shape: dict[str, Any]) -> None:
    def unname(document: dict[str, Any]) -> None:
        body = document["components"]["responses"]["WidgetRecord"]["content"]["application/json"]
        body.clear()
        body.update(schema=shape, example={})

    problems = [each for each in told(source, unname) if "without a name" in each]
    assert len(problems) == 1
    assert problems[0].startswith("components/responses/WidgetRecord/application/json")
    assert "got an object without a name, wanted a reference to a component" in problems[0]


def test_an_object_without_a_name_inside_a_component_is_found(source: Source) -> None:
    def unname(document: dict[str, Any]) -> None:
        inner = {"type": "object", "description": "B.", "properties": {"c": {"type": "string", "description": "C."}}}
        document["components"]["schemas"]["Meta"]["properties"]["inner"] = inner

    place, wanted = "components/schemas/Meta/properties/inner", "wanted a reference to a component"
    problem, is_open = told(source, unname)
    assert problem.startswith(f"{place}: got an object without a name, {wanted}; write it in `values/` or")
    assert is_open.startswith(f"{place}: got an open object")


def test_a_map_needs_no_name(source: Source) -> None:
    def add(document: dict[str, Any]) -> None:
        texts = {"type": "object", "description": "B.", "additionalProperties": {"type": "string"}}
        document["components"]["schemas"]["Meta"]["properties"]["inner"] = texts

    assert told(source, add) == []


def test_a_body_without_an_example_is_found(source: Source) -> None:
    def remove(document: dict[str, Any]) -> None:
        document["components"]["responses"]["WidgetBlank"]["content"]["application/json"].pop("example")

    (problem,) = told(source, remove)
    assert problem.startswith("components/responses/WidgetBlank/application/json: got a body without an example")


def test_a_shared_example_that_breaks_the_schema_is_found(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(bulk={"answers": ["list", "pdf"]}))

    def bend(document: dict[str, Any]) -> None:
        document["components"]["examples"]["WidgetListResponse"]["value"]["data"][0]["price"] = "dear"

    problems = told(source, bend)
    assert len(problems) == 2
    broken = "/examples/WidgetListResponse: got an example that breaks its schema at data.0.price"
    assert all(broken in each for each in problems)


def test_a_link_that_leads_nowhere_is_found(source: Source) -> None:
    def bend(document: dict[str, Any]) -> None:
        document["components"]["links"]["getWidget"]["operationId"] = "getGadget"
        document["components"]["links"]["deleteWidget"]["parameters"] = {"key": "$response.body#/data/id"}

    assert told(source, bend) == [
        "components/links/deleteWidget: got the parameter `key`, wanted one of deleteWidget; mend the name",
        "components/links/getWidget: got the operation `getGadget`, wanted one that exists; mend the name",
    ]


def test_a_dangling_reference_is_found(source: Source) -> None:
    bad = {"$ref": "#/components/responses/Nowhere"}
    problems = told(source, lambda document: show(document)["responses"].update({"418": bad}))
    assert len(problems) == 1
    assert "responses/418: got a reference to #/components/responses/Nowhere" in problems[0]


def test_an_unused_component_is_found(source: Source) -> None:
    document = source.bundle()
    document["components"]["schemas"]["Spare"] = {"type": "object"}
    problems = lint(document, source.folder)
    assert "#/components/schemas/Spare: got a component that nothing refers to, wanted a use; remove it" in problems


def test_an_entity_may_stand_alone_for_its_facts(source: Source) -> None:
    source.widget(lambda widget: widget.update(operations={}, includes={}))
    source.widget(lambda widget: widget["facts"]["search"].update(fields=["name"]))
    assert not any("schemas/Widget:" in problem for problem in lint(source.bundle(), source.folder))


def test_facts_of_a_changed_document_are_checked(source: Source) -> None:
    def bend(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Widget"]["x-mock"]["serch"] = {}
        show(document)["x-mock"]["needs"] = "luck"

    problems = told(source, bend)
    assert "components/schemas/Widget/x-mock: got the unknown key `serch`" in problems[0]
    assert "get /api/v1/widgets/{id}: x-mock: needs: got `luck`" in problems[1]


def test_an_operation_without_a_behaviour_is_found(source: Source) -> None:
    problems = told(source, lambda document: show(document).pop("x-mock"))
    assert problems == ["get /api/v1/widgets/{id}: got no x-mock, wanted one; name the behaviour"]


def test_an_open_object_in_an_answer_is_found(source: Source) -> None:
    def opened(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Widget"]["additionalProperties"] = True

    wanted = "wanted a closed one; close it, or say why not with `x-open:`"
    assert f"components/schemas/Widget: got an open object, {wanted}" in told(source, opened)


def test_a_reason_or_a_kind_of_value_is_enough(source: Source) -> None:
    def opened(document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        schemas["Widget"].update({"additionalProperties": True, "x-open": "Anything may come."})
        schemas["Part"]["additionalProperties"] = {"type": "string"}

    assert told(source, opened) == []
