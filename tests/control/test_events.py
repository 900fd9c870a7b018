"""GET /__mock__/events: what happened, so that a test needs no listener."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.control.conftest import Control


def feed(control: Control, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = control("GET", f"/events{query}").json()
    return found


def test_nothing_has_happened_at_the_start(control: Control) -> None:
    assert feed(control) == {"world": "default", "data": [], "last": 0}


def test_an_event_tells_the_record_as_it_was(control: Control) -> None:
    made = control.api("POST", "/api/v1/clients", {"name": "Harbour"}).json()["data"]
    control.api("PUT", f"/api/v1/clients/{made['id']}", {"name": "Haven"})
    created, updated = feed(control)["data"]
    assert created == {
        "number": 1,
        "at": made["created_at"],
        "event": "created",
        "event_id": 1,
        "entity": "client",
        "id": made["id"],
        "company_id": "VolejRejNm",
        "payload": made,
    }
    assert (updated["number"], updated["event_id"], updated["payload"]["name"]) == (2, 10, "Haven")


def test_events_that_webhooks_do_not_know_are_told_without_a_number(control: Control) -> None:
    control.api("POST", "/api/v1/tokens", {"name": "CI"}, X_API_PASSWORD="password")
    assert {each["event_id"] for each in feed(control)["data"]} <= {None}


def test_the_feed_goes_on_after_a_number(control: Control) -> None:
    for name in ("A", "B", "C"):
        control.api("POST", "/api/v1/clients", {"name": name})
    first = feed(control, "?limit=2")
    assert ([each["payload"]["name"] for each in first["data"]], first["last"]) == (["A", "B"], 2)
    rest = feed(control, f"?after={first['last']}")
    assert ([each["payload"]["name"] for each in rest["data"]], rest["last"]) == (["C"], 3)
    assert feed(control, "?after=3") == {"world": "default", "data": [], "last": 3}


def test_a_call_that_is_refused_tells_nothing(control: Control) -> None:
    control.api("POST", "/api/v1/invoices", {"client_id": "nope"})
    assert feed(control)["data"] == []


def test_worlds_have_their_own_and_a_reset_forgets(control: Control) -> None:
    control.api("POST", "/api/v1/clients", {"name": "A"}, X_Mock_World="w")
    assert feed(control)["data"] == []
    assert len(feed(control, "?world=w")["data"]) == 1
    control("POST", "/reset", {"world": "w"})
    assert feed(control, "?world=w")["data"] == []


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=1.5", "limit=0", "limit=1001", "after=%C2%B2"])
def test_numbers_that_can_not_be_read_are_refused(control: Control, query: str) -> None:
    answer = control("GET", f"/events?{query}")
    name = query.partition("=")[0]
    assert answer.status_code == 400
    assert answer.json() == {"message": f"{name} can't be read."}
    assert "a whole number from" in answer.headers["x-mock-diagnostics"]


def test_deliveries_need_a_server(control: Control) -> None:
    control.api("POST", "/api/v1/webhooks", {"target_url": "http://localhost:9/", "event_id": "1"})
    control.api("POST", "/api/v1/clients", {"name": "A"})
    (told,) = control("GET", "/deliveries").json()["data"]
    assert (told["state"], told["reason"]) == (
        "not sent",
        "There is no server: calls inside a process are not delivered.",
    )


def test_an_unknown_world_is_told(control: Control) -> None:
    assert control("GET", "/events?world=nope").status_code == 404
    assert control("GET", "/deliveries?world=nope").status_code == 404
