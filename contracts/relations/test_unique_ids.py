"""Ids are never used twice, and neither are numbers: not after a deletion, not after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.records import act
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "delete")]
COUNT = 3


def test_ids_and_numbers_are_never_used_twice(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        known = {row["id"]: row.get("number") for row in stage.rows().values()}
        gone = ""
        for number in range(3 * COUNT):
            record = stage.make()
            hashed, given = record["id"], record.get("number")
            if hashed in known:
                raise Broken(
                    f"the new record has the id {hashed} of another one", operation=stage.operation("create").id
                )
            if given and "number" in noun.facts.get("unique", ()) and given in known.values():
                raise Broken(
                    f"the new record has the number {given} of another one", operation=stage.operation("create").id
                )
            known[hashed] = given
            if number == COUNT:
                stage.call("delete", hashed)
                gone = hashed
            if number == 2 * COUNT and "restore" in noun.facts.get("bulk", {}) and "bulk" in noun.operations:
                act(stage.client, target, noun, "restore", [gone])
        listed = stage.call("list", query={"per_page": 5000}).data
        if len({row["id"] for row in listed}) != len(listed):
            raise Broken("an id stands twice in the list", operation=stage.operation("list").id)
        if missing := known.keys() - {row["id"] for row in listed}:
            raise Broken(
                f"the list lacks {len(missing)} of the records that were made: {sorted(missing)}",
                operation=stage.operation("list").id,
            )
