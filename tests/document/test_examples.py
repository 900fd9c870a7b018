"""The examples of JSON bodies: what is made, what a person wrote, what is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document import samples
from mockserver.document.errors import DocumentError
from mockserver.document.examples import Sampler, is_json
from mockserver.document.lint_examples import fitting, present
from mockserver.document.media_examples import form_fields

if TYPE_CHECKING:
    from tests.document.conftest import Source

JSON = "application/json"


def body(source: Source, part: str, name: str) -> dict[str, Any]:
    """The JSON media type object of a component."""
    found: dict[str, Any] = source.bundle()["components"][part][name]["content"][JSON]
    return found


def example(source: Source, name: str) -> Any:
    """The example of a component response, looked up when it is shared."""
    components = source.bundle()["components"]
    media = components["responses"][name]["content"][JSON]
    if "example" in media:
        return media["example"]
    (only,) = media["examples"].values()
    return components["examples"][only["$ref"].rpartition("/")[2]]["value"]


def test_every_json_body_has_an_example_that_fits(source: Source) -> None:
    document = source.bundle()
    assert present(document) == []
    assert fitting(document) == []


def test_a_record_is_shown_whole_with_what_is_always_nested(source: Source) -> None:
    record = example(source, "WidgetRecord")["data"]
    assert record["id"] == samples.ID
    assert record["name"] == "Gear"
    assert record["price"] == 2.5
    assert record["created_at"] < record["updated_at"]
    assert record["archived_at"] == 0
    assert record["children"] == []  # a widget in a widget would never end
    assert "parent" not in record


def test_a_list_has_a_row_and_its_page(source: Source) -> None:
    page = example(source, "WidgetList")
    assert len(page["data"]) == 1
    assert page["meta"]["pagination"]["count"] == len(page["data"])


def test_a_blank_record_shows_the_defaults_and_no_id(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["price"].update(default=9))
    blank = example(source, "WidgetBlank")["data"]
    assert blank["id"] == ""
    assert blank["name"] == ""
    assert blank["price"] == 9
    assert blank["created_at"] == 0
    assert blank["children"] == []


def test_a_request_holds_what_is_required_and_what_has_an_example_but_no_unique_value(source: Source) -> None:
    source.widget(lambda widget: widget["fields"].update(note={"is": "text", "write": True, "about": "Any text."}))
    source.widget(lambda widget: widget["fields"].update(code={"is": "text", "write": True, "about": "A."}))
    source.widget(lambda widget: widget["requests"]["create"]["required"].append("code"))
    create = body(source, "requestBodies", "WidgetCreate")["example"]
    assert create == {"name": "Gear", "price": 2.5, "parts": [{}], "code": ""}
    assert "name" not in body(source, "requestBodies", "WidgetUpdate")["example"]  # it is unique


def test_a_bulk_request_says_no_more_than_it_must(source: Source) -> None:
    more = {"colour": {"is": "text", "about": "Colour to paint.", "example": "red"}}
    source.widget(lambda widget: widget["operations"].update(bulk={"input": more}))
    media = source.bundle()["paths"]["/api/v1/widgets/bulk"]["post"]["requestBody"]["content"][JSON]
    assert media["example"] == {"action": "archive", "ids": [samples.ID]}


def test_a_bulk_request_shows_the_action_even_where_none_is_required(source: Source) -> None:
    source.widget(lambda widget: widget["requests"].update(bulk={"required": ["ids"]}))
    media = source.bundle()["paths"]["/api/v1/widgets/bulk"]["post"]["requestBody"]["content"][JSON]
    assert media["example"] == {"action": "archive", "ids": [samples.ID]}


def test_a_request_of_unique_values_only_is_not_left_empty(source: Source) -> None:
    source.widget(lambda widget: widget.update(fields={"id": {"is": "id"}, "name": widget["fields"]["name"]}))
    source.widget(lambda widget: widget.update(includes={}))
    source.widget(lambda widget: widget["facts"].update(search={"fields": ["name"]}, base_filters=[]))
    assert body(source, "requestBodies", "WidgetUpdate")["example"] == {"name": "Gear"}


def test_an_example_that_a_person_wrote_stays(source: Source) -> None:
    def write(shared: dict[str, Any]) -> None:
        shared["Message"]["content"][JSON]["example"] = {"message": "Well done"}

    source.change("shared/responses.yaml", write)
    source.widget(lambda widget: widget["facts"].update(delete="remove"))
    assert body(source, "responses", "Message")["example"] == {"message": "Well done"}


def test_errors_carry_the_words_of_the_service(source: Source) -> None:
    assert example(source, "Unauthorized") == {"message": "This action is unauthorized."}
    assert example(source, "ValidationFailed")["message"] == "The given data was invalid."
    assert set(body(source, "responses", "BadRequest")["examples"]) == {"NoSuchRecord", "UnreadableBody"}


def test_a_body_that_two_operations_share_is_written_once(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(bulk={"answers": ["list", "pdf"]}))
    components = source.bundle()["components"]
    assert components["examples"].keys() == {"HtmlPage", "PdfFile", "WidgetListResponse"}
    media = components["responses"]["WidgetList"]["content"][JSON]
    assert media["examples"] == {"WidgetListResponse": {"$ref": "#/components/examples/WidgetListResponse"}}
    assert "example" in components["responses"]["WidgetRecord"]["content"][JSON]


def test_each_of_several_answers_has_its_example(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(bulk={"answers": ["list", "message"]}))
    media = source.bundle()["paths"]["/api/v1/widgets/bulk"]["post"]["responses"]["200"]["content"][JSON]
    assert media["examples"] == {
        "WidgetListResponse": {"$ref": "#/components/examples/WidgetListResponse"},
        "Message": {"value": {"message": "Success"}},
    }


def test_a_parameter_with_choices_shows_one(source: Source) -> None:
    own = [
        {"name": "a", "in": "query", "description": "A.", "schema": {"type": "string", "enum": ["x", "y"]}},
        {"name": "b", "in": "query", "description": "B.", "schema": {"type": "string"}},
    ]
    source.widget(lambda widget: widget["operations"].update(show={"parameters": own}))
    made = source.bundle()["paths"]["/api/v1/widgets/{id}"]["get"]["parameters"]
    assert {each["name"]: each.get("example") for each in made if "name" in each} == {"a": "x", "b": None}


@pytest.mark.parametrize(
    ("media_type", "json"),
    [(JSON, True), ("application/problem+json", True), ("application/json; charset=utf-8", True), ("text/html", False)],
)
def test_what_counts_as_json(media_type: str, *, json: bool) -> None:
    assert is_json(media_type) is json


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "enum": ["b", "a"]}, "b"),
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "string", "format": "date"}, "2025-01-31"),
        ({"type": "string", "pattern": "^[a-zA-Z0-9]{10,}$"}, samples.ID),
        ({"type": "string", "pattern": "^[0-9]+$"}, "1"),
        ({"type": "string", "minLength": 2}, samples.ID),
        ({"type": "string", "default": "on"}, "on"),
        ({"type": "boolean"}, False),
    ],
)
def test_a_value_is_found_by_its_shape(schema: dict[str, Any], value: Any) -> None:
    assert samples.of_shape(schema) == value


@pytest.mark.parametrize(
    ("name", "fact", "value"),
    [
        ("client_id", {"kind": "link", "default": ""}, samples.ID),
        ("assigned_user_id", {"kind": "link", "default": ""}, ""),
        ("date", {"kind": "date", "default": "today"}, "2025-01-31"),
        ("footer", {"kind": "text", "default": ""}, ""),
        ("disk", {"kind": "text", "default": "public"}, "public"),
        ("country_id", {"kind": "lookup", "default": ""}, "1"),
    ],
)
def test_a_field_is_filled_by_name_default_and_kind(name: str, fact: dict[str, Any], value: Any) -> None:
    assert samples.of_field(name, {"type": "string"}, fact) == value


def test_a_schema_that_holds_itself_ends() -> None:
    node = {
        "type": "object",
        "required": ["name", "below"],
        "properties": {
            "name": {"type": "string", "example": "Root"},
            "below": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        },
    }
    assert Sampler({"Node": node}).of({"$ref": "#/components/schemas/Node"}) == {"name": "Root", "below": []}


def test_a_form_shows_the_json_example_in_brackets(source: Source) -> None:
    content = source.bundle()["components"]["requestBodies"]["WidgetCreate"]["content"]
    assert content["application/json"]["example"] == {"name": "Gear", "price": 2.5, "parts": [{}]}
    for form in ("application/x-www-form-urlencoded", "multipart/form-data"):
        assert content[form]["example"] == {"name": "Gear", "price": "2.5"}


def test_what_is_nested_has_brackets_and_what_is_empty_is_left_out() -> None:
    body = {"a": [{"b": True, "c": None}, {"d": [1, "x"]}], "e": [], "f": {}}
    assert form_fields(body) == {"a[0][b]": "1", "a[0][c]": "", "a[1][d][0]": "1", "a[1][d][1]": "x"}


def test_a_file_that_nobody_shows_is_refused(source: Source) -> None:
    source.change("shared/files.yaml", lambda files: files.pop("HtmlPage"))
    with pytest.raises(
        DocumentError, match=r"got no example, wanted one of shared/files\.yaml; add one for `text/html`"
    ):
        source.bundle()


def test_an_upload_shows_what_a_file_starts_with(source: Source) -> None:
    uploads = source.bundle()["paths"]["/api/v1/widgets/{id}/upload"]["put"]["requestBody"]["content"]
    assert uploads["multipart/form-data"]["example"]["documents[]"] == ["%PDF-1.7"]
