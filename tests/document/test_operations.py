"""Standard operations, their overrides, and what every operation gets without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.answers import HEADERS
from mockserver.document.bodies import forms_apart
from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    from tests.document.conftest import Source


def refs(items: list[dict[str, Any]]) -> list[str]:
    return [item["$ref"].rpartition("/")[2] for item in items if "$ref" in item]


def operation(source: Source, name: str) -> dict[str, Any]:
    found = [
        each for item in source.bundle()["paths"].values() for each in item.values() if each["operationId"] == name
    ]
    assert len(found) == 1, name
    return dict(found[0])


def test_x_mock_says_which_behaviour_acts_on_what(source: Source) -> None:
    assert operation(source, "listWidgets")["x-mock"] == {"behaviour": "list", "entity": "widget"}
    assert operation(source, "patchWidget")["x-mock"] == {"behaviour": "update", "entity": "widget", "locate": True}


def test_every_operation_takes_the_header_and_a_token(source: Source) -> None:
    found = operation(source, "getWidget")
    assert refs(found["parameters"])[:2] == ["RequestedWith", "id"]
    assert {"403", "429"} <= set(found["responses"])
    assert "security" not in found


def test_a_password_brings_headers_and_412(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(delete={"password": True}))
    found = operation(source, "deleteWidget")
    assert {"Password", "PasswordBase64"} <= set(refs(found["parameters"]))
    assert "412" in found["responses"]
    assert found["x-mock"]["password"] is True


def test_a_public_operation_needs_no_token(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(show={"public": True}))
    found = operation(source, "getWidget")
    assert found["security"] == []
    assert "403" not in found["responses"]


def test_facts_of_an_override_go_to_all_operations_of_the_template_words_to_the_first(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(update={"id": "changeWidget", "needs": "admin"}))
    assert operation(source, "changeWidget")["x-mock"]["needs"] == "admin"
    assert operation(source, "patchWidget")["x-mock"]["needs"] == "admin"


def test_about_replaces_the_description_and_note_adds_to_it(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(show={"about": "Own words."}, edit={"note": "And more."}))
    assert operation(source, "getWidget")["description"] == "Own words."
    assert operation(source, "editWidget")["description"].endswith("edit the widget. And more.")


def test_methods_pick_from_a_template(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(update={"methods": ["put"]}))
    assert set(source.bundle()["paths"]["/api/v1/widgets/{id}"]) == {"get", "put", "delete"}


def test_answers_say_what_200_carries(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(bulk={"answers": ["list", "message", "pdf"]}))
    content = operation(source, "bulkWidgets")["responses"]["200"]["content"]
    assert refs(content["application/json"]["schema"]["anyOf"]) == ["WidgetListResponse", "Message"]
    assert content["application/pdf"]["schema"]["format"] == "binary"


def test_delete_answers_a_message_when_the_record_is_gone(source: Source) -> None:
    source.widget(lambda widget: widget["facts"].update(delete="remove"))
    assert operation(source, "deleteWidget")["responses"]["200"] == {"$ref": "#/components/responses/Message"}


def test_bulk_may_answer_a_message_when_there_is_one_for_no_match(source: Source) -> None:
    source.widget(lambda widget: widget["facts"].update(bulk_none="No widgets found"))
    content = operation(source, "bulkWidgets")["responses"]["200"]["content"]
    assert len(content["application/json"]["schema"]["anyOf"]) == 2


def test_bulk_actions_are_an_enum_only_where_others_are_refused(source: Source) -> None:
    def action() -> dict[str, Any]:
        return dict(source.bundle()["components"]["schemas"]["WidgetBulkRequest"]["properties"]["action"])

    assert action()["enum"] == ["archive", "delete"]
    source.widget(lambda widget: widget["facts"].update(bulk_unknown="ignore"))
    assert "enum" not in action()


def test_bulk_takes_further_properties(source: Source) -> None:
    more = {"colour": {"is": "text", "about": "Colour to paint."}}
    source.widget(lambda widget: widget["operations"].update(bulk={"input": more}))
    assert "colour" in source.bundle()["components"]["schemas"]["WidgetBulkRequest"]["properties"]


def test_responses_can_be_added_by_name_or_replaced_by_status(source: Source) -> None:
    gone = {"404": {"description": "Gone."}}
    source.widget(
        lambda widget: widget["operations"].update(list={"responses": ["NotFound"]}, show={"responses": gone})
    )
    assert "404" in operation(source, "listWidgets")["responses"]
    assert operation(source, "getWidget")["responses"]["404"] == {"description": "Gone.", "headers": HEADERS}


def test_a_success_can_be_written_out(source: Source) -> None:
    own = {"200": {"description": "A picture.", "content": {"image/*": {"schema": {"type": "string"}}}}}
    source.widget(lambda widget: widget["operations"].update(create={"responses": own}))
    found = operation(source, "createWidget")["responses"]["200"]
    assert found["headers"] == HEADERS
    assert found["content"]["image/*"]["schema"] == {"type": "string"}
    assert found["content"]["image/*"]["examples"] == {"Picture": {"$ref": "#/components/examples/Picture"}}


def test_other_answers_of_a_create_have_no_links(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(create={"answers": ["list:Widget"]}))
    assert operation(source, "createWidget")["responses"]["200"] == {"$ref": "#/components/responses/WidgetList"}


def test_an_empty_body_among_the_answers_is_html_without_a_letter(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(show={"answers": ["record", "empty"]}))
    content = operation(source, "getWidget")["responses"]["200"]["content"]
    assert content == {
        "application/json": {
            "schema": {"$ref": "#/components/schemas/WidgetResponse"},
            "examples": {"WidgetResponse": {"$ref": "#/components/examples/WidgetResponse"}},
        },
        "text/html": {"schema": {"type": "string", "maxLength": 0}, "example": ""},
    }


def test_a_schema_can_be_answered_bare(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(show={"answers": ["schema:Part"]}))
    content = operation(source, "getWidget")["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Part"}


def test_parameters_are_written_once(source: Source) -> None:
    again = [{"$ref": "#/components/parameters/IncludeStatic"}]
    source.widget(lambda widget: widget["operations"].update(show={"parameters": again}))
    assert refs(operation(source, "getWidget")["parameters"]).count("IncludeStatic") == 1


def test_an_own_filter_takes_the_place_of_a_base_filter(source: Source) -> None:
    own = {"status": {"match": "contains", "field": "name", "about": "Another status."}}
    source.widget(lambda widget: widget["facts"].update(filters=own))
    parameters = operation(source, "listWidgets")["parameters"]
    assert "Status" not in refs(parameters)
    assert [each["description"] for each in parameters if each.get("name") == "status"] == ["Another status."]


def test_a_base_filter_needs_a_shared_parameter(source: Source) -> None:
    source.change("shared/parameters.yaml", lambda shared: shared.pop("Status"))
    with pytest.raises(
        DocumentError, match=r"base_filters: got `status`, wanted a parameter of shared/parameters\.yaml"
    ):
        source.bundle()


def test_a_list_that_nothing_sorts_has_no_sort(source: Source) -> None:
    source.widget(lambda widget: widget["facts"].update(sorts={"only": []}))
    assert not [each for each in operation(source, "listWidgets")["parameters"] if each.get("name") == "sort"]


def test_an_unknown_response_name_is_refused(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(list={"responses": ["NotFond"]}))
    with pytest.raises(
        DocumentError, match=r"responses: got `NotFond`, wanted a response of shared/responses\.yaml; did"
    ):
        source.bundle()


def test_an_unknown_answer_is_refused(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(show={"answers": ["recrd"]}))
    with pytest.raises(
        DocumentError, match=r"answers: got `recrd`, wanted a known kind of answer; did you mean `record`"
    ):
        source.bundle()


def test_an_operation_without_a_template_is_refused(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(lst={}))
    with pytest.raises(
        DocumentError, match=r"operations\.lst: got `lst`, wanted a file of operations/; did you mean `list`"
    ):
        source.bundle()


def test_own_paths_may_use_placeholders(source: Source) -> None:
    own = {
        "operationId": "paint{{schema}}",
        "summary": "Paint {{a_singular}}",
        "description": "Paints it.",
        "parameters": ["{{include}}"],
        "x-answers": ["record"],
        "x-errors": ["BadRequest"],
        "x-mock": {"behaviour": "paint"},
    }
    source.widget(lambda widget: widget.update(paths={"/api/v1/{{resource}}/{id}/paint": {"post": own}}))
    found = operation(source, "paintWidget")
    assert found["tags"] == ["widgets"]
    assert found["x-mock"] == {"behaviour": "paint", "entity": "widget", "locate": True}
    assert refs(found["parameters"]) == ["RequestedWith", "id", "WidgetInclude"]
    assert list(found["responses"]) == ["200", "400", "403", "413", "429"]


def test_operations_of_no_entity_live_in_paths(source: Source) -> None:
    source.write(
        "paths/ping.yaml",
        "tag: widgets\npaths:\n  /api/v1/ping:\n    get:\n      operationId: ping\n      summary: Ping\n"
        "      description: Says that the service is up.\n      x-answers: [message]\n"
        "      x-mock: {behaviour: ping, public: true}\n",
    )
    found = operation(source, "ping")
    assert found["x-mock"] == {"behaviour": "ping", "public": True}
    assert found["tags"] == ["widgets"]


def test_an_operation_without_x_mock_is_refused(source: Source) -> None:
    source.widget(lambda widget: widget.update(paths={"/api/v1/odd": {"get": {"operationId": "odd"}}}))
    with pytest.raises(DocumentError, match=r"get /api/v1/odd: got no x-mock, wanted x-mock: \{behaviour: NAME\}"):
        source.bundle()


def test_an_unknown_extension_of_an_operation_is_refused(source: Source) -> None:
    odd = {"operationId": "odd", "x-anwsers": ["record"], "x-mock": {"behaviour": "odd"}}
    source.widget(lambda widget: widget.update(paths={"/api/v1/odd": {"get": odd}}))
    with pytest.raises(
        DocumentError, match=r"got the unknown key `x-anwsers`, wanted a key that is read; did you mean"
    ):
        source.bundle()


def test_an_unknown_placeholder_is_refused(source: Source) -> None:
    source.write("operations/list.yaml", "/api/v1/{{resorce}}: {get: {operationId: a, x-mock: {behaviour: list}}}\n")
    with pytest.raises(
        DocumentError, match=r"`\{\{resorce\}\}`, wanted a known placeholder; did you mean `resource`\?"
    ):
        source.bundle()


def test_list_parameters_come_from_the_facts(source: Source) -> None:
    parameters = operation(source, "listWidgets")["parameters"]
    named = [each["name"] for each in parameters if "name" in each]
    assert named == ["filter", "sort", "name"]
    assert refs(parameters) == ["RequestedWith", "PerPage", "Page", "Status", "WidgetInclude", "IncludeStatic"]
    assert all(each["schema"] == {"type": "string"} for each in parameters if "schema" in each)


def test_a_filter_whose_matcher_nobody_described_needs_its_own_words(source: Source) -> None:
    source.widget(lambda widget: widget["facts"]["filters"].update(odd={"match": "odd"}))
    with pytest.raises(DocumentError, match=r"facts\.filters\.odd\.about: got nothing, wanted a description"):
        source.bundle()


def test_triggers_are_query_flags_of_create_and_update(source: Source) -> None:
    source.widget(lambda widget: widget["facts"].update(triggers={"paid": "mark_paid"}))
    for name in ("createWidget", "updateWidget", "patchWidget"):
        paid = [each for each in operation(source, name)["parameters"] if each.get("name") == "paid"]
        assert paid[0]["description"] == "Runs `mark_paid` once the widget is saved."


def test_an_own_parameter_takes_the_place_of_a_made_one(source: Source) -> None:
    own = {"name": "paid", "in": "query", "description": "Pays it.", "schema": {"type": "string"}}
    source.widget(lambda widget: widget["facts"].update(triggers={"paid": "mark_paid"}))
    source.widget(lambda widget: widget["operations"].update(create={"parameters": [own]}))
    assert [each for each in operation(source, "createWidget")["parameters"] if each.get("name") == "paid"] == [own]


def test_the_actions_of_one_record_are_an_operation(source: Source) -> None:
    source.widget(lambda widget: widget["facts"].update(actions={"paint": "paint"}))
    source.widget(lambda widget: widget["operations"].update(action={"behaviour": "single_action"}))
    found = operation(source, "runWidgetAction")
    action = next(each for each in found["parameters"] if each.get("name") == "action")
    assert action["schema"]["enum"] == ["paint"]
    assert found["x-mock"]["behaviour"] == "single_action"


def test_a_form_that_was_given_the_schema_of_json_gets_that_of_forms() -> None:
    own, file = {"$ref": "#/components/schemas/Widget"}, {"$ref": "#/components/schemas/Upload"}
    forms = {"application/x-www-form-urlencoded": {"schema": own}, "multipart/form-data": {"schema": file}}
    found = forms_apart({"required": True, "content": {"application/json": {"schema": own}, **forms}})
    assert found == {
        "required": True,
        "content": {
            "application/json": {"schema": own},
            "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/FormBody"}},
            "multipart/form-data": {"schema": file},
        },
    }
    assert forms_apart({"content": forms}) == {"content": forms}
