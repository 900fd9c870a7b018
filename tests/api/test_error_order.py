"""Which check comes first, and what becomes of a body that can't be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


UNAUTHORIZED = b'{"message":"This action is unauthorized."}'


MALFORMED = b'{"message":"Malformed JSON payload.","error":"Invalid JSON data provided"}'


TEXT = {"Content-Type": "application/json"}


@pytest.mark.parametrize("content", [b'{"name":', b"{name: 1}", b"[1,", b"nothing", b'{"name": NaN}'])
def test_broken_json_is_refused(shop: Shop, content: bytes) -> None:
    """Since 5.12, after the record was looked up; nothing is written."""
    client = shop.client()
    for method, path in (("POST", "clients"), ("PUT", f"clients/{client['id']}")):
        answer = shop.call(method, path, content=content, headers=TEXT)
        assert (answer.status_code, answer.content) == (400, MALFORMED)
    assert len(shop.stored("clients")) == 1
    assert b"No query results" in shop.call("PUT", "clients/zzz", content=content, headers=TEXT).content


def test_checks_come_in_the_order_of_the_service(shop: Shop) -> None:
    """R-AUTH-9: token, password, record, permission, validation."""
    shop.client()
    other = shop.found()
    clerk = shop.hire("view_client")
    wrong: dict[str, Any] = {"contacts": "soap"}
    assert shop.but(X_API_TOKEN="nope").get("users/zzz").status_code == 403
    assert other.but(X_API_PASSWORD="wrong").get("users/zzz").status_code == 412
    assert clerk.put("clients/zzz", wrong).status_code == 400
    for caller in (clerk, other):
        answer = caller.put("clients/VolejRejNm", wrong)
        assert (answer.status_code, answer.content) == (401, UNAUTHORIZED)
    assert shop.put("clients/VolejRejNm", wrong).status_code == 422
