"""Seeded worlds on disk: the same bytes, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver import snapshot
from mockserver.app import Settings, create_mock
from mockserver.inprocess import MockClient
from mockserver.store.state import Put, State
from mockserver.store.table import Record, Table

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
    assert len(list(cache.glob("*.world"))) == 1
    assert everything(create_mock()) == first


def test_other_arguments_get_a_snapshot_of_their_own(cache: Path) -> None:
    create_mock(Settings(scenario="empty"))
    create_mock(Settings(scenario="empty", seed=2))
    assert len(list(cache.glob("*.world"))) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"clients": [[1]]}', b"\xff\xfe"])
def test_a_broken_snapshot_is_made_again(cache: Path, content: bytes) -> None:
    first = everything(create_mock(Settings(scenario="empty")))
    (path,) = cache.glob("*.world")
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
    assert len(list(cache.glob("*.world"))) == snapshot.KEPT


def kept(*records: Record, resource: str = "clients") -> State:
    """The state of a snapshot that was made of the records."""
    state = State()
    for record in records:
        state = state.apply(Put(resource, record))
    snapshot.save("one", state)
    loaded = snapshot.load("one")
    assert loaded is not None
    return loaded


def test_values_keep_their_types_whatever_they_equal() -> None:
    values = [1, True, 1.0, "1", None, 0, False, "", [], {}, [1], [True], {"a": 1}, {"a": 1.5}] * 20
    loaded = kept(*(Record(row, 1, {"value": value}) for row, value in enumerate(values, 1)))
    found = [record.data["value"] for record in loaded.table("clients")]
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


@pytest.mark.parametrize("few", [True, False])
def test_a_page_may_hold_few_or_many_values(few: bool) -> None:
    names = [f"Client {row % 3 if few else row}" for row in range(1, 1500)]
    loaded = kept(*(Record(row, 1, {"name": name}) for row, name in enumerate(names, 1)))
    assert [record.data["name"] for record in loaded.table("clients")] == names
    assert loaded.table("clients").next_row == 1500


def test_gaps_and_tenants_survive() -> None:
    rows = [row for row in range(1, 1200) if row % 7 and not 500 < row < 1100]
    state = State().apply(Put("clients", Record(1300, 1, {"name": "gone"})))
    for row in rows:
        state = state.apply(Put("clients", Record(row, row % 2 + 1, {"name": f"Client {row}"})))
    snapshot.save("one", State({"clients": state.table("clients").remove(1300)}))
    loaded = snapshot.load("one")
    assert loaded is not None
    table = loaded.table("clients")
    assert list(table.rows(1)) == [row for row in rows if row % 2 == 0]
    assert list(table.find("Client 1103", "name", company=2)) == [1103]
    assert table.scan(2, ("name",), lambda name: name.endswith("3")) == [
        row for row in rows if row % 2 and row % 10 == 3
    ]
    assert [record.row for record in table] == rows
    assert (table.get(7), table.get(600), table.next_row, table.size) == (None, None, 1301, len(rows))


def test_records_with_different_fields_survive() -> None:
    contents: list[dict[str, Any]] = [{"id": "a", "content": b"\x00"}, {"id": "b"}, {"content": b"\x01", "id": "c"}]
    loaded = kept(*(Record(row, 1, data) for row, data in enumerate(contents, 1)))
    table = loaded.table("clients")
    assert list(table.find(b"\x01", "content")) == [3]
    assert [record.data for record in table] == contents
    assert [list(record.data) for record in table] == [list(data) for data in contents]


def test_a_filter_and_an_index_need_no_records() -> None:
    loaded = kept(*(Record(row, 1, {"name": f"Client {row % 5}", "city": "Rome"}) for row in range(1, 3000)))
    table = loaded.table("clients")
    assert len(table.scan(1, ("name", "city"), lambda name, city: (name, city) == ("Client 2", "Rome"))) == 600
    assert len(table.find(("Client 2", "Rome"), "name", "city", company=1)) == 600
    pages = [page for _, page, _ in table._pages.parts()]
    assert [type(page).__name__ for page in pages] == ["Stored"] * 6
    record = table.get(600)
    assert record is not None
    assert [type(page).__name__ for _, page, _ in table._pages.parts()] == ["Stored", "list", *["Stored"] * 4]
    assert table.get(600) is record


@pytest.mark.parametrize("first", ["read", "filter", "write"])
def test_what_is_written_to_a_kept_page_is_seen_by_its_own_world_only(first: str) -> None:
    loaded = kept(*(Record(row, 1, {"name": f"Client {row}"}) for row in range(1, 21)))
    table = loaded.table("clients")
    if first == "read":
        assert table.get(3) is not None
    if first == "filter":
        assert table.scan(1, ("name",), lambda name: name == "Client 3") == [3]
    one = table.put(Record(3, 1, {"name": "One"})).put(Record(21, 1, {"name": "One"}))
    other = table.put(Record(21, 1, {"name": "Other"})).remove(4)

    def named(version: Table, name: str) -> list[int]:
        return version.scan(1, ("name",), lambda value: value == name)

    assert (named(one, "One"), named(one, "Other"), named(one, "Client 4")) == ([3, 21], [], [4])
    assert (named(other, "One"), named(other, "Other"), named(other, "Client 4")) == ([], [21], [])
    assert (named(table, "One"), named(table, "Client 3"), table.next_row) == ([], [3], 21)
    assert list(other.find("Client 3", "name")) == [3]
    assert list(one.find("Client 3", "name")) == []


def test_a_large_snapshot_is_mapped_and_small_ones_hold_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [Record(row, 1, {"name": f"Client {row}"}) for row in range(1, 600)]
    assert [record.data for record in kept(*records).table("clients")] == [record.data for record in records]
    monkeypatch.setattr(snapshot, "SMALL", 100)
    assert [record.data for record in kept(*records).table("clients")] == [record.data for record in records]


def test_a_snapshot_that_was_cut_off_is_made_again(cache: Path) -> None:
    create_mock(Settings(scenario="empty"))
    (path,) = cache.glob("*.world")
    whole = path.read_bytes()
    for content in (whole[:-1], whole[1:], whole[:-40], whole[:40]):
        path.write_bytes(content)
        assert everything(create_mock(Settings(scenario="empty")))
        assert path.read_bytes() == whole


def test_snapshots_of_former_versions_go(cache: Path) -> None:
    (cache / "old.json").write_text("{}")
    snapshot.save("new", State())
    assert [path.name for path in cache.iterdir()] == ["new.world"]
