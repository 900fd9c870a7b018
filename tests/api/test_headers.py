"""Headers that come with every answer, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

EVERYWHERE = {
    "x-app-version": "5.12.28",
    "x-minimum-client-version": "5.0.16",
    "access-control-allow-origin": "*",
}
CALLS = [
    ("GET", "clients", {}, 200),
    ("GET", "statics", {}, 200),
    ("GET", "documents/create", {}, 200),
    ("POST", "invoices", {"X-Requested-With": None}, 302),
    ("GET", "clients/zzz", {}, 400),
    ("POST", "login", {}, 422),
    ("GET", "clients", {"X-API-TOKEN": "nope"}, 403),
    ("GET", "clientz", {}, 404),
    ("GET", "clientz", {"X-Requested-With": None}, 404),
    ("PUT", "clients", {}, 404),
    ("POST", "tokens", {}, 412),
    ("POST", "invoices", {}, 422),
    ("OPTIONS", "clients", {}, 200),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), CALLS)
def test_versions_and_cors_come_with_every_answer(
    shop: Shop, method: str, path: str, headers: dict[str, str | None], status: int
) -> None:
    """R-AUTH-17."""
    answer = shop.call(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert {"GET", "POST", "PUT", "DELETE"} <= set(answer.headers["access-control-allow-methods"].split(", "))
    allowed = answer.headers["access-control-allow-headers"].lower().split(",")
    assert {"x-api-token", "x-api-password", "x-requested-with", "content-type"} <= set(allowed)
    exposed = answer.headers["access-control-expose-headers"]
    assert exposed.startswith("X-APP-VERSION,X-MINIMUM-CLIENT-VERSION,Content-Disposition")


def test_records_name_the_oldest_client_as_api_version(shop: Shop) -> None:
    """R-AUTH-18."""
    assert shop.get("clients").headers["x-api-version"] == "5.0.16"


@pytest.mark.parametrize("path", ["/api/v1/clients", "/api/v1/nope", "/anything", "/"])
def test_a_preflight_is_answered_on_any_path_without_a_token(shop: Shop, path: str) -> None:
    """R-AUTH-19."""
    answer = shop.mock.request("OPTIONS", path, headers={"X-API-TOKEN": None, "Origin": "https://app.example.com"})
    assert (answer.status_code, answer.text) == (200, "OK")


def test_no_rate_limits_are_announced(shop: Shop) -> None:
    """R-AUTH-14: an own installation has none on these routes."""
    assert not [name for name in shop.get("clients").headers if name.startswith("x-ratelimit")]


def test_a_refusal_explains_itself_beside_its_body(shop: Shop) -> None:
    """The body is the service's; where, rule, got and wanted stand in a header of our own."""
    answer = shop.post("invoices", {"client_id": "7"})
    assert '"where":"\\/client_id"' in answer.headers["x-mock-diagnostics"]
    assert set(answer.json()) == {"message", "errors"}
    assert "x-mock-diagnostics" not in shop.get("clients").headers
