"""Which bodies stay wrong, whatever the service casts them to."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract.judging.casts import Casts
from mockserver.contract.reading.operations import Operation
from mockserver.contract.reading.spec import Spec

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 5},
        "cost": {"type": "number"},
        "count": {"type": "integer", "minimum": 0},
        "sent": {"type": "boolean"},
        "kind": {"type": "string", "enum": ["a", "b", "", None]},
        "code": {"type": "string", "pattern": "^[0-9]*$"},
        "rows": {"type": "array", "items": {"type": "object", "properties": {"cost": {"type": "number"}}}},
        "places": {"type": "object", "additionalProperties": {"type": "integer"}},
        "settings": {"type": "object", "properties": {"sent": {"type": "boolean"}}},
    },
}
RAW = {"requestBody": {"content": {"application/json": {"schema": SCHEMA}}}, "parameters": [], "responses": {}}
OPERATION = Operation("create", "POST", "/things", RAW)


def why(**body: Any) -> str:
    return Casts(Spec({"x-mock": {}, "paths": {}})).stays_wrong(OPERATION, {"name": "x", **body})


@pytest.mark.parametrize(
    "body",
    [
        {"cost": "10"},
        {"cost": " 1.5e3 "},
        {"name": 12345},
        {"name": True},
        {"sent": 1},
        {"sent": "false"},
        {"sent": ""},
        {"count": 3.0},
        {"count": None},
        {"kind": ""},
        {"kind": "b"},
        {"code": 840},
        {"rows": [{"cost": "1"}, {"unknown": object()}]},
        {"rows": {}},
        {"settings": []},
        {"places": {"a": "1", "b": None}},
        {"places": ["1", 2, None]},
        {"unknown": {"deep": [1]}},
    ],
)
def test_what_the_service_casts_or_ignores_is_no_fault(body: dict[str, Any]) -> None:
    assert why(**body) == ""


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"places": ["one"]}, "places"),
        ({"places": {"a": [1]}}, "places"),
        ({"places": "1"}, "places"),
        ({"name": "  "}, "name"),
        ({"name": "too long"}, "name"),
        ({"name": ["x"]}, "name"),
        ({"cost": "ten"}, "cost"),
        ({"cost": True}, "cost"),
        ({"cost": float("inf")}, "cost"),
        ({"count": 1.5}, "count"),
        ({"count": "-1"}, "count"),
        ({"sent": 2}, "sent"),
        ({"sent": "yes"}, "sent"),
        ({"kind": "c"}, "kind"),
        ({"code": "AU"}, "code"),
        ({"rows": {"cost": 1}}, "rows"),
        ({"rows": [{"cost": "x"}]}, "rows"),
        ({"rows": ["x"]}, "rows"),
        ({"settings": [1]}, "settings"),
        ({"settings": {"sent": "no"}}, "settings"),
    ],
)
def test_what_no_cast_saves_is_named(body: dict[str, Any], place: str) -> None:
    assert why(**body).startswith(f"{place} ")


def test_json_that_is_no_object_is_no_input() -> None:
    assert Casts(Spec({"x-mock": {}, "paths": {}})).stays_wrong(OPERATION, ["x"]) == "name is required"


def test_an_unknown_action_is_no_fault_where_the_facts_say_that_it_does_nothing() -> None:
    schema = {"type": "object", "properties": {"action": {"type": "string", "enum": ["archive"]}}}
    content = {"application/json": {"schema": schema}}
    facts = {"behaviour": "bulk", "entity": "thing"}
    operation = Operation("bulk", "POST", "/things/bulk", {"requestBody": {"content": content}, "x-mock": facts})
    for word, wrong in (("ignore", False), ("refuse", True)):
        thing = {"x-mock": {"entity": "thing", "fields": {}, "bulk_unknown": word}}
        casts = Casts(Spec({"x-mock": {}, "paths": {}, "components": {"schemas": {"Thing": thing}}}))
        assert bool(casts.stays_wrong(operation, {"action": "nope"})) is wrong
