"""Settings of a company decide numbers, dates and totals: no value of any of them breaks what comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.robustness.conftest import DOCUMENT, soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.inprocess import MockClient
    from mockserver.world import World

SETTINGS = list(DOCUMENT.schemas["CompanySettings"]["properties"])
ODD: list[Any] = [
    "", "0", "-1", "9" * 30, "9" * 5000, 1e300, 2**63, -(2**63), 1.5, True, "x" * 5000, "\x00", "\U0001f600",
    "\u0663", "VolejRejNm",
    "{$", "{$date:\\}", "{$counter}{$user_id}", "2024-02-31", [], {}, [1], {"a": 1}, None,
]  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_no_value_of_a_setting_breaks_the_next_invoice(
    mock_client: MockClient, mock_world: World, make: Callable[..., dict[str, Any]], name: str
) -> None:
    company = f"/api/v1/companies/{next(iter(mock_world.state.table('companies'))).data['id']}"
    client = make("clients", name="Set")["id"]
    invoice = {"client_id": client, "line_items": [{"cost": 10, "quantity": 1, "notes": ":MONTH :YEAR+1"}]}
    for value in ODD:
        before = mock_world.state
        with soon(2):
            for url in (company, f"/api/v1/clients/{client}"):
                answer = mock_client.put(url, json={"settings": {name: value}})
                assert answer.status_code in (200, 422), (value, answer)
            if mock_world.state is before:
                continue
            assert mock_client.post("/api/v1/clients", json={"name": "Next"}).status_code == 200, value
            answer = mock_client.post("/api/v1/invoices?mark_sent=true", json=invoice)
            assert answer.status_code == 200, (value, answer)
            assert answer.json()["data"]["amount"] == 10
            assert len(answer.json()["data"]["number"]) <= 20_000
            assert mock_client.get("/api/v1/invoices?overdue=&upcoming=&sort=number|asc").status_code == 200


@pytest.mark.parametrize("settings", ["x", 5, True, [1], [["a"]], "null"])
def test_settings_that_are_no_object_are_refused(mock_client: MockClient, mock_world: World, settings: Any) -> None:
    before = mock_world.state
    company = next(iter(mock_world.state.table("companies"))).data["id"]
    answer = mock_client.put(f"/api/v1/companies/{company}", json={"settings": settings})
    assert answer.status_code == 422
    assert "settings" in answer.json()["errors"]
    assert mock_world.state is before
