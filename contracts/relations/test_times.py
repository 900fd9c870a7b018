"""created_at never moves, updated_at goes on with each write, archived_at tells when a record was put away (R-WIRE-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.findings import Broken
from mockserver.contract.moments import STEP, later
from mockserver.contract.records import act
from mockserver.contract.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "bulk")]
MOMENTS = ("created_at", "updated_at", "archived_at")
FIRST, LAST = 1_400_000_000, 7_500_000_000
"""2014 and 2207: seconds, not milliseconds, whatever the clock of the server says."""
SLOW = 120
"""Seconds that a call may take at most."""


def test_times_of_a_record_tell_what_was_done_with_it(target: Target, noun: Noun) -> None:
    if not set(MOMENTS) <= noun.fields.keys():
        return
    with staged(target, noun) as stage:

        def wrong(what: str, behaviour: str) -> Broken:
            return Broken(what, operation=stage.operation(behaviour).id)

        def step(before: dict[str, Any], behaviour: str, *, archived: bool, moves: bool = True) -> dict[str, Any]:
            """The record after a write, its times checked against those before it."""
            now = stage.show(before["id"])
            if now["created_at"] != before["created_at"]:
                raise wrong(f"created_at moved from {before['created_at']} to {now['created_at']}", behaviour)
            if moves and now["updated_at"] < before["updated_at"] + STEP[target.ours]:
                raise wrong(
                    f"updated_at was {before['updated_at']}, is {now['updated_at']} after a write {STEP[target.ours]} s later",
                    behaviour,
                )
            if archived and not before["updated_at"] <= now["archived_at"] <= now["updated_at"] + SLOW:
                raise wrong(f"archived_at is {now['archived_at']}, the write was at {now['updated_at']}", behaviour)
            if not archived and now["archived_at"] != 0:
                raise wrong(f"archived_at of a live record is {now['archived_at']}, wanted 0", behaviour)
            return now

        earlier = stage.make()
        record = stage.make(turn=0)
        for name in MOMENTS:
            value = record[name]
            if not isinstance(value, int) or isinstance(value, bool) or not (value == 0 or FIRST < value < LAST):
                raise wrong(f"{name} is {value!r}, wanted whole seconds since 1970", "create")
        if not 0 <= record["created_at"] - earlier["created_at"] <= SLOW:
            what = f"a record made just after another one has created_at {record['created_at']}, the other {earlier['created_at']}"
            raise wrong(what, "create")
        if not 0 <= record["updated_at"] - record["created_at"] <= SLOW or record["archived_at"] != 0:
            raise wrong(f"times of a new record: { ({name: record[name] for name in MOMENTS}) }", "create")
        later(target, stage.client)
        stage.call("update", record["id"], body=stage.body("update", turn=1))
        record = step(record, "update", archived=False)
        later(target, stage.client)
        act(stage.client, target, noun, "archive", [record["id"]])
        record = step(record, "bulk", archived=True, moves=False)
        later(target, stage.client)
        act(stage.client, target, noun, "restore", [record["id"]])
        step(record, "bulk", archived=False, moves=False)
