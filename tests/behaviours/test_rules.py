"""Rules that are passed over for the type of a value refuse none of that type."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.behaviours.core.registry import RULES
from mockserver.behaviours.core.rules import Context
from mockserver.behaviours.core.validation import MISSING
from mockserver.document.load import rules_of
from mockserver.document.model import PASSED
from mockserver.draft import Draft
from tests.behaviours.office import office

VALUES: dict[type, tuple[Any, ...]] = {
    int: (0, 1, -7, 1 << 62),
    float: (0.0, -1.5, 1e300),
    bool: (True, False),
    str: ("", "0", "x" * 9999),
    list: ([], [1], [[]]),
    dict: ({}, {"a": 1}),
}
"""Values of each type that a body may hold."""


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in PASSED.items() for kind in kinds])
def test_a_rule_refuses_no_value_of_a_type_that_it_lets_through(name: str, kind: type) -> None:
    draft = Draft(office().world)
    for value in VALUES[kind]:
        context = Context(draft, draft.entity("product"), "price", value, {"price": value}, None, [])
        assert RULES[name](context, None) is None


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        (["numeric"], {int, float, object, type(None)}),
        (["string", "numeric"], {int, float, object, type(None)}),
        (["numeric", {"max": 5}], {object, type(None)}),
        (["array"], {list, dict, object}),
        (["required", "array"], set()),
        (["required_with"], set()),
    ],
)
def test_a_field_is_passed_over_when_all_of_its_rules_let_the_type_through(rules: Any, wanted: set[type]) -> None:
    """R-VAL-14: a missing value too, unless a rule looks at it; null as well, unless a list is wanted."""
    (field,) = rules_of({"price": rules})
    assert field.passed == wanted
    assert (MISSING.__class__ in field.passed) is (not field.implicit)


def test_what_lies_inside_others_is_always_looked_at() -> None:
    (field,) = rules_of({"line_items.*.cost": ["numeric"]})
    assert field.passed == set()
