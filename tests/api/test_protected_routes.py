"""Routes that ask for the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


PASSWORD = b'{"message":"Invalid Password","errors":{}}'


def test_a_password_is_asked_for(shop: Shop) -> None:
    """R-AUTH-20, R-AUTH-21."""
    for headers in ({}, {"X-API-PASSWORD": "wrong"}, {"X-API-PASSWORD-BASE64": "d3Jvbmc="}, {"X-API-PASSWORD": ""}):
        answer = shop.post("tokens", {"name": "T"}, headers=headers)
        assert (answer.status_code, answer.content) == (412, PASSWORD)


PROTECTED = [
    ("POST", "tokens"),
    ("PUT", "tokens/VolejRejNm"),
    ("POST", "users"),
    ("GET", "users/create"),
    ("GET", "users/VolejRejNm"),
    ("PUT", "users/VolejRejNm"),
    ("POST", "users/bulk"),
    ("POST", "users/VolejRejNm/invite"),
    ("DELETE", "users/VolejRejNm/detach_from_company"),
    ("DELETE", "companies/VolejRejNm"),
    ("POST", "companies/purge/VolejRejNm"),
    ("POST", "companies/purge_save_settings/VolejRejNm"),
    ("DELETE", "documents/VolejRejNm"),
    ("POST", "clients/VolejRejNm/purge"),
    ("POST", "clients/VolejRejNm/Wpmbk5ezJn/merge"),
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_these_routes_are_protected(shop: Shop, method: str, path: str) -> None:
    """R-AUTH-20; the password comes before the record (R-AUTH-9)."""
    assert shop.call(method, path, {}).status_code == 412


@pytest.mark.parametrize("path", ["tokens", "users", "documents", "clients", "companies"])
def test_lists_ask_for_no_password(shop: Shop, path: str) -> None:
    """R-EP-30."""
    assert shop.get(path).status_code == 200
