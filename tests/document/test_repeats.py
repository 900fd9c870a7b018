"""Templates of paths files that are filled for several cases."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.document.errors import DocumentError
from mockserver.document.repeats import expanded


def file(**changes: Any) -> dict[str, Any]:
    """A file with one path of its own and one template."""
    repeat = {
        "paths": {"/{{word}}": {"get": {"summary": "{{about}}", "tags": "{{tags}}"}}},
        "components": {"schemas": {"{{word}}": {"properties": "{{takes}}"}}},
        "defaults": {"about": "usual", "tags": None},
        "tables": {"takes": {"all": ["a", "b"], "a": {"type": "string"}, "b": {"about": "{{about}}"}}},
        "each": [{"word": "one", "takes": ["b"]}, {"word": "two", "about": "own", "takes": ["all"]}],
    }
    return {
        "tag": "x",
        "repeat": {**repeat, **changes},
        "paths": {"/own": {}},
        "components": {"schemas": {"Own": {}}, "parameters": {"P": {}}},
    }


def test_each_case_fills_the_template() -> None:
    """Words, their defaults, and entries of tables, also through a name for several."""
    found = expanded(file(), "here")
    assert found["paths"]["/one"] == {"get": {"summary": "usual"}}
    assert found["paths"]["/two"] == {"get": {"summary": "own"}}
    assert found["components"]["schemas"]["one"] == {"properties": {"b": {"about": "usual"}}}
    assert found["components"]["schemas"]["two"] == {"properties": {"a": {"type": "string"}, "b": {"about": "own"}}}


def test_what_the_file_says_itself_stays() -> None:
    """Repeated paths come first, repeated components last; nothing is left of the template."""
    found = expanded(file(), "here")
    assert list(found) == ["tag", "paths", "components"]
    assert list(found["paths"]) == ["/one", "/two", "/own"]
    assert list(found["components"]["schemas"]) == ["Own", "one", "two"]
    assert found["components"]["parameters"] == {"P": {}}


def test_a_file_without_a_template_is_left_alone() -> None:
    content = {"tag": "x", "paths": {}}
    assert expanded(content, "here") is content


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"each": [{"word": "one", "takes": ["c"]}]}, r"here: repeat\.each\.0\.takes: got `c`, wanted an entry"),
        ({"each": [{"takes": []}]}, r"the placeholder `\{\{word\}\}`"),
        ({"each": {}}, "here: repeat: got no list of cases"),
    ],
)
def test_mistakes_are_named_with_their_place(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        expanded(file(**changes), "here")
