"""Posted lines become complete, typed lines (R-CALC-19..21, R-WIRE-50)."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.line_items import DEFAULTS, normalise, without_fees


def test_an_empty_line_has_every_default() -> None:
    """R-CALC-19."""
    assert normalise([{}]) == [dict(DEFAULTS) | {"tax_id": "1"}]
    assert (DEFAULTS["unit_code"], DEFAULTS["sort_id"], DEFAULTS["type_id"]) == ("C62", "0", "1")


def test_keys_come_in_the_order_of_the_wire_and_unknown_ones_behind() -> None:
    line = normalise([{"colour": "red", "unit_code": "HUR", "cost": 1}])[0]
    assert list(line) == [*DEFAULTS, "colour"]


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({"cost": "10.50"}, {"cost": 10.5}),
        ({"cost": "1.234,5"}, {"cost": 1234.5}),
        ({"quantity": 2.0}, {"quantity": 2}),
        ({"quantity": None}, {"quantity": 0}),
        ({"quantity": "many"}, {"quantity": 0}),
        ({"cost": 0.1234567}, {"cost": 0.1234567}),
        ({"product_key": 7}, {"product_key": "7"}),
        ({"notes": 7.5, "date": True}, {"notes": "7.5", "date": "1"}),
        ({"notes": ["a"], "custom_value1": 10.0}, {"notes": "", "custom_value1": "10"}),
        ({"sort_id": "", "unit_code": None}, {"sort_id": "0", "unit_code": "C62"}),
        ({"is_amount_discount": "true"}, {"is_amount_discount": True}),
        ({"is_amount_discount": "no"}, {"is_amount_discount": False}),
    ],
)
def test_values_are_cast_to_the_type_of_their_key(posted: dict[str, Any], stored: dict[str, Any]) -> None:
    """R-CALC-19."""
    line = normalise([posted])[0]
    assert {key: line[key] for key in stored} == stored


@pytest.mark.parametrize(
    ("posted", "type_id", "tax_id"),
    [
        ({}, "1", "1"),
        ({"type_id": "0"}, "1", "1"),
        ({"type_id": 0}, "1", "1"),
        ({"type_id": "2"}, "2", "2"),
        ({"type_id": 2, "tax_id": ""}, "2", "2"),
        ({"type_id": "2", "tax_id": "5"}, "2", "5"),
        ({"type_id": "6", "tax_id": 3}, "6", "3"),
    ],
)
def test_the_tax_category_follows_the_kind_of_line(posted: dict[str, Any], type_id: str, tax_id: str) -> None:
    """R-CALC-19, R-CALC-20: services have category 2 unless they say otherwise, everything else 1."""
    line = normalise([posted])[0]
    assert (line["type_id"], line["tax_id"]) == (type_id, tax_id)


def test_the_id_of_a_line_is_dropped() -> None:
    line = normalise([{"id": 7, "_id": "x"}])[0]
    assert "id" not in line
    assert line["_id"] == "x"


def test_script_fragments_are_taken_out_of_texts() -> None:
    """R-WIRE-50."""
    line = normalise([{"notes": "a</script>", "custom_value4": "<img onerror=alert(1)>", "tax_name1": "prompt("}])[0]
    assert line["notes"] == "a<-ript>"
    assert line["custom_value4"] == "<img <-=<-1)>"
    assert line["tax_name1"] == "prompt("


@pytest.mark.parametrize("posted", [None, "text", 7, {"0": {}}])
def test_what_is_not_a_list_has_no_lines(posted: object) -> None:
    """R-CALC-21: on create that means no lines."""
    assert normalise(posted) == []


def test_what_is_not_an_object_is_a_blank_line() -> None:
    assert normalise(["text", 7, None]) == normalise([{}, {}, {}])


def test_normal_lines_stay_as_they_are() -> None:
    lines = normalise([{"cost": "5", "type_id": "2", "extra": [1]}])
    assert normalise(lines) == lines


def test_gateway_fees_never_enter_a_new_document() -> None:
    """R-CALC-20: type 3 is a fee to be paid, 4 a paid one."""
    lines = normalise([{"type_id": kind} for kind in "123456"])
    assert [line["type_id"] for line in without_fees(lines)] == ["1", "2", "5", "6"]
