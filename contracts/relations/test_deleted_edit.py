"""A deleted record is edited only where the facts allow it, and any record again once it is restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.records import act
from mockserver.contract.scenes.stage import Stage, changed

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "delete", "bulk")]


def test_a_deleted_record_is_edited_only_where_the_facts_allow_it(target: Target, noun: Noun) -> None:
    refused = noun.facts.get("edit_deleted") == "refuse"

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            values = Stage(target, client, noun).values
            path = {
                "id": client.call(
                    noun.operations["create"], body=data.draw(values.bodies(noun, "create")), want=200
                ).data["id"]
            }
            act(client, target, noun, "delete", [path["id"]])
            before = client.call(noun.operations["show"], path=path, want=200).data
            change = data.draw(values.bodies(noun, "update"))
            client.call(noun.operations["update"], path=path, body=change, want=400 if refused else 200)
            after = client.call(noun.operations["show"], path=path, want=200).data
            moved = changed(before, after)
            assert not refused or not moved, f"a refused edit has changed a deleted record: {moved}"
            act(client, target, noun, "restore", [path["id"]])
            client.call(noun.operations["update"], path=path, body=change, want=200)

    check()
