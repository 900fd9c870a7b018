"""Field shorthand -> JSON schema."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from mockserver.document.errors import DocumentError
from mockserver.document.kinds import KINDS, accepted, default_of, shown


def refer(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def fits(schema: dict[str, Any], value: Any) -> bool:
    return jsonschema_rs.is_valid({key: each for key, each in schema.items() if key != "nullable"}, value)


@pytest.mark.parametrize("kind", [name for name in KINDS if name not in ("enum", "any")])
def test_the_empty_value_of_a_kind_fits_what_is_shown(kind: str) -> None:
    assert fits(shown({"is": kind}, "here", refer), KINDS[kind].empty)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("id", "VolejRejNm", "7"),
        ("link", "", "short"),
        ("text", "", 1),
        ("lookup", "840", "US"),
        ("date", "2025-02-28", "2025-13-01"),
        ("date", "", "28.02.2025"),
        ("datetime", "2025-02-28 23:59:59", "2025-02-28T23:59:59"),
        ("timestamp", 1735689600, -1),
        ("timestamp", 0, "2025-01-01"),
        ("money", 10.5, "10.50"),
        ("integer", 3, 3.5),
        ("bool", True, "true"),
        ("object", {}, []),
        ("list", [], {}),
    ],
)
def test_what_is_shown_of_a_kind(kind: str, good: Any, bad: Any) -> None:
    schema = shown({"is": kind}, "here", refer)
    assert fits(schema, good)
    assert not fits(schema, bad)


def test_a_field_that_nobody_writes_is_read_only() -> None:
    assert shown({"is": "text"}, "here", refer)["readOnly"] is True
    assert "readOnly" not in shown({"is": "text", "write": True}, "here", refer)


def test_a_stored_default_outside_the_values_is_shown_too() -> None:
    field = {"is": "enum", "values": ["a", "b"]}
    assert shown(field, "here", refer)["enum"] == ["a", "b", ""]
    assert shown({**field, "default": "a"}, "here", refer)["enum"] == ["a", "b"]


def test_enum_values_decide_the_type() -> None:
    assert shown({"is": "enum", "values": [1, 2], "default": 1}, "here", refer)["type"] == "integer"


def test_values_of_a_list_are_those_of_its_items() -> None:
    items = shown({"is": "list", "values": ["a", "b"]}, "here", refer)["items"]
    assert items == {"type": "string", "enum": ["a", "b"]}


def test_mixed_numbers_are_numbers() -> None:
    assert shown({"is": "enum", "values": [1, 2.5], "default": 1}, "here", refer)["type"] == "number"


def test_bounds_are_copied() -> None:
    schema = shown({"is": "text", "max_length": 5, "pattern": "^a"}, "here", refer)
    assert (schema["maxLength"], schema["pattern"]) == (5, "^a")


def test_meanings_of_values_are_told_in_the_description() -> None:
    field = {"is": "enum", "values": ["1", "2"], "names": {"1": "draft", "2": "sent"}, "about": "Where it stands."}
    assert shown(field, "here", refer)["description"] == "Where it stands. Values: `1` draft, `2` sent."


def test_requests_take_null_where_the_service_takes_empty_text() -> None:
    assert accepted({"is": "text"}, "here", refer)["nullable"] is True
    assert "nullable" not in accepted({"is": "text"}, "here", refer, required=True)
    assert "nullable" not in accepted({"is": "money"}, "here", refer)


@pytest.mark.parametrize("kind", ["link", "date", "datetime"])
def test_requests_leave_the_judgement_of_ids_and_dates_to_the_service(kind: str) -> None:
    assert "pattern" in shown({"is": kind}, "here", refer)
    assert "pattern" not in accepted({"is": kind}, "here", refer)


def test_input_overrides_what_a_request_takes() -> None:
    field = {"is": "enum", "values": ["1"], "default": "1", "write": True, "input": {"values": ["0", "1"]}}
    assert accepted(field, "here", refer, required=True)["enum"] == ["0", "1"]
    assert shown(field, "here", refer)["enum"] == ["1"]


def test_another_kind_of_input_has_none_of_the_values() -> None:
    field = {"is": "enum", "values": ["A", "B"], "write": True, "input": {"is": "text", "pattern": "^[ABab]$"}}
    schema = accepted(field, "here", refer)
    assert "enum" not in schema
    assert schema["pattern"] == "^[ABab]$"


def test_nested_schemas_are_references() -> None:
    assert shown({"is": "list", "of": "Part"}, "here", refer)["items"] == refer("Part")
    assert shown({"is": "object", "of": "Part"}, "here", refer)["allOf"] == [refer("Part")]
    assert accepted({"is": "object", "of": "Part"}, "here", refer) == refer("Part")


def test_a_map_may_be_shown_as_an_empty_list() -> None:
    field = {"is": "object", "of": "Part", "when_empty": []}
    assert default_of(field, "here") == []
    either = shown(field, "here", refer)["anyOf"]
    assert either == [refer("Part"), {"type": "array", "maxItems": 0, "items": {}}]
    assert accepted(field, "here", refer) == refer("Part")


def test_a_nullable_field_starts_as_null() -> None:
    field = {"is": "integer", "nullable": True}
    assert default_of(field, "here") is None
    assert shown(field, "here", refer)["nullable"] is True


def test_a_nullable_enum_lists_null() -> None:
    assert None in shown({"is": "enum", "values": ["a"], "nullable": True}, "here", refer)["enum"]


def test_defaults_are_copies() -> None:
    default_of({"is": "list"}, "here").append(1)
    assert default_of({"is": "list"}, "here") == []


def test_an_unknown_kind_is_refused_with_a_guess() -> None:
    with pytest.raises(DocumentError, match=r"here\.is: got `monye`, wanted a field kind; did you mean `money`\?"):
        shown({"is": "monye"}, "here", refer)


def test_an_enum_without_values_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"here\.values: got nothing, wanted the list of allowed values"):
        shown({"is": "enum"}, "here", refer)
