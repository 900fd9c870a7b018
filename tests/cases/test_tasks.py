"""Tasks: where the rate comes from, which logs of time are logs, starting and stopping."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_the_rate_is_that_of_the_project_or_of_the_client(shop: Shop) -> None:
    """X-140, R-VAL-18."""
    client = shop.client(settings={"currency_id": "1", "default_task_rate": 41})
    project = record(shop.post("projects", {"client_id": client["id"], "name": "Relaunch", "task_rate": 101}))
    owners = ({"client_id": client["id"]}, {"client_id": client["id"], "project_id": project["id"]})
    assert [record(shop.post("tasks", owner))["rate"] for owner in owners] == [41, 101]


@pytest.mark.parametrize("log", [None, "", "[]", "{}"])
def test_no_time_at_all_is_a_log(shop: Shop, log: Any) -> None:
    """X-142."""
    made = record(shop.post("tasks", {"description": "Paint", "time_log": log}))
    assert json.loads(made["time_log"]) == []


@pytest.mark.parametrize("log", ["ABBA is the best band in the world", [["a", "b", "d"], ["c", "d", "d"]]])
def test_words_are_no_log(shop: Shop, log: Any) -> None:
    """X-142."""
    sent: JSON = {"description": "Paint", "time_log": log if isinstance(log, str) else json.dumps(log)}
    assert list(errors(shop.post("tasks", sent))) == ["time_log"]
    assert shop.ids("tasks") == []


def test_start_opens_an_entry_and_stop_does_not(shop: Shop) -> None:
    """X-144, R-STAT-40."""
    logs = [record(shop.post(f"tasks?{word}=true", {"description": "Paint"}))["time_log"] for word in ("start", "stop")]
    assert [len(log) > 5 for log in logs] == [True, False]
    assert json.loads(logs[0])[0][1] == 0
