"""A filter keeps the rows that it says, and no others."""

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
TRIES = 3
"""Texts for each filter: to make records costs more than to ask for them."""


def test_a_filter_keeps_what_it_says_and_nothing_else(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with populated(target, noun, data) as client:
            around = scene(client, spec, noun)
            for name, facts in around.offered().items():
                texts = st.lists(texts_for(around, facts), min_size=TRIES, max_size=TRIES)
                for text in dict.fromkeys(data.draw(texts, label=name)):
                    rows = client.call(noun.operations["list"], query={"per_page": 5000, name: text}, want=200).data
                    keep = around.keeps(facts, text)
                    wanted = {row["id"] for row in around.rows if keep(row)}
                    extra, missing = set(ids(rows)) - wanted, wanted - set(ids(rows))
                    assert not extra | missing, f"{name}={text}: {len(extra)} rows too many, {len(missing)} missing"

    check()
