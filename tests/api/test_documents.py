"""Stored files: listed, renamed, fetched byte for byte, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


BYTES = bytes(range(256)) * 40


def test_a_file_comes_back_byte_for_byte(shop: Shop) -> None:
    """R-EP-6."""
    document = shop.attach(f"clients/{shop.client()['id']}", "scan.pdf", content=BYTES)["documents"][0]
    answer = shop.get(f"documents/{document['id']}/download")
    assert (answer.status_code, answer.content) == (200, BYTES)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(BYTES))
    assert answer.headers["content-disposition"] == "attachment; filename=scan.pdf"
    assert document["url"].endswith(f"/api/v1/documents/{document['id']}/download")


def test_a_file_can_be_renamed_and_hidden(shop: Shop) -> None:
    """R-EP-6."""
    client = shop.client()
    document = shop.attach(f"clients/{client['id']}", "a.txt", content=BYTES)["documents"][0]
    path = f"documents/{document['id']}"
    changed = record(shop.put(path, {"name": "b.txt", "is_public": False, "size": 1}))
    assert (changed["name"], changed["is_public"], changed["size"]) == ("b.txt", False, len(BYTES))
    assert shop.show(path) == shop.show(f"{path}/edit") == changed
    assert shop.get(f"{path}/download").content == BYTES
    assert shop.show(f"clients/{client['id']}")["documents"] == [changed]


def test_removing_a_file_is_for_good(shop: Shop) -> None:
    """R-LIFE-8."""
    client = shop.client()
    document = shop.attach(f"clients/{client['id']}", "a.txt")["documents"][0]
    path = f"documents/{document['id']}"
    assert shop.delete(path).status_code == 412
    answer = shop.delete(path, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"message": "Success"})
    assert shop.get(path).status_code == shop.get(f"{path}/download").status_code == 400
    assert shop.show(f"clients/{client['id']}")["documents"] == []


def test_bulk_actions_on_files(files: Shop) -> None:
    """R-BULK-14, R-LIFE-8: archive and restore change nothing."""
    first, second, *_ = rows(files.get("documents"))
    ids = [first["id"], second["id"]]
    for action in ("archive", "restore"):
        assert rows(files.post("documents/bulk", {"action": action, "ids": ids})) == [first, second]
    answer = files.post("documents/bulk", {"action": "download", "ids": ids})
    assert list(answer.json()) == ["message"]
    assert files.post("documents/bulk", {"action": "delete", "ids": ids}).status_code == 200
    assert [each["name"] for each in rows(files.get("documents"))] == ["o.txt", "p.zip"]


def test_documents_do_not_begin_here(shop: Shop) -> None:
    """R-EP-6: the routes are there and do nothing."""
    for method, path in (("GET", "documents/create"), ("POST", "documents")):
        answer = shop.call(method, path, {"is_public": True})
        assert (answer.status_code, answer.content) == (200, b"")
    assert shop.stored("documents") == []
