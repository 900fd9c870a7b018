"""source/ -> document: what is made of an entity, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.bundle import bundle, write
from mockserver.document.errors import DocumentError
from mockserver.document.writing import to_json, to_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.document.conftest import Source


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def test_the_published_document_is_as_fresh_as_its_sources(published: Path) -> None:
    document = bundle(published / "source")
    for name, text in (("openapi.json", to_json(document)), ("openapi.yaml", to_yaml(document))):
        fresh = (published / name).read_text("utf-8") == text  # pytest would compare megabytes for minutes
        assert fresh, f"{name} is older than its sources: run `mockserver spec bundle`"


def test_the_same_sources_give_the_same_bytes(source: Source, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        write(source.folder, folder)
    for name in ("openapi.yaml", "openapi.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_the_yaml_has_no_anchors(source: Source) -> None:
    text = to_yaml(source.bundle())
    assert "&id" not in text
    assert "*id" not in text


def test_every_standard_operation_is_there(source: Source) -> None:
    found = {
        f"{method} {path}": operation["operationId"]
        for path, item in source.bundle()["paths"].items()
        for method, operation in item.items()
    }
    assert found == {
        "get /api/v1/widgets": "listWidgets",
        "post /api/v1/widgets": "createWidget",
        "get /api/v1/widgets/create": "getBlankWidget",
        "get /api/v1/widgets/{id}": "getWidget",
        "put /api/v1/widgets/{id}": "updateWidget",
        "patch /api/v1/widgets/{id}": "patchWidget",
        "delete /api/v1/widgets/{id}": "deleteWidget",
        "get /api/v1/widgets/{id}/edit": "editWidget",
        "post /api/v1/widgets/bulk": "bulkWidgets",
        "put /api/v1/widgets/{id}/upload": "uploadWidgetDocuments",
        "post /api/v1/widgets/{id}/upload": "uploadWidgetDocumentsByPost",
    }


def test_a_record_is_closed_and_names_what_is_always_there(source: Source) -> None:
    widget = schema(source.bundle(), "Widget")
    assert widget["additionalProperties"] is False
    assert " ".join(widget["required"]) == (
        "id name price parts parent_id is_deleted updated_at archived_at created_at children"
    )
    assert "parent" in widget["properties"]
    assert "secret" not in widget["properties"]


def test_a_request_is_open_and_holds_what_may_be_written(source: Source) -> None:
    document = source.bundle()
    request = schema(document, "WidgetCreateRequest")
    assert list(request["properties"]) == ["name", "price", "parts"]
    assert request["required"] == ["name"]
    assert "additionalProperties" not in request
    assert "required" not in schema(document, "WidgetUpdateRequest")


def test_create_and_update_share_a_request_when_both_take_the_same(source: Source) -> None:
    source.widget(lambda widget: widget.pop("requests"))
    names = source.bundle()["components"]["schemas"]
    assert "WidgetRequest" in names
    assert "WidgetCreateRequest" not in names


def test_the_facts_drive_the_engine_alone(source: Source) -> None:
    facts = schema(source.bundle(), "Widget")["x-mock"]
    assert facts["entity"] == "widget"
    assert facts["resource"] == "widgets"
    assert facts["fields"]["name"] == {"kind": "text", "default": "", "write": "both"}
    assert facts["fields"]["parent_id"] == {"kind": "link", "default": "", "to": "widget"}
    assert facts["hidden"] == {"secret": {"kind": "text", "default": ""}}
    assert facts["includes"]["children"] == {"entity": "widget", "many": True, "by": "parent_id", "always": True}
    assert facts["bulk"] == {"archive": "archive", "delete": "delete"}


def test_an_id_may_be_empty_only_where_unsaved_records_are_shown(source: Source) -> None:
    document = source.bundle()
    blank, stored = schema(document, "BlankWidget"), schema(document, "Widget")
    assert stored["properties"]["id"]["pattern"] == "^[a-zA-Z0-9]{10,}$"
    assert blank["properties"]["id"]["pattern"].endswith("?$")
    assert blank["required"] == stored["required"]
    assert "x-mock" not in blank
    assert schema(document, "WidgetBlankResponse")["properties"]["data"] == {"$ref": "#/components/schemas/BlankWidget"}
    assert schema(document, "WidgetResponse")["properties"]["data"] == {"$ref": "#/components/schemas/Widget"}
    source.widget(lambda widget: widget["operations"].pop("blank"))
    assert "BlankWidget" not in source.bundle()["components"]["schemas"]


def test_shared_parts_that_nothing_uses_are_left_out(source: Source) -> None:
    components = source.bundle()["components"]
    assert "Status" in components["parameters"]
    assert "VendorId" not in components["parameters"]
    assert "status" not in components["responses"]["BadRequest"]


def test_a_value_object_has_a_request_form_of_its_writable_fields(source: Source) -> None:
    document = source.bundle()
    assert schema(document, "Part")["required"] == ["label", "weight"]
    assert list(schema(document, "PartRequest")["properties"]) == ["label"]
    assert schema(document, "WidgetCreateRequest")["properties"]["parts"]["items"] == {
        "$ref": "#/components/schemas/PartRequest"
    }


def test_a_value_object_can_take_over_the_fields_of_another(source: Source) -> None:
    source.write(
        "values/small_part.yaml",
        "schema: SmallPart\nabout: Some of it.\nextends: part\noptional: true\n"
        "fields:\n  size: {is: integer, optional: false, about: How big.}\n",
    )
    source.widget(lambda widget: widget["fields"]["parts"].update(of="SmallPart"))
    small = schema(source.bundle(), "SmallPart")
    assert list(small["properties"]) == ["size", "label", "weight"]
    assert small["required"] == ["size"]
    assert small["x-mock"]["extends"] == "part"


def test_a_value_object_may_be_allowed_to_be_empty(source: Source) -> None:
    source.change("values/part.yaml", lambda part: part.update(or_empty=True))
    part = schema(source.bundle(), "Part")
    assert part["anyOf"] == [{"required": ["label", "weight"]}, {"maxProperties": 0}]
    assert "required" not in part


def test_generated_components_that_nothing_uses_are_left_out(source: Source) -> None:
    source.widget(lambda widget: widget.update(operations={"show": {}}))
    names = source.bundle()["components"]["schemas"]
    assert "WidgetResponse" in names
    assert not {"WidgetListResponse", "WidgetCreateRequest", "PartRequest"} & set(names)


def test_a_reference_that_leads_nowhere_is_refused(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["parts"].update(of="Prat"))
    with pytest.raises(DocumentError, match=r"got a reference to `#/components/schemas/Prat.*wanted a component th"):
        source.bundle()


def test_a_draft_goes_on_where_something_is_not_written_yet(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["parts"].update(of="Gadget"))
    assert schema(bundle(source.folder, draft=True), "Gadget")["description"] == "Not written yet."


def test_a_draft_goes_on_where_an_entity_is_not_written_yet(source: Source) -> None:
    source.widget(lambda widget: widget["includes"].update(shiny_gadget={"entity": "shiny_gadget", "nullable": True}))
    document = bundle(source.folder, draft=True)
    assert schema(document, "Widget")["properties"]["shiny_gadget"] == {
        "type": "object",
        "nullable": True,
        "allOf": [{"$ref": "#/components/schemas/ShinyGadget"}],
        "readOnly": True,
    }
    assert "ShinyGadget" in document["components"]["schemas"]


def test_lists_may_hold_plain_values(source: Source) -> None:
    source.widget(lambda widget: widget["fields"]["parts"].update(of="text"))
    document = source.bundle()
    for name in ("Widget", "WidgetCreateRequest"):
        assert schema(document, name)["properties"]["parts"]["items"] == {"type": "string"}


def test_two_operations_in_one_place_are_refused(source: Source) -> None:
    clash = {"get": {"operationId": "again", "x-answers": ["list"], "x-mock": {"behaviour": "list"}}}
    source.widget(lambda widget: widget.update(paths={"/api/v1/widgets": clash}))
    with pytest.raises(DocumentError, match=r"get /api/v1/widgets: got listWidgets and again, wanted one operation"):
        source.bundle()


def test_two_components_of_one_name_are_refused(source: Source) -> None:
    extra = {"schemas": {"Widget": {"type": "object"}}}
    source.widget(lambda widget: widget.update(components=extra))
    with pytest.raises(DocumentError, match=r"entities/widget\.yaml: got a second component schemas/Widget"):
        source.bundle()


@pytest.mark.parametrize("name", ["WidgetResponse", "Meta"])
def test_a_component_named_like_a_generated_or_a_shared_one_is_refused(source: Source, name: str) -> None:
    extra = {"schemas": {name: {"type": "object"}}}
    source.widget(lambda widget: widget.update(components=extra))
    with pytest.raises(DocumentError, match=rf"components\.schemas\.{name}: got two definitions"):
        source.bundle()


def test_a_file_is_called_like_its_entity(source: Source) -> None:
    source.widget(lambda widget: widget.update(entity="gadget"))
    with pytest.raises(DocumentError, match=r"entities/widget\.yaml: entity: got `gadget`, wanted `widget`"):
        source.bundle()


def test_a_value_that_extends_nothing_is_refused(source: Source) -> None:
    source.change("values/part.yaml", lambda part: part.update(extends="prat"))
    with pytest.raises(DocumentError, match=r"values/part\.yaml: extends: got `prat`, wanted the name of a file"):
        source.bundle()


def test_limits_of_calls_reach_their_operation(source: Source) -> None:
    source.write("shared/throttles.yaml", "get /api/v1/widgets: [api, 20/m]\n")
    operation = source.bundle()["paths"]["/api/v1/widgets"]["get"]
    assert operation["x-mock"]["throttle"] == ["api", "20/m"]


def test_a_limit_of_no_operation_is_refused(source: Source) -> None:
    source.write("shared/throttles.yaml", "get /api/v1/widget: [20/m]\n")
    with pytest.raises(DocumentError, match=r"get /api/v1/widget.*no such operation.*did you mean"):
        source.bundle()
