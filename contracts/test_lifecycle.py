"""Archive, restore and delete: two flags, alike in record, list and filter, and nothing else moves (R-LIFE-1..6)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.filter_texts import NOWHERE
from mockserver.contract.pool import Pool
from mockserver.contract.populate import all_rows
from mockserver.contract.values import Values

if TYPE_CHECKING:
    from mockserver.contract.client import Client, Reply
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.writes, pytest.mark.nouns("create", "show", "list", "update", "delete", "bulk")]
NEXT = {
    "archive": {"active": "archived"},
    "delete": {"active": "deleted", "archived": "deleted"},
    "restore": {"archived": "active", "deleted": "active"},
}
"""State that an action brings a record to; where it stands in no line, nothing happens."""


def state_of(row: dict[str, Any]) -> str:
    if row["is_deleted"]:
        return "deleted"
    return "archived" if row["archived_at"] else "active"


def act(client: Client, target: Target, noun: Noun, action: str, ids: list[str], *, single: bool = False) -> Reply:
    """The action by bulk, or a deletion by DELETE; repeats that a guard of the real service refuses are made later."""
    for attempt in (1, 2):
        if single:
            reply = client.call(noun.operations["delete"], path={"id": ids[0]})
        else:
            reply = client.call(noun.operations["bulk"], body={"action": action, "ids": ids})
        if reply.status != 400 or target.ours or "guards" not in noun.facts or attempt == 2:
            break
        time.sleep(max(guard["seconds"] for guard in noun.facts["guards"].values()) + 2)
    assert reply.status == 200, reply
    return reply


def test_every_action_brings_just_its_records_to_the_right_state(target: Target, spec: Spec, noun: Noun) -> None:
    actions = [name for name in NEXT if name in noun.facts["bulk"]]

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide()
            bodies = Values(spec, pool, target.tag).bodies(noun, "create")
            ids = [
                client.call(noun.operations["create"], body=data.draw(bodies), want=200).data["id"] for _ in range(3)
            ]
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
                assert all(row == after[row["id"]] for row in answered), (
                    "the answer shows the records otherwise than they are"
                )
                still = [each for each in before if each not in moved]
                assert all(after[each] == before[each] for each in still), (
                    f"{action} has touched a record that it should not"
                )
                check_lists(client, noun, states)

    check()


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


def test_a_deleted_record_is_edited_only_where_the_facts_allow_it(target: Target, spec: Spec, noun: Noun) -> None:
    refused = noun.facts.get("edit_deleted") == "refuse"

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide()
            values = Values(spec, pool, target.tag)
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
            assert not refused or after == before, "a refused edit has changed a deleted record"
            act(client, target, noun, "restore", [path["id"]])
            client.call(noun.operations["update"], path=path, body=change, want=200)

    check()


def test_unknown_ids_and_unknown_actions_change_nothing(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        pool = Pool(spec, client)
        pool.provide()
        own = client.call(noun.operations["create"], body=pool.minimal(noun), want=200).data["id"]
        before = all_rows(client, noun)
        bulk = noun.operations["bulk"]
        client.call(bulk, body={"action": "archive", "ids": [NOWHERE]}, want=(200, 400, 422))
        unknown = client.call(bulk, body={"action": "sideways", "ids": [own]})
        assert unknown.status in ((200,) if noun.facts.get("bulk_unknown") == "ignore" else (400, 422)), unknown
        client.call(noun.operations["show"], path={"id": NOWHERE}, want=(400, 404))
        client.call(noun.operations["delete"], path={"id": NOWHERE}, want=(400, 404))
        assert all_rows(client, noun) == before, "a call that names nothing has changed something"
