"""created_at never moves, updated_at goes on with each write, archived_at tells of the archive (R-WIRE-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.records import act
from mockserver.contract.scenes.stage import Stage, staged
from mockserver.contract.target.moments import STEP, later

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

    Row = dict[str, Any]

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "bulk")]
MOMENTS = ("created_at", "updated_at", "archived_at")
FIRST, LAST = 1_400_000_000, 7_500_000_000
"""2014 and 2207: seconds, not milliseconds, whatever the clock of the server says."""
SLOW = 120
"""Seconds that calls may take at most."""


def in_seconds(stage: Stage, record: Row, earlier: Row) -> None:
    """The times of a new record are whole seconds, not before those of one made just before."""
    operation = stage.operation("create").id
    for name in MOMENTS:
        value = record[name]
        if not isinstance(value, int) or isinstance(value, bool) or not (value == 0 or FIRST < value < LAST):
            raise Broken(f"{name} is {value!r}, wanted whole seconds since 1970", operation=operation)
    created, before = record["created_at"], earlier["created_at"]
    if not 0 <= created - before <= SLOW:
        what = f"created_at is {created}, that of a record made just before is {before}"
        raise Broken(what, operation=operation)
    if not 0 <= record["updated_at"] - created <= SLOW or record["archived_at"] != 0:
        raise Broken(f"times of a new record: { ({name: record[name] for name in MOMENTS}) }", operation=operation)


def moved(stage: Stage, before: Row, behaviour: str, *, archived: bool) -> Row:
    """The record after a write, its times checked against those before it."""
    operation, now = stage.operation(behaviour).id, stage.show(before["id"])
    if now["created_at"] != before["created_at"]:
        raise Broken(f"created_at moved from {before['created_at']} to {now['created_at']}", operation=operation)
    step = STEP[stage.target.ours]
    if behaviour == "update" and now["updated_at"] < before["updated_at"] + step:
        what = f"updated_at was {before['updated_at']}, and is {now['updated_at']} after a write {step} s later"
        raise Broken(what, operation=operation)
    if archived and not before["updated_at"] + step <= now["archived_at"] <= before["updated_at"] + step + SLOW:
        what = f"archived_at is {now['archived_at']}, the record was changed at {before['updated_at']}, {step} s before"
        raise Broken(what, operation=operation)
    if not archived and now["archived_at"] != 0:
        raise Broken(f"archived_at of a live record is {now['archived_at']}, wanted 0", operation=operation)
    return now


def test_times_of_a_record_tell_what_was_done_with_it(target: Target, noun: Noun) -> None:
    if not set(MOMENTS) <= noun.fields.keys():
        return
    with staged(target, noun) as stage:
        earlier, record = stage.make(), stage.make(turn=0)
        in_seconds(stage, record, earlier)
        later(target, stage.client)
        stage.call("update", record["id"], body=stage.body("update", turn=1))
        record = moved(stage, record, "update", archived=False)
        later(target, stage.client)
        act(stage.client, target, noun, "archive", [record["id"]])
        record = moved(stage, record, "bulk", archived=True)
        later(target, stage.client)
        act(stage.client, target, noun, "restore", [record["id"]])
        moved(stage, record, "bulk", archived=False)
