"""Routes that ask for the password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document

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


TABLE = """
DELETE companies/{id}
DELETE documents/{id}
DELETE users/{id}/detach_from_company
GET users/create
GET users/{id}
PATCH tokens/{id}
POST clients/{id}/purge
POST clients/{id}/{mergeable_client_hashed_id}/merge
POST companies/purge/{id}
POST companies/purge_save_settings/{id}
POST migration/purge/{id}
POST migration/purge_save_settings/{id}
POST self-update
POST stripe/disconnect/{company_gateway_id}
POST stripe/import_customers
POST stripe/update_payment_methods
POST stripe/verify
POST tokens
POST users
POST users/bulk
POST users/{id}/invite
POST vendors/{id}/{mergeable_vendor}/merge
PUT tokens/{id}
PUT users/{id}
"""
"""The routes of R-AUTH-20, and the merge of vendors that came with 5.12."""


def test_no_other_route_is_protected() -> None:
    """R-AUTH-20."""
    document = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
    found = [f"{each.method} {each.path[8:]}" for each in document.operations.values() if each.password]
    assert sorted(found) == TABLE.split("\n")[1:-1]


@pytest.mark.parametrize("line", TABLE.split("\n")[1:-1])
def test_every_one_of_them_asks_before_it_looks(shop: Shop, line: str) -> None:
    """R-AUTH-9: 412 comes before 400, 401 and 422; nothing is changed."""
    method, path = line.split()
    state = shop.mock.world.state
    for headers in ({}, {"X-API-PASSWORD": "wrong"}):
        answer = shop.call(method, re.sub(r"\{\w+\}", "zzzzzzzzzz", path), {}, headers=headers)
        assert (answer.status_code, answer.content) == (412, PASSWORD)
    assert shop.mock.world.state is state


@pytest.mark.parametrize("path", ["tokens", "users", "documents", "clients", "companies"])
def test_lists_ask_for_no_password(shop: Shop, path: str) -> None:
    """R-EP-30."""
    assert shop.get(path).status_code == 200
