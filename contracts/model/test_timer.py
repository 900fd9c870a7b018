"""A timer runs once: starting opens a row in the log, starting again nothing, stopping closes it, starting after that
opens another; what was logged before stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "update", "bulk", facts=("fields.time_log", "triggers.start", "bulk.start")),
]
LOGGED = [[1_700_000_000, 1_700_003_600], [1_700_010_000, 1_700_010_060]]


def test_a_timer_runs_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        for way in ("bulk", "flag"):
            hashed = trade.make(noun.name, {"time_log": json.dumps(LOGGED[::-1])})["id"]
            for step, (action, count, running) in enumerate(
                (("start", 3, True), ("start", 3, True), ("stop", 3, False), ("stop", 3, False), ("start", 4, True))
            ):
                if way == "bulk":
                    trade.bulk(noun.name, action, hashed)
                else:
                    trade.change(noun.name, hashed, {}, **{action: "true"})
                shown = trade.show(noun.name, hashed)
                log: list[list[Any]] = json.loads(shown["time_log"])
                after = f"after {action} by {way}, step {step + 1}: "
                assert len(log) == count, f"{after}rows of the log: got {len(log)}, wanted {count}"
                assert [row[:2] for row in log[:2]] == LOGGED, f"{after}what was logged before: got {log[:2]}"
                open_ = [row for row in log if not row[1]]
                assert len(open_) == running, f"{after}rows that run: got {len(open_)}, wanted {int(running)}"
                assert shown["is_running"] is running, f"{after}is_running: got {shown['is_running']}, wanted {running}"
                assert all(not row[1] or row[1] >= row[0] for row in log), f"{after}a row ends before it starts: {log}"
