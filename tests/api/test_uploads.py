"""Files arrive at the record that they belong to, in one of several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00"


@pytest.mark.parametrize("kind", ["clients", "invoices", "products", "companies"])
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_record_takes_several_files(shop: Shop, kind: str, method: str) -> None:
    """R-EP-5: PUT, or POST with `_method=PUT`; both are multipart."""
    client = shop.client()
    made = {"clients": client, "invoices": shop.invoice(client), "products": shop.product()}
    made["companies"] = shop.company()
    path = f"{kind}/{made[kind]['id']}/upload"
    files = [("documents[]", ("a.PDF", b"one")), ("documents[]", ("b.txt", b"three"))]
    fields = {"_method": "PUT"} if method == "POST" else {}
    documents = record(shop.call(method, path, data=fields, files=files))["documents"]
    wanted: list[JSON] = [
        {"name": "a.PDF", "type": "pdf", "size": 3, "is_public": True, "width": 0, "user_id": shop.user()["id"]},
        {"name": "b.txt", "type": "txt", "size": 5, "is_public": True, "disk": "public", "is_deleted": False},
    ]
    assert part(wanted, documents) == wanted
    assert shop.show(f"{kind}/{made[kind]['id']}")["documents"] == documents


@pytest.mark.parametrize("field", ["documents", "documents[0]", "documents[]"])
def test_the_part_may_have_several_names(shop: Shop, field: str) -> None:
    """R-EP-5."""
    path = f"clients/{shop.client()['id']}/upload"
    files = [(field, ("a.png", PNG))]
    document = record(shop.call("PUT", path, files=files))["documents"][0]
    assert (document["type"], document["width"], document["height"]) == ("png", 3, 2)


@pytest.mark.parametrize(("value", "public"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_a_file_may_be_private(shop: Shop, value: str, public: bool) -> None:  # noqa: FBT001 - a column of the table
    """R-EP-5."""
    path = f"clients/{shop.client()['id']}/upload"
    files = [("documents[]", ("a.txt", b"x"))]
    answer = shop.call("PUT", path, data={"is_public": value}, files=files)
    assert record(answer)["documents"][0]["is_public"] is public


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


def test_files_may_come_with_the_record_itself(shop: Shop) -> None:
    """R-VAL-25: a multipart form with nested fields."""
    fields = {"name": "Form", "contacts[0][email]": "a@example.com", "contacts[0][first_name]": "Ada"}
    answer = shop.call("POST", "clients", data=fields, files=[("documents[]", ("a.txt", b"x"))])
    client = record(answer)
    assert (client["name"], client["contacts"][0]["first_name"]) == ("Form", "Ada")
    assert [each["name"] for each in client["documents"]] == ["a.txt"]


def test_names_from_other_languages_survive(shop: Shop) -> None:
    document = shop.attach(f"clients/{shop.client()['id']}", "Überweisung ö.pdf")["documents"][0]
    assert (document["name"], document["type"]) == ("Überweisung ö.pdf", "pdf")
