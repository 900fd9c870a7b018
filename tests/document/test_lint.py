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

# The small document does not need all that the shared files offer.
UNUSED = "nothing refers to"


def told(source: Source, change: Callable[[dict[str, Any]], object] = bool) -> list[str]:
    document = source.bundle()
    change(document)
    return [problem for problem in lint(document, source.folder) if UNUSED not in problem]


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
    assert any("WidgetCreate/content/application/json" in problem and "at price" in problem for problem in problems)


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
    assert told(source) == [
        "components/schemas/Widget/properties/name: got no description, wanted a sentence; add `about:`"
    ]


def test_a_parameter_without_a_description_is_found(source: Source) -> None:
    bare = {"name": "q", "in": "query", "schema": {"type": "string"}}
    problems = told(source, lambda document: show(document)["parameters"].append(bare))
    assert problems == ["get /api/v1/widgets/{id}: got the parameter `q` without a description, wanted one; add it"]


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
