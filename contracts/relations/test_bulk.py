"""An action on many records does to each of them what it does to one alone, and nothing to any other.

With an unknown id among good ones either everything is refused or the good ones are done, as the facts say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.requests.pool import NOWHERE
from mockserver.contract.scenes.records import act, ids, state_of
from mockserver.contract.scenes.stage import Stage, changed, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

    Row = dict[str, Any]

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "bulk")]
COUNT = 3
STEPS = ("archive", "restore", "delete", "restore")
WORTH = frozenset({"enum", "bool", "money", "number", "rate", "integer"})
"""Kinds whose values twins have in common; of texts, links and lists only the fact that they changed is compared."""


def effect(noun: Noun, before: Row, after: Row) -> dict[str, Any]:
    """What an action did to a record."""
    found = {}
    for name, field in noun.fields.items():
        if name != "updated_at" and name in before and before[name] != after.get(name):
            found[name] = after.get(name) if field["kind"] in WORTH else "changed"
    return found


def test_an_action_on_many_does_what_it_does_to_one(target: Target, noun: Noun) -> None:
    offered = noun.facts["bulk"]
    with staged(target, noun) as stage:
        alone = [stage.make(turn=turn)["id"] for turn in range(COUNT)]
        together = [stage.make(turn=turn)["id"] for turn in range(COUNT)]
        name = stage.operation("bulk").id
        for action in [each for each in (*noun.facts.get("moves", ()), *STEPS) if each in offered]:
            before = stage.rows()
            for hashed in alone:
                act(stage.client, target, noun, action, [hashed])
            answered = act(stage.client, target, noun, action, together)
            after = stage.rows()
            for number, (one, other) in enumerate(zip(alone, together, strict=True), 1):
                single, many = effect(noun, before[one], after[one]), effect(noun, before[other], after[other])
                if moved := changed(single, many):
                    moved = moved.replace(" was ", " alone ").replace(", now ", ", together ")
                    raise Broken(
                        f"{action} of record {number} of {COUNT} did something else than {action} of it alone: {moved}",
                        operation=name,
                    )
            got = answered.data
            if sorted(ids(got)) != sorted(together):
                raise Broken(
                    f"{action} of {COUNT} records answers {len(got)}: {ids(got)}, wanted {together}", operation=name
                )
            for hashed in before.keys() - {*alone, *together}:
                if moved := changed(before[hashed], after[hashed]):
                    raise Broken(f"{action} has changed {hashed}, which was not named: {moved}", operation=name)
        with_an_unknown_id(stage, together)


def with_an_unknown_id(stage: Stage, hashed: list[str]) -> None:
    """Live records and an id that leads nowhere, archived together."""
    noun = stage.noun
    action = "archive" if "archive" in noun.facts["bulk"] else "delete"
    checked = any(isinstance(rule, dict) and "exists" in rule for rule in noun.rules("bulk").get("ids", ()))
    body = {"action": action, "ids": [hashed[0], NOWHERE, *hashed[1:]]}
    reply = stage.call("bulk", body=body, want=422 if checked else 200)
    rows = stage.rows()
    done = [each for each in hashed if state_of(rows[each]) != "active"]
    wanted = [] if checked else hashed
    if done != wanted:
        what = f"{action} of {len(hashed)} records and an unknown id: got {reply.status}, {len(done)} were done"
        raise Broken(f"{what}, wanted {len(wanted)}", operation=stage.operation("bulk").id)
