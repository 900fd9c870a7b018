"""A created record reads back as it was sent, stands in the list once, and nothing else has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.records import capped, created, handed_over, listed, shown, visible
from mockserver.contract.scenes.stage import Stage, changed, changed_rows
from mockserver.contract.values.differences import differences

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def test_a_created_record_reads_back_as_it_was_sent(target: Target, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            stage = Stage(target, client, noun)
            before = listed(client, noun)
            body = data.draw(stage.values.bodies(noun, "create"))
            answer = created(client, noun, body)
            wrong = differences(capped(noun, visible(noun, stage.pool.kept(noun, body)), answer), answer)
            assert not wrong, f"the create answers otherwise than was sent: {'; '.join(wrong)}"
            assert answer["id"] not in before, "the new record has the id of another one"
            record = shown(client, noun, answer["id"])
            moved = changed(answer, record)
            assert not moved, f"the record reads otherwise than the create answered: {moved}"
            after = listed(client, noun)
            moved = changed(record, after.pop(answer["id"], {}))
            assert not moved, f"the list does not hold the new record as it is shown: {moved}"
            moved = changed_rows(handed_over(noun, before, after, record), after)
            assert not moved, f"a create has changed other records: {moved}"
            assert after.keys() == before.keys(), f"the create has made {len(after) - len(before)} records more"

    check()
