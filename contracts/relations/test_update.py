"""An update changes what was sent and nothing else, and made again it changes nothing."""

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
MOVING = frozenset({"updated_at"})


def test_an_update_changes_what_was_sent_and_nothing_else(target: Target, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            values = Stage(target, client, noun).values
            before = created(client, noun, data.draw(values.bodies(noun, "create"), label="create"))
            others = listed(client, noun)
            body = data.draw(values.bodies(noun, "update"), label="update")
            update = noun.operations["update"]
            answer = client.call(update, path={"id": before["id"]}, body=body, want=200).data
            wrong = differences(capped(noun, visible(noun, body), answer), answer)
            assert not wrong, f"the update answers otherwise than was sent: {'; '.join(wrong)}"
            kept = capped(noun, before, answer)
            filled = noun.facts.get("fill", {}).get("update", {})
            redrawn = {name for name, value in filled.items() if value is None}
            for name, field in noun.writable("update").items():
                if name not in body.keys() | redrawn:
                    wanted = filled.get(name, values.plain(field, kept[name]))
                    moved = differences(wanted, answer[name], name)
                    assert not moved, f"{name} was not sent, yet it changed: {moved}"
            for name in ("id", "created_at"):
                assert answer[name] == before[name], f"{name} was {before[name]!r}, an update made it {answer[name]!r}"
            record = shown(client, noun, before["id"])
            differing = changed(answer, record)
            assert not differing, f"the record reads otherwise than the update answered: {differing}"
            after = listed(client, noun)
            differing = changed(record, after.pop(before["id"], {}))
            assert not differing, f"the list shows the record otherwise than it is: {differing}"
            del others[before["id"]]
            differing = changed_rows(handed_over(noun, others, after, record), after)
            assert not differing, f"an update has changed other records: {differing}"
            again = client.call(update, path={"id": before["id"]}, body=body, want=200).data
            moved = [
                name
                for name in answer
                if name not in MOVING | redrawn | noun.facts.get("includes", {}).keys() and again[name] != answer[name]
            ]
            assert not moved, f"the same update again changes {moved}"
            assert not differences(capped(noun, visible(noun, body), again), again), (
                "the same update again changes what it sent"
            )

    check()
