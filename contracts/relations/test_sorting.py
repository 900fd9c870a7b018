"""Sorting moves rows and does nothing else; what is no column moves nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.lists.order import columns, comparable, key_of
from mockserver.contract.scenes.populate import populated, scene
from mockserver.contract.scenes.records import ids

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")


def test_sorting_moves_rows_and_does_nothing_else(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with populated(target, noun, data) as client:
            around = scene(client, spec, noun)
            offered = st.sampled_from(columns(noun))
            for column in data.draw(st.lists(offered, min_size=1, max_size=6, unique=True)):
                key = key_of(around, column)
                for direction in ("asc", "desc"):
                    query = {"per_page": 5000, "sort": f"{column}|{direction}"}
                    rows = client.call(noun.operations["list"], query=query, want=200).data
                    assert sorted(ids(rows)) == sorted(ids(around.rows)), f"{query['sort']} loses or doubles rows"
                    keys = [key(row) for row in rows]
                    for left, right in pairwise(keys):
                        ordered = left <= right if direction == "asc" else left >= right
                        assert ordered or not comparable(left, right), f"{query['sort']}: {left!r} before {right!r}"
            for nonsense in ("nope|asc", columns(noun)[0], ""):
                rows = client.call(noun.operations["list"], query={"per_page": 5000, "sort": nonsense}, want=200).data
                assert rows == around.rows, f"sort={nonsense} is no sort, yet it moves rows"

    check()
