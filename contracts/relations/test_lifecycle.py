"""Archive, restore and delete: two flags, alike in record, list and filter, and nothing else moves (R-LIFE-1..6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.populate import all_rows
from mockserver.contract.scenes.records import NEXT, act, state_of
from mockserver.contract.scenes.stage import Stage, changed, changed_rows

if TYPE_CHECKING:
    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "delete", "bulk")]


def check_lists(client: Client, noun: Noun, states: dict[str, str]) -> None:
    """Each record is in the list of its state, in no other, and readable by its id.

    Nouns with a `status` filter of their own draw the line elsewhere; the contracts of lists try that one.
    """
    for status in () if "status" in noun.facts.get("filters", {}) else ("active", "archived", "deleted"):
        rows = client.call(noun.operations["list"], query={"per_page": 5000, "status": status}, want=200).data
        here = {row["id"] for row in rows} & states.keys()
        assert here == {each for each, state in states.items() if state == status}, f"list with status={status}"
    for each, state in states.items():
        row = client.call(noun.operations["show"], path={"id": each}, want=200).data
        assert state_of(row) == state, "the record is shown in another state than the list says"


def test_every_action_brings_just_its_records_to_the_right_state(target: Target, noun: Noun) -> None:
    actions = [name for name in NEXT if name in noun.facts["bulk"]]

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            stage, first = Stage(target, client, noun), data.draw(st.integers(0, 50), label="turn")
            ids = [stage.make(turn=first + number)["id"] for number in range(3)]
            states = dict.fromkeys(ids, "active")
            steps = data.draw(st.integers(1, 6))
            for step in range(steps + 1):
                before = {row["id"]: row for row in all_rows(client, noun)}
                if step == steps:  # the last step is always a DELETE, of a record that it does something to
                    action, single = "delete", True
                    places = [next((place for place in range(3) if states[ids[place]] != "deleted"), 0)]
                else:
                    action = data.draw(st.sampled_from(actions))
                    single = action == "delete" and data.draw(st.booleans())
                    most = 1 if single else 3
                    places = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=most, unique=True))
                chosen = [ids[place] for place in places]
                reply = act(client, target, noun, action, chosen, single=single)
                effect = "archive" if single and noun.facts["delete"] == "archive" else action
                moved = {each for each in chosen if states[each] in NEXT[effect]}
                for each in moved:
                    states[each] = NEXT[effect][states[each]]
                after = {row["id"]: row for row in all_rows(client, noun)}
                assert {each: state_of(after[each]) for each in ids} == states, f"after {action} of {places}"
                answered = [reply.data] if single else reply.data
                assert sorted(row["id"] for row in answered) == sorted(chosen), "the answer is about other records"
                for row in answered:
                    wrong = changed(after[row["id"]], row)
                    assert not wrong, f"{action} answers a record otherwise than it is: {wrong}"
                still = {each: row for each, row in before.items() if each not in moved}
                wrong = changed_rows(still, {each: row for each, row in after.items() if each not in moved})
                assert not wrong, f"{action} has touched a record that it should not: {wrong}"
                check_lists(client, noun, states)

    check()
