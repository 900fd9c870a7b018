"""Filters together keep the rows that each of them keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.lists.texts import texts_for
from mockserver.contract.scenes.populate import populated, scene
from mockserver.contract.scenes.records import ids

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")
TRIES = 6
"""Sets of filters for each set of records: to make those costs more than to ask for them."""


def test_filters_together_keep_what_each_of_them_keeps(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with populated(target, noun, data) as client:
            around = scene(client, spec, noun)
            offered = around.offered()
            for _ in range(TRIES):
                names = data.draw(st.lists(st.sampled_from(sorted(offered)), min_size=2, max_size=3, unique=True))
                query = {name: data.draw(texts_for(around, offered[name]), label=name) for name in names}
                wanted = [
                    row for row in around.rows if all(around.keeps(offered[name], query[name])(row) for name in names)
                ]
                size = data.draw(st.integers(1, 4))
                reply = client.call(noun.operations["list"], query={**query, "per_page": size}, want=200)
                assert reply.json()["meta"]["pagination"]["total"] == len(wanted), query
                assert set(ids(reply.data)) <= set(ids(wanted)), query
                assert reply.data == wanted[:size] or any("order" in offered[name] for name in names), query

    check()
