"""An installation with a secret asks for it around a login, and nowhere else (R-AUTH-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.app import Settings, create_mock
from mockserver.inprocess import MockClient
from mockserver.world import Identity

if TYPE_CHECKING:
    from mockserver.inprocess import Response

LOGIN = {"email": "user@example.com", "password": "password"}


@pytest.fixture(scope="module")
def client() -> MockClient:
    mock = create_mock(Settings(scenario="empty", identity=Identity(api_secret="open sesame")))
    return MockClient(mock, mock.worlds.default)


def login(client: MockClient, secret: str | None) -> Response:
    return client.post("/api/v1/login", json=LOGIN, headers={"X-API-SECRET": secret})


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_a_login_without_the_secret_is_refused(client: MockClient, secret: str | None) -> None:
    answer = login(client, secret)
    assert (answer.status_code, answer.json()) == (403, {"message": "Invalid secret", "errors": {}})


@pytest.mark.parametrize("path", ["signup", "oauth_login", "reset_password"])
def test_what_surrounds_a_login_asks_for_it_too(client: MockClient, path: str) -> None:
    body = {**LOGIN, "provider": "myspace"}
    answers = [
        client.post(f"/api/v1/{path}", json=body, headers={"X-API-SECRET": sent}) for sent in ("no", "open sesame")
    ]
    assert answers[0].json()["message"] == "Invalid secret"
    assert answers[1].status_code != 403


def test_a_login_with_the_secret_passes(client: MockClient) -> None:
    assert login(client, "open sesame").status_code == 200


def test_calls_with_a_token_need_no_secret(client: MockClient) -> None:
    assert client.get("/api/v1/ping").status_code == 200
