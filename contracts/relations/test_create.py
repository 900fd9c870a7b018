"""A created record reads back as it was sent, stands in the list once, and nothing else has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.pool import Pool
from mockserver.contract.records import created, listed, shown, visible
from mockserver.contract.values import Values, differences

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def test_a_created_record_reads_back_as_it_was_sent(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide_for(noun)
            before = listed(client, noun)
            body = data.draw(Values(spec, pool, target.tag).bodies(noun, "create"))
            answer = created(client, noun, body)
            assert not differences(visible(noun, body), answer), differences(visible(noun, body), answer)
            assert answer["id"] not in before, "the new record has the id of another one"
            record = shown(client, noun, answer["id"])
            assert record == answer, "the record reads otherwise than the create answered"
            after = listed(client, noun)
            assert after.pop(answer["id"], None) == record, "the list does not hold the new record as it is shown"
            assert {key: row for key, row in after.items() if key in before} == before, "another record has changed"
            assert after.keys() == before.keys(), f"the create has made {len(after) - len(before)} records more"

    check()
