"""What was written is what is read, and nothing else moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.pool import Pool
from mockserver.contract.values import Values, differences, rules_of_owner

if TYPE_CHECKING:
    from mockserver.contract.client import Client
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.writes, pytest.mark.nouns("create", "show", "list", "update")]
MOVING = frozenset({"updated_at"})


def listed(client: Client, noun: Noun) -> dict[str, Any]:
    """All rows of the noun's list by id."""
    return {row["id"]: row for row in client.call(noun.operations["list"], query={"per_page": 5000}, want=200).data}


def created(client: Client, noun: Noun, body: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = client.call(noun.operations["create"], body=body, want=200).data
    return record


def visible(noun: Noun, body: dict[str, Any]) -> dict[str, Any]:
    """The part of a body that answers show; the rest is only sent."""
    there = noun.fields.keys() | noun.facts.get("includes", {}).keys()
    return {name: value for name, value in body.items() if name in there}


def shown(client: Client, noun: Noun, hashed: str) -> dict[str, Any]:
    record: dict[str, Any] = client.call(noun.operations["show"], path={"id": hashed}, want=200).data
    return record


def test_a_created_record_reads_back_as_it_was_sent(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide()
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

    check()


def test_an_update_changes_what_was_sent_and_nothing_else(target: Target, spec: Spec, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide()
            values = Values(spec, pool, target.tag)
            before = created(client, noun, data.draw(values.bodies(noun, "create"), label="create"))
            others = listed(client, noun)
            body = data.draw(values.bodies(noun, "update"), label="update")
            update = noun.operations["update"]
            answer = client.call(update, path={"id": before["id"]}, body=body, want=200).data
            assert not differences(visible(noun, body), answer), differences(visible(noun, body), answer)
            filled = noun.facts.get("fill", {}).get("update", {})
            redrawn = {name for name, value in filled.items() if value is None}
            for name, field in noun.writable("update").items():
                if name not in body.keys() | redrawn:
                    wanted = filled.get(name, values.plain(field, before[name]))
                    moved = differences(wanted, answer[name], name)
                    assert not moved, f"{name} was not sent, yet it changed: {moved}"
            assert (answer["id"], answer["created_at"]) == (before["id"], before["created_at"])
            record = shown(client, noun, before["id"])
            assert record == answer, "the record reads otherwise than the update answered"
            after = listed(client, noun)
            assert after.pop(before["id"]) == record, "the list shows the record otherwise than it is"
            del others[before["id"]]
            assert after == others, "another record has changed"
            again = client.call(update, path={"id": before["id"]}, body=body, want=200).data
            moved = [
                name
                for name in answer
                if name not in MOVING | redrawn | noun.facts.get("includes", {}).keys() and again[name] != answer[name]
            ]
            assert not moved, f"the same update again changes {moved}"
            assert not differences(visible(noun, body), again), "the same update again changes what it sent"

    check()


def test_a_refused_write_leaves_everything_as_it_was(target: Target, spec: Spec, noun: Noun) -> None:
    """A body with one value of a type that no cast can save is refused whole, its good values included."""
    wrong = next(
        name
        for name, field in noun.writable("update").items()
        if field["kind"] in ("text", "number", "money", "integer", "url") and name not in rules_of_owner(noun, "update")
    )

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            pool = Pool(spec, client)
            pool.provide()
            values = Values(spec, pool, target.tag)
            record = created(client, noun, data.draw(values.bodies(noun, "create"), label="create"))
            before = listed(client, noun)
            bad = {**data.draw(values.bodies(noun, "update"), label="update"), wrong: {"not": ["of", "this", "type"]}}
            client.call(noun.operations["update"], path={"id": record["id"]}, body=bad, want=(400, 422))
            bad = {
                **data.draw(values.bodies(noun, "create"), label="create again"),
                wrong: {"not": ["of", "this", "type"]},
            }
            client.call(noun.operations["create"], body=bad, want=(400, 422))
            assert listed(client, noun) == before, "a refused write has left a trace"

    check()
