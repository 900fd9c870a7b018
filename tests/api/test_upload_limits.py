"""Files that are refused, and uploads that change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_without_a_file_nothing_changes(shop: Shop) -> None:
    """R-EP-5."""
    client = shop.client()
    assert record(shop.put(f"clients/{client['id']}/upload")) == client


def test_other_types_are_refused(shop: Shop) -> None:
    """R-EP-5; a single part is a list of one since 5.12."""
    client = shop.client()
    for field in ("documents", "documents[]"):
        answer = shop.call("PUT", f"clients/{client['id']}/upload", files=[(field, ("a.exe", b"x"))])
        assert list(errors(answer)) == ["documents.0"]
    files = [("documents[]", ("a.txt", b"x")), ("documents[]", ("b", b"x"))]
    assert list(errors(shop.call("PUT", f"clients/{client['id']}/upload", files=files))) == ["documents.1"]
    assert shop.stored("documents") == []


def test_an_upload_touches_its_record(shop: Shop) -> None:
    """5.12: so do a change and the removal of the file."""
    client = shop.client()
    path = f"clients/{client['id']}"
    before = client["updated_at"]
    for call in (
        lambda: shop.attach(path, "a.txt"),
        lambda: shop.put("documents/VolejRejNm", {"name": "b.txt"}),
        lambda: shop.delete("documents/VolejRejNm", headers={"X-API-PASSWORD": "password"}),
    ):
        shop.later(days=1)
        call()
        after = shop.show(path)["updated_at"]
        assert after > before
        before = after
