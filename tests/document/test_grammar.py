"""`x-grammar`: every query parameter tells what means something, and the strict form turns it into schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.errors import DocumentError
from mockserver.document.grammar import comma_list, fits, query_parameters, sort_order, strict
from mockserver.document.lint import lint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.document.conftest import Source


def listed(source: Source) -> dict[str, Any]:
    """The query parameters of the widgets' list and those that it shares, by name."""
    return {each["name"]: each for _, each in query_parameters(source.bundle())}


def test_sort_status_include_and_filters_tell_their_grammar(source: Source) -> None:
    found = listed(source)
    assert found["name"]["x-grammar"] == {"text": True}
    assert found["status"]["x-grammar"] == {"pattern": "^(active|archived|deleted)(,(active|archived|deleted))*$"}
    assert found["include"]["x-grammar"] == comma_list(["parent", "children"], deeper=True)
    assert found["sort"]["x-grammar"]["pattern"].startswith("^(id|name|price|parent_id|")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("client", True), ("client.contacts,user", True), ("user,", False), ("users", False), ("client .user", False)],
)
def test_a_comma_list_of_includes(text: str, meant: bool) -> None:
    assert fits(comma_list(["client", "user"], deeper=True), text) is meant


@pytest.mark.parametrize(("text", "meant"), [("a.b|asc", True), ("axb|asc", False), ("a.b", False), ("a.b|up", False)])
def test_an_order_is_a_field_and_a_direction(text: str, meant: bool) -> None:
    assert fits(sort_order(["a.b"]), text) is meant


def test_words_and_any_text() -> None:
    assert fits({"enum": ["true"]}, "true")
    assert not fits({"enum": ["true"]}, "yes")
    assert fits({"text": True}, "")


def test_a_filter_may_bring_its_own_grammar(source: Source) -> None:
    source.widget(lambda widget: widget["facts"]["filters"]["name"].update(grammar={"enum": ["Gear"]}, example="Gear"))
    assert listed(source)["name"]["x-grammar"] == {"enum": ["Gear"]}


def test_a_flag_knows_the_word_that_switches_it_on(source: Source) -> None:
    fact = {"match": "flag", "value": "only", "where": {"name": ["Gear"]}, "about": "Gears.", "example": "only"}
    source.widget(lambda widget: widget["facts"]["filters"].update(gears=fact))
    assert listed(source)["gears"]["x-grammar"] == {"enum": ["only"]}


def test_an_unknown_grammar_stops_the_load(source: Source) -> None:
    source.widget(lambda widget: widget["facts"]["filters"]["name"].update(grammar="dat"))
    with pytest.raises(
        DocumentError, match=r"got the grammar `dat`, wanted one of shared/grammars\.yaml; did you mean"
    ):
        source.bundle()


def test_an_example_outside_of_the_grammar_is_found(source: Source) -> None:
    source.widget(lambda widget: widget["facts"]["filters"]["name"].update(grammar="dates", example="2025-01-01"))
    assert any(
        "name: got the example `2025-01-01`, wanted one that fits" in each
        for each in lint(source.bundle(), source.folder)
    )


def test_a_parameter_without_a_grammar_or_with_two_is_found(source: Source) -> None:
    document = source.bundle()
    document["components"]["parameters"]["Status"].pop("x-grammar")
    document["components"]["parameters"]["Page"]["x-grammar"] = {"text": True}
    told = lint(document, source.folder)
    assert "components/parameters/Status: got no grammar, wanted one; add or remove `x-grammar:`" in told
    assert (
        "components/parameters/Page: got a grammar beside one in the schema, wanted one; add or remove `x-grammar:`"
        in told
    )


def test_the_strict_form_tells_it_in_the_schema(source: Source) -> None:
    document = source.bundle()
    found = {each["name"]: each for _, each in query_parameters(strict(document))}
    assert found["status"]["schema"] == {"type": "string", **listed(source)["status"]["x-grammar"]}
    assert found["name"]["schema"] == {"type": "string"}
    assert all("x-grammar" not in each for each in found.values())
    assert document == source.bundle(), "the document itself stays as it is"


def test_every_query_parameter_of_the_published_document_tells_it(published: Path) -> None:
    document = json.loads((published / "openapi.json").read_text(encoding="utf-8"))
    found = list(query_parameters(document))
    assert len(found) > 300
    assert [place for place, each in found if each["schema"] == {"type": "string"} and "x-grammar" not in each] == []
