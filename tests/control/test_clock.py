"""The clock of a world: what it shows, how it is frozen, set and advanced, and what is refused."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.clock import EPOCH, Clock

if TYPE_CHECKING:
    from tests.control.conftest import Control

START = {"set": EPOCH, "freeze": True}


def test_the_clock_of_a_new_world_shows_the_real_time(control: Control) -> None:
    before = Clock().now()
    found = control("GET", "/clock").json()
    assert before <= found["now"] <= Clock().now()
    assert (found["world"], found["frozen"], found["offset"], found["zone"]) == ("default", False, 0, "Europe/London")


def test_going_back_runs_nothing(control: Control) -> None:
    before = control.mock.worlds.default.state
    found = control("PUT", "/clock", START).json()
    assert control.mock.worlds.default.state is before
    assert (found["now"], found["iso"], found["date"]) == (EPOCH, "2026-01-15T09:00:00Z", "2026-01-15")
    assert (found["frozen"], found["count"], found["bound"], found["happened"]) == (True, 0, None, [])
    assert found["offset"] < 0


def test_a_frozen_clock_stands_and_runs_on_from_there(control: Control, monkeypatch: pytest.MonkeyPatch) -> None:
    control("PUT", "/clock", START)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.5)
    assert control("GET", "/clock").json()["now"] == EPOCH
    assert control("PUT", "/clock", {"freeze": False}).json()["now"] == EPOCH
    monkeypatch.setattr(time, "time", lambda: 4_000_000_007.5)
    found = control("GET", "/clock").json()
    assert (found["now"], found["frozen"], found["offset"]) == (EPOCH + 7, False, EPOCH - 4_000_000_000)
    assert control("PUT", "/clock", {"freeze": True}).json()["now"] == EPOCH + 7
    monkeypatch.setattr(time, "time", lambda: 4_000_000_100.5)
    assert control("GET", "/clock").json()["now"] == EPOCH + 7


@pytest.mark.parametrize(
    ("body", "iso"),
    [
        ({"advance": "45 days"}, "2026-03-01T09:00:00Z"),
        ({"advance": "3 hours"}, "2026-01-15T12:00:00Z"),
        ({"advance": "1 month"}, "2026-02-15T09:00:00Z"),
        ({"advance": 90}, "2026-01-15T09:01:30Z"),
        ({"advance": 0}, "2026-01-15T09:00:00Z"),
        ({"set": EPOCH + 5}, "2026-01-15T09:00:05Z"),
        ({"set": "2026-02-01T00:00:00Z"}, "2026-02-01T00:00:00Z"),
        ({"set": "2026-02-01T00:00:00+02:00"}, "2026-01-31T22:00:00Z"),
        ({"set": "2026-05-01 06:00"}, "2026-05-01T05:00:00Z"),
        ({"set": "2026-05-01"}, "2026-04-30T23:00:00Z"),
        ({"set": "2025-12-31T23:00:00Z"}, "2025-12-31T23:00:00Z"),
    ],
    ids=json.dumps,
)
def test_where_a_move_leads(control: Control, body: dict[str, Any], iso: str) -> None:
    """Texts without an offset are read in the zone of the company."""
    control("PUT", "/clock", START)
    found = control("PUT", "/clock", body).json()
    assert (found["iso"], found["frozen"]) == (iso, True)


def test_the_date_is_that_of_the_company(control: Control) -> None:
    found = control("PUT", "/clock", {"set": "2025-06-30T23:30:00Z", "freeze": True}).json()
    assert (found["date"], found["zone"]) == ("2025-07-01", "Europe/London")


@pytest.mark.parametrize(
    ("body", "got", "wanted"),
    [
        ({}, None, "at least one of freeze, set, advance"),
        ({"speed": 2}, "speed", "one of freeze, set, advance"),
        ({"freeze": "yes"}, "yes", "true or false"),
        ({"freeze": None}, None, "true or false"),
        ({"set": 1, "advance": 1}, "set, advance", "one of the two"),
        ({"set": "tomorrow"}, "tomorrow", "unix seconds"),
        ({"set": "45 days"}, "45 days", "unix seconds"),
        ({"set": True}, True, "unix seconds"),
        ({"set": None}, None, "unix seconds"),
        ({"set": -1}, -1, "from 1970"),
        ({"set": 7258118400}, 7258118400, "to 2199"),
        ({"set": "2026-02-30"}, "2026-02-30", "unix seconds"),
        ({"advance": -1}, -1, "45 days"),
        ({"advance": "-3 days"}, "-3 days", "45 days"),
        ({"advance": 1.5}, 1.5, "45 days"),
        ({"advance": True}, True, "45 days"),
        ({"advance": "soon"}, "soon", "45 days"),
        ({"advance": "200 years"}, "200 years", "before 2200"),
        ({"advance": 10**12}, 10**12, "before 2200"),
        ({"advance": "1 day", "freeze": 1}, 1, "true or false"),
    ],
    ids=json.dumps,
)
def test_a_move_that_is_not_understood_changes_nothing(
    control: Control, body: dict[str, Any], got: Any, wanted: str
) -> None:
    control("PUT", "/clock", START)
    world = control.mock.worlds.default
    before = world.state, world.clock, world.played
    answer = control("PUT", "/clock", body)
    assert answer.status_code == 400
    (diagnosis,) = json.loads(answer.headers["x-mock-diagnostics"])
    assert diagnosis.get("got") == got
    assert wanted in diagnosis["wanted"]
    assert diagnosis["hint"] in answer.json()["message"]
    assert (world.state, world.clock, world.played) == before


@pytest.mark.parametrize("content", [b"[]", b"7", b"{", b'"advance"'])
def test_a_body_that_is_no_object_is_refused(control: Control, content: bytes) -> None:
    assert control("PUT", "/clock", content).status_code == 400


def test_each_world_has_a_clock_of_its_own(control: Control) -> None:
    control("POST", "/worlds", {"name": "mine"})
    assert control("PUT", "/clock", {**START, "world": "mine"}).json()["world"] == "mine"
    assert control("GET", "/clock?world=mine").json()["now"] == EPOCH
    assert control("GET", "/clock", headers={"X-Mock-World": "mine"}).json()["now"] == EPOCH
    assert control("GET", "/clock", prefix="/worlds/mine/__mock__").json()["now"] == EPOCH
    assert control("GET", "/clock").json()["frozen"] is False
    assert control("PUT", "/clock", {**START, "world": "yours"}).status_code == 404


def test_a_reset_puts_the_clock_back(control: Control) -> None:
    control("PUT", "/clock", START)
    control("POST", "/reset")
    found = control("GET", "/clock").json()
    assert (found["frozen"], found["offset"]) == (False, 0)


def test_the_clock_says_what_is_due_next(control: Control) -> None:
    control("PUT", "/clock", START)
    coming = control("GET", "/clock").json()["next"]
    found = control("PUT", "/clock", {"set": coming["at"]}).json()
    assert {name: found["happened"][0][name] for name in coming} == coming


def test_other_machines_do_not_move_the_clock(control: Control) -> None:
    before = control.mock.worlds.default.clock
    assert control("PUT", "/clock", START, client="10.0.0.5").status_code == 403
    assert control.mock.worlds.default.clock == before == Clock()
