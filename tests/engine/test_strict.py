"""Strict mode: openapi-core, which shares no code with our validators, judges every answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mockserver.answer import Reply
from mockserver.app import Settings, create_mock
from mockserver.errors import ContractBreach
from mockserver.headers import VERSIONS
from mockserver.inprocess import MockClient
from mockserver.judge import Judge
from mockserver.request import Request

if TYPE_CHECKING:
    from mockserver.app import Mock


@pytest.fixture(scope="module")
def strict() -> Mock:
    return create_mock(Settings(strict=True))


@pytest.mark.parametrize(
    "path",
    [
        "clients?include=group_settings,activities",
        "invoices?include=client,payments",
        "products",
        "users?include=company_user",
        "companies",
        "tokens",
        "documents",
        "locations",
        "statics",
        "ping",
        "health_check",
        "clients/create",
        "invoices/create",
    ],
)
def test_every_list_passes_the_second_judge(strict: Mock, path: str) -> None:
    answer = MockClient(strict, strict.worlds.default).get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.headers.get("x-mock-diagnostics")


def test_the_judge_sees_what_is_wrong(strict: Mock) -> None:
    operation = strict.document.operations["ping"]
    request = Request(operation, "GET", "/api/v1/ping", {}, {}, {})
    judge = Judge(strict.document)
    good = Reply(200, b'{"company_name": "A", "user_name": "B"}')
    judge.check(request, good, VERSIONS)
    with pytest.raises(ContractBreach, match=r"ping -> 200: openapi-core: .*extra"):
        judge.check(request, replace_body(good, b'{"company_name": "A", "user_name": "B", "extra": 1}'), VERSIONS)


def replace_body(reply: Reply, body: bytes) -> Reply:
    return replace(reply, body=body)
