"""How a refusal looks: status and exact body, for callers who asked for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop

UNAUTHORIZED = b'{"message":"This action is unauthorized."}'
PASSWORD = b'{"message":"Invalid Password","errors":{}}'
MALFORMED = b'{"message":"Malformed JSON payload.","error":"Invalid JSON data provided"}'
TEXT = {"Content-Type": "application/json"}


@pytest.mark.parametrize("token", [None, "", "nope"])
def test_without_a_known_token_nothing_works(shop: Shop, token: str | None) -> None:
    """R-AUTH-1; the empty `errors` are gone since 5.12."""
    for path in ("ping", "clients", "clients/zzz", "companies/current"):
        method = "POST" if path.startswith("companies") else "GET"
        answer = shop.but(X_API_TOKEN=token).call(method, path)
        assert (answer.status_code, answer.content) == (403, b'{"message":"Invalid token"}')


@pytest.mark.parametrize("resource", ["clients", "invoices", "products", "locations"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_id_is_a_bad_request(shop: Shop, resource: str, method: str) -> None:
    """R-WIRE-47."""
    model = resource[:-1].capitalize().encode()
    for hashed in ("VolejRejNm", "zzz", "Wpmbk5ezJ"):
        answer = shop.call(method, f"{resource}/{hashed}", {})
        assert answer.status_code == 400
        assert answer.content == b'{"message":"No query results for model [App\\\\Models\\\\' + model + b']."}'
    answer = shop.call(method, f"{resource}/123", {})
    assert (answer.status_code, answer.content) == (400, b'{"message":"Record with value 123 not found"}')


@pytest.mark.parametrize(
    ("path", "model"), [("tokens/zzz", "CompanyToken"), ("documents/zzz", "Document"), ("companies/zzz", "Company")]
)
def test_the_message_names_the_class_of_the_record(shop: Shop, path: str, model: str) -> None:
    """R-WIRE-47."""
    assert shop.get(path).json() == {"message": f"No query results for model [App\\Models\\{model}]."}


def test_unknown_paths_and_verbs_are_not_found(shop: Shop) -> None:
    """R-AUTH-12: also with an unknown token, because no route asks for it."""
    unknown = b'{"message":"Route does not exist"}'
    verb = b'{"message":"Method not supported for this route"}'
    for method, path, body in [
        ("GET", "clientz", unknown),
        ("GET", "clients/VolejRejNm/nope/nope", unknown),
        ("POST", "clientz", verb),
        ("PUT", "clientz", verb),
        ("DELETE", "clients", verb),
        ("PUT", "ping", verb),
        ("POST", "clients/VolejRejNm", verb),
    ]:
        answer = shop.but(X_API_TOKEN="nope").call(method, path)
        assert (method, path, answer.status_code, answer.content) == (method, path, 404, body)


def test_a_validation_failure_names_the_fields(shop: Shop) -> None:
    """R-AUTH-10: dots lead into nested values."""
    body = {"client_id": "zzz", "discount": "much", "partial": -1, "invitations": [{"client_contact_id": ""}]}
    answer = shop.post("invoices", body)
    found = errors(answer)
    assert set(found) == {"client_id", "discount", "partial", "invitations.0.client_contact_id"}
    assert found["client_id"] == ["The selected client id is invalid."]
    assert all(isinstance(texts, list) and texts for texts in found.values())
    assert answer.content.startswith(b'{"message":"The given data was invalid.","errors":{"')


@pytest.mark.parametrize("content", [b'{"name":', b"{name: 1}", b"[1,", b"nothing", b'{"name": NaN}'])
def test_broken_json_is_refused(shop: Shop, content: bytes) -> None:
    """Since 5.12, after the record was looked up; nothing is written."""
    client = shop.client()
    for method, path in (("POST", "clients"), ("PUT", f"clients/{client['id']}")):
        answer = shop.call(method, path, content=content, headers=TEXT)
        assert (answer.status_code, answer.content) == (400, MALFORMED)
    assert len(shop.stored("clients")) == 1
    assert b"No query results" in shop.call("PUT", "clients/zzz", content=content, headers=TEXT).content


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
