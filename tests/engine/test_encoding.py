"""JSON as the service writes it, whichever of the two libraries made it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import ujson
from hypothesis import example, given
from hypothesis import strategies as st

from mockserver.encode import inner, member

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not 1e-5 <= abs(x) < 1e-4)
PLAIN = st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(PLAIN, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=12)


def layout(value: Any) -> bytes:
    """The same by ujson alone, which writes the layout of the service."""
    return ujson.dumps([value], indent=4)[6:-2].encode()


@given(st.dictionaries(st.text(), PLAIN) | st.dictionaries(st.text(), VALUES))
@example({})
@example({"a": []})
@example({"a": {}, "b": [[]], "c": "\n", "d": "a/b\\/\x7f"})
@example({"a": 1 << 64, "b": -0.0, "c": 1e22})
@example({"a": "\ud83d", "b": [1, {"c": "\u00fc/"}]})
def test_both_libraries_write_the_same(value: dict[str, Any]) -> None:
    """R-WIRE-3."""
    assert inner(value) == layout(value)


@pytest.mark.parametrize("number", [1e-5, 0.000099, -5e-5])
def test_small_numbers_keep_their_value(number: float) -> None:
    assert json.loads(inner({"a": number})) == {"a": number}


def test_a_member_of_an_envelope_may_hold_objects() -> None:
    meta: dict[str, Any] = {"pagination": {"links": {}}}
    assert json.loads(b'{"data": []' + member("meta", meta) + b"}") == {"data": [], "meta": meta}
