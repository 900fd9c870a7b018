"""The `filter` parameter finds exactly what a look at each field on its own finds."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.app import Settings, create_mock
from mockserver.store.query import Scope
from mockserver.store.search import as_text, like, search

SEARCHED = ("client", "invoice", "product", "user")


@lru_cache
def scope_of(name: str) -> Scope:
    world = create_mock(Settings(scenario="freelancer")).worlds.default
    return Scope(world.document.entities[name], world.document, world.state, 1, "2026-01-15")


def records(scope: Scope) -> list[dict[str, Any]]:
    return [record.data for record in scope.state.table(scope.entity.resource)]


def field_by_field(text: str, data: dict[str, Any], scope: Scope) -> bool:
    facts = scope.entity.search
    words = text.split() if facts.get("mode") == "words" else [text]
    texts = [as_text(value) for path in facts["fields"] for value in scope.values(path)(data)]
    return all(any(like(word)(each) for each in texts) for word in words)


@settings(deadline=None)  # the first example may seed the world
@given(
    name=st.sampled_from(SEARCHED),
    part=st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(0, 12), st.integers(1, 8)),
    around=st.sampled_from(["{}", "{} ", "%{}", "{}%a", "_{}", "{}\x00", "{} e", "x{}"]),
    upper=st.booleans(),
)
def test_a_search_is_a_look_at_each_field(name: str, part: tuple[int, int, int, int], around: str, upper: bool) -> None:
    scope = scope_of(name)
    rows = records(scope)
    row, field, start, length = part
    data = rows[row % len(rows)]
    paths = scope.entity.search["fields"]
    values = scope.values(paths[field % len(paths)])(data) or [""]
    text = around.format(as_text(values[0])[start : start + length])
    found = search(scope.entity.search, text.upper() if upper else text, scope)
    if found is None:
        assert not text.strip()
        return
    assert [found(each) for each in rows] == [field_by_field(text, each, scope) for each in rows]


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_to_look_for_is_no_filter(text: str) -> None:
    scope = scope_of("invoice")
    assert search(scope.entity.search, text, scope) is None
