"""Which answers lead to which calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.document.conftest import Source

ID = {"id": "$response.body#/data/id"}


def links(source: Source, response: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Link -> (operation, parameters) of a component response, the shared links looked up."""
    components: dict[str, Any] = source.bundle()["components"]
    found = components["responses"][response].get("links", {})
    shared = {name: components["links"][each["$ref"].rpartition("/")[2]] for name, each in found.items()}
    return {name: (each["operationId"], each["parameters"]) for name, each in shared.items()}


def test_a_record_leads_to_what_can_be_done_with_it(source: Source) -> None:
    assert links(source, "WidgetRecord") == {
        "getWidget": ("getWidget", ID),
        "updateWidget": ("updateWidget", ID),
        "deleteWidget": ("deleteWidget", ID),
        "uploadWidgetDocuments": ("uploadWidgetDocuments", ID),
    }


def test_create_and_show_and_update_give_the_links(source: Source) -> None:
    paths = source.bundle()["paths"]
    record = {"$ref": "#/components/responses/WidgetRecord"}
    assert paths["/api/v1/widgets"]["post"]["responses"]["200"] == record
    assert paths["/api/v1/widgets/{id}"]["get"]["responses"]["200"] == record
    assert paths["/api/v1/widgets/{id}"]["put"]["responses"]["200"] == record


def test_only_operations_that_exist_are_linked_whatever_they_are_called(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].pop("delete"))
    source.widget(lambda widget: widget["operations"].update(show={"id": "readWidget", "behaviour": "read"}))
    found = links(source, "WidgetRecord")
    assert found["readWidget"] == ("readWidget", ID)
    assert "deleteWidget" not in found


def test_a_list_leads_to_its_first_row(source: Source) -> None:
    assert links(source, "WidgetList") == {"getWidgetFirst": ("getWidget", {"id": "$response.body#/data/0/id"})}
    source.widget(lambda widget: widget["operations"].pop("show"))
    assert links(source, "WidgetList") == {}


def test_a_record_leads_to_the_lists_of_what_belongs_to_it(source: Source) -> None:
    add_bolts(source)
    assert links(source, "WidgetRecord")["listBoltsOfWidget"] == (
        "listBolts",
        {"widget_id": "$response.body#/data/id"},
    )


def test_a_record_leads_to_the_one_that_it_must_belong_to(source: Source) -> None:
    add_bolts(source)
    assert links(source, "BoltRecord")["getWidgetOfBolt"] == ("getWidget", {"id": "$response.body#/data/widget_id"})


def test_a_list_that_takes_no_such_filter_is_not_linked(source: Source) -> None:
    add_bolts(source)
    source.change("entities/bolt.yaml", lambda bolt: bolt["facts"].pop("filters"))
    assert "listBoltsOfWidget" not in links(source, "WidgetRecord")


def test_answers_written_out_are_linked_too(source: Source) -> None:
    own = {"200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": RESPONSE}}}}}
    source.widget(lambda widget: widget["operations"].update(show={"responses": own}))
    shown = source.bundle()["paths"]["/api/v1/widgets/{id}"]["get"]["responses"]["200"]
    assert shown["links"]["getWidget"] == {"$ref": "#/components/links/getWidget"}


RESPONSE = "#/components/schemas/WidgetResponse"
BOLT = """\
entity: bolt
schema: Bolt
resource: bolts
label: [bolt, bolts]
tag: widgets
about: What holds a widget.
fields:
  id: {is: id}
  widget_id: {is: link, to: widget, write: create, about: The widget., example: VolejRejNm}
  size: {is: integer, write: true, min: 1, about: How long it is.}
requests:
  create: {required: [widget_id, size]}
operations:
  list: {}
  create: {}
  show: {}
facts:
  model: Bolt
  filters:
    widget_id: {match: id, field: widget_id}
  rules:
    create:
      widget_id: [required]
"""


def add_bolts(source: Source) -> None:
    source.write("entities/bolt.yaml", BOLT)
