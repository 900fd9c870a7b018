"""Worlds: forks are independent, cheap and bounded."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from mockserver.errors import Refused
from mockserver.inprocess import MockClient
from mockserver.world import Worlds

if TYPE_CHECKING:
    from mockserver.app import Mock


def test_a_write_in_one_world_is_not_seen_in_another(mock_app: Mock) -> None:
    left, right = (MockClient(mock_app, mock_app.worlds.get(name)) for name in ("fork-left", "fork-right"))
    before = right.get("/api/v1/clients").content
    assert left.post("/api/v1/clients", json={"name": "Only here"}).status_code == 200
    assert right.get("/api/v1/clients").content == before
    assert left.get("/api/v1/clients?filter=only%20here").json()["meta"]["pagination"]["total"] == 1


def test_a_reset_gives_back_the_seeded_bytes(mock_app: Mock) -> None:
    client = MockClient(mock_app, mock_app.worlds.get("to-reset"))
    before = client.get("/api/v1/clients").content
    client.post("/api/v1/clients", json={"name": "Gone soon"})
    mock_app.worlds.reset("to-reset")
    assert client.get("/api/v1/clients").content == before


def test_a_fork_shares_its_tables(mock_app: Mock) -> None:
    world = mock_app.worlds.default
    assert world.fork("x").state is world.state


def test_there_is_a_limit(mock_app: Mock) -> None:
    worlds = Worlds(mock_app.worlds.default, limit=2)
    worlds.get("one")
    with pytest.raises(Refused, match="There are 2 worlds already"):
        worlds.get("two")
    assert worlds.remove("one")
    assert worlds.get("two").name == "two"


def test_a_world_that_is_removed_is_kept_by_nobody(mock_app: Mock) -> None:
    """Not by those who tell webhooks what happened in it either, nor is one that was reset."""
    gone = []
    for end in (mock_app.worlds.remove, mock_app.worlds.reset):
        client = MockClient(mock_app, mock_app.worlds.get("to-forget"))
        webhook = {"target_url": "http://127.0.0.1:9/", "event_id": "4", "rest_method": "post", "format": "JSON"}
        assert client.post("/api/v1/webhooks", json=webhook).status_code == 200
        assert client.post("/api/v1/products", json={"product_key": "x"}).status_code == 200
        gone.append(weakref.ref(mock_app.worlds.get("to-forget")))
        end("to-forget")
        del client
    gc.collect()
    assert [each() for each in gone] == [None, None]


@pytest.mark.parametrize("name", ["", "../up", "a b", "x" * 65, "ü"])
def test_a_name_has_a_form(mock_app: Mock, name: str) -> None:
    with pytest.raises(Refused, match="World name"):
        mock_app.worlds.get(name)
