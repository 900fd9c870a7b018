"""The comparison with a published reference finds each kind of difference, and only those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.drift import counts, differences
from mockserver.document.drift_page import page
from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    from tests.document.conftest import Source

TRUE_SCHEMA = {
    "id": "string", "name": "string", "price": "number", "parts": "array", "parent_id": "string",
    "is_deleted": "boolean", "updated_at": "integer", "archived_at": "integer", "created_at": "integer",
    "children": "array", "parent": "object",
}  # fmt: skip


def told(
    source: Source, operations: dict[str, Any], schema: dict[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    published = {"version": "9", "operations": operations, "schemas": {"Widget": schema or TRUE_SCHEMA}}
    return {row.where: (row.published, row.service) for row in differences(source.bundle(), published)}


def facts(answer: Any = None, **more: Any) -> dict[str, Any]:
    content = {"answer": {"application/json": answer}} if answer else {}
    return {"statuses": ["200"], "query": ["include"], **content, **more}


def test_an_operation_that_nobody_published_is_absent(source: Source) -> None:
    assert told(source, {})["GET /api/v1/widgets"] == ("absent", "there")


def test_an_operation_that_does_not_exist_is_told(source: Source) -> None:
    assert told(source, {"POST /api/v1/widgets/{x}/spin": facts()})["POST /api/v1/widgets/{x}/spin"] == (
        "documented",
        "no such operation",
    )


def test_another_envelope_is_told_and_the_right_one_is_not(source: Source) -> None:
    assert told(source, {"GET /api/v1/widgets/{w}": facts("Widget")})["GET /api/v1/widgets/{id}"] == (
        "answers Widget",
        "answers {data: Widget}",
    )
    assert "GET /api/v1/widgets/{id}" not in told(source, {"GET /api/v1/widgets/{id}": facts({"data": "Widget"})})


def test_bodies_passwords_and_parameters_are_compared(source: Source) -> None:
    source.widget(lambda widget: widget["operations"].update(create={"password": True}))
    found = told(source, {"POST /api/v1/widgets": facts({"data": "Widget"}, query=["colour"])})
    assert found["POST /api/v1/widgets"] == (
        "query `colour`; no request body; no password",
        "without effect; takes a body; password needed (412)",
    )


def test_fields_are_compared(source: Source) -> None:
    schema = {**TRUE_SCHEMA, "price": "string", "colour": "string"}
    del schema["parts"]
    found = told(source, {}, schema)
    assert found["`Widget.price`"] == ("string", "number")
    assert found["`Widget`"] == ("", "never sent: `colour`")
    assert told(source, {}, {**TRUE_SCHEMA, "updated_at": "number"}).get("`Widget.updated_at`") is None


def test_the_numbers_at_the_head(source: Source) -> None:
    schema = {name: kind for name, kind in TRUE_SCHEMA.items() if name not in ("parts", "name")} | {"colour": "string"}
    published = {
        "version": "9",
        "operations": {"GET /api/v1/widgets/{id}": facts("Widget"), "GET /api/v1/nothing": facts()},
        "schemas": {"Widget": schema},
    }
    found = counts(source.bundle(), published)
    assert found["operations there that do not exist"] == 1
    assert found["answers there of another shape"] == 1
    assert found["fields that are sent but not documented there"] == 2
    assert found["fields documented there but never sent"] == 1


def test_a_note_needs_a_section_that_exists(source: Source) -> None:
    notes = {"everywhere": [], "sections": {"gadgets": [["a", "b", "c"]]}, "mock": []}
    with pytest.raises(DocumentError, match="gadgets"):
        page(source.bundle(), {"version": "9", "operations": {}, "schemas": {}}, notes)


def test_the_page_holds_notes_and_findings(source: Source) -> None:
    notes = {"everywhere": [["a|b", "c", "d"]], "sections": {"widgets": [["`spin`", "fast", "slow"]]}, "mock": []}
    text = page(source.bundle(), {"version": "9", "operations": {}, "schemas": {}}, notes)
    assert "| a\\|b | c | d |" in text
    assert "| `GET /api/v1/widgets` | published: absent | there |" in text
    assert "| `spin` | fast | slow |" in text
