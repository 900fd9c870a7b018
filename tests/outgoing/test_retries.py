"""Further calls of a webhook that failed: when they come, by the clock of the world, and what ends them (R-SIDE-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.outgoing.deliveries import PAUSES

if TYPE_CHECKING:
    from mockserver.contract.wire.receiver import Receiver
    from tests.outgoing.conftest import Caller

NOON = 1768478400
"""2026-01-15T12:00:00Z."""


@pytest.fixture
def pauses(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """Those of the service, unless a test wants others."""
    found: tuple[int, ...] = getattr(request, "param", PAUSES)
    return found


def clock(caller: Caller, **body: Any) -> Any:
    return caller.call("PUT", "/__mock__/clock", body)


def attempts(caller: Caller, count: int) -> Any:
    """The only delivery, once it has so many attempts."""
    (found,) = caller.deliveries(lambda told: bool(told) and len(told[0]["attempts"]) == count)
    return found


def test_while_the_clock_stands_still_a_failure_waits(caller: Caller, receiver: Receiver) -> None:
    clock(caller, set=NOON, freeze=True)
    caller.hook(f"{receiver.url}/500,200", 1)
    caller.post("clients", {"name": "Harbour"})
    told = attempts(caller, 1)
    assert (told["state"], told["next_at"]) == ("waiting", NOON + 10)
    clock(caller, advance=9)
    assert attempts(caller, 1)["state"] == "waiting"
    clock(caller, advance=1)
    (told,) = caller.ended()
    assert (told["state"], told["next_at"]) == ("delivered", None)
    assert [(each["at"], each["status"]) for each in told["attempts"]] == [(NOON, 500), (NOON + 10, 200)]


@pytest.mark.parametrize("status", [404, 500])
def test_a_move_of_the_clock_makes_all_calls_of_the_time_that_passed(
    caller: Caller, receiver: Receiver, status: int
) -> None:
    """Each at its own moment; who is gone to the last is called no more."""
    clock(caller, set=NOON, freeze=True)
    hook = caller.hook(f"{receiver.url}/{status}", 1)
    caller.post("clients", {"name": "Harbour"})
    attempts(caller, 1)
    clock(caller, advance="1 hour")
    (told,) = caller.ended()
    assert (told["state"], told["next_at"]) == ("failed", None)
    assert [each["at"] - NOON for each in told["attempts"]] == [0, 10, 40, 100, 280]
    assert len({(each.path, str(each.body)) for each in receiver.calls}) == 1
    assert (caller.call("GET", f"/api/v1/webhooks/{hook['id']}")["data"]["archived_at"] > 0) is (status == 404)


def test_what_fell_due_on_the_way_is_tried_again_on_the_way(caller: Caller, receiver: Receiver) -> None:
    """The event is days before the moment that the clock comes to, and so are its calls."""
    clock(caller, set=NOON, freeze=True)
    client = caller.post("clients", {"name": "Harbour"})
    lines = [{"quantity": 1, "cost": 5}]
    body = {"client_id": client["id"], "due_date": "2026-01-16", "line_items": lines}
    caller.post("invoices?mark_sent=true", body)
    caller.hook(f"{receiver.url}/503,200", 22)
    (late,) = clock(caller, advance="1 week")["happened"]
    (told,) = caller.ended()
    assert [each["at"] for each in told["attempts"]] == [late["at"], late["at"] + 10]


@pytest.mark.parametrize("pauses", [(1,)], indirect=True)
@pytest.mark.parametrize("frozen", [False, True])
def test_while_the_clock_runs_the_pause_is_real(caller: Caller, receiver: Receiver, frozen: bool) -> None:
    """Without another call to the server; also for what failed before the clock was let run."""
    clock(caller, set=NOON, freeze=frozen)
    caller.hook(f"{receiver.url}/500,200", 1)
    caller.post("clients", {"name": "Harbour"})
    receiver.wait(1)
    if frozen:
        attempts(caller, 1)
        clock(caller, freeze=False)
    receiver.wait(2)
    (told,) = caller.ended()
    first, second = told["attempts"]
    assert (told["state"], second["at"] - first["at"]) == ("delivered", 1)


def test_the_route_for_retries_calls_at_once(caller: Caller, receiver: Receiver) -> None:
    """R-EP-38: as a delivery of its own; the one that failed still waits for its turn."""
    clock(caller, set=NOON, freeze=True)
    hook = caller.hook(f"{receiver.url}/500,200", 1)
    client = caller.post("clients", {"name": "Harbour"})
    attempts(caller, 1)
    caller.call("POST", f"/api/v1/webhooks/{hook['id']}/retry", {"entity": "client", "entity_id": client["id"]})
    assert receiver.wait(2)[1].body["id"] == client["id"]
    told = caller.deliveries(lambda found: found[-1]["state"] == "delivered")
    assert [(each["state"], len(each["attempts"])) for each in told] == [("waiting", 1), ("delivered", 1)]


def test_the_same_calls_leave_the_same_journal(caller: Caller, receiver: Receiver) -> None:
    def journal() -> Any:
        caller.call("POST", "/__mock__/reset")
        receiver.calls.clear()
        clock(caller, set=NOON, freeze=True)
        caller.hook(f"{receiver.url}/500,502,200", 1)
        caller.post("clients", {"name": "Harbour"})
        attempts(caller, 1)
        clock(caller, advance="1 day")
        return caller.ended()

    assert journal() == journal()


@pytest.mark.parametrize("pauses", [(1,) * 30], indirect=True)
@pytest.mark.parametrize("how", ["reset", "remove"])
def test_a_world_that_is_gone_calls_nobody_any_more(caller: Caller, receiver: Receiver, how: str) -> None:
    """But for a call that is on its way; in the time of four further calls of a world that is still there."""
    headers = {"X-Mock-World": "short"}
    caller.call("POST", "/api/v1/webhooks", {"target_url": f"{receiver.url}/gone/500", "event_id": "1"}, **headers)
    caller.call("POST", "/api/v1/clients", {"name": "Harbour"}, **headers)
    receiver.wait(1)
    if how == "reset":
        caller.call("POST", "/__mock__/reset", {"world": "short"})
    else:
        caller.call("DELETE", "/__mock__/worlds/short")
    before = len(receiver.calls)
    caller.hook(f"{receiver.url}/500,500,500,500,200", 1)
    caller.post("clients", {"name": "Harbour"})
    assert caller.ended()[0]["state"] == "delivered"
    assert sum(each.path == "/gone/500" for each in receiver.calls) <= before + 1


def test_a_clock_that_is_moved_by_name_tells_the_webhooks_of_that_world(caller: Caller, receiver: Receiver) -> None:
    """At once, not with the next call of the world."""
    headers = {"X-Mock-World": "other"}
    caller.call("POST", "/__mock__/worlds", {"name": "other"})
    clock(caller, world="other", set=NOON, freeze=True)
    expense = {"amount": 5, "frequency_id": 1, "next_send_date": "2026-01-16"}
    caller.call("POST", "/api/v1/recurring_expenses?start=true", expense, **headers)
    caller.call("POST", "/api/v1/webhooks", {"target_url": f"{receiver.url}/", "event_id": "15"}, **headers)
    (made,) = clock(caller, world="other", advance="1 day")["happened"]
    (got,) = receiver.wait(1)
    assert got.body["id"] == made["made"]["id"]
