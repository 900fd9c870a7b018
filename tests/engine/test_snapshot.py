"""Seeded worlds on disk: the same bytes, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver import snapshot
from mockserver.app import Settings, create_mock
from mockserver.inprocess import MockClient
from mockserver.store.state import Put, State
from mockserver.store.table import Record

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.app import Mock


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOCKSERVER_CACHE_DIR", str(tmp_path))
    return tmp_path


def everything(mock: Mock) -> list[bytes]:
    client = MockClient(mock, mock.worlds.default)
    return [client.get(f"/api/v1/{name}?per_page=500").content for name in ("clients", "invoices", "products", "users")]


def test_the_second_start_gives_the_same_bytes(cache: Path) -> None:
    first = everything(create_mock())
    assert len(list(cache.glob("*.json"))) == 1
    assert everything(create_mock()) == first


def test_other_arguments_get_a_snapshot_of_their_own(cache: Path) -> None:
    create_mock(Settings(scenario="empty"))
    create_mock(Settings(scenario="empty", seed=2))
    assert len(list(cache.glob("*.json"))) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"clients": [[1]]}', b"\xff\xfe"])
def test_a_broken_snapshot_is_made_again(cache: Path, content: bytes) -> None:
    first = everything(create_mock(Settings(scenario="empty")))
    (path,) = cache.glob("*.json")
    path.write_bytes(content)
    assert everything(create_mock(Settings(scenario="empty"))) == first
    assert path.read_bytes() != content


def test_a_folder_that_cannot_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    (cache / "file").write_text("in the way")
    monkeypatch.setenv("MOCKSERVER_CACHE_DIR", str(cache / "file"))
    assert everything(create_mock(Settings(scenario="empty")))


def test_bytes_survive() -> None:
    state = State().apply(Put("documents", Record(1, 1, {"id": "x", "content": b"\x00\xffPDF"})))
    snapshot.save("one", state)
    loaded = snapshot.load("one")
    assert loaded is not None
    record = loaded.table("documents").get(1)
    assert record is not None
    assert record.data == {"id": "x", "content": b"\x00\xffPDF"}


def test_old_snapshots_go(cache: Path) -> None:
    for number in range(snapshot.KEPT + 5):
        snapshot.save(f"s{number}", State())
    assert len(list(cache.glob("*.json"))) == snapshot.KEPT
