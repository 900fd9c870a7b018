"""Payment schedules of invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.behaviours.office import bill, customer, office

if TYPE_CHECKING:
    from mockserver.local import LocalClient

PARTS = "parameters.schedule"


@pytest.fixture
def local() -> LocalClient:
    return office()


@pytest.fixture
def path(local: LocalClient) -> str:
    """The schedule of an invoice over 100."""
    line = {"cost": 100, "quantity": 1}
    return f"/api/v1/invoices/{bill(local, customer(local), line_items=[line])['id']}/payment_schedule"


def planned(local: LocalClient) -> list[Any]:
    record = local.world.state.table("invoices").get(1)
    assert record is not None
    return [(part["id"], part["date"], part["amount"], part["is_amount"]) for part in record.data["payment_schedule"]]


def part(date: str, amount: float, *, is_amount: bool = True) -> dict[str, Any]:
    return {"date": date, "amount": amount, "is_amount": is_amount}


def test_cycles_split_the_amount_and_the_last_takes_the_rest(local: LocalClient, path: str) -> None:
    status, body = local.call("POST", path, {"next_run": "2026-01-31", "frequency_id": 5, "remaining_cycles": "3"})
    assert (status, body["data"]["amount"]) == (200, 100)
    assert planned(local) == [
        (1, "2026-01-31", 33.33, True),
        (2, "2026-02-28", 33.33, True),
        (3, "2026-03-28", 33.34, True),
    ]


@pytest.mark.parametrize("under", ["schedule", "parameters"])
@pytest.mark.parametrize(
    "parts",
    [
        [part("2026-02-01", 40.1), part("2026-03-01", 59.9)],
        [part("2026-02-01", 33.3, is_amount=False), part("2026-03-01", 66.7, is_amount=False)],
    ],
    ids=["amounts", "percentages"],
)
def test_listed_parts_are_kept(local: LocalClient, path: str, parts: list[Any], under: str) -> None:
    numbered = [{"id": n, **each} for n, each in enumerate(parts, 1)]
    body = {"schedule": parts} if under == "schedule" else {"parameters": {"auto_bill": True, "schedule": numbered}}
    assert local.call("POST", path, {"next_run": "2026-02-01", **body})[0] == 200
    assert planned(local) == [(each["id"], each["date"], each["amount"], each["is_amount"]) for each in numbered]


def test_a_second_plan_takes_the_place_of_the_first_and_delete_drops_it(local: LocalClient, path: str) -> None:
    for cycles in (4, 2):
        body = {"next_run": "2026-02-01", "frequency_id": 2, "remaining_cycles": cycles}
        assert local.call("POST", path, body)[0] == 200
    assert planned(local) == [(1, "2026-02-01", 50, True), (2, "2026-02-08", 50, True)]
    for _ in range(2):
        assert local.call("DELETE", path)[0] == 200
        assert planned(local) == []


CYCLES = {"frequency_id": 5, "remaining_cycles": 3}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"next_run", PARTS}),
        (CYCLES, {"next_run"}),
        ({"next_run": "soon", **CYCLES}, {"next_run"}),
        ({"next_run": "2026-02-01"}, {PARTS}),
        ({"next_run": "2026-02-01", "schedule": []}, {PARTS}),
        ({"next_run": "2026-02-01", "frequency_id": 5}, {"remaining_cycles"}),
        ({"next_run": "2026-02-01", "remaining_cycles": 3}, {"frequency_id"}),
        ({"next_run": "2026-02-01", "frequency_id": 99, "remaining_cycles": 0}, {"frequency_id", "remaining_cycles"}),
        ({"next_run": "2026-02-01", "frequency_id": 5, "remaining_cycles": "x"}, {"remaining_cycles"}),
        ({"next_run": "2026-02-01", "schedule": [part("2026-02-01", 99.99)]}, {"schedule"}),
        ({"next_run": "2026-02-01", "schedule": [part("2026-02-01", 99, is_amount=False)]}, {"schedule"}),
        (
            {"next_run": "2026-02-01", "schedule": [part("2026-02-01", 50), part("2026-02-01", 50, is_amount=False)]},
            {"schedule"},
        ),
        (
            {"next_run": "2026-02-01", "schedule": [{}]},
            {f"{PARTS}.0.date", f"{PARTS}.0.amount", f"{PARTS}.0.is_amount"},
        ),
        (
            {"next_run": "2026-02-01", "schedule": [None]},
            {f"{PARTS}.0.{name}" for name in ("date", "amount", "is_amount")},
        ),
        ({"next_run": "2026-02-01", "schedule": [part("2026-02-01", 1)] * 1001}, {PARTS}),
    ],
)
def test_a_wrong_plan_is_refused_and_nothing_kept(local: LocalClient, path: str, body: Any, fields: set[str]) -> None:
    status, answer = local.call("POST", path, body)
    assert (status, set(answer["errors"])) == (422, fields)
    assert planned(local) == []


def test_an_amount_beyond_cents_is_split_as_it_is(local: LocalClient) -> None:
    line = {"cost": 1, "quantity": 1, "tax_name1": "VAT", "tax_rate1": 1e62}  # lines themselves have a limit
    huge = bill(local, customer(local), line_items=[line])
    body = {"next_run": "2026-02-01", "frequency_id": 5, "remaining_cycles": 2}
    assert local.call("POST", f"/api/v1/invoices/{huge['id']}/payment_schedule", body)[0] == 200
    assert [amount for _, _, amount, _ in planned(local)] == [5e59, 5e59]
