"""Files arrive at the record that they belong to, in one of several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import part, record

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
def test_a_file_may_be_private(shop: Shop, value: str, public: bool) -> None:
    """R-EP-5."""
    path = f"clients/{shop.client()['id']}/upload"
    files = [("documents[]", ("a.txt", b"x"))]
    answer = shop.call("PUT", path, data={"is_public": value}, files=files)
    assert record(answer)["documents"][0]["is_public"] is public


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
