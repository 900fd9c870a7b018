"""Forks share records and what is kept of their encoding; what is nested in one of them is still each world's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.inprocess import MockClient

if TYPE_CHECKING:
    from mockserver.app import Mock


def test_a_record_that_another_world_encodes_first_is_not_taken_for_ours(mock_app: Mock) -> None:
    ours, other = (MockClient(mock_app, mock_app.worlds.get(name)) for name in ("nested-ours", "nested-other"))
    record = next(iter(ours.world.state.table("clients")))
    record.rendered = None  # as in a world that nobody has looked into
    path = f"/api/v1/clients/{record.data['id']}"
    made = ours.post("/api/v1/locations", json={"client_id": record.data["id"], "name": "Warehouse"})
    assert made.status_code == 200
    assert "Warehouse" not in other.get(path).text
    assert "Warehouse" in ours.get(path).text
    assert "Warehouse" not in other.get(path).text
