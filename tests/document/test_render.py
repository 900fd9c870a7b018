"""Placeholders in templates."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.document.render import render

WORDS: dict[str, Any] = {"name": "widget", "many": [1, 2], "none": None, "thing": {"a": 1}}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("a {{name}}s", "a widgets"),
        ("{{thing}}", {"a": 1}),
        ({"/{{name}}": {"x": "{{thing}}"}}, {"/widget": {"x": {"a": 1}}}),
        (["{{many}}", 3], [1, 2, 3]),
        (["{{none}}", 3], [3]),
        ({"a": "{{none}}", "b": 1}, {"b": 1}),
        ({"a": None}, {"a": None}),
        (7, 7),
    ],
)
def test_placeholders_are_filled(template: Any, filled: Any) -> None:
    assert render(template, WORDS, "here") == filled


def test_values_are_copied_into_the_result() -> None:
    render("{{thing}}", WORDS, "here")["b"] = 2
    assert WORDS["thing"] == {"a": 1}
