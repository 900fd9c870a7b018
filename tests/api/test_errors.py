"""How a refusal looks: status and exact body, for callers who asked for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop


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
